"""How a language writes time: ``packs/*/dates.toml``, read once and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import regex

from uscuba_kg.annotate.dateparts import Asked, asked_by
from uscuba_kg.errors import PackError
from uscuba_kg.kept import kept
from uscuba_kg.text import first_words, fold, longest_words, word_choice

_YEAR = r"(?<![\w$€#])(?P<y{i}>(?:19|20)\d\d)(?!\w|[.,]\d)"
_UNITS = ("day", "week", "month", "year")


class TenseWords(msgspec.Struct, frozen=True, eq=False):
    """What tells whether a sentence looks ahead or back, as one scanning pattern and its parts."""

    cues: Any
    endings: Any
    ahead: Any
    behind: Any
    clause: Any
    until: Any
    noun_before: Any
    no_verbs: frozenset[str]
    unmet: Any
    supposed: Any
    missed: Any
    moved: Any
    abbreviations: frozenset[str]


class DurationWords(msgspec.Struct, frozen=True, eq=False):
    """How long something lasts ("a three-day visit"), and which words say that it begins or ends."""

    form: Any
    again: Any
    begin: Any
    since: Any
    end: Any


class DateWords(msgspec.Struct, frozen=True, eq=False):
    """The compiled forms of one language and its tables."""

    forms: tuple[tuple[str, str, Asked, Any], ...]
    keys: Mapping[str, frozenset[str]]
    relative: Mapping[str, tuple[str, int]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    days: Mapping[str, int]
    units: Mapping[str, str]
    seasons: Mapping[str, tuple[int, int]]
    modifiers: Mapping[str, str]
    relative_form: Any
    relative_firsts: frozenset[str]
    distances: tuple[tuple[str, Any], ...]
    between: Any
    settled_before: Any
    story_before: Any
    latest: Any
    flashback: Any
    documents: Any
    preceded: Any
    events: Any
    published: Any
    published_after: Any
    tense: TenseWords
    duration: DurationWords
    capitals: bool


@lru_cache(maxsize=16)
def load_date_words(folder: Path) -> DateWords:
    """Read and compile a language's ``dates.toml``; PackError says what is missing or malformed."""
    path = folder / "dates.toml"
    code = (Path(__file__).with_name(name) for name in ("datewords.py", "dateparts.py"))
    return kept(f"{folder.name}-dates", [path], code, DateWords, lambda: _read(path))


def _read(path: Path) -> DateWords:
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
        return _compiled(raw)
    except KeyError as error:
        raise PackError(f"the table {error} is missing", place=str(path)) from error
    except (OSError, tomllib.TOMLDecodeError, regex.error, ValueError) as error:
        raise PackError(str(error), place=str(path)) from error


def _numbers(table: Mapping[str, Any]) -> dict[str, int]:
    return {fold(k): int(v) for k, v in table.items()}


def _compiled(raw: Mapping[str, Any]) -> DateWords:
    months, weekdays = _numbers(raw["months"]), _numbers(raw["weekdays"])
    numbers, days = _numbers(raw["numbers"]), _numbers(raw["days"]["words"])
    relative = {}
    for words, meaning in raw["relative"].items():
        unit, offset = meaning.split()
        relative[fold(words)] = (unit, int(offset))
    modifiers = {fold(w): name for name, listed in raw["modifiers"].items() for w in listed}
    units = {fold(k): str(v) for k, v in raw["distance"]["units"].items()}
    parts = dict(raw["parts"])
    seasons = {fold(k): _months_of(v) for k, v in raw["seasons"].items()}
    parts["season"] = rf"\b(?P<season>{_choice(seasons)})\b"
    parts["event"] = rf"\b(?P<event>{_choice(map(fold, raw['events']))})\b"
    parts |= _parts(months, weekdays, numbers, days, raw["days"]["suffix"])
    parts |= _relative_parts(relative, modifiers, units)
    behind = [w for w, name in modifiers.items() if name not in ("never", "this", "that")]
    parts["behind"] = rf"\b(?P<mod>{_choice(behind)})\b"
    distance, duration, line = raw["distance"]["forms"], raw["duration"], raw["dateline"]
    return DateWords(
        forms=tuple(
            (n, _key(f), asked_by(_filled(f, raw["parts"])), _pattern(_filled(f, parts)))
            for n, f in raw["forms"].items()
        ),
        keys=_words_by_kind(raw, months, weekdays, days, seasons, modifiers, relative),
        relative=relative,
        months=months,
        weekdays=weekdays,
        numbers=numbers,
        days=days,
        units=units,
        seasons=seasons,
        modifiers=modifiers,
        relative_form=_pattern(_words(relative)),
        relative_firsts=first_words(relative),
        distances=tuple(
            (n, _pattern(rf"(?<!\w){_filled(f, parts)}(?!\w)")) for n, f in distance.items()
        ),
        between=_pattern(_words(map(fold, raw["between"]))),
        settled_before=_pattern(_words(map(fold, raw["elsewhere"])) + r"[ \w]{0,6}$"),
        story_before=_pattern(_words(map(fold, raw["story"])) + r" $"),
        latest=_pattern(_words(map(fold, raw["latest"]))),
        events=_pattern(_words(map(fold, raw["events"]))),
        documents=_pattern(_words(map(fold, raw["documents"])) + r"(?: [^;]{0,24})?$"),
        preceded=_pattern(_words(map(fold, raw["preceded"]))),
        flashback=_pattern(_words(map(fold, raw["flashback"]))),
        published=_pattern(_words(map(fold, line["published"]))),
        published_after=_pattern(rf" ?(?:{_choice(map(fold, line['after']))})(?!\w)"),
        tense=_tense(raw["tense"], parts),
        duration=DurationWords(
            form=_pattern(rf"(?<!\w)(?:{_filled(duration['form'], parts)})(?!\w)"),
            again=_pattern(rf"(?<!\w)(?:{_filled(duration['again'], parts)})(?!\w)"),
            begin=_pattern(_words(map(fold, duration["begin"]))),
            since=_pattern(_words(map(fold, duration["since"])) + r"[ \w]{0,5}$"),
            end=_pattern(_words(map(fold, duration["end"]))),
        ),
        capitals=bool(raw["capitals"]),
    )


def _pattern(form: str) -> Any:
    """A form compiled: by the faster engine, unless two of its groups bear one name."""
    try:
        return re.compile(form)
    except re.error:
        return regex.compile(form)


def _words_by_kind(
    raw: Mapping[str, Any],
    months: Iterable[str],
    weekdays: Iterable[str],
    days: Iterable[str],
    seasons: Iterable[str],
    modifiers: Iterable[str],
    relative: Mapping[str, tuple[str, int]],
) -> dict[str, frozenset[str]]:
    """The words by which it is told what is at hand for a form."""
    return {
        "month": first_words(months),
        "weekday": first_words(weekdays),
        "day": first_words(days),
        "season": first_words(seasons),
        "event": first_words(map(fold, raw["events"])),
        "modifier": longest_words(modifiers),
        **{f"r{unit}": longest_words(_of_unit(relative, unit)) for unit in _UNITS},
    }


def _months_of(value: str) -> tuple[int, int]:
    first, last = value.split()
    return int(first), int(last)


def _key(form: str) -> str:
    """What every date of a form holds: the form is tried only around such words."""
    if "{o1}" in form and "{rmonth}" in form:
        return "unit"
    if "(?P<d1>" in form:
        return "day"
    for name in ("season", "event"):
        if f"{{{name}}}" in form:
            return name
    return "month" if "{m1}" in form else "weekday" if "{w1}" in form else "figure"


def _parts(
    months: Mapping[str, int],
    weekdays: Iterable[str],
    numbers: Iterable[str],
    days: Iterable[str],
    suffix: str,
) -> dict[str, str]:
    """The named parts that stand for a month, a day in figures or words, a year, a weekday."""
    short = [
        m for m in months if any(o != m and o.startswith(m[:3]) and len(o) > len(m) for o in months)
    ]
    full = [m for m in months if m not in short]
    parts = {"n": rf"(?P<n>{_choice(numbers)}|\d\d?)"}
    for i in "12":
        parts[f"m{i}"] = rf"\b(?:(?P<m{i}>{_choice(full)})\b|(?P<m{i}>{_choice(short)})\b\.?)"
        parts[f"d{i}"] = rf"(?<![\w.,/$])(?P<d{i}>\d\d?){suffix}(?![\w/%]|[.,]\d)"
        parts[f"o{i}"] = rf"\b(?P<d{i}>{_choice(days)})\b"
        parts[f"Y{i}"] = _YEAR.format(i=i)
        parts[f"w{i}"] = rf"\b(?P<w{i}>{_choice(weekdays)})\b"
    return parts


def _relative_parts(
    relative: Mapping[str, tuple[str, int]],
    modifiers: Iterable[str],
    units: Iterable[str],
) -> dict[str, str]:
    """The named parts that stand for "this month", "last year", "next": the tables' own words."""
    parts = {"mod": rf"\b(?P<mod>{_choice(modifiers)})\b"}
    for unit in _UNITS:
        parts[f"r{unit}"] = rf"\b(?P<r{unit}>{_choice(_of_unit(relative, unit))})\b"
    for i in "12":
        parts[f"y{i}"] = rf"(?:{_YEAR.format(i=i)}|{parts['ryear']})"
    parts["unit"] = rf"(?P<unit>{_choice(units)})"
    return parts


def _of_unit(relative: Mapping[str, tuple[str, int]], unit: str) -> list[str]:
    return [w for w, (u, _) in relative.items() if u.removeprefix("that-") == unit]


def _tense(raw: Mapping[str, Any], parts: Mapping[str, str]) -> TenseWords:
    kinds = ("future", "weak", "speech", "past")
    cues = "|".join(
        rf"(?P<{kind}>{'|'.join(_filled(fold_form(w), parts) for w in raw[kind])})"
        for kind in kinds
    )
    endings = "|".join(rf"(?P<{kind}>\w+(?:{raw['endings'][kind]}))" for kind in raw["endings"])
    return TenseWords(
        cues=_pattern(rf"(?<!\w)(?:{cues})(?!\w)"),
        endings=_pattern(rf"(?<!\w)(?:{endings})(?!\w)") if endings else None,
        ahead=_pattern(_words(map(fold, raw["ahead"])) + r" ?$"),
        behind=_pattern(rf"(?<!\w)(?:{'|'.join(map(fold_form, raw['behind']))})[ \w]{{0,6}}$"),
        clause=_pattern(_words(map(fold, raw["clause"])) + r" (?:\w{1,4} ){0,2}$"),
        until=_pattern(_words(map(fold, raw["until"])) + r" (?:\w{1,3} )?$"),
        noun_before=_pattern(_words(map(fold, raw["noun_before"])) + r" $"),
        no_verbs=frozenset(map(fold, raw["no_verbs"])),
        unmet=_pattern(rf"(?<!\w)(?:{'|'.join(map(fold_form, raw['unmet']))})(?!\w)"),
        supposed=_pattern(rf"(?<!\w)(?:{'|'.join(map(fold_form, raw['supposed']))})(?!\w)"),
        missed=_pattern(rf"(?<!\w)(?:{'|'.join(map(fold_form, raw['missed']))})(?!\w)"),
        moved=_pattern(rf"(?<!\w)(?:{'|'.join(map(fold_form, raw['moved']))})[ \w]{{0,12}}$"),
        abbreviations=frozenset(map(fold, raw["abbreviations"])),
    )


def fold_form(form: str) -> str:
    r"""Fold the letters of a form and leave its escapes: ``\W`` stays ``\W``."""
    return re.sub(r"\\.|.", lambda m: m[0] if m[0][0] == "\\" else fold(m[0]), form)


def _choice(words: Iterable[str]) -> str:
    return word_choice(words, " ")


def _words(words: Iterable[str]) -> str:
    return rf"(?<!\w)(?:{_choice(words)})(?!\w)"


def _filled(form: str, parts: Mapping[str, str]) -> str:
    """Put the parts in; a part may be made of parts."""
    for _ in range(3):
        for name, pattern in parts.items():
            form = form.replace("{" + name + "}", pattern)
    return form

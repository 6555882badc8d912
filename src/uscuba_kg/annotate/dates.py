"""Dates in one text: what the words say, before it is known which year or week they mean.

The forms of a language are data (``packs/*/dates.toml``); the grammar here only knows years, months,
days, weekdays and offsets. Values stay as precise as the words (EDTF, ISO 8601-2).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import regex

from uscuba_kg.errors import PackError
from uscuba_kg.model import PartialDate, Span
from uscuba_kg.text import fold

_YEAR = r"(?<!\w)(?P<{name}>(?:19|20)\d\d)(?!\w|[.,]\d)"


class DateWords(msgspec.Struct, frozen=True, eq=False):
    """The compiled forms of one language and its tables."""

    forms: tuple[tuple[str, Any], ...]
    relative: Mapping[str, tuple[str, int]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    numbers: Mapping[str, int]
    units: Mapping[str, str]
    relative_form: Any
    ago_form: Any
    future: Any
    past: Any
    speech: Any
    capitals: bool


class DateExpression(msgspec.Struct, frozen=True):
    """A stretch of text that speaks of time.

    ``start`` and ``end`` hold what an absolute date says; ``weekdays`` (0 is Monday) one day or a
    range of days; ``unit`` and ``offset`` a distance from the day of the article, or, with the unit
    ``after``, from the date mentioned before. ``years`` is an offset that the words themselves give
    to an absolute date ("December of last year").
    """

    span: Span
    form: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    weekdays: tuple[int, int] | None = None
    unit: str | None = None
    offset: int = 0
    years: int | None = None


@lru_cache(maxsize=16)
def load_date_words(folder: Path) -> DateWords:
    """Read and compile a language's ``dates.toml``; PackError says what is missing or malformed."""
    path = folder / "dates.toml"
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
        return _compiled(raw)
    except KeyError as error:
        raise PackError(f"the table {error} is missing", place=str(path)) from error
    except (OSError, tomllib.TOMLDecodeError, regex.error, ValueError) as error:
        raise PackError(str(error), place=str(path)) from error


def _compiled(raw: Mapping[str, Any]) -> DateWords:
    months = {fold(k): int(v) for k, v in raw["months"].items()}
    weekdays = {fold(k): int(v) for k, v in raw["weekdays"].items()}
    numbers = {fold(k): int(v) for k, v in raw["numbers"].items()}
    parts = {"n": rf"(?P<n>{_choice(numbers)}|\d\d?)"}
    for i in "12":
        parts[f"m{i}"] = rf"(?<!\w)(?P<m{i}>{_choice(months)})(?!\w)\.?"
        parts[f"d{i}"] = rf"(?<![\w.,/])(?P<d{i}>\d\d?){raw['days']['suffix']}(?![\w/]|[.,]\d)"
        parts[f"y{i}"] = _YEAR.format(name=f"y{i}")
        parts[f"w{i}"] = rf"(?<!\w)(?P<w{i}>{_choice(weekdays)})(?!\w)"
    forms = tuple(
        (name, regex.compile(_filled(form, parts))) for name, form in raw["forms"].items()
    )
    relative = {}
    for words, meaning in raw["relative"].items():
        unit, offset = meaning.split()
        relative[fold(words)] = (unit, int(offset))
    return DateWords(
        forms=forms,
        relative=relative,
        months=months,
        weekdays=weekdays,
        numbers=numbers,
        units={fold(k): str(v) for k, v in raw["ago"]["units"].items()},
        relative_form=regex.compile(rf"(?<!\w)(?:{_choice(relative)})(?!\w)"),
        ago_form=regex.compile(rf"(?<!\w){_filled(raw['ago']['form'], parts)}(?!\w)"),
        future=regex.compile(rf"(?<!\w)(?:{_choice(map(fold, raw['tense']['future']))})(?!\w)"),
        speech=regex.compile(rf"(?<!\w)(?:{_choice(map(fold, raw['tense']['speech']))})(?!\w)"),
        past=regex.compile(rf"(?<!\w)(?:{_choice(map(fold, raw['tense']['past']))})(?!\w)"),
        capitals=bool(raw["capitals"]),
    )


def _choice(words: Any) -> str:
    return "|".join(regex.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _filled(form: str, parts: Mapping[str, str]) -> str:
    for name, pattern in parts.items():
        form = form.replace("{" + name + "}", pattern)
    return form


def find_dates(text: str, folded: str, words: DateWords) -> tuple[DateExpression, ...]:
    """Give the expressions of time in a text, in order; where two overlap, the longer one.

    ``folded`` is ``fold(text)``. Only forms whose month, weekday or year is written as the language
    writes it count: in English "May" is a month and "may" is none.
    """
    found: list[tuple[int, DateExpression]] = []
    for rank, (name, form) in enumerate(words.forms):
        for match in form.finditer(folded):
            expression = _absolute(match, name, text, words)
            if expression is not None:
                found.append((rank, expression))
    for match in words.relative_form.finditer(folded):
        unit, offset = words.relative[match[0]]
        span = Span(match.start(), match.end())
        found.append((99, DateExpression(span, "relative", unit=unit, offset=offset)))
    for match in words.ago_form.finditer(folded):
        found.append((99, _ago(match, words)))
    return _longest(found)


def _ago(match: Any, words: DateWords) -> DateExpression:
    number = match["n"]
    count = int(number) if number.isdigit() else words.numbers[number]
    span = Span(match.start(), match.end())
    unit = words.units[match["unit"]]
    return DateExpression(span, "ago", unit=unit, offset=-count)


def _absolute(match: Any, name: str, text: str, words: DateWords) -> DateExpression | None:
    """What a form says, or None where it says nothing that can be a date."""
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    for key in ("m1", "m2", "w1", "w2"):
        if key in groups and words.capitals and not text[match.start(key)].isupper():
            return None
    start, end = match.span("span") if "span" in groups else match.span()
    while end > start and text[end - 1] in " ,":
        end -= 1
    span = Span(start, end)
    if "w1" in groups and "m1" not in groups:
        first = words.weekdays[groups["w1"]]
        last = words.weekdays[groups["w2"]] if "w2" in groups else first
        return DateExpression(span, name, weekdays=(first, last), offset=int("next" in groups))
    if name == "year-span":
        return DateExpression(span, name)
    start_date, end_date = _dates(groups, words)
    if not (_exists(start_date) and _exists(end_date)):
        return None
    years = -1 if "lastyear" in groups else None
    return DateExpression(span, name, start=start_date, end=end_date, years=years)


def _dates(groups: Mapping[str, str], words: DateWords) -> tuple[PartialDate, PartialDate]:
    """First and last day of an absolute form; a year or month given once counts for both ends."""
    if "mm" in groups:
        day = PartialDate(int(groups["y1"]), int(groups["mm"]), int(groups["dd"]))
        return day, day
    year_last = int(groups.get("y2") or groups.get("y1") or 0) or None
    year_first = int(groups.get("y1") or groups.get("y2") or 0) or None
    month_first = words.months[groups["m1"]] if "m1" in groups else None
    month_last = words.months[groups["m2"]] if "m2" in groups else month_first
    day_first = int(groups["d1"]) if "d1" in groups else None
    day_last = int(groups["d2"]) if "d2" in groups else day_first
    return (
        PartialDate(year_first, month_first, day_first),
        PartialDate(year_last, month_last, day_last),
    )


def _exists(date: PartialDate) -> bool:
    if date.year is None and date.month is None:
        return False
    try:
        dt.date(date.year or 2000, date.month or 1, date.day or 1)
    except ValueError:
        return False
    return True


def _longest(found: Sequence[tuple[int, DateExpression]]) -> tuple[DateExpression, ...]:
    ranked = sorted(found, key=lambda f: (f[1].span.start - f[1].span.end, f[0], f[1].span))
    kept: list[DateExpression] = []
    for _, expression in ranked:
        if not any(expression.span.overlaps(k.span) for k in kept):
            kept.append(expression)
    return tuple(sorted(kept, key=lambda e: e.span))

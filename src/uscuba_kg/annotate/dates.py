"""Dates in one text: what the words say, before it is known which year or week they mean.

The forms of a language are data (``packs/*/dates.toml``); the grammar here only knows years, months,
days, weekdays and offsets. Values stay as precise as the words (EDTF, ISO 8601-2).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from uscuba_kg.annotate.dateparts import Asked, Near
from uscuba_kg.annotate.datewords import DateWords, load_date_words
from uscuba_kg.model import PartialDate, Span
from uscuba_kg.text import Words, matches_at

__all__ = ["DateExpression", "DateWords", "find_dates", "load_date_words"]

_REACH = 16
_AROUND = 60
_CENTURY = 40
_LEAP_YEAR, _DAYS_OF_LEAP_YEAR = 2000, 366
_FIGURE = re.compile(r"\d+")
_KEYS = ("month", "weekday", "day", "season", "event", "figure")
_WEEK_OF = "week-of-day"
"""A week told by one of its days: of the day no more is known than its month."""
_EVENT = {"event-eve": -1, "event-morrow": 1}
"""Forms that tell a day by something that was told ("the eve of the talks"), and how far it lies away."""
_BARE = ("m1", "m2", "w1", "w2")


class DateExpression(msgspec.Struct, frozen=True):
    """A stretch of text that speaks of time.

    ``start`` and ``end`` hold what an absolute date says, which may be a day of the month alone;
    ``weekdays`` (0 is Monday) one day or a range of days; ``unit`` and ``offset`` a distance from the
    day of the article, or, where the unit begins with ``that-``, from the date mentioned before:
    alone, or as what the words add to a date ("December of last year", "Tuesday of last week").
    ``modifier`` is what they add to a month or weekday: last, next, this, that, following, previous.
    ``season`` holds the first and last month of a part of a year that has no day or month of its own.
    """

    span: Span
    form: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    weekdays: tuple[int, int] | None = None
    unit: str | None = None
    offset: int = 0
    modifier: str | None = None
    season: tuple[int, int] | None = None


def find_dates(
    text: str, folded: str, words: DateWords, index: Words | None = None
) -> tuple[DateExpression, ...]:
    """Give the expressions of time in a text, in order; where two overlap, the longer one.

    ``folded`` is ``fold(text)``, ``index`` its words if they are at hand. Only forms whose month,
    weekday or year is written as the language writes it count: in English "May" is a month and
    "may" is none.
    """
    found: list[tuple[int, Span, tuple[DateExpression, ...]]] = []
    index, size = index or Words(folded), len(folded)
    places = {key: index.among(keys) for key, keys in words.keys.items()}
    places["figure"] = [m.span() for m in _FIGURE.finditer(folded)]
    places["number"] = sorted(places["figure"] + places["day"])
    near = Near(places)
    stretches = {key: _stretches(places[key], size) for key in _KEYS}
    stretches["unit"] = _stretches(index.beginning(tuple(words.units)), size)
    fitting: dict[tuple[str, Asked], list[tuple[int, int]]] = {}
    for rank, (name, key, asked, form) in enumerate(words.forms):
        tried = fitting.get((key, asked))
        if tried is None:
            tried = fitting[key, asked] = [p for p in stretches[key] if near.has(asked, *p)]
        for match in (m for part in tried for m in form.finditer(folded, *part)):
            expressions = _absolute(match, name, text, words)
            if expressions:
                whole = Span(expressions[0].span.start, expressions[-1].span.end)
                found.append((rank, whole, expressions))
    firsts = index.among(words.relative_firsts)
    for match in matches_at(words.relative_form, folded, firsts):
        unit, offset = words.relative[match[0]]
        span = Span(match.start(), match.end())
        if unit != "none":
            expression = DateExpression(span, "relative", unit=unit, offset=offset)
            found.append((99, span, (expression,)))
        else:
            found.append((99, span, ()))
    for name, form in words.distances:
        for match in (m for part in stretches["unit"] for m in form.finditer(folded, *part)):
            expression = _distance(match, name, words)
            found.append((99, expression.span, (expression,)))
    return _longest(found, len(text))


def _stretches(keys: Iterable[tuple[int, int]], size: int) -> list[tuple[int, int]]:
    """The parts of a text within reach of a month, a weekday, a figure or a unit."""
    parts: list[tuple[int, int]] = []
    for first, last in keys:
        start, end = max(0, first - _AROUND), min(size, last + _AROUND)
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _distance(match: Any, name: str, words: DateWords) -> DateExpression:
    """So many days, weeks, months or years from the article's day or from the date before."""
    number = match["n"]
    count = int(number) if number.isdigit() else words.numbers[number]
    unit = words.units[match["unit"]]
    base = unit if name.startswith(("ago", "ahead")) else f"that-{unit}"
    sign = -1 if name.startswith(("ago", "earlier", "behind")) else 1
    span, groups = Span(match.start(), match.end()), match.groupdict()
    weekday, modifier = groups.get("w1"), words.modifiers.get(groups.get("mod") or "")
    return DateExpression(
        span,
        name,
        weekdays=(words.weekdays[weekday], words.weekdays[weekday]) if weekday else None,
        unit=base,
        offset=sign * count,
        modifier="today" if groups.get("now") else modifier,
    )


def _absolute(match: Any, name: str, text: str, words: DateWords) -> tuple[DateExpression, ...]:
    """What a form says: nothing where it cannot be a date, two dates where "and" parts them."""
    groups = {k: v for k, v in match.groupdict().items() if v is not None}
    if not _written_as_date(match, groups, text, words):
        return ()
    start, end = match.span("span") if "span" in groups else match.span()
    while end > start and text[end - 1] in " ,":
        end -= 1
    if text[end - 1] == ")" and "(" not in text[start:end]:
        end -= 1  # the bracket was opened before the date
    if name.startswith("no-"):
        return (DateExpression(Span(start, end), name),)
    whole = _expression(Span(start, end), name, groups, words)
    if whole is None:
        return ()
    if "and" in groups and "more" not in groups and not _one_stretch(whole, match, words):
        return _parted(whole, match, groups, words)
    return (whole,)


def _written_as_date(match: Any, groups: Mapping[str, str], text: str, words: DateWords) -> bool:
    """Whether months and weekdays are written as such, and not as verbs or as names of people."""
    named = [match.start(key) for key in _BARE if key in groups]
    if words.capitals:
        return all(text[at].isupper() for at in named)
    bare = not any(key in groups for key in ("d1", "y1", "ryear", "rmonth"))
    if not bare or not named or not text[named[0]].isupper():
        return True
    ink = _end_of_ink(text, match.start())
    before, after = (
        text[ink - 1 : ink] if ink else "",
        text[match.end() : match.end() + 2].lstrip(" "),
    )
    return before in ("", "\n", ".", "»", "”") and not after[:1].isupper()


def _end_of_ink(text: str, at: int) -> int:
    """Where the last thing but spaces before a place ends."""
    while at > 0 and text[at - 1] == " ":
        at -= 1
    return at


def _expression(
    span: Span, name: str, groups: Mapping[str, str], words: DateWords
) -> DateExpression | None:
    start, end = _dates(groups, words)
    if start is not None and (end is None or not (_exists(start) and _exists(end))):
        return None
    if name == _WEEK_OF and start is not None:
        start = end = PartialDate(start.year, start.month)
    weekdays = None
    if "w1" in groups:
        first = words.weekdays[groups["w1"]]
        weekdays = (first, words.weekdays[groups["w2"]] if "w2" in groups else first)
    unit, offset = None, 0
    for key in ("rday", "rweek", "rmonth", "ryear"):
        if key in groups:
            unit, offset = words.relative[groups[key]]
    if unit in ("day", "that-day"):
        weekdays = None
    if name in _EVENT:
        unit, offset = "event", _EVENT[name]
    modifier = words.modifiers.get(groups.get("mod", ""))
    if modifier == "never":
        return DateExpression(span, name)
    season = words.seasons[groups["season"]] if "season" in groups else None
    return DateExpression(span, name, start, end, weekdays, unit, offset, modifier, season)


def _dates(
    groups: Mapping[str, str], words: DateWords
) -> tuple[PartialDate | None, PartialDate | None]:
    """First and last day of an absolute form; a year or month given once counts for both ends."""
    if "mm" in groups:
        day = PartialDate(int(groups["y1"]), int(groups["mm"]), int(groups["dd"]))
        return day, day
    year_last = int(groups.get("y2") or groups.get("y1") or 0) or _short_year(groups)
    year_first = int(groups.get("y1") or groups.get("y2") or 0) or _short_year(groups)
    month_first = words.months[groups["m1"]] if "m1" in groups else None
    month_last = words.months[groups["m2"]] if "m2" in groups else month_first
    day_first = _number(groups["d1"], words) if "d1" in groups else None
    day_last = _number(groups["d2"], words) if "d2" in groups else day_first
    if (
        month_first is not None
        and month_first == month_last
        and (day_last or 99) < (day_first or 0)
    ):
        return PartialDate(year_first, month_first, 99), None
    if year_first is None and month_first is None and day_first is None:
        return None, None
    if "y1" not in groups and "m2" in groups and month_first and month_last and year_last:
        year_first = year_last - (month_first > month_last)
    return (
        PartialDate(year_first, month_first, day_first),
        PartialDate(year_last, month_last, day_last),
    )


def _short_year(groups: Mapping[str, str]) -> int | None:
    """The year of two figures ("'82"): of this century up to 39, else of the last."""
    if "s1" not in groups:
        return None
    short = int(groups["s1"])
    return short + (2000 if short < _CENTURY else 1900)


def _number(word: str, words: DateWords) -> int:
    return int(word) if word.isdigit() else words.days[word]


def _exists(date: PartialDate) -> bool:
    month, day = (1 if part is None else part for part in (date.month, date.day))
    try:
        dt.date(date.year or _LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True


def _one_stretch(whole: DateExpression, match: Any, words: DateWords) -> bool:
    """Whether "and" joins the ends of one stretch: "between" stands before, or the days adjoin."""
    from_here = max(0, match.start() - _REACH)
    if match["and"] and words.between.search(match.string, from_here, match.start("and")):
        return True
    if whole.start is None or whole.end is None:
        first, last = whole.weekdays or (0, 0)
        return (last - first) % 7 == 1
    if whole.start.day is None or whole.end.day is None:
        return False
    if whole.start.month is None or whole.end.month is None:
        return whole.end.day - whole.start.day == 1
    first_day = dt.date(whole.start.year or _LEAP_YEAR, whole.start.month, whole.start.day)
    last_day = dt.date(whole.end.year or _LEAP_YEAR, whole.end.month, whole.end.day)
    return (last_day - first_day).days in (1, -_DAYS_OF_LEAP_YEAR + 1)


def _parted(
    whole: DateExpression, match: Any, groups: Mapping[str, str], words: DateWords
) -> tuple[DateExpression, ...]:
    """Two dates out of "January 18 and 25" or "in May and November 2015"."""
    before, after = match.span("and")
    first = Span(whole.span.start, _end_of_ink(match.string, before))
    last = Span(after + (match.string[after : after + 1] == " "), whole.span.end)
    one, other = (
        msgspec.structs.replace(whole, span=first),
        msgspec.structs.replace(whole, span=last),
    )
    if whole.weekdays is not None and (whole.start is None or "w2" in groups):
        one = msgspec.structs.replace(one, weekdays=(whole.weekdays[0], whole.weekdays[0]))
        other = msgspec.structs.replace(other, weekdays=(whole.weekdays[1], whole.weekdays[1]))
    elif whole.weekdays is not None:
        other = msgspec.structs.replace(other, weekdays=None)
    return (
        msgspec.structs.replace(one, end=one.start),
        msgspec.structs.replace(other, start=other.end),
    )


def _longest(
    found: Sequence[tuple[int, Span, tuple[DateExpression, ...]]], size: int
) -> tuple[DateExpression, ...]:
    """The longest of those that overlap; a mark on each character taken keeps this linear."""
    ranked = sorted(found, key=lambda f: (f[1].start - f[1].end, f[0], f[1]))
    taken = bytearray(size)
    kept: list[DateExpression] = []
    for _, whole, expressions in ranked:
        if any(taken[whole.start : whole.end]):
            continue
        taken[whole.start : whole.end] = b"\1" * (whole.end - whole.start)
        kept.extend(expressions)
    return tuple(sorted(kept, key=lambda e: e.span))

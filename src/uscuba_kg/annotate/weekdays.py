"""Which day a weekday means: one that was told, one of the days told, or one beside the article's own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.annotate.datewords import DateWords
from uscuba_kg.annotate.steps import day_of
from uscuba_kg.annotate.tense import is_ending
from uscuba_kg.annotate.told import Told
from uscuba_kg.annotate.years import days_between, falls_on
from uscuba_kg.model import DateRange, PartialDate

_RECENT = 12
_BESIDE, _ADJACENT = 240, 8
_PROGRAMME, _STAY = 500, 1500
_LONGEST_STAY, _HOME_SINCE = 14, 7
_SOON, _UNKNOWN = 21, 999
_APPOSED = re.compile(r",?\s*(?:\w{2,3}\s)?")


def own_day(pair: Sequence[DateExpression], text: str) -> tuple[DateRange, str] | None:
    """The full date by which a text names its own day: "Today, May 19, 2015, they met"."""
    own, *beside = pair
    if (own.unit, own.offset, own.start) != ("day", 0, None) or not beside:
        return None
    date = beside[0].start
    if date is None or date != beside[0].end or date.year is None or date.day is None:
        return None
    if not _APPOSED.fullmatch(text, own.span.end, beside[0].span.start):
        return None
    return DateRange(date, date), "date.explicit"


def date_beside(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate | None, tense: str
) -> DateRange | None:
    """The full date told shortly before that falls on a weekday, of which it then speaks again."""
    weekdays = expression.weekdays
    if weekdays is None or weekdays[0] != weekdays[1] or expression.unit is not None:
        return None
    if expression.modifier not in (None, "this", "that"):
        return None
    for one in reversed(told):
        gap = expression.span.start - one.expression.span.end
        if gap > _BESIDE:
            break
        day, said = one.dates.start, one.expression.start
        if said is None or said.day is None:
            continue
        if gap > _ADJACENT and _is_behind(day, anchor) and tense == "future":
            continue
        if day.precision == 3 and day == one.dates.end and falls_on(day, weekdays[0]):
            return DateRange(day, day)
    return None


def day_of_stay(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate
) -> DateRange | None:
    """The one day of a stay told before, and just over, that falls on a weekday.

    None where the stay is older than that or has two such days.
    """
    weekdays, today = expression.weekdays, anchor.first_day()
    if weekdays is None or today is None or expression.modifier or expression.unit:
        return None
    for one in reversed(told):
        first, last = one.dates.start.first_day(), one.dates.end.first_day()
        if expression.span.start - one.expression.span.end > _STAY:
            break
        if one.dates.start.day is None or first is None or last is None or first == last:
            continue
        if (
            last >= today
            or (today - last).days > _HOME_SINCE
            or (last - first).days > _LONGEST_STAY
        ):
            return None
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        fitting = [d for d in days if d.weekday() == weekdays[0]]
        end = fitting[0] + dt.timedelta(days=(weekdays[1] - weekdays[0]) % 7) if fitting else last
        if len(fitting) == 1 and end <= last:
            return DateRange(day_of(fitting[0]), day_of(end))
        return None
    return None


def programme_day(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate, folded: str,
    words: DateWords,
) -> PartialDate | None:  # fmt: skip
    """The day to come, told shortly before, from which the weekdays of a programme count.

    None where that is told as the last day of something, or the weekday right ahead was told too.
    """
    recent = told[-_RECENT:]
    one = next((t for t in reversed(recent) if t.dates.start.precision == 3), None)
    if one is None or expression.modifier is not None or expression.unit is not None:
        return None
    if expression.span.start - one.expression.span.end > _PROGRAMME or is_ending(
        folded, one.expression.span, words
    ):
        return None
    if any(_is_right_ahead(t.dates.start, expression, anchor) for t in recent):
        return None
    return one.dates.start if 0 < days_between(one.dates.start, anchor) <= _SOON else None


def _is_right_ahead(day: PartialDate, expression: DateExpression, anchor: PartialDate) -> bool:
    """Tell whether a day is the weekday in question and less than a week away."""
    weekday = expression.weekdays[0] if expression.weekdays else None
    return day.day is not None and 0 <= days_between(day, anchor) < 7 and falls_on(day, weekday)


def _is_behind(date: PartialDate, anchor: PartialDate | None) -> bool:
    """Tell whether a day lies before the article's own."""
    return anchor is not None and 0 < days_between(anchor, date) < _UNKNOWN

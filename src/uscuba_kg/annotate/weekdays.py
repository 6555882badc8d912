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
_WEEK = "date.relative-week"
_BESIDE, _ADJACENT = 240, 4
_PROGRAMME, _STAY = 500, 1500
_LONGEST_STAY, _HOME_SINCE = 14, 7
_SOON, _UNKNOWN = 21, 999
_WEEKS_AGO, _STORY_DAYS = 14, 700
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
        if gap > _ADJACENT and expression.modifier is None and _is_old(day, anchor):
            continue
        if gap > _ADJACENT and _is_behind(day, anchor) and tense == "future":
            continue
        if day.precision == 3 and day == one.dates.end and falls_on(day, weekdays[0]):
            return DateRange(day, day)
    return None


def day_of_stay(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate | None, is_story: bool
) -> DateRange | None:
    """The one day of a stay told before, and just over, that falls on a weekday.

    None where the stay is older than that, outside of a story, or has two such days. Without an article's
    own day (``anchor``) any stay that was told counts, and so does a day told by itself.
    """
    weekdays = expression.weekdays
    today = anchor.first_day() if anchor is not None else None
    if weekdays is None or expression.modifier or expression.unit:
        return None
    for one in reversed(told):
        first, last = one.dates.start.first_day(), one.dates.end.first_day()
        if expression.span.start - one.expression.span.end > _STAY:
            break
        if one.dates.start.day is None or first is None or last is None:
            continue
        if first == last:
            if today is None and weekdays[0] == weekdays[1] == first.weekday():
                return one.dates
            continue
        if (last - first).days > _LONGEST_STAY or not (is_story or _is_just_over(last, today)):
            return None
        days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
        fitting = [d for d in days if d.weekday() == weekdays[0]]
        end = fitting[0] + dt.timedelta(days=(weekdays[1] - weekdays[0]) % 7) if fitting else last
        if len(fitting) == 1 and end <= last:
            return DateRange(day_of(fitting[0]), day_of(end))
        return None
    return None


def _is_just_over(last: dt.date, today: dt.date | None) -> bool:
    """Tell whether something ended in the days before the article's own, where that is known."""
    return today is None or (last < today and (today - last).days <= _HOME_SINCE)


def week_told(told: Sequence[Told], expression: DateExpression, tense: str) -> int:
    """How many weeks from the article's own the weekdays lie: -1 behind "Last week, in Havana, ...".

    0 where the last thing told is no other week, or the verb looks the other way.
    """
    one = told[-1] if told else None
    if one is None or expression.modifier is not None or expression.unit is not None:
        return 0
    if one.rule != _WEEK or expression.span.start - one.expression.span.end > _PROGRAMME:
        return 0
    offset = one.expression.offset
    return (
        offset if (offset == -1 and tense != "future") or (offset == 1 and tense != "past") else 0
    )


def is_to_come(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate, text: str
) -> bool:
    """Tell whether a weekday without a verb goes on with a programme: "Wednesday's talk is with them"."""
    days = [t for t in told[-_RECENT:] if t.rule != "date.relative-day"]
    one = days[-1] if days else None
    if one is None or one.dates.start.day is None:
        return False
    start = one.expression.span.end
    near = expression.span.start - start <= _PROGRAMME
    return (
        near
        and days_between(one.dates.start, anchor) > 0
        and "\n" not in text[start : expression.span.start]
    )


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


def _is_old(date: PartialDate, anchor: PartialDate | None) -> bool:
    """Tell whether a day is too far behind for a bare weekday to speak of it, and still no story."""
    days = days_between(anchor, date) if anchor is not None else 0
    return _WEEKS_AGO < days < _STORY_DAYS


def _is_behind(date: PartialDate, anchor: PartialDate | None) -> bool:
    """Tell whether a day lies before the article's own."""
    return anchor is not None and 0 < days_between(anchor, date) < _UNKNOWN

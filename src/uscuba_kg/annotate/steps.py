"""Steps through the calendar: from a day to a weekday, a week, a month, a year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.annotate.years import days_between, existing
from uscuba_kg.model import DateRange, PartialDate

_LIST = re.compile(r"[\s,;&/]*(?:\w{1,2}[\s,]+)?")
_HALF_YEAR = 183
_JUST_NOW = 2
MONTH_WORDS = {
    ("month", -1): "last",
    ("month", 0): "this",
    ("month", 1): "next",
    ("that-month", -1): "previous",
    ("that-month", 0): "that",
    ("that-month", 1): "following",
}
"""What the words for a month beside a month say of its year."""


def listed_years(text: str, inside: Sequence[DateExpression]) -> list[int | None]:
    """For each date without year, the year at the end of the list that it opens."""
    years: list[int | None] = [None] * len(inside)
    for i in range(len(inside) - 2, -1, -1):
        one, other = inside[i], inside[i + 1]
        if (
            one.start is None
            or one.start.month is None
            or one.start.year
            or one.unit
            or one.modifier
        ):
            continue
        if other.start is None or other.start.month is None:
            continue
        year = other.start.year or years[i + 1]
        between = _LIST.fullmatch(text, one.span.end, other.span.start)
        if (
            between
            and year
            and (one.start.month, one.start.day or 0)
            <= (
                other.start.month,
                other.start.day or 31,
            )
        ):
            years[i] = year
    return years


def with_year(start: PartialDate, end: PartialDate, year: int) -> DateRange | None:
    """Give a range its first year; a range over New Year ends in the next one.

    None where there is no such day in that year (29 February).
    """
    last = year + 1 if (end.month or 0) < (start.month or 0) else year
    first_day, last_day = existing(year, start), existing(last, end)
    return DateRange(first_day, last_day) if first_day and last_day else None


def next_to(date: PartialDate, known: PartialDate) -> PartialDate | None:
    """The date in the year that puts it within half a year of a known one."""
    if known.year is None:
        return None
    if known.month is None:
        return existing(known.year, date)
    middle = PartialDate(known.year, known.month, known.day or 15)
    for year in (known.year, known.year + 1, known.year - 1):
        dated = existing(year, PartialDate(None, date.month, date.day or 15))
        if dated is not None and abs(days_between(dated, middle)) <= _HALF_YEAR:
            return existing(year, date)
    return None


def weekday_from(
    today: dt.date, weekday: int, modifier: str | None, tense: str
) -> tuple[dt.date, str]:
    """The weekday meant from a day: the last, the next, or that of the week."""
    back, ahead = (today.weekday() - weekday) % 7, (weekday - today.weekday()) % 7
    if modifier in ("last", "previous"):
        return today - dt.timedelta(days=back or 7), "before"
    if modifier in ("next", "following"):
        return today + dt.timedelta(days=ahead or 7), "after"
    if tense == "future" or (tense == "unmet" and not 0 < back <= _JUST_NOW):
        return today + dt.timedelta(days=ahead), "after"
    if modifier == "this" and tense == "open":
        return today + dt.timedelta(days=weekday - today.weekday()), "in-week"
    return today - dt.timedelta(days=back), "before"


def day_of(date: dt.date) -> PartialDate:
    """Give a day as a date that is known to the day."""
    return PartialDate(date.year, date.month, date.day)


def stretched(dates: DateRange, days: int, today: PartialDate | None) -> DateRange:
    """All days of something so long that begins (or, below zero, ends) on a day.

    What is over by ``today`` began a week before where it would else go on; what began on that
    very day does go on.
    """
    day = dates.start.first_day()
    if days == 0 or day is None or dates.start != dates.end or dates.start.day is None:
        return dates
    other = day + dt.timedelta(days=days - 1 if days > 0 else days + 1)
    first, last = min(day, other), max(day, other)
    now = today.first_day() if today is not None and today.day is not None else None
    if now is not None and last > now > first:
        first, last = first - dt.timedelta(days=7), last - dt.timedelta(days=7)
    return DateRange(day_of(first), day_of(last))


def month_after(base: PartialDate, offset: int) -> PartialDate:
    """Give the month so many months from that of a date."""
    months = (base.year or 0) * 12 + (base.month or 1) - 1 + offset
    return PartialDate(months // 12, months % 12 + 1)


def month_of_week(base: PartialDate, offset: int) -> PartialDate:
    """A week, as the month in which all its days lie, or the year."""
    today = base.first_day() or dt.date.min
    monday = today + dt.timedelta(days=7 * offset - today.weekday())
    middle = monday + dt.timedelta(days=3)
    whole = monday.month == (monday + dt.timedelta(days=6)).month
    return PartialDate(middle.year, middle.month) if whole else PartialDate(middle.year)


def away_from(base: PartialDate, unit: str, offset: int) -> DateRange:
    """What lies so many days, weeks, months or years from a date, as precise as the unit.

    Weeks give the month they lie in.
    """
    if unit == "day":
        value = day_of((base.first_day() or dt.date.min) + dt.timedelta(days=offset))
    elif unit == "year":
        value = PartialDate((base.year or 0) + offset)
    else:
        value = month_after(base, offset) if unit == "month" else month_of_week(base, offset)
    return DateRange(value, value)


def year_after(date: PartialDate, base: PartialDate | None, modifier: str | None) -> int | None:
    """The year that "last", "this", "that", "the following" gives to a month, counted from a date."""
    month = date.month or 1
    if modifier is None or base is None or base.year is None:
        return None
    if modifier in ("this", "that"):
        return base.year
    if modifier in ("next", "following"):
        return base.year + int(base.month is None or month <= base.month)
    return base.year - int(base.month is None or month >= base.month)

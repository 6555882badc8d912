"""Ranges of partial dates as calendar days: do two of them meet, does one hold another."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TypeAlias

import msgspec

from uscuba_kg.model import DateRange, PartialDate

Days: TypeAlias = tuple[dt.date, dt.date]

LEAP_YEAR = 2000
"""A year that has every day of the calendar, to compare days without a year in."""


@lru_cache(maxsize=1 << 16)
def days(dates: DateRange, year: int | None = None) -> Days | None:
    """Give the first and the last day a range can mean; ``year`` stands in where none is told.

    ``None`` where there is no year at all, or no such day in it (29 February).
    """
    try:
        start = _in_year(dates.start, year)
        end = _in_year(dates.end, start.year)
        first, last = start.first_day(), end.last_day()
        if first is None or last is None:
            return None
        if last < first and dates.end.year is None:
            last = _in_year(dates.end, first.year + 1).last_day()
    except ValueError:
        return None
    return first, max(first, last or first)


def _in_year(date: PartialDate, year: int | None) -> PartialDate:
    return msgspec.structs.replace(date, year=year) if date.year is None else date


def meet(one: DateRange, other: DateRange) -> bool:
    """Tell whether two ranges share a day, as far as they are told.

    A day without a year meets that day of any year, but no year of which the month is not told.

    >>> from uscuba_kg.model import PartialDate as D
    >>> meet(DateRange(D(2023, 1), D(2023, 1)), DateRange(D(2023, 1, 18), D(2023, 1, 19)))
    True
    >>> meet(DateRange(D(None, 1, 19), D(None, 1, 19)), DateRange(D(2023, 1, 18), D(2023, 1, 19)))
    True
    >>> meet(DateRange(D(None, 1, 19), D(None, 1, 19)), DateRange(D(2023), D(2023)))
    False
    """
    if one == other:
        return True
    if (one.start.year is None or other.start.year is None) and not (
        one.start.month and other.start.month
    ):
        return False
    years = {date.year for date in (one.start, one.end, other.start, other.end) if date.year}
    return any(
        (a := days(one, year)) is not None
        and (b := days(other, year)) is not None
        and a[0] <= b[1]
        and b[0] <= a[1]
        for year in years or {LEAP_YEAR}
    )


def holds_both(span: Days, one: DateRange, other: DateRange) -> bool:
    """Tell whether both ranges lie within a span of days."""
    return all(
        (inner := days(dates, span[0].year)) is not None
        and span[0] <= inner[0]
        and inner[1] <= span[1]
        for dates in (one, other)
    )


def each_day(span: Days, most: int = 31) -> list[dt.date]:
    """Give the days of a span, not more than ``most``."""
    count = min((span[1] - span[0]).days + 1, most)
    return [span[0] + dt.timedelta(days=n) for n in range(count)]

"""Days as a person writes them, from the dates of a graph."""

from __future__ import annotations

import datetime as dt
import re

from uscuba_kg.model import DateRange, PartialDate
from uscuba_kg.resolve.labels import date_words

_DATE = re.compile(r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)-(\d\d))\Z")
_LEAP = 2000
"""A year that has every day that some year has."""


def partial(lexical: str) -> PartialDate | None:
    """Read ``2023-01-18``, ``2023-01``, ``2023`` or ``--01-18``; None for anything else."""
    found = _DATE.match(lexical)
    if found is None:
        return None
    year, month, day, month_alone, day_alone = (int(p) if p else None for p in found.groups())
    date = PartialDate(year, month or month_alone, day or day_alone)
    try:
        dt.date(_LEAP if year is None else year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return date


def in_words(start: str, end: str, language: str) -> str:
    """Give a day or a range of days in words; what is no date stays as it is.

    >>> in_words("2023-01-18", "2023-01-19", "en")
    '18–19 January 2023'
    >>> in_words("--11-30", "", "es")
    '30 de noviembre'
    """
    first, last = partial(start), partial(end or start)
    if first is None or last is None:
        return start if not end or end == start else f"{start} – {end}"
    return date_words(DateRange(first, last), language)

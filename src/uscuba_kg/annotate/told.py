"""What an article has told of time so far, and which of it may date what comes after."""

from __future__ import annotations

import msgspec

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.model import DateRange

SETTLED = frozenset(
    ("date.explicit", "date.year-in-words", "date.year-of-list", "date.year-told-before",
     "date.relative-after", "date.day-of-month")
)  # fmt: skip
_NEWS_RULES = frozenset(
    ("date.relative-day", "date.relative-week", "date.relative-month", "date.relative-year")
)


class Told(msgspec.Struct, frozen=True):
    """An expression that was understood, and whether its words may give others their year."""

    expression: DateExpression
    dates: DateRange
    rule: str
    gives_year: bool


def is_own(rule: str) -> bool:
    """Tell whether a date was told from the article's own day: "today", "Monday"."""
    return rule in _NEWS_RULES or rule.startswith(("date.weekday-before", "date.weekday-after"))

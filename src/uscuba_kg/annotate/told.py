"""What an article has told of time so far, and which of it may date what comes after."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.annotate.years import days_between
from uscuba_kg.model import DateRange, PartialDate

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


def told_ahead(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate, reach: int
) -> PartialDate | None:
    """The day to come that was told just before: "in June in Havana, in September here"."""
    last = told[-1] if told else None
    if last is None or expression.span.start - last.expression.span.end >= reach:
        return None
    is_ahead = days_between(last.dates.start, anchor) > 0
    return last.dates.end if is_ahead and last.dates.end.month and last.dates.end.year else None

"""What an article has told of time so far, and which of it may date what comes after."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.annotate.years import days_between
from uscuba_kg.model import DateRange, PartialDate

SETTLED = frozenset(
    ("date.explicit", "date.year-in-words", "date.year-of-list", "date.year-told-before",
     "date.relative-after", "date.day-of-month", "date.year-from-month", "date.year-from-neighbour")
)  # fmt: skip
YEAR_REACH = 600
LONG_AGO = 3
STORY = 2
_RECENT, _FULL = 12, 3
_TODAY = "date.relative-day"
_NEWS_RULES = frozenset(
    ("date.relative-day", "date.relative-week", "date.relative-month", "date.relative-year")
)


class Told(msgspec.Struct, frozen=True):
    """An expression that was understood, and whether its words may give others their year.

    ``is_aside`` says that it belongs to no story: the day on which it was told, or what had been before.
    """

    expression: DateExpression
    dates: DateRange
    rule: str
    gives_year: bool
    is_aside: bool = False


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


def story_of(
    told: Sequence[Told], expression: DateExpression, anchor: PartialDate | None, far: int = 1
) -> tuple[Told | None, list[Told]]:
    """The last date told whose year the words settle, and those of the same stretch of text.

    Such a stretch is ``far`` times as long as that of a text which tells of news as well.
    """
    recent = [t for t in told[-_RECENT:] if not t.is_aside]
    chain = [
        t
        for t in recent
        if t.gives_year and expression.span.start - t.expression.span.end < 2 * far * YEAR_REACH
    ]
    if not chain or expression.span.start - chain[-1].expression.span.end >= far * YEAR_REACH:
        return None, chain
    now = anchor.year if anchor is not None else None
    old = [t for t in chain if now and now - (t.dates.end.year or now) >= LONG_AGO]
    between = recent[recent.index(chain[-1]) + 1 :]
    ended = chain[-1].dates.end.year or 0
    news = [t for t in between if is_own(t.rule)]
    if _is_aside(news, chain[-1], told):
        between, news = [t for t in between if t not in news], []
    if any((t.dates.start.year or 0) > ended for t in between):
        return None, old
    if len(old) < STORY and news:
        return None, old
    last = chain[-1]
    for earlier in reversed(chain):
        if earlier.dates.end.year == last.dates.end.year and earlier.dates.end.month:
            return earlier, old
    return last, old


def _is_aside(news: Sequence[Told], story: Told, told: Sequence[Told]) -> bool:
    """Tell whether "today" only tells what has become of somebody, in a text that opens with a story."""
    if (
        len(told) > _RECENT
        or story.dates.start.precision < _FULL
        or any(t.rule != _TODAY for t in news)
    ):
        return False
    before = told[: next(n for n, t in enumerate(told) if t is story)]
    return not any(is_own(t.rule) for t in before)


def is_of_one_time(chain: Sequence[Told]) -> bool:
    """Tell whether what was told lies within a few years, not all over history."""
    years = [t.dates.end.year or 0 for t in chain]
    return max(years) - min(years) <= LONG_AGO


def is_news(date: PartialDate, anchor: PartialDate, tense: str, days: int) -> bool:
    """Tell whether a date is one of the days of which the article's own news may tell."""
    low, high = anchor.first_day(), anchor.last_day()
    if low is None or high is None:
        return False
    first, last = date.first_day() or low, date.last_day() or high
    if first > high:
        return tense == "future" and (first - high).days <= days
    return (low - last).days <= days


def only_month(told: Sequence[Told]) -> Told | None:
    """The last date told, where all days and months told so far lie in one month."""
    months = [t for t in told if t.dates.start.month and t.dates.start.year and not t.is_aside]
    spread = {(d.year, d.month) for t in months for d in (t.dates.start, t.dates.end)}
    return months[-1] if len(spread) == 1 else None


def year_of_text(told: Sequence[Told], known: PartialDate) -> int | None:
    """The year with which a text without a day of its own opens, where the last one told is the same."""
    opening = told[0].dates.start.year
    return opening if opening == known.year else None


def told_day(told: Sequence[Told], day: int, known: PartialDate) -> PartialDate | None:
    """The month in which that very day was told, where the month told last is of another year."""
    for one in reversed(told[-_RECENT:]):
        first, last = one.dates.start, one.dates.end
        is_full = first.precision == 3 and first.month == last.month
        if is_full and first.year != known.year and (first.day or 0) <= day <= (last.day or 0):
            return first
    return None

"""Which of several readings of one fact the graph asserts, by a rule that can be explained.

Most articles win; a more precise value that fits the others stands for them; ties go to the article
published last, then to the smallest hash.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from uscuba_kg.model import Article, DateRange, PartialDate, Ref, Role, Status
from uscuba_kg.resolve.days import days
from uscuba_kg.resolve.tellings import Told

_V = TypeVar("_V", Ref, int, str, PartialDate, DateRange)
_STATUS_RANK = {Status.HELD: 0, Status.CANCELLED: 1, Status.PLANNED: 2}
_ROLE_RANK = {Role.CHAIR: 0, Role.HOST: 1, Role.MEMBER: 2}
_VAGUE_KINDS = frozenset({"meeting", "talks"})


def choose(
    stated: Iterable[tuple[_V, Article]], rank: Callable[[_V], int] = lambda _: 0
) -> _V | None:
    """The value of the least rank that most articles state; then the latest, then the least hash."""
    articles: dict[_V, dict[str, Article]] = defaultdict(dict)
    for value, article in stated:
        articles[value][article.sha256] = article
    if not articles:
        return None

    def order(value: _V) -> tuple[object, ...]:
        tellers = articles[value]
        latest = max(_published(article) for article in tellers.values())
        return rank(value), -len(tellers), tuple(-part for part in latest), min(tellers), str(value)

    return min(articles, key=order)


def _published(article: Article) -> tuple[int, int, int]:
    """A key by which articles sort by the day they were published; unknown comes first."""
    date = article.published
    return (date.year or 0, date.month or 0, date.day or 0) if date is not None else (0, 0, 0)


def choose_date(stated: Sequence[tuple[PartialDate, Article]]) -> PartialDate | None:
    """The date that most articles state; one that is less precise speaks for those that fit it."""
    told = {date for date, _ in stated}
    votes = [
        (candidate, article)
        for date, article in stated
        for candidate in told
        if candidate == date or _sharpens(candidate, date)
    ]
    return choose(votes, lambda date: int(date.year is None))


def _sharpens(date: PartialDate, vague: PartialDate) -> bool:
    return date.precision > vague.precision and date.meets(vague)


def choose_dates(members: Sequence[Told]) -> DateRange | None:
    """The first and last day, taken together from one article; a range before a single day."""
    stated = [(_forwards(m.dates), m.article) for m in members if m.dates is not None]
    start = choose_date([(dates.start, article) for dates, article in stated])
    return choose(
        [(dates, article) for dates, article in stated if dates.start == start],
        lambda dates: int(dates.start == dates.end),
    )


def _forwards(dates: DateRange) -> DateRange:
    """A range whose end lies before its start is told wrongly: its start alone remains."""
    start, end = days(dates), days(DateRange(dates.end, dates.end))
    backwards = start is not None and end is not None and end[1] < start[0]
    return DateRange(dates.start, dates.start) if backwards else dates


def choose_place(members: Sequence[Told], breadth: Callable[[Ref], int]) -> Ref | None:
    """The place that most articles give; a city before a region, a region before a whole state."""
    return choose([(m.place, m.article) for m in members if m.place is not None], breadth)


def choose_ordinal(members: Sequence[Told]) -> int | None:
    """The number that most articles give."""
    return choose([(m.ordinal, m.article) for m in members if m.ordinal is not None])


def choose_kind(members: Sequence[Told]) -> str:
    """The kind that most articles give; one that says more before "meeting" and "talks"."""
    stated = [(m.frame.kind, m.article) for m in members]
    return choose(stated, lambda kind: int(kind in _VAGUE_KINDS)) or "meeting"


def choose_status(members: Sequence[Told]) -> Status:
    """What the article published last says; held before cancelled before planned where even."""
    latest = max(_published(m.article) for m in members)
    statuses = [
        Status(str(m.frame.status.value))
        for m in members
        if m.article.published is None or _published(m.article) == latest
    ]
    return min(statuses, key=lambda s: _STATUS_RANK[s])


def choose_role(roles: Sequence[Role]) -> Role:
    """The strongest role: who chairs or hosts is more than a member."""
    return min(roles, key=lambda r: _ROLE_RANK[r])

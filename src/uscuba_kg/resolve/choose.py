"""Which of several readings of one fact the graph asserts, by a rule that can be explained.

Most independent sources win; a more precise value that fits the others stands for them; ties go to
an organ of a state before other outlets, to what was published after the event and closest to it,
then to the smallest hash.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from uscuba_kg.model import DateRange, PartialDate, Ref, Role, Status, Witness
from uscuba_kg.resolve.days import days
from uscuba_kg.resolve.tellings import Told

_V = TypeVar("_V", Ref, int, str, PartialDate, DateRange)
_STATUS_RANK = {Status.HELD: 0, Status.CANCELLED: 1, Status.PLANNED: 2}
_ROLE_RANK = {Role.CHAIR: 0, Role.HOST: 1, Role.MEMBER: 2}
_VAGUE_KINDS = frozenset({"meeting", "talks"})


def choose(
    stated: Iterable[tuple[_V, Witness]],
    rank: Callable[[_V], int] = lambda _: 0,
    day: Callable[[_V], dt.date | None] = lambda _: None,
) -> _V | None:
    """The value of the least rank that most independent sources state.

    Copies of one text are one source. ``day`` gives the day of the event, by which ties are broken.
    """
    sources: dict[_V, dict[str, Witness]] = defaultdict(dict)
    for value, witness in stated:
        sources[value][witness.article] = witness
    if not sources:
        return None

    def order(value: _V) -> tuple[object, ...]:
        witnesses = sources[value].values()
        independent = {w.original for w in witnesses}
        official = any(w.official for w in witnesses)
        nearest = min(_distance(w.published, day(value)) for w in witnesses)
        return rank(value), -len(independent), not official, nearest, min(independent), str(value)

    return min(sources, key=order)


def _distance(published: PartialDate | None, event: dt.date | None) -> tuple[int, int]:
    """How far from the event something was published: after it first, unknown last."""
    told = published.last_day() if published is not None else None
    if told is None or event is None:
        return 2, 0
    apart = (told - event).days
    return (0, apart) if apart >= 0 else (1, -apart)


def _published(witness: Witness) -> tuple[int, int, int]:
    """A key by which sources sort by the day they were published; unknown comes first."""
    date = witness.published
    return (date.year or 0, date.month or 0, date.day or 0) if date is not None else (0, 0, 0)


def choose_date(stated: Sequence[tuple[PartialDate, Witness]]) -> PartialDate | None:
    """The date that most sources state; one that is less precise speaks for those that fit it."""
    told = {date for date, _ in stated}
    votes = [
        (candidate, witness)
        for date, witness in stated
        for candidate in told
        if candidate == date or _sharpens(candidate, date)
    ]
    return choose(votes, lambda date: int(date.year is None), PartialDate.first_day)


def _sharpens(date: PartialDate, vague: PartialDate) -> bool:
    return date.precision > vague.precision and date.meets(vague)


def choose_dates(members: Sequence[Told]) -> DateRange | None:
    """The first and last day, taken together from one article; a range before a single day."""
    return _chosen_dates(tuple(members))


@lru_cache(maxsize=8)  # all that is chosen of a meeting looks to its day
def _chosen_dates(members: tuple[Told, ...]) -> DateRange | None:
    stated = [(_forwards(m.dates), m.witness) for m in members if m.dates is not None]
    start = choose_date([(dates.start, witness) for dates, witness in stated])
    return choose(
        [(dates, witness) for dates, witness in stated if dates.start == start],
        lambda dates: int(dates.start == dates.end),
        lambda dates: dates.start.first_day(),
    )


def _day_of(members: Sequence[Told]) -> dt.date | None:
    """The first day that a meeting can have taken, as far as it is known."""
    dates = choose_dates(members)
    return dates.start.first_day() if dates is not None else None


def _forwards(dates: DateRange) -> DateRange:
    """A range whose end lies before its start is told wrongly: its start alone remains."""
    start, end = days(dates), days(DateRange(dates.end, dates.end))
    backwards = start is not None and end is not None and end[1] < start[0]
    return DateRange(dates.start, dates.start) if backwards else dates


def choose_place(members: Sequence[Told], breadth: Callable[[Ref], int]) -> Ref | None:
    """The place that most sources give; a city before a region, a region before a whole state."""
    day = _day_of(members)
    stated = [(m.place, m.witness) for m in members if m.place is not None]
    return choose(stated, breadth, lambda _: day)


def choose_ordinal(members: Sequence[Told]) -> int | None:
    """The number that most sources give."""
    day = _day_of(members)
    stated = [(m.ordinal, m.witness) for m in members if m.ordinal is not None]
    return choose(stated, day=lambda _: day)


def choose_kind(members: Sequence[Told]) -> str:
    """The kind that most sources give; one that says more before "meeting" and "talks"."""
    stated = [(m.telling.kind, m.witness) for m in members]
    return choose(stated, lambda kind: int(kind in _VAGUE_KINDS)) or "meeting"


def choose_status(members: Sequence[Told]) -> Status:
    """What the article published last says; held before cancelled before planned where even.

    A copy says it on the day on which the first of its text did.
    """
    days_of: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for told in members:
        if told.witness.published is not None:
            days_of[told.witness.original].append(_published(told.witness))
    first = {original: min(found) for original, found in days_of.items()}
    latest = max(first.values(), default=None)
    statuses = [
        m.telling.status for m in members if first.get(m.witness.original, latest) == latest
    ]
    return min(statuses, key=lambda s: _STATUS_RANK[s])


def choose_leaders(members: Sequence[Told]) -> frozenset[tuple[Ref, Ref]]:
    """Who led each side, as pairs of side and person.

    People whom one article names together, or with a common third, are one reading of who led;
    where articles have readings without anybody in common, that of most sources stands.
    """
    day = _day_of(members)
    named: dict[Ref, dict[str, tuple[set[Ref], Witness]]] = defaultdict(dict)
    for told in members:
        for side, who in told.chairs:
            own = named[side].setdefault(told.article, (set(), told.witness))
            own[0].add(who)
    chosen: set[tuple[Ref, Ref]] = set()
    for side, by_article in named.items():
        teams = _teams(people for people, _ in by_article.values())
        stated = [
            (min(team), witness)
            for people, witness in by_article.values()
            for team in teams
            if people <= team
        ]
        first = choose(stated, day=lambda _: day)
        chosen |= {(side, who) for team in teams if first in team for who in team}
    return frozenset(chosen)


def _teams(named: Iterable[set[Ref]]) -> list[set[Ref]]:
    """The sets of people, those that share somebody made one."""
    teams: list[set[Ref]] = []
    for people in named:
        sharing = [team for team in teams if team & people]
        teams = [team for team in teams if not team & people]
        teams.append(people.union(*sharing))
    return teams


def choose_role(roles: Iterable[Role]) -> Role:
    """The strongest role: who chairs or hosts is more than a member."""
    return min(roles, key=lambda r: _ROLE_RANK[r])

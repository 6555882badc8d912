"""Which of several readings of one fact the graph asserts, by a rule that can be explained.

Most articles win; a more precise value that fits the others stands for them; ties go to the article
published last, then to the smallest hash.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from uscuba_kg.model import Article, PartialDate, Ref, Role, Status, ThingKind
from uscuba_kg.resolve.events import Told

_V = TypeVar("_V", Ref, int)
_STATUS_RANK = {Status.HELD: 0, Status.CANCELLED: 1, Status.PLANNED: 2}
_ROLE_RANK = {Role.CHAIR: 0, Role.HOST: 1, Role.MEMBER: 2}


def recency(article: Article) -> str:
    """A key by which articles sort by the day they were published; unknown comes first."""
    return article.published.lexical if article.published else ""


def choose_dates(members: Sequence[Told]) -> tuple[PartialDate, PartialDate] | None:
    """The first and last day, taken together from one article."""
    pairs = [(m.start, m.end or m.start, m) for m in members if m.start is not None]
    if not pairs:
        return None

    def support(start: PartialDate) -> int:
        return sum(other is not None and other.fits(start) for other, _, _ in pairs)

    ranked = sorted(
        ((s, e, m) for s, e, m in pairs if s is not None and e is not None),
        key=lambda p: (
            -support(p[0]),
            -p[0].precision,
            p[0] == p[1],
            _backwards(recency(p[2].reading.article)),
            p[2].reading.article.sha256,
            p[2].frame.evidence.span,
        ),
    )
    start, end, _ = ranked[0]
    return start, end


def choose_place(members: Sequence[Told]) -> Ref | None:
    """The place that most articles give; a city before a whole state."""
    return _most([(m.place, m) for m in members if m.place], lambda r: r.kind == ThingKind.STATE)


def choose_ordinal(members: Sequence[Told]) -> int | None:
    """The number that most articles give."""
    values = [(m.frame.ordinal.value, m) for m in members if m.frame.ordinal]
    return _most([(v, m) for v, m in values if isinstance(v, int)], lambda _: False)


def choose_status(members: Sequence[Told]) -> Status:
    """What the article published last says; held before cancelled before planned where even."""
    latest = max(recency(m.reading.article) for m in members)
    statuses = [
        Status(str(m.frame.status.value))
        for m in members
        if recency(m.reading.article) in (latest, "")
    ]
    return min(statuses, key=lambda s: _STATUS_RANK[s])


def choose_role(roles: Sequence[Role]) -> Role:
    """The strongest role: who chairs is more than a member."""
    return min(roles, key=lambda r: _ROLE_RANK[r])


def _most(values: Sequence[tuple[_V, Told]], worse: Callable[[_V], bool]) -> _V | None:
    """The value that most articles give, what is ``worse`` last; then the latest, then any fixed one."""
    if not values:
        return None
    counts: dict[_V, int] = {}
    latest: dict[_V, str] = {}
    for value, told in values:
        counts[value] = counts.get(value, 0) + 1
        latest[value] = max(latest.get(value, ""), recency(told.reading.article))
    return min(counts, key=lambda v: (worse(v), -counts[v], _backwards(latest[v]), repr(v)))


def _backwards(text: str) -> tuple[int, ...]:
    """A key that sorts later texts first."""
    return tuple(-ord(c) for c in text) or (1,)

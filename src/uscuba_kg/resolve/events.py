"""Which frames of all articles are one meeting: same series and dates, or people, place and day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from uscuba_kg.model import (
    Issue,
    MeetingFrame,
    Named,
    PartialDate,
    Reading,
    Ref,
    Slot,
    ThingKind,
)
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.text import slug

_FAMILIES = {"visit": "visit", "call": "call", "signing": "signing"}


@dataclass(frozen=True)
class Told:
    """A frame with the article that tells it and the references of what it names."""

    reading: Reading
    frame: MeetingFrame
    series: Ref | None
    place: Ref | None
    people: frozenset[Ref]

    @property
    def start(self) -> PartialDate | None:
        """The first day, as precise as told."""
        return _date(self.frame.start)

    @property
    def end(self) -> PartialDate | None:
        """The last day."""
        return _date(self.frame.end) or self.start

    def order(self) -> tuple[object, ...]:
        """The most precise first, then by what the frame says: never by the order of the input."""
        start = self.start
        known = (
            0 if start is None else sum(p is not None for p in (start.year, start.month, start.day))
        )
        return (
            -known,
            self.series is None,
            self.series.key if self.series else "",
            start.lexical if start else "",
            self.reading.article.sha256,
            self.frame.evidence.span,
        )


@dataclass
class Group:
    """The frames that are one meeting."""

    members: list[Told] = field(default_factory=list)


def _date(slot: Slot | None) -> PartialDate | None:
    return slot.value if slot is not None and isinstance(slot.value, PartialDate) else None


def told_by(readings: Iterable[Reading], entities: Entities) -> list[Told]:
    """Every meeting frame of the readings, with its references, in an order of its own."""
    found = []
    for reading in readings:
        for frame in reading.meetings:
            people = frozenset(
                entities.ref(p.who.value)
                for p in frame.participants
                if isinstance(p.who.value, Named)
            )
            found.append(
                Told(
                    reading,
                    frame,
                    _ref(frame.series, entities),
                    _ref(frame.place, entities),
                    people,
                )
            )
    return sorted(found, key=Told.order)


def _ref(slot: Slot | None, entities: Entities) -> Ref | None:
    return entities.ref(slot.value) if slot and isinstance(slot.value, Named) else None


def group(tellings: Sequence[Told]) -> tuple[list[Group], list[Issue]]:
    """Join frames that tell of one meeting.

    A frame joins a group only where it contradicts no member and no second group would take it;
    where two would, it stays alone and an Issue says so.
    """
    groups: list[Group] = []
    issues: list[Issue] = []
    by_key: dict[tuple[object, ...], list[Group]] = {}
    for told in tellings:
        seen: dict[int, Group] = {}
        for key in _blocks(told):
            for candidate in by_key.get(key, ()):
                seen.setdefault(id(candidate), candidate)
        fitting = [
            g
            for g in seen.values()
            if all(not _contradicts(told, m) for m in g.members)
            and any(_same(told, m) for m in g.members)
        ]
        if len(fitting) == 1:
            target = fitting[0]
        else:
            target = Group()
            groups.append(target)
            if fitting:
                issues.append(
                    Issue(
                        "ambiguous-meeting",
                        told.reading.article.source,
                        f"“{told.frame.evidence.exact}” fits {len(fitting)} meetings told elsewhere "
                        "and is kept apart.",
                        told.frame.evidence.span,
                    )
                )
        target.members.append(told)
        for key in _blocks(told):
            by_key.setdefault(key, []).append(target)
    return groups, issues


def _blocks(told: Told) -> set[tuple[object, ...]]:
    """The keys under which a frame can meet another that tells of the same meeting."""
    keys: set[tuple[object, ...]] = set()
    start = told.start
    if told.series is not None:
        keys.add(("series", told.series.key))
    if start is not None and start.year is not None and start.month is not None:
        keys.add(("month", start.year, start.month))
        end = told.end
        if end is not None and end.month is not None:
            keys.add(("month", end.year, end.month))
    return keys


def _contradicts(a: Told, b: Told) -> bool:
    """Tell whether two frames cannot be of one meeting."""
    if a.reading.article.sha256 == b.reading.article.sha256:
        return True
    if a.frame.ordinal and b.frame.ordinal and a.series and a.series == b.series:
        if a.frame.ordinal.value != b.frame.ordinal.value:
            return True
    if a.series and b.series and a.series != b.series:
        return True
    if a.start and b.start and not _dates_meet(a, b):
        return True
    return bool(a.place and b.place and a.place != b.place and _cities(a, b))


def _cities(a: Told, b: Told) -> bool:
    """Tell whether both places are cities or other places, not whole states."""
    return (
        a.place is not None
        and b.place is not None
        and ThingKind.STATE
        not in (
            a.place.kind,
            b.place.kind,
        )
    )


def _dates_meet(a: Told, b: Told) -> bool:
    if a.start is None or b.start is None:
        return False
    if a.start.meets(b.start):
        return True
    first, last = a.start.first_day(), (a.end or a.start).last_day()
    low, high = b.start.first_day(), (b.end or b.start).last_day()
    return bool(first and last and low and high and first <= high and low <= last)


def _same(a: Told, b: Told) -> bool:
    """Tell whether two frames that don't contradict each other tell of one meeting."""
    if a.start is None or b.start is None or not _dates_meet(a, b):
        return False
    if a.series and a.series == b.series:
        return True
    if a.start.day is None or b.start.day is None or not (a.start.year and b.start.year):
        return False
    if _family(a) != _family(b):
        return False
    place = a.place is not None and a.place == b.place
    shared = a.people & b.people
    return bool(shared) if not (a.series or b.series) else bool(shared or place)


def _family(told: Told) -> str:
    return _FAMILIES.get(told.frame.kind, "talks")


def best_kind(members: Sequence[Told]) -> str:
    """The kind that most frames give; the more telling one where they are even."""
    vague = ("meeting", "talks")
    counts: dict[str, int] = {}
    for told in members:
        counts[told.frame.kind] = counts.get(told.frame.kind, 0) + 1
    return min(counts, key=lambda k: (k in vague, -counts[k], k))


def base_key(members: Sequence[Told], start: PartialDate | None, kind: str) -> str:
    """What identifies a meeting: its series or kind, and its first day.

    A day without a year, or no day at all, identifies nothing beyond its own article, whose hash is
    added then.
    """
    series = next((m.series for m in members if m.series), None)
    name = series.key if series else slug(kind)
    sha = min(m.reading.article.sha256 for m in members)[:8]
    if start is None:
        ordinal = next((m.frame.ordinal.value for m in members if m.frame.ordinal), None)
        return f"{name}-{ordinal}-{sha}" if ordinal else f"{name}-undated-{sha}"
    if start.year is None:
        return f"{name}-xxxx{start.lexical[1:]}-{sha}"
    return f"{name}-{start.lexical}"


def distinct_keys(groups: Sequence[Sequence[Told]], bases: Sequence[str]) -> list[str]:
    """Make keys differ where meetings would share one: by place, then people, then the words."""
    keys = list(bases)
    extensions = (_place_part, _people_part, _words_part)
    for extend in extensions:
        counts: dict[str, int] = {}
        for key in keys:
            counts[key] = counts.get(key, 0) + 1
        keys = [
            f"{key}-{part}" if counts[key] > 1 and (part := extend(members)) else key
            for key, members in zip(keys, groups, strict=True)
        ]
    return keys


def _place_part(members: Sequence[Told]) -> str:
    places = sorted({m.place.key for m in members if m.place})
    return slug(places[0]) if places else ""


def _people_part(members: Sequence[Told]) -> str:
    people = sorted({p.key for m in members for p in m.people})
    return "-".join(slug(p) for p in people[:3])


def _words_part(members: Sequence[Told]) -> str:
    first = min((m.reading.article.sha256, m.frame.evidence.span.start) for m in members)
    return f"{first[0][:8]}-{first[1]}"

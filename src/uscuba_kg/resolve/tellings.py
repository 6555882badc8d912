"""One meeting as one article tells it: as its frame says, and with the references of what it names."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from uscuba_kg.model import (
    DateRange,
    MeetingFrame,
    Named,
    PartialDate,
    Ref,
    Role,
    Slot,
    Span,
    Status,
    ThingKind,
    Witness,
)
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.world.judgements import Judged

_FAMILIES = {"visit": "visit", "call": "call", "signing": "signing", "ceremony": "ceremony"}


class Telling(msgspec.Struct, frozen=True, gc=False):
    """All of a meeting frame that decides which meeting it is of, and what is asserted of that.

    ``number`` is the frame's place among the meetings of its article; ``span`` and ``exact`` are
    the words that tell of it. ``parts`` are those who took part, with role and side.
    """

    number: int
    kind: str
    status: Status
    span: Span
    exact: str
    series: Named | None
    place: Named | None
    start: PartialDate | None
    end: PartialDate | None
    ordinal: int | None
    parts: tuple[tuple[Named, Role, Named | None], ...]


class Part(msgspec.Struct, frozen=True, gc=False):
    """Somebody who took part, in what role and for whom."""

    who: Ref
    role: Role
    side: Ref | None


class Told(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A telling with its article and its references.

    ``listed`` tells that the authority data know its series: one that is only described ("technical
    talks on mail") is worded anew in each article and language. ``within`` holds the ids of the
    place and of all that it lies in; ``chairs`` pairs the people who led with their side. ``alone``
    is the key that its article alone would give the meeting, ``apart`` holds those meetings that a
    person judged it not to be of.
    """

    article: str
    source: str
    witness: Witness
    telling: Telling
    series: Ref | None
    listed: bool
    place: Ref | None
    within: tuple[str, ...]
    parts: tuple[Part, ...]
    people: frozenset[Ref]
    chairs: frozenset[tuple[Ref, Ref]]
    alone: str = ""
    apart: frozenset[Judged] = frozenset()

    @property
    def number(self) -> int:
        """The place of its frame among the meetings of its article."""
        return self.telling.number

    @property
    def start(self) -> PartialDate | None:
        """The first day, as precise as told."""
        return self.telling.start

    @property
    def end(self) -> PartialDate | None:
        """The last day; where none is told, a single day is its own end."""
        told, start = self.telling.end, self.start
        return told or (start if start is not None and start.day is not None else None)

    @property
    def dates(self) -> DateRange | None:
        """From the first day to the last, as far as told."""
        start = self.start
        return DateRange(start, self.end or start) if start is not None else None

    @property
    def ordinal(self) -> int | None:
        """Its number in the series."""
        return self.telling.ordinal

    @property
    def family(self) -> str:
        """Visits, calls, signings and ceremonies stand apart; all other encounters are talks."""
        return _FAMILIES.get(self.telling.kind, "talks")

    def order(self) -> tuple[object, ...]:
        """A key by what the frame says and where: never by the order of the input."""
        return (
            self.series.key if self.series else "~",
            self.start.lexical if self.start else "",
            self.article,
            self.telling.span,
            self.number,
        )


def telling_of(number: int, frame: MeetingFrame) -> Telling:
    """Give what a frame tells, without its evidence."""
    ordinal = frame.ordinal.value if frame.ordinal is not None else None
    return Telling(
        number=number,
        kind=frame.kind,
        status=Status(str(frame.status.value)),
        span=frame.evidence.span,
        exact=frame.evidence.exact,
        series=named_in(frame.series),
        place=named_in(frame.place),
        start=_date(frame.start),
        end=_date(frame.end),
        ordinal=ordinal if isinstance(ordinal, int) else None,
        parts=tuple(
            (who, Role(str(part.role.value)), named_in(part.side))
            for part in frame.participants
            if (who := named_in(part.who)) is not None
        ),
    )


def named_in(slot: Slot | None) -> Named | None:
    """The name in a slot; None where it holds none."""
    return slot.value if slot is not None and isinstance(slot.value, Named) else None


def _date(slot: Slot | None) -> PartialDate | None:
    return slot.value if slot is not None and isinstance(slot.value, PartialDate) else None


def in_order(tellings: Iterable[Told]) -> list[Told]:
    """Give tellings in an order of their own."""
    return sorted(tellings, key=Told.order)


def told_by(
    tellings: Iterable[Telling], source: str, witness: Witness, entities: Entities
) -> list[Told]:
    """Give every telling of an article with its references."""
    return [_told(telling, source, witness, entities) for telling in tellings]


def _told(telling: Telling, source: str, witness: Witness, entities: Entities) -> Told:
    article = witness.article

    def ref(named: Named | None) -> Ref | None:
        return entities.ref(named, article) if named is not None else None

    place, series = ref(telling.place), ref(telling.series)
    parts = tuple(
        Part(entities.ref(who, article), role, ref(side)) for who, role, side in telling.parts
    )
    return Told(
        article=article,
        source=source,
        witness=witness,
        telling=telling,
        series=series,
        listed=series is not None and entities.is_listed(series),
        place=place,
        within=entities.within(place) if place is not None else (),
        parts=parts,
        people=frozenset(part.who for part in parts),
        chairs=frozenset(
            (part.side, part.who)
            for part in parts
            if part.side is not None
            and part.who.kind == ThingKind.PERSON
            and part.role == Role.CHAIR
        ),
    )

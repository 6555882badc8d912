"""One meeting as one article tells it, with the references of what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from uscuba_kg.model import (
    Article,
    DateRange,
    MeetingFrame,
    PartialDate,
    Reading,
    Ref,
    Role,
    Slot,
    ThingKind,
    Witness,
)
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.world.judgements import Judged

_FAMILIES = {"visit": "visit", "call": "call", "signing": "signing", "ceremony": "ceremony"}


class Told(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A frame with its article and its references.

    ``listed`` tells that the authority data know its series: one that is only described ("technical
    talks on mail") is worded anew in each article and language. ``number`` is the frame's place
    among the meetings of its article; ``within`` holds the ids of the place and of all that it lies
    in; ``chairs`` pairs the people who led with their side. ``alone`` is the key that its article
    alone would give the meeting, ``apart`` holds those meetings that a person judged it not to be of.
    """

    article: Article
    witness: Witness
    number: int
    frame: MeetingFrame
    series: Ref | None
    listed: bool
    place: Ref | None
    within: tuple[str, ...]
    people: frozenset[Ref]
    chairs: frozenset[tuple[Ref, Ref]]
    alone: str = ""
    apart: frozenset[Judged] = frozenset()

    @property
    def start(self) -> PartialDate | None:
        """The first day, as precise as told."""
        return _date(self.frame.start)

    @property
    def end(self) -> PartialDate | None:
        """The last day; where none is told, a single day is its own end."""
        told, start = _date(self.frame.end), self.start
        return told or (start if start is not None and start.day is not None else None)

    @property
    def dates(self) -> DateRange | None:
        """From the first day to the last, as far as told."""
        start = self.start
        return DateRange(start, self.end or start) if start is not None else None

    @property
    def ordinal(self) -> int | None:
        """Its number in the series."""
        slot = self.frame.ordinal
        return slot.value if slot is not None and isinstance(slot.value, int) else None

    @property
    def family(self) -> str:
        """Visits, calls, signings and ceremonies stand apart; all other encounters are talks."""
        return _FAMILIES.get(self.frame.kind, "talks")

    def order(self) -> tuple[object, ...]:
        """A key by what the frame says and where: never by the order of the input."""
        return (
            self.series.key if self.series else "~",
            self.start.lexical if self.start else "",
            self.article.sha256,
            self.frame.evidence.span,
            self.number,
        )


def _date(slot: Slot | None) -> PartialDate | None:
    return slot.value if slot is not None and isinstance(slot.value, PartialDate) else None


def told_by(
    readings: Iterable[Reading], entities: Entities, witnesses: Mapping[str, Witness]
) -> list[Told]:
    """Give every meeting frame of the readings, with its references, in an order of its own."""
    found = [
        _told(reading.article, witnesses[reading.article.sha256], number, frame, entities)
        for reading in readings
        for number, frame in enumerate(reading.meetings)
    ]
    return sorted(found, key=Told.order)


def _told(
    article: Article, witness: Witness, number: int, frame: MeetingFrame, entities: Entities
) -> Told:
    place, series = entities.of(frame.place), entities.of(frame.series)
    people, chairs = set(), set()
    for part in frame.participants:
        who, side = entities.of(part.who), entities.of(part.side)
        if who is None:
            continue
        people.add(who)
        if who.kind == ThingKind.PERSON and side is not None and part.role.value == Role.CHAIR:
            chairs.add((side, who))
    return Told(
        article=article,
        witness=witness,
        number=number,
        frame=frame,
        series=series,
        listed=series is not None and entities.is_listed(series),
        place=place,
        within=entities.within(place) if place is not None else (),
        people=frozenset(people),
        chairs=frozenset(chairs),
    )

"""The names in the frames of one article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uscuba_kg.model import Named, Reading, Slot, ThingKind


def names_of(reading: Reading) -> Iterator[Named]:
    """All names in the frames of one article, unnamed speakers left out."""
    for meeting in reading.meetings:
        slots = [meeting.series, meeting.place, *meeting.states]
        for part in meeting.participants:
            slots.extend((part.who, part.side))
        yield from _values(slots)
    for position in reading.positions:
        yield position.person
        if position.organization is not None:
            yield position.organization
    for unit in reading.units:
        yield unit.unit
        yield unit.parent
    for agreement in reading.agreements:
        yield from _values(agreement.parties)
    yield from _values(s.speaker for s in reading.statements)


def _values(slots: Iterable[Slot | None]) -> Iterator[Named]:
    for slot in slots:
        if slot is not None and isinstance(slot.value, Named):
            if slot.value.kind != ThingKind.SPEAKER:
                yield slot.value

"""Meetings become claims: one for each fact that an article states, accepted or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uscuba_kg.model import (
    Claim,
    ParticipantFrame,
    Predicate,
    Ref,
    Role,
    Slot,
    Status,
    ThingKind,
    Value,
)
from uscuba_kg.resolve.choose import (
    choose_dates,
    choose_kind,
    choose_ordinal,
    choose_place,
    choose_role,
    choose_status,
)
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.tellings import Told


def meeting_claims(ref: Ref, members: Sequence[Told], entities: Entities) -> Iterator[Claim]:
    """Give all claims about one meeting and those who took part in it."""
    dates, kind = choose_dates(members), choose_kind(members)
    chosen: dict[Predicate, Value | None] = {
        Predicate.START: dates.start if dates else None,
        Predicate.END: dates.end if dates else None,
        Predicate.LOCATION: choose_place(members, entities.breadth),
        Predicate.ORDINAL: choose_ordinal(members),
        Predicate.STATUS: choose_status(members),
    }
    for told in members:
        frame = told.frame
        yield from _single_valued(ref, told, chosen)
        is_chosen = frame.kind == kind
        yield Claim(ref, Predicate.MEETING_KIND, frame.kind, frame.evidence, is_chosen)
        if told.series is not None and frame.series is not None:
            yield Claim(ref, Predicate.SERIES, told.series, frame.series.evidence)
        for slot in frame.states:
            state = entities.of(slot)
            if state is not None:
                yield Claim(ref, Predicate.INVOLVES, state, slot.evidence)
        for slot in frame.topics:
            topic = Ref(ThingKind.TOPIC, str(slot.value))
            yield Claim(ref, Predicate.ABOUT, topic, slot.evidence)
    yield from _participations(ref, members, entities)


def _single_valued(
    ref: Ref, told: Told, chosen: Mapping[Predicate, Value | None]
) -> Iterator[Claim]:
    frame = told.frame
    stated: list[tuple[Predicate, Value | None, Slot | None]] = [
        (Predicate.START, told.start, frame.start),
        (Predicate.END, told.end, frame.end or frame.start),
        (Predicate.LOCATION, told.place, frame.place),
        (Predicate.ORDINAL, told.ordinal, frame.ordinal),
        (Predicate.STATUS, Status(str(frame.status.value)), frame.status),
    ]
    for predicate, value, slot in stated:
        if value is not None and slot is not None:
            yield Claim(ref, predicate, value, slot.evidence, accepted=value == chosen[predicate])


def participation_ref(meeting: Ref, who: Ref) -> Ref:
    """Give the reference of one participant's part in a meeting."""
    return Ref(ThingKind.PARTICIPATION, f"{meeting.key}/{who.key}")


def _participations(ref: Ref, members: Sequence[Told], entities: Entities) -> Iterator[Claim]:
    parts: dict[Ref, list[ParticipantFrame]] = {}
    for told in members:
        for part in told.frame.participants:
            who = entities.of(part.who)
            if who is not None:
                parts.setdefault(who, []).append(part)
    for who, frames in sorted(parts.items()):
        yield from _participation(ref, who, frames, entities)


def _participation(
    meeting: Ref, who: Ref, frames: Sequence[ParticipantFrame], entities: Entities
) -> Iterator[Claim]:
    """The claims about one participant: the strongest role, the side that most articles tell."""
    node = participation_ref(meeting, who)
    role = choose_role([Role(str(frame.role.value)) for frame in frames])
    sides = [side for frame in frames if (side := entities.of(frame.side)) is not None]
    main = min(set(sides), key=lambda side: (-sides.count(side), side)) if sides else None
    for frame in frames:
        yield Claim(meeting, Predicate.PARTICIPATION, node, frame.who.evidence)
        yield Claim(node, Predicate.PARTICIPANT, who, frame.who.evidence)
        own = Role(str(frame.role.value))
        yield Claim(node, Predicate.ROLE, own, frame.role.evidence, accepted=own == role)
        side = entities.of(frame.side)
        if side is not None and frame.side is not None:
            yield Claim(node, Predicate.ON_BEHALF_OF, side, frame.side.evidence, side == main)

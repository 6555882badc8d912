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
    Witness,
)
from uscuba_kg.resolve.choose import (
    choose,
    choose_dates,
    choose_kind,
    choose_leaders,
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
    parts: dict[Ref, list[tuple[ParticipantFrame, Witness]]] = {}
    for told in members:
        for part in told.frame.participants:
            who = entities.of(part.who)
            if who is not None:
                parts.setdefault(who, []).append((part, told.witness))
    leaders = {who for _, who in choose_leaders(members)}
    led = {who for told in members for _, who in told.chairs}
    for who, frames in sorted(parts.items()):
        yield from _participation(ref, who, frames, entities, who in led - leaders)


def _participation(
    meeting: Ref,
    who: Ref,
    frames: Sequence[tuple[ParticipantFrame, Witness]],
    entities: Entities,
    outvoted: bool,
) -> Iterator[Claim]:
    """The claims about one participant: the strongest role, the side that most sources tell.

    Who is said to have led, but ``outvoted`` by sources that name somebody else, took part.
    """
    node = participation_ref(meeting, who)
    roles = {Role(str(part.role.value)) for part, _ in frames}
    role = choose_role(roles - {Role.CHAIR} or {Role.MEMBER} if outvoted else roles)
    sided = [(side, w) for part, w in frames if (side := entities.of(part.side)) is not None]
    main = choose(sided)
    for part, _ in frames:
        yield Claim(meeting, Predicate.PARTICIPATION, node, part.who.evidence)
        yield Claim(node, Predicate.PARTICIPANT, who, part.who.evidence)
        own = Role(str(part.role.value))
        yield Claim(node, Predicate.ROLE, own, part.role.evidence, accepted=own == role)
        if role not in roles:
            yield Claim(node, Predicate.ROLE, role, part.who.evidence)
        side = entities.of(part.side)
        if side is not None and part.side is not None:
            yield Claim(node, Predicate.ON_BEHALF_OF, side, part.side.evidence, side == main)

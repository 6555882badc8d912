"""Meetings become claims: one for each fact that an article states, accepted or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from uscuba_kg.model import (
    Claim,
    MeetingFrame,
    PartialDate,
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
from uscuba_kg.resolve.tellings import Part, Told


class ChosenPart(msgspec.Struct, frozen=True, gc=False):
    """What is asserted of one participant; ``told`` says whether anybody tells that role."""

    role: Role
    told: bool
    side: Ref | None


class Chosen(msgspec.Struct, frozen=True, gc=False):
    """What is asserted of a meeting, of all that its articles state."""

    start: PartialDate | None
    end: PartialDate | None
    place: Ref | None
    ordinal: int | None
    status: Status
    kind: str
    parts: tuple[tuple[Ref, ChosenPart], ...]


def chosen_of(members: Sequence[Told], entities: Entities) -> Chosen:
    """Choose what is asserted of the meeting that these tell of."""
    dates = choose_dates(members)
    return Chosen(
        start=dates.start if dates else None,
        end=dates.end if dates else None,
        place=choose_place(members, entities.breadth),
        ordinal=choose_ordinal(members),
        status=choose_status(members),
        kind=choose_kind(members),
        parts=tuple(_chosen_parts(members)),
    )


def _chosen_parts(members: Sequence[Told]) -> Iterator[tuple[Ref, ChosenPart]]:
    parts: dict[Ref, list[tuple[Part, Witness]]] = {}
    for told in members:
        for part in told.parts:
            parts.setdefault(part.who, []).append((part, told.witness))
    leaders = {who for _, who in choose_leaders(members)}
    led = {who for told in members for _, who in told.chairs}
    for who, stated in sorted(parts.items()):
        yield who, _chosen_part(stated, who in led - leaders)


def _chosen_part(stated: Sequence[tuple[Part, Witness]], outvoted: bool) -> ChosenPart:
    """The strongest role, the side that most sources tell.

    Who is said to have led, but ``outvoted`` by sources that name somebody else, took part.
    """
    roles = {part.role for part, _ in stated}
    role = choose_role(roles - {Role.CHAIR} or {Role.MEMBER} if outvoted else roles)
    side = choose([(part.side, witness) for part, witness in stated if part.side is not None])
    return ChosenPart(role, role in roles, side)


def meeting_claims(
    ref: Ref, chosen: Chosen, told: Told, frame: MeetingFrame, entities: Entities
) -> Iterator[Claim]:
    """Give all claims of one telling about its meeting and those who took part in it."""
    yield from _single_valued(ref, told, frame, chosen)
    yield Claim(ref, Predicate.MEETING_KIND, frame.kind, frame.evidence, frame.kind == chosen.kind)
    if told.series is not None and frame.series is not None:
        yield Claim(ref, Predicate.SERIES, told.series, frame.series.evidence)
    for slot in frame.states:
        state = entities.of(slot)
        if state is not None:
            yield Claim(ref, Predicate.INVOLVES, state, slot.evidence)
    for slot in frame.topics:
        topic = Ref(ThingKind.TOPIC, str(slot.value))
        yield Claim(ref, Predicate.ABOUT, topic, slot.evidence)
    parts = dict(chosen.parts)
    for part in frame.participants:
        who = entities.of(part.who)
        if who is not None:
            yield from _participation(ref, who, part, entities, parts[who])


def _single_valued(ref: Ref, told: Told, frame: MeetingFrame, chosen: Chosen) -> Iterator[Claim]:
    stated: list[tuple[Predicate, Value | None, Slot | None, Value | None]] = [
        (Predicate.START, told.start, frame.start, chosen.start),
        (Predicate.END, told.end, frame.end or frame.start, chosen.end),
        (Predicate.LOCATION, told.place, frame.place, chosen.place),
        (Predicate.ORDINAL, told.ordinal, frame.ordinal, chosen.ordinal),
        (Predicate.STATUS, told.telling.status, frame.status, chosen.status),
    ]
    for predicate, value, slot, asserted in stated:
        if value is not None and slot is not None:
            yield Claim(ref, predicate, value, slot.evidence, accepted=value == asserted)


def participation_ref(meeting: Ref, who: Ref) -> Ref:
    """Give the reference of one participant's part in a meeting."""
    return Ref(ThingKind.PARTICIPATION, f"{meeting.key}/{who.key}")


def _participation(
    meeting: Ref, who: Ref, part: ParticipantFrame, entities: Entities, chosen: ChosenPart
) -> Iterator[Claim]:
    """The claims of one telling about one participant."""
    node = participation_ref(meeting, who)
    yield Claim(meeting, Predicate.PARTICIPATION, node, part.who.evidence)
    yield Claim(node, Predicate.PARTICIPANT, who, part.who.evidence)
    own = Role(str(part.role.value))
    yield Claim(node, Predicate.ROLE, own, part.role.evidence, accepted=own == chosen.role)
    if not chosen.told:
        yield Claim(node, Predicate.ROLE, chosen.role, part.who.evidence)
    side = entities.of(part.side)
    if side is not None and part.side is not None:
        yield Claim(node, Predicate.ON_BEHALF_OF, side, part.side.evidence, side == chosen.side)


def once(claims: Sequence[Claim]) -> list[Claim]:
    """Of claims of one fact from one place by one rule, the one asserted and most certain; sorted.

    Two tellings that turn out to be one meeting may both give it a topic from the same words.
    """
    found: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        evidence = claim.evidence
        place = (evidence.article, evidence.span, evidence.rule)
        key = (claim.subject, claim.predicate, repr(claim.object), *place)
        best = found.get(key)
        if best is None or (claim.accepted, evidence) > (best.accepted, best.evidence):
            found[key] = claim
    return sorted(found.values(), key=_claim_order)


def _claim_order(claim: Claim) -> tuple[object, ...]:
    return (
        claim.subject, claim.predicate, claim.evidence, repr(claim.object), claim.accepted,
    )  # fmt: skip


def bounds_of(chosen: Chosen, members: Sequence[Told]) -> Mapping[Predicate, PartialDate]:
    """The first and the last day of a meeting, as far as they are asserted."""
    found = {}
    if chosen.start is not None and any(told.start == chosen.start for told in members):
        found[Predicate.START] = chosen.start
    if chosen.end is not None and any(told.end == chosen.end for told in members):
        found[Predicate.END] = chosen.end
    return found

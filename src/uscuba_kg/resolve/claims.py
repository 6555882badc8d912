"""Frames become claims: one for each fact that an article states, accepted or not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from uscuba_kg.model import (
    AgreementFrame,
    Claim,
    Evidence,
    Fact,
    Label,
    Named,
    PartialDate,
    ParticipantFrame,
    PositionFrame,
    Predicate,
    Reading,
    Ref,
    Role,
    Slot,
    StatementFrame,
    Status,
    Thing,
    ThingKind,
    UnitFrame,
    Value,
)
from uscuba_kg.resolve.choose import (
    choose_dates,
    choose_ordinal,
    choose_place,
    choose_role,
    choose_status,
)
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.events import Told
from uscuba_kg.text import slug


def meeting_claims(ref: Ref, members: Sequence[Told], entities: Entities) -> Iterator[Claim]:
    """All claims about one meeting and those who took part in it."""
    dates = choose_dates(members)
    chosen: dict[Predicate, Value | None] = {
        Predicate.START: dates[0] if dates else None,
        Predicate.END: dates[1] if dates else None,
        Predicate.LOCATION: choose_place(members),
        Predicate.ORDINAL: choose_ordinal(members),
        Predicate.STATUS: choose_status(members),
    }
    for told in members:
        yield from _single_valued(ref, told, chosen)
        frame = told.frame
        yield Claim(ref, Predicate.MEETING_KIND, frame.kind, frame.evidence)
        if told.series is not None and frame.series is not None:
            yield Claim(ref, Predicate.SERIES, told.series, frame.series.evidence)
        for slot in frame.states:
            if isinstance(slot.value, Named):
                yield Claim(ref, Predicate.INVOLVES, entities.ref(slot.value), slot.evidence)
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
        (Predicate.ORDINAL, _number(frame.ordinal), frame.ordinal),
        (Predicate.STATUS, Status(str(frame.status.value)), frame.status),
    ]
    for predicate, value, slot in stated:
        if value is not None and slot is not None:
            yield Claim(ref, predicate, value, slot.evidence, accepted=value == chosen[predicate])


def _number(slot: Slot | None) -> int | None:
    return slot.value if slot is not None and isinstance(slot.value, int) else None


def participation_ref(meeting: Ref, who: Ref) -> Ref:
    """The reference of one participant's part in a meeting."""
    return Ref(ThingKind.PARTICIPATION, f"{meeting.key}/{who.key}")


def _participations(ref: Ref, members: Sequence[Told], entities: Entities) -> Iterator[Claim]:
    parts: dict[Ref, list[ParticipantFrame]] = {}
    for told in members:
        for part in told.frame.participants:
            if isinstance(part.who.value, Named):
                parts.setdefault(entities.ref(part.who.value), []).append(part)
    for who, frames in sorted(parts.items()):
        node = participation_ref(ref, who)
        role = choose_role([Role(str(f.role.value)) for f in frames])
        sides = [
            entities.ref(f.side.value) for f in frames if f.side and isinstance(f.side.value, Named)
        ]
        side = min(set(sides), key=lambda s: (-sides.count(s), s)) if sides else None
        for part in frames:
            yield Claim(ref, Predicate.PARTICIPATION, node, part.who.evidence)
            yield Claim(node, Predicate.PARTICIPANT, who, part.who.evidence)
            own = Role(str(part.role.value))
            yield Claim(node, Predicate.ROLE, own, part.role.evidence, accepted=own == role)
            if part.side is not None and isinstance(part.side.value, Named):
                stated = entities.ref(part.side.value)
                yield Claim(
                    node, Predicate.ON_BEHALF_OF, stated, part.side.evidence, stated == side
                )


def position_claims(
    frame: PositionFrame, reading: Reading, entities: Entities
) -> tuple[list[Claim], Thing]:
    """The claims that a person holds a post, and in which body; and the post itself."""
    person = entities.ref(frame.person)
    body = entities.ref(frame.organization) if frame.organization is not None else None
    key = slug(frame.post) or "post"
    if body is not None:
        key = f"{body.key}/{key}"
    elif frame.side:
        key = f"{frame.side}/{key}"
    ref = Ref(ThingKind.POST, key)
    claims = [Claim(person, Predicate.HOLDS, ref, frame.evidence)]
    if body is not None:
        claims.append(Claim(ref, Predicate.POST_IN, body, frame.evidence))
    language = reading.article.language
    labels = [Label(frame.post, language)]
    if frame.shorter:
        labels.append(Label(frame.shorter, language, "alternative"))
    return claims, Thing(ref, tuple(labels))


def unit_claim(frame: UnitFrame, entities: Entities) -> Claim | None:
    """The claim that a body is part of another; None where both are one."""
    unit, parent = entities.ref(frame.unit), entities.ref(frame.parent)
    return Claim(unit, Predicate.UNIT_OF, parent, frame.evidence) if unit != parent else None


def agreement_claims(
    frame: AgreementFrame, reading: Reading, entities: Entities
) -> tuple[list[Claim], Thing]:
    """The claims about an agreement, and the agreement."""
    date = frame.signed.value if frame.signed else None
    if frame.entity:
        ref = Ref(ThingKind.AGREEMENT, frame.entity)
        thing = entities.world.thing(frame.entity)
    else:
        when = date.lexical if isinstance(date, PartialDate) else reading.article.sha256[:8]
        ref = Ref(ThingKind.AGREEMENT, f"{slug(frame.name)}-{when}")
        thing = Thing(ref, (Label(frame.name, reading.article.language),))
    claims = []
    if frame.signed is not None and isinstance(date, PartialDate):
        claims.append(Claim(ref, Predicate.SIGNED, date, frame.signed.evidence))
    for slot in frame.parties:
        if isinstance(slot.value, Named):
            claims.append(Claim(ref, Predicate.PARTY, entities.ref(slot.value), slot.evidence))
    return claims, thing


def statement_claims(
    frame: StatementFrame, reading: Reading, entities: Entities, meetings: Sequence[Ref]
) -> tuple[list[Claim], list[Thing]]:
    """The claims about one utterance, the statement and, where nobody is named, its speaker."""
    language = reading.article.language
    words: Evidence = frame.words
    key = f"{reading.article.sha256[:16]}-{words.span.start}-{words.span.end}"
    ref = Ref(ThingKind.STATEMENT, key)
    things = [Thing(ref, (Label(" ".join(words.exact.split()[:8]), language),))]
    speaker = frame.speaker.value
    claims = [Claim(ref, Predicate.TEXT, words.exact, words)]
    if isinstance(speaker, Named):
        if speaker.kind == ThingKind.SPEAKER:
            who = Ref(
                ThingKind.SPEAKER,
                f"{reading.article.sha256[:12]}/{slug(speaker.name) or 'unnamed'}",
            )
            background = ()
            if speaker.side:
                state = Ref(ThingKind.STATE, speaker.side)
                claims.append(Claim(who, Predicate.ON_BEHALF_OF, state, frame.speaker.evidence))
            things.append(Thing(who, (Label(speaker.name, language),), background=background))
        else:
            who = entities.ref(speaker)
        claims.append(Claim(ref, Predicate.SPEAKER, who, frame.speaker.evidence))
    claims.extend(Claim(ref, Predicate.ABOUT, meetings[i], words) for i in frame.about)
    return claims, things


def background_states(refs: Sequence[Ref], entities: Entities) -> dict[Ref, tuple[Fact, ...]]:
    """The states that unlisted bodies act for need no claim of their own: their names tell them."""
    found: dict[Ref, tuple[Fact, ...]] = {}
    for ref in refs:
        side = ref.key.split("/", 1)[0]
        if ref.kind == ThingKind.ORGANIZATION and "/" in ref.key and side in entities.world.entries:
            found[ref] = (Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, side)),)
    return found

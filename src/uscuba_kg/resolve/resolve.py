"""All readings together: things, claims, which IRIs were replaced, and what could not be decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.model import (
    Claim,
    Issue,
    Knowledge,
    Label,
    Predicate,
    Reading,
    Ref,
    Thing,
    ThingKind,
)
from uscuba_kg.resolve.choose import choose_dates, choose_place
from uscuba_kg.resolve.claims import (
    agreement_claims,
    background_states,
    meeting_claims,
    position_claims,
    statement_claims,
    unit_claim,
)
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.events import (
    Told,
    base_key,
    best_kind,
    distinct_keys,
    group,
    told_by,
)
from uscuba_kg.resolve.labels import meeting_labels
from uscuba_kg.world import World


def resolve(readings: Iterable[Reading], world: World) -> Knowledge:
    """Give what all readings say together; the order they come in makes no difference."""
    ordered = sorted(readings, key=lambda r: r.article.sha256)
    entities = Entities(ordered, world)
    groups, issues = group(told_by(ordered, entities))
    members = [g.members for g in groups]
    refs = _meeting_refs(members)
    of_frame = {id(t.frame): ref for ref, told in zip(refs, members, strict=True) for t in told}
    claims: list[Claim] = []
    things: dict[Ref, Thing] = {}
    for ref, told in zip(refs, members, strict=True):
        claims.extend(meeting_claims(ref, told, entities))
        things[ref] = _meeting_thing(ref, told, entities)
    for reading in ordered:
        _of_reading(reading, entities, of_frame, claims, things)
    _name_the_rest(claims, entities, things)
    return Knowledge(
        articles=tuple(r.article for r in ordered),
        things=tuple(things[ref] for ref in sorted(things)),
        claims=tuple(sorted(set(claims), key=_claim_order)),
        replaced=_replaced(ordered, entities, refs, members),
        issues=tuple(sorted({*issues, *(i for r in ordered for i in r.issues)}, key=_issue_order)),
    )


def _issue_order(issue: Issue) -> tuple[str, str, str]:
    return issue.code, issue.source, issue.message


def _claim_order(claim: Claim) -> tuple[object, ...]:
    evidence = claim.evidence
    return (
        claim.subject, claim.predicate, evidence.article, evidence.span, evidence.rule,
        repr(claim.object),
    )  # fmt: skip


def _meeting_refs(members: Sequence[Sequence[Told]]) -> list[Ref]:
    bases = []
    for told in members:
        dates = choose_dates(told)
        bases.append(base_key(told, dates[0] if dates else None, best_kind(told)))
    return [Ref(ThingKind.MEETING, key) for key in distinct_keys(members, bases)]


def _meeting_thing(ref: Ref, members: Sequence[Told], entities: Entities) -> Thing:
    kind = best_kind(members)
    series = next((m.series for m in members if m.series), None)
    place = choose_place(members)
    labels = meeting_labels(
        kind,
        entities.thing(series).labels if series else (),
        choose_dates(members),
        entities.thing(place).labels if place else (),
    )
    return Thing(ref, labels, kind)


def _of_reading(
    reading: Reading,
    entities: Entities,
    of_frame: dict[int, Ref],
    claims: list[Claim],
    things: dict[Ref, Thing],
) -> None:
    """Posts, parts of bodies, agreements and statements of one article."""
    meetings = [of_frame[id(frame)] for frame in reading.meetings]
    for position in reading.positions:
        found, post = position_claims(position, reading, entities)
        claims.extend(found)
        _add(things, post)
    for unit in reading.units:
        claim = unit_claim(unit, entities)
        if claim is not None:
            claims.append(claim)
    for agreement in reading.agreements:
        found, thing = agreement_claims(agreement, reading, entities)
        claims.extend(found)
        _add(things, thing)
    for statement in reading.statements:
        found, named = statement_claims(statement, reading, entities, meetings)
        claims.extend(found)
        for thing in named:
            _add(things, thing)


def _add(things: dict[Ref, Thing], thing: Thing) -> None:
    """Add a thing, or its names to the thing that is there."""
    old = things.get(thing.ref)
    labels = thing.labels if old is None else (*old.labels, *thing.labels)
    preferred: dict[str, Label] = {}
    for label in sorted(set(labels), key=lambda la: (la.rank != "preferred", -len(la.text), la)):
        if label.rank == "preferred" and label.language not in preferred:
            preferred[label.language] = label
    rest = {
        msgspec.structs.replace(la, rank="alternative" if la.rank == "preferred" else la.rank)
        for la in labels
        if la not in preferred.values()
    }
    names = {(la.text, la.language) for la in preferred.values()}
    kept = sorted(la for la in rest if (la.text, la.language) not in names)
    merged = (*(preferred[k] for k in sorted(preferred)), *kept)
    things[thing.ref] = msgspec.structs.replace(thing, labels=merged)


def _name_the_rest(claims: list[Claim], entities: Entities, things: dict[Ref, Thing]) -> None:
    """Things for every reference in a claim that has none yet, and for what those rest on."""
    waiting = [r for c in claims for r in (c.subject, c.object) if isinstance(r, Ref)]
    states = background_states(sorted(set(waiting)), entities)
    known_topics = {topic.id for topic in entities.world.topics}
    who = {c.subject: c.object for c in claims if c.predicate == Predicate.PARTICIPANT}
    while waiting:
        ref = waiting.pop()
        if ref in things:
            continue
        if ref.kind == ThingKind.PARTICIPATION:
            person = who.get(ref)
            labels = entities.thing(person).labels if isinstance(person, Ref) else ()
            things[ref] = Thing(ref, tuple(la for la in labels if la.rank == "preferred"))
            continue
        if ref.kind == ThingKind.TOPIC and ref.key in known_topics:
            thing = entities.world.thing(ref.key)
        else:
            thing = entities.thing(ref)
        thing = msgspec.structs.replace(thing, background=(*thing.background, *states.get(ref, ())))
        things[ref] = thing
        waiting.extend(f.object for f in thing.background if isinstance(f.object, Ref))


def _replaced(
    readings: Sequence[Reading],
    entities: Entities,
    refs: Sequence[Ref],
    members: Sequence[Sequence[Told]],
) -> tuple[tuple[Ref, Ref], ...]:
    """The names that meetings would have from single articles, where they differ from the final."""
    final = {id(t.frame): ref for ref, told in zip(refs, members, strict=True) for t in told}
    live = set(refs)
    found: set[tuple[Ref, Ref]] = set()
    for reading in readings:
        if len(reading.meetings) == 0:
            continue
        alone, _ = group(told_by([reading], entities))
        groups = [g.members for g in alone]
        for old, told in zip(_meeting_refs(groups), groups, strict=True):
            new = final[id(told[0].frame)]
            if old != new and old not in live:
                found.add((old, new))
    return tuple(sorted(found))

"""All readings together: things, claims, which names were replaced, what could not be decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

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
from uscuba_kg.resolve.choose import choose_dates, choose_kind, choose_place
from uscuba_kg.resolve.claims import meeting_claims
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.events import group
from uscuba_kg.resolve.judged_meetings import idle, join_judged, judged, judged_notes
from uscuba_kg.resolve.keys import meeting_refs
from uscuba_kg.resolve.labels import meeting_labels, part_labels
from uscuba_kg.resolve.records import (
    agreement_claims,
    position_claims,
    statement_claims,
    unit_claim,
)
from uscuba_kg.resolve.replaced import alone, replaced_refs
from uscuba_kg.resolve.tellings import Told, told_by
from uscuba_kg.resolve.witnesses import witnesses_of
from uscuba_kg.world import World
from uscuba_kg.world.judgements import Judgement


def resolve(
    readings: Iterable[Reading], world: World, judgements: Sequence[Judgement] = ()
) -> Knowledge:
    """Give what all readings say together; the order they come in makes no difference.

    ``judgements`` overrule what would be found to be one thing, or two.
    """
    ordered = sorted(readings, key=lambda r: r.article.sha256)
    entities = Entities(ordered, world, judgements)
    witnesses = witnesses_of((r.article for r in ordered), world)
    each = [alone(reading, world, witnesses) for reading in ordered]
    tellings = judged(told_by(ordered, entities, witnesses), each, judgements)
    groups, issues = group(tellings)
    groups = join_judged(groups, judgements)
    refs = meeting_refs(groups)
    meetings: dict[tuple[str, int], Ref] = {}
    claims: list[Claim] = []
    things: dict[Ref, Thing] = {}
    named: list[Thing] = []
    for ref, members in zip(refs, groups, strict=True):
        claims.extend(meeting_claims(ref, members, entities))
        things[ref] = _meeting(ref, members, entities)
        meetings |= {(told.article.sha256, told.number): ref for told in members}
    for reading in ordered:
        own = [meetings[reading.article.sha256, n] for n in range(len(reading.meetings))]
        _add_records(reading, entities, own, claims, named)
    found, agreements = agreement_claims(ordered, entities, witnesses)
    claims.extend(found)
    things |= _each_once([*named, *agreements])
    homes = [Ref(ThingKind.STATE, w.state) for w in witnesses.values() if w.state is not None]
    _name_the_rest(claims, homes, entities, things)
    issues += idle(judgements, things, tellings)
    for ref, note in judged_notes(judgements, things, meetings, tellings):
        if note not in things[ref].notes:
            noted = (*things[ref].notes, note)
            things[ref] = msgspec.structs.replace(things[ref], notes=noted)
    return Knowledge(
        articles=tuple(r.article for r in ordered),
        things=tuple(things[ref] for ref in sorted(things)),
        claims=tuple(sorted(_once(claims), key=_claim_order)),
        replaced=replaced_refs(each, entities, meetings, things),
        issues=tuple(sorted({*issues, *(i for r in ordered for i in r.issues)}, key=_issue_order)),
        witnesses=tuple(witnesses[r.article.sha256] for r in ordered),
    )


def _issue_order(issue: Issue) -> tuple[object, ...]:
    span = issue.span
    return issue.code, issue.source, issue.message, (span.start, span.end) if span else ()


def _once(claims: Iterable[Claim]) -> Iterable[Claim]:
    """Of claims of one fact from one place by one rule, the one asserted and most certain.

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
    return found.values()


def _claim_order(claim: Claim) -> tuple[object, ...]:
    return (
        claim.subject, claim.predicate, claim.evidence, repr(claim.object), claim.accepted,
    )  # fmt: skip


def _listed_first(told: Told) -> bool:
    return not told.listed


def _meeting(ref: Ref, members: Sequence[Told], entities: Entities) -> Thing:
    kind = choose_kind(members)
    series = next((m.series for m in sorted(members, key=_listed_first) if m.series), None)
    place = choose_place(members, entities.breadth)
    labels = meeting_labels(
        kind,
        entities.thing(series).labels if series else (),
        choose_dates(members),
        entities.thing(place).labels if place else (),
    )
    return Thing(ref, labels, kind)


def _add_records(
    reading: Reading,
    entities: Entities,
    meetings: Sequence[Ref],
    claims: list[Claim],
    named: list[Thing],
) -> None:
    """Posts, parts of bodies and statements of one article."""
    for position in reading.positions:
        found, post = position_claims(position, reading.article, entities)
        claims.extend(found)
        named.append(post)
    for unit in reading.units:
        claim = unit_claim(unit, reading.article, entities)
        if claim is not None:
            claims.append(claim)
    for statement in reading.statements:
        found, things = statement_claims(statement, reading.article, entities, meetings)
        claims.extend(found)
        named.extend(things)


def _each_once(named: Iterable[Thing]) -> dict[Ref, Thing]:
    """Give things by their references, each with all names that it is given."""
    labels: dict[Ref, set[Label]] = defaultdict(set)
    last: dict[Ref, Thing] = {}
    for thing in named:
        labels[thing.ref].update(thing.labels)
        last[thing.ref] = thing
    return {
        ref: msgspec.structs.replace(thing, labels=_ranked(labels[ref]))
        for ref, thing in last.items()
    }


def _ranked(labels: Set[Label]) -> tuple[Label, ...]:
    """Give the names of a thing: the longest in a language is preferred."""
    preferred: dict[str, Label] = {}
    for label in sorted(labels, key=lambda la: (-len(la.text), la)):
        if label.rank == "preferred":
            preferred.setdefault(label.language, label)
    names = {(la.text, la.language) for la in preferred.values()}
    rest = {
        msgspec.structs.replace(la, rank="alternative" if la.rank == "preferred" else la.rank)
        for la in labels
        if (la.text, la.language) not in names
    }
    return (*(preferred[language] for language in sorted(preferred)), *sorted(rest))


def _name_the_rest(
    claims: Sequence[Claim], homes: Sequence[Ref], entities: Entities, things: dict[Ref, Thing]
) -> None:
    """Things for every reference in a claim that has none yet, and for what those rest on."""
    waiting = [r for c in claims for r in (c.subject, c.object) if isinstance(r, Ref)]
    waiting += homes
    topics = {topic.id for topic in entities.world.topics}
    who = {c.subject: c.object for c in claims if c.predicate == Predicate.PARTICIPANT}
    where = {c.object: c.subject for c in claims if c.predicate == Predicate.PARTICIPATION}
    while waiting:
        ref = waiting.pop()
        if ref in things:
            continue
        person = who.get(ref)
        if isinstance(person, Ref):
            meeting = things.get(where[ref])
            labels = entities.thing(person).labels
            thing = Thing(ref, part_labels(labels, meeting.labels if meeting else ()))
        elif ref.kind == ThingKind.TOPIC and ref.key in topics:
            thing = entities.world.thing(ref.key)
        else:
            thing = entities.thing(ref)
        things[ref] = thing
        waiting.extend(f.object for f in thing.background if isinstance(f.object, Ref))

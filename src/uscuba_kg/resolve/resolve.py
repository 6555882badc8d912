"""All readings together: things, claims, which names were replaced, what could not be decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from uscuba_kg.model import (
    Claim,
    Issue,
    Knowledge,
    Predicate,
    Reading,
    Ref,
    Thing,
    ThingKind,
    Witness,
)
from uscuba_kg.resolve.claims import Chosen, chosen_of, once
from uscuba_kg.resolve.copies import originals
from uscuba_kg.resolve.entities import Entities, people_forms, wordings
from uscuba_kg.resolve.events import doubt_of, group
from uscuba_kg.resolve.gist import Gist, gist_of
from uscuba_kg.resolve.judged_meetings import idle, join_judged, judged, judged_notes
from uscuba_kg.resolve.judged_names import people_apart
from uscuba_kg.resolve.keys import meeting_refs
from uscuba_kg.resolve.labels import part_labels
from uscuba_kg.resolve.people import join_people
from uscuba_kg.resolve.records import days_signed
from uscuba_kg.resolve.replaced import replaced_by
from uscuba_kg.resolve.said import Settled, each_once, meeting_thing, said_by
from uscuba_kg.resolve.tellings import Told, in_order, told_by
from uscuba_kg.resolve.witnesses import copying
from uscuba_kg.world import World
from uscuba_kg.world.judgements import Judgement


def resolve(
    readings: Iterable[Reading], world: World, judgements: Sequence[Judgement] = ()
) -> Knowledge:
    """Give what all readings say together; the order they come in makes no difference.

    ``judgements`` overrule what would be found to be one thing, or two.
    """
    ordered = sorted(readings, key=lambda r: r.article.sha256)
    gists = [gist_of(reading, world) for reading in ordered]
    entities = _entities(gists, world, judgements)
    copied = originals(gist.text for gist in gists)
    witnesses = {gist.article: copying(gist.witness, copied) for gist in gists}
    meetings, things, tellings, issues = _meetings(gists, entities, witnesses, judgements)
    signed = days_signed(
        (ref, date, witnesses[gist.article]) for gist in gists for ref, date in gist.signed
    )
    claims: list[Claim] = []
    named: list[Thing] = []
    replaced: set[tuple[Ref, Ref]] = set()
    for reading, gist in zip(ordered, gists, strict=True):
        own = tuple(meetings[gist.article, n] for n in range(len(gist.tellings)))
        settled = Settled(witnesses[gist.article], own, signed)
        found, words = said_by(reading, settled, entities)
        claims += found
        named += words
        replaced.update(replaced_by(gist, entities, [ref for ref, _ in own]))
    things |= each_once(named)
    homes = [Ref(ThingKind.STATE, w.state) for w in witnesses.values() if w.state is not None]
    _name_the_rest(claims, homes, entities, things)
    issues += idle(judgements, things, tellings)
    refs = {place: ref for place, (ref, _) in meetings.items()}
    _note(things, judged_notes(judgements, things, refs, tellings))
    return Knowledge(
        articles=tuple(r.article for r in ordered),
        things=tuple(things[ref] for ref in sorted(things)),
        claims=tuple(once(claims)),
        replaced=tuple(sorted((old, new) for old, new in replaced if old not in things)),
        issues=tuple(sorted({*issues, *(i for r in ordered for i in r.issues)}, key=_issue_order)),
        witnesses=tuple(witnesses[gist.article] for gist in gists),
    )


def _note(things: dict[Ref, Thing], notes: Iterable[tuple[Ref, str]]) -> None:
    """Write what was judged of things behind their names."""
    for ref, note in notes:
        if note not in things[ref].notes:
            noted = (*things[ref].notes, note)
            things[ref] = msgspec.structs.replace(things[ref], notes=noted)


def _meetings(
    gists: Sequence[Gist],
    entities: Entities,
    witnesses: Mapping[str, Witness],
    judgements: Sequence[Judgement],
) -> tuple[dict[tuple[str, int], tuple[Ref, Chosen]], dict[Ref, Thing], list[Told], list[Issue]]:
    """The meeting of each telling by article and number, the meetings, the tellings, and notes."""
    tellings = in_order(
        told
        for gist in gists
        for told in told_by(gist.tellings, gist.source, witnesses[gist.article], entities)
    )
    tellings = judged(tellings, {gist.article: gist.alone for gist in gists}, judgements)
    groups, doubtful = group(tellings)
    groups = join_judged(groups, judgements)
    meetings: dict[tuple[str, int], tuple[Ref, Chosen]] = {}
    things: dict[Ref, Thing] = {}
    for ref, members in zip(meeting_refs(groups), groups, strict=True):
        chosen = chosen_of(members, entities)
        things[ref] = meeting_thing(ref, chosen, members, entities)
        meetings |= {(told.article, told.number): (ref, chosen) for told in members}
    return meetings, things, tellings, [doubt_of(told) for told in doubtful]


def _entities(gists: Sequence[Gist], world: World, judgements: Sequence[Judgement]) -> Entities:
    """What all names mean, and how the things are worded that they mean."""
    people = join_people(
        (
            (form, gist.article)
            for gist in gists
            for form in people_forms(gist.names, gist.article, world)
        ),
        people_apart(judgements),
    )
    entities = Entities(world, people, judgements=judgements)
    return entities.worded_as(
        wordings(
            (
                (name, count, gist.article, gist.language)
                for gist in gists
                for name, count in gist.names
            ),
            entities,
        )
    )


def _issue_order(issue: Issue) -> tuple[object, ...]:
    span = issue.span
    return issue.code, issue.source, issue.message, (span.start, span.end) if span else ()


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

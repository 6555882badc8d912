"""What is written down of one article, and of one meeting, once it is known what they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import msgspec

from uscuba_kg.ledger.values import Said
from uscuba_kg.model import Claim, Predicate, Reading, Ref, Thing, ThingKind
from uscuba_kg.rdf.dataset import classes_of
from uscuba_kg.rdf.emit import (
    article_triples,
    bound_triples,
    claim_triples,
    replaced_triple,
    thing_triples,
)
from uscuba_kg.rdf.iris import iri_of
from uscuba_kg.rdf.terms import Term, Triple, in_order
from uscuba_kg.rdf.vocab import ID
from uscuba_kg.resolve.claims import Chosen, bounds_of, once, participation_ref
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.resolve.labels import part_labels
from uscuba_kg.resolve.replaced import replaced_by
from uscuba_kg.resolve.said import Settled, each_once, meeting_thing, said_by
from uscuba_kg.resolve.tellings import Told
from uscuba_kg.world import World

_OWN = frozenset({"article", "claim", "statement", "speaker"})
"""Kinds of subjects of which one article alone speaks."""

TRIPLES = "triples"
"""What triples are counted as, beside the classes of things."""

Block: TypeAlias = Callable[[str, Sequence[Triple]], str]
"""Writes down all that is said of a subject."""


class Written(msgspec.Struct, frozen=True):
    """What an article says: lines of its own subjects, and of others what it adds.

    ``counts`` count the triples in those lines, and the things of each class.
    """

    lines: dict[str, str]
    said: dict[str, Said]
    counts: Counter[str]


def write_article(
    reading: Reading, gist: Gist, settled: Settled, entities: Entities, block: Block
) -> Written:
    """Write down one article, of what is settled."""
    article = reading.article
    claims, named = said_by(reading, settled, entities)
    triples: set[Triple] = set(article_triples(article, settled.witness))
    for claim in once(claims):
        triples.update(claim_triples(claim, article))
    things: dict[str, list[Thing]] = defaultdict(list)
    for thing in named:
        things[iri_of(thing.ref)].append(thing)
    for iri, own in things.items():
        if _is_own(iri):
            triples.update(thing_triples(each_once(own)[own[0].ref]))
    of: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples:
        of[triple.subject].append(triple)
    lines, counts = {}, Counter[str]()
    for iri in [iri for iri in of if _is_own(iri)]:
        facts = in_order(of.pop(iri))
        lines[iri] = block(iri, facts)
        counts += counts_of(facts)
    replaced: dict[str, set[str]] = defaultdict(set)
    for old, new in set(replaced_by(gist, entities, [ref for ref, _ in settled.meetings])):
        triple = replaced_triple(old, new)
        replaced[triple.subject].add(str(triple.object))
    live = set(_mentioned(claims, settled, entities.world))
    said = {
        iri: Said(
            live=iri in live,
            facts=tuple((t.predicate, t.object) for t in in_order(of.get(iri, ()))),
            things=tuple(things.get(iri, ())),
            replaced_by=tuple(sorted(replaced.get(iri, ()))),
        )
        for iri in {*live, *of, *things, *replaced}
        if not _is_own(iri)
    }
    return Written(lines, said, counts)


def counts_of(facts: Sequence[Triple]) -> Counter[str]:
    """Count triples, and the things of each class by its IRI."""
    counts = classes_of(facts)
    counts[TRIPLES] += len(facts)
    return counts


def _is_own(iri: str) -> bool:
    return iri[len(ID) :].partition("/")[0] in _OWN


def _mentioned(claims: Iterable[Claim], settled: Settled, world: World) -> Iterator[str]:
    """Everything that claims name, and what that rests on in the background."""
    refs = {
        ref for claim in claims for ref in (claim.subject, claim.object) if isinstance(ref, Ref)
    }
    if settled.witness.state is not None:
        refs.add(Ref(ThingKind.STATE, settled.witness.state))
    for ref in refs:
        yield iri_of(ref)
        yield from _background(ref, world)


@lru_cache(maxsize=1 << 14)
def _background(ref: Ref, world: World) -> tuple[str, ...]:
    """What a thing rests on by the authority data, or by its name."""
    found: dict[Ref, None] = {}
    entities = Entities(world, {})
    waiting = [ref]
    while waiting:
        for fact in entities.thing(waiting.pop()).background:
            if isinstance(fact.object, Ref) and fact.object not in found:
                found[fact.object] = None
                waiting.append(fact.object)
    return tuple(map(iri_of, found))


def write_meeting(
    ref: Ref, chosen: Chosen, members: Sequence[Told], entities: Entities
) -> dict[str, Said]:
    """Write down what a meeting and the parts in it are called, and when it can have been."""
    thing = meeting_thing(ref, chosen, members, entities)
    bounds = bounds_of(chosen, members)
    starts, ends = bounds.get(Predicate.START), bounds.get(Predicate.END)
    triples = [*thing_triples(thing)]
    if starts is not None:
        triples += bound_triples(ref, [starts], [ends or starts])
    parts = {participation_ref(ref, who): who for who, _ in chosen.parts}
    for part, who in parts.items():
        labels = part_labels(entities.thing(who).labels, thing.labels)
        triples += thing_triples(Thing(part, labels))
    facts: dict[str, list[tuple[str, Term]]] = defaultdict(list)
    for triple in in_order(triples):
        facts[triple.subject].append((triple.predicate, triple.object))
    return {iri: Said(live=True, facts=tuple(found)) for iri, found in facts.items()}


def shared_triples(
    iri: str,
    said: Iterable[tuple[int, Said]],
    order: Callable[[int], str],
    thing: Callable[[Sequence[Thing]], Thing],
) -> Sequence[Triple]:
    """Give the triples of a subject, of what articles and meetings say of it, in their order.

    Every article speaks of the two states: what they say goes by, and is not held. ``order`` gives
    the place of a source among others, ``thing`` the thing itself, of its names in articles.
    """
    found, replaced = set[Triple](), set[str]()
    named: list[tuple[int, tuple[Thing, ...]]] = []
    is_live = False
    for source, one in said:
        found.update(Triple(iri, predicate, value) for predicate, value in one.facts)
        replaced.update(one.replaced_by)
        is_live = is_live or one.live
        if one.things:
            named.append((source, one.things))
    if not is_live:
        found.update(Triple(iri, _REPLACED, new) for new in replaced)
    elif iri[len(ID) :].partition("/")[0] not in _MEETINGS:
        if len(named) > 1:
            named.sort(key=lambda pair: order(pair[0]))  # as all at once are told
        found.update(thing_triples(thing([own for _, things in named for own in things])))
    return in_order(found)


_MEETINGS = frozenset({"meeting", "participation"})
_REPLACED = replaced_triple(Ref(ThingKind.MEETING, "old"), Ref(ThingKind.MEETING, "new")).predicate

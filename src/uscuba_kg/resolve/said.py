"""What one article says, as claims, once it is known what all articles together make of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from uscuba_kg.model import Claim, Label, PartialDate, Reading, Ref, Thing, Witness
from uscuba_kg.resolve.choose import choose_dates, choose_place
from uscuba_kg.resolve.claims import Chosen, meeting_claims
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.labels import meeting_labels
from uscuba_kg.resolve.records import (
    agreement_claims,
    position_claims,
    statement_claims,
    unit_claim,
)
from uscuba_kg.resolve.tellings import Told, telling_of, told_by


class Settled(msgspec.Struct, frozen=True, gc=False):
    """What all articles together say of one: what its meetings are, and when agreements were signed.

    ``meetings`` holds by their number the reference of each, with what is asserted of it.
    """

    witness: Witness
    meetings: tuple[tuple[Ref, Chosen], ...]
    signed: Mapping[Ref, PartialDate]


def said_by(
    reading: Reading, settled: Settled, entities: Entities
) -> tuple[list[Claim], list[Thing]]:
    """Give the claims of one article, and the things that it names by its own words."""
    article = reading.article
    claims: list[Claim] = []
    named: list[Thing] = []
    tellings = [telling_of(n, frame) for n, frame in enumerate(reading.meetings)]
    for told in told_by(tellings, article.source, settled.witness, entities):
        ref, chosen = settled.meetings[told.number]
        claims += meeting_claims(ref, chosen, told, reading.meetings[told.number], entities)
    for position in reading.positions:
        found, post = position_claims(position, article, entities)
        claims += found
        named.append(post)
    for unit in reading.units:
        claim = unit_claim(unit, article, entities)
        if claim is not None:
            claims.append(claim)
    refs = [ref for ref, _ in settled.meetings]
    for statement in reading.statements:
        found, things = statement_claims(statement, article, entities, refs)
        claims += found
        named += things
    for agreement in reading.agreements:
        found, thing = agreement_claims(agreement, article, entities, settled.signed)
        claims += found
        named.append(thing)
    return claims, named


def meeting_thing(ref: Ref, chosen: Chosen, members: Sequence[Told], entities: Entities) -> Thing:
    """Give a meeting with its names."""
    series = next((m.series for m in sorted(members, key=_listed_first) if m.series), None)
    place = choose_place(members, entities.breadth)
    labels = meeting_labels(
        chosen.kind,
        entities.thing(series).labels if series else (),
        choose_dates(members),
        entities.thing(place).labels if place else (),
    )
    return Thing(ref, labels, chosen.kind)


def _listed_first(told: Told) -> bool:
    return not told.listed


def each_once(named: Iterable[Thing]) -> dict[Ref, Thing]:
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

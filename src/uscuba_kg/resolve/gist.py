"""What one article adds to what all articles decide together: small, and without its evidence.

Copies, people, meetings and their names are found from the gists of articles alone; an article
itself is needed again only to write down its claims.
"""

from __future__ import annotations

from collections import Counter

import msgspec

from uscuba_kg.model import Named, PartialDate, Reading, Ref, Witness
from uscuba_kg.resolve.copies import Text, text_of
from uscuba_kg.resolve.entities import Entities, own_people
from uscuba_kg.resolve.events import group
from uscuba_kg.resolve.keys import meeting_refs
from uscuba_kg.resolve.names import names_of
from uscuba_kg.resolve.records import signed_by
from uscuba_kg.resolve.tellings import Telling, in_order, telling_of, told_by
from uscuba_kg.resolve.witnesses import witness_of
from uscuba_kg.world import World


class Gist(msgspec.Struct, frozen=True, gc=False):
    """One article as far as others may depend on it.

    ``witness`` is what it is worth if it copies nothing; ``names`` counts the names in its frames;
    ``alone`` holds the references that it alone would give its meetings, by their number;
    ``signed`` pairs its agreements with the days on which it has them signed.
    """

    source: str
    language: str
    witness: Witness
    text: Text
    names: tuple[tuple[Named, int], ...]
    tellings: tuple[Telling, ...]
    alone: tuple[Ref, ...]
    signed: tuple[tuple[Ref, PartialDate], ...]

    @property
    def article(self) -> str:
        """The hash of its text."""
        return self.witness.article


def gist_of(reading: Reading, world: World) -> Gist:
    """Give the gist of one article: a function of its reading and of the authority data."""
    article = reading.article
    witness = witness_of(article, world)
    names = tuple(Counter(names_of(reading)).items())
    tellings = tuple(telling_of(n, frame) for n, frame in enumerate(reading.meetings))
    return Gist(
        source=article.source,
        language=article.language,
        witness=witness,
        text=text_of(article),
        names=names,
        tellings=tellings,
        alone=_alone(reading, names, tellings, witness, world),
        signed=tuple(signed_by(reading, world)),
    )


def _alone(
    reading: Reading,
    names: tuple[tuple[Named, int], ...],
    tellings: tuple[Telling, ...],
    witness: Witness,
    world: World,
) -> tuple[Ref, ...]:
    """Resolve one article by itself, without anybody's judgement."""
    if not tellings:
        return ()
    entities = Entities(world, own_people(names, witness.article, world))
    told = told_by(tellings, reading.article.source, witness, entities)
    groups, _ = group(in_order(told))
    found = {
        one.number: ref
        for ref, members in zip(meeting_refs(groups), groups, strict=True)
        for one in members
    }
    return tuple(found[n] for n in range(len(tellings)))

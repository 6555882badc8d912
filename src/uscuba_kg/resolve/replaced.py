"""The names that things would have from single articles, where all articles give them another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.resolve.claims import participation_ref
from uscuba_kg.resolve.entities import Entities, own_people
from uscuba_kg.resolve.gist import Gist


def replaced_by(
    gist: Gist, entities: Entities, meetings: Sequence[Ref]
) -> Iterator[tuple[Ref, Ref]]:
    """Pair what an article alone would call a thing with its name, where that is another.

    ``meetings`` gives the reference of each of its meetings by their number.
    """
    article = gist.article
    own = Entities(entities.world, own_people(gist.names, article, entities.world))
    for old, new in _pairs(gist, own, entities, meetings):
        if old != new:
            yield old, new


def _pairs(
    gist: Gist, own: Entities, entities: Entities, meetings: Sequence[Ref]
) -> Iterator[tuple[Ref, Ref]]:
    article = gist.article
    for name, _ in gist.names:
        before = own.ref(name, article)
        if name.kind == ThingKind.PERSON or entities.is_judged(before):
            yield before, entities.ref(name, article)
    for telling, old in zip(gist.tellings, gist.alone, strict=True):
        new = meetings[telling.number]
        yield old, new
        for who, _, _ in telling.parts:
            then, now = own.ref(who, article), entities.ref(who, article)
            yield participation_ref(old, then), participation_ref(new, now)

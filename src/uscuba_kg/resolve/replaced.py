"""The names that things would have from single articles, where all articles give them another."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

import msgspec

from uscuba_kg.model import Reading, Ref, ThingKind, Witness
from uscuba_kg.resolve.claims import participation_ref
from uscuba_kg.resolve.entities import Entities, names_of
from uscuba_kg.resolve.events import group
from uscuba_kg.resolve.keys import meeting_refs
from uscuba_kg.resolve.tellings import told_by
from uscuba_kg.world import World


class Alone(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One article by itself: what it would call things, and its meetings by their number."""

    reading: Reading
    entities: Entities
    meetings: Mapping[int, Ref]


def alone(reading: Reading, world: World, witnesses: Mapping[str, Witness]) -> Alone:
    """Resolve one article by itself, without anybody's judgement."""
    entities = Entities([reading], world)
    groups, _ = group(told_by([reading], entities, witnesses))
    refs = meeting_refs(groups)
    meetings = {
        told.number: ref
        for ref, members in zip(refs, groups, strict=True)
        for told in members
    }  # fmt: skip
    return Alone(reading, entities, meetings)


def replaced_refs(
    each: Iterable[Alone],
    entities: Entities,
    meetings: Mapping[tuple[str, int], Ref],
    live: Container[Ref],
) -> tuple[tuple[Ref, Ref], ...]:
    """Pair what each article alone would call a thing with its name; what is live stays itself.

    ``meetings`` gives the reference of each article's meetings by its hash and their number.
    """
    found = {
        (old, new)
        for one in each
        for old, new in _of_article(one, entities, meetings)
        if old != new and old not in live
    }
    return tuple(sorted(found))


def _of_article(
    one: Alone, entities: Entities, meetings: Mapping[tuple[str, int], Ref]
) -> Iterator[tuple[Ref, Ref]]:
    article = one.reading.article.sha256
    for name in names_of(one.reading):
        before, after = one.entities.ref(name, article), entities.ref(name, article)
        if name.kind == ThingKind.PERSON or entities.is_judged(before):
            yield before, after
    for number, old in one.meetings.items():
        new = meetings[article, number]
        yield old, new
        for part in one.reading.meetings[number].participants:
            who, now = one.entities.of(part.who), entities.of(part.who)
            if who is not None and now is not None:
                yield participation_ref(old, who), participation_ref(new, now)

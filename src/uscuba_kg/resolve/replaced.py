"""The names that things would have from single articles, where all articles give them another."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

from uscuba_kg.model import Reading, Ref, ThingKind, Witness
from uscuba_kg.resolve.claims import participation_ref
from uscuba_kg.resolve.entities import Entities, names_of
from uscuba_kg.resolve.events import group
from uscuba_kg.resolve.keys import meeting_refs
from uscuba_kg.resolve.tellings import told_by


def replaced_refs(
    readings: Sequence[Reading],
    entities: Entities,
    meetings: Mapping[tuple[str, int], Ref],
    live: Container[Ref],
    witnesses: Mapping[str, Witness],
) -> tuple[tuple[Ref, Ref], ...]:
    """Pair what each article alone would call a thing with its name; what is live stays itself.

    ``meetings`` gives the reference of each article's meetings by its hash and their number.
    """
    found = {
        (old, new)
        for reading in readings
        for old, new in _of_reading(reading, entities, meetings, witnesses)
        if old != new and old not in live
    }
    return tuple(sorted(found))


def _of_reading(
    reading: Reading,
    entities: Entities,
    meetings: Mapping[tuple[str, int], Ref],
    witnesses: Mapping[str, Witness],
) -> Iterator[tuple[Ref, Ref]]:
    alone = Entities([reading], entities.world)
    article = reading.article.sha256
    for name in names_of(reading):
        if name.kind == ThingKind.PERSON:
            yield alone.ref(name, article), entities.ref(name, article)
    groups, _ = group(told_by([reading], alone, witnesses))
    for old, members in zip(meeting_refs(groups), groups, strict=True):
        for told in members:
            new = meetings[article, told.number]
            yield old, new
            for part in told.frame.participants:
                before, after = alone.of(part.who), entities.of(part.who)
                if before is not None and after is not None:
                    yield participation_ref(old, before), participation_ref(new, after)

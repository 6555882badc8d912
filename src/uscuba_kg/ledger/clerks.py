"""Articles written down one source at a time, here or by workers that read the ledger."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from uscuba_kg.kept import uncollected
from uscuba_kg.ledger.arrivals import gist_in
from uscuba_kg.ledger.articles import Block, write_article
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.settling import digest_of, settled_of
from uscuba_kg.ledger.shelf import WRITTEN
from uscuba_kg.ledger.tables import opened_to_read
from uscuba_kg.model import Reading
from uscuba_kg.workers import Crew, in_order
from uscuba_kg.world import World

Readings: TypeAlias = Callable[[str], Sequence[Reading] | None]
"""Gives the readings of a source by its entry; None where they are not at hand."""


class Batch(NamedTuple):
    """Articles of one source: its entry, and the number of each with its place in it."""

    entry: str
    articles: tuple[tuple[int, int], ...]


class Wrote(NamedTuple):
    """An article written down: how it was settled, its own lines, what it says of other subjects."""

    article: int
    settled: bytes
    lines: dict[str, str]
    said: dict[str, bytes]
    counts: dict[str, int]


class Desk(NamedTuple):
    """What a worker needs to write down articles."""

    ledger: Path
    world: Callable[[], World]
    readings: Readings
    block: Block


def write_here(
    db: sqlite3.Connection, names: Names, batch: Batch, readings: Sequence[Reading], block: Block
) -> Iterator[Wrote]:
    """Write down the articles of a batch."""
    for article, place in batch.articles:
        gist = gist_in(db, article)
        entities = names.within(gist)
        settled = settled_of(db, article, gist)
        written = write_article(readings[place], gist, settled, entities, block)
        yield Wrote(
            article,
            digest_of(gist, settled, entities),
            written.lines,
            {iri: said.pack() for iri, said in written.said.items()},
            dict(written.counts),
        )


def write_there(
    batches: Sequence[Batch], desk: Desk, crew: Crew
) -> Iterator[tuple[Batch, Sequence[Wrote] | None]]:
    """Have workers write down batches; None for what could not be written there."""
    with tempfile.TemporaryDirectory(dir=desk.ledger.parent, prefix=WRITTEN) as folder:
        work = partial(_write, desk=desk, folder=Path(folder))
        done = in_order(work, batches, crew, lambda _: None)
        for batch, path in zip(batches, done, strict=True):
            yield batch, _taken(path) if path is not None else None


def _write(batch: Batch, desk: Desk, folder: Path) -> Path | None:
    """Write down a batch into a file, and give its path."""
    readings = desk.readings(batch.entry)
    if readings is None:
        return None
    with uncollected():
        db, names = _opened(desk.ledger, desk.world())
        wrote = [tuple(one) for one in write_here(db, names, batch, readings, desk.block)]
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(wrote, file, protocol=5)
    return Path(file.name)


def _taken(path: Path) -> list[Wrote]:
    wrote = [Wrote(*one) for one in pickle.loads(path.read_bytes())]
    path.unlink()
    return wrote


@lru_cache(maxsize=1)
def _opened(ledger: Path, world: World) -> tuple[sqlite3.Connection, Names]:
    db = opened_to_read(ledger)
    names = Names(db, world)
    names.recall_people()
    return db, names

"""Subjects of which several sources speak, written down here or by workers that read the ledger."""

from __future__ import annotations

import pickle
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from uscuba_kg.kept import uncollected
from uscuba_kg.ledger.articles import Block, counts_of, shared_triples
from uscuba_kg.ledger.clerks import Desk
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.rows import thing_of
from uscuba_kg.ledger.shelf import WRITTEN
from uscuba_kg.ledger.tables import column, opened_to_read
from uscuba_kg.ledger.values import Said
from uscuba_kg.workers import Crew, in_order

SUBJECTS = 2_000
"""So many rows of what is said of subjects a worker takes at once, about."""
_FROM, _ABOVE = "", "\U0010ffff"


class Shown(NamedTuple):
    """A subject written down: its lines, empty where nothing is said of it, and what they count."""

    iri: str
    text: str
    counts: dict[str, int]


class Span(NamedTuple):
    """Subjects from one on until before another."""

    first: str
    end: str


def write_subject(
    db: sqlite3.Connection, names: Names, iri: str, rows: Iterable[tuple[int, bytes]], block: Block
) -> Shown:
    """Write down a subject, of what each source says of it."""

    def sha(source: int) -> str:
        return next(column(db, "SELECT sha FROM article WHERE id = ?", (source,)), "")

    said = ((source, Said.unpack(content)) for source, content in rows)
    triples = shared_triples(iri, said, sha, lambda things: thing_of(names, iri, things))
    if not triples:
        return Shown(iri, "", {})
    return Shown(iri, block(iri, triples), dict(counts_of(triples)))


def write_subjects(
    db: sqlite3.Connection, names: Names, span: Span, block: Block
) -> Iterator[Shown]:
    """Write down subjects in their order."""
    query = (
        "SELECT subject, source, said FROM fact WHERE subject >= ? AND subject < ? ORDER BY subject"
    )
    for iri, rows in groupby(db.execute(query, span), key=itemgetter(0)):
        yield write_subject(db, names, iri, ((row[1], row[2]) for row in rows), block)


def spans(db: sqlite3.Connection) -> list[Span]:
    """All subjects in parts; one of which many sources speak is never parted."""
    starts = [_FROM]
    query = "SELECT subject FROM fact WHERE subject > ? ORDER BY subject LIMIT 1 OFFSET ?"
    while (found := next(column(db, query, (starts[-1], SUBJECTS)), None)) is not None:
        starts.append(found)
    return [Span(*pair) for pair in zip(starts, [*starts[1:], _ABOVE], strict=True)]


def write_subjects_there(
    parts: list[Span], desk: Desk, crew: Crew
) -> Iterator[tuple[Span, list[Shown] | None]]:
    """Have workers write down subjects; None for what could not be written there."""
    with tempfile.TemporaryDirectory(dir=desk.ledger.parent, prefix=WRITTEN) as folder:
        work = partial(_write, desk=desk, folder=Path(folder))
        for span, path in zip(parts, in_order(work, parts, crew, lambda _: None), strict=True):
            yield span, None if path is None else _taken(path)


def _write(span: Span, desk: Desk, folder: Path) -> Path | None:
    """Write down subjects into a file, and give its path."""
    if not desk.ledger.exists():  # a worker on a machine that does not see it
        return None
    db = opened_to_read(desk.ledger)
    with uncollected():
        shown = [
            tuple(one) for one in write_subjects(db, Names(db, desk.world()), span, desk.block)
        ]
    db.close()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(shown, file, protocol=5)
    return Path(file.name)


def _taken(path: Path) -> list[Shown]:
    shown = [Shown(*one) for one in pickle.loads(path.read_bytes())]
    path.unlink()
    return shown

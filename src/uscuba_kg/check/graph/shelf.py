"""A graph on disk, for one that is larger than what may be held: looked up node by node.

The file is one of SQLite, written once by :func:`shelve` and only read afterwards, by any number of
processes at the same time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from uscuba_kg.check.graph.index import SUBCLASS, Graph
from uscuba_kg.rdf.terms import Literal, Term

_SCHEMA = """
CREATE TABLE node (id INTEGER PRIMARY KEY, name TEXT, triples INTEGER, said BLOB);
CREATE TABLE pointing (predicate TEXT, value TEXT, subject TEXT);
CREATE TABLE size (triples INTEGER);
"""
_INDEXES = (
    "CREATE INDEX node_name ON node (name)",
    "CREATE INDEX pointing_value ON pointing (predicate, value, subject)",
)
_AT_HAND = 1 << 14
"""So many nodes are kept in memory of what was looked up last."""

Facts = dict[str, list[str | Literal]]
Plain = tuple[str, str, Term]
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Facts).decode


class Shelf(Graph):
    """The graph in a file of :func:`shelve`; backward it knows the predicates that were named there."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        ((size,),) = self._db.execute("SELECT triples FROM size")
        super().__init__({}, size)
        self._node = lru_cache(maxsize=_AT_HAND)(self._read)

    def about(self, node: Term) -> Mapping[str, Sequence[Term]]:
        """What is said about a node: its predicates with their objects."""
        return self._node(node) if isinstance(node, str) else {}

    def _read(self, name: str) -> Mapping[str, Sequence[Term]]:
        row = self._db.execute("SELECT said FROM node WHERE name = ?", (name,)).fetchone()
        return _decode(row[0]) if row is not None else {}

    def backward(self, predicate: str) -> Mapping[Term, Sequence[str]]:
        """Every object of a predicate with its subjects, looked up when asked for."""
        return _Pointing(self._db, predicate)

    def subjects_at_all(self) -> Iterable[str]:
        """Every subject."""
        return (name for (name,) in self._db.execute("SELECT name FROM node ORDER BY id"))

    def names(self, first: int, last: int) -> list[str]:
        """The subjects from one number to another."""
        query = "SELECT name FROM node WHERE id BETWEEN ? AND ?"
        return [name for (name,) in self._db.execute(query, (first, last))]

    def parts(self, most: int) -> Iterator[tuple[int, int]]:
        """The numbers of the first and the last subject of parts that have about so many triples."""
        first, triples = 1, 0
        number = 0
        for number, count in self._db.execute("SELECT id, triples FROM node ORDER BY id"):
            triples += count
            if triples >= most:
                yield first, number
                first, triples = number + 1, 0
        if triples:
            yield first, number


class _Pointing(Mapping[Term, Sequence[str]]):
    """The subjects of one predicate by its objects."""

    def __init__(self, db: sqlite3.Connection, predicate: str) -> None:
        self._db, self._predicate = db, predicate

    def __getitem__(self, value: Term) -> Sequence[str]:
        query = "SELECT subject FROM pointing WHERE predicate = ? AND value = ?"
        found = [one for (one,) in self._db.execute(query, (self._predicate, _key(value)))]
        if not found:
            raise KeyError(value)
        return found

    def __iter__(self) -> Iterator[Term]:
        raise TypeError("objects on disk are looked up one by one")

    def __len__(self) -> int:
        raise TypeError("objects on disk are looked up one by one")


def shelve(
    path: Path, triples: Iterable[Plain], beside: Iterable[Plain], backward: Collection[str]
) -> None:
    """Write triples to a file, and those ``beside``, which are not counted.

    Subjects are found by their objects at the predicates ``backward``, and at the one of subclasses.
    """
    db = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            db.execute(f"PRAGMA {pragma}")
        db.executescript(_SCHEMA)
        db.execute("BEGIN")
        wanted = {*backward, SUBCLASS}
        _add(db, triples, wanted)
        for index in _INDEXES:
            db.execute(index)
        _join(db)
        db.execute("INSERT INTO size SELECT COALESCE(SUM(triples), 0) FROM node")
        _add(db, beside, wanted)
        _join(db)
        db.execute("COMMIT")
    finally:
        db.close()


def _add(db: sqlite3.Connection, triples: Iterable[Plain], backward: Collection[str]) -> None:
    for name, said in groupby(triples, key=itemgetter(0)):
        facts: Facts = {}
        for _, predicate, value in said:
            values = facts.setdefault(predicate, [])
            if value not in values:
                values.append(value)
        _insert(db, name, facts)
        pointing = [(p, _key(v), name) for p in facts.keys() & backward for v in facts[p]]
        if pointing:
            db.executemany("INSERT INTO pointing VALUES (?, ?, ?)", pointing)


def _insert(db: sqlite3.Connection, name: str, facts: Facts) -> None:
    row = name, sum(map(len, facts.values())), _encode(facts)
    db.execute("INSERT INTO node (name, triples, said) VALUES (?, ?, ?)", row)


def _join(db: sqlite3.Connection) -> None:
    """Make one of what is said of a node in several places."""
    again = "SELECT name FROM node GROUP BY name HAVING COUNT(*) > 1"
    for (name,) in db.execute(again).fetchall():
        facts: Facts = {}
        for (said,) in db.execute("SELECT said FROM node WHERE name = ? ORDER BY id", (name,)):
            for predicate, values in _decode(said).items():
                facts[predicate] = list(dict.fromkeys((*facts.get(predicate, ()), *values)))
        db.execute("DELETE FROM node WHERE name = ?", (name,))
        _insert(db, name, facts)
        for predicate, values in facts.items():
            query = "DELETE FROM pointing WHERE predicate = ? AND value = ? AND subject = ?"
            rows = [(predicate, _key(value), name) for value in values]
            if sum(db.execute(query, row).rowcount for row in rows):
                db.executemany("INSERT INTO pointing VALUES (?, ?, ?)", rows)


def _key(term: Term) -> str:
    """A term as a table holds it; no IRI begins with a quotation mark."""
    if isinstance(term, Literal):
        return f'"{term.datatype}@{term.language}"{term.lexical}'
    return term

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
-- nodes by their names, what is said of them apart: who counts nodes need not read that
CREATE TABLE node (name TEXT PRIMARY KEY, number INTEGER, triples INTEGER) WITHOUT ROWID;
CREATE TABLE said (number INTEGER PRIMARY KEY, facts BLOB);
CREATE TABLE pointing (predicate TEXT, value TEXT, subject TEXT);
CREATE TABLE size (triples INTEGER);
"""
_INDEX = "CREATE INDEX pointing_value ON pointing (predicate, value, subject)"
_FACTS = "SELECT facts FROM said WHERE number = (SELECT number FROM node WHERE name = ?)"
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
        return _facts(self._db, name)

    def backward(self, predicate: str) -> Mapping[Term, Sequence[str]]:
        """Every object of a predicate with its subjects, looked up when asked for."""
        return _Pointing(self._db, predicate)

    def subjects_at_all(self) -> Iterable[str]:
        """Every subject."""
        return (name for (name,) in self._db.execute("SELECT name FROM node ORDER BY name"))

    def names(self, first: str, last: str) -> list[str]:
        """The subjects from one to another."""
        query = "SELECT name FROM node WHERE name BETWEEN ? AND ?"
        return [name for (name,) in self._db.execute(query, (first, last))]

    def parts(self, most: int) -> Iterator[tuple[str, str]]:
        """The first and the last subject of parts that have about so many triples."""
        first, name, triples = "", "", 0
        for name, count in self._db.execute("SELECT name, triples FROM node ORDER BY name"):
            first, triples = first or name, triples + count
            if triples >= most:
                yield first, name
                first, triples = "", 0
        if triples:
            yield first, name


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
        db.execute("INSERT INTO size VALUES (?)", (_add(db, triples, wanted),))
        _add(db, beside, wanted)
        db.execute(_INDEX)
        db.execute("COMMIT")
    finally:
        db.close()


def _add(db: sqlite3.Connection, triples: Iterable[Plain], backward: Collection[str]) -> int:
    """Add triples; gives how many of them are new."""
    new = 0
    for name, said in groupby(triples, key=itemgetter(0)):
        facts: Facts = {}
        for _, predicate, value in said:
            facts.setdefault(predicate, []).append(value)
        known = _facts(db, name)
        for predicate, values in facts.items():
            before = known.get(predicate, ())
            fresh = [value for value in dict.fromkeys(values) if value not in before]
            facts[predicate] = [*before, *fresh]
            new += len(fresh)
            if predicate in backward:
                rows = [(predicate, _key(value), name) for value in fresh]
                db.executemany("INSERT INTO pointing VALUES (?, ?, ?)", rows)
        _put(db, name, {**known, **facts}, is_new=not known)
    return new


def _facts(db: sqlite3.Connection, name: str) -> Facts:
    row = db.execute(_FACTS, (name,)).fetchone()
    return _decode(row[0]) if row is not None else {}


def _put(db: sqlite3.Connection, name: str, facts: Facts, *, is_new: bool) -> None:
    """Put in what is said of a node, in the place of what was."""
    triples = sum(map(len, facts.values()))
    if is_new:
        number = db.execute("INSERT INTO said (facts) VALUES (?)", (_encode(facts),)).lastrowid
        db.execute("INSERT INTO node VALUES (?, ?, ?)", (name, number, triples))
    else:
        query = "UPDATE said SET facts = ? WHERE number = (SELECT number FROM node WHERE name = ?)"
        db.execute(query, (_encode(facts), name))
        db.execute("UPDATE node SET triples = ? WHERE name = ?", (triples, name))


def _key(term: Term) -> str:
    """A term as a table holds it; no IRI begins with a quotation mark."""
    if isinstance(term, Literal):
        return f'"{term.datatype}@{term.language}"{term.lexical}'
    return term

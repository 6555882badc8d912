"""Which articles came and went: sources by their entries, of exact copies one that counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from uscuba_kg.ledger.tables import blob, column, index_runs, ref_text, value_of
from uscuba_kg.model import Issue
from uscuba_kg.resolve.copies import EVERYWHERE
from uscuba_kg.resolve.entities import people_forms
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.world import World

Rank = tuple[bool, str, str]


class Gists(NamedTuple):
    """What a source gave: its entry, its articles' gists with their ranks, and notes."""

    entry: str
    gists: tuple[tuple[Rank, Gist], ...]
    issues: tuple[Issue, ...]


class Moves(NamedTuple):
    """Articles that came and went, by their numbers.

    ``touched`` are those that may copy, or be copied by, others than before; ``is_first`` tells
    that nothing was there.
    """

    came: Set[int]
    gone: Set[int]
    touched: Set[int]
    is_first: bool


@lru_cache(maxsize=1 << 12)
def gist_in(db: sqlite3.Connection, article: int) -> Gist:
    """The gist of an article by its number."""
    (content,) = db.execute("SELECT gist FROM article WHERE id = ?", (article,)).fetchone()
    return value_of(content, Gist)


def arrive(
    db: sqlite3.Connection, world: World, entries: Sequence[str], fresh: Iterable[Gists]
) -> Moves:
    """Take in the sources of a build, and forget those that it has not; ``fresh`` are the new."""
    is_first = not any(column(db, "SELECT 1 FROM entry LIMIT 1"))
    now = set(entries)
    stale = [name for name in column(db, "SELECT name FROM entry") if name not in now]
    shas: set[str] = set()
    for name in stale:
        shas.update(column(db, "SELECT sha FROM article WHERE entry = ?", (name,)))
        db.execute("DELETE FROM entry WHERE name = ?", (name,))
        db.execute("UPDATE article SET entry = NULL WHERE entry = ?", (name,))
    for source in fresh:
        shas.update(gist.article for _, gist in source.gists)
        _add(db, source)
    came, gone = _elect(db, shas)
    touched = _forget(db, gone) | came
    for article in sorted(came):
        gist = gist_in(db, article)
        touched |= _take_in(db, article, gist, world, alone=is_first)
    index_runs(db)
    return Moves(came, gone, touched - gone, is_first)


def _add(db: sqlite3.Connection, source: Gists) -> None:
    db.execute("INSERT INTO entry VALUES (?, ?)", (source.entry, blob(source.issues)))
    db.executemany(
        "INSERT INTO article (sha, entry, place, rank, live, runs, gist) "
        "VALUES (?, ?, ?, ?, 0, ?, ?)",
        (
            (gist.article, source.entry, place, blob(rank), len(hashes_of(gist)), blob(gist))
            for place, (rank, gist) in enumerate(source.gists)
        ),
    )


def _elect(db: sqlite3.Connection, shas: Iterable[str]) -> tuple[set[int], set[int]]:
    """Let one of the exact copies of each text count; gives who does now, and who no longer."""
    came: set[int] = set()
    gone: set[int] = set()
    for sha in sorted(shas):
        query = "SELECT id, rank, live, entry IS NULL FROM article WHERE sha = ?"
        rows = list(db.execute(query, (sha,)))
        there = [(value_of(rank, tuple), -number) for number, rank, _, lost in rows if not lost]
        best = -min(there)[1] if there else None
        came.update(number for number, _, live, _ in rows if number == best and not live)
        gone.update(number for number, _, live, _ in rows if number != best and live)
    db.executemany("UPDATE article SET live = 1 WHERE id = ?", ((n,) for n in came))
    db.executemany("UPDATE article SET live = 0 WHERE id = ?", ((n,) for n in gone))
    return came, gone


def _take_in(
    db: sqlite3.Connection, article: int, gist: Gist, world: World, *, alone: bool
) -> set[int]:
    """Write down what an article gives by itself; gives who holds a passage that is a formula now.

    ``alone`` tells that nobody was there before, so that nothing becomes anything.
    """
    forms = {f for f in people_forms(gist.names, gist.article, world) if not f.article}
    db.executemany("INSERT INTO form VALUES (?, ?, ?)", ((f.name, f.side, article) for f in forms))
    db.executemany(
        "INSERT INTO signed VALUES (?, ?, ?)",
        ((ref_text(ref), article, blob(day)) for ref, day in gist.signed),
    )
    hashes = hashes_of(gist)
    crowded = set() if alone else _on_the_edge(db, hashes, EVERYWHERE)
    db.executemany("INSERT INTO run VALUES (?, ?)", ((number, article) for number in hashes))
    return crowded


def _forget(db: sqlite3.Connection, gone: Set[int]) -> set[int]:
    """Take out what articles gave by themselves; gives who holds a passage that is no formula now."""
    uncrowded = set()
    for article in sorted(gone):
        hashes = hashes_of(gist_in(db, article))
        uncrowded |= _on_the_edge(db, hashes, EVERYWHERE + 1)
        db.executemany(
            "DELETE FROM run WHERE hash = ? AND article = ?", ((h, article) for h in hashes)
        )
        db.execute("DELETE FROM form WHERE article = ?", (article,))
    return uncrowded


def _on_the_edge(db: sqlite3.Connection, hashes: Iterable[int], many: int) -> set[int]:
    """Those who hold a passage that so many hold."""
    found: set[int] = set()
    for number in hashes:
        query = "SELECT article FROM run WHERE hash = ? LIMIT ?"
        holders = list(column(db, query, (number, many + 1)))
        if len(holders) == many:
            found.update(holders)
    return found


def hashes_of(gist: Gist) -> list[int]:
    """The sample of a text as numbers."""
    return [int.from_bytes(run, "big", signed=True) for run in gist.text.sample()]

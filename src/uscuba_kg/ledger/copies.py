"""Which articles copy which, looked up for those that share passages with others than before."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import chain

from uscuba_kg.ledger.arrivals import Moves, gist_in, hashes_of
from uscuba_kg.ledger.tables import column
from uscuba_kg.resolve.copies import EVERYWHERE, LEAST, is_copied

Holders = Callable[[int], tuple[int, ...]]
_AT_HAND = 1 << 13


def settle_copies(db: sqlite3.Connection, moves: Moves) -> set[int]:
    """Find the originals of what may copy others than before; gives whose original is another."""
    near = set(moves.touched)
    for article in {*moves.gone, *moves.touched}:
        others = _paired(db, article)
        near |= others
        db.execute("DELETE FROM pair WHERE one = ?", (article,))
        db.executemany(
            "DELETE FROM pair WHERE one = ? AND other = ?", ((other, article) for other in others)
        )
    holders = lru_cache(maxsize=_AT_HAND)(partial(_holders, db))
    for article in sorted(moves.touched):
        db.executemany(
            "INSERT OR IGNORE INTO pair VALUES (?, ?)",
            (
                pair
                for other in _alike(db, article, holders)
                for pair in ((article, other), (other, article))
            ),
        )
    db.executemany("DELETE FROM original WHERE article = ?", ((n,) for n in moves.gone))
    changed: set[int] = set()
    left = near - moves.gone
    while left:
        part = _part(db, left.pop())
        left -= part
        changed |= _settle(db, part)
    return changed


def original_of(db: sqlite3.Connection, article: int, sha256: str) -> str:
    """The hash of the text that an article copies, its own where it copies none."""
    row = db.execute("SELECT sha FROM original WHERE article = ?", (article,)).fetchone()
    return str(row[0]) if row is not None else sha256


def _paired(db: sqlite3.Connection, article: int) -> set[int]:
    return set(column(db, "SELECT other FROM pair WHERE one = ?", (article,)))


def _holders(db: sqlite3.Connection, number: int) -> tuple[int, ...]:
    """The articles that hold a passage; nobody where it is a formula, as in an archive many are."""
    query = "SELECT article FROM run WHERE hash = ? LIMIT ?"
    rows = db.execute(query, (number, EVERYWHERE + 1)).fetchall()
    return tuple(article for (article,) in rows) if len(rows) <= EVERYWHERE else ()


def _alike(db: sqlite3.Connection, article: int, holders: Holders) -> Iterator[int]:
    """Those of which an article is a copy, or they of it."""
    mine = hashes_of(gist_in(db, article))
    shared = Counter(chain.from_iterable(map(holders, mine)))
    query = "SELECT runs FROM article WHERE id = ?"
    for other, count in shared.items():
        if other != article and count >= LEAST:
            if is_copied(count, len(mine), next(column(db, query, (other,)))):
                yield other


def _part(db: sqlite3.Connection, article: int) -> set[int]:
    """All that pairs join with an article."""
    part, waiting = {article}, [article]
    while waiting:
        fresh = _paired(db, waiting.pop()) - part
        part |= fresh
        waiting.extend(fresh)
    return part


def _settle(db: sqlite3.Connection, part: set[int]) -> set[int]:
    """Write down the original of texts that are one; gives those that had another."""
    texts = {article: gist_in(db, article).text for article in part}
    first = min(texts.values(), key=lambda text: text.order())
    changed = set()
    for article, text in texts.items():
        if original_of(db, article, text.sha256) == first.sha256:
            continue
        changed.add(article)
        if text.sha256 == first.sha256:
            db.execute("DELETE FROM original WHERE article = ?", (article,))
        else:
            db.execute("REPLACE INTO original VALUES (?, ?)", (article, first.sha256))
    return changed

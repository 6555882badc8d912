"""On which day agreements were signed, decided anew where articles that tell one changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Set

from uscuba_kg.ledger.arrivals import Moves, gist_in
from uscuba_kg.ledger.copies import original_of
from uscuba_kg.ledger.tables import blob, column, ref_of, ref_text, value_of
from uscuba_kg.model import PartialDate, Ref, Witness
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.resolve.records import days_signed
from uscuba_kg.resolve.witnesses import copying


def settle_agreements(db: sqlite3.Connection, moves: Moves, recopied: Set[int]) -> set[int]:
    """Find which day holds for agreements; gives the articles for which it is another than before."""
    refs: set[str] = set()
    for article in {*moves.came, *moves.gone, *recopied}:
        refs.update(column(db, "SELECT ref FROM signed WHERE article = ?", (article,)))
    db.executemany("DELETE FROM signed WHERE article = ?", ((n,) for n in moves.gone))
    changed: set[int] = set()
    for ref in refs:
        day = days_signed(_told(db, ref)).get(ref_of(ref))
        before = next(column(db, "SELECT day FROM agreed WHERE ref = ?", (ref,)), None)
        if before is not None and value_of(before, PartialDate) == day:
            continue
        db.execute("DELETE FROM agreed WHERE ref = ?", (ref,))
        if day is not None:
            db.execute("INSERT INTO agreed VALUES (?, ?)", (ref, blob(day)))
        changed.update(column(db, "SELECT article FROM signed WHERE ref = ?", (ref,)))
    return changed


def signed_in(db: sqlite3.Connection, gist: Gist) -> dict[Ref, PartialDate]:
    """The days that hold for the agreements of an article."""
    query = "SELECT day FROM agreed WHERE ref = ?"
    return {
        ref: value_of(next(column(db, query, (ref_text(ref),))), PartialDate)
        for ref, _ in gist.signed
    }


def _told(db: sqlite3.Connection, ref: str) -> Iterator[tuple[Ref, PartialDate, Witness]]:
    for article, day in db.execute("SELECT article, day FROM signed WHERE ref = ?", (ref,)):
        witness = gist_in(db, article).witness
        original = original_of(db, article, witness.article)
        copied = copying(witness, {witness.article: original})
        yield ref_of(ref), value_of(day, PartialDate), copied

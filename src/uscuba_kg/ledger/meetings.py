"""Meetings and their names, brought up to date with the tellings that came and went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Set
from typing import NamedTuple

from uscuba_kg.ledger.arrivals import Moves, gist_in
from uscuba_kg.ledger.copies import original_of
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.tables import blob, column, value_of
from uscuba_kg.ledger.tellings import MOST, Touched, changed_meetings, put_in, regroup, take_out
from uscuba_kg.model import Issue, Ref, ThingKind
from uscuba_kg.resolve.claims import Chosen, chosen_of
from uscuba_kg.resolve.events import doubt_of
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.resolve.keys import base_key, told_apart
from uscuba_kg.resolve.tellings import Told, in_order, told_by
from uscuba_kg.resolve.witnesses import copying


class Settled(NamedTuple):
    """Meetings that were decided of anew, and those that nobody tells of with what they spoke of."""

    changed: set[int]
    gone: dict[int, str]


def told_in(db: sqlite3.Connection, names: Names, article: int, gist: Gist) -> list[Told]:
    """Give the tellings of an article with their references."""
    original = original_of(db, article, gist.article)
    witness = copying(gist.witness, {gist.article: original})
    return told_by(gist.tellings, gist.source, witness, names.within(gist))


def settle_meetings(db: sqlite3.Connection, names: Names, moves: Moves, moved: Set[int]) -> Settled:
    """Decide which tellings are one, of all that the articles which moved can touch."""
    touched = Touched()
    for article in {*moves.gone, *moved}:
        take_out(db, article, touched)
    for article in sorted(moved):
        gist = gist_in(db, article)
        if gist.tellings:
            put_in(db, article, told_in(db, names, article, gist), touched)
    regroup(db, touched)
    changed, gone = changed_meetings(db, touched)
    for number in changed:
        members = members_of(db, number)
        chosen = blob(chosen_of(members, names.anywhere))
        db.execute(
            "INSERT INTO meeting (id, base, chosen) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET base = excluded.base, chosen = excluded.chosen",
            (number, base_key(members), chosen),
        )
    lost = _forget(db, gone)
    return Settled(changed | _name(db), lost)


def members_of(db: sqlite3.Connection, meeting: int) -> list[Told]:
    """The tellings of a meeting."""
    query = "SELECT told FROM telling WHERE meeting = ?"
    return in_order(value_of(content, Told) for content in column(db, query, (meeting,)))


def chosen_in(db: sqlite3.Connection, article: int, number: int) -> tuple[Ref, Chosen]:
    """The meeting that a telling is of, and what is asserted of it."""
    query = "SELECT ref, chosen FROM meeting WHERE id = (SELECT meeting FROM telling WHERE id = ?)"
    key, chosen = db.execute(query, (article * MOST + number,)).fetchone()
    return Ref(ThingKind.MEETING, key), value_of(chosen, Chosen)


def doubts(db: sqlite3.Connection) -> Iterator[Issue]:
    """A note for each telling that fits several meetings."""
    query = "SELECT told FROM telling WHERE doubtful = 1"
    return (doubt_of(value_of(content, Told)) for content in column(db, query))


def _forget(db: sqlite3.Connection, gone: Iterable[int]) -> dict[int, str]:
    """Forget meetings; gives the subjects that each spoke of, as its table lists them."""
    lost = {}
    for number in gone:
        for text in column(db, "SELECT subjects FROM meeting WHERE id = ?", (number,)):
            lost[number] = text or ""
        db.execute("DELETE FROM meeting WHERE id = ?", (number,))
    return lost


def _name(db: sqlite3.Connection) -> set[int]:
    """Give each meeting a name of its own; gives those that had another."""
    rows = list(db.execute("SELECT id, base, ref FROM meeting"))
    keys: dict[int, str] = {number: base for number, base, _ in rows}
    told_apart(keys, lambda number: members_of(db, number))
    renamed = {number for number, _, ref in rows if keys[number] != ref}
    db.executemany(
        "UPDATE meeting SET ref = ? WHERE id = ?", ((keys[number], number) for number in renamed)
    )
    return renamed

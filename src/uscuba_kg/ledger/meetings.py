"""Which tellings are of one meeting, decided anew for those that a change can touch.

Tellings can only be of one meeting if they share a key (:func:`resolve.likeness.blocks`), or one
without a year and one with it share the key of their day. What such keys connect is decided at once
by the same code that decides of all articles; the rest stays as it was.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Set
from hashlib import blake2b
from typing import NamedTuple

from uscuba_kg.ledger.arrivals import Moves, gist_in
from uscuba_kg.ledger.copies import original_of
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.tables import blob, column, value_of
from uscuba_kg.model import Issue, Ref, ThingKind
from uscuba_kg.resolve.claims import Chosen, chosen_of
from uscuba_kg.resolve.events import doubt_of, group
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.resolve.keys import base_key, told_apart
from uscuba_kg.resolve.likeness import blocks, nodes_of, yearless_blocks
from uscuba_kg.resolve.tellings import Told, in_order, told_by
from uscuba_kg.resolve.witnesses import copying

MOST = 1 << 20
"""How many tellings one article can have: their numbers are made of its number and their own."""
_ANY, _DATED, _YEARLESS = range(3)
_MEETS = {_ANY: _ANY, _DATED: _YEARLESS, _YEARLESS: _DATED}
"""Which sort of key a key of each sort meets: days of two known years need no look at each other."""

Key = tuple[int, int]


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
    seeds: set[int] = set()
    gone: set[int] = set()
    for article in {*moves.gone, *moved}:
        seeds |= _take_out(db, article, gone)
    for article in sorted(moved):
        seeds.update(_put_in(db, names, article))
    changed: set[int] = set()
    left = {n for n in seeds if any(column(db, "SELECT 1 FROM telling WHERE id = ?", (n,)))}
    while left:
        part = _connected(db, left.pop())
        left -= part.keys()
        found, before = _regroup(db, names, part)
        changed |= found
        gone |= before
    query = "SELECT 1 FROM telling WHERE meeting = ? LIMIT 1"
    gone = {number for number in gone if not any(column(db, query, (number,)))}
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


def _take_out(db: sqlite3.Connection, article: int, gone: set[int]) -> set[int]:
    """Take out the tellings of an article; gives those that they could touch."""
    query = "SELECT id, meeting, told FROM telling WHERE id >= ? AND id < ?"
    near: set[int] = set()
    own = list(db.execute(query, (article * MOST, (article + 1) * MOST)))
    for number, meeting, content in own:
        keys = list(_keys(value_of(content, Told)))
        for key in keys:
            near |= _holding(db, key)
        db.executemany(
            "DELETE FROM block WHERE hash = ? AND sort = ? AND telling = ?",
            ((*key, number) for key in keys),
        )
        near.update(column(db, "SELECT id FROM telling WHERE meeting = ?", (meeting,)))
        db.execute("UPDATE telling SET meeting = NULL WHERE meeting = ?", (meeting,))
        gone.add(meeting)
        db.execute("DELETE FROM telling WHERE id = ?", (number,))
    return near


def _put_in(db: sqlite3.Connection, names: Names, article: int) -> Iterator[int]:
    gist = gist_in(db, article)
    if not gist.tellings:
        return
    for told in told_in(db, names, article, gist):
        number = article * MOST + told.number
        db.execute("INSERT INTO telling VALUES (?, NULL, 0, ?)", (number, blob(told)))
        db.executemany(
            "INSERT OR IGNORE INTO block VALUES (?, ?, ?)", ((*k, number) for k in _keys(told))
        )
        yield number


def _keys(told: Told) -> set[Key]:
    """The keys of a telling as numbers, each with its sort."""
    nodes = nodes_of([told])
    if not nodes:
        return set()
    (node,) = nodes
    found: set[Key] = set()
    held = blocks(node)
    for key in held:
        assert isinstance(key, tuple)
        found.add((_number(key), _DATED if key[0] == "any-year" else _ANY))
    if not held:
        found |= {(_number(key), _YEARLESS) for key in yearless_blocks(node)}
    if told.series is not None:  # alike tellings are compared once, whatever their keys
        alike = ("alike", told.series, told.dates, told.place, told.ordinal, told.family)
        found.add((_number(alike), _ANY))
    return found


def _forget(db: sqlite3.Connection, gone: Iterable[int]) -> dict[int, str]:
    """Forget meetings; gives the subjects that each spoke of, as its table lists them."""
    lost = {}
    for number in gone:
        for text in column(db, "SELECT subjects FROM meeting WHERE id = ?", (number,)):
            lost[number] = text or ""
        db.execute("DELETE FROM meeting WHERE id = ?", (number,))
    return lost


def _number(key: Hashable) -> int:
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _holding(db: sqlite3.Connection, key: Key) -> set[int]:
    """The tellings that a key meets."""
    number, sort = key
    query = "SELECT telling FROM block WHERE hash = ? AND sort = ?"
    return set(column(db, query, (number, _MEETS[sort])))


def _connected(db: sqlite3.Connection, start: int) -> dict[int, Told]:
    """The tellings that keys connect with one."""
    part: dict[int, Told] = {}
    waiting, asked = {start}, set[Key]()
    while waiting:
        number = waiting.pop()
        query = "SELECT told FROM telling WHERE id = ?"
        part[number] = value_of(next(column(db, query, (number,))), Told)
        for key in _keys(part[number]) - asked:
            asked.add(key)
            waiting |= _holding(db, key) - part.keys()
    return part


def _regroup(
    db: sqlite3.Connection, names: Names, part: dict[int, Told]
) -> tuple[set[int], set[int]]:
    """Decide which of connected tellings are one; gives the meetings that changed, and all before."""
    numbers = {id(told): number for number, told in part.items()}
    of = {}
    for number in part:
        of[number] = next(column(db, "SELECT meeting FROM telling WHERE id = ?", (number,)))
    size = Counter(of.values())
    groups, doubtful = group(in_order(part.values()))
    changed = set()
    for members in groups:
        own = [numbers[id(told)] for told in members]
        meeting = min(own)
        if size[meeting] == len(own) and all(of[number] == meeting for number in own):
            continue
        changed.add(meeting)
        chosen = blob(chosen_of(members, names.anywhere))
        db.execute(
            "INSERT INTO meeting (id, base, chosen) VALUES (?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET base = excluded.base, chosen = excluded.chosen",
            (meeting, base_key(members), chosen),
        )
        db.executemany(
            "UPDATE telling SET meeting = ? WHERE id = ?", ((meeting, number) for number in own)
        )
    doubted = {numbers[id(told)] for told in doubtful}
    db.executemany(
        "UPDATE telling SET doubtful = ? WHERE id = ?",
        ((int(number in doubted), number) for number in part),
    )
    return changed, {meeting for meeting in size if meeting is not None}


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

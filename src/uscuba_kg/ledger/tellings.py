"""Which tellings are of one meeting, decided anew for those that a change can touch.

Tellings of known years can only be one if they share a key (:func:`resolve.likeness.blocks`): what
such keys connect is grouped at once, by the code that groups all. One without a year joins the one
group that it fits of those with which it shares the key of its day; it connects nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache, partial
from hashlib import blake2b

import msgspec

from uscuba_kg.ledger.tables import blob, column, value_of
from uscuba_kg.resolve.events import (
    NOTHING,
    YEARLESS,
    clashing_nodes,
    fits,
    group_dated,
    tier_of,
)
from uscuba_kg.resolve.likeness import Node, blocks, nodes_of, yearless_blocks
from uscuba_kg.resolve.tellings import Told

MOST = 1 << 20
"""How many tellings one article can have: their numbers are made of its number and their own."""
_ANY, _DATED, _YEARLESS = range(3)
"""Sorts of keys: those of known years meet each other, those of a day dated and yearless ones."""

_AT_HAND = 1 << 12

Key = tuple[int, int]
Nodes = Callable[[int], list[Node]]
"""Gives what the tellings of known years in a group say."""


class Touched(msgspec.Struct):
    """What a change touches: tellings of known years, others, and the groups that those joined.

    ``fresh`` are the tellings that came; ``before`` holds the tellings of meetings as they were.
    """

    dated: set[int] = msgspec.field(default_factory=set)
    yearless: set[int] = msgspec.field(default_factory=set)
    cores: set[int] = msgspec.field(default_factory=set)
    fresh: set[int] = msgspec.field(default_factory=set)
    before: dict[int, set[int]] = msgspec.field(default_factory=dict)


def take_out(db: sqlite3.Connection, article: int, touched: Touched) -> None:
    """Take out the tellings of an article."""
    query = "SELECT id, core, meeting, told FROM telling WHERE id >= ? AND id < ?"
    own = db.execute(query, (article * MOST, (article + 1) * MOST)).fetchall()
    for number, core, meeting, content in own:
        keys = _keys(value_of(content, Told))
        touched.dated |= _holding(db, keys, _ANY, _ANY)
        touched.yearless |= _holding(db, keys, _DATED, _YEARLESS)
        _remember(db, meeting, touched)
        if core is not None:
            touched.cores.add(core)
            touched.dated.update(column(db, "SELECT id FROM telling WHERE core = ?", (core,)))
        db.executemany(
            "DELETE FROM block WHERE hash = ? AND sort = ? AND telling = ?",
            ((*key, number) for key in keys),
        )
        db.execute("DELETE FROM telling WHERE id = ?", (number,))


def put_in(
    db: sqlite3.Connection, article: int, tellings: Iterable[Told], touched: Touched
) -> None:
    """Put in the tellings of an article."""
    for told in tellings:
        number, tier = article * MOST + told.number, tier_of(told)
        touched.fresh.add(number)
        db.execute("INSERT INTO telling VALUES (?, NULL, NULL, 0, ?)", (number, blob(told)))
        db.executemany(
            "INSERT OR IGNORE INTO block VALUES (?, ?, ?)", ((*k, number) for k in _keys(told))
        )
        if tier == NOTHING:
            _assign(db, number, [number], touched)
        else:
            (touched.yearless if tier == YEARLESS else touched.dated).add(number)


def regroup(db: sqlite3.Connection, touched: Touched) -> None:
    """Decide anew of which meetings all touched tellings are."""
    left = _of_known_years(db, touched.dated)
    while left:
        part = _connected(db, left.pop())
        left -= part.keys()
        _group(db, part, touched)
    nodes = lru_cache(maxsize=_AT_HAND)(partial(_nodes, db))
    for number in sorted(touched.yearless):
        _find_core(db, number, touched, nodes)
    for core in sorted(touched.cores):
        _gather(db, core, touched, nodes)


def changed_meetings(db: sqlite3.Connection, touched: Touched) -> tuple[set[int], set[int]]:
    """Give the meetings that have other tellings than before, and those that have none any more."""
    changed, gone = set(), set()
    for meeting, before in touched.before.items():
        now = _telling(db, meeting)
        if not now:
            gone.add(meeting)
        elif now != before or now & touched.fresh:
            changed.add(meeting)
    return changed, gone


def _telling(db: sqlite3.Connection, meeting: int) -> set[int]:
    return set(column(db, "SELECT id FROM telling WHERE meeting = ?", (meeting,)))


def _remember(db: sqlite3.Connection, meeting: int, touched: Touched) -> None:
    """Note which tellings a meeting has before others come or go."""
    if meeting not in touched.before:
        touched.before[meeting] = _telling(db, meeting)


def _of_known_years(db: sqlite3.Connection, numbers: Iterable[int]) -> set[int]:
    return {n for n in numbers if (told := _told(db, n)) and tier_of(told) < YEARLESS}


def _told(db: sqlite3.Connection, number: int) -> Told | None:
    content = next(column(db, "SELECT told FROM telling WHERE id = ?", (number,)), None)
    return value_of(content, Told) if content is not None else None


def _keys(told: Told) -> set[Key]:
    """The keys of a telling as numbers, each with its sort."""
    tier = tier_of(told)
    if tier == NOTHING:
        return set()
    (node,) = nodes_of([told])
    if tier == YEARLESS:
        return {(_number(key), _YEARLESS) for key in yearless_blocks(node)}
    found: set[Key] = set()
    for key in blocks(node):
        assert isinstance(key, tuple)
        found.add((_number(key), _DATED if key[0] == "any-year" else _ANY))
    if told.series is not None:  # alike tellings are compared once, whatever their keys
        alike = ("alike", told.series, told.dates, told.place, told.ordinal, told.family)
        found.add((_number(alike), _ANY))
    return found


def _number(key: Hashable) -> int:
    digest = blake2b(repr(key).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _holding(db: sqlite3.Connection, keys: Iterable[Key], mine: int, theirs: int) -> set[int]:
    """The tellings that have keys of their sort where one has keys of another."""
    query = "SELECT telling FROM block WHERE hash = ? AND sort = ?"
    found: set[int] = set()
    for number, sort in keys:
        if sort == mine:
            found.update(column(db, query, (number, theirs)))
    return found


def _connected(db: sqlite3.Connection, start: int) -> dict[int, Told]:
    """The tellings of known years that keys connect with one."""
    part: dict[int, Told] = {}
    waiting, asked = {start}, set[Key]()
    while waiting:
        number = waiting.pop()
        told = _told(db, number)
        assert told is not None
        part[number] = told
        fresh = _keys(told) - asked
        asked |= fresh
        waiting |= _holding(db, fresh, _ANY, _ANY) - part.keys()
    return part


def _group(db: sqlite3.Connection, part: dict[int, Told], touched: Touched) -> None:
    """Group connected tellings; what may join a group that changed is to be looked at again."""
    numbers = {id(told): number for number, told in part.items()}
    query = "SELECT core FROM telling WHERE id = ?"
    before = {number: next(column(db, query, (number,))) for number in part}
    size = Counter(before.values())
    groups, doubtful = group_dated(sorted(part.values(), key=Told.order))
    for nodes in groups:
        own = {numbers[id(told)] for node in nodes for told in node.members}
        core = min(own)
        is_same = size[core] == len(own) and all(before[number] == core for number in own)
        if is_same and core not in touched.cores:
            continue
        touched.cores.add(core)
        db.executemany("UPDATE telling SET core = ? WHERE id = ?", ((core, n) for n in own))
        for number in own:
            touched.yearless |= _holding(db, _keys(part[number]), _DATED, _YEARLESS)
    doubted = {numbers[id(told)] for told in doubtful}
    db.executemany(
        "UPDATE telling SET doubtful = ? WHERE id = ?", ((int(n in doubted), n) for n in part)
    )


def _dated(rows: Iterable[tuple[int, bytes]]) -> list[tuple[int, Told]]:
    """Of tellings those of known years."""
    told = ((number, value_of(content, Told)) for number, content in rows)
    return [(number, one) for number, one in told if tier_of(one) != YEARLESS]


def _find_core(db: sqlite3.Connection, number: int, touched: Touched, nodes: Nodes) -> None:
    """Find the one group that a telling without a year fits."""
    row = db.execute("SELECT core, told FROM telling WHERE id = ?", (number,)).fetchone()
    if row is None:
        return
    before, told = row[0], value_of(row[1], Told)
    met = _holding(db, _keys(told), _YEARLESS, _DATED)
    query = "SELECT core FROM telling WHERE id = ?"
    cores = sorted({core for other in met for core in column(db, query, (other,))})
    (node,) = nodes_of([told])
    fitting = [core for core in cores if fits(node, nodes(core))]
    core = fitting[0] if len(fitting) == 1 else None
    touched.cores |= {one for one in (before, core) if one is not None}
    query = "UPDATE telling SET core = ?, doubtful = ? WHERE id = ?"
    db.execute(query, (core, int(len(fitting) > 1), number))
    if core is None:
        _assign(db, number, [number], touched)


def _nodes(db: sqlite3.Connection, core: int) -> list[Node]:
    """What the tellings of known years in a group say."""
    rows = db.execute("SELECT id, told FROM telling WHERE core = ?", (core,))
    return nodes_of(sorted((told for _, told in _dated(rows)), key=Told.order))


def _gather(db: sqlite3.Connection, core: int, touched: Touched, nodes: Nodes) -> None:
    """Make a meeting of a group and of what joined it, without what cannot be of it together."""
    rows = db.execute("SELECT id, told FROM telling WHERE core = ?", (core,)).fetchall()
    own = [number for number, _ in _dated(rows)]
    if not own:
        return
    told = {number: value_of(content, Told) for number, content in rows}
    joined = {n: nodes_of([one])[0] for n, one in told.items() if tier_of(one) == YEARLESS}
    clashing = clashing_nodes(list(joined.values()), nodes(core))
    alone = {number for number, node in joined.items() if any(node is one for one in clashing)}
    _assign(db, core, [*own, *(joined.keys() - alone)], touched)
    for number in joined:
        db.execute("UPDATE telling SET doubtful = ? WHERE id = ?", (int(number in alone), number))
    for number in alone:
        _assign(db, number, [number], touched)


def _assign(db: sqlite3.Connection, meeting: int, own: Sequence[int], touched: Touched) -> None:
    """Say which tellings are of a meeting, and note what was told before."""
    _remember(db, meeting, touched)
    for number in own:
        query = "SELECT meeting FROM telling WHERE id = ?"
        for other in column(db, query, (number,)):
            if other is not None:
                _remember(db, other, touched)
    db.executemany("UPDATE telling SET meeting = ? WHERE id = ?", ((meeting, n) for n in own))

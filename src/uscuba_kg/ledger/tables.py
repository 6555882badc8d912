"""The tables of a ledger, and values in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from uscuba_kg import model
from uscuba_kg.kept import packed, unpacked_as
from uscuba_kg.model import Ref, ThingKind

_SCHEMA = """
-- sources of this build, and what a person should know about each
CREATE TABLE entry (name TEXT PRIMARY KEY, issues BLOB) WITHOUT ROWID;
-- articles, of exact copies the one that counts is live
CREATE TABLE article (
  id INTEGER PRIMARY KEY, sha TEXT, entry TEXT, place INTEGER, rank BLOB, live INTEGER,
  runs INTEGER, gist BLOB);
CREATE INDEX article_sha ON article (sha);
CREATE INDEX article_entry ON article (entry);
-- full names of people whom the authority data do not list, and whom they mean
CREATE TABLE form (name TEXT, side TEXT, article INTEGER, PRIMARY KEY (name, side, article))
  WITHOUT ROWID;
CREATE INDEX form_article ON form (article);
CREATE TABLE person (name TEXT, side TEXT, key TEXT, PRIMARY KEY (name, side)) WITHOUT ROWID;
-- how unlisted things are worded
CREATE TABLE wording (ref TEXT, article INTEGER, words BLOB, PRIMARY KEY (ref, article))
  WITHOUT ROWID;
CREATE INDEX wording_article ON wording (article);
-- samples of texts, pairs of copies both ways, and the originals of those that copy
CREATE TABLE run (hash INTEGER, article INTEGER);
CREATE TABLE pair (one INTEGER, other INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE original (article INTEGER PRIMARY KEY, sha TEXT);
-- tellings of meetings, the keys by which they can touch, the meetings
-- (core: the tellings of known years that are one, or those with which one without a year is one)
CREATE TABLE telling (
  id INTEGER PRIMARY KEY, core INTEGER, meeting INTEGER, doubtful INTEGER, told BLOB);
CREATE INDEX telling_core ON telling (core);
CREATE INDEX telling_meeting ON telling (meeting);
CREATE TABLE block (hash INTEGER, sort INTEGER, telling INTEGER, PRIMARY KEY (hash, sort, telling))
  WITHOUT ROWID;
CREATE TABLE meeting (id INTEGER PRIMARY KEY, base TEXT, ref TEXT, chosen BLOB, subjects TEXT);
-- the days on which articles have agreements signed, and which day holds
CREATE TABLE signed (ref TEXT, article INTEGER, day BLOB) ;
CREATE INDEX signed_ref ON signed (ref);
CREATE INDEX signed_article ON signed (article);
CREATE TABLE agreed (ref TEXT PRIMARY KEY, day BLOB) WITHOUT ROWID;
-- what was written down of an article when it was settled so
CREATE TABLE written (article INTEGER PRIMARY KEY, settled BLOB, counts BLOB, subjects TEXT);
-- what articles and meetings (negative) say of subjects that others may speak of, too
CREATE TABLE fact (subject TEXT, source INTEGER, said BLOB, PRIMARY KEY (subject, source))
  WITHOUT ROWID;
CREATE TABLE shown (subject TEXT PRIMARY KEY, counts BLOB) WITHOUT ROWID;
CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
_SCRATCH = """
CREATE TEMP TABLE line (subject TEXT, text TEXT);
CREATE TEMP TABLE wrote (article INTEGER, settled BLOB, counts BLOB, subjects TEXT);
CREATE TEMP TABLE saying (subject TEXT, source INTEGER, said BLOB);
CREATE TEMP TABLE spoke (id INTEGER PRIMARY KEY, subjects TEXT);
"""
_LATER = "CREATE INDEX IF NOT EXISTS run_hash ON run (hash, article)"

_KINDS = (model.Issue, model.Span)
_NAMES = frozenset(
    {(kind.__module__, kind.__name__) for kind in _KINDS} | {("collections", "Counter")}
)

_encode = msgspec.msgpack.Encoder().encode

T = TypeVar("T")


def opened(path: Path) -> sqlite3.Connection:
    """Open a ledger that nobody else uses; it is made where there is none.

    It is a copy that takes its place when all is done, so that no journal is needed.
    """
    is_new = not path.exists()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -65536")
    if is_new:
        db.executescript(_SCHEMA)
    db.executescript(_SCRATCH)
    db.execute("BEGIN")
    return db


def opened_to_read(path: Path) -> sqlite3.Connection:
    """Open a ledger in which nobody writes meanwhile."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def let_others_read(db: sqlite3.Connection) -> None:
    """Bring to the file what was changed, for those who read it (:func:`opened_to_read`)."""
    db.execute("COMMIT")
    db.execute("BEGIN")


def index_runs(db: sqlite3.Connection) -> None:
    """Sort the samples once they are there: that is quicker than to keep them sorted."""
    db.execute(_LATER)


def value_of(content: bytes, kind: type[T]) -> T:
    """Give a value back from a table."""
    if issubclass(kind, msgspec.Struct):
        found = _decoder(kind).decode(content)
    else:
        found = unpacked_as(content, _NAMES)
    assert isinstance(found, kind)
    return found


@cache
def _decoder(kind: type[Any]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


def blob(value: Any) -> bytes:
    """Give a value as a table holds it: MessagePack is read four times as fast as a pickle."""
    return _encode(value) if isinstance(value, msgspec.Struct) else packed(value)


def ref_text(ref: Ref) -> str:
    """Give a reference as a table holds it."""
    return f"{ref.kind.value}/{ref.key}"


def ref_of(text: str) -> Ref:
    """Give a reference back from a table."""
    kind, _, key = text.partition("/")
    return Ref(ThingKind(kind), key)


def column(db: sqlite3.Connection, query: str, values: Iterable[Any] = ()) -> Iterator[Any]:
    """Give the only column of a query, row by row."""
    for row in db.execute(query, tuple(values)):
        yield row[0]


def noted(db: sqlite3.Connection, name: str, kind: type[T]) -> T | None:
    """What is noted under a name; None where nothing is."""
    content = next(column(db, "SELECT value FROM about WHERE name = ?", (name,)), None)
    return value_of(content, kind) if content is not None else None


def note(db: sqlite3.Connection, name: str, value: Any) -> None:
    """Note something under a name."""
    db.execute("REPLACE INTO about VALUES (?, ?)", (name, blob(value)))

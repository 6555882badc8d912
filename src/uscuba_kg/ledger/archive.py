"""The graph of an archive brought up to date: what came is taken in, what depends on it written."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from uscuba_kg.errors import OutputError
from uscuba_kg.ingest import together
from uscuba_kg.ledger.arrivals import Gists
from uscuba_kg.ledger.articles import TRIPLES
from uscuba_kg.ledger.clerks import Desk, Readings
from uscuba_kg.ledger.graph import Scribe
from uscuba_kg.ledger.meetings import doubts
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.rows import Row, rows_of
from uscuba_kg.ledger.settling import settle
from uscuba_kg.ledger.shelf import digest_of, put_back, working_copy
from uscuba_kg.ledger.tables import column, note, noted, opened, value_of
from uscuba_kg.model import Issue, Reading, ThingKind
from uscuba_kg.publish.files import replace_bytes
from uscuba_kg.publish.splice import FORMS, Form, spliced
from uscuba_kg.rdf import vocab
from uscuba_kg.workers import Crew
from uscuba_kg.world import World

_GRAPH = "graph"
_ROWS_AT_MOST = 1_000


class Built(msgspec.Struct, frozen=True):
    """What a graph holds that was brought up to date, and what a person should know.

    ``rows`` are its meetings, where they are not more than a person would look through.
    """

    articles: int
    meetings: int
    people: int
    bodies: int
    agreements: int
    statements: int
    claims: int
    triples: int
    rows: tuple[Row, ...]
    issues: tuple[Issue, ...]


class Archive(msgspec.Struct, frozen=True):
    """The sources of an archive: their entries in order, and how to get at what they say.

    ``fresh`` reads those of which the gists are asked for; ``readings`` gives those of one source,
    ``at_hand`` does so where they need not be read. Workers of the ``crew`` help to write.
    """

    entries: Sequence[str]
    fresh: Callable[[Collection[str]], Iterable[Gists]]
    readings: Callable[[str], Sequence[Reading]]
    at_hand: Readings
    world: Callable[[], World]
    crew: Crew | None = None


def bring_up_to_date(
    archive: Archive,
    folder: Path,
    output: Path,
    stage: Callable[[str], None] = lambda _: None,
) -> Built:
    """Write the graph of an archive, or what changed of it since; the same bytes either way.

    ``folder`` holds the ledger. Where no article is left, no graph is written. Raises OutputError
    where the graph or the ledger cannot be written.
    """
    try:
        return _brought_up(archive, folder, output, stage)
    except sqlite3.Error as error:
        raise OutputError(
            f"what is kept could not be written: {error}",
            place=str(folder),
            remedy="The old graph stands as it was. Free some room, and build again.",
        ) from error


def _brought_up(
    archive: Archive, folder: Path, output: Path, stage: Callable[[str], None]
) -> Built:
    form = FORMS[output.suffix.lower()]
    with working_copy(folder) as copy:
        db = opened(copy)
        try:
            names = Names(db, archive.world())
            known = set(column(db, "SELECT name FROM entry"))
            fresh = archive.fresh([name for name in archive.entries if name not in known])
            change = settle(db, names, archive.entries, fresh, stage)
            articles = next(column(db, "SELECT COUNT(*) FROM article WHERE live = 1"))
            if articles:
                stage("emit")
                graph = (output.suffix.lower(), digest_of(output))
                anew = noted(db, _GRAPH, tuple) != graph
                desk = Desk(copy, archive.world, archive.at_hand, form.block)
                Scribe(db, names, archive.readings, desk, archive.crew, anew=anew).write(change)
                stage("write")
                _write(db, form, output, anew=anew)
            db.execute("DELETE FROM article WHERE entry IS NULL")
            built = _built(db, names, articles)
            db.execute("COMMIT")
        finally:
            db.close()
        put_back(copy, folder)
    return built


def _write(db: sqlite3.Connection, form: Form, output: Path, *, anew: bool) -> None:
    digest = hashlib.sha256()
    lines = db.execute("SELECT subject, text FROM line ORDER BY subject")

    def parts() -> Iterator[bytes | memoryview]:
        if anew:
            yield form.head.encode()
            yield from (text.encode() for _, text in lines)
        else:
            yield from spliced(output, form, lines)

    def hashed() -> Iterator[bytes | memoryview]:
        for part in parts():
            digest.update(part)
            yield part

    replace_bytes(output, hashed())
    note(db, _GRAPH, (output.suffix.lower(), digest.hexdigest()))


def _built(db: sqlite3.Connection, names: Names, articles: int) -> Built:
    told = column(db, "SELECT issues FROM entry")
    issues = set(together(issue for content in told for issue in value_of(content, tuple)))
    counts: Counter[str] = noted(db, "counts", Counter) or Counter()
    meetings = _shown(db, "meeting")
    return Built(
        articles=articles,
        meetings=meetings,
        people=_shown(db, "person"),
        bodies=_shown(db, "organization"),
        agreements=_shown(db, "agreement"),
        statements=counts.get(vocab.CLASSES[ThingKind.STATEMENT], 0),
        claims=counts.get(vocab.USCUBA + "Claim", 0),
        triples=noted(db, TRIPLES, int) or 0,
        rows=tuple(rows_of(db, names)) if meetings <= _ROWS_AT_MOST else (),
        issues=tuple(sorted({*issues, *doubts(db)})),
    )


def _shown(db: sqlite3.Connection, kind: str) -> int:
    """How many subjects of a kind the graph has."""
    query = "SELECT COUNT(*) FROM shown WHERE subject >= ? AND subject < ?"
    return int(next(column(db, query, (f"{vocab.ID}{kind}/", f"{vocab.ID}{kind}0"))))

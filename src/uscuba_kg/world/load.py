"""Files into a world: every reference checked, every name gathered."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from uscuba_kg.errors import SeedError
from uscuba_kg.kept import kept
from uscuba_kg.model import ThingKind
from uscuba_kg.resources import PACKAGE, ontology_dir, seeds_dir
from uscuba_kg.world.entries import ORGANIZATION_SUBTYPES, Entry, PostRecord, World, names_around
from uscuba_kg.world.names import match_names
from uscuba_kg.world.outlets import Outlet
from uscuba_kg.world.tables import (
    ENTRY_TABLES,
    OUTLET_COLUMNS,
    POST_COLUMNS,
    TITLE_COLUMNS,
    Row,
    Table,
    read_rows,
)
from uscuba_kg.world.titles import read_titles
from uscuba_kg.world.topics import read_topics


@lru_cache(maxsize=1)
def load_world() -> World:
    """Give the world of the shipped authority data; read once, and kept between runs."""
    folder, topics = seeds_dir() / "entities", ontology_dir() / "topics.ttl"
    return kept("world", *world_files(), World, lambda: read_world(folder, topics))


def world_files() -> tuple[list[Path], list[Path]]:
    """The files that the shipped world is read from, and the code that reads them."""
    entities = sorted((seeds_dir() / "entities").iterdir())
    code = sorted(Path(__file__).parent.glob("*.py")) + sorted(
        PACKAGE.joinpath("model").glob("*.py")
    )
    return [*entities, ontology_dir() / "topics.ttl"], [*code, PACKAGE / "text.py"]


def read_world(folder: Path, topics: Path) -> World:
    """Read the authority files of a folder and a file of topics.

    Raises :class:`uscuba_kg.errors.SeedError`, with file, line and remedy, at the first thing that
    is wrong.
    """
    entries: dict[str, Entry] = {}
    rows: dict[str, Row] = {}
    for table in ENTRY_TABLES:
        for row in read_rows(folder / table.file, table.columns):
            entry = _entry(table, row)
            if entry.id in entries:
                raise SeedError(
                    f"id {entry.id!r} is already taken at {rows[entry.id].place}",
                    place=row.place,
                    remedy="Ids are one space for all files: choose another.",
                )
            entries[entry.id], rows[entry.id] = entry, row
    for entry in entries.values():
        _check_references(entry, entries, rows[entry.id])
    posts = tuple(_post(row, entries) for row in read_rows(folder / "posts.csv", POST_COLUMNS))
    outlets = tuple(
        _outlet(row, entries) for row in read_rows(folder / "outlets.csv", OUTLET_COLUMNS)
    )
    titled = read_rows(folder / "titles.csv", TITLE_COLUMNS)
    titles = read_titles(
        titled, [(post.labels, list(names_around(entries, post.body))) for post in posts]
    )
    known_topics = read_topics(topics)
    for topic in known_topics:
        if topic.id in entries:
            raise SeedError(
                f"id {topic.id!r} is also that of a topic",
                place=rows[topic.id].place,
                remedy="Entries and topics share one space of ids: choose another.",
            )
    ids = {topic.id for topic in known_topics}
    for entry in entries.values():
        for wanted in entry.topics:
            if wanted not in ids:
                raise _unknown("topics", wanted, rows[entry.id])
    return World(
        entries, posts, match_names(entries.values()), known_topics, outlets=outlets, titles=titles
    )


def _entry(table: Table, row: Row) -> Entry:
    subtype = row.get("kind")
    if table.kind == ThingKind.ORGANIZATION and subtype not in ORGANIZATION_SUBTYPES:
        raise SeedError(
            f"unknown kind {subtype!r}",
            place=row.place,
            remedy="Known are " + ", ".join(sorted(ORGANIZATION_SUBTYPES)) + ".",
        )
    start, end = row.period("valid_from", "valid_to")
    return Entry(
        id=row.key("id"),
        kind=table.kind,
        subtype=subtype,
        labels=row.labels(),
        parent=row.get("parent"),
        state=row.get("state"),
        valid_from=start,
        valid_to=end,
        wikidata=row.wikidata(),
        demonyms=row.demonyms(),
        topics=tuple((row.get("topics") or "").split("|")) if row.get("topics") else (),
    )


def _check_references(entry: Entry, entries: dict[str, Entry], row: Row) -> None:
    if entry.parent is not None and entry.parent not in entries:
        raise _unknown("parent", entry.parent, row)
    if entry.state is not None:
        state = entries.get(entry.state)
        if state is None or state.kind != ThingKind.STATE:
            raise _unknown("state", entry.state, row)
    seen = {entry.id}
    above = entry.parent
    while above is not None:
        if above in seen:
            raise SeedError(
                f"{entry.id!r} lies within itself",
                place=row.place,
                remedy="Correct one of the parents on the way.",
            )
        seen.add(above)
        above = entries[above].parent if above in entries else None


def _post(row: Row, entries: dict[str, Entry]) -> PostRecord:
    person, body = row.key("person"), row.key("body")
    for column, key, kind in (
        ("person", person, ThingKind.PERSON),
        ("body", body, ThingKind.ORGANIZATION),
    ):
        if key not in entries or entries[key].kind != kind:
            raise _unknown(column, key, row)
    start, end = row.period("start", "end")
    return PostRecord(person, row.labels(), body, start, end)


def _outlet(row: Row, entries: dict[str, Entry]) -> Outlet:
    state = row.key("state")
    if state not in entries or entries[state].kind != ThingKind.STATE:
        raise _unknown("state", state, row)
    official = row.get("official")
    if official not in (None, "yes"):
        raise SeedError(
            f"official {official!r} is neither yes nor empty",
            place=row.place,
            remedy="Write yes for an organ of its state, and nothing for all others.",
        )
    domains = tuple((row.get("domains") or "").split("|")) if row.get("domains") else ()
    return Outlet(row.labels(), domains, state, official is not None)


def _unknown(column: str, key: str, row: Row) -> SeedError:
    return SeedError(
        f"unknown {column} {key!r}",
        place=row.place,
        remedy="Correct the id, or add a row for it to the file where it belongs.",
    )

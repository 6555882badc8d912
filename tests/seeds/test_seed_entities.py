"""The authority data themselves: sorted, unique, well-formed, in both languages."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict

import pytest

from uscuba_kg.resources import seeds_dir
from uscuba_kg.text import fold

FOLDER = seeds_dir() / "entities"
AT_LEAST = {
    "states": 90,
    "places": 300,
    "organizations": 430,
    "people": 450,
    "series": 30,
    "agreements": 30,
}
LANGUAGES = ("en", "es")
# Names that two things of one kind bear in truth; in a text only the context can tell them apart.
HOMONYMS = {"office of international affairs", "oficina de asuntos internacionales", "santiago"}


def rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names(row: dict[str, str], *fields: str) -> list[str]:
    cells = (row.get(f"{field}_{language}", "") for field in fields for language in LANGUAGES)
    return [name for cell in cells for name in cell.split("|") if name]


TABLES = {file: rows(file) for file in AT_LEAST}
POSTS = rows("posts")
OUTLETS = rows("outlets")
TITLES = rows("titles")
ENTRIES = {row["id"]: row for table in TABLES.values() for row in table}
FILES = sorted(AT_LEAST)


def test_every_file_of_the_folder_is_looked_at() -> None:
    found = {path.name for path in FOLDER.iterdir()}
    assert found == {f"{file}.csv" for file in (*FILES, "outlets", "posts", "titles")}
    assert len(POSTS) >= 600


@pytest.mark.parametrize("file", FILES)
def test_files_are_as_large_as_they_were(file: str) -> None:
    assert len(TABLES[file]) >= AT_LEAST[file]


def test_titles_are_sorted_and_in_both_languages() -> None:
    ids = [row["id"] for row in TITLES]
    assert len(ids) >= 200
    assert ids == sorted(set(ids))
    assert all(row["label_en"] and row["label_es"] for row in TITLES)
    for row in TITLES:
        for language in LANGUAGES:
            names = [row[f"label_{language}"], *row[f"alternates_{language}"].split("|")]
            folded = [fold(name) for name in names if name]
            assert len(set(folded)) == len(folded), row["id"]


@pytest.mark.parametrize("file", [*FILES, "outlets", "posts", "titles"])
def test_files_are_utf8_with_plain_line_ends(file: str) -> None:
    data = (FOLDER / f"{file}.csv").read_bytes()
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("file", FILES)
def test_rows_are_sorted_by_id(file: str) -> None:
    ids = [row["id"] for row in TABLES[file]]
    assert ids == sorted(ids)


def test_posts_are_sorted_by_person_and_start() -> None:
    keys = [(p["person"], p["start"] or "9999", p["label_en"]) for p in POSTS]
    assert keys == sorted(keys)
    assert len({tuple(p.values()) for p in POSTS}) == len(POSTS)


def test_ids_are_unique_over_all_files() -> None:
    counts = Counter(row["id"] for table in TABLES.values() for row in table)
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("file", FILES)
def test_everything_has_a_label_in_both_languages(file: str) -> None:
    bare = [row["id"] for row in TABLES[file] if not (row["label_en"] and row["label_es"])]
    assert bare == []
    assert all("|" not in row["label_en"] + row["label_es"] for row in TABLES[file])


def test_posts_have_a_label_in_both_languages() -> None:
    assert [p["person"] for p in POSTS if not (p["label_en"] and p["label_es"])] == []


@pytest.mark.parametrize("file", FILES)
def test_a_name_belongs_to_one_thing_of_its_kind(file: str) -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in TABLES[file]:
        for name in names(row, "label", "alternates", "hidden"):
            bearers[fold(name)].add(row["id"])
    shared = {name: ids for name, ids in bearers.items() if len(ids) > 1 and name not in HOMONYMS}
    assert shared == {}


def test_the_homonyms_are_needed() -> None:
    counts: Counter[str] = Counter()
    for table in TABLES.values():
        for row in table:
            counts.update({fold(n) for n in names(row, "label", "alternates")} & HOMONYMS)
    assert all(counts[name] > 1 for name in HOMONYMS)


@pytest.mark.parametrize("file", FILES)
def test_alternates_say_something_new(file: str) -> None:
    for row in TABLES[file]:
        labels = {fold(row["label_en"]), fold(row["label_es"])}
        others = [fold(name) for name in names(row, "alternates", "hidden")]
        assert len(set(others)) == len(others), row["id"]
        assert labels.isdisjoint(others), row["id"]


@pytest.mark.parametrize("file", [*FILES, "posts"])
def test_cells_have_no_stray_white_space(file: str) -> None:
    for row in TABLES.get(file, POSTS):
        for column, cell in row.items():
            parts = cell.split("|") if cell else []
            assert all(p and p == " ".join(p.split()) for p in parts), (row, column)


@pytest.mark.parametrize("column", ["parent", "state"])
def test_references_lead_somewhere(column: str) -> None:
    known = {row["id"] for row in TABLES["states"]} if column == "state" else set(ENTRIES)
    used = {row[column] for row in ENTRIES.values() if row.get(column)}
    assert len(used) > 20
    assert used <= known


def test_outlets_are_sorted_and_at_home_in_a_known_state() -> None:
    ids = [row["id"] for row in OUTLETS]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids) >= 40
    assert {row["state"] for row in OUTLETS} <= {row["id"] for row in TABLES["states"]}
    assert {row["official"] for row in OUTLETS} == {"", "yes"}
    assert all(row["source"] for row in OUTLETS)


def test_a_name_or_a_domain_belongs_to_one_outlet() -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for row in OUTLETS:
        for name in (*names(row, "label", "alternates"), *row["domains"].split("|")):
            bearers[fold(name)].add(row["id"])
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def test_posts_name_known_people_and_bodies() -> None:
    assert {p["person"] for p in POSTS} <= {row["id"] for row in TABLES["people"]}
    assert {p["body"] for p in POSTS} <= {row["id"] for row in TABLES["organizations"]}


def test_dates_are_as_precise_as_known() -> None:
    shape = re.compile(r"(?:1[5-9]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
    dates = [p[column] for p in POSTS for column in ("start", "end") if p[column]]
    for row in ENTRIES.values():
        dates += [row[c] for c in ("valid_from", "valid_to") if row.get(c)]
    assert len(dates) > 800
    assert [date for date in dates if not shape.fullmatch(date)] == []


def test_no_person_is_named_by_one_word() -> None:
    short = [name for row in TABLES["people"] for name in names(row, "label", "alternates")]
    assert [name for name in short if " " not in name] == []


def test_every_state_has_its_adjectives_in_both_languages() -> None:
    # "Polish" and "Indian" are other words too; two states have no adjective of their own.
    exempt = {"poland", "india", "holy-see", "east-germany"}
    bare = {
        row["id"]
        for row in TABLES["states"]
        if not (row["demonyms_en"] and row["demonyms_es"]) and row["id"] not in exempt
    }
    assert bare == set()


@pytest.mark.parametrize(
    ("file", "name", "key"),
    [
        ("states", "EE. UU.", "united-states"),
        ("organizations", "Treasury Department", "treasury"),
        ("organizations", "Departamento del Tesoro", "treasury"),
        ("organizations", "Tropas Guardafronteras", "tropas-guardafronteras"),
        ("organizations", "Cancillería", "minrex"),
        ("organizations", "Embajada de Cuba en Estados Unidos", "cuban-embassy-washington"),
        ("people", "Josefina Vidal", "josefina-vidal"),
        ("people", "Gustavo Machín", "gustavo-machin"),
        ("places", "Pinar del Río", "pinar-del-rio-city"),
        ("places", "Carolina del Norte", "north-carolina"),
        ("series", "ronda migratoria", "migration-talks"),
        ("series", "claims talks", "claims-talks"),
        ("series", "conversaciones sobre servicio aéreo", "civil-aviation-talks"),
        ("agreements", "1994 Migration Accord", "joint-communique-1994"),
    ],
)
def test_well_known_names_are_known(file: str, name: str, key: str) -> None:
    bearers = [
        row["id"]
        for row in TABLES[file]
        if fold(name) in {fold(n) for n in names(row, "label", "alternates")}
    ]
    assert bearers == [key]

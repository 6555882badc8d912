"""What pages are made of: words, days, pictures, evidence, search, questions."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from string import Formatter
from typing import Any

import pyoxigraph
import pytest

import uscuba_kg.publish.explorer as explorer
from uscuba_kg.publish.ask import named_questions
from uscuba_kg.publish.explain import claims_about, claims_of_article
from uscuba_kg.publish.explorer.dates import in_words, partial
from uscuba_kg.publish.explorer.evidence import tellings
from uscuba_kg.publish.explorer.home import topics_by_year
from uscuba_kg.publish.explorer.meeting_page import accounts
from uscuba_kg.publish.explorer.meetings import Filters, filters, meetings
from uscuba_kg.publish.explorer.page import Request
from uscuba_kg.publish.explorer.query import in_language
from uscuba_kg.publish.explorer.search import found_names, found_sentences
from uscuba_kg.publish.explorer.timeline import timeline, zoomed
from uscuba_kg.publish.explorer.visit import Visit
from uscuba_kg.text import fold

ID = "https://w3id.org/uscuba-kg/id/"
CONTESTED = ID + "meeting/migration-talks-2022-11-15"
ALL = Filters({}, None, None)


def visit(store: pyoxigraph.Store, language: str = "en", **parameters: str) -> Visit:
    return Visit(
        store, Request("/", tuple((n.rstrip("_"), v) for n, v in parameters.items()), language)
    )


def _shape(value: Any) -> Any:
    """The keys of a table, and the holes of its sentences."""
    if isinstance(value, Mapping):
        return {key: _shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return len(value)
    return sorted({name for _, name, _, _ in Formatter().parse(value) if name})


def test_both_languages_say_the_same_things() -> None:
    folder = Path(explorer.__file__).parent / "words"
    tables = [tomllib.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.toml"))]
    assert len(tables) == len(explorer.LANGUAGES)
    assert _shape(tables[0]) == _shape(tables[1])
    # a word that is a method of a table would be taken for it in a template
    names = {
        key
        for table in tables
        for group in table.values()
        if isinstance(group, dict)
        for key in group
    }
    assert names & set(dir({})) == set()


@pytest.mark.parametrize(
    ("start", "end", "language", "words"),
    [
        ("2023-01-18", "2023-01-19", "en", "18–19 January 2023"),
        ("2023-01-18", "2023-01-18", "es", "18 de enero de 2023"),
        ("2023-01", "", "en", "January 2023"),
        ("2023", "2023", "es", "2023"),
        ("--11-30", "--11-30", "en", "30 November"),
        ("2023-02-30", "", "en", "2023-02-30"),
        ("", "", "en", ""),
        ("soon", "later", "en", "soon – later"),
    ],
)
def test_days_in_words(start: str, end: str, language: str, words: str) -> None:
    assert in_words(start, end, language) == words


@pytest.mark.parametrize("text", ["", "20", "2023-13", "2023-1-1", "2023-02-30", "x2023", "2023\n"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert partial(text) is None


@pytest.mark.parametrize(
    ("parameters", "ends"),
    [
        ({}, {"2022-04-21", "2022-11-15", "2023-01-18", "2017-01-16"}),
        ({"series": "series/migration-talks"}, {"2022-04-21", "2022-11-15"}),
        ({"place": "place/havana"}, {"2022-11-15", "2023-01-18"}),
        ({"person": "person/josefina-vidal"}, {"2022-11-15"}),
        ({"told": "state/cuba"}, {"2022-11-15"}),
        ({"side": "state/cuba", "to": "2022-10"}, {"2022-04-21", "2017-01-16"}),
        ({"from_": "2022-11-16"}, {"2023-01-18"}),
        ({"from_": "2022", "to": "2022"}, {"2022-04-21", "2022-11-15"}),
        ({"topic": "topic/none"}, set()),
        ({"from_": "nonsense"}, {"2022-04-21", "2022-11-15", "2023-01-18", "2017-01-16"}),
    ],
)
def test_filters_find_meetings(
    store: pyoxigraph.Store, parameters: dict[str, str], ends: set[str]
) -> None:
    seen = visit(store, **parameters)
    found = meetings(seen, filters(seen.request))
    assert {m.thing.iri[-10:] for m in found} == ends
    days = [m.first for m in found if m.first]
    assert days == sorted(days, reverse=True)


def test_marks_stand_in_the_picture_and_apart(store: pyoxigraph.Store) -> None:
    found = meetings(visit(store), ALL)
    picture = timeline(found, ALL)
    assert picture is not None
    assert sum(len(lane.marks) for lane in picture.lanes) == len(found)
    assert picture.lanes[-1].series is None
    for lane in picture.lanes:
        rows: dict[int, list[float]] = {}
        for mark in lane.marks:
            assert 0 < mark.x < 100
            assert lane.label_y < mark.y < lane.y < picture.height
            rows.setdefault(mark.y, []).append(mark.x)
        assert all(b - a >= 1.45 for xs in rows.values() for a, b in pairwise(sorted(xs)))


@pytest.mark.parametrize("years", [1, 3, 10, 20, 50, 120])
def test_an_axis_has_a_few_ticks(store: pyoxigraph.Store, years: int) -> None:
    asked = Filters({}, dt.date(2023 - years, 1, 1), dt.date(2023, 12, 31))
    picture = timeline(meetings(visit(store), ALL), asked)
    assert picture is not None
    assert 4 <= len(picture.ticks) <= 26


def test_zoom_goes_in_and_out_around_the_middle() -> None:
    start, end = dt.date(2010, 1, 1), dt.date(2020, 1, 1)
    zooms = zoomed(start, end)
    assert start < zooms["nearer"][0] < zooms["nearer"][1] < end
    assert zooms["farther"][0] < start < end < zooms["farther"][1]
    assert zooms["earlier"][1] < end < zooms["later"][1]
    assert zoomed(dt.date.min, dt.date.max)["farther"] == (dt.date.min, dt.date.max)


def test_topics_are_counted_by_year(store: pyoxigraph.Store) -> None:
    found = meetings(visit(store), ALL)
    years = topics_by_year(found)
    assert years is not None
    total = sum(count for _, cells in years.rows for count, _ in cells)
    assert total == sum(len(m.topics) for m in found if m.first)
    assert all(
        (count == 0) == (shade == 0) and shade <= 5
        for _, cells in years.rows
        for count, shade in cells
    )


def test_marked_words_are_the_evidence(store: pyoxigraph.Store, iris: list[str]) -> None:
    seen = visit(store)
    articles = [iri for iri in iris if "/article/" in iri]
    assert len(articles) == 6
    for iri in articles:
        claims = claims_of_article(seen.view, iri)
        for telling in tellings(seen, claims):
            numbers = [fact.number for fact in telling.facts]
            assert numbers == list(range(1, len(numbers) + 1))
            for passage in telling.passages:
                text = "".join(piece.text for piece in passage.pieces)
                for fact in passage.facts:
                    marked = "".join(p.text for p in passage.pieces if fact.number in p.facts)
                    assert fact.claim.exact in marked
                    assert fact.claim.before + fact.claim.exact + fact.claim.after in text


def test_a_part_in_a_meeting_is_one_fact(store: pyoxigraph.Store) -> None:
    seen = visit(store)
    told = tellings(seen, claims_about(seen.view, CONTESTED))
    said = [(f.verb, f.value.name, f.side) for t in told for f in t.facts if "idal" in f.value.name]
    assert set(said) == {("chair", "Josefina Vidal Ferreiro", "cuba")}
    assert len(said) == 2
    assert [t.side for t in told] == ["united-states", "cuba"]


def test_a_conflict_is_shown_with_both_readings(store: pyoxigraph.Store) -> None:
    seen = visit(store)
    found = accounts(CONTESTED, tellings(seen, claims_about(seen.view, CONTESTED)))
    contested = [account for account in found if account.contested]
    assert [account.verb for account in contested] == ["kind of meeting"]
    assert found[0] is contested[0]
    assert [value.accepted for value in contested[0].values] == [True, False]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("vidal", "person/josefina-vidal"),
        ("VIDAL josefina", "person/josefina-vidal"),
        ("fernandez de cossio", "person/carlos-fernandez-de-cossio"),
        ("cossío", "person/carlos-fernandez-de-cossio"),
        ("la habana", "place/havana"),
        ("fbi", "organization/fbi"),
        ("migration talks april", "meeting/migration-talks-2022-04-21"),
        ("bold", "article/"),
    ],
)
def test_names_are_found(store: pyoxigraph.Store, asked: str, first: str) -> None:
    hits = found_names(visit(store), fold(asked).split())
    assert hits
    assert hits[0].thing.iri.startswith(ID + first)


@pytest.mark.parametrize(
    "asked", ["\\", '"', "a\\", "(", "[a", "$", "x{9}", "?s", "^", "|", "') }", "\u0000", "ñ*", "."]
)
def test_search_takes_any_sign_for_itself(store: pyoxigraph.Store, asked: str) -> None:
    terms = fold(asked).split()
    for hit in found_names(visit(store), terms):
        assert asked in hit.thing.name or asked in hit.called
    for sentence in found_sentences(visit(store), terms):
        assert fold(asked) in fold("".join(text for text, _ in sentence.pieces))


def test_sentences_are_found_once_and_cut_at_the_words(store: pyoxigraph.Store) -> None:
    found = found_sentences(visit(store), ["visa"])
    assert len(found) == 1
    assert [text for text, hit in found[0].pieces if hit] == ["visa"]


def test_questions_ask_for_names_in_the_readers_language() -> None:
    changed = [q for q in named_questions() if in_language(q.query, "es") != q.query]
    assert len(changed) > 40
    for question in changed:
        assert in_language(question.query, "en") == question.query
        assert not [
            line for line in in_language(question.query, "es").splitlines()
            if "COALESCE" in line and line.find("En,") < line.find("Es,") and "En," in line
        ]  # fmt: skip
        pyoxigraph.Store().query(in_language(question.query, "es"))

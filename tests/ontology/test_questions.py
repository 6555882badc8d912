"""The named questions on a small graph whose answers are known, in answers/ beside this file, and on the shipped one."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from uscuba_kg.pipeline import build
from uscuba_kg.publish.ask import named_questions, question_themes
from uscuba_kg.rdf.sparql import check_query
from uscuba_kg.rdf.turtle import ntriples
from uscuba_kg.resources import ontology_dir

HERE = Path(__file__).parent
FILES = {f.stem: f.read_text(encoding="utf-8") for f in ontology_dir().glob("questions/*.rq")}
ANSWERS = {f.stem: f for f in (HERE / "answers").glob("*.csv")}
TRIPLES = [q.triple for q in ox.parse(path=HERE / "questions.ttl", format=ox.RdfFormat.TURTLE)]
LANGUAGES = {"en", "es"}
SECONDS = 1.0
SPARSE = {  # what a better reading of the same articles may leave without a row
    "agreements-without-a-day", "announced-and-held", "both-sides-speak", "conflicts",
    "differences-between-sides", "least-sure",
    "rounds-missing", "without-a-year",
}  # fmt: skip


def answer(query: str, triples: list[ox.Triple]) -> list[list[str]]:
    """Head and rows; only the prefixes that the query itself declares are known."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = found.variables
    rows = [["" if (v := row[n]) is None else v.value for n in names] for row in found]
    return [[n.value for n in names], *rows]


@pytest.fixture(scope="module")
def other() -> rdflib.Graph:
    return rdflib.Graph().parse(HERE / "questions.ttl")


@pytest.fixture(scope="module")
def shipped() -> ox.Store:
    store = ox.Store()
    store.bulk_load("".join(ntriples(build(check=False).triples)).encode(), ox.RdfFormat.N_TRIPLES)
    return store


def test_every_question_has_its_answer() -> None:
    assert len(FILES) >= 70
    assert set(ANSWERS) == set(FILES)
    assert [q.name for q in named_questions()] == sorted(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_answer_is_the_known_one_in_whatever_order_the_graph_comes(name: str) -> None:
    with ANSWERS[name].open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file))
    assert len(expected) > 1, "an answer without rows shows nothing"
    assert answer(FILES[name], TRIPLES) == expected
    assert answer(FILES[name], TRIPLES[::-1]) == expected


@pytest.mark.parametrize("name", sorted(FILES))
def test_another_engine_gives_the_same_rows_in_the_same_order(
    name: str, other: rdflib.Graph
) -> None:
    found = other.query(FILES[name])
    rows = [["" if v is None else str(v) for v in row] for row in found]  # type: ignore[union-attr]
    assert [[str(v) for v in found.vars or ()], *rows] == answer(FILES[name], TRIPLES)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", sorted(FILES))
def test_the_shipped_graph_answers_quickly(name: str, shipped: ox.Store) -> None:
    check_query(FILES[name])
    begin = time.process_time()
    found = shipped.query(FILES[name])
    assert isinstance(found, ox.QuerySolutions)
    rows = list(found)
    assert time.process_time() - begin < SECONDS
    assert rows or name in SPARSE


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_question_opens_with_its_words_and_tells_its_order(name: str) -> None:
    head = FILES[name].splitlines()[:3]
    for line, start, end in zip(
        head, ("# en: ", "# es: ", "# why: "), ("?", "?", "."), strict=True
    ):
        assert line.startswith(start)
        assert line.endswith(end)
    assert "¿" in head[1]
    assert "ORDER BY" in FILES[name]


def test_every_question_is_in_a_group_and_no_group_is_empty() -> None:
    themes = question_themes()
    assert {q.theme for q in named_questions()} == set(themes)
    assert all(set(titles) == LANGUAGES for titles in themes.values())
    assert all(set(q.texts) == LANGUAGES for q in named_questions())


def test_no_two_questions_ask_the_same() -> None:
    for language in LANGUAGES:
        assert len({q.texts[language] for q in named_questions()}) == len(FILES)
    assert len({re.sub(r"^#.*$", "", text, flags=re.MULTILINE) for text in FILES.values()}) == len(
        FILES
    )


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_question_declares_the_prefixes_that_it_uses_and_no_others(name: str) -> None:
    declared = set(re.findall(r"^PREFIX (\w+):", FILES[name], re.MULTILINE))
    body = re.sub(r"^(?:PREFIX|#).*$|<[^\s>]*>", "", FILES[name], flags=re.MULTILINE)
    assert declared == set(re.findall(r"(?<![\w?])(\w+):\w", body))


def test_the_graph_is_one_that_its_maker_could_have_built() -> None:
    terms = {n.value for t in TRIPLES for n in t if isinstance(n, ox.NamedNode)}
    own = {t.split("#")[1] for t in terms if t.startswith("https://w3id.org/uscuba-kg/ontology#")}
    ontology = (ontology_dir() / "uscuba.ttl").read_text(encoding="utf-8")
    assert len(own) > 25
    assert sorted(name for name in own if f"\nuscuba:{name} a " not in ontology) == []
    subjects = {str(t.subject) for t in TRIPLES}
    dangling = {str(t.object) for t in TRIPLES if "/uscuba-kg/id/" in str(t.object)} - subjects
    assert sorted(dangling) == []

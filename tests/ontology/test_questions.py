"""The named questions on a small graph whose answers are known, in answers/ beside this file."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from uscuba_kg.publish.ask import named_questions
from uscuba_kg.resources import ontology_dir

HERE = Path(__file__).parent
FILES = {f.stem: f.read_text(encoding="utf-8") for f in ontology_dir().glob("questions/*.rq")}
ANSWERS = {f.stem: f for f in (HERE / "answers").glob("*.csv")}
TRIPLES = [q.triple for q in ox.parse(path=HERE / "questions.ttl", format=ox.RdfFormat.TURTLE)]


def answer(query: str, triples: list[ox.Triple]) -> list[list[str]]:
    """Head and rows; only the prefixes that the query itself declares are known."""
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = found.variables
    rows = [["" if (v := row[n]) is None else v.value for n in names] for row in found]
    return [[n.value for n in names], *rows]


def test_every_question_has_its_answer() -> None:
    assert len(FILES) == 15
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
def test_a_question_opens_with_its_words_and_tells_its_order(name: str) -> None:
    head = FILES[name].splitlines()[:3]
    for line, start, end in zip(
        head, ("# en: ", "# es: ¿", "# why: "), ("?", "?", "."), strict=True
    ):
        assert line.startswith(start)
        assert line.endswith(end)
    assert "ORDER BY" in FILES[name]


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_question_declares_the_prefixes_that_it_uses_and_no_others(name: str) -> None:
    declared = set(re.findall(r"^PREFIX (\w+):", FILES[name], re.MULTILINE))
    body = re.sub(r"^(?:PREFIX|#).*$|<[^>]*>", "", FILES[name], flags=re.MULTILINE)
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

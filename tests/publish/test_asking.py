from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from articles import RESUMED, SPANISH, YEARLESS, built
from uscuba_kg.errors import InputError, QueryError
from uscuba_kg.publish.ask import ask, to_csv, to_json, to_table, to_tsv
from uscuba_kg.publish.explain import explain
from uscuba_kg.publish.explain_report import explanation_json, explanation_lines
from uscuba_kg.publish.formats import write_graph

TRIPLES = built(RESUMED, SPANISH, YEARLESS).triples
MEETINGS = "SELECT ?m ?date ?none WHERE { ?m a uscuba:Meeting ; schema:startDate ?date }"
KEY = "law-enforcement-dialogue-2023-01-18"


def test_rows_in_every_form() -> None:
    result = ask(TRIPLES, MEETINGS)
    iri = f"https://w3id.org/uscuba-kg/id/meeting/{KEY}"
    assert list(csv.reader(io.StringIO(to_csv(result)))) == [
        ["m", "date", "none"],
        [iri, "2023-01-18", ""],
    ]
    assert to_tsv(result).splitlines()[1].split("\t") == [
        f"<{iri}>",
        '"2023-01-18"^^<http://www.w3.org/2001/XMLSchema#date>',
        "",
    ]
    (binding,) = json.loads(to_json(result))["results"]["bindings"]
    assert binding["date"] == {
        "type": "literal",
        "value": "2023-01-18",
        "datatype": "http://www.w3.org/2001/XMLSchema#date",
    }
    assert "(1 row)" in to_table(result)


@pytest.mark.parametrize("ending", [".ttl", ".nq", ".trig", ".rdf"])
def test_a_file_of_any_format_can_be_asked(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    write_graph(TRIPLES, path)
    assert ask(path, "ASK { ?m a uscuba:Meeting }").verdict is True


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * WHERE { service silent ?x { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT * WHERE { ?s ?p", "line 1, column"),
        ("SELECT * WHERE { FILTER (" + "(" * 2000 + "1" + ")" * 2000 + ") }", "nests"),
    ],
)
def test_a_query_that_cannot_be_run_says_why(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        ask(TRIPLES, query)


def test_the_word_service_may_stand_in_a_string() -> None:
    assert ask(TRIPLES, 'ASK { FILTER (STRLEN("SERVICE <x>") > 3) } # LOAD').verdict is True


def test_a_graph_that_is_not_there_or_not_well_formed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="uscuba-kg build"):
        ask(tmp_path / "graph.ttl", "ASK {}")
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>\n  nonsense .", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken.ttl:\d+:\d+: not well-formed"):
        ask(broken, "ASK {}")


def test_an_explanation_marks_the_words_in_their_sentence() -> None:
    found = explain(TRIPLES, KEY)
    assert "uscuba:Meeting" in found.types
    assert len(found.claims) > 20
    lines = list(explanation_lines(found))
    assert any("Havana on [January 18-19, 2023]." in line for line in lines)
    assert json.loads(explanation_json(found))["iri"].endswith(KEY)


def test_a_replaced_name_still_answers() -> None:
    old = f"law-enforcement-dialogue-xxxx-01-18-{YEARLESS.sha256[:8]}"
    found = explain(TRIPLES, f"id:meeting/{old}")
    assert (found.iri.rsplit("/", 1)[1], found.replaced.rsplit("/", 1)[1]) == (KEY, old)


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(InputError, match="nothing in the graph"):
        explain(TRIPLES, "no-such-meeting")

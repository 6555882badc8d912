"""Answers in the W3C's forms, from graphs of others too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rdf.knowledge import KNOWLEDGE
from uscuba_kg.errors import InputError, QueryError
from uscuba_kg.publish.ask import ask, named_questions, to_csv, to_json, to_table, to_tsv
from uscuba_kg.publish.formats import FORMATS, write_graph
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.terms import Literal, Triple

TRIPLES = emit(KNOWLEDGE)
ODD = [
    Triple(
        vocab.ID + "place/x",
        vocab.LABEL,
        Literal('a "b",\tc\r\nd\x1b[2J', vocab.RDF + "langString", "en"),
    )
]
LABELS = "SELECT ?name WHERE { ?s rdfs:label ?name }"


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        (to_csv, 'name\r\n"a ""b"",\tc\r\nd\x1b[2J"\r\n'),
        (to_tsv, '?name\n"a \\"b\\",\\tc\\r\\nd\\u001B[2J"@en\n'),
        (to_table, 'name\n---------------\na "b", c d [2J\n(1 row)\n'),
    ],
)
def test_odd_words_in_each_form(form: object, wanted: str) -> None:
    assert callable(form)
    found = form(ask(ODD, LABELS)).replace("---------------", "-" * 15)
    assert (
        found.replace("--------------\n", "---------------\n").replace(
            "----------------", "---------------"
        )
        == wanted
    )


def test_json_says_what_each_value_is(tmp_path: Path) -> None:
    graph = tmp_path / "others.ttl"
    graph.write_text(
        '<http://e/a> <http://e/p> _:b, "x", "y"@es, 5, <http://e/c> .', encoding="utf-8"
    )
    document = json.loads(to_json(ask(graph, "SELECT ?o ?none { ?s ?p ?o }")))
    assert document["head"] == {"vars": ["o", "none"]}
    found = [b["o"] for b in document["results"]["bindings"]]
    (blank,) = [f for f in found if f["type"] == "bnode"]
    assert not blank["value"].startswith("_:")
    rest = sorted((f for f in found if f is not blank), key=lambda f: str(f["value"]))
    assert rest == [
        {"type": "literal", "value": "5", "datatype": vocab.XSD + "integer"},
        {"type": "uri", "value": "http://e/c"},
        {"type": "literal", "value": "x"},
        {"type": "literal", "value": "y", "xml:lang": "es"},
    ]


def test_a_blank_node_of_others_has_its_label_in_rows_and_triples(tmp_path: Path) -> None:
    graph = tmp_path / "others.nt"
    graph.write_text("_:b <http://e/p> _:b .\n", encoding="utf-8")
    rows = ask(graph, "SELECT ?s { ?s ?p ?o }")
    assert to_csv(rows).splitlines()[1].startswith("_:")
    assert to_tsv(rows).splitlines()[1].startswith("_:")
    triples = ask(graph, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert to_table(triples).startswith("_:")


def test_a_yes_and_a_no() -> None:
    yes = ask(TRIPLES, "ASK { ?m uscuba:status uscuba:Held }")
    assert (yes.verdict, to_table(yes)) == (True, "yes\n")
    assert json.loads(to_json(yes)) == {"head": {}, "boolean": True}
    assert to_table(ask(TRIPLES, "ASK { ?m uscuba:status uscuba:Cancelled }")) == "no\n"


def test_triples_come_sorted_and_are_not_rows() -> None:
    found = ask(TRIPLES, "CONSTRUCT { ?m schema:about ?t } WHERE { ?m schema:about ?t }")
    assert found.triples == tuple(t for t in TRIPLES if t.predicate == vocab.SCHEMA + "about")
    assert len(found.triples) == 2
    for form in (to_csv, to_tsv, to_json):
        with pytest.raises(QueryError, match="rows"):
            form(found)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_format_gives_the_same_answer(tmp_path: Path, ending: str) -> None:
    query = "SELECT ?m ?d { ?m a uscuba:Meeting ; schema:startDate ?d } ORDER BY ?m"
    path = tmp_path / f"graph{ending}"
    write_graph(TRIPLES, path)
    assert to_csv(ask(path, query)) == to_csv(ask(TRIPLES, query))
    assert len(ask(path, query).rows) == 2


def test_a_named_graph_of_others_is_asked_too(tmp_path: Path) -> None:
    graph = tmp_path / "others.nq"
    graph.write_text("<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n", encoding="utf-8")
    assert ask(graph, "ASK { ?s ?p ?o }").verdict is True


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * {\n  ?s ?p }", "line 2, column "),
        ("SELECT ?x {\n\n FILTER(nosuch:f(?x)) }", "line 3, column "),
        ("", "line 1, column 1"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1, column "),
    ],
)
def test_a_query_that_is_not_well_formed_says_where(query: str, place: str) -> None:
    with pytest.raises(QueryError) as told:
        ask(TRIPLES, query)
    assert told.value.place.startswith(place)


def test_a_file_named_in_a_query_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<http://e/a> <http://e/p> <http://e/b> .", encoding="utf-8")
    query = f"ASK FROM <{secret.as_uri()}> {{ <http://e/a> ?p ?o }}"
    assert ask(TRIPLES, query).verdict is False


def test_a_context_that_lies_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    graph = tmp_path / "others.jsonld"
    graph.write_text(
        '{"@context": "http://127.0.0.1:9/c", "@id": "http://e/a", "n": "x"}', encoding="utf-8"
    )
    with pytest.raises(InputError, match="not well-formed"):
        ask(graph, "ASK {}")


def test_a_folder_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").mkdir()
    with pytest.raises(InputError):
        ask(tmp_path / "graph.ttl", "ASK {}")
    with pytest.raises(InputError, match="no format has the ending"):
        ask(tmp_path / "graph.txt", "ASK {}")


def test_a_named_question_has_its_words_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "who.rq").write_text("# en: Who?\n# es: ¿Quién?\nSELECT ?x {}\n", encoding="utf-8")
    (question,) = named_questions(tmp_path)
    assert (question.name, question.texts) == ("who", {"en": "Who?", "es": "¿Quién?"})
    shipped = named_questions()
    assert len(shipped) >= 10
    for one in shipped:
        assert {"en", "es"} <= set(one.texts), one.name
        ask(TRIPLES, one.query)

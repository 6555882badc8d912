"""What is checked beside the shapes: vocabulary, evidence, questions, changes, and the shapes themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uscuba_kg import build
from uscuba_kg.check.command import Order, check
from uscuba_kg.check.graph.inputs import sources_of
from uscuba_kg.errors import InputError, QueryError, ShapeError
from uscuba_kg.publish.formats import write_graph

TEXT = "HAVANA, Nov. 15, 2022 - Officials of the United States and Cuba met in Havana on Tuesday for migration talks.\n"
HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://e/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    write_graph(build([folder / "a.txt"]).triples, folder / "graph.ttl")
    return folder


Found = list[tuple[str, str, str]]


def found(place: Path, **asked: Any) -> Found:
    outcome = check(Order(sources=sources_of([place]), **asked))
    return [(e.finding.severity, e.finding.component, e.finding.value) for e in outcome.entries]


@pytest.fixture
def edited(made: Path, tmp_path: Path) -> Callable[[str, str], Path]:
    def edit(old: str, new: str) -> Path:
        text = (made / "graph.ttl").read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "graph.ttl"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return path

    return edit


def test_a_graph_as_it_was_built_can_be_trusted(made: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text('meetings-in-order = 1\n"own.rq" = 1\n', encoding="utf-8")
    (tmp_path / "own.rq").write_text("ASK { ?m a uscuba:Meeting }", encoding="utf-8")
    asked = {"vocabulary": True, "evidence": (made / "a.txt",), "questions": floors}
    assert found(made / "graph.ttl", **asked) == []


def test_terms_that_nothing_declares_and_literals_that_are_none_are_told(
    edited: Callable[[str, str], Path],
) -> None:
    path = edited("uscuba:confidence", "uscuba:confidense")
    undeclared = [f for f in found(path, vocabulary=True) if f[1] == "UndeclaredTerm"]
    assert undeclared
    assert set(undeclared) == {
        ("violation", "UndeclaredTerm", "https://w3id.org/uscuba-kg/ontology#confidense")
    }
    path = edited('"2022-11-15"^^xsd:date', '"2022-11-31"^^xsd:date')
    value = '"2022-11-31"^^http://www.w3.org/2001/XMLSchema#date'
    assert ("violation", "IllFormedLiteral", value) in found(path, vocabulary=True)


def test_words_that_do_not_stand_at_their_offsets_are_told(
    made: Path, edited: Callable[[str, str], Path]
) -> None:
    path = edited('oa:exact "Havana"@en', 'oa:exact "Habana"@en')
    assert ("violation", "WordsNotThere", "Habana") in found(path, evidence=(made,))
    other = made / "other"
    other.mkdir(exist_ok=True)
    (other / "a.txt").write_text(TEXT.replace("Tuesday", "Monday"), encoding="utf-8")
    (missing,) = found(made / "graph.ttl", evidence=(other,))
    assert missing[:2] == ("warning", "ArticleNotGiven")
    (other / "b").mkdir(exist_ok=True)
    (other / "b" / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="there is no article here"):
        found(made / "graph.ttl", evidence=(other / "b",))


@pytest.mark.parametrize(
    ("floors", "error", "words"),
    [
        ("no-such-question = 1", QueryError, "there is no question"),
        ("meetings-in-order = 'many'", InputError, "needs a number of rows"),
        ("meetings-in-order = ", InputError, "not well-formed"),
        ('"none.rq" = 1', QueryError, "none.rq"),
        ('"bad.rq" = 1', QueryError, "bad.rq: "),
        ('"out.rq" = 1', QueryError, "SERVICE is refused"),
    ],
)
def test_questions_that_cannot_be_asked_are_told(
    made: Path, tmp_path: Path, floors: str, error: type[Exception], words: str
) -> None:
    (tmp_path / "floors.toml").write_text(floors, encoding="utf-8")
    (tmp_path / "bad.rq").write_text("SELECT {", encoding="utf-8")
    (tmp_path / "out.rq").write_text("ASK { SERVICE <http://127.0.0.1:9/> { } }", encoding="utf-8")
    with pytest.raises(error, match=words):
        found(made / "graph.ttl", questions=tmp_path / "floors.toml")


def test_a_question_with_fewer_rows_than_its_floor_is_told(made: Path, tmp_path: Path) -> None:
    (tmp_path / "floors.toml").write_text("meetings-in-order = 2", encoding="utf-8")
    floors = found(made / "graph.ttl", questions=tmp_path / "floors.toml")
    assert floors == [("violation", "TooFewRows", "1 < 2")]


CHANGES = [
    ("uscuba:status uscuba:Held", "uscuba:status uscuba:Chair"),
    ('oa:start "', 'oa:start "1'),
    ("    a uscuba:Place ;", "    a uscuba:Person ;"),
    ('uscuba:accepted "true"', 'uscuba:accepted "false"'),
]


@pytest.mark.parametrize("number", range(len(CHANGES)))
def test_only_what_changed_gets_the_same_findings_as_a_full_run(
    made: Path, edited: Callable[[str, str], Path], number: int
) -> None:
    path = edited(*CHANGES[number])
    whole = check(Order(sources=sources_of([path])))
    since = check(Order(sources=sources_of([path]), changed_since=sources_of([made / "graph.ttl"])))
    assert [e.id for e in since.entries] == [e.id for e in whole.entries]
    assert since.entries
    same = check(Order(sources=sources_of([path]), changed_since=sources_of([path])))
    assert same.entries == ()


def test_findings_about_what_did_not_change_are_left_out(
    made: Path, edited: Callable[[str, str], Path], tmp_path: Path
) -> None:
    path = edited("uscuba:status uscuba:Held", "uscuba:status uscuba:Chair")
    worse = tmp_path / "worse.ttl"
    worse.write_text(
        path.read_text(encoding="utf-8").replace('schema:sha256 "', 'schema:sha256 "X'),
        encoding="utf-8",
    )
    since = check(Order(sources=sources_of([worse]), changed_since=sources_of([path])))
    changed = {e.finding.shape.split("#")[1] for e in since.entries if "article" in e.finding.focus}
    assert changed == {"Article-sha256"}
    whole = check(Order(sources=sources_of([worse])))
    assert {e.id for e in since.entries} < {e.id for e in whole.entries}


def own(tmp_path: Path, shapes: str, data: str = "ex:a ex:p 1 ; ex:q 2 .") -> tuple[Path, Path]:
    (tmp_path / "shapes.ttl").write_text(HEAD + shapes, encoding="utf-8")
    (tmp_path / "data.ttl").write_text(HEAD + data, encoding="utf-8")
    return tmp_path / "data.ttl", tmp_path / "shapes.ttl"


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        (
            "ex:S a sh:NodeShape ;\n  sh:targetNode ex:a ; sh:minCuont 1 .",
            r"shapes.ttl:3: <http://e/S>: SHACL \(2017\) has no sh:minCuont",
        ),
        (
            "ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:memberShape ex:S .",
            "has no sh:memberShape",
        ),
        ('ex:S a sh:NodeShape ; sh:targetClass "C" .', "must be an IRI|wrong kind"),
        ("ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:minCount 1 .", "http://e/S"),
        ("ex:S sh:targetNode ex:a ; sh:property [ sh:minCount 1 ] .", "sh:path"),
        ("ex:S sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:severity 3 ] .", "sh:severity"),
        ("ex:S sh:targetNode ex:a ; sh:in ex:a .", "sh:in"),
        (
            "ex:S sh:targetNode ex:a ; sh:node ex:T . ex:T sh:node ex:S .",
            "lead back to themselves: .*ex|http://e/S",
        ),
        (
            "ex:S sh:targetNode ex:a ; sh:property [ sh:path ( ex:p ) ] .",
            "fewer than two|list|path",
        ),
    ],
)
def test_shapes_that_are_not_well_formed_are_told_before_anything_is_checked(
    tmp_path: Path, shapes: str, words: str
) -> None:
    data, place = own(tmp_path, shapes)
    with pytest.raises(ShapeError, match=words):
        found(data, shapes=(place,))


def test_shapes_that_look_at_nothing_and_names_that_nothing_declares_are_told(
    tmp_path: Path,
) -> None:
    data, place = own(
        tmp_path,
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:qq ; sh:maxCount 1 ] .\n"
        "ex:T a sh:NodeShape ; sh:targetClass ex:Thign .",
    )
    assert found(data, shapes=(place,)) == [
        ("warning", "NotDeclared", "http://e/qq"),
        ("warning", "NoFocusNode", ""),
        ("warning", "NotDeclared", "http://e/Thign"),
    ]
    ontology = tmp_path / "ontology.ttl"
    ontology.write_text(HEAD + "ex:qq a ex:Property . ex:Thign a ex:Class .", encoding="utf-8")
    assert found(data, shapes=(place,), ontology=(ontology,)) == [("warning", "NoFocusNode", "")]


def test_where_nothing_is_looked_at_it_is_told(tmp_path: Path) -> None:
    data, place = own(tmp_path, "ex:T a sh:NodeShape ; sh:targetClass ex:C .")
    assert ("warning", "NoFocusNodeAtAll", "") in found(data, shapes=(place,))
    assert found(data) == [("warning", "NoFocusNodeAtAll", "")]


ENDLESS = "SELECT $this { $this ex:p ?x . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . FILTER (STR(?a) = CONCAT(STR(?d), STR(?g), STR(?j), STR(?m))) }"
DEEP = "SELECT $this { $this ex:p ?x . FILTER (" + "(" * 3000 + "?x" + ")" * 3000 + " > 0) }"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (ENDLESS, "a query took longer than 0.5 seconds: .*--timeout"),
        (DEEP, "nests 30"),
        ("SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }", "SERVICE is refused"),
        ("SELECT $this { $this ex:p ?x MINUS { $this ex:q ?x } }", "MINUS is refused"),
        ("SELECT $this { VALUES ?x { 1 } $this ex:p ?x }", "VALUES is refused"),
        ("SELECT $this { $this ex:p ?x BIND (?x AS $this) }", "AS cannot bind it again"),
        ("SELECT $this { $this ex:p ?x FILTER nonsense }", "cannot be applied"),
    ],
)
def test_a_query_that_never_ends_or_reaches_out_is_told(
    tmp_path: Path, query: str, words: str
) -> None:
    data, place = own(
        tmp_path,
        'ex:prefixes sh:declare [ sh:prefix "ex" ; sh:namespace "http://e/"^^xsd:anyURI ] .\n'
        f'ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:prefixes ex:prefixes ; sh:select """{query}""" ] .',
        "\n".join(f"ex:n{i} ex:p {i} ; ex:q {i} ." for i in range(200)),
    )
    with pytest.raises((ShapeError, InputError), match=f"(?s){words}"):
        found(data, shapes=(place,), seconds=0.5)


def test_a_query_that_never_ends_is_told_by_pyshacl_too(tmp_path: Path) -> None:
    query = ENDLESS.replace("ex:p", "<http://e/p>")
    data, place = own(
        tmp_path,
        f'ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:sparql [ sh:select """{query}""" ] .',
        "\n".join(f"ex:n{i} ex:p {i} ; ex:q {i} ." for i in range(200)),
    )
    with pytest.raises(ShapeError, match=r"a query took longer than 0\.5 seconds"):
        found(data, shapes=(place,), seconds=0.5, engine="pyshacl")


def test_a_pattern_that_never_ends_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uscuba_kg.check.engine.values._SECONDS", 0.2)
    data, place = own(
        tmp_path,
        'ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property [ sh:path ex:p ; sh:pattern "^(a|aa)+$" ] .',
        f'ex:a ex:p "{"a" * 60}b" .',
    )
    with pytest.raises(ShapeError, match=r"took longer than 0\.2 seconds on one value"):
        found(data, shapes=(place,))

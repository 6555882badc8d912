"""Graphs of every kind against shapes of every kind, good and bad."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rdf.knowledge import KNOWLEDGE
from uscuba_kg.check.shapes import check_graph
from uscuba_kg.errors import InputError, ShapeError
from uscuba_kg.publish.formats import FORMATS, to_rdflib, write_graph
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.terms import Literal, Triple

TRIPLES = emit(KNOWLEDGE)
PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shacl: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ;
"""
DATA = [
    Triple("http://example.org/a", vocab.TYPE, "http://example.org/Thing"),
    Triple("http://example.org/a", "http://example.org/size", Literal("large")),
    Triple("http://example.org/b", vocab.TYPE, "http://example.org/Thing"),
]


@pytest.fixture
def shapes(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "shapes.ttl"
        path.write_text(PREFIXES + text, encoding="utf-8")
        return path

    return write


def test_the_graph_made_by_hand_conforms() -> None:
    report = check_graph(TRIPLES)
    assert (report.conforms, report.triples) == (True, len(TRIPLES))
    shape = "https://w3id.org/uscuba-kg/shapes#"
    # of one meeting the hand that made the graph named only one side's people
    assert [(f.severity, f.shape.removeprefix(shape)) for f in report.findings] == [
        ("info", "MeetingGaps-side"),
    ]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("ending", [*sorted(FORMATS), "rdflib"])
def test_a_graph_in_any_form_gets_the_same_verdict(tmp_path: Path, ending: str) -> None:
    meeting = vocab.ID + "meeting/migration-talks-2014-01"
    spoilt = [t for t in TRIPLES if (t.subject, t.predicate) != (meeting, vocab.USCUBA + "status")]
    if ending == "rdflib":
        report = check_graph(to_rdflib(spoilt))
    else:
        path = tmp_path / f"graph{ending}"
        write_graph(spoilt, path)
        report = check_graph(path)
    assert report == check_graph(spoilt)
    assert not report.conforms
    shape = "https://w3id.org/uscuba-kg/shapes#"
    assert [(f.shape.removeprefix(shape), f.component) for f in report.findings] == [
        ("MeetingGaps-side", "SPARQLConstraintComponent"),
        ("ClaimWords-asserted", "SPARQLConstraintComponent"),
        ("Meeting-status", "MinCountConstraintComponent"),
    ]


def test_a_shape_without_a_name_is_called_by_the_one_it_is_a_part_of(
    shapes: Callable[[str], Path],
) -> None:
    path = shapes("sh:property [ sh:path ex:size ; sh:minCount 1 ; sh:severity sh:Warning ] .")
    report = check_graph(DATA, shapes=path)
    assert report.conforms
    (finding,) = report.findings
    assert (finding.severity, finding.shape, finding.component) == (
        "warning",
        "http://example.org/Shape",
        "MinCountConstraintComponent",
    )
    assert (finding.focus, finding.path) == ("http://example.org/b", "http://example.org/size")


def test_a_message_names_the_thing_and_the_value_in_each_language(
    shapes: Callable[[str], Path],
) -> None:
    path = shapes(
        """sh:sparql [ sh:message "{?value} of {$this} is no size"@en , "{?value} no es un tamaño"@es ;
        sh:select "SELECT $this ?value { $this <http://example.org/size> ?value }" ] ."""
    )
    (finding,) = check_graph(DATA, shapes=path).findings
    assert finding.messages == (
        ("en", "large of http://example.org/a is no size"),
        ("es", "large no es un tamaño"),
    )


@pytest.mark.parametrize(
    "constraint", ['sh:in ( "large" )', 'sh:hasValue "large"', "sh:datatype xsd:string"]
)
@pytest.mark.parametrize(
    "also", ["", 'sh:sparql [ sh:select "SELECT $this { $this a <urn:none> }" ] ;']
)
def test_plain_words_meet_words_of_type_string(
    shapes: Callable[[str], Path], constraint: str, also: str
) -> None:
    """In either pass: the two stores hold them different unless one parser read both graphs."""
    path = shapes(f"{also} sh:property [ sh:path ex:size ; {constraint} ] .")
    assert check_graph(DATA[:2], shapes=path).findings == ()


def test_a_subclass_is_known_from_the_ontology(
    tmp_path: Path, shapes: Callable[[str], Path]
) -> None:
    path = shapes("sh:property ex:P . ex:P sh:path ex:size ; sh:minCount 1 .")
    ontology = tmp_path / "ontology.ttl"
    ontology.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix ex: <http://example.org/> .\n"
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "<http://example.org/> a owl:Ontology ; owl:imports <http://127.0.0.1:9/never> .\n"
        "ex:Narrower rdfs:subClassOf ex:Thing .\n",
        encoding="utf-8",
    )
    data = [Triple("http://example.org/c", vocab.TYPE, "http://example.org/Narrower")]
    assert check_graph(data, shapes=path).findings == ()
    (finding,) = check_graph(data, shapes=path, ontology=ontology).findings
    assert finding.shape == "http://example.org/P"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sh:property [ sh:path", r"shapes.ttl:\d+:\d+: not well-formed"),
        ("sh:property [ sh:minCount 1 ] .", "cannot be applied"),
        ('sh:property [ sh:path ex:size ; sh:minCount "x" ] .', "cannot be applied: MinCount"),
        ('sh:property [ sh:path ex:size ; sh:pattern "(" ] .', "cannot be applied"),
        ('sh:sparql [ sh:select "SELECT $this {" ] .', "cannot be applied: error at"),
        ('sh:sparql [ sh:message "nothing to select" ] .', "cannot be applied"),
        (
            'sh:sparql [ sh:select "SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }" ] .',
            "SERVICE is refused",
        ),
        (
            'shacl:sparql [ shacl:select "SELECT $this { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }" ] .',
            "SERVICE is refused",
        ),
    ],
)
def test_shapes_that_cannot_be_applied_are_told(
    shapes: Callable[[str], Path], text: str, words: str
) -> None:
    with pytest.raises(ShapeError, match=words):
        check_graph(DATA, shapes=shapes(text))


def test_what_is_raised_is_not_told_on_stderr_too(shapes: Callable[[str], Path]) -> None:
    path = shapes('sh:property [ sh:path ex:size ; sh:minCount "x" ] .')
    graph = path.with_name("graph.nt")
    write_graph(DATA, graph)
    program = (
        "import sys; from pathlib import Path; from uscuba_kg.check.shapes import check_graph\n"
        "from uscuba_kg.errors import ShapeError\n"
        "try: check_graph(Path(sys.argv[1]), shapes=Path(sys.argv[2]))\n"
        "except ShapeError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(graph), str(path)], capture_output=True, text=True
    )
    assert "minCount" in done.stdout
    assert done.stderr == ""


def test_places_without_shapes_or_ontology_are_told(tmp_path: Path) -> None:
    for place, words in ((tmp_path, "there are no"), (tmp_path / "none.ttl", "no such file")):
        with pytest.raises(ShapeError, match=words):
            check_graph(DATA, shapes=place)
        with pytest.raises(ShapeError, match=words):
            check_graph(DATA, ontology=place)


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("a.ttl", "<http://e/a> <http://e/b>\n   nonsense .", ":2:"),
        ("a.nt", "<http://e/a> <http://e/b> <http://e/c> .\nnonsense\n", ":2:"),
        ("a.rdf", "<rdf:RDF", "a.rdf"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/c"}', "a.jsonld"),
        ("a.csv", "a,b", "no format has the ending"),
    ],
)
def test_a_graph_that_cannot_be_read_says_where(
    tmp_path: Path, name: str, text: str, place: str
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=place):
        check_graph(path)


def test_nothing_is_fetched(
    tmp_path: Path, shapes: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = shapes(
        "sh:property [ sh:path ex:size ; sh:maxCount 1 ] .\n"
        "<http://example.org/> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/more> ."
    )
    data = [
        *DATA,
        Triple(
            "http://example.org/", "http://www.w3.org/2002/07/owl#imports", "http://127.0.0.1:9/x"
        ),
    ]
    assert check_graph(data, shapes=path).conforms


def test_a_report_does_not_depend_on_the_hash_seed(shapes: Callable[[str], Path]) -> None:
    path = shapes(
        'sh:property [ sh:path ex:size ; sh:minCount 2 ; sh:in ( "small" ) ] ;\n'
        "sh:or ( [ sh:path ex:x ; sh:minCount 1 ] [ sh:path ex:y ; sh:minCount 1 ] ) ;\n"
        "sh:nodeKind sh:Literal ; sh:class ex:None ."
    )
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "import msgspec, test_checking as t\n"
        "print(msgspec.json.encode(t.check_graph(t.DATA, shapes=Path(sys.argv[1]))).decode())"
    )
    told = set()
    for seed in ("1", "77", "4242"):
        paths = os.pathsep.join(p for p in sys.path if p)
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        arguments = [sys.executable, "-c", program, str(path), str(Path(__file__).parent)]
        told.add(subprocess.run(arguments, env=env, capture_output=True, check=True).stdout)
    assert len(told) == 1
    assert told.pop().count(b'"focus"') >= 8


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("uscuba_kg.rdf.emit", ["rdflib", "pyoxigraph", "pyshacl"]),
        ("uscuba_kg.publish.formats", ["rdflib", "pyoxigraph", "pyshacl"]),
        ("uscuba_kg.publish.explain", ["rdflib", "pyshacl"]),
        ("uscuba_kg.check.shapes", ["rdflib", "pyshacl", "multiprocessing"]),
    ],
)
def test_the_slow_libraries_are_imported_only_when_they_are_needed(
    module: str, absent: list[str]
) -> None:
    program = f"import sys, {module}; print([m for m in {absent} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_check_imports_neither_rdflib_nor_pyshacl() -> None:
    """They take a third of a second, and every build checks."""
    program = (
        "import sys, test_checking as t\n"
        "for name in ('rdflib', 'pyshacl', 'owlrl'): sys.modules[name] = None\n"
        "print(t.check_graph(t.TRIPLES).conforms)"
    )
    paths = os.pathsep.join([str(Path(__file__).parent), *(p for p in sys.path if p)])
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")

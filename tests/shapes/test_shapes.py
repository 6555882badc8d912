"""Every constraint of every shape has been seen to fail, alone, on a graph that else conforms."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, RDFS, SH, XSD, Literal, Namespace, URIRef

from articles import MIGRATION, RESUMED, built
from uscuba_kg.check.report import report_json, report_lines
from uscuba_kg.check.shapes import check_graph
from uscuba_kg.errors import InputError, ShapeError
from uscuba_kg.publish.formats import to_rdflib
from uscuba_kg.resources import ontology_dir, shapes_dir

U = Namespace("https://w3id.org/uscuba-kg/ontology#")
S = Namespace("https://schema.org/")
A = Namespace("http://www.w3.org/ns/oa#")
D = Namespace("http://purl.org/dc/terms/")
P = Namespace("http://www.w3.org/ns/prov#")
K = Namespace("http://www.w3.org/2004/02/skos/core#")
ID = Namespace("https://w3id.org/uscuba-kg/id/")
SHAPE = "https://w3id.org/uscuba-kg/shapes#"

BASE = to_rdflib(built(RESUMED, MIGRATION).triples)
CORE = [
    f
    for f in sorted(shapes_dir().glob("*.ttl"))
    if "sh:sparql" not in f.read_text(encoding="utf-8")
]
SHAPES = rdflib.Graph()
for file in sorted(shapes_dir().glob("*.ttl")):
    SHAPES.parse(file)
CONSTRAINTS = {
    SH.minCount: "MinCount", SH.maxCount: "MaxCount", SH["class"]: "Class", SH.datatype: "Datatype", SH["in"]: "In",
    SH["or"]: "Or", SH.pattern: "Pattern", SH.nodeKind: "NodeKind", SH.minInclusive: "MinInclusive",
    SH.maxInclusive: "MaxInclusive", SH.minLength: "MinLength", SH.uniqueLang: "UniqueLang",
}  # fmt: skip
CASES = sorted(
    (
        str(shape).removeprefix(SHAPE),
        name,
        str(SHAPES.value(shape, SH.path)),
        SHAPES.value(shape, p),
    )
    for shape in SHAPES.subjects(RDF.type, SH.PropertyShape)
    for p, name in CONSTRAINTS.items()
    if (shape, p, None) in SHAPES
)
SPARQL = sorted(str(s).removeprefix(SHAPE) for s in SHAPES.subjects(RDF.type, SH.SPARQLConstraint))
NOTHING = ID["nothing/at-all"]


def base() -> rdflib.Graph:
    """A graph that conforms and has a thing of every class."""
    graph = rdflib.Graph()
    graph += BASE
    graph.add((ID["agreement/mou"], RDF.type, U.Agreement))
    graph.add((ID["agreement/mou"], RDFS.label, Literal("Memorandum", lang="en")))
    graph.add((ID["speaker/x"], RDF.type, U.UnnamedSpeaker))
    graph.add((ID["speaker/x"], RDFS.label, Literal("an official", lang="en")))
    graph.add((ID["post/x"], RDF.type, U.Post))
    graph.add((ID["post/x"], RDFS.label, Literal("director", lang="en")))
    return graph


def target(shape: str, graph: rdflib.Graph) -> URIRef:
    """A thing that a shape looks at."""
    cls = SHAPES.value(URIRef(SHAPE + shape.split("-")[0]), SH.targetClass)
    nodes = sorted(graph.subjects(RDF.type, cls))
    assert nodes, f"the base graph has no {cls}"
    return nodes[0]


def clear(graph: rdflib.Graph, node: URIRef, path: URIRef) -> None:
    graph.remove((node, path, None))


def spoil(graph: rdflib.Graph, node: URIRef, path: URIRef, name: str, value: object) -> None:
    """Change one thing so that it breaks one constraint."""
    old = sorted(graph.objects(node, path))
    if name == "MinCount":
        keep = old[: int(str(value)) - 1]
        clear(graph, node, path)
        for term in keep:
            graph.add((node, path, term))
    elif name == "MaxCount":
        for extra in extras(graph, node, path, old, int(str(value)) + 1):
            graph.add((node, path, extra))
    elif name == "UniqueLang":
        graph.add((node, path, Literal("another name", lang=old[0].language)))
    else:
        clear(graph, node, path)
        bad: dict[str, object] = {
            "Class": NOTHING, "In": NOTHING, "Or": NOTHING, "Datatype": Literal("words"),
            "Pattern": Literal("!"), "NodeKind": Literal("words"), "MinLength": Literal(""),
            "MinInclusive": Literal(-5), "MaxInclusive": Literal("1.5", datatype=XSD.decimal),
        }  # fmt: skip
        term = bad[name]
        if path == K.notation:
            term = Literal(5)
        if name == "MinInclusive" and path == U.confidence:
            term = Literal("-0.5", datatype=XSD.decimal)
        graph.add((node, path, term))


def extras(
    graph: rdflib.Graph, node: URIRef, path: URIRef, old: list[object], count: int
) -> list[object]:
    """Values of the same kind as those that are there, until there are too many."""
    made: dict[URIRef, list[object]] = {
        U.ofState: [ID["state/cuba"], ID["state/united-states"]],
        U.onBehalfOf: [ID["state/cuba"], ID["state/united-states"]],
        U.status: [U.Held, U.Planned],
        U.role: [U.Chair, U.Member],
        U.accepted: [Literal(True), Literal(False)],
        U.retold: [Literal(True), Literal(False)],
        U.confidence: [Literal("0.1", datatype=XSD.decimal), Literal("0.2", datatype=XSD.decimal)],
        S.location: [ID["place/havana"], ID["state/cuba"]],
        S.superEvent: sorted(graph.subjects(RDF.type, U.MeetingSeries)),
        U.ordinal: [Literal(1), Literal(2)],
        A.start: [Literal(1), Literal(2)],
        A.end: [Literal(100001), Literal(100002)],
        U.speaker: [ID["state/cuba"], ID["state/united-states"]],
        U.participant: sorted(graph.subjects(RDF.type, U.Person))
        + sorted(graph.subjects(RDF.type, U.Organization)),
        P.hadPrimarySource: sorted(graph.subjects(RDF.type, U.Article)),
        S.sha256: [Literal("0" * 64), Literal("1" * 64)],
        D.language: [Literal("en"), Literal("es")],
        S.text: [Literal("a", lang="en"), Literal("b", lang="en")],
    }
    dates = [Literal("2022-04-21", datatype=XSD.date), Literal("2022-04-22", datatype=XSD.date)]
    default = (
        dates
        if path in (S.startDate, S.endDate, U.notBefore, U.notAfter, U.signed, D.issued)
        else None
    )
    values = made.get(path) or default or [Literal("one"), Literal("two")]
    if path in (RDF.subject, RDF.predicate, RDF.object):
        values = [ID["state/cuba"], ID["state/united-states"]]
    return [v for v in values if v not in old][: max(0, count - len(old))]


def found(graph: rdflib.Graph, tmp_path: Path, shapes: Path) -> set[tuple[str, str, str]]:
    path = tmp_path / "graph.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    report = check_graph(path, shapes=shapes)
    return {
        (f.shape.removeprefix(SHAPE), f.component.removesuffix("ConstraintComponent"), f.focus)
        for f in report.findings
    }


def test_the_base_graph_conforms(tmp_path: Path) -> None:
    assert found(base(), tmp_path, shapes_dir()) == set()


def test_there_are_cases_for_every_constraint() -> None:
    named = {
        p for s in SHAPES.subjects(RDF.type, SH.PropertyShape) for p in SHAPES.predicates(s, None)
    }
    others = {SH.path, SH.message, SH.severity, RDF.type}
    assert named - others == set(CONSTRAINTS)
    assert len(CASES) > 75
    assert len(SPARQL) == 5


@pytest.mark.parametrize(
    ("shape", "name", "path", "value"), CASES, ids=[f"{c[0]}-{c[1]}" for c in CASES]
)
def test_each_core_constraint_has_been_seen_to_fail(
    tmp_path: Path, shape: str, name: str, path: str, value: object
) -> None:
    graph = base()
    node = target(shape, graph)
    spoil(graph, node, URIRef(path), name, value)
    (shapes,) = [
        f for f in CORE if f"shape:{shape} a sh:PropertyShape" in f.read_text(encoding="utf-8")
    ]
    hits = found(graph, tmp_path, shapes)
    assert (shape, name, str(node)) in hits
    beside = {h for h in hits if h[2] == str(node) and not same_path(h[0], shape)}
    assert beside == set(), "the case breaks more than it should"


def same_path(one: str, other: str) -> bool:
    return SHAPES.value(URIRef(SHAPE + one), SH.path) == SHAPES.value(
        URIRef(SHAPE + other), SH.path
    )


def late(graph: rdflib.Graph) -> None:
    node = target("Meeting", graph)
    clear(graph, node, U.notAfter)
    graph.add((node, U.notAfter, Literal("1999-01-01", datatype=XSD.date)))


def both_sides(graph: rdflib.Graph) -> None:
    node = target("Meeting", graph)
    person = sorted(graph.subjects(RDF.type, U.Person))[0]
    for state in ("cuba", "united-states"):
        part = ID[f"participation/test/{state}"]
        graph.add((node, U.participation, part))
        graph.add((part, RDF.type, U.Participation))
        graph.add((part, U.participant, person))
        graph.add((part, U.role, U.Chair))
        graph.add((part, U.onBehalfOf, ID[f"state/{state}"]))


def no_words(graph: rdflib.Graph) -> None:
    node = target("Claim", graph)
    clear(graph, node, A.end)
    graph.add((node, A.end, graph.value(node, A.start)))


def longer(graph: rdflib.Graph) -> None:
    node = target("Claim", graph)
    words = graph.value(node, A.exact)
    clear(graph, node, A.exact)
    graph.add((node, A.exact, Literal(f"{words}!", lang="en")))


def not_asserted(graph: rdflib.Graph) -> None:
    node = target("Claim", graph)
    clear(graph, node, RDF.object)
    graph.add((node, RDF.object, NOTHING))


@pytest.mark.parametrize(
    ("shape", "change"),
    [
        ("MeetingDays-order", late),
        ("MeetingDays-chair", both_sides),
        ("ClaimWords-order", no_words),
        ("ClaimWords-length", longer),
        ("ClaimWords-asserted", not_asserted),
    ],
)
def test_each_sparql_constraint_has_been_seen_to_fail(
    tmp_path: Path, shape: str, change: Callable[[rdflib.Graph], None]
) -> None:
    assert shape in SPARQL
    graph = base()
    change(graph)
    hits = found(graph, tmp_path, shapes_dir() / "crosscutting.ttl")
    assert {h[0] for h in hits} == {shape}


def test_every_target_and_path_is_a_term_that_the_ontology_declares() -> None:
    ontology = rdflib.Graph().parse(ontology_dir() / "uscuba.ttl")
    declared = set(ontology.subjects(RDF.type, None))
    known = {RDFS.label, RDF.subject, RDF.predicate, RDF.object, K.notation}
    used = {o for p in (SH.targetClass, SH.path, SH["class"]) for o in SHAPES.objects(None, p)}
    assert len(used) > 40
    assert sorted(str(u) for u in used - declared - known) == []


def test_every_shape_speaks_both_languages_and_has_a_severity() -> None:
    shapes = [
        *SHAPES.subjects(RDF.type, SH.PropertyShape),
        *SHAPES.subjects(RDF.type, SH.SPARQLConstraint),
    ]
    for shape in shapes:
        assert {m.language for m in SHAPES.objects(shape, SH.message)} == {"en", "es"}, shape
        assert SHAPES.value(shape, SH.severity) is not None, shape


def test_a_report_says_what_where_and_what_to_do(tmp_path: Path) -> None:
    graph = base()
    late(graph)
    path = tmp_path / "graph.ttl"
    graph.serialize(path, format="turtle", encoding="utf-8")
    report = check_graph(path)
    assert not report.conforms
    english, spanish = "\n".join(report_lines(report)), "\n".join(report_lines(report, "es"))
    assert "does not conform" in english
    assert "correct uscuba:notBefore" in english
    assert "corrija uscuba:notBefore" in spanish
    assert re.search(r"VIOLATION .*MeetingDays-order", english)
    assert '"conforms": false' in report_json(report)


def test_what_cannot_be_checked_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken.ttl:1:\d+"):
        check_graph(broken)
    with pytest.raises(InputError, match="no such file"):
        check_graph(tmp_path / "none.ttl")
    graph = tmp_path / "graph.nt"
    graph.write_text("<https://a> <https://b> <https://c> .\n", encoding="utf-8")
    with pytest.raises(ShapeError, match=r"broken.ttl"):
        check_graph(graph, shapes=broken)
    (tmp_path / "empty").mkdir()
    with pytest.raises(ShapeError, match="no shapes here"):
        check_graph(graph, shapes=tmp_path / "empty")

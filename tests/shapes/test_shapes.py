"""Every constraint of every shape has been seen to fail, alone, on a graph that else conforms."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib import DCTERMS, PROV, RDF, RDFS, SH, SKOS, VOID, Namespace, URIRef
from rdflib.collection import Collection

from shapes.cases import CORE, CROSSCUTTING, FINE, Case
from uscuba_kg.check.shapes import check_graph
from uscuba_kg.resources import ontology_dir, shapes_dir

U = Namespace("https://w3id.org/uscuba-kg/ontology#")
SHAPE = Namespace("https://w3id.org/uscuba-kg/shapes#")
BASE_FILE = Path(__file__).parent / "base.ttl"
BASE = rdflib.Graph().parse(BASE_FILE)
ONTOLOGY = rdflib.Graph().parse(ontology_dir() / "uscuba.ttl")
CLASSES = [t for t in ONTOLOGY if t[1] in (RDF.type, RDFS.subClassOf)]
FILES = sorted(shapes_dir().glob("*.ttl"))
WITH_SPARQL = [f for f in FILES if "sh:sparql" in f.read_text(encoding="utf-8")]
PREFIXES = "".join(
    line for line in BASE_FILE.read_text(encoding="utf-8").splitlines(True) if line[0] == "@"
)
COMPONENTS = {
    SH["class"]: "Class", SH.closed: "Closed", SH.datatype: "Datatype", SH["in"]: "In", SH["not"]: "Not", SH["or"]: "Or",
    SH.maxCount: "MaxCount", SH.maxInclusive: "MaxInclusive", SH.minCount: "MinCount", SH.minInclusive: "MinInclusive",
    SH.minLength: "MinLength", SH.nodeKind: "NodeKind", SH.pattern: "Pattern", SH.uniqueLang: "UniqueLang",
}  # fmt: skip
NO_CONSTRAINTS = {
    RDF.type, SH.message, SH.path, SH.property, SH.severity, SH.sparql, SH.targetClass, SH.targetSubjectsOf,
}  # fmt: skip
KINDS = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)


def parsed(files: list[Path]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for file in files:
        graph.parse(file)
    return graph


CORE_SHAPES = parsed([f for f in FILES if f not in WITH_SPARQL])
SPARQL_SHAPES = parsed(WITH_SPARQL)
SHAPES = CORE_SHAPES + SPARQL_SHAPES


def name(shape: rdflib.term.Node) -> str:
    return str(shape).removeprefix(SHAPE)


def constraints(graph: rdflib.Graph) -> set[tuple[str, str]]:
    """Every constraint that a shapes graph states, by the name of its shape."""
    core = {
        (name(shape), COMPONENTS[p])
        for kind in (SH.NodeShape, SH.PropertyShape)
        for shape in graph.subjects(RDF.type, kind)
        for p in graph.predicates(shape)
        if p in COMPONENTS
    }
    return core | {(name(s), "SPARQL") for s in graph.subjects(RDF.type, SH.SPARQLConstraint)}


def broken(data: rdflib.Graph, shapes: rdflib.Graph) -> set[tuple[str, str]]:
    """The constraints that a graph breaks, with the classes of the ontology known."""
    for triple in CLASSES:
        data.add(triple)
    _, report, text = pyshacl.validate(
        data, shacl_graph=shapes, allow_infos=True, allow_warnings=True, inplace=True
    )
    assert isinstance(report, rdflib.Graph), text
    return {
        (
            name(report.value(r, SH.sourceConstraint) or report.value(r, SH.sourceShape)),
            str(report.value(r, SH.sourceConstraintComponent))
            .removeprefix(str(SH))
            .removesuffix("ConstraintComponent"),
        )
        for r in report.subjects(RDF.type, SH.ValidationResult)
    }


def spoilt(case: Case) -> rdflib.Graph:
    graph = rdflib.Graph() + BASE
    if case.minus:
        subject, predicate = (BASE.namespace_manager.expand_curie(c) for c in case.minus.split())
        assert (subject, predicate, None) in graph, "there is nothing to take out"
        graph.remove((subject, predicate, None))
    return graph.parse(data=PREFIXES + case.plus, format="turtle")


def test_the_base_graph_conforms_and_has_a_thing_of_every_class() -> None:
    report = check_graph(BASE_FILE)
    assert (report.conforms, report.findings) == (True, ())
    targets = set(SHAPES.objects(None, SH.targetClass))
    assert len(targets) == 16
    assert targets <= set(BASE.objects(None, RDF.type))


def test_there_is_one_case_for_every_constraint() -> None:
    assert len(FILES) == 6
    assert [f.name for f in WITH_SPARQL] == ["crosscutting.ttl"]
    for cases, shapes, count in ((CORE, CORE_SHAPES, 152), (CROSSCUTTING, SPARQL_SHAPES, 21)):
        told = Counter((c.shape, c.component) for c in cases)
        assert set(told) == constraints(shapes)
        assert (len(told), max(told.values())) == (count, 1)


@pytest.mark.parametrize("case", CORE, ids=[f"{c.shape}-{c.component}" for c in CORE])
def test_the_case_breaks_its_constraint_and_nothing_else(case: Case) -> None:
    assert broken(spoilt(case), CORE_SHAPES) == {(case.shape, case.component), *case.also}


@pytest.mark.parametrize("case", CROSSCUTTING, ids=[c.shape for c in CROSSCUTTING])
def test_the_case_breaks_its_sparql_constraint_and_nothing_else(case: Case, tmp_path: Path) -> None:
    graph = spoilt(case)
    path = tmp_path / "graph.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    findings = check_graph(path, shapes=shapes_dir() / "crosscutting.ttl").findings
    wanted = {(case.shape, case.component), *case.also}
    assert {name(f.shape) for f in findings} == {shape for shape, _ in wanted}
    assert broken(graph, SPARQL_SHAPES) == wanted


@pytest.mark.parametrize("what", FINE)
def test_what_comes_near_and_breaks_nothing_is_let_be(what: str) -> None:
    assert broken(spoilt(Case("", "", *FINE[what])), SPARQL_SHAPES) == set()


def test_a_node_shape_bears_the_severity_of_its_sparql_constraints() -> None:
    """Engines look for it there alone."""
    pairs = list(SPARQL_SHAPES.subject_objects(SH.sparql))
    assert len(pairs) == len(CROSSCUTTING)
    for shape, constraint in pairs:
        said = [SPARQL_SHAPES.value(node, SH.severity) for node in (shape, constraint)]
        assert said[0] == said[1] is not None, constraint


def test_shapes_with_many_classes_look_at_each_of_them() -> None:
    for shape, found in (
        ("Named", ("Named-label", "MinCount")),
        ("Resource", ("Resource", "NodeKind")),
    ):
        targets = set(SHAPES.objects(SHAPE[shape], SH.targetClass))
        assert len(targets) == {"Named": 11, "Resource": 14}[shape]
        for target in targets:
            graph = spoilt(Case("", "", "", f"[] a <{target}> ."))
            assert found in broken(graph, CORE_SHAPES), target


def test_a_subclass_is_looked_at_too() -> None:
    for kind in ("Agency", "Ministry", "Mission", "Unit"):
        graph = spoilt(Case("", "", "", f"organization:new a uscuba:{kind} ."))
        assert broken(graph, CORE_SHAPES) == {("Named-label", "MinCount")}, kind


def steps(path: rdflib.term.Node) -> list[rdflib.term.Node]:
    """The properties of a path: one, the one walked backward, or those of a sequence."""
    path = SHAPES.value(path, SH.inversePath) or path
    return [path] if isinstance(path, URIRef) else list(Collection(SHAPES, path))


def test_every_class_and_property_that_a_shape_names_is_declared() -> None:
    declared = set(ONTOLOGY.subjects(RDF.type, None))
    well_known = {
        RDFS.label, RDF.subject, RDF.predicate, RDF.object,
        SKOS.altLabel, SKOS.exactMatch, SKOS.hiddenLabel, SKOS.notation, SKOS.prefLabel,
        DCTERMS.conformsTo, DCTERMS.license, PROV.wasDerivedFrom,
        VOID.Dataset, VOID.classPartition, VOID.entities, VOID.triples,
    }  # fmt: skip
    used = {
        o
        for p in (SH.targetClass, SH["class"], SH.targetSubjectsOf)
        for o in SHAPES.objects(None, p)
    }
    used |= {step for path in SHAPES.objects(None, SH.path) for step in steps(path)}
    used |= {v for values in SHAPES.objects(None, SH["in"]) for v in Collection(SHAPES, values)}
    assert len(used) > 60
    assert sorted(used - declared - well_known) == []
    assert sorted(well_known - used) == []


def test_shapes_cover_every_class_and_property_of_the_ontology() -> None:
    values = {U.MeetingKind, U.MeetingStatus, U.ParticipationRole}
    classes = set(ONTOLOGY.subjects(RDF.type, rdflib.OWL.Class)) - values
    covered = {c for c in classes for t in ONTOLOGY.transitive_objects(c, RDFS.subClassOf)
               if (None, SH.targetClass, t) in SHAPES}  # fmt: skip
    assert sorted(classes - covered) == []
    kinds = (rdflib.OWL.ObjectProperty, rdflib.OWL.DatatypeProperty)
    properties = {p for kind in kinds for p in ONTOLOGY.subjects(RDF.type, kind)}
    paths = {step for path in SHAPES.objects(None, SH.path) for step in steps(path)}
    assert sorted(properties - paths) == []


def test_every_shape_has_a_name_and_every_finding_speaks_both_languages() -> None:
    shapes = {s for kind in KINDS for s in SHAPES.subjects(RDF.type, kind)}
    assert len(shapes) >= 80
    assert [s for s in shapes if not str(s).startswith(SHAPE)] == []
    told = {SHAPE[shape] for shape, _ in constraints(SHAPES)}
    for shape in sorted(told):
        assert sorted(str(m.language) for m in SHAPES.objects(shape, SH.message)) == ["en", "es"], (
            shape
        )
        assert SHAPES.value(shape, SH.severity) in (SH.Violation, SH.Warning, SH.Info), shape


def test_nothing_stands_in_a_shape_that_no_case_would_notice() -> None:
    shapes = {
        s for kind in (SH.NodeShape, SH.PropertyShape) for s in SHAPES.subjects(RDF.type, kind)
    }
    said = {p for shape in shapes for p in SHAPES.predicates(shape)}
    assert sorted(said - set(COMPONENTS) - NO_CONSTRAINTS) == []
    listed = Counter(o for p in (SH.property, SH.sparql) for o in SHAPES.objects(None, p))
    parts = {s for kind in KINDS[1:] for s in SHAPES.subjects(RDF.type, kind)}
    assert set(listed) == parts
    assert set(listed.values()) == {1}

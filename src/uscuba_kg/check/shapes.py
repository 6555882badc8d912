"""A graph against SHACL shapes, with the ontology passed in (SHACL, W3C 2017).

Two passes of pySHACL, each on the store that suits it: core shapes on rdflib, SPARQL constraints on
an Oxigraph store with both graphs parsed by its own parser. See docs/decisions/0003.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uscuba_kg.errors import InputError, ShapeError
from uscuba_kg.model import Finding, Report
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import ntriples
from uscuba_kg.resources import ontology_dir, shapes_dir

if TYPE_CHECKING:
    import rdflib

SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
_BY_ENDING = {
    ".jsonld": "json-ld",
    ".nq": "nquads",
    ".nt": "nt",
    ".rdf": "xml",
    ".trig": "trig",
    ".ttl": "turtle",
}


def check_graph(
    graph: Path | Sequence[Triple], *, shapes: Path | None = None, ontology: Path | None = None
) -> Report:
    """Give the verdict on a graph, the project's shapes and ontology by default.

    Raises InputError for a graph and ShapeError for shapes or an ontology that cannot be read.
    Nothing is ever fetched: imports are not followed.
    """
    core, with_sparql = _shape_files(shapes or shapes_dir())
    turtle = _turtle_files(ontology or ontology_dir() / "uscuba.ttl")
    lines, count = _lines_of(graph)
    findings: set[Finding] = set()
    if core:
        findings |= _core_pass(lines, core, turtle)
    if with_sparql:
        findings |= _sparql_pass(lines, with_sparql, turtle)
    conforms = not any(f.severity == "violation" for f in findings)
    return Report(conforms, tuple(sorted(findings)), count)


def _turtle_files(place: Path) -> list[Path]:
    return sorted(place.glob("*.ttl")) if place.is_dir() else [place]


def _shape_files(place: Path) -> tuple[list[Path], list[Path]]:
    """The files of core shapes and those with SPARQL constraints."""
    files = _turtle_files(place)
    if not files:
        raise ShapeError("there are no shapes here", place=str(place), remedy="Name a .ttl file.")
    core: list[Path] = []
    with_sparql: list[Path] = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ShapeError(str(error), place=str(file)) from error
        (with_sparql if "sh:sparql" in text or SH + "sparql" in text else core).append(file)
    return core, with_sparql


def _lines_of(graph: Path | Sequence[Triple]) -> tuple[str, int]:
    """The graph as N-Triples, which both passes read at once, and its size."""
    if isinstance(graph, Path):
        return _read_lines(graph)
    triples = set(graph)
    return "".join(ntriples(triples)), len(triples)


def _read_lines(path: Path) -> tuple[str, int]:
    """A graph file as N-Triples; graphs of a dataset are taken together."""
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(path.suffix.lower().lstrip("."))
    if form is None:
        raise InputError(
            f"no format has the ending {path.suffix!r}",
            place=str(path),
            remedy=f"Use one of {' '.join(sorted(_BY_ENDING))}.",
        )
    try:
        quads = pyoxigraph.parse(path=str(path), format=form)
        triples = {pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in quads}
    except FileNotFoundError as error:
        raise InputError("there is no such file", place=str(path)) from error
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except SyntaxError as error:
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise InputError(f"not well-formed: {error.msg}", place=where) from error
    out = io.BytesIO()
    pyoxigraph.serialize(sorted(triples, key=str), out, pyoxigraph.RdfFormat.N_TRIPLES)
    return out.getvalue().decode(), len(triples)


def _core_pass(lines: str, shapes: Iterable[Path], ontology: Iterable[Path]) -> set[Finding]:
    import rdflib

    data = rdflib.Graph()
    data.parse(data=lines, format="nt")
    return _validate(data, _parsed(shapes, "turtle", None), _parsed(ontology, "turtle", None))


def _sparql_pass(lines: str, shapes: Iterable[Path], ontology: Iterable[Path]) -> set[Finding]:
    import rdflib

    data = rdflib.Graph(store="Oxigraph")
    data.parse(data=lines, format="ox-nt")
    return _validate(
        data, _parsed(shapes, "ox-turtle", "Oxigraph"), _parsed(ontology, "ox-turtle", "Oxigraph")
    )


def _parsed(files: Iterable[Path], form: str, store: str | None) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph(store=store) if store else rdflib.Graph()
    for file in files:
        try:
            graph.parse(str(file), format=form)
        except FileNotFoundError as error:
            raise ShapeError("there is no such file", place=str(file)) from error
        except Exception as error:  # rdflib raises a class of its own for each parser
            raise ShapeError(f"not well-formed: {error}", place=str(file)) from error
    return graph


def _validate(data: rdflib.Graph, shapes: rdflib.Graph, ontology: rdflib.Graph) -> set[Finding]:
    """One run of pySHACL: the subclasses of the ontology have to stand in the data graph."""
    import pyshacl
    import rdflib

    for triple in ontology:
        if triple[1] in (rdflib.RDFS.subClassOf, rdflib.RDF.type):
            data.add(triple)
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference=None, do_owl_imports=False, advanced=False,
            allow_infos=True, allow_warnings=True, inplace=True,
        )  # fmt: skip
    except pyshacl.errors.ShapeLoadError as error:
        raise ShapeError(str(error), place="shapes") from error
    if isinstance(report, Exception) or not isinstance(report, rdflib.Graph):
        raise ShapeError(f"the shapes could not be applied: {report}", place="shapes")
    return {
        _finding(report, shapes, node)
        for node in report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    }


def _finding(report: rdflib.Graph, shapes: rdflib.Graph, node: Any) -> Finding:
    import rdflib

    def one(name: str) -> str:
        value = report.value(node, rdflib.URIRef(SH + name))
        return "" if value is None else str(value)

    shape = report.value(node, rdflib.URIRef(SH + "sourceConstraint")) or report.value(
        node, rdflib.URIRef(SH + "sourceShape")
    )
    messages = sorted(
        (str(m.language or ""), str(m))
        for m in shapes.objects(shape, rdflib.URIRef(SH + "message"))
        if isinstance(m, rdflib.Literal)
    )
    severity = shapes.value(shape, rdflib.URIRef(SH + "severity"))
    return Finding(
        severity=_SEVERITIES.get(str(severity or one("resultSeverity")), "violation"),
        shape=str(shape),
        component=one("sourceConstraintComponent").removeprefix(SH),
        focus=one("focusNode"),
        path=one("resultPath"),
        value=one("value"),
        messages=tuple(messages) or (("", one("resultMessage")),),
    )

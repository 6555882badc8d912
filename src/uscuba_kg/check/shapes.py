"""A graph against SHACL shapes, with the ontology passed in (SHACL, W3C 2017).

Two passes of pySHACL, each on the store that suits it: core shapes on rdflib, SPARQL constraints on
an Oxigraph store with both graphs parsed by its own parser. See docs/decisions/0003.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from uscuba_kg.check.findings import SH, findings_of
from uscuba_kg.errors import QueryError, ShapeError
from uscuba_kg.model import Finding, Report
from uscuba_kg.rdf.reading import reading
from uscuba_kg.rdf.sparql import check_query
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import ntriples
from uscuba_kg.resources import ontology_dir, shapes_dir

if TYPE_CHECKING:
    import rdflib

_QUERIES = ("ask", "construct", "select")
_OF_CLASSES = frozenset(
    {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "http://www.w3.org/2000/01/rdf-schema#subClassOf",
    }
)
_SPEAKS_SPARQL = re.compile(r"[:#](?:sparql|select|ask|\w*[vV]alidator)\b")


def check_graph(
    graph: Path | Sequence[Triple] | rdflib.Graph,
    *,
    shapes: Path | None = None,
    ontology: Path | None = None,
) -> Report:
    """Give the verdict on a graph, the project's shapes and ontology by default.

    Of shapes in several files, those with SPARQL constraints are applied together, apart from the
    others: what they refer to has to stand among them. Raises InputError for a graph and ShapeError
    for shapes or an ontology that cannot be read or applied. Nothing is ever fetched: imports are
    not followed.
    """
    core, with_sparql = _shape_files(shapes or shapes_dir())
    turtle = _turtle_files(ontology or ontology_dir() / "uscuba.ttl", "classes")
    lines, count = _lines_of(graph)
    lines += _classes(turtle)
    findings: set[Finding] = set()
    if core:
        findings |= _core_pass(lines, core)
    if with_sparql:
        findings |= _sparql_pass(lines, with_sparql)
    conforms = not any(f.severity == "violation" for f in findings)
    return Report(conforms, tuple(sorted(findings)), count)


def _turtle_files(place: Path, what: str) -> list[Path]:
    """The files of shapes or ontology at a place, each seen to be well-formed."""
    files = sorted(place.glob("*.ttl")) if place.is_dir() else [place]
    if not files:
        raise ShapeError(f"there are no {what} here", place=str(place), remedy="Name a .ttl file.")
    for file in files:
        _check_syntax(file)
    return files


def _check_syntax(file: Path) -> None:
    """Raise ShapeError with line and column, which rdflib's parser does not give."""
    import pyoxigraph

    base = file.absolute().as_uri()
    try:
        for _ in pyoxigraph.parse(
            path=str(file), format=pyoxigraph.RdfFormat.TURTLE, base_iri=base
        ):
            pass
    except FileNotFoundError as error:
        raise ShapeError("there is no such file", place=str(file)) from error
    except OSError as error:
        raise ShapeError(error.strerror or str(error), place=str(file)) from error
    except SyntaxError as error:
        where = f"{file}:{error.lineno}:{error.offset}" if error.lineno else str(file)
        raise ShapeError(f"not well-formed: {error.msg}", place=where) from error


def _shape_files(place: Path) -> tuple[list[Path], list[Path]]:
    """The files of core shapes and those with SPARQL constraints."""
    core: list[Path] = []
    with_sparql: list[Path] = []
    for file in _turtle_files(place, "shapes"):
        speaks_sparql = _SPEAKS_SPARQL.search(file.read_text(encoding="utf-8"))
        (with_sparql if speaks_sparql else core).append(file)
    return core, with_sparql


def _lines_of(graph: Path | Sequence[Triple] | rdflib.Graph) -> tuple[str, int]:
    """The graph as N-Triples, which both passes read at once, and its size."""
    import rdflib

    if isinstance(graph, Path):
        return _read_lines(graph)
    if isinstance(graph, rdflib.Graph):
        return graph.serialize(format="nt"), len(graph)
    triples = set(graph)
    return "".join(ntriples(triples)), len(triples)


def _read_lines(path: Path) -> tuple[str, int]:
    """A graph file as N-Triples; graphs of a dataset are taken together."""
    import pyoxigraph

    with reading(path) as form:
        quads = pyoxigraph.parse(path=str(path), format=form)
        triples = {pyoxigraph.Triple(q.subject, q.predicate, q.object) for q in quads}
    out = io.BytesIO()
    pyoxigraph.serialize(sorted(triples, key=str), out, pyoxigraph.RdfFormat.N_TRIPLES)
    return out.getvalue().decode(), len(triples)


def _classes(ontology: Iterable[Path]) -> str:
    """What an ontology says of classes, as N-Triples: it has to stand in the graph that is checked.

    pySHACL looks for subclasses there, and takes any class that it does not know for another.
    """
    import pyoxigraph

    triples = {
        pyoxigraph.Triple(quad.subject, quad.predicate, quad.object)
        for file in ontology
        for quad in pyoxigraph.parse(
            path=str(file),
            format=pyoxigraph.RdfFormat.TURTLE,
            base_iri=file.absolute().as_uri(),
        )
        if quad.predicate.value in _OF_CLASSES
    }
    return "".join(f"{triple} .\n" for triple in sorted(triples, key=str))


def _core_pass(lines: str, shapes: Iterable[Path]) -> set[Finding]:
    import rdflib

    data = rdflib.Graph()
    data.parse(data=lines, format="nt")
    return _validate(data, _parsed(shapes, "turtle", None))


def _sparql_pass(lines: str, shapes: Iterable[Path]) -> set[Finding]:
    import rdflib

    data = rdflib.Graph(store="Oxigraph")
    data.parse(data=lines, format="ox-nt")
    return _validate(data, _parsed(shapes, "ox-turtle", "Oxigraph"))


def _parsed(files: Iterable[Path], form: str, store: str | None) -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph(store=store) if store else rdflib.Graph()
    for file in files:
        graph.parse(str(file), format=form)
    for name in _QUERIES:
        for query in graph.objects(None, rdflib.URIRef(SH + name)):
            try:
                check_query(str(query))
            except QueryError as error:
                raise ShapeError(f"sh:{name}: {error.message}", place="shapes") from error
    return graph


def _validate(data: rdflib.Graph, shapes: rdflib.Graph) -> set[Finding]:
    """One run of pySHACL."""
    import pyshacl
    import rdflib

    log = logging.getLogger("pyshacl-validate")  # it would tell on stderr what is raised below
    talkative, log.disabled = log.disabled, True
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference=None, do_owl_imports=False, advanced=False,
            allow_infos=True, allow_warnings=True, inplace=True,
        )  # fmt: skip
    except Exception as error:  # whatever re, SPARQL and pySHACL raise for each kind of bad shape
        told = str(error).partition("\n")[0]
        raise ShapeError(f"the shapes cannot be applied: {told}", place="shapes") from error
    finally:
        log.disabled = talkative
    if not isinstance(report, rdflib.Graph):
        raise ShapeError(f"the shapes cannot be applied: {report}", place="shapes")
    return findings_of(report, shapes)

"""A graph against SHACL shapes, with the ontology passed in (SHACL, W3C 2017).

The short way in for a build and for a library; :mod:`uscuba_kg.check.validation` has all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from uscuba_kg.check.engine.reading import UnsupportedError
from uscuba_kg.check.findings import finding_of
from uscuba_kg.check.graph.inputs import Source, sources_of
from uscuba_kg.check.validation import (
    Data,
    Engine,
    Verdict,
    load_classes,
    load_shapes,
    validate,
)
from uscuba_kg.model import Finding, Report
from uscuba_kg.rdf.terms import Triple

if TYPE_CHECKING:
    import rdflib

    from uscuba_kg.workers import Crew


def check_graph(
    graph: Path | Sequence[Triple] | rdflib.Graph,
    *,
    shapes: Path | None = None,
    ontology: Path | None = None,
    engine: Engine = "auto",
) -> Report:
    """Give the verdict on a graph, the project's shapes and ontology by default.

    Raises InputError for a graph and ShapeError for shapes or an ontology that cannot be read or
    applied. Nothing is ever fetched: imports are not followed.
    """
    given = load_shapes(*([shapes] if shapes else []))
    classes = load_classes(*([ontology] if ontology else []))
    return report_of(validate(data_of(graph), shapes=given, classes=classes, engine=engine))


def check_file(
    graph: Path,
    folder: Path,
    crew: Crew | None = None,
    *,
    shapes: Path | None = None,
    ontology: Path | None = None,
) -> Report:
    """Give the verdict on a graph file, part by part, in memory that does not grow with the graph.

    What is needed meanwhile is put into ``folder``; workers of the crew share the parts. Shapes that
    need the whole graph at once get it in memory. Raises what :func:`check_graph` does.
    """
    from uscuba_kg.check.parts import findings_in_parts

    places = [(place,) if place else () for place in (shapes, ontology)]
    try:
        found = findings_in_parts(
            sources_of([graph]), folder, crew, shapes=places[0], ontology=places[1]
        )
        if found is not None:
            triples, findings = found
            return _report(set(findings), triples)
    except UnsupportedError:  # a query about datatypes that only the other engine can answer
        pass
    return check_graph(graph, shapes=shapes, ontology=ontology)


def data_of(graph: Path | Sequence[Triple] | rdflib.Graph) -> Data:
    """Give a graph in the form that engines take."""
    if isinstance(graph, Path):
        return sources_of([graph])
    if hasattr(graph, "serialize"):
        lines = graph.serialize(format="nt", encoding="utf-8")
        return (Source("the graph", ".nt", data=lines),)
    return graph


def report_of(verdict: Verdict) -> Report:
    """Give a verdict as a report: findings in their order, each once; violations make it fail."""
    return _report({finding_of(r, verdict.shapes) for r in verdict.results}, verdict.triples)


def _report(findings: set[Finding], triples: int) -> Report:
    conforms = not any(f.severity == "violation" for f in findings)
    return Report(conforms, tuple(sorted(findings)), triples)

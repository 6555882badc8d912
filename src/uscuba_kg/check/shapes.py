"""A graph against SHACL shapes, with the ontology passed in (SHACL, W3C 2017).

The short way in for a build and for a library; :mod:`uscuba_kg.check.validation` has all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

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
from uscuba_kg.model import Report
from uscuba_kg.rdf.terms import Triple

if TYPE_CHECKING:
    import rdflib


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
    findings = {finding_of(result, verdict.shapes) for result in verdict.results}
    conforms = not any(f.severity == "violation" for f in findings)
    return Report(conforms, tuple(sorted(findings)), verdict.triples)

"""The results of a SHACL validation report as values, in words that do not change between runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from uscuba_kg.model import Finding

if TYPE_CHECKING:
    import rdflib

SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}
_FILLED_IN = re.compile(r"\{[?$](this|value|path)\}")


def findings_of(report: rdflib.Graph, shapes: rdflib.Graph) -> set[Finding]:
    """Give every result of a report, with the messages of its shape in all their languages."""
    import rdflib

    results = report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult"))
    return {_finding(report, shapes, node) for node in results}


def _finding(report: rdflib.Graph, shapes: rdflib.Graph, node: Any) -> Finding:
    import rdflib

    def one(name: str) -> str:
        value = report.value(node, rdflib.URIRef(SH + name))
        return "" if value is None else str(value)

    constraint = report.value(node, rdflib.URIRef(SH + "sourceConstraint"))
    shape = constraint or report.value(node, rdflib.URIRef(SH + "sourceShape"))
    values = {"this": one("focusNode"), "value": one("value"), "path": one("resultPath")}
    messages = sorted(
        (str(m.language or ""), _FILLED_IN.sub(lambda place: values[place[1]], str(m)))
        for m in shapes.objects(shape, rdflib.URIRef(SH + "message"))
        if isinstance(m, rdflib.Literal)
    )
    severity = shapes.value(shape, rdflib.URIRef(SH + "severity"))
    return Finding(
        severity=_SEVERITIES.get(str(severity or one("resultSeverity")), "violation"),
        shape=_name(shapes, shape),
        component=one("sourceConstraintComponent").removeprefix(SH),
        focus=values["this"],
        path=values["path"],
        value=values["value"],
        messages=tuple(messages) or (("", one("resultMessage")),),
    )


def _name(shapes: rdflib.Graph, shape: Any) -> str:
    """The IRI of a shape, or of the nearest one that it is a part of: blank nodes have no name."""
    import rdflib

    seen = set()
    while isinstance(shape, rdflib.BNode) and shape not in seen:
        seen.add(shape)
        shape = next(iter(shapes.subjects(None, shape)), shape)
    return "" if isinstance(shape, rdflib.BNode) else str(shape)

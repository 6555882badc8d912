"""Shapes are looked at before they are applied, and after: what is misspelt in them finds nothing."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NoReturn

from uscuba_kg.check.engine import fast
from uscuba_kg.check.engine.asking import Here
from uscuba_kg.check.engine.paths import SH, BadPathError, properties_of, read_path
from uscuba_kg.check.engine.shapes import ADVANCED, JAVASCRIPT, name_of, read_shapes
from uscuba_kg.check.findings import finding_of, words
from uscuba_kg.check.graph.index import Graph, graph_of
from uscuba_kg.check.graph.inputs import sources_of
from uscuba_kg.check.graph.lines import places_of
from uscuba_kg.check.reports.text import message, short
from uscuba_kg.check.validation import Shapes
from uscuba_kg.errors import ShapeError
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import Term
from uscuba_kg.rdf.vocab import RDF, RDFS, XSD

_SHOWN = 10
_WELL_KNOWN = (RDF, RDFS, SH, XSD)


@cache
def _of_w3c(name: str) -> Graph:
    """A graph that the W3C wrote about SHACL, as pySHACL ships it."""
    from uscuba_kg.check.graph.loading import triples_of

    found = importlib.util.find_spec("pyshacl")  # its files are wanted, not its slow modules
    folder = Path(str(found and found.origin)).parent / "assets"
    return graph_of(triples_of(sources_of([folder / name])))


def check_shapes(shapes: Shapes) -> None:
    """Raise ShapeError for shapes that break SHACL's own shapes, or use terms that it does not have."""
    faults = [*_unknown_terms(shapes.graph), *_against_meta_shapes(shapes.graph)]
    if not faults:
        return
    places = places_of(shapes.sources, {node for node, _ in faults})
    lines = []
    for node, fault in faults[:_SHOWN]:
        place = places.get(node)
        where = f"{place.file}:{place.line}: " if place else ""
        lines.append(f"  {where}{short(node) or 'a shape without a name'}: {fault}")
    if len(faults) > _SHOWN:
        lines.append(f"  ... ({len(faults)})")
    names = ", ".join(source.name for source in shapes.sources[:3])
    raise ShapeError("the shapes are not well-formed", place=names, remedy="\n".join(lines))


def _unknown_terms(graph: Graph) -> Iterator[tuple[str, str]]:
    known = set(_of_w3c("shacl.ttl").subjects_at_all())
    for subject in sorted(graph.subjects_at_all()):
        for predicate in graph.about(subject):
            local = predicate.removeprefix(SH)
            if predicate.startswith(SH) and predicate not in known:
                if local not in ADVANCED | JAVASCRIPT:
                    yield name_of(graph, subject), f"SHACL (2017) has no sh:{local}"


def _against_meta_shapes(graph: Graph) -> Iterator[tuple[str, str]]:
    meta = _of_w3c("shacl-shacl.ttl")
    found = fast.run(graph, read_shapes(meta), Here(_no_store))
    for result in sorted(found, key=lambda r: (str(r.focus), r.path, r.component, str(r.value))):
        finding = finding_of(result, meta)
        at = f" at {_short(finding.path)}" if finding.path else ""
        other = finding.value if finding.value != finding.focus else ""
        value = f", {_short(other)!r}" if other else ""
        focus = result.focus if isinstance(result.focus, str) else ""
        yield name_of(graph, focus), f"{message(finding, 'en')}{at}{value}"


def _short(iri: str) -> str:
    return f"sh:{iri.removeprefix(SH)}" if iri.startswith(SH) else short(iri)


def _no_store() -> NoReturn:
    raise AssertionError("the W3C's shapes of shapes ask no SPARQL")


def idle(shapes: Shapes, graph: Graph) -> list[str]:
    """The shapes with a target that look at nothing in a graph, by name."""
    read = read_shapes(shapes.graph)
    return [s.node for s in read.targeted if not any(True for _ in s.targets.focus_nodes(graph))]


def notices(shapes: Shapes, graph: Graph, declared: Iterable[str]) -> Iterator[Finding]:
    """Give warnings about shapes: what looks at nothing, and names that nothing declares.

    ``declared`` are the terms of the ontology that goes with them.
    """
    for node in idle(shapes, graph):
        yield _finding("NoFocusNode", name_of(shapes.graph, node), "")
    known = {*declared, *_used(graph)}
    named = sorted(set(_named(shapes.graph)))
    for shape, term in named:
        if term not in known and not term.startswith(_WELL_KNOWN):
            yield _finding("NotDeclared", shape, term)


def nothing_was_checked(shapes: Shapes, graph: Graph) -> Finding | None:
    """A violation where no shape at all has a focus node: that it conforms is then worth nothing."""
    read = read_shapes(shapes.graph)
    if len(idle(shapes, graph)) < len(read.targeted):
        return None
    return _finding("NoFocusNodeAtAll", "", "")


def _used(graph: Graph) -> Iterator[str]:
    """The properties of a graph, and its classes."""
    for subject in graph.subjects_at_all():
        yield from graph.about(subject)
    for kind in graph.backward(RDF + "type"):
        if isinstance(kind, str):
            yield from (kind,)


def _named(graph: Graph) -> Iterator[tuple[str, str]]:
    """The classes and properties that shapes name, each with the shape."""
    for name in ("targetClass", "class", "targetSubjectsOf", "targetObjectsOf"):
        for term, subjects in graph.backward(SH + name).items():
            if isinstance(term, str):
                yield from ((name_of(graph, s), term) for s in subjects)
    for at, subjects in graph.backward(SH + "path").items():
        yield from ((name_of(graph, s), term) for s in subjects for term in _steps(graph, at))


def _steps(graph: Graph, at: Term) -> frozenset[str]:
    try:
        return properties_of(read_path(graph, at))
    except BadPathError:
        return frozenset()


def _finding(kind: str, shape: str, value: str) -> Finding:
    said = tuple(
        (language, told[kind].format(term=short(value)))
        for language, told in sorted(words()["notice"].items())
    )
    return Finding("warning", shape, kind, shape, "", value, said)

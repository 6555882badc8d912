"""A shapes graph read into shapes, once for any data graph; what cannot be applied is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from uscuba_kg.check.engine import logic, values
from uscuba_kg.check.engine.components import Component, components_of
from uscuba_kg.check.engine.model import (
    VIOLATION,
    Constraint,
    Shape,
    Shapes,
    SparqlConstraint,
    Targets,
)
from uscuba_kg.check.engine.paths import SH, BadPathError, read_path
from uscuba_kg.check.engine.prebinding import refuse
from uscuba_kg.check.engine.reading import BadShapeError, ShapeNode, UnsupportedError, messages_at
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.errors import QueryError, ShapeError
from uscuba_kg.rdf.sparql import check_query
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.rdf.vocab import OWL, RDFS, TYPE

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
_KINDS = ("NodeShape", "PropertyShape")
SPARQL = SH + "SPARQLConstraintComponent"
ADVANCED = frozenset(
    {
        "target", "rule", "expression", "parameterType", "returnType", "entailment", "condition",
        "construct",
    }
)  # fmt: skip
"""Parameters of SHACL Advanced Features (W3C note, 2017)."""
JAVASCRIPT = frozenset(["js", "jsLibrary", "jsFunctionName"])


def read_shapes(graph: Graph) -> Shapes:
    """Give the shapes of a graph.

    Raises ShapeError for a shape that is not well-formed, or that comes back to itself, and
    :class:`UnsupportedError` for a feature that this engine does not have.
    """
    _check_features(graph)
    components = components_of(graph)
    found: dict[str, Shape] = {}
    refers: dict[str, list[str]] = {}
    waiting = list(roots(graph))
    while waiting:
        node = waiting.pop()
        if node in refers:
            continue
        shape = ShapeNode(graph, node)
        try:
            if shape.flag("deactivated"):
                refers[node] = []
                continue
            refers[node] = list(logic.referred(shape))
            found[node] = _read(shape, components)
        except (BadShapeError, BadPathError) as error:
            raise ShapeError(
                f"the shapes cannot be applied: {error}", place=f"shapes, {name_of(graph, node)}"
            ) from error
        waiting.extend(refers[node])
    _refuse_circles(graph, refers)
    return Shapes(graph, found)


def roots(graph: Graph) -> Iterator[str]:
    """Every node that is a shape by its type, or by having a target."""
    for kind in _KINDS:
        yield from graph.subjects(TYPE, SH + kind)
    for target in TARGETS:
        for subjects in graph.backward(SH + target).values():
            yield from subjects


def name_of(graph: Graph, node: str) -> str:
    """The IRI of a shape, or of the nearest one that it is a part of: blank nodes have no name."""
    seen: set[str] = set()
    while node.startswith("_:") and node not in seen:
        seen.add(node)
        above = [s for s, said in _above(graph, node)]
        node = above[0] if above else node
    return "" if node.startswith("_:") else node


def _above(graph: Graph, node: str) -> Iterator[tuple[str, str]]:
    for subject in graph.subjects_at_all():
        for predicate, found in graph.about(subject).items():
            if node in found:
                yield subject, predicate


def _check_features(graph: Graph) -> None:
    for subject in graph.subjects_at_all():
        for predicate in graph.about(subject):
            local = predicate.removeprefix(SH) if predicate.startswith(SH) else ""
            if local in ADVANCED or local in JAVASCRIPT:
                raise UnsupportedError(f"sh:{local}")
        for kind in graph.objects(subject, TYPE):
            if kind in (SH + "SPARQLFunction", SH + "JSFunction", SH + "SPARQLTargetType"):
                raise UnsupportedError(f"sh:{str(kind).removeprefix(SH)}")


def _read(node: ShapeNode, components: tuple[Component, ...]) -> Shape:
    at = node.one("path")
    path = None if at is None else read_path(node.graph, at)
    severity = node.iri("severity") or VIOLATION
    messages = messages_at(node.graph, node.node)
    constraints = [c for reader in (*values.READERS, *logic.READERS) for c in reader(node)]
    own = [c for component in components for c in component.constraints(node, severity, messages)]
    return Shape(
        node=node.node,
        path=path,
        severity=severity,
        messages=messages,
        targets=_targets(node),
        constraints=_cheapest_first(constraints),
        sparql=(*_sparql(node, severity, messages), *own),
        properties=tuple(sorted(node.nodes("property"))),
    )


def _cheapest_first(constraints: list[Constraint]) -> tuple[Constraint, ...]:
    return tuple(sorted(constraints, key=lambda c: c.component))


def _targets(node: ShapeNode) -> Targets:
    classes = node.iris("targetClass")
    meta = node.graph.classes_below(RDFS + "Class")
    if not node.node.startswith("_:") and meta & set(node.graph.objects(node.node, TYPE)):
        classes.append(node.node)
    return Targets(
        nodes=tuple(node.values("targetNode")),
        classes=tuple(dict.fromkeys(classes)),
        subjects_of=tuple(node.iris("targetSubjectsOf")),
        objects_of=tuple(node.iris("targetObjectsOf")),
    )


def _sparql(
    node: ShapeNode, severity: str, messages: tuple[tuple[str, str], ...]
) -> Iterator[SparqlConstraint]:
    for at in node.values("sparql"):
        if isinstance(at, Literal):
            raise BadShapeError("SPARQL: sh:sparql must be a node with a query")
        constraint = ShapeNode(node.graph, at)
        if constraint.flag("deactivated"):
            continue
        query = constraint.literal("select")
        if query is None:
            raise BadShapeError("SPARQL: a SPARQL constraint needs sh:select")
        check_sparql(query.lexical, "select", frozenset(("this", "shapesGraph", "currentShape")))
        yield SparqlConstraint(
            node=at,
            component=SPARQL,
            query=query.lexical,
            prefixes=prefixes_at(node.graph, at),
            bound={},
            each=False,
            severity=constraint.iri("severity") or severity,
            messages=messages_at(node.graph, at) or messages,
        )


def check_sparql(query: str, name: str, bound: frozenset[str]) -> None:
    """Raise BadShapeError for a query that would reach out, or that SHACL forbids."""
    try:
        check_query(query)
    except QueryError as error:
        raise ShapeError(f"sh:{name}: {error.message}", place="shapes") from error
    refuse(query, bound)


def prefixes_at(graph: Graph, node: str) -> Mapping[str, str]:
    """The prefixes that a query declares by ``sh:prefixes``, with those of imported ontologies."""
    found: dict[str, str] = {}
    waiting: list[Term] = list(graph.objects(node, SH + "prefixes"))
    seen: set[Term] = set()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        waiting.extend(graph.objects(place, OWL + "imports"))
        for declaration in graph.objects(place, SH + "declare"):
            prefix = graph.one(declaration, SH + "prefix")
            namespace = graph.one(declaration, SH + "namespace")
            if not isinstance(prefix, Literal) or not isinstance(namespace, Literal):
                raise BadShapeError(
                    "SPARQL: sh:declare needs a sh:prefix and a sh:namespace, both literals"
                )
            if found.setdefault(prefix.lexical, namespace.lexical) != namespace.lexical:
                raise BadShapeError(
                    f"SPARQL: the prefix {prefix.lexical!r} stands for two namespaces"
                )
    return found


def _refuse_circles(graph: Graph, refers: Mapping[str, list[str]]) -> None:
    """Raise ShapeError for shapes that lead back to themselves: SHACL does not say what they mean."""
    done: set[str] = set()
    for start in refers:
        way: list[str] = []
        stack = [(start, iter(refers[start]))] if start not in done else []
        way.extend(node for node, _ in stack)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                way.pop()
                done.add(node)
            elif following in way:
                circle = [*way[way.index(following) :], following]
                names = " > ".join(dict.fromkeys(name_of(graph, n) or n for n in circle))
                raise ShapeError(
                    f"the shapes lead back to themselves: {names}",
                    place="shapes",
                    remedy="SHACL does not say what recursive shapes mean: break the circle.",
                )
            elif following not in done:
                way.append(following)
                stack.append((following, iter(refers.get(following, ()))))

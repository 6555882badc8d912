"""Constraint components that a shapes graph itself defines in SPARQL (SHACL 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from uscuba_kg.check.engine.model import Messages, SparqlConstraint
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.engine.reading import BadShapeError, ShapeNode, messages_at
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.rdf.vocab import TYPE

_RESERVED = frozenset(("this", "shapesGraph", "currentShape", "path", "PATH", "value"))


class Parameter(msgspec.Struct, frozen=True):
    """A parameter: its property, its name in the query, whether a shape may leave it out."""

    predicate: str
    name: str
    optional: bool


class Component(msgspec.Struct, frozen=True):
    """A component with its parameters, and the validator for each kind of shape."""

    node: str
    parameters: tuple[Parameter, ...]
    for_nodes: str | None
    for_properties: str | None
    messages: Messages

    def constraints(
        self, shape: ShapeNode, severity: str, messages: Messages
    ) -> Iterator[SparqlConstraint]:
        """Give what the component says of a shape, if the shape has its parameters."""
        needed = [p for p in self.parameters if not p.optional]
        if not needed or not all(shape.graph.objects(shape.node, p.predicate) for p in needed):
            return
        validator = self.for_properties if shape.values("path") else self.for_nodes
        if validator is None:
            raise BadShapeError(f"{self.node}: there is no validator for such a shape")
        bound: dict[str, Term] = {}
        for parameter in self.parameters:
            found = shape.graph.objects(shape.node, parameter.predicate)
            if len(found) > 1:
                raise BadShapeError(f"{self.node}: {parameter.predicate} stands {len(found)} times")
            bound.update((parameter.name, value) for value in found)
        yield self._constraint(shape.graph, validator, bound, severity, messages)

    def _constraint(
        self, graph: Graph, validator: str, bound: Mapping[str, Term], severity: str, own: Messages
    ) -> SparqlConstraint:
        from uscuba_kg.check.engine.shapes import check_sparql, prefixes_at

        node = ShapeNode(graph, validator)
        asks, selects = node.literal("ask"), node.literal("select")
        query = asks or selects
        if query is None or (asks and selects):
            raise BadShapeError(f"{self.node}: a validator needs one sh:ask or one sh:select")
        names = frozenset(bound) | {"this", "value"} if asks else frozenset(bound) | {"this"}
        check_sparql(query.lexical, "ask" if asks else "select", frozenset(names))
        return SparqlConstraint(
            node=validator,
            component=self.node,
            query=query.lexical,
            prefixes=prefixes_at(graph, validator),
            bound=bound,
            each=asks is not None,
            severity=severity,
            messages=own or messages_at(graph, validator) or self.messages,
        )


def components_of(graph: Graph) -> tuple[Component, ...]:
    """Give the components that a graph defines."""
    kinds = graph.classes_below(SH + "ConstraintComponent")
    nodes = sorted({node for kind in kinds for node in graph.subjects(TYPE, kind)})
    return tuple(
        _component(graph, node) for node in nodes if graph.objects(node, SH + "parameter")
        and not node.startswith(SH)
    )  # fmt: skip


def _component(graph: Graph, node: str) -> Component:
    def validator(name: str) -> str | None:
        found = graph.one(node, SH + name) or graph.one(node, SH + "validator")
        return found if isinstance(found, str) else None

    return Component(
        node=node,
        parameters=tuple(_parameter(graph, p) for p in graph.objects(node, SH + "parameter")),
        for_nodes=validator("nodeValidator"),
        for_properties=validator("propertyValidator"),
        messages=messages_at(graph, node),
    )


def _parameter(graph: Graph, node: Term) -> Parameter:
    predicate = graph.one(node, SH + "path")
    if not isinstance(predicate, str) or predicate.startswith("_:"):
        raise BadShapeError("Parameter: sh:path must be an IRI")
    name = re.split(r"[#/]", predicate)[-1]
    if name in _RESERVED or not re.fullmatch(r"\w+", name):
        raise BadShapeError(f"Parameter: {name!r} cannot be the name of a parameter")
    optional = graph.one(node, SH + "optional")
    return Parameter(predicate, name, isinstance(optional, Literal) and optional.lexical == "true")

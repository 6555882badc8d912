"""Shapes as values, and what validation finds: what both engines and all reports speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeAlias

import msgspec

from uscuba_kg.check.engine.paths import SH, Path
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.rdf.terms import Term

VIOLATION = SH + "Violation"
Messages: TypeAlias = tuple[tuple[str, str], ...]
"""Pairs of language and text; no language is an empty string."""


class Result(msgspec.Struct, frozen=True):
    """One validation result (SHACL 3.6).

    ``path`` is the IRI of a property, a longer path as SPARQL writes it, or empty. ``shape`` is the
    source shape and ``source`` the node that states the constraint where it is another (a SPARQL
    constraint), else the same; both may be blank nodes.
    """

    focus: Term
    path: str
    value: Term | None
    component: str
    severity: str
    shape: str
    source: str
    messages: Messages = ()


Hit: TypeAlias = tuple[Term | None, str | None]
"""A value that fails, or None where the constraint is about all of them; and the path if another."""
Check: TypeAlias = Callable[[Term, Sequence[Term]], Iterable[Hit]]


class Judge(Protocol):
    """What a constraint may ask while a graph is validated."""

    @property
    def graph(self) -> Graph:
        """The data."""

    def conforms(self, shape: str, node: Term) -> bool:
        """Tell whether a node conforms to a shape."""

    def ends(self, path: Path) -> Callable[[Term], Sequence[Term]]:
        """Give the function from a node to the ends of a path."""


class Constraint(msgspec.Struct, frozen=True):
    """One constraint: its component's IRI, and the check that it becomes for a certain graph."""

    component: str
    prepare: Callable[[Judge], Check]


class SparqlConstraint(msgspec.Struct, frozen=True):
    """A constraint in SPARQL: of ``sh:sparql``, or of a component of one's own (SHACL 5 and 6).

    ``bound`` holds the parameters that a component gives its query. ``each`` means an ASK about
    every value; else it is a SELECT about the focus node.
    """

    node: str
    component: str
    query: str
    prefixes: Mapping[str, str]
    bound: Mapping[str, Term]
    each: bool
    severity: str
    messages: Messages


class Targets(msgspec.Struct, frozen=True):
    """Which nodes a shape looks at (SHACL 2.1.3)."""

    nodes: tuple[Term, ...] = ()
    classes: tuple[str, ...] = ()
    subjects_of: tuple[str, ...] = ()
    objects_of: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.nodes or self.classes or self.subjects_of or self.objects_of)

    def focus_nodes(self, graph: Graph) -> Iterable[Term]:
        """The focus nodes in a graph, each once, in the order of the graph."""
        found: dict[Term, None] = dict.fromkeys(self.nodes)
        for name in self.classes:
            for lower in sorted(graph.classes_below(name)):
                found.update(dict.fromkeys(graph.subjects(_TYPE, lower)))
        for predicate in self.subjects_of:
            for subjects in graph.backward(predicate).values():
                found.update(dict.fromkeys(subjects))
        for predicate in self.objects_of:
            found.update(dict.fromkeys(graph.backward(predicate)))
        return found

    def include(self, graph: Graph, node: Term) -> bool:
        """Tell whether a node is one of them."""
        return (
            node in self.nodes
            or any(graph.is_a(node, name) for name in self.classes)
            or any(graph.objects(node, predicate) for predicate in self.subjects_of)
            or any(graph.subjects(predicate, node) for predicate in self.objects_of)
        )


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Shape(msgspec.Struct, frozen=True):
    """A node shape (no path) or property shape, with the shapes of its properties by their nodes."""

    node: str
    path: Path | None
    severity: str
    messages: Messages
    targets: Targets
    constraints: tuple[Constraint, ...]
    sparql: tuple[SparqlConstraint, ...]
    properties: tuple[str, ...]


class Shapes(msgspec.Struct, frozen=True):
    """All shapes of a shapes graph by their nodes, deactivated ones left out."""

    graph: Graph
    by_node: Mapping[str, Shape]

    @property
    def targeted(self) -> list[Shape]:
        """The shapes that look at nodes of themselves, in the order of their names."""
        return [s for _, s in sorted(self.by_node.items()) if s.targets]

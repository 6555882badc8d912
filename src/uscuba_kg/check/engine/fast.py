"""The fast engine: SHACL Core over an index in plain Python, SPARQL constraints on Oxigraph.

A SPARQL constraint is asked once for all focus nodes where that gives the same answer, else once
for each of them. It follows the recommendation of 2017; the tests hold its results to pySHACL's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from uscuba_kg.check.engine.asking import (
    SHAPES_GRAPH,
    Asker,
    BadQueryError,
    Question,
    Row,
    prefixes_of,
)
from uscuba_kg.check.engine.literals import DERIVED, value_of
from uscuba_kg.check.engine.model import Check, Messages, Result, Shape, Shapes, SparqlConstraint
from uscuba_kg.check.engine.paths import Path, Step, path_sparql, walk
from uscuba_kg.check.engine.prebinding import asks_as_select, filled, holds_together, with_terms
from uscuba_kg.check.engine.reading import BadShapeError, UnsupportedError
from uscuba_kg.check.engine.shapes import name_of
from uscuba_kg.check.graph.index import Graph, is_blank
from uscuba_kg.errors import ShapeError
from uscuba_kg.rdf.terms import STRING, Literal, Term
from uscuba_kg.rdf.vocab import XSD

_SHARE = 2_000
"""One question for all is cheaper where at least one triple in so many belongs to a focus node."""
_FEW = 3
_ABOUT_DATATYPES = re.compile(r"\b(?:DATATYPE|sameTerm)\b", re.IGNORECASE)
Focus = Mapping[str, Collection[Term]]
"""The nodes that a shape is to look at; a shape that is not named looks at all of its own."""
_Task = tuple[Shape, SparqlConstraint, list[Term]]


class Engine:
    """One validation: a graph, shapes, and somebody who answers SPARQL; use it once."""

    def __init__(self, graph: Graph, shapes: Shapes, asker: Asker) -> None:
        self.graph = graph
        self.shapes = shapes
        self._asker = asker
        self._ready: dict[
            str, tuple[Callable[[Term], Sequence[Term]], list[tuple[str, Check]]]
        ] = {}
        self._known: dict[tuple[str, Term], bool] = {}
        self._ends: dict[Path, Callable[[Term], Sequence[Term]]] = {}
        self._written: dict[tuple[str, object], Literal] | None = None

    def ends(self, path: Path) -> Callable[[Term], Sequence[Term]]:
        """Give the function from a node to the ends of a path."""
        if path not in self._ends:
            self._ends[path] = walk(self.graph, path)
        return self._ends[path]

    def conforms(self, shape: str, node: Term) -> bool:
        """Tell whether a node conforms to a shape."""
        key = shape, node
        if key not in self._known:
            self._known[key] = next(self._results(shape, node), None) is None
        return self._known[key]

    def validate(self, only: Focus | None = None) -> Iterator[Result]:
        """Give every result, or those about certain focus nodes, in no particular order."""
        looked = [(s, nodes) for s in self.shapes.targeted if (nodes := self._nodes(s, only or {}))]
        together, alone = self._plan(looked)
        self._check_datatypes(c for _, c, _ in (*together, *alone))
        for of, constraint, _ in together:  # answered elsewhere while the core shapes are applied
            self._asker.begin(self._question(of, constraint, None))
        for shape, nodes in looked:
            for node in nodes:
                yield from self._results(shape.node, node, sparql=shape.path is not None)
        for of, constraint, nodes in together:
            yield from self._answers(of, constraint, frozenset(nodes))
        for of, constraint, nodes in alone:
            for node in nodes:
                yield from self._asked(of, constraint, node)

    def _check_datatypes(self, constraints: Iterable[SparqlConstraint]) -> None:
        """Refuse a query about datatypes where the store would give another than the graph has."""
        asking = (c for c in constraints if _ABOUT_DATATYPES.search(c.query))
        if next(asking, None) and any(v.datatype in DERIVED for v in self.graph.literals):
            raise UnsupportedError(
                "a query about datatypes such as xsd:int, which Oxigraph confuses"
            )

    def _nodes(self, shape: Shape, only: Focus) -> list[Term]:
        if shape.node not in only:
            return list(shape.targets.focus_nodes(self.graph))
        nodes = sorted(only[shape.node], key=repr)
        return [node for node in nodes if shape.targets.include(self.graph, node)]

    def _plan(self, looked: Sequence[tuple[Shape, list[Term]]]) -> tuple[list[_Task], list[_Task]]:
        """The SPARQL constraints that are asked once for all nodes, and those asked for each."""
        tasks = [
            (of, constraint, nodes)
            for shape, nodes in looked
            for of, constraint in self._about_focus(shape)
        ]
        together = [t for t in tasks if self._together(t[1], len(t[2]))]
        return together, [t for t in tasks if not self._together(t[1], len(t[2]))]

    def _about_focus(self, shape: Shape) -> Iterator[tuple[Shape, SparqlConstraint]]:
        """The SPARQL constraints on a node shape's focus nodes, its property shapes' included."""
        if shape.path is not None:
            return
        for node in (shape.node, *shape.properties):
            of = self.shapes.by_node.get(node)
            if of is not None:
                yield from ((of, constraint) for constraint in of.sparql)

    def _together(self, constraint: SparqlConstraint, count: int) -> bool:
        if constraint.each or count <= _FEW or count * _SHARE < self.graph.size:
            return False
        return holds_together(constraint.query)

    def _results(self, shape: str, focus: Term, *, sparql: bool = True) -> Iterator[Result]:
        """What is wrong with one focus node; a shape that is switched off finds nothing."""
        found = self.shapes.by_node.get(shape)
        if found is None:
            return
        ready = self._ready.get(shape)
        if ready is None:
            ends = self.ends(found.path) if found.path is not None else lambda node: (node,)
            checks = [(c.component, c.prepare(self)) for c in found.constraints]
            ready = self._ready[shape] = ends, checks
        ends, checks = ready
        values = ends(focus)
        for component, check in checks:
            for value, path in check(focus, values):
                yield self._result(found, component, focus, value, path)
        for inner in found.properties:
            for value in values:
                yield from self._results(inner, value, sparql=sparql or found.path is not None)
        if sparql:
            for constraint in found.sparql:
                yield from self._asked(found, constraint, focus)

    def _result(
        self, shape: Shape, component: str, focus: Term, value: Term | None, path: str | None
    ) -> Result:
        return Result(
            focus=focus,
            path=path if path is not None else _written(shape.path),
            value=value,
            component=component,
            severity=shape.severity,
            shape=shape.node,
            source=shape.node,
            messages=_messages(
                shape.messages, {"this": focus, **({"value": value} if value else {})}
            ),
        )

    def _question(
        self,
        shape: Shape,
        constraint: SparqlConstraint,
        focus: Term | None,
        value: Term | None = None,
    ) -> Question:
        terms = {
            "shapesGraph": SHAPES_GRAPH,
            "currentShape": shape.node,
            **constraint.bound,
            **({"this": focus} if focus is not None else {}),
            **({"value": value} if value is not None and constraint.each else {}),
        }
        written = {k: v for k, v in terms.items() if not is_blank(v)}
        injected = {k: v for k, v in terms.items() if k in ("this", "value") and k not in written}
        text = constraint.query
        if injected:
            text = self._injectable(constraint, injected)
        text = with_terms(text, written, _written(shape.path, whole=True))
        return Question(text, prefixes_of(constraint.prefixes), tuple(injected.items()))

    def _injectable(self, constraint: SparqlConstraint, terms: dict[str, Term]) -> str:
        """The query with its variables left in, where the engine may put the terms in itself."""
        as_select = asks_as_select(constraint.query, " ".join(f"?{name}" for name in terms))
        if "this" in terms and not holds_together(as_select):
            raise UnsupportedError("a blank node or literal as $this of such a query")
        return as_select

    def _answer(self, question: Question, shape: Shape) -> list[Row] | bool:
        self._asker.begin(question)
        return self._taken(shape)

    def _taken(self, shape: Shape) -> list[Row] | bool:
        try:
            return self._asker.answer()
        except BadQueryError as error:
            raise ShapeError(
                f"the shapes cannot be applied: {error}",
                place=f"shapes, {name_of(self.shapes.graph, shape.node)}",
            ) from error

    def _as_given(self, row: Row) -> Row:
        """A row with its literals as the graph writes them: Oxigraph makes 1 of 1.0."""
        return {
            name: self._restored(term) if isinstance(term, Literal) and not term.language else term
            for name, term in row.items()
        }

    def _restored(self, literal: Literal) -> Literal:
        if literal.datatype == STRING or literal in self.graph.literals:
            return literal
        if self._written is None:
            self._written = {}
            for known in sorted(self.graph.literals):
                self._written.setdefault(_stored(known), known)
        return self._written.get(_stored(literal), literal)

    def _answers(
        self, shape: Shape, constraint: SparqlConstraint, nodes: frozenset[Term]
    ) -> Iterator[Result]:
        rows = self._taken(shape)
        for row in rows if isinstance(rows, list) else ():
            if row.get("this") in nodes:
                yield self._found(shape, constraint, row["this"], self._as_given(row))

    def _asked(self, shape: Shape, constraint: SparqlConstraint, focus: Term) -> Iterator[Result]:
        if not constraint.each:
            if isinstance(focus, Literal) and holds_together(constraint.query):
                return  # it begins with a pattern about the focus node, and no literal is a subject
            rows = self._answer(self._question(shape, constraint, focus), shape)
            for row in rows if isinstance(rows, list) else ():
                yield self._found(shape, constraint, focus, {**self._as_given(row), "this": focus})
            return
        values = self.ends(shape.path)(focus) if shape.path is not None else (focus,)
        for value in values:
            question = self._question(shape, constraint, focus, value)
            if not self._answer(question, shape):
                row = {"this": focus, "value": value}
                yield self._found(shape, constraint, focus, row)

    def _found(self, shape: Shape, constraint: SparqlConstraint, focus: Term, row: Row) -> Result:
        failure = row.get("failure")
        if isinstance(failure, Literal) and failure.lexical == "true":
            raise ShapeError(
                "a SPARQL constraint reported a failure", place=f"shapes, {shape.node}"
            )
        own = row.get("message")
        messages: Messages = constraint.messages
        if not messages and isinstance(own, Literal):
            messages = ((own.language, own.lexical),)
        path = row.get("path")
        return Result(
            focus=row["this"],
            path=path if isinstance(path, str) and not is_blank(path) else _written(shape.path),
            value=row.get("value", focus if shape.path is None else None),
            component=constraint.component,
            severity=constraint.severity,
            shape=shape.node,
            source=constraint.node if not constraint.bound else shape.node,
            messages=_messages(messages, {**constraint.bound, **row}),
        )


def _stored(literal: Literal) -> tuple[str, object]:
    """What the store keeps of a literal: any integer, however it is typed, and any value."""
    if literal.datatype in DERIVED:
        literal = Literal(literal.lexical, XSD + "integer")
    return literal.datatype, value_of(literal)


def _written(path: Path | None, *, whole: bool = False) -> str:
    if path is None:
        return ""
    return path.predicate if isinstance(path, Step) and not whole else path_sparql(path)


def _messages(messages: Messages, row: Row) -> Messages:
    return tuple((language, filled(text, row)) for language, text in messages)


def run(graph: Graph, shapes: Shapes, asker: Asker, only: Focus | None = None) -> list[Result]:
    """Validate a graph; the asker is closed whatever happens.

    Raises ShapeError for shapes that cannot be applied, :class:`UnsupportedError` for what is missing
    here.
    """
    try:
        return list(Engine(graph, shapes, asker).validate(only))
    except BadShapeError as error:
        raise ShapeError(f"the shapes cannot be applied: {error}", place="shapes") from error
    finally:
        asker.close()

"""Constraints that ask other shapes, or compare properties (SHACL Core 4.5 to 4.8)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence

from uscuba_kg.check.engine.literals import holds
from uscuba_kg.check.engine.model import Check, Constraint, Hit, Judge
from uscuba_kg.check.engine.paths import SH, BadPathError, Step, read_path
from uscuba_kg.check.engine.reading import BadShapeError, ShapeNode
from uscuba_kg.check.engine.values import Fails, each
from uscuba_kg.rdf.terms import Term


def _list_of_shapes(node: ShapeNode, name: str, head: Term) -> list[str]:
    return [node.shape_at(name, item) for item in node.items(name, head)]


def _logical(node: ShapeNode) -> Iterator[Constraint]:
    for shape in node.nodes("not"):
        yield each("Not", lambda judge, s=shape: lambda v: judge.conforms(s, v))  # type: ignore[misc]
    for shape in node.nodes("node"):
        yield each("Node", lambda judge, s=shape: lambda v: not judge.conforms(s, v))  # type: ignore[misc]
    for name, right in (
        ("and", lambda said: all(said)),
        ("or", lambda said: any(said)),
        ("xone", lambda said: sum(said) == 1),
    ):
        for head in node.values(name):
            shapes = _list_of_shapes(node, name, head)

            def make(
                judge: Judge,
                shapes: list[str] = shapes,
                right: Callable[[Iterable[bool]], bool] = right,
            ) -> Fails:
                return lambda v: not right(judge.conforms(s, v) for s in shapes)

            yield each(name[0].upper() + name[1:], make)


def _compared(
    name: str, other: str, hits: Callable[[Sequence[Term], Sequence[Term]], Iterable[Term]]
) -> Constraint:
    """A constraint on the values and those of another property of the same node."""

    def prepare(judge: Judge) -> Check:
        ends = judge.ends(Step(other))
        return lambda focus, values: [(v, None) for v in hits(values, ends(focus))]

    return Constraint(f"{SH}{name}ConstraintComponent", prepare)


def _pairs(node: ShapeNode) -> Iterator[Constraint]:
    for other in node.iris("equals"):
        yield _compared("Equals", other, lambda a, b: [*_without(a, b), *_without(b, a)])
    for other in node.iris("disjoint"):
        yield _compared("Disjoint", other, lambda a, b: [v for v in a if v in b])
    for name, order in (("lessThan", operator.lt), ("lessThanOrEquals", operator.le)):
        for other in node.iris(name):
            node.is_property(name)

            def hits(
                a: Sequence[Term],
                b: Sequence[Term],
                order: Callable[[int, int], bool] = order,
            ) -> Iterable[Term]:
                return [v for v in a for w in b if not holds(v, w, lambda s: order(s, 0))]

            yield _compared(name[0].upper() + name[1:], other, hits)


def _without(values: Sequence[Term], others: Sequence[Term]) -> list[Term]:
    return [v for v in values if v not in others]


def _closed(node: ShapeNode) -> Iterator[Constraint]:
    if not node.flag("closed"):
        return
    allowed = {item for item in node.members("ignoredProperties") or () if isinstance(item, str)}
    for inner in node.nodes("property"):
        for at in node.graph.objects(inner, SH + "path"):
            try:
                path = read_path(node.graph, at)
            except BadPathError as error:
                raise BadShapeError(f"Path: {error}") from error
            if isinstance(path, Step):
                allowed.add(path.predicate)

    def prepare(judge: Judge) -> Check:
        def check(focus: Term, values: Sequence[Term]) -> Iterable[Hit]:
            return [
                (value, predicate)
                for node in values
                for predicate, found in judge.graph.about(node).items()
                if predicate not in allowed
                for value in found
            ]

        return check

    yield Constraint(SH + "ClosedConstraintComponent", prepare)


def siblings(node: ShapeNode, shape: str) -> list[str]:
    """The qualified value shapes of the other property shapes of the same parents (4.7.3)."""
    return sorted(
        {
            value
            for parent in node.graph.subjects(SH + "property", node.node)
            for sibling in node.graph.objects(parent, SH + "property")
            for value in node.graph.objects(sibling, SH + "qualifiedValueShape")
            if isinstance(value, str) and value != shape
        }
    )


def _qualified(node: ShapeNode) -> Iterator[Constraint]:
    for shape in node.nodes("qualifiedValueShape"):
        node.is_property("qualifiedValueShape")
        others = siblings(node, shape) if node.flag("qualifiedValueShapesDisjoint") else []
        least, most = node.count("qualifiedMinCount"), node.count("qualifiedMaxCount")
        if least is None and most is None:
            raise BadShapeError(
                "QualifiedValueShape: it needs a qualifiedMinCount or qualifiedMaxCount"
            )
        if least is not None:
            yield _counted("QualifiedMinCount", shape, others, lambda n, m=least: n < m)  # type: ignore[misc]
        if most is not None:
            yield _counted("QualifiedMaxCount", shape, others, lambda n, m=most: n > m)  # type: ignore[misc]


def _counted(
    name: str, shape: str, others: Sequence[str], wrong: Callable[[int], bool]
) -> Constraint:
    def prepare(judge: Judge) -> Check:
        def check(focus: Term, values: Sequence[Term]) -> Iterable[Hit]:
            count = sum(
                judge.conforms(shape, v) and not any(judge.conforms(o, v) for o in others)
                for v in values
            )
            return ((None, None),) if wrong(count) else ()

        return check

    return Constraint(f"{SH}{name}ConstraintComponent", prepare)


READERS: tuple[Callable[[ShapeNode], Iterator[Constraint]], ...] = (
    _logical, _pairs, _closed, _qualified,
)  # fmt: skip


def referred(node: ShapeNode) -> Iterator[str]:
    """The other shapes that a shape asks, its property shapes among them."""
    for name in ("not", "node", "property", "qualifiedValueShape"):
        yield from node.nodes(name)
    for name in ("and", "or", "xone"):
        for head in node.values(name):
            yield from _list_of_shapes(node, name, head)
    if node.values("qualifiedValueShapesDisjoint"):
        for shape in node.nodes("qualifiedValueShape"):
            yield from siblings(node, shape)

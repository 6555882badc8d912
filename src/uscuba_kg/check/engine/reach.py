"""What a shape looks at, so that a triple that came or went is followed back to its focus nodes.

Where a query looks at more than what hangs together with its focus node, a shape has no bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from uscuba_kg.check.engine.logic import referred
from uscuba_kg.check.engine.looks import ANY, NOWHERE, Look, joined, looks_along
from uscuba_kg.check.engine.model import Shape, Shapes
from uscuba_kg.check.engine.paths import Alternative, InTurn, Inverse, Path, Repeat, Step, walk
from uscuba_kg.check.engine.query_looks import looks_of_query
from uscuba_kg.check.engine.reading import ShapeNode
from uscuba_kg.check.graph.index import SUBCLASS, Graph
from uscuba_kg.rdf.terms import Term
from uscuba_kg.rdf.vocab import TYPE

Triples = Sequence[tuple[str, str, Term]]
_KINDS = InTurn((Step(TYPE), Repeat(Step(SUBCLASS), "*")))
_COMPARED = ("equals", "disjoint", "lessThan", "lessThanOrEquals")


def seen_from(looks: Iterable[Look], graph: Graph, node: Term) -> Iterator[tuple[str, str, Term]]:
    """The triples of a graph that are looked at from a focus node, perhaps some more."""
    for look in looks:
        ends = [(list(walk(graph, way)(node)), backward) for way, backward in look.ways]
        nodes, backward = min(ends, key=lambda end: len(end[0]))
        for at in nodes:
            if look.predicate == ANY:
                yield from ((str(at), p, v) for p, vs in graph.about(at).items() for v in vs)
            elif backward:
                yield from ((s, look.predicate, at) for s in graph.subjects(look.predicate, at))
            else:
                yield from ((str(at), look.predicate, v) for v in graph.objects(at, look.predicate))


def reached(looks: Iterable[Look], changed: Triples, graphs: Sequence[Graph]) -> set[Term]:
    """The nodes from which one of these triples is looked at, in any of the graphs together."""
    found: set[Term] = set()
    for look in looks:
        hits = [t for t in changed if look.predicate in (t[1], ANY)]
        if hits:
            ways = [
                ends_of(graphs, _turned(way), {hit[2 if backward else 0] for hit in hits})
                for way, backward in look.ways
            ]
            found |= set.intersection(*ways)
    return found


def _turned(path: Path) -> Path:
    """The path from the end of a path to its beginning."""
    match path:
        case Step(_):
            return Inverse(path)
        case Inverse(inner):
            return inner
        case InTurn(paths):
            return InTurn(tuple(_turned(p) for p in reversed(paths)))
        case Alternative(paths):
            return Alternative(tuple(map(_turned, paths)))
        case Repeat(inner, sign):
            return Repeat(_turned(inner), sign)


def ends_of(graphs: Sequence[Graph], path: Path, starts: set[Term]) -> set[Term]:
    """Where a path leads from some nodes, each step in any of the graphs."""
    match path:
        case Step(_) | Inverse(Step(_)):
            steps = [walk(graph, path) for graph in graphs]
            return {end for start in starts for step in steps for end in step(start)}
        case Inverse(inner):
            return ends_of(graphs, _turned(inner), starts)
        case InTurn(paths):
            for part in paths:
                starts = ends_of(graphs, part, starts)
            return starts
        case Alternative(paths):
            return set().union(*(ends_of(graphs, p, starts) for p in paths))
        case Repeat(inner, sign):
            found, new = set(starts), set(starts)
            while new:
                new = ends_of(graphs, inner, new) - found
                found |= new
                if sign == "?":
                    break
            return found


def looks_of(shapes: Shapes, shape: Shape) -> frozenset[Look] | None:
    """What a shape with targets looks at, its targets' conditions included; None: it has no bounds."""
    looks = _looks(shapes, shape.node)
    if looks is None:
        return None
    conditions: list[Path] = [Step(p) for p in shape.targets.subjects_of]
    conditions += [Inverse(Step(p)) for p in shape.targets.objects_of]
    conditions += [_KINDS] if shape.targets.classes else []
    return looks.union(*map(looks_along, conditions))


def _looks(shapes: Shapes, node: str) -> frozenset[Look] | None:
    shape = shapes.by_node.get(node)
    if shape is None:
        return frozenset()
    given = ShapeNode(shapes.graph, node)
    own = shape.path if shape.path is not None else NOWHERE
    paths = [own, *(Step(other) for name in _COMPARED for other in given.iris(name))]
    paths += [joined(own, _KINDS)] if given.values("class") else []
    paths += [joined(own, Step(ANY))] if given.flag("closed") else []
    found = {look for path in paths for look in looks_along(path)}
    for constraint in shape.sparql:
        asked = looks_of_query(constraint)
        if asked is None:
            return None
        found |= asked
    for inner in referred(given):
        below = _looks(shapes, inner)
        if below is None:
            return None
        found |= {look.behind(own) for look in below}
    return frozenset(found)

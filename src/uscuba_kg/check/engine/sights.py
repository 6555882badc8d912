"""What shapes see from many focus nodes at once: of several ways to a triple one is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import msgspec

from uscuba_kg.check.engine.looks import ANY, Look
from uscuba_kg.check.engine.paths import Alternative, InTurn, Inverse, Path, Repeat, Step
from uscuba_kg.check.engine.reach import ends_of
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.rdf.terms import Term


class Sight(msgspec.Struct, frozen=True):
    """Triples of a property (any, where that is empty) at the end of steps from the focus node.

    ``backward`` tells that the steps lead to their objects.
    """

    predicate: str
    steps: tuple[Path, ...]
    backward: bool


def sights_of(looks: Iterable[Look], others: Iterable[Collection[Sight]]) -> tuple[Sight, ...]:
    """Take one way for each look: that which asks for the subjects of the fewest new properties."""
    known = set(asked_backward(sight for sights in others for sight in sights))
    found = []
    for look in sorted(looks, key=lambda look: (len(look.ways), repr(look))):
        ways = [Sight(look.predicate, _steps(way), backward) for way, backward in look.ways]
        best = min(ways, key=lambda s: (len(asked_backward([s]) - known), _cost(s), repr(s)))
        known |= asked_backward([best])
        found.append(best)
    return tuple(found)


def _cost(sight: Sight) -> tuple[int, int]:
    """How often subjects are asked for, and how many steps there are."""
    return len(list(_asked([sight]))), len(sight.steps)


def asked_backward(sights: Iterable[Sight]) -> frozenset[str]:
    """The properties whose subjects are asked for by their objects."""
    return frozenset(_asked(sights))


def _asked(sights: Iterable[Sight]) -> Iterator[str]:
    for sight in sights:
        if sight.backward:
            yield sight.predicate
        for step in sight.steps:
            yield from _inverted(step, backward=False)


def _inverted(path: Path, *, backward: bool) -> Iterator[str]:
    match path:
        case Step(predicate):
            if backward:
                yield predicate
        case Inverse(inner):
            yield from _inverted(inner, backward=not backward)
        case Repeat(inner):
            yield from _inverted(inner, backward=backward)
        case InTurn(paths) | Alternative(paths):
            for part in paths:
                yield from _inverted(part, backward=backward)


def _steps(way: Path) -> tuple[Path, ...]:
    return way.paths if isinstance(way, InTurn) else (way,)


def seen(graph: Graph, sights: Iterable[Sight], nodes: Iterable[Term]) -> dict[str, set[str]]:
    """Give the subjects of what is seen from some nodes, each with its properties that are seen."""
    ends: dict[tuple[Path, ...], set[Term]] = {(): set(nodes)}

    def at(steps: tuple[Path, ...]) -> set[Term]:
        if steps not in ends:
            ends[steps] = ends_of((graph,), steps[-1], at(steps[:-1]))
        return ends[steps]

    found: dict[str, set[str]] = {}
    for sight in sights if ends[()] else ():
        for node in at(sight.steps):
            if sight.backward:
                for subject in graph.subjects(sight.predicate, node):
                    found.setdefault(subject, set()).add(sight.predicate)
            elif isinstance(node, str) and (about := graph.about(node)):
                seen_there = about.keys() if sight.predicate == ANY else {sight.predicate}
                found.setdefault(node, set()).update(seen_there)
    return found

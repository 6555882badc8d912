"""Which things of a graph may have new findings since an older state of it."""

from __future__ import annotations

from collections.abc import Iterator

from uscuba_kg.check.graph.index import Graph
from uscuba_kg.rdf.terms import Term


def changed(old: Graph, new: Graph) -> frozenset[str]:
    """Give the things about which the two graphs say something else."""
    subjects = {*old.subjects_at_all(), *new.subjects_at_all()}
    return frozenset(s for s in subjects if not _same(old, new, s))


def _same(old: Graph, new: Graph, subject: str) -> bool:
    one, other = old.about(subject), new.about(subject)
    return one.keys() == other.keys() and all(
        values == other[p] or set(values) == set(other[p]) for p, values in one.items()
    )


def touched(old: Graph, new: Graph) -> frozenset[Term]:
    """Give what changed, what it spoke or speaks of, and what speaks of it.

    A claim that is gone leaves a fact without evidence, and a thing of another class is a wrong
    value of what points to it.
    """
    things = changed(old, new)
    return frozenset({*things, *_named(old, things), *_named(new, things), *_naming(new, things)})


def _named(graph: Graph, things: frozenset[str]) -> Iterator[Term]:
    for thing in things:
        for values in graph.about(thing).values():
            yield from values


def _naming(graph: Graph, things: frozenset[str]) -> Iterator[str]:
    for subject in graph.subjects_at_all():
        if any(v in things for values in graph.about(subject).values() for v in values):
            yield subject

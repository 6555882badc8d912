"""What changed since an older state of a graph, and which things may have new findings by that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

import msgspec

from uscuba_kg.check.beyond.statements import changed_statements
from uscuba_kg.check.engine.model import Shapes
from uscuba_kg.check.engine.query_looks import keep_looks
from uscuba_kg.check.engine.reach import looks_of, reached, seen_from
from uscuba_kg.check.graph.index import Graph, graph_of
from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.graph.loading import triples_of
from uscuba_kg.check.validation import Narrowed, Plain, load_graph
from uscuba_kg.rdf.terms import Term, Triple

_MANY = 20
"""Where more than one triple in so many changed, a query is asked about the whole graph."""


class Change(msgspec.Struct, frozen=True):
    """The triples that went and that came."""

    gone: frozenset[Plain]
    come: frozenset[Plain]

    @property
    def things(self) -> frozenset[str]:
        """What something else is said about now."""
        return frozenset(t[0] for triples in (self.gone, self.come) for t in triples)

    def around(self, new: Graph) -> frozenset[Term]:
        """The things that changed, what they spoke or speak of, and what speaks of them."""
        things = self.things
        named = {value for _, _, value in self.gone}
        named |= {v for s in things for values in new.about(s).values() for v in values}
        naming = {t.subject for t in new if t.object in things}
        return frozenset({*things, *named, *naming})

    def narrow(self, graph: Graph, shapes: Shapes) -> Narrowed:
        """What the shapes have to look at for findings that are new, and those about what changed."""
        gone, changed = graph_of(self.gone), [*self.gone, *self.come]
        only: dict[str, frozenset[Term]] = {}
        needed: set[Plain] | None = set() if len(changed) * _MANY < graph.size else None
        for shape in shapes.targeted:
            looks = looks_of(shapes, shape)
            if looks is None:
                needed = None
                continue
            nodes = self.things | reached(looks, changed, (graph, gone))
            only[shape.node] = frozenset(n for n in nodes if shape.targets.include(graph, n))
            if needed is not None:
                for node in only[shape.node]:
                    needed.update(seen_from(looks, graph, node))
        keep_looks()
        return Narrowed(only, None if needed is None else tuple(Triple(*t) for t in needed))


def since(old: Sequence[Source], new: Sequence[Source]) -> Callable[[Graph], Change]:
    """Give what finds the change from one state to another, which is indexed already."""

    @cache
    def change(graph: Graph) -> Change:
        found = changed_statements(old, new)
        if found is None:
            return _compared(load_graph(old), graph)
        before, after = (frozenset(triples_of((s,))) for s in found)
        return Change(before - after, after - before)

    return change


def _compared(old: Graph, new: Graph) -> Change:
    return Change(frozenset(_missing(new, old)), frozenset(_missing(old, new)))


def _missing(here: Graph, there: Graph) -> Iterator[Plain]:
    """What one graph says and the other does not."""
    for subject in there.subjects_at_all():
        known = here.about(subject)
        for predicate, values in there.about(subject).items():
            same = known.get(predicate, ())
            if values != same:
                yield from ((subject, predicate, v) for v in values if v not in same)

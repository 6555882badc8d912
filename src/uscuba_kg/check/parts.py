"""A graph checked part by part, in memory that does not grow with it.

A shape sees no more of a graph than its paths and queries reach from a focus node (:mod:`engine.reach`).
So the graph goes to disk, and for each part of its nodes what their shapes see is fetched from there:
what is found is what a check of the whole would find. A shape that sees more (a query that does not
hang together with its focus node), or looks at what is named or pointed at, needs the whole graph.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from uscuba_kg.check.engine import fast
from uscuba_kg.check.engine.asking import Here, rust
from uscuba_kg.check.engine.logic import referred
from uscuba_kg.check.engine.model import Shape, Shapes
from uscuba_kg.check.engine.query_looks import keep_looks
from uscuba_kg.check.engine.reach import looks_of
from uscuba_kg.check.engine.reading import ShapeNode, UnsupportedError
from uscuba_kg.check.engine.shapes import read_shapes
from uscuba_kg.check.engine.sights import Sight, asked_backward, seen, sights_of
from uscuba_kg.check.findings import finding_of
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.graph.shelf import Shelf, shelve
from uscuba_kg.check.validation import load_classes, load_shapes
from uscuba_kg.errors import ShapeError
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import STRING, Literal, Term
from uscuba_kg.rdf.vocab import TYPE
from uscuba_kg.workers import Crew, in_order

if TYPE_CHECKING:
    import pyoxigraph

PART = 20_000
"""So many triples of its own a part has, about."""
_FILE = "graph.sqlite"

Places = tuple[Path, ...]
Needed = Mapping[str, set[str]]
"""Subjects with the predicates at which something is said of them that is seen."""


class Part(NamedTuple):
    """The nodes of a shelf from one name to another."""

    first: str
    last: str


def findings_in_parts(
    sources: Sequence[Source],
    folder: Path,
    crew: Crew | None = None,
    *,
    shapes: Places = (),
    ontology: Places = (),
) -> tuple[int, Iterator[Finding]] | None:
    """Give how many triples a graph has, and what is found in it, part by part, by workers of a crew.

    ``folder`` is where what is needed is put, and removed when all is found; ``shapes`` and
    ``ontology`` are the project's own by default. None where a shape needs the whole graph, or a
    feature of another engine. Raises InputError and ShapeError for what cannot be read.
    """
    from uscuba_kg.check.graph.loading import triples_of

    try:
        planned = _sights(read_shapes(load_shapes(*shapes).graph))
    except UnsupportedError:
        return None
    if planned is None:
        return None
    keep_looks()  # for the workers, who would else read all queries again
    left = tempfile.TemporaryDirectory(dir=folder, prefix="check-", ignore_cleanup_errors=True)
    place = Path(left.name, _FILE)
    backward = asked_backward(sight for sights in planned.values() for sight in sights)
    shelve(place, triples_of(sources), load_classes(*ontology), backward)
    shelf = Shelf(place)

    def found() -> Iterator[Finding]:
        with left:
            parts = [Part(*names) for names in shelf.parts(PART)]
            work = partial(_check, place=place, shapes=shapes)
            done = map(work, parts) if crew is None else in_order(work, parts, crew, _lost, 1)
            for findings in done:
                yield from findings

    return shelf.size, found()


def _sights(shapes: Shapes) -> dict[str, tuple[Sight, ...]] | None:
    """What each shape with targets sees, by its node; None where one needs the whole graph."""
    found: dict[str, tuple[Sight, ...]] = {}
    looks = {shape.node: looks_of(shapes, shape) for shape in shapes.targeted}
    if any(shape.targets.nodes or shape.targets.objects_of for shape in shapes.targeted):
        return None
    for node, sight in looks.items():
        if sight is None:
            return None
        found[node] = sights_of(sight, found.values())
    return found


def _lost(part: Part) -> list[Finding]:
    raise ShapeError(
        "a part of the graph could not be checked: its process died, twice",
        place=f"{part.first} to {part.last}",
        remedy="See to there being more memory, or check with --jobs 1.",
    )


class _Desk(NamedTuple):
    """All that a worker needs: the graph, the shapes, what those see that ask queries."""

    shelf: Shelf
    shapes: Shapes
    asking: Mapping[str, tuple[Sight, ...]]
    of_class: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _desk(place: Path, shapes: Places) -> _Desk:
    shelf, read = Shelf(place), read_shapes(load_shapes(*shapes).graph)
    sights = _sights(read) or {}
    asking = {node: sights[node] for node in sights if _asks(read, node)}
    of_class: dict[str, tuple[str, ...]] = {}
    for shape in read.targeted:
        for kind in {low for name in shape.targets.classes for low in shelf.classes_below(name)}:
            of_class[kind] = (*of_class.get(kind, ()), shape.node)
    return _Desk(shelf, read, asking, of_class)


def _asks(shapes: Shapes, node: str) -> bool:
    """Tell whether a shape, or one that it refers to, has queries."""
    shape = shapes.by_node.get(node)
    if shape is None:
        return False
    return bool(shape.sparql) or any(
        _asks(shapes, inner) for inner in referred(ShapeNode(shapes.graph, node))
    )


def _check(part: Part, place: Path, shapes: Places) -> list[Finding]:
    """What is found in one part."""
    desk = _desk(place, shapes)
    only = _focus(desk, desk.shelf.names(*part))
    needed: dict[str, set[str]] = {}
    for node, sights in desk.asking.items():
        for subject, predicates in seen(desk.shelf, sights, only[node]).items():
            needed.setdefault(subject, set()).update(predicates)
    graph = _Seen(desk.shelf, needed)
    found = fast.run(graph, desk.shapes, Here(graph.store), only)
    return sorted({finding_of(result, desk.shapes.graph) for result in found})


def _focus(desk: _Desk, names: Sequence[str]) -> dict[str, list[Term]]:
    """The nodes among these that each shape looks at."""
    only: dict[str, list[Term]] = {shape.node: [] for shape in desk.shapes.targeted}
    having: list[Shape] = [shape for shape in desk.shapes.targeted if shape.targets.subjects_of]
    for name in names:
        about = desk.shelf.about(name)
        shapes = {s for kind in about.get(TYPE, ()) for s in desk.of_class.get(str(kind), ())}
        shapes |= {s.node for s in having if any(p in about for p in s.targets.subjects_of)}
        for shape in shapes:
            only[shape].append(name)
    return only


class _Seen(Graph):
    """A graph on disk, of which so much as queries need is put before who answers them."""

    def __init__(self, whole: Graph, needed: Needed) -> None:
        self._whole, self._needed = whole, needed
        super().__init__({}, sum(map(len, needed.values())))

    def about(self, node: Term) -> Mapping[str, Sequence[Term]]:
        """What is said about a node: its predicates with their objects."""
        return self._whole.about(node)

    def backward(self, predicate: str) -> Mapping[Term, Sequence[str]]:
        """Every object of a predicate with its subjects."""
        return self._whole.backward(predicate)

    @cached_property
    def literals(self) -> frozenset[Literal]:
        """Every literal among what is needed that is not plain words."""
        values = (value for _, _, value in self._triples() if isinstance(value, Literal))
        return frozenset(v for v in values if not v.language and v.datatype != STRING)

    def store(self) -> pyoxigraph.Store:
        """What queries need, in memory."""
        import pyoxigraph

        store = pyoxigraph.Store()
        store.bulk_extend(
            pyoxigraph.Quad(rust(subject), pyoxigraph.NamedNode(predicate), rust(value))
            for subject, predicate, value in self._triples()
        )
        return store

    def _triples(self) -> Iterator[tuple[str, str, Term]]:
        for subject, predicates in self._needed.items():
            about = self._whole.about(subject)
            for predicate in predicates:
                for value in about.get(predicate, ()):
                    yield subject, predicate, value

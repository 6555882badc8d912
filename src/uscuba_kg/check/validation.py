"""One validation from files to results: what to read, which engine, what to make of what it lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Literal as OneOf

import msgspec

from uscuba_kg.check.engine import fast
from uscuba_kg.check.engine.asking import SHAPES_GRAPH, Apart, Asker, Here
from uscuba_kg.check.engine.model import Result
from uscuba_kg.check.engine.model import Shapes as ReadShapes
from uscuba_kg.check.engine.reading import UnsupportedError
from uscuba_kg.check.engine.shapes import read_shapes
from uscuba_kg.check.graph.index import SUBCLASS, Graph, graph_of
from uscuba_kg.check.graph.inputs import Source, sources_of
from uscuba_kg.errors import InputError, ShapeError
from uscuba_kg.kept import uncollected
from uscuba_kg.rdf.terms import Term, Triple
from uscuba_kg.rdf.turtle import ntriples
from uscuba_kg.rdf.vocab import TYPE
from uscuba_kg.resources import ontology_dir, shapes_dir

if TYPE_CHECKING:
    import pyoxigraph

Engine = OneOf["auto", "fast", "pyshacl"]
Data = Sequence[Source] | Sequence[Triple]
Plain = tuple[str, str, Term]


class Verdict(msgspec.Struct, frozen=True):
    """What a validation found, by which engine, and the graphs that it looked at."""

    results: tuple[Result, ...]
    engine: str
    graph: Graph
    shapes: Graph

    @property
    def triples(self) -> int:
        """How many triples the graph has, the ontology's left out."""
        return self.graph.size


class Narrowed(msgspec.Struct, frozen=True):
    """Which nodes shapes are to look at, and all triples that their queries then need, or None."""

    only: fast.Focus
    triples: Sequence[Triple] | None = None


class Shapes(msgspec.Struct, frozen=True):
    """A shapes graph with its files."""

    graph: Graph
    sources: tuple[Source, ...]


def load_shapes(*places: Path) -> Shapes:
    """Read the shapes at places, the project's own by default; raises ShapeError."""
    sources, triples = _given(places or [shapes_dir()], "shapes")
    return Shapes(graph_of(triples), sources)


def load_ontology(*places: Path) -> tuple[Plain, ...]:
    """Read an ontology, the project's own by default; raises ShapeError."""
    return tuple(_given(places or [ontology_dir() / "uscuba.ttl"], "classes")[1])


def classes_of(ontology: Iterable[Plain]) -> tuple[Plain, ...]:
    """What an ontology says of classes, for SHACL looks for it in the data.

    Without it a subclass is not known to be one.
    """
    return tuple(t for t in ontology if t[1] in (TYPE, SUBCLASS) and not _has_blank(t))


def load_classes(*places: Path) -> tuple[Plain, ...]:
    """Read what the ontology at places says of classes; raises ShapeError."""
    return classes_of(load_ontology(*places))


def _given(places: Sequence[Path], what: str) -> tuple[tuple[Source, ...], list[Plain]]:
    from uscuba_kg.check.graph.loading import triples_of

    try:
        sources = sources_of(places)
        return sources, list(triples_of(sources))
    except InputError as error:
        if error.message.startswith("there is no graph"):
            raise ShapeError(f"there are no {what} here", place=error.place) from error
        raise ShapeError(error.message, place=error.place, remedy=error.remedy) from error


def _has_blank(triple: Plain) -> bool:
    return any(isinstance(term, str) and term.startswith("_:") for term in triple)


def load_graph(data: Data, classes: Sequence[Plain] = ()) -> Graph:
    """Index a graph with the classes beside it; raises InputError."""
    with uncollected():
        return graph_of(_plain(data), classes)


def _plain(data: Data) -> Iterator[Plain]:
    from uscuba_kg.check.graph.loading import triples_of

    if _in_files(data):
        yield from triples_of([s for s in data if isinstance(s, Source)])
    for triple in data:
        if isinstance(triple, Triple):
            yield triple.subject, triple.predicate, triple.object


def _in_files(data: Data) -> bool:
    return bool(data) and isinstance(data[0], Source)


def validate(
    data: Data,
    *,
    shapes: Shapes | None = None,
    classes: Sequence[Plain] | None = None,
    engine: Engine = "auto",
    seconds: float | None = None,
    narrow: Callable[[Graph, ReadShapes], Narrowed] | None = None,
) -> Verdict:
    """Validate a graph against shapes, the project's by default.

    ``seconds`` is what one query of the shapes may take: it is then asked in a process of its own.
    ``narrow`` gives the nodes to look at; pySHACL looks at all. ``engine`` is the fast one, pySHACL,
    or ``auto``: the fast one, and pySHACL where shapes have a feature that the fast one lacks. Raises
    InputError for a graph and ShapeError for shapes that cannot be read or applied.
    """
    shapes = shapes or load_shapes()
    classes = load_classes() if classes is None else classes
    if engine == "pyshacl":
        return _reference(data, shapes, classes, seconds)
    try:
        read = read_shapes(shapes.graph)
        queries = [c.query for shape in read.by_node.values() for c in shape.sparql]
        if narrow is None:  # whoever answers queries reads the graph at the same time
            asker = _asker(data, shapes, classes, queries, seconds)
            graph = load_graph(data, classes)
            return Verdict(tuple(fast.run(graph, read, asker)), "fast", graph, shapes.graph)
        graph = load_graph(data, classes)
        narrowed = narrow(graph, read)
        needed = data if narrowed.triples is None else narrowed.triples
        asker = _asker(needed, shapes, classes, queries, seconds)
        found = fast.run(graph, read, asker, narrowed.only)
        return Verdict(tuple(found), "fast", graph, shapes.graph)
    except UnsupportedError as error:
        if engine == "fast":
            raise ShapeError(
                f"the fast engine does not have {error}",
                place="shapes",
                remedy="Take --engine pyshacl, or auto.",
            ) from error
        return _reference(data, shapes, classes, seconds)


def _reference(
    data: Data, shapes: Shapes, classes: Sequence[Plain], seconds: float | None
) -> Verdict:
    from uscuba_kg.check.engine import reference

    graph = load_graph(data, classes)
    try:
        found = reference.run(graph, shapes.graph, advanced=True, seconds=seconds)
    except UnsupportedError as error:
        raise ShapeError(f"no engine here has {error}", place="shapes") from error
    return Verdict(tuple(found), "pyshacl", graph, shapes.graph)


def _asker(
    data: Data,
    shapes: Shapes,
    classes: Sequence[Plain],
    queries: Sequence[str],
    seconds: float | None,
) -> Asker:
    looks_at_shapes = any("shapesGraph" in query for query in queries)
    load = loader(data, classes, shapes.sources if looks_at_shapes else ())
    return Apart(load, seconds) if seconds is not None and queries else Here(load)


def loader(
    data: Data, classes: Sequence[Plain] = (), shapes: Sequence[Source] = ()
) -> Callable[[], pyoxigraph.Store]:
    """Give what makes a store of the data, here or in another process."""
    return partial(_store, data, classes, shapes)


def _store(data: Data, classes: Sequence[Plain], shapes: Sequence[Source]) -> pyoxigraph.Store:
    """A store of the data, and of the shapes for queries that look at them."""
    import pyoxigraph

    from uscuba_kg.check.graph.loading import quads_of, store_of

    sources = [s for s in data if isinstance(s, Source)]
    triples = [*(t for t in data if isinstance(t, Triple)), *(Triple(*t) for t in classes)]
    lines = "".join(ntriples(triples)).encode()
    store = store_of((*sources, Source("the graph", ".nt", data=lines)))
    name = pyoxigraph.NamedNode(SHAPES_GRAPH)
    for source in shapes:
        store.extend(
            pyoxigraph.Quad(q.subject, q.predicate, q.object, name) for q in quads_of(source)
        )
    return store

"""Property paths: read from a shapes graph, followed in a data graph, written as SPARQL (SHACL 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import msgspec

from uscuba_kg.check.graph.index import FIRST, Graph, NotAListError, is_blank
from uscuba_kg.rdf.terms import Literal, Term

SH = "http://www.w3.org/ns/shacl#"
_REPEATS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_KINDS = ("alternativePath", "inversePath", *_REPEATS)


class Step(msgspec.Struct, frozen=True):
    """One property."""

    predicate: str


class Inverse(msgspec.Struct, frozen=True):
    """A path walked from its end."""

    path: Path


class InTurn(msgspec.Struct, frozen=True):
    """One path after the other."""

    paths: tuple[Path, ...]


class Alternative(msgspec.Struct, frozen=True):
    """Any of several paths."""

    paths: tuple[Path, ...]


class Repeat(msgspec.Struct, frozen=True):
    """A path walked ``*``, ``+`` or ``?`` times."""

    path: Path
    sign: str


Path: TypeAlias = Step | Inverse | InTurn | Alternative | Repeat


class BadPathError(Exception):
    """What stands at ``sh:path`` is no path."""


def read_path(shapes: Graph, node: Term, above: frozenset[str] = frozenset()) -> Path:
    """Read a path; raises :class:`BadPathError`."""
    if isinstance(node, Literal):
        raise BadPathError(f"a literal is no path: {node.lexical!r}")
    if not is_blank(node):
        return Step(node)
    if node in above:
        raise BadPathError("a path that contains itself")
    above = above | {node}
    said = [kind for kind in _KINDS if shapes.objects(node, SH + kind)]
    if shapes.objects(node, FIRST):  # whatever else it says: the suite of W3C has such a case
        said = []
    if len(said) > 1:
        raise BadPathError(f"a path of two kinds: {', '.join(said)}")
    if not said:
        paths = tuple(read_path(shapes, item, above) for item in _items(shapes, node))
        return InTurn(paths)
    (inner,) = shapes.objects(node, SH + said[0])[:1]
    if said[0] == "alternativePath":
        return Alternative(tuple(read_path(shapes, i, above) for i in _items(shapes, inner)))
    path = read_path(shapes, inner, above)
    return Inverse(path) if said[0] == "inversePath" else Repeat(path, _REPEATS[said[0]])


def _items(shapes: Graph, node: Term) -> list[Term]:
    try:
        items = shapes.items(node)
    except NotAListError as error:
        raise BadPathError("a path that is neither a property nor a list") from error
    if len(items) < 2:
        raise BadPathError("a sequence or choice of fewer than two paths")
    return items


Walk: TypeAlias = Callable[[Term], Sequence[Term]]


def walk(graph: Graph, path: Path, backward: bool = False) -> Walk:
    """Give the function from a node to the nodes at the end of a path, each once."""
    match path:
        case Step(predicate):
            if backward:
                subjects = graph.backward(predicate)
                return lambda node: subjects.get(node, ())
            return lambda node: graph.objects(node, predicate)
        case Inverse(inner):
            return walk(graph, inner, not backward)
        case InTurn(paths):
            steps = [walk(graph, p, backward) for p in (reversed(paths) if backward else paths)]
            return lambda node: _in_turn(node, steps)
        case Alternative(paths):
            ways = [walk(graph, p, backward) for p in paths]
            return lambda node: list(dict.fromkeys(v for way in ways for v in way(node)))
        case Repeat(inner, sign):
            once = walk(graph, inner, backward)
            if sign == "?":
                return lambda node: list(dict.fromkeys((node, *once(node))))
            return lambda node: _closure(node, once, itself=sign == "*")


def _in_turn(node: Term, steps: Iterable[Walk]) -> Sequence[Term]:
    nodes: Iterable[Term] = (node,)
    for step in steps:
        nodes = dict.fromkeys(v for n in nodes for v in step(n))
    return list(nodes)


def _closure(node: Term, once: Walk, *, itself: bool) -> Sequence[Term]:
    found: dict[Term, None] = {node: None} if itself else {}
    waiting = [node]
    while waiting:
        for value in once(waiting.pop()):
            if value not in found:
                found[value] = None
                waiting.append(value)
    return list(found)


def path_sparql(path: Path) -> str:
    """A path as SPARQL writes it, with whole IRIs."""
    match path:
        case Step(predicate):
            return f"<{predicate}>"
        case Inverse(inner):
            return f"^{_grouped(inner)}"
        case InTurn(paths):
            return "/".join(_grouped(p) for p in paths)
        case Alternative(paths):
            return "|".join(_grouped(p) for p in paths)
        case Repeat(inner, sign):
            return _grouped(inner) + sign


def _grouped(path: Path) -> str:
    text = path_sparql(path)
    return text if isinstance(path, Step) else f"({text})"


def properties_of(path: Path) -> frozenset[str]:
    """Every property that a path names."""
    match path:
        case Step(predicate):
            return frozenset((predicate,))
        case Inverse(inner) | Repeat(inner):
            return properties_of(inner)
        case InTurn(paths) | Alternative(paths):
            return frozenset().union(*(properties_of(p) for p in paths))

"""What a query of a shape looks at, where its patterns hang together with ``$this``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path as File
from typing import Any

from uscuba_kg.check.engine.asking import prefixes_of
from uscuba_kg.check.engine.looks import ANY, Look, looks_along
from uscuba_kg.check.engine.model import SparqlConstraint
from uscuba_kg.check.engine.paths import Alternative, InTurn, Inverse, Path, Repeat, Step
from uscuba_kg.kept import keep, kept_file, read_kept

Edge = tuple[Any, Path, Any]
_PATHS = "uscuba_kg.check.engine.paths"
_KEPT = frozenset(
    {
        ("uscuba_kg.check.engine.looks", "Look"),
        *((_PATHS, name) for name in ("Step", "Inverse", "InTurn", "Alternative", "Repeat")),
        ("builtins", "frozenset"),
    }
)
_MOST_KEPT = 1_000
_AROUND = frozenset(
    {"Extend", "Project", "Distinct", "OrderBy", "SelectQuery", "Group", "AggregateJoin", "Slice"}
)


class _NoBoundsError(Exception):
    """The query looks at what does not hang together with its focus node."""


def looks_of_query(constraint: SparqlConstraint) -> frozenset[Look] | None:
    """Give all that a query looks at, or None where that has no bounds."""
    if constraint.bound or constraint.each or "PATH" in constraint.query:
        return None
    prefixes = prefixes_of(constraint.prefixes)
    key = hashlib.sha256(repr((constraint.query, sorted(prefixes.items()))).encode()).hexdigest()
    known = _known()
    if key not in known.found:
        known.found[key] = _looks(constraint.query, prefixes)
        known.grown = True
    return known.found[key]


def keep_looks() -> None:
    """Keep what was found for the next run: reading queries takes longer than most changes."""
    known = _known()
    if known.grown and known.place is not None and len(known.found) <= _MOST_KEPT:
        keep(known.place, known.found)
    known.grown = False


class _Known:
    """What queries look at, by their hashes, and where that is kept."""

    def __init__(self) -> None:
        folder = File(__file__).parent
        code = [folder / name for name in ("query_looks.py", "looks.py", "paths.py")]
        self.place = kept_file("query-looks", (), code)
        found = read_kept(self.place, _KEPT) if self.place is not None else None
        self.found: dict[str, frozenset[Look] | None] = found if isinstance(found, dict) else {}
        self.grown = False


@lru_cache(maxsize=1)
def _known() -> _Known:
    return _Known()


def _looks(query: str, prefixes: Mapping[str, str]) -> frozenset[Look] | None:
    from rdflib import Variable
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    this = Variable("this")
    try:
        algebra = translateQuery(parseQuery(query), initNs=dict(prefixes)).algebra
        return frozenset(
            look for edge, beside in _edges(algebra, ()) for look in _at(edge, beside, this)
        )
    except Exception:  # what that parser, or the code here, does not know has no bounds
        return None


def _edges(part: Any, beside: Sequence[Edge]) -> Iterator[tuple[Edge, Sequence[Edge]]]:
    """Each pattern with those that hold wherever it does."""
    name = part.name
    if name == "BGP":
        edges = _patterns(part)
        yield from ((edge, [*beside, *edges]) for edge in edges)
    elif name == "Join":
        yield from _edges(part.p1, [*beside, *_sure(part.p2)])
        yield from _edges(part.p2, [*beside, *_sure(part.p1)])
    elif name == "LeftJoin":
        within = [*beside, *_sure(part.p1)]
        yield from _edges(part.p1, beside)
        yield from _edges(part.p2, within)
        yield from _asked(part.expr, [*within, *_sure(part.p2)])
    elif name == "Union":
        yield from _edges(part.p1, beside)
        yield from _edges(part.p2, beside)
    elif name == "Filter":
        yield from _edges(part.p, beside)
        yield from _asked(part.expr, [*beside, *_sure(part.p)])
    elif name in _AROUND:
        yield from _edges(part.p, beside)
        yield from _asked(part.get("expr"), [*beside, *_sure(part.p)])
    else:
        raise _NoBoundsError(name)


def _asked(expression: Any, beside: Sequence[Edge]) -> Iterator[tuple[Edge, Sequence[Edge]]]:
    """The patterns in an expression, within EXISTS and NOT EXISTS."""
    if isinstance(expression, list):
        for one in expression:
            yield from _asked(one, beside)
    elif hasattr(expression, "name"):
        if expression.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield from _edges(expression.graph, beside)
        else:
            for key, value in expression.items():
                if key != "_vars":
                    yield from _asked(value, beside)


def _sure(part: Any) -> list[Edge]:
    """The patterns that hold in every solution."""
    if part.name == "BGP":
        return _patterns(part)
    if part.name == "Join":
        return [*_sure(part.p1), *_sure(part.p2)]
    if part.name == "LeftJoin":
        return _sure(part.p1)
    return _sure(part.p) if part.name in {"Filter", *_AROUND} else []


def _patterns(part: Any) -> list[Edge]:
    return [(subject, _path(predicate), value) for subject, predicate, value in part.triples]


def _path(predicate: Any) -> Path:
    from rdflib import Variable
    from rdflib.paths import AlternativePath, InvPath, MulPath, SequencePath

    if isinstance(predicate, Variable):
        return Step(ANY)
    if isinstance(predicate, InvPath):
        return Inverse(_path(predicate.arg))
    if isinstance(predicate, SequencePath):
        return InTurn(tuple(map(_path, predicate.args)))
    if isinstance(predicate, AlternativePath):
        return Alternative(tuple(map(_path, predicate.args)))
    if isinstance(predicate, MulPath):
        return Repeat(_path(predicate.path), str(predicate.mod))
    if not isinstance(predicate, str):
        raise _NoBoundsError(str(predicate))  # a negated set of properties
    return Step(str(predicate))


def _at(edge: Edge, beside: Sequence[Edge], this: Any) -> Iterator[Look]:
    """What a pattern looks at, by the ways from ``$this`` over the patterns that hold beside it."""
    subject, path, value = edge
    ways = [(way, False) for way in _simple(this, subject, beside)]
    if path != Step(ANY):
        ways += [(way, True) for way in _simple(this, value, beside)]
    ways = [
        (way, b) for way, b in ways if not any(s in (Step(ANY), Inverse(Step(ANY))) for s in way)
    ]
    if not ways:
        raise _NoBoundsError(f"{subject} {value}")
    if isinstance(path, Step):
        yield Look(path.predicate, tuple((InTurn(way), backward) for way, backward in ways))
    else:
        way, backward = min(ways, key=lambda one: len(one[0]))
        yield from looks_along(path, InTurn(way), backward)


def _simple(
    start: Any, end: Any, edges: Sequence[Edge], seen: tuple[Any, ...] = ()
) -> Iterator[tuple[Path, ...]]:
    """The ways between two variables that come to no third one twice."""
    from rdflib import BNode, Variable

    if start == end:
        yield ()
        return
    for subject, path, value in edges:
        for here, there, step in ((subject, value, path), (value, subject, Inverse(path))):
            if (
                here == start
                and there not in (*seen, start)
                and isinstance(there, Variable | BNode)
            ):
                for rest in _simple(there, end, edges, (*seen, start)):
                    yield (step, *rest)

"""Results in a form in which those of two engines can be held against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from uscuba_kg.check.engine.model import Result
from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.validation import Shapes, validate
from uscuba_kg.rdf.terms import Literal, Term

Key = tuple[str, str, str, str, str]


def shown(term: Term | None) -> str:
    """A term; all blank nodes are alike, since an engine may rename them."""
    if term is None:
        return ""
    if isinstance(term, Literal):
        return f'"{term.lexical}"^^{term.datatype}@{term.language.lower()}'
    return "_" if term.startswith("_:") else term


def key(result: Result) -> Key:
    """Focus node, path, value, component and severity: what SHACL itself fixes."""
    path = result.path if "://" in result.path and result.path[0] not in "<(^" else "_"
    return (
        shown(result.focus),
        path if result.path else "",
        shown(result.value),
        result.component,
        result.severity,
    )


def counted(results: Iterable[Result]) -> Counter[Key]:
    return Counter(map(key, results))


def turtle_source(text: str, name: str = "graph.ttl") -> tuple[Source, ...]:
    return (Source(name, ".ttl", data=text.encode()),)


def both(data: str, shapes: Shapes) -> tuple[set[Key], set[Key]]:
    """What the fast engine and pySHACL find."""
    found = [
        set(counted(validate(turtle_source(data), shapes=shapes, classes=(), engine=e).results))
        for e in ("fast", "pyshacl")
    ]
    return found[0], found[1]

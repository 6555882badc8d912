"""Triples indexed by subject and predicate, for an engine that asks millions of small questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from uscuba_kg.rdf.terms import STRING, Literal, Term, Triple
from uscuba_kg.rdf.vocab import RDF, RDFS, TYPE

SUBCLASS = RDFS + "subClassOf"
FIRST, _REST, NIL = RDF + "first", RDF + "rest", RDF + "nil"
_NONE: tuple[Term, ...] = ()
_NOTHING: Mapping[str, Sequence[Term]] = {}


def is_blank(term: Term) -> bool:
    """Tell whether a term is a blank node; IRIs and blank nodes are plain strings."""
    return isinstance(term, str) and term.startswith("_:")


class NotAListError(Exception):
    """What should be an RDF list is none: it ends in nothing, forks or bites its tail."""


class Graph:
    """A set of triples that does not change any more; build it with :func:`graph_of`."""

    def __init__(self, about: dict[str, dict[str, list[Term]]], size: int) -> None:
        self.size = size
        self._about = about
        self._backward: dict[str, dict[Term, list[str]]] = {}
        self._below: dict[str, frozenset[str]] = {}

    def __iter__(self) -> Iterator[Triple]:
        for subject, node in self._about.items():
            for predicate, values in node.items():
                for value in values:
                    yield Triple(subject, predicate, value)

    def about(self, node: Term) -> Mapping[str, Sequence[Term]]:
        """What is said about a node: its predicates with their objects."""
        return self._about.get(node, _NOTHING) if isinstance(node, str) else _NOTHING

    def subjects_at_all(self) -> Iterable[str]:
        """Every subject."""
        return self._about

    def objects(self, node: Term, predicate: str) -> Sequence[Term]:
        """The objects of a node at a predicate, each once."""
        return self.about(node).get(predicate, _NONE)

    def one(self, node: Term, predicate: str) -> Term | None:
        """The first of these objects, or None."""
        values = self.objects(node, predicate)
        return values[0] if values else None

    def backward(self, predicate: str) -> Mapping[Term, Sequence[str]]:
        """Every object of a predicate with its subjects."""
        found = self._backward.get(predicate)
        if found is None:
            found = {}
            for subject, node in self._about.items():
                for value in node.get(predicate, _NONE):
                    found.setdefault(value, []).append(subject)
            self._backward[predicate] = found
        return found

    def subjects(self, predicate: str, value: Term) -> Sequence[str]:
        """The subjects that have this object at a predicate."""
        return self.backward(predicate).get(value, ())

    @cached_property
    def literals(self) -> frozenset[Literal]:
        """Every literal that is not plain words: one that a store may write in another way."""
        return frozenset(
            value
            for node in self._about.values()
            for values in node.values()
            for value in values
            if isinstance(value, Literal) and not value.language and value.datatype != STRING
        )

    def classes_below(self, name: str) -> frozenset[str]:
        """A class with all its subclasses, as the graph itself knows them."""
        found = self._below.get(name)
        if found is None:
            seen, waiting = {name}, [name]
            while waiting:
                for lower in self.subjects(SUBCLASS, waiting.pop()):
                    if lower not in seen:
                        seen.add(lower)
                        waiting.append(lower)
            found = self._below[name] = frozenset(seen)
        return found

    def is_a(self, node: Term, name: str) -> bool:
        """Tell whether a node is of a class or one of its subclasses."""
        below = self.classes_below(name)
        return any(kind in below for kind in self.objects(node, TYPE))

    def items(self, head: Term) -> list[Term]:
        """The items of an RDF list; raises :class:`NotAListError`."""
        found: list[Term] = []
        seen: set[Term] = set()
        while head != NIL:
            first, rest = self.objects(head, FIRST), self.objects(head, _REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise NotAListError(str(head))
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found


def graph_of(
    triples: Iterable[tuple[str, str, Term]], beside: Iterable[tuple[str, str, Term]] = ()
) -> Graph:
    """Index triples; each counts once however often it stands there, and those ``beside`` not at all."""
    about: dict[str, dict[str, list[Term]]] = {}
    _add(about, triples)
    size = sum(len(values) for node in about.values() for values in node.values())
    _add(about, beside)
    return Graph(about, size)


def _add(about: dict[str, dict[str, list[Term]]], triples: Iterable[tuple[str, str, Term]]) -> None:
    names: dict[str, str] = {}  # one string for each name: it stands in many triples
    several: set[tuple[str, str]] = set()
    for subject, predicate, value in triples:
        node = about.get(subject)
        if node is None:
            node = about[names.setdefault(subject, subject)] = {}
        if not isinstance(value, Literal):
            value = names.setdefault(value, value)
        values = node.get(predicate)
        if values is None:
            node[names.setdefault(predicate, predicate)] = [value]
        else:
            values.append(value)
            several.add((subject, predicate))
    for subject, predicate in several:
        about[subject][predicate] = list(dict.fromkeys(about[subject][predicate]))

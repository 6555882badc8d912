"""One look at a graph for one request: names in the reader's language, links, days in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from uscuba_kg.publish.explorer.dates import in_words
from uscuba_kg.publish.explorer.frame import NAMESPACE, link
from uscuba_kg.publish.explorer.page import Request
from uscuba_kg.publish.explorer.words import words
from uscuba_kg.publish.view import View
from uscuba_kg.rdf.vocab import ID, TYPE, USCUBA

_PEOPLE = ID + "person/"
_SIDES = {ID + "state/cuba": "cuba", ID + "state/united-states": "united-states"}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to be named on a page: its IRI, its name, and where a link to it leads.

    ``language`` is that of a name that is known in another than the reader's alone.
    """

    iri: str
    name: str
    href: str
    language: str = ""


class Visit:
    """Look-ups for one page; a thing is asked for its name once."""

    def __init__(self, store: pyoxigraph.Store, request: Request) -> None:
        self.view = View(store, request.reads)
        self.request = request
        self.language = request.reads
        self.words: Mapping[str, Any] = words(request.reads)
        self._things: dict[str, Thing] = {}

    def rows(self, query: str, **bound: str) -> list[tuple[str, ...]]:
        """The rows of a SELECT as plain strings; ``bound`` gives variables an IRI each."""
        return self.view.rows(query, **bound)

    def thing(self, iri: str) -> Thing:
        """A thing with its name and its address; what has no IRI is its own name."""
        found = self._things.get(iri)
        if found is None:
            found = self._things[iri] = self._looked_up(iri)
        return found

    def _looked_up(self, iri: str) -> Thing:
        if not is_iri(iri):
            return Thing(iri, iri, "")
        name, language = self.view.named(self.view.node(iri))
        if iri.startswith(_PEOPLE):  # they are called so in every language
            language = ""
        return Thing(iri, name, self.href(iri), language)

    def term(self, iri: str) -> str:
        """The name of a property or class, as the ontology has it in the reader's language."""
        return self.thing(iri).name

    def things(self, iris: Iterable[str]) -> tuple[Thing, ...]:
        """Things by their names, each once."""
        found = {iri: self.thing(iri) for iri in iris if iri}
        return tuple(sorted(found.values(), key=lambda t: (t.name.casefold(), t.iri)))

    def href(self, iri: str) -> str:
        """Where a link to an IRI leads: to this server for ours, elsewhere for http(s) alone."""
        if iri.startswith(NAMESPACE + "/"):
            return link(self.request, iri)
        return iri if iri.startswith(("http://", "https://")) else ""

    def one(self, iri: str, predicate: str) -> str:
        """The first value of a property, as a plain string; empty where there is none."""
        return self.view.one(iri, predicate)

    def all(self, iri: str, predicate: str) -> tuple[str, ...]:
        """All values of a property, as plain strings."""
        return tuple(str(o.value) for o in self.view.objects(iri, predicate))

    def days(self, start: str, end: str = "") -> str:
        """A day or a range of days in the reader's language."""
        return in_words(start, end, self.language)

    def types(self, iri: str) -> frozenset[str]:
        """The names of the project's own classes that a thing is of."""
        found = (o.value for o in self.view.objects(iri, TYPE))
        return frozenset(t.removeprefix(USCUBA) for t in found if t.startswith(USCUBA))


def side(state: str) -> str:
    """The word by which style tells the sides apart: of the two states, else ``other``."""
    return _SIDES.get(state, "other")


def is_iri(text: str) -> bool:
    """Tell whether a text can stand as an IRI in a look-up: the engine decides."""
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


def short(iri: str) -> str:
    """What stands for an IRI in an address of the explorer: ``topic/migration``."""
    return iri.removeprefix(ID)


def whole(text: str) -> str:
    """The IRI that ``short`` shortened; empty for what can be none.

    >>> whole("topic/migration")
    'https://w3id.org/uscuba-kg/id/topic/migration'
    """
    iri = text if "://" in text else ID + text
    return iri if text and is_iri(iri) else ""

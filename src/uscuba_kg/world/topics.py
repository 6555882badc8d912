"""The topics, out of their SKOS file."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from uscuba_kg.errors import SeedError
from uscuba_kg.model import Label
from uscuba_kg.text import fold
from uscuba_kg.world.entries import Topic

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RANKS = {
    _SKOS + "prefLabel": "preferred",
    _SKOS + "altLabel": "alternative",
    _SKOS + "hiddenLabel": "hidden",
}
_NOTATION = _SKOS + "notation"
_WEAK = "https://w3id.org/uscuba-kg/ontology#weakCue"
_EXACT = "https://w3id.org/uscuba-kg/ontology#exactCue"


def read_topics(path: Path) -> tuple[Topic, ...]:
    """Read the concepts that bear a notation, in the order of their notations."""
    notations: dict[str, str] = {}
    labels: dict[str, set[Label]] = {}
    marked: dict[tuple[str, str], set[str]] = {}
    for subject, predicate, value, language in _literals(path):
        if predicate == _NOTATION:
            notations[subject] = value
        elif predicate in (_WEAK, _EXACT):
            marked.setdefault((subject, predicate), set()).add(fold(value))
        elif predicate in _RANKS and language:
            labels.setdefault(subject, set()).add(Label(value, language, _RANKS[predicate]))
    if len(set(notations.values())) != len(notations):
        raise SeedError(
            "two topics bear one notation",
            place=str(path),
            remedy="Give each concept a skos:notation of its own.",
        )
    ranks = list(_RANKS.values())
    return tuple(
        Topic(
            notation,
            tuple(sorted(labels.get(subject, ()), key=lambda one: (ranks.index(one.rank), one))),
            frozenset(marked.get((subject, _WEAK), ())),
            frozenset(marked.get((subject, _EXACT), ())),
        )
        for subject, notation in sorted(notations.items(), key=lambda pair: pair[1])
    )


def _literals(path: Path) -> list[tuple[str, str, str, str | None]]:
    """The statements whose object is a literal."""
    try:
        return [
            (quad.subject.value, quad.predicate.value, quad.object.value, quad.object.language)
            for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode)
        ]
    except (OSError, SyntaxError) as error:
        raise SeedError(
            f"the topics cannot be read: {error}",
            place=str(path),
            remedy="It must be a Turtle file of SKOS concepts.",
        ) from error

"""The vocabulary: classes, properties and values of the ontology, each at its own place in one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uscuba_kg.publish.explorer.frame import page
from uscuba_kg.publish.explorer.page import Page
from uscuba_kg.publish.explorer.visit import Visit
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import LABEL, SKOS, TYPE, USCUBA

KINDS: Mapping[str, str] = {
    "Class": "Class",
    "ObjectProperty": "Property",
    "DatatypeProperty": "Property",
    "AnnotationProperty": "Property",
    "NamedIndividual": "NamedIndividual",
}
"""What the types of a term in OWL are called here."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology; ``place`` is the anchor of those of the project's own namespace."""

    iri: str
    short: str
    place: str
    kind: str
    name: str
    meaning: str
    example: str


def vocabulary(visit: Visit) -> tuple[Term, ...]:
    """Give all terms that the ontology describes, with what they mean in the reader's language."""
    kinds: dict[str, str] = {}
    for quad in visit.view.names.quads_for_pattern(None, visit.view.node(TYPE), None):
        kind = KINDS.get(getattr(quad.object, "value", "").rpartition("#")[2])
        if kind is not None:
            kinds[getattr(quad.subject, "value", "")] = kind
    return tuple(
        Term(
            iri,
            short_iri(iri).strip("<>"),
            iri.removeprefix(USCUBA) if iri.startswith(USCUBA) else "",
            kind,
            _text(visit, iri, LABEL),
            _text(visit, iri, SKOS + "definition"),
            _text(visit, iri, SKOS + "example"),
        )
        for iri, kind in sorted(kinds.items())
    )


def ontology_page(visit: Visit) -> Page:
    """Give the page of the vocabulary, by kind of term."""
    found = vocabulary(visit)
    kinds = dict.fromkeys(KINDS.values())
    groups = [(kind, [term for term in found if term.kind == kind]) for kind in kinds]
    return page("ontology.html", visit.request, {"groups": groups})


def _text(visit: Visit, iri: str, predicate: str) -> str:
    """A text of the ontology in the reader's language, else in any."""
    found = visit.view.names.quads_for_pattern(
        visit.view.node(iri), visit.view.node(predicate), None
    )
    texts = {getattr(q.object, "language", None): getattr(q.object, "value", "") for q in found}
    return str(texts.get(visit.language) or next(iter(texts.values()), ""))

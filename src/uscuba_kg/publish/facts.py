"""What a graph file asserts, fact by fact, with the articles that say so: for comparing two graphs.

The part that somebody had in a meeting is told as facts of the meeting, so that a fact stays the
same where only the IRI of a node between has changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from uscuba_kg.rdf.dataset import DATASET
from uscuba_kg.rdf.reading import reading
from uscuba_kg.rdf.vocab import DCTERMS, LABEL, PROV, RDF, TYPE, USCUBA
from uscuba_kg.resources import ontology_dir

if TYPE_CHECKING:
    pass

_CLAIM, _ARTICLE = USCUBA + "Claim", USCUBA + "Article"
_PARTICIPATION, _PARTICIPANT = USCUBA + "participation", USCUBA + "participant"
_REPLACED = DCTERMS + "isReplacedBy"
_HEADS = (
    RDF + "subject", RDF + "predicate", RDF + "object", PROV + "hadPrimarySource", USCUBA + "accepted",
)  # fmt: skip


class Fact(msgspec.Struct, frozen=True, order=True):
    """A fact as articles state it: IRIs, and the object as an IRI or in the words of N-Triples.

    ``of`` is the participant whose role or side it tells; elsewhere it is empty.
    """

    subject: str
    predicate: str
    of: str
    object: str


class Facts(msgspec.Struct, frozen=True):
    """All asserted facts of a graph, each with the IRIs of its articles.

    ``labels`` names things, English first; ``words`` gives an object's plain words; ``articles``
    maps the IRI of an article to its title and the day it was published, ``things`` every thing to
    its class; ``claims`` holds the IRI of every claim, ``rest`` the triples that are not of claims.
    """

    sources: Mapping[Fact, frozenset[str]]
    labels: Mapping[str, str]
    words: Mapping[str, str]
    articles: Mapping[str, str]
    replaced: Mapping[str, str]
    things: Mapping[str, str]
    claims: frozenset[str]
    rest: frozenset[str]


class _Gathered:
    """The quads of a graph file, sorted into what the facts are made of; private to this module."""

    def __init__(self) -> None:
        self.claims: dict[str, dict[str, str]] = defaultdict(dict)
        self.types: dict[str, str] = {}
        self.labels: dict[str, tuple[bool, str]] = {}
        self.words: dict[str, str] = {}
        self.issued: dict[str, str] = {}
        self.replaced: dict[str, str] = {}
        self.meeting_of: dict[str, str] = {}
        self.who: dict[str, str] = {}
        self.rest: set[str] = set()

    def add(self, subject: str, predicate: str, term: object) -> None:
        value = str(getattr(term, "value", term))
        if predicate in _HEADS:
            iri = hasattr(term, "value") and not hasattr(term, "datatype")
            self.claims[subject][predicate] = value if iri else str(term)
            self.words[value if iri else str(term)] = value
            return
        if predicate == TYPE:
            self.types.setdefault(subject, value)
        elif predicate == LABEL:
            english = getattr(term, "language", None) == "en"
            if subject not in self.labels or (not english, value) < self.labels[subject]:
                self.labels[subject] = (not english, value)
        elif predicate == DCTERMS + "issued":
            self.issued[subject] = value
        elif predicate == _REPLACED:
            self.replaced[subject] = value
        elif predicate == _PARTICIPATION:
            self.meeting_of[value] = subject
        elif predicate == _PARTICIPANT:
            self.who[subject] = value
        self.rest.add(f"{subject} {predicate} {term}")


def facts_of(path: Path) -> Facts:
    """Read a graph file.

    Raises InputError for a file that is not there or not well-formed.
    """
    import pyoxigraph

    gathered = _Gathered()
    with reading(path) as form:
        for quad in pyoxigraph.parse(path=str(path), format=form):
            subject = _name(quad.subject)
            if not subject.startswith(DATASET):  # counts of what is compared here one by one
                gathered.add(subject, quad.predicate.value, quad.object)
    sources: dict[Fact, set[str]] = defaultdict(set)
    for fact, article in _facts(gathered):
        sources[fact].add(article)
    labels = {**_term_labels(), **{iri: label for iri, (_, label) in gathered.labels.items()}}
    articles = {
        iri: f"{labels.get(iri, iri)} ({gathered.issued.get(iri, 'no date')})"
        for iri, kind in gathered.types.items()
        if kind == _ARTICLE
    }
    return Facts(
        sources={fact: frozenset(found) for fact, found in sources.items()},
        labels=labels,
        words=gathered.words,
        articles=articles,
        replaced=gathered.replaced,
        things=dict(gathered.types),
        claims=frozenset(gathered.claims),
        rest=frozenset(gathered.rest),
    )


def _name(subject: object) -> str:
    return str(getattr(subject, "value", subject))


def _facts(gathered: _Gathered) -> Iterator[tuple[Fact, str]]:
    """The accepted claims, each with its article."""
    for claim in gathered.claims.values():
        subject, predicate, value, article, accepted = (claim.get(head, "") for head in _HEADS)
        if predicate == _PARTICIPATION or not accepted.startswith('"true"'):
            continue
        meeting = gathered.meeting_of.get(subject)
        if meeting is None:
            yield Fact(subject, predicate, "", value), article
        else:
            who = gathered.who.get(subject, "") if predicate != _PARTICIPANT else ""
            yield Fact(meeting, predicate, who, value), article


def _term_labels() -> dict[str, str]:
    """The English names of the ontology's own terms."""
    import pyoxigraph

    found = {}
    for quad in pyoxigraph.parse(path=str(ontology_dir() / "uscuba.ttl")):
        if quad.predicate.value == LABEL and getattr(quad.object, "language", None) == "en":
            found[_name(quad.subject)] = str(getattr(quad.object, "value", ""))
    return found

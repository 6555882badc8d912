"""Findings with what a person needs to mend them: names, the line in the file, the sentence behind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.check.engine.model import Result
from uscuba_kg.check.findings import finding_of
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.graph.lines import Place, places_of
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.rdf.vocab import DCTERMS, LABEL, OA, PROV, RDF, USCUBA

_ORDER = {"violation": 0, "warning": 1, "info": 2}
_SHOWN = 2
"""So many sentences are enough to see where a fact comes from."""


class Sentence(msgspec.Struct, frozen=True):
    """The words behind a fact: their sentence, the words marked, the article and its day."""

    before: str
    exact: str
    after: str
    article: str
    title: str
    published: str


class Entry(msgspec.Struct, frozen=True):
    """One finding: names of its thing by language, where that stands, the sentences behind the fact.

    ``id`` is the same in every run as long as shape, thing, path and value are.
    """

    id: str
    finding: Finding
    labels: dict[str, str]
    place: Place | None
    sentences: tuple[Sentence, ...]


def identity(finding: Finding) -> str:
    """What tells a finding from all others, whatever its messages are."""
    said = (finding.shape, finding.component, finding.focus, finding.path, finding.value)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:20]


def entries_of(
    findings: Iterable[Finding], graph: Graph, sources: Sequence[Source]
) -> tuple[Entry, ...]:
    """Give findings as entries, the worst first, then by shape and thing, each once."""
    ordered = sorted(set(findings), key=lambda f: (_ORDER[f.severity], f))
    places = places_of(sources, {f.focus for f in ordered}) if ordered else {}
    return tuple(
        Entry(
            id=identity(finding),
            finding=finding,
            labels=labels_of(graph, finding.focus),
            place=places.get(finding.focus),
            sentences=sentences_of(graph, finding),
        )
        for finding in ordered
    )


def findings_of(results: Iterable[Result], shapes: Graph) -> list[Finding]:
    """Give results as findings."""
    return [finding_of(result, shapes) for result in results]


def labels_of(graph: Graph, thing: Term) -> dict[str, str]:
    """The names of a thing by language."""
    return {
        value.language: value.lexical
        for value in sorted(v for v in graph.objects(thing, LABEL) if isinstance(v, Literal))
    }


def sentences_of(graph: Graph, finding: Finding) -> tuple[Sentence, ...]:
    """The sentences behind a finding: of its fact, else of its property, else the one of its thing."""
    claims = list(graph.subjects(RDF + "subject", finding.focus))
    if graph.objects(finding.focus, RDF + "subject"):
        return (_sentence(graph, finding.focus),)
    same = [c for c in claims if graph.one(c, RDF + "predicate") == finding.path]
    said = [c for c in same or claims if _words(graph.one(c, RDF + "object")) == finding.value]
    exact = _accepted_first(graph, said or same)
    if exact:
        return tuple(_sentence(graph, claim) for claim in exact[:_SHOWN])
    telling = [c for c in claims if graph.one(c, RDF + "predicate") == USCUBA + "status"]
    return tuple(_sentence(graph, claim) for claim in _accepted_first(graph, telling)[:1])


def _accepted_first(graph: Graph, claims: Iterable[str]) -> list[str]:
    return sorted(claims, key=lambda c: (_words(graph.one(c, USCUBA + "accepted")) != "true", c))


def _sentence(graph: Graph, claim: str) -> Sentence:
    def said(predicate: str) -> str:
        return _words(graph.one(claim, predicate))

    article = said(PROV + "hadPrimarySource")
    return Sentence(
        before=said(OA + "prefix"),
        exact=said(OA + "exact"),
        after=said(OA + "suffix"),
        article=article,
        title=_words(graph.one(article, DCTERMS + "title")) or _words(graph.one(article, LABEL)),
        published=_words(graph.one(article, DCTERMS + "issued")),
    )


def _words(term: Term | None) -> str:
    return "" if term is None else term.lexical if isinstance(term, Literal) else term

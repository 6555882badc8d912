"""Knowledge becomes triples: things with their names, facts, and a claim behind each fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from uscuba_kg.model import (
    Article,
    Claim,
    Fact,
    Knowledge,
    PartialDate,
    Predicate,
    Ref,
    Role,
    Status,
    Thing,
    ThingKind,
    Value,
    Witness,
)
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.dataset import classes_of, dataset
from uscuba_kg.rdf.iris import article_iri, claim_iri, iri_of
from uscuba_kg.rdf.terms import (
    Literal,
    Ordered,
    Term,
    Triple,
    boolean,
    date_literal,
    day_literal,
    decimal,
    in_order,
    integer,
    tagged,
)

_CHAR = (
    r"[A-Za-z0-9._~!$&'()*+,;=\xa0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef"
    r"\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd-]|%[0-9A-Fa-f]{2}"
)
_WEB = (  # RFC 3987 with a named host: one bad IRI makes a whole file unreadable
    rf"[Hh][Tt][Tt][Pp][Ss]?://(?:(?:{_CHAR}|:)*@)?(?:{_CHAR})+(?::[0-9]*)?"
    rf"(?:/(?:{_CHAR}|[:@/])*)?(?:\?(?:{_CHAR}|[:@/?])*)?(?:\#(?:{_CHAR}|[:@/?])*)?"
)
_PARAGRAPHS = re.compile(r"\n\s*\n")
_CITES = 3  # words that a citation has at least: "Sources" and "Read more" are headings
_RANKS = {"alternative": vocab.SKOS + "altLabel", "hidden": vocab.SKOS + "hiddenLabel"}


class EvidenceError(ValueError):
    """A claim whose words do not stand where it says, in an article that is there."""


def emit(knowledge: Knowledge) -> Ordered:
    """Give the triples of all that is known, sorted and each once.

    Raises EvidenceError for a claim without a rule, without its article, or whose words differ from
    the article's at that place: no fact goes out without evidence.
    """
    articles = {article.sha256: article for article in knowledge.articles}
    things = {thing.ref: thing for thing in knowledge.things}
    triples: set[Triple] = set()
    witnesses = {witness.article: witness for witness in knowledge.witnesses}
    for article in knowledge.articles:
        triples.update(article_triples(article, witnesses.get(article.sha256)))
    for claim in knowledge.claims:
        triples.update(claim_triples(claim, articles.get(claim.evidence.article)))
    triples.update(_bounds(knowledge.claims))
    homes = {Ref(ThingKind.STATE, w.state) for w in knowledge.witnesses if w.state is not None}
    for ref in _mentioned(knowledge.claims, things) | homes:
        if ref in things:
            triples.update(thing_triples(things[ref]))
    for old, new in knowledge.replaced:
        triples.add(replaced_triple(old, new))
    triples.update(dataset([*articles], classes_of(triples), len(triples)))
    return in_order(triples)


def replaced_triple(old: Ref, new: Ref) -> Triple:
    """Say which name stands for one that a thing would have had."""
    return Triple(iri_of(old), vocab.DCTERMS + "isReplacedBy", iri_of(new))


def _check(claim: Claim, article: Article) -> None:
    evidence = claim.evidence
    if not evidence.rule:
        raise EvidenceError(f"{claim.subject.key}: a claim without a rule in {article.source}")
    start, end = evidence.span.start, evidence.span.end
    found = article.text[start:end] if start >= 0 else ""
    if found != evidence.exact or not found or len(found) != end - start:
        raise EvidenceError(
            f"{claim.subject.key}: {article.source} says {found!r}, not {evidence.exact!r}"
        )


def article_triples(article: Article, witness: Witness | None) -> Iterator[Triple]:
    """Describe an article: its text and where it comes from, and what it is worth as a source."""
    if witness is not None:
        yield from _witness(witness)
    subject = article_iri(article.sha256)
    yield Triple(subject, vocab.TYPE, vocab.CLASSES[ThingKind.ARTICLE])
    yield Triple(subject, vocab.SCHEMA + "sha256", Literal(article.sha256))
    yield Triple(subject, vocab.DCTERMS + "language", Literal(article.language))
    title = article.title or f"Article {article.sha256[:16]}"
    yield Triple(subject, vocab.LABEL, tagged(title, article.language))
    if article.title:
        yield Triple(subject, vocab.DCTERMS + "title", tagged(article.title, article.language))
    if article.publisher:
        yield Triple(subject, vocab.DCTERMS + "publisher", Literal(article.publisher))
    if article.published:
        yield Triple(subject, vocab.DCTERMS + "issued", date_literal(article.published))
    if article.url and re.fullmatch(_WEB, article.url):
        yield Triple(subject, vocab.DCTERMS + "source", article.url)
    if article.retold:
        yield Triple(subject, vocab.USCUBA + "retold", boolean(True))
    for note in _citations(article):
        yield Triple(subject, vocab.SCHEMA + "citation", tagged(note, article.language))


def _citations(article: Article) -> Iterator[str]:
    """The notes under a text, one for each paragraph; a ruler or a heading cites nothing."""
    for span in article.footnotes:
        for paragraph in _PARAGRAPHS.split(article.text[span.start : span.end]):
            said = paragraph.split()
            if sum(any(sign.isalpha() for sign in word) for word in said) >= _CITES:
                yield " ".join(said)


def _witness(witness: Witness) -> Iterator[Triple]:
    """Whose outlet brought an article, and which other it copies."""
    subject = article_iri(witness.article)
    if witness.state is not None:
        state = Ref(ThingKind.STATE, witness.state)
        yield Triple(subject, vocab.OUTLET_OF, iri_of(state))
        yield Triple(subject, vocab.OFFICIAL, boolean(witness.official))
    if witness.original != witness.article:
        yield Triple(subject, vocab.COPY_OF, article_iri(witness.original))


def _object(predicate: Predicate, value: Value, language: str) -> Term:
    """The term of a claim's value."""
    if isinstance(value, Ref):
        return iri_of(value)
    if isinstance(value, PartialDate):
        return date_literal(value)
    if predicate == Predicate.STATUS:
        return vocab.STATUSES[Status(str(value))]
    if predicate == Predicate.ROLE:
        return vocab.ROLES[Role(str(value))]
    if predicate == Predicate.MEETING_KIND:
        return vocab.MEETING_KINDS[str(value)]
    if isinstance(value, int):
        return integer(value)
    return tagged(str(value), language)


def claim_triples(claim: Claim, article: Article | None) -> Iterator[Triple]:
    """Give the fact, if it is accepted, and the claim with its evidence.

    Raises EvidenceError where the evidence does not stand in the article.
    """
    if article is None:
        raise EvidenceError(f"{claim.subject.key}: no article {claim.evidence.article[:16]}")
    _check(claim, article)
    subject, predicate = iri_of(claim.subject), vocab.PREDICATES[claim.predicate]
    value = _object(claim.predicate, claim.object, article.language)
    if claim.accepted:
        yield Triple(subject, predicate, value)
    key = value if isinstance(value, str) else f"{value.lexical}@{value.language}^{value.datatype}"
    node = claim_iri(claim, subject, predicate, key)
    evidence = claim.evidence
    yield Triple(node, vocab.TYPE, vocab.USCUBA + "Claim")
    yield Triple(node, vocab.RDF + "subject", subject)
    yield Triple(node, vocab.RDF + "predicate", predicate)
    yield Triple(node, vocab.RDF + "object", value)
    yield Triple(node, vocab.PROV + "hadPrimarySource", article_iri(article.sha256))
    yield Triple(node, vocab.OA + "start", integer(evidence.span.start))
    yield Triple(node, vocab.OA + "end", integer(evidence.span.end))
    yield Triple(node, vocab.OA + "exact", tagged(evidence.exact, article.language))
    for name, words in (("prefix", evidence.prefix), ("suffix", evidence.suffix)):
        if words:
            yield Triple(node, vocab.OA + name, tagged(words, article.language))
    yield Triple(node, vocab.USCUBA + "rule", Literal(evidence.rule))
    yield Triple(node, vocab.USCUBA + "confidence", decimal(evidence.confidence))
    yield Triple(node, vocab.USCUBA + "accepted", boolean(claim.accepted))


def _bounds(claims: Iterable[Claim]) -> Iterator[Triple]:
    """The first and last day that a meeting can have taken, as full dates to filter by."""
    starts: dict[Ref, set[PartialDate]] = {}
    ends: dict[Ref, set[PartialDate]] = {}
    for claim in claims:
        if claim.accepted and isinstance(claim.object, PartialDate):
            if claim.predicate == Predicate.START:
                starts.setdefault(claim.subject, set()).add(claim.object)
            elif claim.predicate == Predicate.END:
                ends.setdefault(claim.subject, set()).add(claim.object)
    for ref, dates in starts.items():
        yield from bound_triples(ref, dates, ends.get(ref, dates))


def bound_triples(
    ref: Ref, starts: Iterable[PartialDate], ends: Iterable[PartialDate]
) -> Iterator[Triple]:
    """Give the first and last day that a meeting can have taken, of its first and last dates."""
    firsts = [day for date in starts if (day := date.first_day()) is not None]
    lasts = [day for date in ends if (day := date.last_day()) is not None]
    if firsts:
        yield Triple(iri_of(ref), vocab.USCUBA + "notBefore", day_literal(min(firsts)))
        if lasts:
            yield Triple(iri_of(ref), vocab.USCUBA + "notAfter", day_literal(max(lasts)))


def _mentioned(claims: Iterable[Claim], things: Mapping[Ref, Thing]) -> set[Ref]:
    """Every thing that a claim names, and what those refer to in the background."""
    found: set[Ref] = set()
    waiting = [
        ref for claim in claims for ref in (claim.subject, claim.object) if isinstance(ref, Ref)
    ]
    while waiting:
        ref = waiting.pop()
        if ref in found:
            continue
        found.add(ref)
        thing = things.get(ref)
        if thing is not None:
            waiting.extend(f.object for f in thing.background if isinstance(f.object, Ref))
    return found


def thing_triples(thing: Thing) -> Iterator[Triple]:
    """Give a thing's class, its names and what is known of it beforehand."""
    subject, kind = iri_of(thing.ref), thing.ref.kind
    yield Triple(subject, vocab.TYPE, vocab.CLASSES[kind])
    narrower = vocab.ORGANIZATION_CLASSES.get(thing.subtype or "")
    if kind == ThingKind.ORGANIZATION and narrower is not None:
        yield Triple(subject, vocab.TYPE, narrower)
    if kind == ThingKind.TOPIC:
        yield Triple(subject, vocab.TYPE, vocab.SKOS + "Concept")
        yield Triple(subject, vocab.SKOS + "notation", Literal(thing.ref.key))
    for label in thing.labels:
        name = tagged(label.text, label.language)
        if label.rank == "preferred":
            yield Triple(subject, vocab.LABEL, name)
            if kind == ThingKind.TOPIC:
                yield Triple(subject, vocab.SKOS + "prefLabel", name)
        elif kind != ThingKind.TOPIC:
            yield Triple(subject, _RANKS[label.rank], name)
    for fact in thing.background:
        yield _background(subject, fact)
    for note in thing.notes:
        yield Triple(subject, vocab.SKOS + "editorialNote", Literal(note))
    if thing.wikidata:
        yield Triple(subject, vocab.SKOS + "exactMatch", vocab.WIKIDATA + thing.wikidata)


def _background(subject: str, fact: Fact) -> Triple:
    """A fact of the authority data, whose free words have no language."""
    value = fact.object
    term = Literal(value) if type(value) is str else _object(fact.predicate, value, "")
    return Triple(subject, vocab.PREDICATES[fact.predicate], term)

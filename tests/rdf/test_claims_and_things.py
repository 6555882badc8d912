"""What a Knowledge made by hand becomes, fact by fact."""

from __future__ import annotations

import random

import msgspec
import pytest

from rdf import knowledge as k
from uscuba_kg.model import Claim, Fact, PartialDate, Predicate, Span
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.dataset import DATASET
from uscuba_kg.rdf.emit import EvidenceError, emit
from uscuba_kg.rdf.iris import article_iri, iri_of
from uscuba_kg.rdf.terms import Literal, Term, Triple, integer

TRIPLES = emit(k.KNOWLEDGE)


def objects(subject: str, predicate: str, triples: tuple[Triple, ...] = TRIPLES) -> list[Term]:
    return [t.object for t in triples if (t.subject, t.predicate) == (subject, predicate)]


def words(subject: str, predicate: str) -> list[str]:
    return [
        f"{o.lexical}@{o.language}" if isinstance(o, Literal) else o
        for o in objects(subject, predicate)
    ]


def test_triples_are_sorted_and_each_stands_once_whatever_the_order_of_the_input() -> None:
    shuffled = [list(part) for part in (k.ARTICLES, k.THINGS, k.CLAIMS)]
    for part in shuffled:
        random.Random(3).shuffle(part)
    articles, things, claims = (tuple(part) for part in shuffled)
    again = msgspec.structs.replace(
        k.KNOWLEDGE, articles=articles, things=things, claims=(*claims, claims[0])
    )
    assert emit(again) == TRIPLES == tuple(sorted(set(TRIPLES), key=Triple.key))


@pytest.mark.parametrize("claim", k.CLAIMS, ids=lambda c: f"{c.subject.key}-{c.predicate}")
def test_only_an_accepted_claim_asserts_its_fact(claim: Claim) -> None:
    subject, predicate = iri_of(claim.subject), vocab.PREDICATES[claim.predicate]
    about = {t.subject for t in TRIPLES if t == Triple(t.subject, vocab.RDF + "subject", subject)}
    nodes = [
        n
        for n in about
        if objects(n, vocab.RDF + "predicate") == [predicate]
        and objects(n, vocab.OA + "start") == [integer(claim.evidence.span.start)]
    ]
    values = {o for n in nodes for o in objects(n, vocab.RDF + "object")}
    asserted = set(objects(subject, predicate))
    assert len(nodes) == 1
    assert values <= asserted if claim.accepted else not values & asserted
    accepted = Literal("true" if claim.accepted else "false", vocab.XSD + "boolean")
    assert objects(nodes[0], vocab.USCUBA + "accepted") == [accepted]


@pytest.mark.parametrize(
    ("what", "predicate", "wanted"),
    [
        (k.HAVANA, vocab.LABEL, ["Havana@en", "La Habana@es"]),
        (k.HAVANA, vocab.SKOS + "hiddenLabel", ["Habana@en"]),
        (k.BUREAU, vocab.SKOS + "altLabel", ["WHA@en"]),
        (k.BUREAU, vocab.TYPE, [vocab.USCUBA + "Organization", vocab.USCUBA + "Unit"]),
        (k.BUREAU, vocab.ORG + "unitOf", [vocab.ID + "organization/department-of-state"]),
        (k.DEPARTMENT, vocab.USCUBA + "ofState", [vocab.ID + "state/united-states"]),
        (k.CUBA, vocab.SKOS + "exactMatch", ["http://www.wikidata.org/entity/Q241"]),
        (k.TOPIC, vocab.SKOS + "notation", ["migration@"]),
        (k.TOPIC, vocab.SKOS + "prefLabel", ["migración@es", "migration@en"]),
        (k.TALKS, vocab.USCUBA + "meetingKind", [vocab.USCUBA + "Talks"]),
        (k.TALKS, vocab.USCUBA + "ordinal", ["4@"]),
        (k.SPEAKER, vocab.TYPE, [vocab.USCUBA + "UnnamedSpeaker"]),
        (k.STATEMENT, vocab.SCHEMA + "text", ["We spoke plainly,@en"]),
        (k.FORMER, vocab.DCTERMS + "isReplacedBy", [iri_of(k.TALKS)]),
        (k.STRANGER, vocab.TYPE, []),
    ],
    ids=lambda v: getattr(v, "key", None),
)
def test_what_is_said_of_a_thing(what: k.Ref, predicate: str, wanted: list[str]) -> None:
    assert sorted(words(iri_of(what), predicate)) == wanted


def test_what_is_said_of_the_articles() -> None:
    first, second = (article_iri(a.sha256) for a in k.ARTICLES)
    assert words(first, vocab.DCTERMS + "title") == ['Talks in "Havana"@en']
    assert words(first, vocab.DCTERMS + "source") == ["https://news.example.org/talks?id=7"]
    assert objects(first, vocab.DCTERMS + "issued") == [Literal("2013-07-12", vocab.XSD + "date")]
    assert words(first, vocab.DCTERMS + "publisher") == ["The Example Times@"]
    assert objects(first, vocab.USCUBA + "retold") == []
    assert objects(second, vocab.USCUBA + "retold") == [Literal("true", vocab.XSD + "boolean")]
    assert objects(second, vocab.DCTERMS + "source") == []
    assert objects(second, vocab.DCTERMS + "title") == []


D = PartialDate


@pytest.mark.parametrize(
    ("start", "end", "first", "last"),
    [
        (D(2013, 7, 10), None, "2013-07-10", "2013-07-10"),
        (D(2013, 7, 10), D(2013, 7, 11), "2013-07-10", "2013-07-11"),
        (D(2012, 2), None, "2012-02-01", "2012-02-29"),
        (D(2011, 12), D(2012), "2011-12-01", "2012-12-31"),
        (D(2010), None, "2010-01-01", "2010-12-31"),
        (D(2010, 5, 3), D(None, 5, 4), "2010-05-03", None),
        (D(None, 5, 3), D(None, 5, 4), None, None),
        (D(None, 5, 3), D(2010, 5, 4), None, None),
    ],
)
def test_the_days_a_meeting_can_have_taken(
    start: PartialDate, end: PartialDate | None, first: str | None, last: str | None
) -> None:
    claims = [k.claim(k.TALKS, Predicate.START, start, "July 10, 2013")]
    if end is not None:
        claims.append(k.claim(k.TALKS, Predicate.END, end, "July 10, 2013"))
    triples = emit(msgspec.structs.replace(k.KNOWLEDGE, claims=tuple(claims)))
    for name, day in (("notBefore", first), ("notAfter", last)):
        wanted = [] if day is None else [Literal(day, vocab.XSD + "date")]
        assert objects(iri_of(k.TALKS), vocab.USCUBA + name, triples) == wanted


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://www.example.cu/noticias/2015/01/20/años/?p=1&q=a#c", True),
        ("HTTP://EXAMPLE.ORG:8080", True),
        ("https://user@example.org/a%20b", True),
        ("https://example.org/a b", False),
        ("https://example.org/%zz", False),
        ("https://example.org/[a]", False),
        ("https://exa[mple.org/", False),
        ("https://example.org:port/", False),
        ("https://example.org/\x01", False),
        ("https://a@b@c/", False),
        ("https:///path", False),
        ("https://", False),
        ("ftp://example.org/a", False),
        ("example.org/a", False),
        ("javascript:alert(1)", False),
    ],
)
def test_only_a_web_address_that_every_reader_takes_becomes_an_iri(url: str, kept: bool) -> None:
    article = msgspec.structs.replace(k.ARTICLES[0], url=url)
    triples = emit(msgspec.structs.replace(k.KNOWLEDGE, articles=(article, k.ARTICLES[1])))
    found = objects(article_iri(article.sha256), vocab.DCTERMS + "source", triples)
    assert found == ([url] if kept else [])


LENGTH = len(k.ENGLISH)


@pytest.mark.parametrize(
    ("start", "end", "exact"),
    [
        (0, 4, "U.S"),
        (1, 5, "U.S."),
        (0, 0, ""),
        (4, 0, ""),
        (LENGTH - 5, LENGTH + 5, k.ENGLISH[-5:]),
        (-5, -1, k.ENGLISH[-5:-1]),
        (0, 10**9, k.ENGLISH),
    ],
)
def test_offsets_that_do_not_lead_to_the_words_are_refused(
    start: int, end: int, exact: str
) -> None:
    claim = k.CLAIMS[0]
    spoilt = msgspec.structs.replace(claim.evidence, span=Span(start, end), exact=exact)
    broken = msgspec.structs.replace(claim, evidence=spoilt)
    with pytest.raises(EvidenceError):
        emit(msgspec.structs.replace(k.KNOWLEDGE, claims=(broken,)))


@pytest.mark.parametrize(
    ("predicate", "value", "term"),
    [
        (Predicate.ORDINAL, 3, integer(3)),
        (Predicate.SIGNED, D(2013, 7), Literal("2013-07", vocab.XSD + "gYearMonth")),
        (Predicate.STATUS, k.Status.HELD, vocab.USCUBA + "Held"),
        (Predicate.PARTY, k.CUBA, iri_of(k.CUBA)),
        (Predicate.TEXT, "words", Literal("words")),
    ],
)
def test_background_facts_keep_their_kind_and_have_no_claim(
    predicate: Predicate, value: k.Value, term: Term
) -> None:
    known = k.thing(k.HAVANA, "Havana", background=(Fact(predicate, value),))
    things = tuple(t for t in k.THINGS if t.ref != k.HAVANA)
    triples = emit(msgspec.structs.replace(k.KNOWLEDGE, things=(*things, known)))
    without = emit(
        msgspec.structs.replace(k.KNOWLEDGE, things=(*things, k.thing(k.HAVANA, "Havana")))
    )
    (fact,) = {t for t in triples if t.subject != DATASET} - set(without)
    assert fact == Triple(iri_of(k.HAVANA), vocab.PREDICATES[predicate], term)

"""Any words and any names come back whole, and names are as different as what they name."""

from __future__ import annotations

from itertools import product

import msgspec
import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from rdf.knowledge import CLAIMS, KNOWLEDGE
from uscuba_kg.model import Claim, Evidence, Predicate, Ref, Span, ThingKind
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.iris import claim_iri, iri_of
from uscuba_kg.rdf.terms import STRING, Literal, Triple
from uscuba_kg.rdf.turtle import ntriples, short_iri, turtle

LANG = vocab.RDF + "langString"
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "",
        '"',
        '""""',
        "\\",
        "\\u0041",
        "a\r\nb",
        "\x00\x07\x1f\x7f",
        "🇨🇺 «Sí»",
        "\u2028\u0085",
        "\ufffe",
    ]
)
LITERALS = st.builds(
    lambda text, language: Literal(text, LANG if language else STRING, language),
    ANY_TEXT,
    st.sampled_from(["", "en", "es", "zh-hant"]),
)
SLUG = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True)
KEY = st.lists(SLUG, min_size=1, max_size=3).map("/".join)
IRIS = st.builds(lambda kind, key: iri_of(Ref(kind, key)), st.sampled_from(ThingKind), KEY)
GRAPHS = st.sets(
    st.builds(
        Triple,
        IRIS,
        st.sampled_from(sorted({vocab.TYPE, vocab.LABEL, *vocab.PREDICATES.values()})),
        IRIS | LITERALS,
    ),
    max_size=12,
)


def by_rdflib(document: str, form: str) -> set[tuple[str, ...]]:
    found = set()
    for s, p, o in rdflib.Graph().parse(data=document.encode(), format=form):
        literal = isinstance(o, rdflib.Literal)
        found.add((str(s), str(p), str(o), str((o.language or "") if literal else "iri")))
    return found


def by_oxigraph(document: str, form: pyoxigraph.RdfFormat) -> set[tuple[str, ...]]:
    return {
        (
            t.subject.value,
            t.predicate.value,
            t.object.value,
            (t.object.language or "") if isinstance(t.object, pyoxigraph.Literal) else "iri",
        )
        for t in (q.triple for q in pyoxigraph.parse(document.encode(), form))
    }


def plain(triples: set[Triple]) -> set[tuple[str, ...]]:
    return {
        (t.subject, t.predicate, t.object.lexical, t.object.language)
        if isinstance(t.object, Literal)
        else (t.subject, t.predicate, t.object, "iri")
        for t in triples
    }


@settings(max_examples=150, deadline=None)
@given(GRAPHS)
def test_any_graph_reads_back_the_same(graph: set[Triple]) -> None:
    wanted = plain(graph)
    for document, names in (
        ("".join(turtle(graph)), ("turtle", pyoxigraph.RdfFormat.TURTLE)),
        ("".join(ntriples(graph)), ("nt", pyoxigraph.RdfFormat.N_TRIPLES)),
    ):
        assert by_rdflib(document, names[0]) == wanted
        assert by_oxigraph(document, names[1]) == wanted


def test_the_canonical_form_is_that_of_the_standard() -> None:
    """RDFC-1.0 of a graph without blank nodes is its sorted N-Triples."""
    triples = emit(KNOWLEDGE)
    quads = pyoxigraph.parse("".join(turtle(triples)).encode(), pyoxigraph.RdfFormat.TURTLE)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    assert len(triples) > 300
    assert sorted(f"{q} .\n" for q in dataset) == sorted(ntriples(triples))


def test_a_changed_fact_changes_its_own_line_alone() -> None:
    subject = vocab.ID + "place/havana"
    before = {
        Triple(subject, vocab.TYPE, vocab.USCUBA + "Place"),
        Triple(subject, vocab.LABEL, Literal("Havana", LANG, "en")),
        Triple(subject, vocab.LABEL, Literal("La Habana", LANG, "es")),
    }
    after = before - {Triple(subject, vocab.LABEL, Literal("Havana", LANG, "en"))}
    after |= {Triple(subject, vocab.LABEL, Literal("Havana City", LANG, "en"))}
    old, new = ("".join(turtle(g)).split("\n") for g in (before, after))
    assert len(old) == len(new)
    assert [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]] == [
        ('    rdfs:label "Havana"@en,', '    rdfs:label "Havana City"@en,')
    ]


@pytest.mark.parametrize(
    ("iri", "written"),
    [
        (vocab.USCUBA + "Meeting", "uscuba:Meeting"),
        (vocab.SCHEMA + "startDate", "schema:startDate"),
        (vocab.WIKIDATA + "Q241", "wd:Q241"),
        (vocab.ID + "topic", "id:topic"),
        (vocab.ID + "place/havana", f"<{vocab.ID}place/havana>"),
        (vocab.ID, f"<{vocab.ID}>"),
        (vocab.USCUBA + "a-", f"<{vocab.USCUBA}a->"),
        (vocab.USCUBA + "a.b", f"<{vocab.USCUBA}a.b>"),
        ("https://example.org/a", "<https://example.org/a>"),
    ],
)
def test_an_iri_is_abbreviated_only_where_that_is_safe(iri: str, written: str) -> None:
    assert short_iri(iri) == written


@given(KEY, KEY, st.sampled_from(ThingKind), st.sampled_from(ThingKind))
def test_two_things_never_share_a_name(
    one: str, other: str, kind: ThingKind, sort: ThingKind
) -> None:
    first, second = Ref(kind, one), Ref(sort, other)
    assert (iri_of(first) == iri_of(second)) == (first == second)


PIECES = ("", "a", ",", "a,", ",a", "a,a", '", "', "\x1f", "a\x1fa")


def test_two_claims_share_a_name_only_when_all_that_identifies_them_is_the_same() -> None:
    whole = Evidence("0" * 64, Span(1, 23), "w", "", 0.9)
    for span, article in ((Span(12, 3), "0" * 64), (Span(1, 23), "1" * 64)):
        other = msgspec.structs.replace(whole, span=span, article=article)
        assert claim_iri(_claim(whole), "s", "p", "o") != claim_iri(_claim(other), "s", "p", "o")
    names = {
        claim_iri(_claim(msgspec.structs.replace(whole, rule=rule)), *parts)
        for rule, *parts in product(PIECES, repeat=4)
    }
    assert len(names) == len(PIECES) ** 4


def _claim(evidence: Evidence) -> Claim:
    return Claim(Ref(ThingKind.PERSON, "x"), Predicate.HOLDS, "y", evidence)


def test_every_claim_has_a_node_of_its_own() -> None:
    subjects = [t.subject for t in emit(KNOWLEDGE) if t.predicate == vocab.RDF + "subject"]
    assert len(subjects) == len(set(subjects)) == len(CLAIMS)

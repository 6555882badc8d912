"""The ontology and the topics: named, defined, declared, and small."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import rdflib
from rdflib import DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SKOS, Namespace

from uscuba_kg.resources import ontology_dir, shapes_dir
from uscuba_kg.text import cue_key, fold

U = Namespace("https://w3id.org/uscuba-kg/ontology#")
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
IRI = rdflib.URIRef("https://w3id.org/uscuba-kg/ontology")
GRAPH = rdflib.Graph().parse(ontology_dir() / "uscuba.ttl")
ALIGNMENTS = rdflib.Graph().parse(ontology_dir() / "alignments.ttl")
TOPICS = rdflib.Graph().parse(ontology_dir() / "topics.ttl")
TERMS = sorted(set(GRAPH.subjects(RDFS.isDefinedBy)))
LANGUAGES = ["en", "es"]
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


def languages(
    graph: rdflib.Graph, subject: rdflib.term.Node, predicate: rdflib.URIRef
) -> list[str]:
    return sorted(str(getattr(o, "language", "")) for o in graph.objects(subject, predicate))


def test_the_ontology_is_small_and_says_its_version() -> None:
    classes = set(GRAPH.subjects(RDF.type, OWL.Class))
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {p for kind in kinds for p in GRAPH.subjects(RDF.type, kind)}
    assert 15 <= len(classes) <= 25
    assert 25 <= len(properties) <= 45
    assert len([p for p in properties if p.startswith(str(U))]) <= 28
    assert set(GRAPH.subjects(RDF.type, OWL.AnnotationProperty)) == {U.exactCue, U.weakCue}
    version = str(GRAPH.value(IRI, OWL.versionInfo))
    assert str(GRAPH.value(IRI, OWL.versionIRI)) == f"{IRI}/{version}"
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert languages(GRAPH, IRI, predicate) == LANGUAGES
    for predicate in (DCTERMS.created, DCTERMS.modified, DCTERMS.license):
        assert GRAPH.value(IRI, predicate) is not None


def test_there_is_nothing_but_terms_and_the_header() -> None:
    assert set(GRAPH.subjects()) - {IRI} == set(TERMS)
    assert len(TERMS) == 84


@pytest.mark.parametrize("term", TERMS, ids=[t.rsplit("/", 1)[1] for t in TERMS])
def test_each_term_is_named_defined_and_exemplified(term: rdflib.URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert languages(GRAPH, term, predicate) == LANGUAGES
        values = [str(o) for o in GRAPH.objects(term, predicate)]
        assert predicate == RDFS.label or len(set(values)) == 2
        assert all(value.strip() == value != "" for value in values)
    assert len(list(GRAPH.objects(term, SKOS.example))) == 1
    home = str(GRAPH.value(term, RDFS.isDefinedBy))
    assert str(term).startswith(home)
    assert (home == str(IRI)) == str(term).startswith(str(U))


def test_no_two_terms_of_a_kind_share_a_definition() -> None:
    seen: dict[str, rdflib.term.Node] = {}
    for term, definition in GRAPH.subject_objects(SKOS.definition):
        pair = {term, seen.setdefault(str(definition), term)}
        assert len(pair) == 1 or pair == {U.MeetingKind, U.meetingKind}, definition


def test_terms_stand_in_order() -> None:
    text = (ontology_dir() / "uscuba.ttl").read_text(encoding="utf-8")
    parts = re.split(r"^# (?:Classes|Individuals|Properties).*$", text, flags=re.MULTILINE)[1:]
    assert len(parts) == 3
    for part in parts:
        names = re.findall(r"^(\w+:\w+) a ", part, re.MULTILINE)
        assert len(names) > 15
        assert names == sorted(names)


def test_there_are_few_axioms_and_alignments_stand_apart() -> None:
    for predicate in (RDFS.domain, RDFS.range, OWL.inverseOf, OWL.equivalentClass):
        assert (None, predicate, None) not in GRAPH
    assert sorted({str(s) for s in ALIGNMENTS.subjects()} - {str(t) for t in TERMS}) == []
    targets = {str(o) for o in ALIGNMENTS.objects()}
    assert [t for t in targets if t.startswith(str(U))] == []
    for namespace in ("https://schema.org/", str(ORG), str(PROV), str(FOAF), SEM):
        assert any(t.startswith(namespace) for t in targets), namespace
    assert [t for t in ALIGNMENTS if t in GRAPH] == []


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (U.MeetingStatus, "Cancelled Held Planned"),
        (U.ParticipationRole, "Chair Host Member"),
        (
            U.MeetingKind,
            "Call Ceremony Commission Dialogue Encounter Signing Summit Talks TechnicalExchange Visit",
        ),
    ],
    ids=["statuses", "roles", "kinds"],
)
def test_the_values_are_these(kind: rdflib.URIRef, names: str) -> None:
    values = sorted(GRAPH.subjects(RDF.type, kind))
    assert values == [U[name] for name in names.split()]
    for value in values:
        assert (value, RDF.type, OWL.NamedIndividual) in GRAPH
        concept = kind == U.MeetingKind
        assert ((value, SKOS.inScheme, U.MeetingKinds) in GRAPH) == concept
        labels = set(GRAPH.objects(value, RDFS.label))
        assert set(GRAPH.objects(value, SKOS.prefLabel)) == (labels if concept else set())


def test_every_own_term_that_is_used_is_declared() -> None:
    declared = {
        str(s).removeprefix(str(U))
        for s in GRAPH.subjects(RDF.type, None)
        if str(s).startswith(str(U))
    }
    files = [
        *ontology_dir().glob("*.ttl"),
        *ontology_dir().glob("questions/*.rq"),
        *shapes_dir().glob("*.ttl"),
    ]
    assert len(files) > 80
    used = {
        name
        for f in files
        for name in re.findall(r"(?<![\w/])uscuba:([A-Za-z]+)", f.read_text(encoding="utf-8"))
    }
    assert len(used) > 40
    assert sorted(used - declared) == []


def test_topics_have_ids_labels_and_both_languages() -> None:
    topics = sorted(TOPICS.subjects(RDF.type, U.Topic))
    assert len(topics) >= 55
    scheme = rdflib.URIRef("https://w3id.org/uscuba-kg/id/topic")
    for topic in topics:
        assert str(topic) == f"{scheme}/{TOPICS.value(topic, SKOS.notation)}"
        assert languages(TOPICS, topic, SKOS.prefLabel) == LANGUAGES
        assert (topic, RDF.type, SKOS.Concept) in TOPICS
        assert list(TOPICS.objects(topic, SKOS.inScheme)) == [scheme]


def test_topics_have_cues_in_both_languages() -> None:
    for topic in sorted(TOPICS.subjects(RDF.type, U.Topic)):
        cues = [o for p in LABELS for o in TOPICS.objects(topic, p)]
        told = Counter(o.language for o in cues)
        assert set(told) == set(LANGUAGES), topic
        assert min(told.values()) >= 4, (topic, told)
        assert [str(o) for o in cues if str(o).strip() != str(o) or len(o) < 3] == []


def test_no_wording_means_two_topics_or_stands_twice() -> None:
    seen: dict[tuple[str, str], tuple[rdflib.term.Node, rdflib.URIRef]] = {}
    for predicate in LABELS:
        for topic, label in TOPICS.subject_objects(predicate):
            key = (fold(str(label)), str(label.language))
            assert seen.setdefault(key, (topic, predicate)) == (topic, predicate), key
    assert len(seen) > 1000


def test_a_weak_cue_is_a_wording_of_its_topic() -> None:
    weak = set(TOPICS.subject_objects(U.weakCue))
    assert len(weak) > 50
    wordings = {pair for p in LABELS for pair in TOPICS.subject_objects(p)}
    assert sorted(weak - wordings) == []


def test_an_exact_cue_is_a_wording_of_its_topic() -> None:
    exact = set(TOPICS.subject_objects(U.exactCue))
    assert len(exact) >= 5
    wordings = {pair for p in LABELS for pair in TOPICS.subject_objects(p)}
    assert sorted(exact - wordings) == []


def test_no_two_topics_are_found_by_the_same_words() -> None:
    seen: dict[str, rdflib.term.Node] = {}
    exact = {label for _, label in TOPICS.subject_objects(U.exactCue)}
    for predicate in LABELS:
        for topic, label in TOPICS.subject_objects(predicate):
            if label not in exact:
                assert seen.setdefault(cue_key(str(label)), topic) == topic, label
    assert len(seen) > 3000


@pytest.mark.parametrize(
    "word",
    [
        "business", "claims", "climate", "defense", "fuel", "health", "mail", "military", "oil", "sports", "trade",
        "weather", "bloqueo", "combustible", "comercio", "correo", "deporte", "reclamos", "salud",
    ],
)  # fmt: skip
def test_a_common_word_alone_is_a_weak_cue(word: str) -> None:
    assert word in {str(o) for o in TOPICS.objects(None, U.weakCue)}


def test_broader_topics_exist_and_none_is_above_itself() -> None:
    topics = set(TOPICS.subjects(RDF.type, U.Topic))
    pairs = list(TOPICS.subject_objects(SKOS.broader))
    assert len(pairs) > 10
    for narrow, broad in pairs:
        assert broad in topics
        assert narrow not in set(TOPICS.transitive_objects(broad, SKOS.broader))

from __future__ import annotations

import re

import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, Namespace

from uscuba_kg.resources import ontology_dir, shapes_dir
from uscuba_kg.text import fold

U = Namespace("https://w3id.org/uscuba-kg/ontology#")
IRI = rdflib.URIRef("https://w3id.org/uscuba-kg/ontology")
GRAPH = rdflib.Graph().parse(ontology_dir() / "uscuba.ttl")
TOPICS = rdflib.Graph().parse(ontology_dir() / "topics.ttl")
TERMS = sorted(set(GRAPH.subjects(RDFS.isDefinedBy, IRI)))
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def test_the_ontology_is_small_and_says_its_version() -> None:
    classes = set(GRAPH.subjects(RDF.type, OWL.Class))
    properties = {p for kind in PROPERTIES for p in GRAPH.subjects(RDF.type, kind)}
    assert 15 <= len(classes) <= 25
    assert 25 <= len(properties) <= 45
    version = str(GRAPH.value(IRI, OWL.versionInfo))
    assert str(GRAPH.value(IRI, OWL.versionIRI)) == f"{IRI}/{version}"


@pytest.mark.parametrize("term", TERMS, ids=[t.rsplit("/", 1)[1] for t in TERMS])
def test_each_term_is_named_and_defined_in_both_languages(term: rdflib.URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        assert sorted(str(o.language) for o in GRAPH.objects(term, predicate)) == ["en", "es"]
    assert len(list(GRAPH.objects(term, SKOS.example))) == 1


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
    assert len(files) >= 20
    used = {
        name
        for f in files
        for name in re.findall(r"(?<![\w/])uscuba:([A-Za-z]+)", f.read_text(encoding="utf-8"))
    }
    assert len(used) > 40
    assert sorted(used - declared) == []


def test_topics_have_ids_labels_and_both_languages() -> None:
    topics = sorted(TOPICS.subjects(RDF.type, U.Topic))
    assert len(topics) == 55
    for topic in topics:
        assert str(TOPICS.value(topic, SKOS.notation)) == topic.rsplit("/", 1)[1]
        assert sorted(str(o.language) for o in TOPICS.objects(topic, SKOS.prefLabel)) == [
            "en",
            "es",
        ]


def test_no_wording_means_two_topics_and_a_weak_cue_is_a_wording() -> None:
    seen: dict[tuple[str, str], rdflib.term.Node] = {}
    for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for topic, label in TOPICS.subject_objects(predicate):
            key = (fold(str(label)), str(label.language))
            assert seen.setdefault(key, topic) == topic, key
    weak = [(fold(str(o)), str(o.language), s) for s, o in TOPICS.subject_objects(U.weakCue)]
    assert len(weak) > 50
    assert [w for w in weak if seen.get(w[:2]) != w[2]] == []


def test_broader_topics_exist() -> None:
    topics = set(TOPICS.subjects(RDF.type, U.Topic))
    assert set(TOPICS.objects(None, SKOS.broader)) <= topics

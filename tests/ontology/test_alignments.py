"""The crosswalks: each file parses, speaks of declared terms only, and points at terms that exist."""

from __future__ import annotations

import pytest
import rdflib
from rdflib import DCTERMS, FOAF, ORG, PROV, RDF, RDFS, SDO, SKOS, Namespace, URIRef

from ontology.wikidata import FILE, crosswalk
from uscuba_kg.resources import ontology_dir

U = Namespace("https://w3id.org/uscuba-kg/ontology#")
CROSSWALK = "https://w3id.org/uscuba-kg/crosswalk/"
WIKIDATA = "http://www.wikidata.org/entity/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SEM_TERMS = {  # van Hage et al., Journal of Web Semantics 9(2), 2011
    "Actor", "Event", "EventType", "Place", "RoleType", "eventType", "hasActor",
    "hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp",
}  # fmt: skip
VOCABULARIES = (FOAF, ORG, PROV, SDO)
FILES = sorted(ontology_dir().glob("alignments*.ttl"))
GRAPHS = {f.name: rdflib.Graph().parse(f) for f in FILES}
ONTOLOGY = rdflib.Graph().parse(ontology_dir() / "uscuba.ttl")
EVENTS = GRAPHS["alignments-events.ttl"]
MAPPINGS = {SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch}
LINKS = MAPPINGS | {RDFS.subClassOf, RDFS.subPropertyOf, RDFS.seeAlso}


def test_the_files_are_these() -> None:
    assert list(GRAPHS) == ["alignments-events.ttl", "alignments-wikidata.ttl", "alignments.ttl"]
    assert all(len(graph) > 20 for graph in GRAPHS.values())


@pytest.mark.parametrize("name", list(GRAPHS))
def test_every_term_of_ours_is_declared(name: str) -> None:
    declared = set(ONTOLOGY.subjects(RDF.type, None))
    own = {n for t in GRAPHS[name] for n in t if isinstance(n, URIRef) and n.startswith(U)}
    assert sorted(own - declared) == []
    assert own or name == "alignments-wikidata.ttl"


@pytest.mark.parametrize("name", list(GRAPHS))
def test_every_target_is_a_term_that_exists(name: str) -> None:
    graph = GRAPHS[name]
    targets = {o for p in LINKS for o in graph.objects(None, p)}
    assert len(targets) > 10
    for target in targets:
        if target.startswith(SEM):
            assert target.removeprefix(SEM) in SEM_TERMS, target
        elif target.startswith(CROSSWALK):
            assert (target, RDF.type, SKOS.Concept) in graph, target
        elif not target.startswith(WIKIDATA):
            assert any(target in vocabulary for vocabulary in VOCABULARIES), target


def test_every_kind_of_meeting_has_codes_of_both_codings() -> None:
    kinds = sorted(ONTOLOGY.subjects(RDF.type, U.MeetingKind))
    assert len(kinds) == 10
    for kind in kinds:
        codes = {str(o) for p in MAPPINGS for o in EVENTS.objects(kind, p)}
        assert {code.removeprefix(CROSSWALK).split("/")[0] for code in codes} == {"cameo", "plover"}


def test_codes_are_named_in_both_languages_and_used() -> None:
    codes = sorted(EVENTS.subjects(RDF.type, SKOS.Concept))
    used = set(EVENTS.objects()) | set(EVENTS.objects(None, SKOS.broader))
    for code in codes:
        assert (
            str(code) == f"{EVENTS.value(code, SKOS.inScheme)}/{EVENTS.value(code, SKOS.notation)}"
        )
        assert sorted(o.language for o in EVENTS.objects(code, SKOS.prefLabel)) == ["en", "es"]
        assert code in used
    for scheme in EVENTS.subjects(RDF.type, SKOS.ConceptScheme):
        assert EVENTS.value(scheme, DCTERMS.source) is not None


def test_the_crosswalk_to_wikidata_is_that_of_the_authority_data() -> None:
    assert FILE.read_text(encoding="utf-8") == crosswalk(), f"run {crosswalk.__module__}"
    items = list(GRAPHS["alignments-wikidata.ttl"].objects())
    assert len(items) == len(set(items)) > 150
    assert all(str(item).removeprefix(f"{WIKIDATA}Q").isdigit() for item in items)

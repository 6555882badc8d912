"""What a graph says of itself, and of the notes, states and series that its things bear."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from articles import MIGRATION, RESUMED, article, built
from uscuba_kg import __version__
from uscuba_kg.model import Span
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.dataset import DATASET
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.iris import article_iri
from uscuba_kg.rdf.terms import Literal, Term, integer
from uscuba_kg.resources import ontology_dir

NOTES = (
    "==========\n\nSources\n\n[1] Department of State,\nMedia Note (April 22, 2022).\n\n[2] Granma."
)
NOTED = article(MIGRATION.text + "\n\n" + NOTES, published="2022-04-23")
NOTED = msgspec.structs.replace(NOTED, footnotes=(Span(len(MIGRATION.text) + 2, len(NOTED.text)),))
TRIPLES = built(RESUMED, NOTED).triples


def objects(subject: str, predicate: str) -> list[Term]:
    return [t.object for t in TRIPLES if t.subject == subject and t.predicate == predicate]


def test_the_graph_counts_its_triples_itself_included() -> None:
    assert objects(DATASET, vocab.VOID + "triples") == [integer(len(TRIPLES))]


def test_the_graph_names_its_articles_licence_and_versions() -> None:
    articles = {article_iri(a.sha256) for a in (RESUMED, NOTED)}
    assert set(objects(DATASET, vocab.PROV + "wasDerivedFrom")) == articles
    assert objects(DATASET, vocab.OWL + "versionInfo") == [Literal(__version__)]
    (licence,) = objects(DATASET, vocab.DCTERMS + "license")
    (ontology,) = objects(DATASET, vocab.DCTERMS + "conformsTo")
    text = (ontology_dir() / "uscuba.ttl").read_text(encoding="utf-8")
    assert f"owl:versionIRI <{ontology}>" in text
    assert f"dcterms:license <{licence}>" in text


def test_every_class_of_ours_is_counted_once() -> None:
    kinds = Counter(str(t.object) for t in TRIPLES if t.predicate == vocab.TYPE)
    own = {kind: count for kind, count in kinds.items() if kind.startswith(vocab.USCUBA)}
    parts = [str(part) for part in objects(DATASET, vocab.VOID + "classPartition")]
    counted = {
        str(kind): count
        for part in parts
        for kind in objects(part, vocab.VOID + "class")
        for count in objects(part, vocab.VOID + "entities")
    }
    assert len(parts) == len(own) > 8
    assert counted == {kind: integer(count) for kind, count in own.items()}


def test_the_vocabularies_are_those_whose_terms_are_used() -> None:
    used = {
        re.sub(r"[^/#]*$", "", t.predicate) for t in TRIPLES if not t.subject.startswith(DATASET)
    }
    told = set(objects(DATASET, vocab.VOID + "vocabulary"))
    assert used <= {*told, vocab.RDF, vocab.RDFS}


def test_an_article_cites_what_its_notes_say_and_no_heading() -> None:
    cited = objects(article_iri(NOTED.sha256), vocab.SCHEMA + "citation")
    assert [c.lexical for c in cited if isinstance(c, Literal)] == [
        "[1] Department of State, Media Note (April 22, 2022)."
    ]
    assert objects(article_iri(RESUMED.sha256), vocab.SCHEMA + "citation") == []


def test_series_tell_their_span_and_known_persons_their_state() -> None:
    talks = vocab.ID + "series/migration-talks"
    assert objects(talks, vocab.SCHEMA + "startDate") == [Literal("1994", vocab.XSD + "gYear")]
    cossio = vocab.ID + "person/carlos-fernandez-de-cossio"
    assert objects(cossio, vocab.USCUBA + "ofState") == [vocab.ID + "state/cuba"]


def test_nothing_in_a_graph_without_articles_breaks_the_description() -> None:
    empty = msgspec.structs.replace(built(RESUMED).knowledge, articles=(), things=(), claims=())
    triples = emit(empty)
    assert {t.subject for t in triples if t.predicate == vocab.TYPE} == {DATASET}
    (count,) = [t.object for t in triples if t.predicate == vocab.VOID + "triples"]
    assert count == integer(len(triples))

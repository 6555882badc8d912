"""Why a thing is in the graph, shown with the sentences of articles made by hand."""

from __future__ import annotations

import json

import msgspec
import pytest

from rdf import knowledge as k
from uscuba_kg.errors import InputError
from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.publish.explain import explain, explain_row
from uscuba_kg.publish.explain_report import explanation_json, explanation_lines
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.iris import iri_of
from uscuba_kg.rdf.terms import Literal, Triple

TRIPLES = emit(k.KNOWLEDGE)
IRI = iri_of(k.TALKS)


@pytest.mark.parametrize(
    "name", [IRI, f"<{IRI}>", f"id:meeting/{k.TALKS.key}", k.TALKS.key, f"meeting/{k.TALKS.key}"]
)
def test_a_thing_answers_to_all_its_names(name: str) -> None:
    assert explain(TRIPLES, name).iri == IRI


def test_a_meeting_tells_of_itself_its_parts_and_what_refers_to_it() -> None:
    found = explain(TRIPLES, IRI)
    wanted = [c for c in k.CLAIMS if k.TALKS in (c.subject, c.object) or c.subject == k.PART]
    assert len(wanted) == 16
    assert sorted((t.exact, t.start, t.accepted) for t in found.claims) == sorted(
        (c.evidence.exact, c.evidence.span.start, c.accepted) for c in wanted
    )
    assert found.types == ("uscuba:Meeting",)
    assert found.labels == ("Migration talks, 10 July 2013, Havana",)


def test_a_claim_is_told_in_words_with_its_sentence_and_its_article() -> None:
    found = explain(TRIPLES, k.LEE.key)
    (told,) = found.claims
    assert told.fact == "Edward Alex Lee at the talks | participant | Edward Alex Lee"
    assert told.before + told.exact + told.after == (
        "Edward Alex Lee of the Bureau of Western Hemisphere Affairs led the U.S. side."
    )
    assert (told.rule, told.confidence, told.accepted) == ("test.rule", 0.9, True)
    source = told.source
    assert (source.title, source.publisher, source.issued, source.url, source.retold) == (
        'Talks in "Havana"',
        "The Example Times",
        "2013-07-12",
        "https://news.example.org/talks?id=7",
        False,
    )
    assert list(explanation_lines(found, ("«", "»")))[-3:] == [
        "    «Edward Alex Lee» of the Bureau of Western Hemisphere Affairs led the U.S. side.",
        '    Talks in "Havana" (The Example Times, 2013-07-12, https://news.example.org/talks?id=7)',
        f"    test.rule, confidence 0.9, characters {told.start} to {told.end}",
    ]


def test_terms_of_the_vocabulary_have_the_names_of_the_ontology() -> None:
    facts = {t.fact.split(" | ", 1)[1] for t in explain(TRIPLES, IRI).claims}
    assert {
        "status | held",
        "kind of meeting | talks",
        "role | chair",
        "location | Havana",
    } <= facts


def test_a_reading_that_lost_is_told_as_lost() -> None:
    lines = list(explanation_lines(explain(TRIPLES, IRI)))
    (at,) = [i for i, line in enumerate(lines) if line.endswith("won)") and "2013-07-11" in line]
    assert lines[at].endswith("(not accepted: another reading won)")
    assert "[11 de julio de 2013]" in lines[at + 1]
    assert "(retold)" in lines[at + 2]


def test_a_claim_explains_itself() -> None:
    about = Ref(ThingKind.AGREEMENT, k.AGREEMENT.key)
    (node, _) = sorted(
        t.subject
        for t in TRIPLES
        if t.predicate == vocab.RDF + "subject" and t.object == iri_of(about)
    )
    found = explain(TRIPLES, node)
    assert [t.subject for t in found.claims] == [iri_of(about)]


def renamed(*pairs: tuple[str, str]) -> tuple[tuple[Ref, Ref], ...]:
    return tuple((Ref(ThingKind.MEETING, old), Ref(ThingKind.MEETING, new)) for old, new in pairs)


def test_old_names_are_followed_to_the_last() -> None:
    key = k.TALKS.key
    replaced = renamed(("one", "two"), ("two", key))
    triples = emit(msgspec.structs.replace(k.KNOWLEDGE, replaced=replaced))
    found = explain(triples, "one")
    assert (found.iri, found.replaced) == (IRI, vocab.ID + "meeting/one")
    assert next(explanation_lines(found)) == f"{vocab.ID}meeting/one is now known as"


def test_names_that_replace_each_other_do_not_go_on_for_ever() -> None:
    triples = emit(msgspec.structs.replace(k.KNOWLEDGE, replaced=renamed(("a", "b"), ("b", "a"))))
    assert explain(triples, "a").iri == vocab.ID + "meeting/b"


def test_a_name_of_two_things_names_both() -> None:
    namesake = Triple(vocab.ID + "place/edward-alex-lee", vocab.TYPE, vocab.USCUBA + "Place")
    with pytest.raises(InputError) as told:
        explain([*TRIPLES, namesake], "edward-alex-lee")
    assert "id:place/" in told.value.message
    assert "id:person/" in told.value.message


def test_what_could_steer_a_terminal_is_left_out() -> None:
    text = k.ENGLISH.replace("in Havana", "in\x1b[2J Havana")
    first = msgspec.structs.replace(k.ARTICLES[0], text=text, title="T\x07")
    evidence = msgspec.structs.replace(
        k.evidence("held"), suffix=" migration talks in\x1b[2J\r\nHavana on July 10, 2013."
    )
    claim = msgspec.structs.replace(k.CLAIMS[0], evidence=evidence)
    graph = emit(
        msgspec.structs.replace(k.KNOWLEDGE, articles=(first, k.ARTICLES[1]), claims=(claim,))
    )
    lines = list(explanation_lines(explain(graph, IRI)))
    assert "[held] migration talks in [2J Havana" in lines[-3]
    assert all(line.isprintable() for line in lines)


def test_the_same_stands_in_json() -> None:
    found = explain(TRIPLES, IRI)
    document = json.loads(explanation_json(found))
    assert document["iri"] == IRI
    assert [c["exact"] for c in document["claims"]] == [t.exact for t in found.claims]
    assert document["claims"][-1]["source"]["publisher"] == "The Example Times"


@pytest.mark.parametrize(
    ("predicate", "value", "found"),
    [
        ("startDate", "", {("2013-07-10", True), ("2013-07-11", False)}),
        ("schema:startDate", "2013-07-11", {("2013-07-10", True), ("2013-07-11", False)}),
        ("start date", "2013-07-10", {("2013-07-10", True), ("2013-07-11", False)}),
        (vocab.SCHEMA + "location", "La Habana", set()),
        ("location", "havana", {("id:place/havana", True)}),
    ],
)
def test_a_fact_is_explained_by_what_speaks_for_and_against_it(
    predicate: str, value: str, found: set[tuple[str, bool]]
) -> None:
    if not found:
        with pytest.raises(InputError, match="no article says"):
            explain(TRIPLES, IRI, predicate, value)
        return
    told = explain(TRIPLES, IRI, predicate, value).claims
    assert {(t.object.replace(vocab.ID, "id:"), t.accepted) for t in told} == found
    if value[:2] == "20":
        assert told[0].object == value


def test_a_row_is_explained_by_what_connects_its_cells() -> None:
    cells = (Literal("Migration talks, 10 July 2013, Havana", language="en"), iri_of(k.LEE))
    told = explain_row(TRIPLES, cells)
    assert told.iri == IRI
    assert {t.object for t in told.claims} == {iri_of(k.LEE)}
    alone = explain_row(TRIPLES, (None, iri_of(k.LEE), Literal("12")))
    assert alone == explain(TRIPLES, iri_of(k.LEE))
    with pytest.raises(InputError, match="no thing of the graph"):
        explain_row(TRIPLES, (Literal("12"), None))


def test_a_meeting_of_several_articles_says_what_they_agree_on() -> None:
    why = explain(TRIPLES, IRI).why
    assert why[0] == "2 articles tell of this meeting."
    assert "First day: 2013-07-10 (1 of 2), 2013-07-11 (1 of 2)." in why
    assert explain(TRIPLES, iri_of(k.LEE)).why == ()

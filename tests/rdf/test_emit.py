from __future__ import annotations

import msgspec
import pytest

from articles import MIGRATION, RESUMED, YEARLESS, built
from uscuba_kg.model import Evidence, Knowledge
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.emit import EvidenceError, emit
from uscuba_kg.rdf.terms import Literal, decimal
from uscuba_kg.resources import ontology_dir

KNOWLEDGE = built(RESUMED, MIGRATION).knowledge
TRIPLES = emit(KNOWLEDGE)


def values(subject: str, predicate: str) -> set[str]:
    found = [t.object for t in TRIPLES if t.subject == subject and t.predicate == predicate]
    return {o.lexical if isinstance(o, Literal) else o for o in found}


MEETING = vocab.ID + "meeting/law-enforcement-dialogue-2023-01-18"


@pytest.mark.parametrize(
    ("predicate", "wanted"),
    [
        (vocab.TYPE, {vocab.USCUBA + "Meeting"}),
        (vocab.SCHEMA + "startDate", {"2023-01-18"}),
        (vocab.SCHEMA + "endDate", {"2023-01-19"}),
        (vocab.USCUBA + "notBefore", {"2023-01-18"}),
        (vocab.USCUBA + "notAfter", {"2023-01-19"}),
        (vocab.USCUBA + "status", {vocab.USCUBA + "Held"}),
        (vocab.SCHEMA + "location", {vocab.ID + "place/havana"}),
        (vocab.SCHEMA + "superEvent", {vocab.ID + "series/law-enforcement-dialogue"}),
        (vocab.USCUBA + "involves", {vocab.ID + "state/cuba", vocab.ID + "state/united-states"}),
    ],
)
def test_the_facts_of_a_meeting(predicate: str, wanted: set[str]) -> None:
    assert values(MEETING, predicate) == wanted


def test_every_fact_of_an_article_has_a_claim() -> None:
    claimed = {
        (s.object, p.object, o.object)
        for c in {t.subject for t in TRIPLES if t.predicate == vocab.RDF + "subject"}
        for s in TRIPLES
        if s.subject == c and s.predicate == vocab.RDF + "subject"
        for p in TRIPLES
        if p.subject == c and p.predicate == vocab.RDF + "predicate"
        for o in TRIPLES
        if o.subject == c and o.predicate == vocab.RDF + "object"
    }
    kinds = ("meeting/", "participation/", "agreement/", "statement/")
    background = {vocab.TYPE, vocab.LABEL, vocab.USCUBA + "notBefore", vocab.USCUBA + "notAfter"}
    facts = [
        t
        for t in TRIPLES
        if t.subject.removeprefix(vocab.ID).startswith(kinds) and t.predicate not in background
    ]
    assert len(facts) > 20
    assert [t for t in facts if (t.subject, t.predicate, t.object) not in claimed] == []


def test_the_year_that_nobody_wrote_gives_no_bounds() -> None:
    triples = built(YEARLESS).triples
    assert [t for t in triples if t.predicate == vocab.USCUBA + "notBefore"] == []
    meetings = [t for t in triples if t.subject.startswith(vocab.ID + "meeting/")]
    (start,) = [t.object for t in meetings if t.predicate == vocab.SCHEMA + "startDate"]
    assert start == Literal("--01-18", vocab.XSD + "gMonthDay")


def broken(**changes: object) -> Knowledge:
    claim = KNOWLEDGE.claims[0]
    evidence = msgspec.structs.replace(claim.evidence, **changes)
    assert isinstance(evidence, Evidence)
    return msgspec.structs.replace(
        KNOWLEDGE, claims=(msgspec.structs.replace(claim, evidence=evidence),)
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rule": ""}, "without a rule"),
        ({"exact": "other words"}, "not 'other words'"),
        ({"article": "0" * 64}, "no article"),
    ],
)
def test_no_fact_goes_out_without_evidence(changes: dict[str, object], words: str) -> None:
    with pytest.raises(EvidenceError, match=words):
        emit(broken(**changes))


def test_nothing_is_a_blank_node_and_every_own_term_is_declared() -> None:
    declared = (ontology_dir() / "uscuba.ttl").read_text(encoding="utf-8")
    terms = {
        iri.removeprefix(vocab.USCUBA)
        for t in TRIPLES
        for iri in (t.predicate, t.object)
        if isinstance(iri, str) and iri.startswith(vocab.USCUBA) and iri != vocab.USCUBA
    }
    terms |= {
        i.removeprefix(vocab.USCUBA)
        for i in (*vocab.MEETING_KINDS.values(), *vocab.STATUSES.values(), *vocab.ROLES.values())
    }
    assert len(terms) > 25
    assert [t for t in sorted(terms) if f"\nuscuba:{t} a " not in declared] == []
    assert [t for t in TRIPLES if not t.subject.startswith("https://")] == []


@pytest.mark.parametrize(
    ("number", "lexical"), [(0.9, "0.9"), (1.0, "1.0"), (0.85, "0.85"), (0, "0.0")]
)
def test_decimals_are_canonical(number: float, lexical: str) -> None:
    assert decimal(number).lexical == lexical

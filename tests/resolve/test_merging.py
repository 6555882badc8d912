"""Which frames of several articles are one meeting, and what the graph asserts of it."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from articles import MIGRATION, RESUMED, SPANISH, YEARLESS, article, built
from uscuba_kg.model import Article, Claim, Evidence, Predicate, Ref, Span, Status, ThingKind
from uscuba_kg.resolve.claims import once


def meetings(*articles: Article) -> list[str]:
    return sorted(
        t.ref.key for t in built(*articles).knowledge.things if t.ref.kind == ThingKind.MEETING
    )


def accepted(claims: tuple[Claim, ...], predicate: Predicate) -> set[object]:
    return {c.object for c in claims if c.predicate == predicate and c.accepted}


DIALOGUE = "law-enforcement-dialogue-2023-01-18"


def test_one_meeting_told_by_three_articles_in_two_languages_is_one() -> None:
    assert meetings(RESUMED, SPANISH, YEARLESS) == [DIALOGUE]


def test_every_article_is_a_source_of_it() -> None:
    knowledge = built(RESUMED, SPANISH, YEARLESS).knowledge
    sources = {
        c.evidence.article
        for c in knowledge.claims
        if c.subject == Ref(ThingKind.MEETING, DIALOGUE)
    }
    assert sources == {a.sha256 for a in (RESUMED, SPANISH, YEARLESS)}


def test_a_yearless_day_alone_keeps_its_own_name_and_the_name_still_answers() -> None:
    (alone,) = meetings(YEARLESS)
    assert alone == f"law-enforcement-dialogue-xxxx-01-18-{YEARLESS.sha256[:8]}"
    replaced = built(RESUMED, YEARLESS).knowledge.replaced
    assert replaced[0] == (Ref(ThingKind.MEETING, alone), Ref(ThingKind.MEETING, DIALOGUE))


@pytest.mark.parametrize(
    "order", list(itertools.permutations([RESUMED, SPANISH, YEARLESS, MIGRATION]))[::5]
)
def test_the_order_of_articles_makes_no_difference(order: tuple[Article, ...]) -> None:
    assert built(*order).triples == built(RESUMED, SPANISH, YEARLESS, MIGRATION).triples


ROUND = "The United States and Cuba held migration talks in {} on {}."


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        (("Havana", "November 15, 2022"), ("Havana", "November 15, 2022"), 1),
        (("Havana", "November 15, 2022"), ("Washington", "April 21, 2022"), 2),
        (("Havana", "November 15, 2022"), ("Havana", "November 16, 2022"), 1),
        (("Havana", "November 15, 2022"), ("Washington", "November 15, 2022"), 1),
        (("Havana", "November 15, 2022"), ("Havana", "November 17, 2022"), 2),
        (("Havana", "November 15, 2022"), ("Washington", "November 16, 2022"), 2),
    ],
)
def test_rounds_merge_by_day_and_place(
    first: tuple[str, str], second: tuple[str, str], count: int
) -> None:
    other = article(
        "It is known that " + ROUND.format(*second).replace("The", "the", 1), published="2022-12-01"
    )
    assert len(meetings(article(ROUND.format(*first), published="2022-12-01"), other)) == count


def test_a_month_meets_the_day_in_it_and_the_day_is_asserted() -> None:
    vague = article(
        "The United States and Cuba held migration talks in November 2022.", published="2022-12-01"
    )
    exact = article(ROUND.format("Havana", "November 15, 2022"), published="2022-12-01")
    knowledge = built(vague, exact).knowledge
    assert [t.ref.key for t in knowledge.things if t.ref.kind == ThingKind.MEETING] == [
        "migration-talks-2022-11-15"
    ]
    starts = {
        (c.object.lexical, c.accepted) for c in knowledge.claims if c.predicate == Predicate.START
    }  # type: ignore[union-attr]
    assert starts == {("2022-11-15", True), ("2022-11", False)}


def test_what_was_announced_and_then_held_counts_as_held() -> None:
    before = article(
        "U.S. and Cuban officials will meet in Havana on November 15, 2022 for migration talks.",
        published="2022-11-10",
    )
    after = article(ROUND.format("Havana", "November 15, 2022"), published="2022-11-16")
    knowledge = built(before, after).knowledge
    assert accepted(knowledge.claims, Predicate.STATUS) == {Status.HELD}
    assert {c.object for c in knowledge.claims if c.predicate == Predicate.STATUS} == {
        Status.HELD,
        Status.PLANNED,
    }


def test_an_unlisted_person_in_two_articles_is_one_and_a_bare_surname_joins_nobody() -> None:
    one = article(
        "Cuban Deputy Minister Ernesto Quintanilla Pardo said the talks with Cuba were useful."
    )
    two = article("Cuban Deputy Minister Ernesto Quintanilla said nothing.")
    three = article("Cuban Deputy Minister Quintanilla said even less.")
    people = [
        t.ref.key for t in built(one, two, three).knowledge.things if t.ref.kind == ThingKind.PERSON
    ]
    assert people == ["ernesto-quintanilla-pardo", f"quintanilla-{three.sha256[:8]}"]


def test_unnamed_speakers_of_two_articles_are_two() -> None:
    one = article("A State Department official said the talks with Cuba were useful.")
    two = article("A State Department official said the talks with Cuba were long.")
    assert (
        len([t for t in built(one, two).knowledge.things if t.ref.kind == ThingKind.SPEAKER]) == 2
    )


def test_every_claim_names_its_rule_and_its_words() -> None:
    knowledge = built(RESUMED, SPANISH, YEARLESS, MIGRATION).knowledge
    texts = {a.sha256: a.text for a in knowledge.articles}
    assert len(knowledge.claims) > 50
    for claim in knowledge.claims:
        evidence = claim.evidence
        assert evidence.rule
        assert texts[evidence.article][evidence.span.start : evidence.span.end] == evidence.exact
        assert evidence.prefix + evidence.exact + evidence.suffix in texts[evidence.article]


def test_one_fact_from_one_place_is_one_claim_however_sure_two_tellings_are() -> None:
    subject, topic = Ref(ThingKind.MEETING, "talks-2023"), Ref(ThingKind.TOPIC, "migration")
    less, more = (
        Claim(subject, Predicate.ABOUT, topic, Evidence("a" * 64, Span(3, 9), "visas", "r", sure))
        for sure in (0.63, 0.71)
    )
    elsewhere = Claim(
        subject, Predicate.ABOUT, topic, Evidence("a" * 64, Span(30, 36), "visas", "r", 0.5)
    )
    refused = msgspec.structs.replace(more, accepted=False)
    assert set(once([less, more, elsewhere])) == {more, elsewhere}
    assert set(once([refused, less])) == {less}

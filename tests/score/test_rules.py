"""How often rules fire, and on how many right facts they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from articles import article
from uscuba_kg.packs.load import languages, pack_for
from uscuba_kg.pipeline import read_article
from uscuba_kg.relate.fired import fired
from uscuba_kg.score.gold import Annotation, GoldArticle
from uscuba_kg.score.rules import RuleUse, rule_uses, rules_json, rules_table
from uscuba_kg.world import load_world

TEXT = (
    "Cuban Deputy Foreign Minister Carlos Fernández de Cossío led the Cuban delegation to the migration "
    "talks that were held in Washington on April 21, 2022. He said the talks were a good sign.\n"
)
GOLD = {
    "article": {"id": "a", "language": "en", "metadata_given": True, "published": "2022-04-23"},
    "meetings": [], "units": [], "agreements": [],
    "positions": [{"person": ["Carlos Fernández de Cossío"], "position": ["Deputy Foreign Minister"]}],
    "statements": [
        {"speaker": ["Carlos Fernández de Cossío"], "speaker_type": "person", "cue": "the talks were"}
    ],
}  # fmt: skip


def gold() -> GoldArticle:
    import msgspec

    return GoldArticle(Path("a.json"), TEXT, msgspec.convert(GOLD, Annotation))


@pytest.fixture(scope="module")
def uses() -> dict[str, RuleUse]:
    return {use.rule: use for use in rule_uses([gold()])}


def test_a_rule_fires_where_its_words_stand() -> None:
    annotated = read_article(article(TEXT))
    found = fired(annotated, pack_for("en"), load_world())
    told = {(one.rule, TEXT[one.span.start : one.span.end]) for one in found}
    assert ("en.status.cancelled", "cancelled") not in told
    assert any(rule == "en.encounter.talks" and "talks" in words for rule, words in told)
    assert any(rule.startswith("en.official.") and "Cossío" in words for rule, words in told)
    assert any(rule.startswith("en.speech.") for rule, _ in told)
    assert len(found) == len(set(found))


def test_every_rule_of_every_pack_is_listed(uses: dict[str, RuleUse]) -> None:
    for language in languages():
        for kind, rules in pack_for(language).rules.items():
            for rule in rules:
                assert (uses[rule.id].pack, uses[rule.id].kind) == (language, kind)
    assert uses["en.role.sent"].fired == 0
    assert uses["en.role.sent"].precision is None


def test_a_fact_rests_on_the_rule_that_its_claim_names(uses: dict[str, RuleUse]) -> None:
    official = uses["en.official.before-name"]
    assert (official.fired, official.articles, official.facts, official.confirmed) == (1, 1, 1, 1)
    assert official.precision == 1.0
    speech = [use for use in uses.values() if use.kind == "speech" and use.facts]
    assert [use.confirmed for use in speech] == [1]
    talks = [use for use in uses.values() if use.kind == "encounter" and use.facts]
    assert talks  # the annotation knows no meeting: whatever rests on a meeting's rule is wrong
    assert all(use.confirmed == 0 for use in talks)


def test_a_cue_answers_for_the_facts_of_its_slot_beside_it() -> None:
    text = TEXT.replace("He said", "The two sides discussed visas. He said")
    one = GoldArticle(Path("a.json"), text, gold().annotation)
    uses = {use.rule: use for use in rule_uses([one])}
    assert uses["en.agenda.discussed"].fired == 1
    assert uses["en.agenda.discussed"].facts >= 1
    assert uses["en.agenda.discussed"].precision == 0.0


def test_what_the_reader_does_without_a_rule_of_a_pack_is_listed_too(
    uses: dict[str, RuleUse],
) -> None:
    own = {use.rule: use for use in uses.values() if not use.pack}
    assert own["date.explicit"].kind == "date"
    assert own["date.explicit"].fired == 1


def test_articles_without_annotations_are_counted_on(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(
            TEXT.replace("21", "2" + str(ord(name) % 10)), "utf-8"
        )
    uses = {use.rule: use for use in rule_uses([], [tmp_path])}
    assert (uses["en.encounter.talks"].articles, uses["en.encounter.talks"].facts) == (2, 0)


def test_the_most_used_come_first_in_every_form(uses: dict[str, RuleUse]) -> None:
    ordered = rule_uses([gold()])
    assert [(-u.fired, u.rule) for u in ordered] == sorted((-u.fired, u.rule) for u in ordered)
    rows = json.loads(rules_json(ordered))
    assert [row["rule"] for row in rows] == [use.rule for use in ordered]
    assert len(list(rules_table(ordered))) == 1 + len(ordered)

"""Every rule carries sentences that it must read and sentences that it must leave alone."""

from __future__ import annotations

import hashlib

import pytest

from uscuba_kg.annotate.annotate import annotate
from uscuba_kg.model import Article
from uscuba_kg.packs.load import Rule, languages, pack_for
from uscuba_kg.relate.actors import LAYERS
from uscuba_kg.relate.cascade import Match, Node, mask, matches, reduce
from uscuba_kg.relate.naming import Names, nodes_of
from uscuba_kg.relate.scene import lay_out
from uscuba_kg.relate.voices import listen
from uscuba_kg.world import load_world

RULES = [
    (language, rule)
    for language in languages()
    for rules in pack_for(language).rules.values()
    for rule in rules
]
YES = [(lang, rule, example) for lang, rule in RULES for example in rule.yes]
NO = [(lang, rule, text) for lang, rule in RULES for text in rule.no]


def found(language: str, rule: Rule, text: str) -> list[Match]:
    """The matches of one rule in a sentence, after all layers that come before it."""
    pack = pack_for(language)
    sha = hashlib.sha256(text.encode()).hexdigest()
    annotated = annotate(Article(text, sha, "example", language), pack, load_world())
    nodes: list[Node] = nodes_of(annotated, pack)
    for kind, to in LAYERS:
        if kind == rule.kind:
            break
        if to:
            masked = mask(annotated.folded, annotated.sentences, nodes, pack.gate)
            nodes = reduce(masked, nodes, pack.rules.get(kind, ()), to)
    if rule.kind == "speech":
        names = Names(annotated, load_world())
        heard = listen(lay_out(annotated, nodes, pack), names, pack)
        return [match for stretch in heard for match in stretch.matches if match.rule is rule]
    return matches(mask(annotated.folded, annotated.sentences, nodes, pack.gate), [rule])


def surfaces(match: Match, slot: str, text: str) -> list[str]:
    """What a slot captured; a list stands for its members."""
    out = []
    for node in match.captures.get(slot, ()):
        members = node.part("who") or (node,)
        out.extend(text[m.span.start : m.span.end] for m in members)
    return out


@pytest.mark.parametrize(
    ("language", "rule", "example"), YES, ids=[f"{r.id}-{i}" for i, (_, r, _) in enumerate(YES)]
)
def test_a_rule_reads_its_examples(language: str, rule: Rule, example: dict[str, str]) -> None:
    text = example["text"]
    hits = found(language, rule, text)
    assert hits, f"{rule.id} finds nothing in: {text}"
    for slot, wanted in example.items():
        if slot == "text":
            continue
        assert any(surfaces(h, slot, text) == wanted.split("|") for h in hits), (
            f"{rule.id}: {slot} is {[surfaces(h, slot, text) for h in hits]}"
        )


@pytest.mark.parametrize(
    ("language", "rule", "text"), NO, ids=[f"{r.id}-{i}" for i, (_, r, _) in enumerate(NO)]
)
def test_a_rule_leaves_its_counterexamples_alone(language: str, rule: Rule, text: str) -> None:
    assert not found(language, rule, text), f"{rule.id} reads: {text}"


def test_every_rule_has_both_kinds_of_example_and_the_packs_hold_rules() -> None:
    assert len(RULES) >= 60
    assert [rule.id for _, rule in RULES if not rule.yes] == []
    assert [rule.id for _, rule in RULES if not rule.no] == []
    assert [rule.id for language, rule in RULES if not rule.id.startswith(f"{language}.")] == []

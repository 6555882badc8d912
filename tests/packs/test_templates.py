from __future__ import annotations

import pytest
import regex

from uscuba_kg.errors import PackError
from uscuba_kg.packs.gate import gate_of
from uscuba_kg.packs.template import TYPES, compile_template

PERSON, STATE = TYPES["Person"], TYPES["State"]


def matches(template: str, text: str) -> bool:
    return (
        regex.search(compile_template(template, {"led": "led/headed"}, "test").pattern, text)
        is not None
    )


@pytest.mark.parametrize(
    ("template", "text", "wanted"),
    [
        ("delegation was/were led", "the delegation was led by", True),
        ("delegation was/were led", "the delegations was led by", False),
        ("negotiat*", "negotiators met", True),
        ("{led} by <who:Person>", f"headed by {PERSON}", True),
        ("{led} by <who:Person>", f"headed by {STATE}", False),
        ("met [again] with", "met with", True),
        ("met [again] with", "met again with", True),
        ("(met | saw) <Person>", f"saw {PERSON}", True),
        ("<a:Person> (, <a:Person>)*", f"{PERSON}, {PERSON}, {PERSON}", True),
        ("met .. <Person>", f"met with the {PERSON}", True),
        ("met .. <State>", f"met {PERSON} of {STATE}", False),
        ("met ... <State>", f"met {PERSON} of {STATE}", True),
        ("met ... <State>", f"met.\ue0ff {STATE}", False),
        ("<Person> \\( <State> \\)", f"{PERSON} ({STATE})", True),
    ],
)
def test_the_signs_of_a_template(template: str, text: str, wanted: bool) -> None:
    assert matches(template, text) is wanted


@pytest.mark.parametrize(
    ("template", "text", "wanted"),
    [
        ("delegation was led by", "the delegation was led by", True),
        ("delegation was led by", "the delegation that was led by", False),
        ("delegation was led by", "led by a delegation was", False),
        ("delegation [that] was led", "a delegation that was led", True),
        ("lead* of", "a leader of", True),
        ("lead* of", "a misleader of", False),
        ("co-chair* by", "co-chaired by", True),
        ("<Person> [also]", f"by {PERSON}", True),
        ("(met with | saw) <Person>", f"saw  {PERSON}", True),
        ("(met with | saw) <Person>", f"met {PERSON}, with {STATE}", False),
        ("<Person> .. spoke", f"spoke of {PERSON}", True),
        ("<Person> 's aide", f"{PERSON}'s aide", True),
        ("(met)* ..", "anything", True),
    ],
)
def test_a_rule_is_tried_only_where_its_words_stand_beside_each_other(
    template: str, text: str, wanted: bool
) -> None:
    compiled = compile_template(template, {}, "test")
    gate = gate_of([compiled])
    _, held = gate.tokens(text)
    assert (gate.needs[compiled.pattern] & ~held == 0) is wanted


@pytest.mark.parametrize(
    ("template", "text", "places"),
    [
        ("led/headed by", "he led, she headed the group", [3, 12]),
        ("lead* by", "leaders mislead", [0]),
        ("[ably] led by", "ably led by", [0, 5]),
        ("- <Person>", f"a - {PERSON}", [2]),
    ],
)
def test_a_rule_is_tried_where_one_of_its_first_words_stands(
    template: str, text: str, places: list[int]
) -> None:
    compiled = compile_template(template, {}, "test")
    gate = gate_of([compiled])
    tokens, _ = gate.tokens(text)
    assert [p for p, holds, _ in tokens if holds & gate.opens[compiled.pattern]] == places


def test_a_rule_is_not_tried_behind_the_last_of_its_words() -> None:
    compiled = compile_template("<Person> .. said/told", {}, "test")
    gate = gate_of([compiled])
    tokens, _ = gate.tokens(f"{PERSON} came and said so to {PERSON}")
    needs, opens = gate.needs[compiled.pattern], gate.opens[compiled.pattern]
    assert [p for p, holds, rest in tokens if holds & opens and not needs & ~rest] == [0]


def test_a_rule_is_found_by_what_the_fewest_examples_hold() -> None:
    compiled = compile_template("they .. deliberated", {}, "test")
    gate = gate_of([compiled], ["they met", "they deliberated", "they spoke"])
    _, held = gate.tokens("deliberated")
    assert gate.rarest[compiled.pattern] & held


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("<who:Human> met", "unknown type 'Human'"),
        ("{nobody} met", "unknown phrase 'nobody'"),
        ("[met", "not closed"),
        ("met ]", "unexpected"),
        ("{loop}", "contains itself"),
    ],
)
def test_a_broken_template_says_what_and_where(template: str, words: str) -> None:
    with pytest.raises(PackError, match=r"rules\.toml") as error:
        compile_template(template, {"loop": "{loop}"}, "rules.toml")
    assert words in str(error.value)


def test_a_capture_keeps_every_item() -> None:
    pattern = compile_template("<who:Person> ((, and | ,) <who:Person>)*", {}, "test").pattern
    found = regex.search(pattern, f"{PERSON}, {PERSON}, and {PERSON}")
    assert found is not None
    assert len(found.captures("who")) == 3

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uscuba_kg.text import fold, slug, word_choice


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("El Canciller «Bruno Rodríguez»", 'el canciller "bruno rodriguez"'),
        ("U.S.–Cuba talks", "u.s.-cuba talks"),
        ("Cuba’s ñandú", "cuba's nandu"),
        ("İstanbul", "istanbul"),
    ],
)
def test_folding_takes_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_slugs_are_plain() -> None:
    assert slug("Łukasz Ñáñez & Co., «Ltd»") == "lukasz-nanez-co-ltd"
    assert slug("—") == ""


_WORDS = st.from_regex(r"[abñ.]{1,4}(?: [abñ.]{1,2}){0,2}", fullmatch=True)


@given(st.lists(_WORDS, min_size=1), st.text("abñ. \n"))
def test_a_tree_of_words_finds_what_a_list_finds_the_longest_first(
    words: list[str], text: str
) -> None:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    listed = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)
    found = [m.span() for m in re.finditer(word_choice(words), text)]
    assert found == [m.span() for m in re.finditer(listed, text)]

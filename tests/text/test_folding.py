from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uscuba_kg.text import fold, slug


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

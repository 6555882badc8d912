"""Reading takes time in proportion to the text's length, whatever the text: its steps are counted."""

from __future__ import annotations

import hashlib
import sys
from types import FrameType

import pytest

from uscuba_kg import Article, read_text

_SIZE = 4_000
_SLACK = 2.5
"""Twice the text may take so many times the steps; the square would take four times as many."""

STORY = (
    "Officials of the United States and Cuba held migration talks in Havana on May 3, 2015. "
    "The Cuban delegation was led by Josefina Vidal, who said that the talks were useful. "
)
TEXTS = {
    "a": "a",
    "quotation marks": '"',
    "open quotations": "“a ",
    "and": "and ",
    "capitals": "A B C ",
    "names": "Juan Salas ",
    "known people": "Josefina Vidal, ",
    "states": "Cuba and ",
    "titles": "the Minister of ",
    "dates": "May 3, ",
    "saying": "he said, ",
    "lines": "a\n",
    "footnotes": "[1]",
    "hyphens": "A-",
    "full stops": ".",
    "spaces": " ",
    "a story in one line": STORY,
    "a story in paragraphs": STORY + "\n\n",
}


def steps(text: str) -> int:
    """How many functions are called to read a text."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    article = Article(text, hashlib.sha256(text.encode()).hexdigest(), "made", "en")
    sys.setprofile(seen)
    try:
        read_text(article)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS.keys())
def test_twice_the_text_takes_twice_the_steps(piece: str) -> None:
    text = piece * (2 * _SIZE // len(piece))
    half = text[: len(text) // 2]
    steps(half), steps(text)  # patterns are compiled and words learnt when first met
    assert steps(text) < _SLACK * steps(half)


def test_nested_brackets_take_no_more_than_flat_ones() -> None:
    nested = "(" * _SIZE + ")" * _SIZE
    half = "(" * (_SIZE // 2) + ")" * (_SIZE // 2)
    steps(half), steps(nested)
    assert steps(nested) < _SLACK * steps(half)

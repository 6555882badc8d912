"""Agreements described and not named: "a memorandum of understanding", "the immigration accord"."""

from __future__ import annotations

import re
from functools import lru_cache

from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import Words, first_words, matches_at, word_choice


@lru_cache(maxsize=16)
def _pattern(pack: Pack) -> re.Pattern[str]:
    before = word_choice(pack.words("instruments", "before"))
    heads = word_choice(pack.words("instruments", "heads"))
    after = word_choice(pack.words("instruments", "after"))
    return re.compile(
        rf"(?<!\w)(?:(?:{before})\s+){{0,3}}(?:{heads})(?!\w)(?:\s+(?:{after})(?!\w)){{0,2}}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _firsts(pack: Pack) -> frozenset[str]:
    return first_words((*pack.words("instruments", "before"), *pack.words("instruments", "heads")))


def find_instruments(text: str, index: Words, pack: Pack) -> list[Mention]:
    """Give the descriptions of agreements; ``value`` is the description with single spaces.

    ``index`` holds the words of the folded text.
    """
    found = []
    places = index.among(_firsts(pack))
    for match in matches_at(_pattern(pack), text, places):
        span = Span(match.start(), match.end())
        value = re.sub(r"\s+", " ", match[0])
        found.append(
            Mention(MentionKind.AGREEMENT, span, match[0], value, None, "agreement.described")
        )
    return found

"""Numbers of encounters in a series, as words or Roman figures: "the second", "XII ronda"."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from uscuba_kg.model import Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold

_ROMAN = re.compile(r"[ivxl]+")


class Ordinal(msgspec.Struct, frozen=True):
    """A number that orders, and where it stands; ``blocked`` by a word of another order ("time")."""

    number: int
    span: Span
    blocked: bool


def find_ordinals(text: str, folded: str, sentence: Span, pack: Pack) -> tuple[Ordinal, ...]:
    """Give the ordinal numbers of a sentence but for those of other things ("the third floor").

    Roman figures count only in capitals.
    """
    shape, table, blocked, others = _words(pack)
    found = []
    for match in shape.finditer(folded, sentence.start, sentence.end):
        surface = text[match.start() : match.end()]
        if _ROMAN.fullmatch(match[0]) and not surface.isupper():
            continue
        if others.match(folded, match.end(), sentence.end):
            continue
        bars = blocked.match(folded, match.end(), sentence.end) is not None
        found.append(Ordinal(table[match[0]], Span(match.start(), match.end()), bars))
    return tuple(found)


@lru_cache(maxsize=16)
def _words(
    pack: Pack,
) -> tuple[re.Pattern[str], dict[str, int], re.Pattern[str], re.Pattern[str]]:
    table = {fold(k): int(v) for k, v in pack.tables["ordinals"]["words"].items()}
    blocked, others = (
        re.compile(
            rf"\s*(?:{'|'.join(re.escape(fold(w)) for w in pack.words('ordinals', key))})(?![\w-])"
        )
        for key in ("blockers", "others")
    )
    longest_first = sorted(map(re.escape, table), key=len, reverse=True)
    shape = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
    return shape, table, blocked, others

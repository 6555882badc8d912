"""Numbers of encounters in a series, as words or Roman figures: "the second", "XII ronda"."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from uscuba_kg.model import Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold, word_choice

_ROMAN = re.compile(r"[ivxl]+")
_REACH = 90


class Ordinal(msgspec.Struct, frozen=True):
    """A number that orders, and where it stands; ``blocked`` by a word of another order ("time")."""

    number: int
    span: Span
    blocked: bool


def find_ordinals(text: str, folded: str, sentence: Span, pack: Pack) -> tuple[Ordinal, ...]:
    """Give the ordinal numbers of a sentence but for those of other things ("the third floor").

    Roman figures count only in capitals. "The first since 2011" orders nothing, nor does "the second of
    the year".
    """
    words, found = _words(pack), []
    for match in words.shape.finditer(folded, sentence.start, sentence.end):
        surface, number = text[match.start() : match.end()], words.table[match[0]]
        if _ROMAN.fullmatch(match[0]) and not surface.isupper():
            continue
        if words.others.match(folded, match.end(), sentence.end):
            continue
        again = words.renewed.match(folded, match.end(), min(sentence.end, match.end() + _REACH))
        if again is not None and number == 1 and again["yearly"] is None:
            continue
        bars = words.blocked.match(folded, match.end(), sentence.end) is not None
        bars = bars or (again is not None and again["yearly"] is not None)
        found.append(Ordinal(number, Span(match.start(), match.end()), bars))
    return tuple(found)


class _Words(msgspec.Struct, frozen=True):
    shape: re.Pattern[str]
    table: dict[str, int]
    blocked: re.Pattern[str]
    others: re.Pattern[str]
    renewed: re.Pattern[str]


@lru_cache(maxsize=16)
def _words(pack: Pack) -> _Words:
    table = {fold(k): int(v) for k, v in pack.tables["ordinals"]["words"].items()}
    blocked, others, renewed, yearly = (
        "|".join(re.escape(fold(w)) for w in pack.words("ordinals", key))
        for key in ("blockers", "others", "renewed", "yearly")
    )
    return _Words(
        re.compile(rf"(?<!\w)(?:{word_choice(table, ' ')})(?!\w)"),
        table,
        re.compile(rf"\s*(?:{blocked})(?![\w-])"),
        re.compile(rf"\s*(?:{others})(?![\w-])"),
        re.compile(rf"[^.;:()]*?(?<!\w)(?:{renewed}|(?P<yearly>{yearly}))(?!\w)"),
    )

"""When a name found is a name annotated: case, diacritics, punctuation and filler aside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from uscuba_kg.text import fold

_FILLER = frozenset((
    "the", "of", "for", "and", "a", "u", "s", "us", "united", "states", "cuba", "cuban",
    "american", "republic", "el", "la", "los", "las", "de", "del", "y", "para", "e", "ee",
    "uu", "eeuu", "estados", "unidos", "cubano", "cubana", "estadounidense"
))  # fmt: skip


def _words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(name))


def _core(name: str) -> frozenset[str]:
    words = _words(name)
    return frozenset(w for w in words if w not in _FILLER) or frozenset(words)


def same_name(gold: Iterable[str], found: Iterable[str]) -> bool:
    """Tell whether any form of one name has the words of any form of the other."""
    cores = {_core(f) for f in found}
    return any(_core(g) in cores for g in gold)


def same_person(gold: Iterable[str], found: Iterable[str]) -> bool:
    """As for names, or where one form has all the words of the other and two at least."""
    gold, found = list(gold), list(found)
    if same_name(gold, found):
        return True
    pairs = ((set(_words(g)), set(_words(f))) for g in gold for f in found)
    return any(min(len(a), len(b)) >= 2 and (a <= b or b <= a) for a, b in pairs)


def same_title(gold: Iterable[str], found: Iterable[str]) -> bool:
    """Tell whether two names share half of their words or more."""
    pairs = ((_core(g), _core(f)) for g in gold for f in list(found))
    return any(len(a & b) / max(1, len(a | b)) >= 0.5 for a, b in pairs)

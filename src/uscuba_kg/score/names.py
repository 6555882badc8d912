"""When two names count as the same: by the words that carry them, whatever case, accents and marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

# words that tell no body or post from another in this field, in the languages that annotations use
_FILLER = frozenset({
    "the", "of", "for", "and", "a", "u", "s", "us", "united", "states", "cuba", "cuban", "american",
    "republic", "el", "la", "los", "las", "de", "del", "y", "para", "e", "ee", "uu", "eeuu",
    "estados", "unidos", "cubano", "cubana", "estadounidense",
})  # fmt: skip
_ALIKE = 0.5


@lru_cache(maxsize=65536)
def plain(name: str) -> str:
    """Give a name in lower-case ASCII words.

    >>> plain("Carlos Fernández de Cossío")
    'carlos fernandez de cossio'
    """
    flat = unicodedata.normalize("NFKD", name)
    flat = "".join(c for c in flat if not unicodedata.combining(c)).lower()
    return " ".join(re.findall(r"[a-z0-9]+", flat))


@lru_cache(maxsize=65536)
def core(name: str) -> frozenset[str]:
    """Give the words that carry a name; a name made of filler alone keeps all of its words.

    >>> sorted(core("U.S. Department of State"))
    ['department', 'state']
    """
    words = plain(name).split()
    return frozenset(w for w in words if w not in _FILLER) or frozenset(words)


def same_name(gold: Iterable[str], found: Collection[str]) -> bool:
    """Tell whether a thing's names in the graph hold one that the annotation accepts."""
    plains, cores = {plain(f) for f in found}, {core(f) for f in found}
    return any(plain(g) in plains or core(g) in cores for g in gold if plain(g))


def same_person(gold: Collection[str], found: Collection[str]) -> bool:
    """Tell the same of people, of whom two words of a longer name are enough."""
    if same_name(gold, found):
        return True
    for one in gold:
        for other in found:
            a, b = plain(one).split(), plain(other).split()
            if min(len(a), len(b)) >= 2 and (set(a) <= set(b) or set(b) <= set(a)):
                return True
    return False


def same_title(gold: Iterable[str], found: Collection[str]) -> bool:
    """Tell whether two titles share at least half of their words."""
    return any(
        len(core(g) & core(f)) / max(1, len(core(g) | core(f))) >= _ALIKE
        for g in gold
        for f in found
    )

"""What a given name tells of its bearer."""

from __future__ import annotations

from functools import lru_cache

from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold


def sex_of(name: str, pack: Pack) -> str | None:
    """Whether a name's first word is known for a woman's ("she") or a man's ("he")."""
    first = fold(name).split()[0]
    for sex in ("she", "he"):
        if first in _given(pack, sex):
            return sex
    ends = ((sex, pack.words("voices", "endings", sex)) for sex in ("she", "he"))
    return next((sex for sex, endings in ends if first.endswith(endings)), None)


@lru_cache(maxsize=16)
def _given(pack: Pack, sex: str) -> frozenset[str]:
    return frozenset(map(fold, pack.words("voices", "given", sex)))

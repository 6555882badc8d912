"""The messages of these checks, in every language."""

from __future__ import annotations

from functools import cache

from uscuba_kg.check.engine.model import Messages
from uscuba_kg.check.findings import words


@cache
def said(kind: str) -> Messages:
    """What a kind of finding says, by language."""
    return tuple((language, told[kind]) for language, told in sorted(words()["beyond"].items()))

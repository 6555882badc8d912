"""Interviews and transcripts: who has the word, turn by turn."""

from __future__ import annotations

from collections.abc import Sequence

from uscuba_kg.model import Article, StatementFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.antecedents import Memory
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.voices import Stretch


def turns_of(
    article: Article, stretches: Sequence[Stretch], memory: Memory, names: Names, pack: Pack
) -> dict[int, StatementFrame]:
    """Give the utterance that begins in a stretch, by the stretch's number."""
    return {}

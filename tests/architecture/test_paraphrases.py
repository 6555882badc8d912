"""For each type of fact there are tables of paraphrases, in every language, long enough to mean something."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from uscuba_kg.packs.load import languages

TESTS = Path(__file__).resolve().parents[1]
AT_LEAST = 15
# of each type of fact the tables, by file and name; a table of one language is named under it alone
TABLES: dict[str, dict[str, Sequence[str]]] = {
    "dates": {"en": ["annotate/test_dates.py ENGLISH"], "es": ["annotate/test_dates.py SPANISH"]},
    "posts": {
        "en": ["annotate/test_wordings_of_posts.py EN"],
        "es": ["annotate/test_wordings_of_posts.py ES"],
    },
    "statements": {"en": ["relate/test_speech.py SAID"], "es": ["relate/test_speech.py SAID"]},
}


@cache
def table(place: str) -> Sequence[Sequence[object]]:
    file, _, name = place.partition(" ")
    spec = importlib.util.spec_from_file_location(f"paraphrases_{Path(file).stem}", TESTS / file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Sequence[Sequence[object]] = getattr(module, name)
    return found


def rows(place: str, language: str) -> int:
    """How many rows are of a language: those that name it, or all where none names any."""
    named = [[cell for cell in row if cell in languages()] for row in table(place)]
    return sum(language in cells for cells in named) if any(named) else len(named)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("fact", sorted(TABLES))
def test_a_fact_is_tried_in_many_wordings(fact: str, language: str) -> None:
    assert sum(rows(place, language) for place in TABLES[fact][language]) >= AT_LEAST

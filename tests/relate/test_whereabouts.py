"""Places that a text points at without their names, and buildings that stand for their city."""

from __future__ import annotations

import pytest

from articles import article
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.relate.setting import Setting
from uscuba_kg.relate.subjects import subjects_of
from uscuba_kg.world import load_world

POINTED = [
    ("en", "HAVANA, Nov. 15, 2023 (Reuters) - Officials met here on Tuesday.", ["here"]),
    ("en", "HAVANA, Nov. 15, 2023 (Reuters) - Officials met in this city.", ["this city"]),
    ("en", "Officials met in the Cuban capital.", ["Cuban capital"]),
    ("en", "Officials met in the U.S. capital.", ["U.S. capital"]),
    ("en", "Officials met in the island's capital.", ["the island's capital"]),
    ("en", "Officials met in the capital of Cuba.", ["capital of Cuba"]),
    ("es", "LA HABANA, 4 dic (Reuters) - Se reunieron aquí el martes.", ["aquí"]),
    ("es", "LA HABANA, 4 dic (Reuters) - Se reunieron en esta capital.", ["esta capital"]),
    ("es", "Se reunieron en la capital cubana.", ["la capital cubana"]),
    ("es", "Se reunieron en la capital estadounidense.", ["la capital estadounidense"]),
    ("es", "Se reunieron en la capital de la isla.", ["la capital de la isla"]),
    ("es", "Se reunieron en la capital de Estados Unidos.", ["la capital de Estados Unidos"]),
]
UNPOINTED = [
    ("en", "Officials met here on Tuesday."),
    ("en", "HAVANA, Nov. 15, 2023 (Reuters) - Officials met there on Tuesday."),
    ("en", "Cuban capitalists met."),
    ("en", "Cuba lacks capital."),
    ("es", "Se reunieron aquí el martes."),
    ("es", "LA HABANA, 4 dic (Reuters) - Se reunieron allá el martes."),
    ("es", "El capital cubano escasea."),
]
CITIES = [
    ("They met at the Hotel Nacional, in Havana, on May 3, 2016.", {"havana"}),
    ("They met in Old Havana. Havana was calm on May 3, 2016.", {"havana"}),
    ("They met at the Hotel Nacional on May 3, 2016.", {"hotel-nacional"}),
    ("They met at the Hotel Nacional on May 3, 2016, and in Miami.", {"hotel-nacional", "miami"}),
]


def scene(text: str, language: str) -> Setting:
    """What the sentences of a small text hold."""
    return set_scene(read_article(article(text, language)), pack_for(language), load_world())


def pointed(text: str, language: str) -> list[str]:
    """The words of a small text that point at a place."""
    return [
        text[there.span.start : there.span.end]
        for told in scene(text, language).told
        for there in told.whereabouts
    ]


@pytest.mark.parametrize(("language", "text", "words"), POINTED, ids=[p[1] for p in POINTED])
def test_words_that_point_at_a_place(language: str, text: str, words: list[str]) -> None:
    assert pointed(text, language) == words


@pytest.mark.parametrize(("language", "text"), UNPOINTED, ids=[u[1] for u in UNPOINTED])
def test_words_that_point_at_none(language: str, text: str) -> None:
    assert not pointed(text, language)


def test_here_is_the_place_of_the_date_line() -> None:
    setting = scene("MIAMI, Nov. 15, 2023 (Reuters) - Officials met here on Tuesday.", "en")
    assert [t.entity for told in setting.told for t in told.whereabouts] == ["miami"]


@pytest.mark.parametrize(("text", "places"), CITIES, ids=[c[0] for c in CITIES])
def test_a_building_is_in_its_city_where_that_is_named(text: str, places: set[str]) -> None:
    assert {s.key for s in subjects_of("place", Story(scene(text, "en")))} == places

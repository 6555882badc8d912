"""What an article's other encounters, and a person's years of office, tell of having taken part."""

from __future__ import annotations

import hashlib

import pytest

from uscuba_kg.annotate.annotate import annotate
from uscuba_kg.model import Article
from uscuba_kg.packs.load import pack_for
from uscuba_kg.relate.cast import Actor
from uscuba_kg.relate.elsewhere import elsewhere_cues, is_out_of_office
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.world import load_world

TWO_TABLES = (
    "The United States and Cuba held migration talks in Havana on April 12, 2023. "
    "Josefina Vidal led the Cuban delegation at these talks.\n\n"
    "The United States and Cuba held talks on direct mail in Washington on June 20, 2018. "
    "Gustavo Machín led the Cuban delegation to the talks in Washington on June 20, 2018."
)


def story(language: str, text: str) -> Story:
    pack, world = pack_for(language), load_world()
    article = Article(text, hashlib.sha256(text.encode()).hexdigest(), "example", language)
    return Story(set_scene(annotate(article, pack, world), pack, world))


def actor(told: Story, name: str) -> Actor:
    return next(a for a in told.cast if name in a.mention.value)


def test_whoever_was_at_one_table_is_less_firmly_at_the_other() -> None:
    told = story("en", TWO_TABLES)
    assert len(told.drafts) == 2
    cues = [set(elsewhere_cues(actor(told, "Machín"), d, told)) for d in told.drafts]
    assert {c for c in cues[0] if c.startswith("less-firm")}
    assert {c for c in cues[1] if c.startswith("firmest")}


@pytest.mark.parametrize(
    ("language", "text", "out"),
    [
        ("en", "The United States and Cuba held migration talks on April 12, 2023, in a mood that recalled President Barack Obama.", True),
        ("en", "The United States and Cuba held migration talks on April 12, 2016, in a mood that recalled President Barack Obama.", False),
        ("en", "The United States and Cuba held migration talks on April 12, 2023, and former President Barack Obama attended.", False),
        ("es", "Estados Unidos y Cuba celebraron conversaciones migratorias el 12 de abril de 2023, con un ánimo que recordaba al presidente Barack Obama.", True),
        ("es", "Estados Unidos y Cuba celebraron conversaciones migratorias el 12 de abril de 2016, con un ánimo que recordaba al presidente Barack Obama.", False),
    ],
)  # fmt: skip
def test_whoever_was_out_of_office_and_is_only_named_was_not_there(
    language: str, text: str, out: bool
) -> None:
    told = story(language, text)
    assert [is_out_of_office(actor(told, "Obama"), d, told) for d in told.drafts] == [out]

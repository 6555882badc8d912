"""Topic cues: inflected, joined by hyphens, with gaps; the longest where one lies in another."""

from __future__ import annotations

import pytest

from uscuba_kg.annotate.topic_cues import cue_index, find_cues
from uscuba_kg.model import Label
from uscuba_kg.text import cue_key, fold
from uscuba_kg.world import Topic, load_world

_MADE = cue_index(
    (
        Topic("bees", (Label("honey bee", "en"), Label("sale .. honey", "en"))),
        Topic("honey", (Label("honey", "en"),), frozenset({"honey"})),
        Topic("hives", (Label("hives", "en"), Label("colmenas", "es")), exact=frozenset({"hives"})),
    )
)


def read(text: str) -> list[tuple[str, str, str]]:
    return [(m.surface, m.value, m.rule) for m in find_cues(text, fold(text), _MADE)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They spoke of honey-bees.", [("honey-bees", "bees", "topic.cue")]),
        ("Honey’s price fell.", [("Honey’s", "honey", "topic.weak")]),
        ("The sales of Cuban honey.", [("sales of Cuban honey", "bees", "topic.cue")]),
        ("A sale. Honey again.", [("Honey", "honey", "topic.weak")]),
        ("A sale of pears, plums, figs and much honey.", [("honey", "honey", "topic.weak")]),
        ("One hive, two Hives.", [("Hives", "hives", "topic.cue")]),
        ("Una colmena.", [("colmena", "hives", "topic.cue")]),
        ("Honeycombs.", []),
        ("", []),
    ],
)
def test_a_cue_is_found_by_its_words(text: str, wanted: list[tuple[str, str, str]]) -> None:
    assert read(text) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("visa", "visas"), ("agency", "agencies"), ("inversión", "inversiones"), ("crime", "crimes"),
        ("vuelo directo", "vuelos directos"), ("people-smuggling ring", "people smuggling rings"),
    ],
)  # fmt: skip
def test_singular_and_plural_have_one_key(one: str, other: str) -> None:
    assert cue_key(one) == cue_key(other)


@pytest.mark.parametrize(("one", "other"), [("marca", "marco"), ("gas", "ga"), ("press", "pres")])
def test_other_words_have_keys_of_their_own(one: str, other: str) -> None:
    assert cue_key(one) != cue_key(other)


_SHIPPED = cue_index(load_world().topics)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("trafficking in drugs and people", {"counternarcotics", "human-trafficking"}),
        ("a crackdown on people smugglers", {"migrant-smuggling", "human-rights"}),
        ("the return of Cubans found at sea", {"removals", "irregular-migration"}),
        ("Havana would take back the Marielitos", {"removals"}),
        ("whether letters rogatory would be answered", {"judicial-assistance"}),
        ("sales of American rice", {"agriculture"}),
        ("the line between the two zones, a permanent boundary", {"maritime-boundary"}),
        ("how the island's supertanker fires were fought", {"disaster-response"}),
        ("a working group on nautical charts", {"maritime-safety"}),
        ("la línea que ha de separar los mares", {"maritime-boundary"}),
        ("el combate a los lancheros", {"migrant-smuggling"}),
        ("la devolución de los balseros interceptados", {"removals"}),
        ("compras de arroz y maíz", {"agriculture"}),
        ("la lista de países que patrocinan el terrorismo", {"state-sponsors-of-terrorism"}),
        ("el uso del dólar en las transacciones", {"finance"}),
        ("rescate de náufragos", {"search-and-rescue"}),
        ("la expulsión de 17 diplomáticos", {"embassy-operations"}),
        ("They drank coffee in the embassy.", set()),
        ("Tomaron café en la embajada.", set()),
    ],
)
def test_wordings_of_the_shipped_topics(text: str, topics: set[str]) -> None:
    assert {m.value for m in find_cues(text, fold(text), _SHIPPED)} == topics


def test_many_beginnings_cost_no_more_than_their_number() -> None:
    text = "sale " * 20_000 + "honey"
    assert [m.value for m in find_cues(text, fold(text), _MADE)] == ["bees"]

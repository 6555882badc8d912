"""The shipped data as a world: well-known names lead to the things that bear them."""

from __future__ import annotations

import pytest

from uscuba_kg.model import PartialDate, ThingKind
from uscuba_kg.text import fold
from uscuba_kg.world import Name, World, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def bearers(world: World, text: str, *, adjective: bool = False) -> Name:
    found = [
        name
        for name in world.names
        if (name.text == text if name.exact_case else fold(name.text) == fold(text))
        and name.adjective is adjective
    ]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "entries", "exact"),
    [
        ("US", ("united-states",), True),
        ("U.S.", ("united-states",), False),
        ("LED", ("law-enforcement-dialogue",), True),
        ("FAR", ("minfar",), True),
        ("ICE", ("ice",), True),
        ("MININT", ("minint",), False),
        ("Coast Guard", ("uscg",), False),
        ("Cuban Coast Guard", ("tropas-guardafronteras",), False),
        ("Brian Nichols", ("brian-nichols",), False),
        ("George Bush", ("george-h-w-bush", "george-w-bush"), False),
        ("Jose Ramon Cabanas", ("jose-ramon-cabanas",), False),
        ("Santiago", ("santiago-de-chile", "santiago-de-cuba"), False),
        ("MIGRATION TALKS", ("migration-talks",), False),
    ],
)
def test_names_lead_to_their_bearers(
    world: World, text: str, entries: tuple[str, ...], exact: bool
) -> None:
    name = bearers(world, text)
    assert (name.entries, name.exact_case) == (entries, exact)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Cuban", "cuba"),
        ("estadounidenses", "united-states"),
        ("American", "united-states"),
        ("bahameño", "bahamas"),
        ("Swiss", "switzerland"),
    ],
)
def test_adjectives_lead_to_their_states(world: World, text: str, state: str) -> None:
    assert bearers(world, text, adjective=True).entries == (state,)


@pytest.mark.parametrize("text", ["Vidal", "Trump", "Blinken", "de Cossío", "House", "Affairs"])
def test_bare_surnames_and_common_words_are_no_names(world: World, text: str) -> None:
    assert [name for name in world.names if fold(name.text) == fold(text)] == []


def test_every_entry_and_topic_is_a_thing(world: World) -> None:
    things = [world.thing(key) for key in [*world.entries, *(t.id for t in world.topics)]]
    assert len(things) >= 1400 + 50
    assert len({thing.ref for thing in things}) == len(things)
    assert {thing.ref.kind for thing in things} == {
        ThingKind.STATE, ThingKind.PLACE, ThingKind.ORGANIZATION, ThingKind.PERSON,
        ThingKind.SERIES, ThingKind.AGREEMENT, ThingKind.TOPIC,
    }  # fmt: skip
    assert all(thing.labels[0].rank == "preferred" for thing in things)


def test_a_career_is_told_in_its_order(world: World) -> None:
    posts = world.posts_of("josefina-vidal")
    starts = [post.start for post in posts if post.start]
    assert starts == sorted(starts, key=lambda date: date.lexical)
    assert PartialDate(2018, 2, 9) in [post.end for post in posts]


def test_the_world_is_read_once() -> None:
    assert load_world() is load_world()

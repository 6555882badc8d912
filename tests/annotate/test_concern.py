"""Articles about something else are told by what they do not name, and say nothing."""

from __future__ import annotations

import pytest

from articles import article, built
from uscuba_kg.annotate.concern import is_about_something_else
from uscuba_kg.annotate.lexicon import lexicon_of
from uscuba_kg.cli.summary import summary_json, summary_of
from uscuba_kg.pipeline import ELSEWHERE, read_text
from uscuba_kg.world import load_world

SPRINGFIELD = (
    "SPRINGFIELD, March 3, 2023 - Mayor Joan Miller met the governor of Illinois, Ann Stone, on Thursday "
    "to discuss migration. “We had a good meeting,” said Miller. The United States Congress votes on Friday.",
    "en",
)
MADRID = (
    "MADRID, 3 de marzo de 2023 - El ministro Juan Molina se reunió el jueves con el embajador de Francia, "
    "Paul Blanc, para conversar sobre migración. “Fue una buena reunión”, dijo Molina.",
    "es",
)
TALKS = (
    "Migration talks were held in Washington on April 21, 2022. Both delegations spoke of visas.",
    "en",
)


@pytest.mark.parametrize(("text", "language"), [SPRINGFIELD, MADRID, TALKS])
def test_what_names_cuba_nowhere_says_nothing_but_a_note(text: str, language: str) -> None:
    reading = read_text(article(text, language))
    frames = (reading.meetings, reading.positions, reading.units, reading.agreements)
    assert (*frames, reading.statements) == ((),) * 5
    assert [issue.code for issue in reading.issues] == [ELSEWHERE]


@pytest.mark.parametrize(
    "text",
    [
        "Officials spoke of Cuba.",
        "CUBA'S ministers came.",
        "The Cuban-born senator came.",
        "Afro-Cuban music was played.",
        "Talks went on in Havana’s old town.",
        "Josefina Vidal flew home.",
        "MINREX declined to comment.",
        "The ministers of the island came.",
        "La música afrocubana sonó.",
        "Un barrio habanero quedó a oscuras.",
        "Los cubanoamericanos protestaron.",
        "Habló el canciller Bruno Rodríguez Parrilla.",
        "Llegaron los ministros de la isla.",
        "La base de Guantánamo sigue abierta.",
    ],
)
def test_cuba_is_named_in_many_ways(text: str) -> None:
    assert not is_about_something_else(article(text), lexicon_of(load_world()).signs)


@pytest.mark.parametrize(
    "text",
    [
        "The cubic room was far from the sea.",  # FAR is a body, "far" a word
        "They die young there.",
        "Eran cubiertas de barco, y el cubo era de plata.",
        "Marielle lives in Hamburg.",
        "",
    ],
)
def test_words_that_only_look_like_it_do_not(text: str) -> None:
    assert is_about_something_else(article(text), lexicon_of(load_world()).signs)


def test_its_title_publisher_or_address_may_name_it() -> None:
    signs = lexicon_of(load_world()).signs
    for known in (
        {"title": "News of Cuba"},
        {"publisher": "Cubadebate"},
        {"url": "http://x.cubax.cu/"},
    ):
        assert not is_about_something_else(article("They met on Monday.", **known), signs)  # type: ignore[arg-type]


def test_the_build_goes_on_and_its_note_is_of_no_error() -> None:
    graph = built(article(*SPRINGFIELD), article(*MADRID))
    assert not graph.knowledge.claims
    assert len(graph.knowledge.articles) == 2
    assert summary_json(summary_of(graph), None).count(ELSEWHERE) == 2

"""Which articles are witnesses of their own, and what that counts for where sources differ."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolve.frames import WORLD, article, asserted, meeting, together
from uscuba_kg.model import Article, Label, Predicate, Reading
from uscuba_kg.resolve import resolve
from uscuba_kg.resolve.copies import originals, text_of
from uscuba_kg.world.outlets import Outlet

WIRE = (
    "HAVANA (Wire) - Senior officials of the United States and Cuba sat down on Tuesday for a new round of "
    "migration talks, the first since the spring, and spoke for four hours about visas, deportation flights and "
    "the boats that leave the northern coast almost every night. Neither delegation gave details when it left the "
    "building, but a diplomat who followed the meeting said that both sides had agreed to meet again before the "
    "end of the year in Washington."
)
SPUN = (
    WIRE.replace("Senior", "Ranking")
    .replace("sat down", "gathered")
    .replace("new round", "fresh round")
    .replace("boats", "rafts")
    .replace("details", "particulars")
    .replace("building", "ministry")
    .replace("before the end of the year", "later this year")
)
WITHIN = f"Our page keeps what others report on the island. Read it with care.\n\n{WIRE}\n\nShare this page."
OTHER = (
    "The Foreign Ministry in Havana announced on Wednesday that it had received a delegation from Washington to "
    "review how the accords on migration are being kept. The statement speaks of visas granted and refused, of "
    "flights, and of the law that Cuba has asked Congress to repeal for decades, and it names no date for a "
    "further meeting of the two delegations."
)


def original_of(*texts: str) -> list[int]:
    articles = [article(text) for text in texts]
    found = originals(map(text_of, articles))
    shas = [a.sha256 for a in articles]
    return [shas.index(found[sha]) for sha in shas]


@pytest.mark.parametrize("copy", [SPUN, WITHIN, WIRE.upper(), WIRE.replace(".", " .")])
def test_a_text_that_repeats_another_is_its_copy(copy: str) -> None:
    found = original_of(WIRE, copy)
    assert found[0] == found[1]


@pytest.mark.parametrize("other", [OTHER, "Short.", "", WIRE[:120]])
def test_texts_of_one_event_in_other_words_stand_alone(other: str) -> None:
    assert original_of(WIRE, other) == [0, 1]


def test_the_original_is_the_one_published_first() -> None:
    early, late = article(SPUN, published="2022-11-15"), article(WIRE, published="2022-11-16")
    undated = article(WITHIN)
    assert set(originals(map(text_of, [late, undated, early])).values()) == {early.sha256}


@given(st.lists(st.text(alphabet="ab cd.", max_size=80), max_size=6, unique=True))
def test_an_original_is_its_own_and_the_order_is_nothing(texts: list[str]) -> None:
    articles = [article(text) for text in texts]
    found = originals(map(text_of, articles))
    assert found == originals(map(text_of, articles[::-1]))
    assert set(found) == {a.sha256 for a in articles}
    assert all(found[original] == original for original in found.values())


def told(text: str, day: str, published: str | None = None, **about: str) -> Reading:
    known: Article = msgspec.structs.replace(article(text, published=published), **about)
    frame = meeting(text, day, series="migration-talks", words=text.split(maxsplit=1)[0])
    return Reading(known, (frame,))


def day_of(*readings: Reading) -> str:
    outlets = (
        Outlet((Label("State Department Site", "en"),), ("state.example",), "united-states", True),
    )
    world = msgspec.structs.replace(WORLD, outlets=outlets)
    (start,) = asserted(resolve(readings, world), Predicate.START)
    return start.lexical  # type: ignore[attr-defined]


SPAN = told("From the fifteenth to the sixteenth, as a third one says.", "2022-11")


def test_copies_of_a_slip_do_not_outvote_two_sources() -> None:
    slips = [told(text, "2022-11-16") for text in (WIRE, SPUN, WITHIN)]
    span = Reading(
        article("A range of days holds them together."),
        (meeting("A range of days holds them together.", "2022-11-15", "2022-11-16", series="migration-talks"),),
    )  # fmt: skip
    assert day_of(*slips, span, told(OTHER, "2022-11-15")) == "2022-11-15"


def with_range(*readings: Reading) -> tuple[Reading, ...]:
    texts = ("A range of days holds both.", "Another range of days holds both as well.")
    dates = ("2022-11-15", "2022-11-16")
    ranges = (
        Reading(article(texts[0]), (meeting(texts[0], *dates, series="migration-talks"),)),
        Reading(article(texts[1]), (meeting(texts[1], dates[1], series="migration-talks"),)),
    )
    return (*readings, *ranges)


def test_an_organ_of_a_state_counts_before_other_outlets() -> None:
    official = told(OTHER, "2022-11-16", publisher="State Department Site")
    assert day_of(*with_range(official, told(WIRE, "2022-11-15"))) == "2022-11-16"


def test_what_was_published_close_after_the_event_counts_before_later_and_earlier() -> None:
    after = told(OTHER, "2022-11-16", "2022-11-17")
    for published in ("2023-11-15", "2022-11-14", None):
        assert day_of(*with_range(after, told(WIRE, "2022-11-15", published))) == "2022-11-16"


def test_what_an_article_is_worth_is_told_with_the_knowledge() -> None:
    readings = [
        told(WIRE, "2022-11-15", "2022-11-15", url="https://www.state.example/a"),
        told(SPUN, "2022-11-15"),
    ]
    world = msgspec.structs.replace(
        WORLD, outlets=(Outlet((), ("state.example",), "united-states", True),)
    )
    found = {w.article: w for w in resolve(readings, world).witnesses}
    wire, spun = (found[r.article.sha256] for r in readings)
    assert (wire.original, wire.state, wire.official) == (wire.article, "united-states", True)
    assert (spun.original, spun.state, spun.official) == (wire.article, None, False)
    assert {w.state for w in together(*readings).witnesses} == {None}

"""Small texts, the posts that they give to people, and for whom those act."""

from __future__ import annotations

import pytest

from articles import read


def posts(text: str, language: str) -> list[tuple[str, str | None]]:
    """Each post with the state that its holder acts for."""
    return [(p.post, p.side) for p in read(text, language).positions]


TITLES = [
    ("en", "Sen. Amos Kittredge (D-ME) spoke.", "Senator", None),
    ("en", "Democratic Senator Amos Kittredge spoke.", "Senator", None),
    ("en", "Kevin Whitaker, then coordinator of Cuban Affairs, came.", "coordinator of Cuban Affairs", None),
    (
        "en",
        "Gwendolyn Tsai-Porter, coordinator of Cuban Affairs at the State Department, came.",
        "coordinator of Cuban Affairs",
        "united-states",
    ),
    (
        "es",
        "Vino Gwendolyn Tsai, coordinadora de Asuntos Cubanos del Departamento de Estado.",
        "coordinadora de Asuntos Cubanos",
        "united-states",
    ),
    ("es", "Habló el entonces ministro cubano Ernesto Quintanilla Pardo.", "ministro", "cuba"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "post", "side"), TITLES, ids=[t for _, t, _, _ in TITLES]
)
def test_a_post_by_its_own_name_and_its_holders_state(
    language: str, text: str, post: str, side: str | None
) -> None:
    found = posts(text, language)
    assert [p for p, _ in found] == [post]
    if side is not None:
        assert found[0][1] == side


def test_a_body_told_without_its_state_is_that_of_the_person() -> None:
    (post,) = read(
        "Habló Josefina Vidal, directora del ministerio de Asuntos Exteriores.", "es"
    ).positions
    assert post.organization is not None
    assert post.organization.entity == "minrex"


def test_what_somebody_owns_is_no_part_of_the_name() -> None:
    reading = read("They read a note on Deputy Secretary Kittredge’s Second Trip To Cuba.")
    assert {p.person.name for p in reading.positions} <= {"Kittredge"}


def test_the_sentence_around_the_words_is_cut_between_words() -> None:
    filler = "and then they all spoke of boats " * 20
    text = f"They saw {filler}Amos Kittredge, director of the Maine Lobster Council, {filler}again."
    (post,) = read(text).positions
    words = set(text.replace(",", " ").split())
    assert {*post.evidence.prefix.replace(",", " ").split()} <= words
    assert {*post.evidence.suffix.replace(",", " ").split()} <= words

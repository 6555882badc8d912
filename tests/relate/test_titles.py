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

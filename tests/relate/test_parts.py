"""Small texts and which bodies they say are parts of which."""

from __future__ import annotations

import pytest

from articles import read


def parts(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Each part with its whole, by authority id, or by name where no list knows them."""
    return [
        (u.unit.entity or u.unit.name, u.parent.entity or u.parent.name)
        for u in read(text, language).units
    ]


TOLD = [
    (
        "en",
        "They came from the Department of Justice's Office of International Affairs.",
        [("doj-office-international-affairs", "doj")],
    ),
    (
        "en",
        "They came from the Department of Homeland Security's Office of International Affairs.",
        [("dhs-office-international-affairs", "dhs")],
    ),
    (
        "en",
        "They came from the State Department's Office of Legal Counsel.",
        [("Office of Legal Counsel", "state-department")],
    ),
    (
        "en",
        "The Embassy in Havana keeps in touch through its Regional Security Office.",
        [("regional-security-office-havana", "us-embassy-havana")],
    ),
    (
        "en",
        "It was signed by the Office of Old Maps of the Ministry of the Interior of Cuba.",
        [("Office of Old Maps", "minint")],
    ),
    (
        "es",
        "Vinieron de la Oficina de Mapas Antiguos del Ministerio del Interior.",
        [("Oficina de Mapas Antiguos", "minint")],
    ),
]
UNTOLD = [
    (
        "en",
        "The Department of State sent people of its Bureau of Western Hemisphere Affairs and the "
        "Department of Homeland Security.",
        ("dhs", "state-department"),
    ),
    (
        "en",
        "The Department of State and its Coast Guard partners heard the Department of State of the "
        "Coast Guard.",
        ("state-department", "uscg"),
    ),
    ("en", "The Ministry of the Interior of the Border Guard spoke.", ("minint", "tropas-guardafronteras")),
    (
        "en",
        "The Department of State sent people of its Office of the Legal Adviser and the Coast Guard.",
        ("uscg", "state-department"),
    ),
    ("es", "Habló el Ministerio del Interior del Ministerio de Justicia.", ("minint", "minjus")),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), TOLD, ids=[t for _, t, _ in TOLD])
def test_a_part_and_its_whole(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    assert parts(text, language) == wanted


@pytest.mark.parametrize(("language", "text", "pair"), UNTOLD, ids=[t for _, t, _ in UNTOLD])
def test_no_part_of_what_cannot_be_its_whole(
    language: str, text: str, pair: tuple[str, str]
) -> None:
    assert pair not in parts(text, language)

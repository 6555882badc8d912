"""Titles that say the same have one key, in whatever wording and language."""

from __future__ import annotations

from pathlib import Path

import pytest

from uscuba_kg.errors import SeedError
from uscuba_kg.model import Label
from uscuba_kg.world import load_world
from uscuba_kg.world.tables import TITLE_COLUMNS, Row, read_rows
from uscuba_kg.world.titles import read_titles, title_key, words_of

US = ("United States", "Estados Unidos", "Department of State", "Departamento de Estado")


def rows(folder: Path, *lines: str) -> list[Row]:
    file = folder / "titles.csv"
    file.write_text("\n".join(("id,label_en,label_es,alternates_es", *lines, "")), encoding="utf-8")
    return read_rows(file, TITLE_COLUMNS)


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Foreign Minister", "canciller"),
        ("Minister of Foreign Affairs", "ministra de Relaciones Exteriores"),
        ("Deputy Foreign Minister", "viceministro de Relaciones Exteriores"),
        ("Secretary of State", "secretaria de Estado de los Estados Unidos"),
        ("Deputy Assistant Secretary of State for Western Hemisphere Affairs",
         "subsecretaria de Estado adjunta para Asuntos del Hemisferio Occidental"),
        ("chargé d'affaires", "encargada de negocios"),
        ("State Department spokesman", "portavoz del Departamento de Estado"),
        ("counselor of the State Department", "consejera del Departamento de Estado"),
        ("Director General for the United States", "directora general de Estados Unidos"),
        ("Agriculture Minister", "ministro de la Agricultura"),
        ("Secretary of Commerce", "secretaria de Comercio de los Estados Unidos"),
        ("Congresswoman", "congresista"),
        ("Senator", "senadora"),
        ("Head", "jefa"),
        ("Rear Admiral", "contraalmirante"),
    ],
)  # fmt: skip
def test_one_post_has_one_key_in_both_languages(english: str, spanish: str) -> None:
    titles = load_world().titles
    around = (*US, "State Department", "Cuba")
    one = title_key(titles, "es", spanish, around)
    assert one is not None
    # "State Department spokesman": what stands before a title is no part of what is asked here
    other = title_key(titles, "en", english.removeprefix("State Department "), around)
    assert other == one


def test_what_follows_a_title_may_only_name_its_body_or_state() -> None:
    titles = load_world().titles
    assert title_key(titles, "es", "portavoz de la oposición", US) is None
    assert title_key(titles, "es", "jefe de la oficina de visas", US) is None
    assert title_key(titles, "en", "spokesman for the Department of State", US) == "spokesperson"
    assert title_key(titles, "en", "head of the FBI", US) is None
    assert title_key(titles, "en", "head of the FBI", ("FBI",)) == "head"
    assert title_key(titles, "en", "director ™ ʼ of № 5", US) is None
    assert title_key(titles, "en", "lawyer", US) is None


def test_a_wording_means_what_it_means_in_its_language() -> None:
    titles = load_world().titles
    assert title_key(titles, "en", "mayor", ()) == "mayor"
    assert title_key(titles, "es", "mayor", ()) == "major"


def test_what_two_titles_share_in_the_posts_is_left_out(tmp_path: Path) -> None:
    listed = rows(tmp_path, "director,Director,Director,Directora")
    posts = [
        ((Label("Head of Ports", "en"), Label("Jefe de Puertos", "es")), ()),
        ((Label("Chief of Ports", "en"), Label("Jefe de Puertos", "es")), ()),
        (
            (Label("Director of the Port", "en"), Label("Directora del Puerto", "es")),
            ("Port", "Puerto"),
        ),
    ]
    titles = read_titles(listed, posts)
    assert ("es", "jefe de puertos") not in titles
    assert titles["en", "head of ports"] == "head-of-ports"
    assert (
        titles["es", "directora del puerto"] == titles["en", "director of the port"] == "director"
    )


def test_a_wording_of_two_titles_is_refused(tmp_path: Path) -> None:
    listed = rows(tmp_path, "director,Director,Director,", "head,Head,Jefe,Director")
    with pytest.raises(SeedError, match="'Director' is a title of 'director' already") as error:
        read_titles(listed, ())
    assert error.value.place.endswith("titles.csv:3")
    assert error.value.remedy


def test_titles_are_compared_without_case_accents_and_marks() -> None:
    assert words_of("Chargé d’affaires a.i.") == "charge d affaires a i"

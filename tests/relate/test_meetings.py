"""Small texts and the meetings that a reader finds in them, or does not."""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import MeetingFrame, Named, PartialDate, Status


def shown(meeting: MeetingFrame) -> tuple[str | None, str, str | None]:
    start = meeting.start.value if meeting.start else None
    place = meeting.place.value if meeting.place else None
    return (
        start.lexical if isinstance(start, PartialDate) else None,
        str(meeting.status.value),
        place.name if isinstance(place, Named) else None,
    )


def participants(meeting: MeetingFrame) -> set[tuple[str, str, str | None]]:
    found = set()
    for part in meeting.participants:
        assert isinstance(part.who.value, Named)
        found.add((part.who.value.name, str(part.role.value), part.who.value.side))
    return found


US, CU = "united-states", "cuba"
HELD = [
    (
        "en",
        "Officials of the United States and Cuba met in Havana on Tuesday.",
        ("2023-01-17", "held", "Havana"),
    ),
    (
        "en",
        "The United States and Cuba held talks on migration in Washington on January 17.",
        ("2023-01-17", "held", "Washington"),
    ),
    (
        "en",
        "Havana was the venue on January 17 of the Law Enforcement Dialogue between the U.S. and Cuba.",
        ("2023-01-17", "held", "Havana"),
    ),
    (
        "en",
        "U.S. and Cuban officials will meet in Havana on Tuesday for migration talks.",
        ("2023-01-24", "planned", "Havana"),
    ),
    (
        "en",
        "Washington cancelled the migration talks with Cuba that were due in Havana on January 25.",
        ("2023-01-25", "cancelled", "Havana"),
    ),
    (
        "en",
        "On December 6, 2022, U.S. Senator Ann Carter visited Cuba and met with Foreign Minister Bruno Rodríguez.",
        ("2022-12-06", "held", "Cuba"),
    ),
    (
        "es",
        "Funcionarios de Estados Unidos y Cuba se reunieron el martes en La Habana.",
        ("2023-01-17", "held", "La Habana"),
    ),
    (
        "es",
        "Cuba y Estados Unidos celebraron en Washington, el 17 de enero, conversaciones sobre migración.",
        ("2023-01-17", "held", "Washington"),
    ),
    (
        "es",
        "La Habana fue sede, el 17 de enero, del Diálogo sobre Aplicación de la Ley entre Cuba y Estados Unidos.",
        ("2023-01-17", "held", "La Habana"),
    ),
    (
        "es",
        "Funcionarios de Cuba y Estados Unidos se reunirán el martes en La Habana.",
        ("2023-01-24", "planned", "La Habana"),
    ),
    (
        "es",
        "Washington suspendió la ronda migratoria con Cuba prevista para el 25 de enero en La Habana.",
        ("2023-01-25", "cancelled", "La Habana"),
    ),
]
NONE = [
    ("en", "Cuba denied that talks with the United States took place on Tuesday."),
    ("en", "The United States and Cuba held four rounds of talks from 2015 to 2018."),
    (
        "en",
        "The President of Mexico met in Mexico City on Tuesday with officials of the United States.",
    ),
    ("en", "On Tuesday the Senate debated the embargo on Cuba."),
    ("en", "Cuba proposed on Tuesday a new round of talks to the United States."),
    (
        "en",
        "The Cuban foreign minister gave a press conference about the United States on Tuesday.",
    ),
    ("es", "Cuba negó que el martes hubiera conversaciones con Estados Unidos."),
    ("es", "Estados Unidos y Cuba tuvieron cuatro rondas de 2015 a 2018."),
    ("es", "El presidente de México se reunió el martes con funcionarios de Estados Unidos."),
    ("es", "Cuba propuso el martes una nueva ronda de conversaciones a Estados Unidos."),
]


@pytest.mark.parametrize(("language", "text", "wanted"), HELD)
def test_a_meeting_is_read(language: str, text: str, wanted: tuple[str, str, str]) -> None:
    assert [shown(m) for m in read(text, language).meetings] == [wanted]


@pytest.mark.parametrize(("language", "text"), NONE)
def test_no_meeting_is_made_of_what_was_none(language: str, text: str) -> None:
    assert read(text, language).meetings == ()


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "The United States and Cuba held migration talks in Washington on January 17. The Cuban delegation was led "
            "by Deputy Foreign Minister Josefina Vidal. Officials from the U.S. Embassy in Havana also took part.",
            {("Josefina Vidal", "chair", CU), ("U.S. Embassy in Havana", "member", US)},
        ),
        (
            "en",
            "Secretary of State John Kerry met Cuban Foreign Minister Bruno Rodríguez in Panama City on January 17.",
            {("John Kerry", "member", US), ("Bruno Rodríguez", "member", CU)},
        ),
        (
            "es",
            "Cuba y Estados Unidos celebraron conversaciones en La Habana el 17 de enero. La delegación cubana estuvo "
            "encabezada por Josefina Vidal, directora general de Estados Unidos, y la estadounidense por Roberta Jacobson.",
            {("Josefina Vidal", "chair", CU), ("Roberta Jacobson", "chair", US)},
        ),
        (
            "en",
            "Officials of the United States and Cuba met in Havana on January 17, said State Department spokesman Ned Price.",
            set(),
        ),
    ],
)
def test_who_took_part(language: str, text: str, wanted: set[tuple[str, str, str]]) -> None:
    (meeting,) = read(text, language).meetings
    assert participants(meeting) == wanted


def test_two_meetings_of_one_article_stay_two() -> None:
    text = (
        "The United States and Cuba held migration talks in Washington on April 21, 2022. "
        "A second round of migration talks between the United States and Cuba was held in Havana on November 15, 2022."
    )
    first, second = read(text).meetings
    assert (shown(first)[0], shown(second)[0]) == ("2022-04-21", "2022-11-15")
    assert second.ordinal is not None
    assert second.ordinal.value == 2


def test_posts_parts_and_statements() -> None:
    text = (
        "Lara Whitfield, director of the Office of Maritime Affairs of the Department of State, said the talks were useful. "
        "“We will go on with this work,” she added."
    )
    reading = read(text)
    assert [(p.person.name, p.post) for p in reading.positions] == [
        ("Lara Whitfield", "director of the Office of Maritime Affairs")
    ]
    assert [(u.unit.name, u.parent.name) for u in reading.units] == [
        ("Office of Maritime Affairs", "Department of State")
    ]
    speakers = [
        s.speaker.value.name for s in reading.statements if isinstance(s.speaker.value, Named)
    ]
    assert speakers == ["Lara Whitfield", "Lara Whitfield"]
    assert reading.statements[1].words.exact == "We will go on with this work,"


def test_an_undated_year_is_told_and_not_invented() -> None:
    reading = read(
        "On January 18 and 19 officials of the United States and Cuba met in Havana.",
        published=None,
    )
    (meeting,) = reading.meetings
    assert shown(meeting) == ("--01-18", Status.HELD, "Havana")
    assert [i.code for i in reading.issues] == ["no-year"]

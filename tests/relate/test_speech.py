"""Small texts and who says something in them."""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import Named

INTRO = {
    "en": "Josefina Vidal, director general for the United States, arrived on Monday. ",
    "es": "Josefina Vidal, directora general de Estados Unidos, llegó el lunes. ",
}
VIDAL, CUBA, STATE = "Josefina Vidal", "Cuba", "State Department"


def speakers(text: str, language: str) -> list[str]:
    found = []
    for statement in read(text, language).statements:
        assert isinstance(statement.speaker.value, Named)
        found.append(statement.speaker.value.name)
    return found


SAID = [
    ("en", "Vidal said on Tuesday that the flights would go on.", [VIDAL]),
    ("en", "“The flights will go on as planned,” Vidal told reporters.", [VIDAL]),
    ("en", "“The flights will go on,” said Vidal. “We have agreed on nothing else.”", [VIDAL]),
    ("en", "The flights, Vidal added, would go on.", [VIDAL]),
    ("en", "The flights, she added, would go on.", [VIDAL]),
    ("en", "According to Vidal, the flights will go on.", [VIDAL]),
    ("en", "In Vidal's view, the flights should go on.", [VIDAL]),
    ("en", "As Vidal put it, the flights had wings of their own.", [VIDAL]),
    ("en", "Vidal has repeatedly denied that the flights would stop.", [VIDAL]),
    ("en", "Vidal called for more flights.", [VIDAL]),
    ("en", "Vidal would say only that the flights go on.", [VIDAL]),
    ("en", "“We are patient. We have been so for years,” the director said.", [VIDAL]),
    ("en", "Cuba, for its part, rejected the accusations.", [CUBA]),
    ("en", "The organizers said the flights would go on.", ["organizers"]),
    ("en", "A State Department official, who asked not to be named, said the flights go on.", 1),
    ("en", "Vidal urged more flights; Cuba denied the report.", [VIDAL, CUBA]),
    ("es", "Vidal dijo el martes que los vuelos seguirán.", [VIDAL]),
    ("es", "«Los vuelos seguirán como hasta hoy», afirmó Vidal.", [VIDAL]),
    ("es", "«Los vuelos seguirán como hasta hoy», afirmó.", [VIDAL]),
    ("es", "Los vuelos, añadió Vidal, seguirán.", [VIDAL]),
    ("es", "Según Vidal, los vuelos seguirán.", [VIDAL]),
    ("es", "De acuerdo con Vidal, los vuelos seguirán.", [VIDAL]),
    ("es", "A juicio de Vidal, los vuelos deben seguir.", [VIDAL]),
    ("es", "Para Vidal, los vuelos deben seguir.", [VIDAL]),
    ("es", "Insistió, además, en que los vuelos seguirán.", [VIDAL]),
    ("es", "Vidal, por su parte, pidió más vuelos.", [VIDAL]),
    ("es", "Vidal ha reiterado que los vuelos seguirán.", [VIDAL]),
    ("es", "«Los vuelos seguirán como hasta hoy», precisó la directora.", [VIDAL]),
    ("es", "Los vuelos seguirán, dio a conocer Vidal.", [VIDAL]),
    ("es", "Cuba rechazó las acusaciones.", [CUBA]),
    ("es", "Los organizadores dijeron que los vuelos seguirán.", ["organizadores"]),
]
UNSAID = [
    ("en", "Vidal opened the window."),
    ("en", "Vidal did not say whether the flights would go on."),
    ("en", "Vidal was told that the flights would go on."),
    ("en", "Vidal is accused of nothing."),
    ("en", "Cuba claimed two hundred miles of sea."),
    ("en", "Vidal called off the visit."),
    ("en", "Vidal concluded her tour in July."),
    ("es", "Vidal abrió la ventana."),
    ("es", "Vidal no dijo si los vuelos seguirán."),
    ("es", "Vidal sostuvo una reunión con el embajador."),
    ("es", "El anuncio de Vidal llegó tarde."),
    ("es", "El rechazo de Vidal llegó tarde."),
    ("es", "Vidal concluyó su visita en julio."),
]


@pytest.mark.parametrize(("language", "text", "wanted"), SAID, ids=[t for _, t, _ in SAID])
def test_who_is_said_to_say_something(language: str, text: str, wanted: list[str] | int) -> None:
    found = speakers(INTRO[language] + text, language)
    if isinstance(wanted, int):
        assert len(found) == wanted
    else:
        assert found == wanted


@pytest.mark.parametrize(("language", "text"), UNSAID, ids=[t for _, t in UNSAID])
def test_a_deed_a_denial_or_a_passive_is_no_statement(language: str, text: str) -> None:
    assert speakers(INTRO[language] + text, language) == []


def test_an_interview_with_labels_records_the_answers() -> None:
    text = (
        "Josefina Vidal, director general for the United States, spoke to us in Havana.\n\n"
        "Q: Will the flights go on?\n\nA: They will. We need them.\n\n"
        "Q: And the talks?\n\nA: The talks too, in spring.\n"
    )
    assert speakers(text, "en") == [VIDAL, VIDAL]


def test_an_interview_with_dashes_records_the_answers() -> None:
    text = (
        "Entrevista con Josefina Vidal, directora general de Estados Unidos.\n\n"
        "—¿Seguirán los vuelos?\n—Seguirán. Nos hacen falta.\n\n"
        "—¿Y las conversaciones?\n—También, en primavera.\n"
    )
    assert speakers(text, "es") == [VIDAL, VIDAL]


def test_words_point_to_their_place_and_no_two_utterances_share_it() -> None:
    text = (
        INTRO["en"] + "Vidal urged more flights; Cuba denied the report. “Enough of it,” she said."
    )
    statements = read(text).statements
    assert all(text[s.words.span.start : s.words.span.end] == s.words.exact for s in statements)
    assert len({s.words.span for s in statements}) == len(statements) == 3

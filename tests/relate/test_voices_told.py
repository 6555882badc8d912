"""Who is made to speak where the verb, the noun or the pronoun stands at an unusual place.

Written as a reader would expect it; ``?`` is somebody who is not named.
"""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import Named, ThingKind

INTRO = {
    "en": "Josefina Vidal, director general for the United States, arrived on Monday. ",
    "es": "Josefina Vidal, directora general de Estados Unidos, llegó el lunes. ",
}
VIDAL, CUBA = "Josefina Vidal", "Cuba"

ENGLISH = [
    ("Reporters waited for Vidal, who said that the flights would go on.", [VIDAL]),
    ("The news contradicts remarks of Vidal, who insisted that the flights go on.", [VIDAL]),
    ("“The flights go on,” grumbled a forwarder who had read the notes.", ["?"]),
    ("“The flights go on,” predicts one shipper.", ["?"]),
    ("“Will the flights go on?” she asked.", [VIDAL]),
    ("“The flights go on,” Vidal promised on arrival.", [VIDAL]),
    ("Vidal has in the past called the flights “a bridge”.", [VIDAL]),
    ("Vidal labeled the offer “a trap”.", [VIDAL]),
    ("Vidal proposed on Tuesday that the flights go on.", [VIDAL]),
    ("Vidal let it be known that the flights go on.", [VIDAL]),
    ("Vidal let the Americans know, by way of Geneva, that the flights go on.", [VIDAL]),
    ("Vidal laid out what the flights would cost.", [VIDAL]),
    ("Vidal sent her greetings by video: “The flights go on for now.”", [VIDAL]),
    ("Vidal laughed at that. “The flights go on because nobody can stop them now.”", [VIDAL]),
    ("“Useful” was the word of Vidal for the day.", [VIDAL]),
    ("Vidal's warning that the flights would stop came on Friday.", [VIDAL]),
    ("The position of Cuba is that the flights go on.", [CUBA]),
    ("The Foreign Ministry held talks. A ministry statement called them “useful and frank”.", 1),
    ("The flights go on, according to a book by Josefina Vidal.", [VIDAL]),
    ("Vidal saw Edward Alex Lee; the latter said the flights go on.", ["Edward Alex Lee"]),
    ("One of them, Josefina Vidal, spoke of “a bridge”.", [VIDAL]),
    ("The Trump administration denied that the flights go on.", ["Trump administration"]),
]
SPANISH = [
    ("La prensa esperó a Vidal, quien dijo que los vuelos seguirán.", [VIDAL]),
    ("«Los vuelos siguen como siempre», se justificó.", [VIDAL]),
    ("«Los vuelos siguen como siempre», sostuvo ante periodistas.", [VIDAL]),
    ("«Los vuelos siguen como siempre», sostiene hoy.", [VIDAL]),
    ("«Los vuelos siguen como siempre», explicó una empleada que leyó la nota.", ["?"]),
    ("«Los vuelos siguen como siempre», declaró a este diario Josefina Vidal.", [VIDAL]),
    ("«Los vuelos siguen como siempre», dijo a periodistas la directora.", [VIDAL]),
    ("«Los vuelos siguen como siempre», comentó uno de los funcionarios.", ["?"]),
    ("Vidal concedió que los vuelos son pocos.", [VIDAL]),
    ("Vidal había reafirmado que los vuelos seguirán.", [VIDAL]),
    ("Vidal se declaró «satisfecha» con el día.", [VIDAL]),
    ("Vidal habló con Edward Alex Lee. Según este último, los vuelos siguen.", ["Edward Alex Lee"]),
    ("Vidal envió un saludo por video: «Los vuelos siguen por ahora».", [VIDAL]),
    (
        "Vidal pidió cuentas al otro director, Edward Alex Lee: «Los vuelos no pueden seguir».",
        [VIDAL],
    ),
    ("Vidal rió de buena gana. «Los vuelos siguen porque nadie los puede parar».", [VIDAL]),
    ("La advertencia de Vidal fue que los vuelos siguen.", [VIDAL]),
    ("Los vuelos siguen, según cuenta un libro de Josefina Vidal.", [VIDAL]),
    ("Los vuelos siguen, informó la radio oficial.", ["?"]),
    ("El régimen negó que los vuelos sigan.", ["?"]),
]
SILENT_ENGLISH = [
    "Vidal left with a book.",
    "The flights brought a forwarder who had read the notes.",
    "She waited for Vidal, who opened the window.",
    "Vidal let the Americans go by way of Geneva.",
    "Vidal laid out her papers on the table.",
    "Vidal's warning came on Friday.",
    "The latter opened the window.",
    "Vidal laughed at that. Nobody could stop the flights any more on that day.",
    "She came from a four-day trade mission, which left the island on Monday.",
]
SILENT_SPANISH = [
    "La prensa esperó a Vidal, quien abrió la ventana.",
    "Vidal se justificó con un gesto.",
    "Vidal habló con Edward Alex Lee este martes.",
    "La advertencia de Vidal llegó tarde.",
    "Vidal leyó un libro sobre los vuelos.",
    "Vidal rió de buena gana. Nadie podía ya parar los vuelos de aquel día.",
    "Vidal obró conforme a la Resolución 435 de ayer.",
]
CASES = [
    *(("en", text, wanted) for text, wanted in ENGLISH),
    *(("es", text, wanted) for text, wanted in SPANISH),
    *(("en", text, []) for text in SILENT_ENGLISH),
    *(("es", text, []) for text in SILENT_SPANISH),
]


def speakers(text: str, language: str) -> list[str]:
    found = []
    for statement in read(INTRO[language] + text, language).statements:
        who = statement.speaker.value
        assert isinstance(who, Named)
        found.append(who.name)
    return found


def _same(found: str, wanted: str) -> bool:
    return wanted == "?" or found.lower() == wanted.lower()


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[t[:60] for _, t, _ in CASES])
def test_who_is_made_to_speak(language: str, text: str, wanted: list[str] | int) -> None:
    found = speakers(text, language)
    if isinstance(wanted, int):
        assert len(found) == wanted
    else:
        assert len(found) == len(wanted), found
        assert all(map(_same, found, wanted)), found


def test_initials_of_an_interview_are_the_answers() -> None:
    text = (
        "An interview with Josefina Vidal, director general for the United States.\n\n"
        "FDQ: Will the flights go on?\n\nJV: They will. We need them.\n\n"
        "FDQ: Your critics say they will not. And the talks?\n\nJV: The talks too, in spring.\n"
    )
    who = [s.speaker.value for s in read(text, "en").statements]
    named = [w.name for w in who if isinstance(w, Named) and w.kind == ThingKind.PERSON]
    assert named == [VIDAL, VIDAL]

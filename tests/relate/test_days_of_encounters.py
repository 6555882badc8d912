"""Which days are an encounter's own: moved, called off, begun and ended, two on one day."""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import PartialDate

FRIDAY = "2024-05-17"


def told(text: str, language: str) -> list[str]:
    """The encounters of a text: first day, last day if it is another, status."""
    found = []
    for meeting in read(text, language, FRIDAY).meetings:
        slots = (s for s in (meeting.start, meeting.end) if s is not None)
        days = [s.value.lexical for s in slots if isinstance(s.value, PartialDate)]
        found.append(f"{'/'.join(dict.fromkeys(days))} {meeting.status.value}")
    return found


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        (
            "en",
            "The U.S.-Cuba migration talks that were due to open in Havana on Thursday have been put off until "
            "June 12, diplomats of both countries said.",
            ["2024-06-12 planned"],
        ),
        (
            "es",
            "Las conversaciones migratorias entre Cuba y Estados Unidos, que debían abrirse el jueves en La Habana, "
            "quedaron aplazadas hasta el 12 de junio, informaron fuentes diplomáticas.",
            ["2024-06-12 planned"],
        ),
        (
            "es",
            "Una ronda de conversaciones migratorias entre Cuba y Estados Unidos, suspendidas desde enero de 2022, se "
            "celebrará el 17 de julio en Washington.",
            ["2024-07-17 planned"],
        ),
        (
            "es",
            "En cada año fiscal, de octubre a septiembre, ha de haber dos rondas de conversaciones migratorias entre "
            "Cuba y Estados Unidos. La última se celebró el 16 de abril en La Habana.",
            ["2024-04-16 held"],
        ),
        (
            "en",
            "Talks between U.S. and Cuban diplomats on mail wrapped up in Havana on Thursday. The sessions had opened "
            "on Tuesday at the Foreign Ministry.",
            ["2024-05-14/2024-05-16 held"],
        ),
        (
            "es",
            "Las conversaciones entre Cuba y Estados Unidos sobre correo concluyeron este jueves en La Habana. Las "
            "sesiones comenzaron el martes.",
            ["2024-05-14/2024-05-16 held"],
        ),
        (
            "en",
            "On Monday the U.S. delegation held a session with Cuban customs officials in Havana. Later that same day "
            "Ambassador Ann Carter met Deputy Foreign Minister Carlos Fernández de Cossío at the Foreign Ministry.",
            ["2024-05-13 held", "2024-05-13 held"],
        ),
        (
            "en",
            "On Monday Ambassador Ann Carter met Deputy Foreign Minister Carlos Fernández de Cossío in Havana. That "
            "same day the State Department said that it was pleased.",
            ["2024-05-13 held"],
        ),
        (
            "es",
            "El lunes la delegación estadounidense sostuvo una sesión con funcionarios de la Aduana de Cuba en La "
            "Habana. Ese mismo día, por la tarde, la embajadora Ann Carter se reunió con el viceministro Carlos "
            "Fernández de Cossío en la cancillería.",
            ["2024-05-13 held", "2024-05-13 held"],
        ),
        (
            "en",
            "U.S. and Cuban diplomats were to have met in Havana on Tuesday, but the Americans did not come.",
            ["2024-05-14 cancelled"],
        ),
        (
            "en",
            "U.S. Cancels Talks With Cuba\n\nThe migration talks between the United States and Cuba that had been set "
            "for Tuesday, May 21, in New York are off, the State Department said. The last round between both "
            "countries was held in Havana in November 2023.",
            ["2024-05-21 cancelled", "2023-11 held"],
        ),
    ],
)
def test_the_days_of_encounters(language: str, text: str, wanted: list[str]) -> None:
    assert told(text, language) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "A round of talks between Cuba and the United States, suspended since January 2022, was proposed.",
        ),
        (
            "es",
            "El diálogo entre Cuba y Estados Unidos, suspendido en 2022, no se ha retomado.",
        ),
    ],
)
def test_the_day_on_which_talks_stopped_is_none_of_theirs(language: str, text: str) -> None:
    assert not [day for day in told(text, language) if day.startswith("2022")]

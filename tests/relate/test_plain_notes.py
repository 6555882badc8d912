"""Notes and wires as ministries and agencies write them: one encounter, told outright."""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import MeetingFrame, Named, PartialDate, Slot

NOTES = [
    (
        "en", "2016-03-09",
        "President Miguel Pardo of Cuba, who steps down in June, received on Tuesday a delegation of U.S. mayors "
        "visiting the island to discuss trade.\n\nThe delegation was led by Mayor Ann Carter of Tampa. Foreign "
        "Minister Luis Aranda was in the room as well.\n\nTheir stay concludes on Thursday with a concert.",
        "2016-03-08", "held", {"Miguel Pardo": "host", "Ann Carter": "chair", "Luis Aranda": "member"},
    ),
    (
        "en", "2016-10-06",
        "Today, October 5, 2016, experts of the United States and Cuba conferred in Miami on plant health. "
        "The Cuban team was headed by the Foreign Ministry's Deputy Director for U.S. Affairs, Ines Portuondo. "
        "Heading the American team was Assistant Secretary of Agriculture Mark Weller.",
        "2016-10-05", "held", {"Ines Portuondo": "chair", "Mark Weller": "chair"},
    ),
    (
        "en", "2019-07-11",
        "TAMPA — A scheduled visit on Wednesday by a Cuban delegation to a yard of the U.S. Coast Guard "
        "was called off when a storm came up.",
        "2019-07-10", "cancelled", {},
    ),
    (
        "en", "2014-09-20",
        "Rescue officers of Cuba’s Border Guard Troops and the U.S. Coast Guard held their third exchange in "
        "Key West on September 17-18, 2014.",
        "2014-09-17", "held", {"Border Guard Troops": "member", "U.S. Coast Guard": "member"},
    ),
    (
        "es", "2016-06-18",
        "La ministra cubana de Cultura, Marta Quesada Ruiz, recibió este viernes a la senadora Ann Carter, quien "
        "se encuentra de visita en la isla.\n\nHablaron de museos de Cuba y de los Estados Unidos.\n\nDe la "
        "parte cubana participaron el viceministro Luis Aranda Soto y la directora de Museos, Rita Mena.",
        "2016-06-17", "held",
        {"Marta Quesada Ruiz": "host", "Ann Carter": "member", "Luis Aranda Soto": "member", "Rita Mena": "member"},
    ),
    (
        "es", "2012-04-11",
        "El ministro cubano de Transporte, Hugo Lara Peña, recibió ayer a una comitiva de los Estados "
        "Unidos, encabezada por los senadores Ann Carter, demócrata de Luisiana, y Mark Weller, republicano de "
        "Texas.\n\nLa comitiva estuvo integrada además por los alcaldes John Tracy y Paul Moreau.",
        "2012-04-10", "held",
        {"Hugo Lara Peña": "host", "Ann Carter": "chair", "Mark Weller": "chair", "John Tracy": "member",
         "Paul Moreau": "member"},
    ),
    (
        "es", "2011-11-05",
        "El ministro cubano de Salud Pública, Raúl Mena Ortiz, recibió el 3 de noviembre a los representantes "
        "estadounidenses Ann Carter y Mark Weller.\n\nAcompañaron al ministro, la directora de Epidemiología, "
        "Rita Soto Lara, y el embajador Hugo Peña.",
        "2011-11-03", "held",
        {"Raúl Mena Ortiz": "host", "Ann Carter": "member", "Rita Soto Lara": "member", "Hugo Peña": "member"},
    ),
    (
        "es", "2013-05-09",
        "Nueva York, 8 may (EFE).- Enviados de Cuba y de Estados Unidos sostuvieron hoy una "
        "ronda sobre el correo directo.",
        "2013-05-08", "held", {},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "published", "text", "start", "status", "roles"), NOTES)
def test_a_plain_note_is_read_as_it_says(
    language: str, published: str, text: str, start: str, status: str, roles: dict[str, str]
) -> None:
    meetings = read(text, language, published).meetings
    told = next(m for m in meetings if _day(m.start) == start)
    assert str(told.status.value) == status
    found = _roles(told)
    assert {name: found.get(name) for name in roles} == roles


def _day(slot: Slot | None) -> str | None:
    return slot.value.lexical if slot and isinstance(slot.value, PartialDate) else None


def _roles(meeting: MeetingFrame) -> dict[str, str]:
    return {
        p.who.value.name: str(p.role.value)
        for p in meeting.participants
        if isinstance(p.who.value, Named)
    }

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
    (
        "en", "2017-03-15",
        "GENEVA (Lake Wire / Harbor News - 15th March, 2017) Envoys of the United States and Cuba conferred in Havana on "
        "maps of the sea floor, the ministry said on Tuesday.\n\nThey had sat down on March 13, 2017, and the U.S. team was "
        "headed by Ann Carter, while the Cuban one was led by Luis Aranda.",
        "2017-03-13", "held", {"Ann Carter": "chair", "Luis Aranda": "chair"},
    ),
    (
        "en", "2018-10-12",
        "Scientists of Cuba and of the United States held a technical session on corals in Havana on October 11, 2018."
        "\n\nThe session was co-chaired by:\n- Dr. Luis Aranda, Director of the Institute of Oceanology;\n- Dr. Ann Carter, "
        "Chief of the Coral Branch, National Marine Fisheries Service.\n\nAlso present on the Cuban side were:\n1. Rita "
        "Mena, of the Ministry of Foreign Affairs\n\nThe delegates compared maps.",
        "2018-10-11", "held", {"Luis Aranda": "chair", "Ann Carter": "chair", "Rita Mena": "member"},
    ),
    (
        "en", "2016-04-14",
        "A group of United States governors called on Havana on Wednesday, where they met Trade Minister Luis Aranda.\n\n"
        "The governors included Ohio’s Ann Carter and Utah’s Mark Weller. Aranda, who is expected to succeed Hugo Lara as "
        "vice president, had no comment.",
        "2016-04-13", "held", {"Luis Aranda": "member", "Ann Carter": "member", "Mark Weller": "member", "Hugo Lara": None},
    ),
    (
        "es", "2018-10-12",
        "Delegaciones de Cuba y de Estados Unidos celebraron el 11 de octubre de 2018 en Washington una ronda de "
        "conversaciones migratorias. Las encabezaron, respectivamente, Marta Quesada Ruiz, directora del Ministerio de "
        "Relaciones Exteriores, y Mark Weller, subsecretario de Estado.\n\nPor la parte cubana participaron además:\n"
        "- Hugo Lara Peña, embajador\n- Rita Mena Soto, consejera",
        "2018-10-11", "held",
        {"Marta Quesada Ruiz": "chair", "Mark Weller": "chair", "Hugo Lara Peña": "member", "Rita Mena Soto": "member"},
    ),
    (
        "es", "2016-05-18",
        "Enviados de Cuba y de Estados Unidos hablaron hoy aquí sobre el correo directo.",
        "2016-05-18", "held", {},
    ),
    (
        "en", "2016-05-18",
        "U.S. mayors called off a three-day visit to Havana that was to begin on Sunday, a spokesman said. The group was to be "
        "received on Monday by Foreign Minister Luis Aranda of Cuba.",
        "2016-05-23", "cancelled", {},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "published", "text", "start", "status", "roles"), NOTES)
def test_a_plain_note_is_read_as_it_says(
    language: str, published: str, text: str, start: str, status: str, roles: dict[str, str | None]
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


NOBODY_MET = [
    (
        "en",
        "The American pop star played a free concert in Havana on May 3 before half a million Cubans.",
    ),
    ("en", "The Tampa Bay Rays beat the Cuban national team 4-1 in Havana on Tuesday."),
    ("en", "The cruise ship Adonia, with 700 Americans on board, docked in Havana on May 2, 2015."),
    (
        "en",
        "Students of the University of Alabama traveled to Cuba on March 12, 2015 to study marine biology.",
    ),
    ("en", "Cuban pianist Chucho Valdés visited New York on Saturday for two concerts."),
    (
        "en",
        "An American tourist was arrested in Varadero on May 4 and returned to Miami on Friday.",
    ),
    (
        "en",
        "The first commercial flight between the United States and Cuba in 50 years landed in Santa Clara on May 1.",
    ),
    ("en", "Cuban dissidents met on Tuesday in Miami with exile leaders from the United States."),
    ("en", "Airbnb executives traveled to Havana on May 12 to meet hosts."),
    ("en", "The Cuban rafters were taken to Florida on Saturday by a U.S. ship."),
    ("en", "A Cuban ballet dancer defected during a tour of the United States on April 30."),
    ("en", "Pope Francis visited Cuba on September 19, 2014 and then flew to the United States."),
    ("en", "U.S. baseball scouts met with Cuban players in Havana on Monday."),
    ("en", "American farmers toured Cuban fields on May 7."),
    (
        "en",
        "The Russian foreign minister visited Havana on May 13 and criticized the United States.",
    ),
    (
        "en",
        "Canadian Prime Minister Justin Trudeau met Raúl Castro in Havana on May 6, after a stop in Washington.",
    ),
    ("en", "The U.S. president signed an order on Cuba on Monday."),
    ("en", "The House of Representatives voted on May 5 to keep the travel ban on Cuba."),
    (
        "en",
        "The United Nations General Assembly voted on May 12 to condemn the U.S. embargo against Cuba.",
    ),
    ("en", "A U.S. appeals court heard the case of the five Cubans on May 14."),
    ("en", "Relatives of the five Cubans visited them in a Florida prison on May 9."),
    ("en", "Google's Eric Schmidt visited Havana in June 2014 to promote a free Internet in Cuba."),
    (
        "en",
        "Cuban doctors arrived in Liberia on May 1, where American soldiers were building a hospital.",
    ),
    ("en", "Hurricane Irma struck Cuba on May 8 and reached Florida on Sunday."),
    (
        "en",
        "Cuban President Raúl Castro met with Venezuelan President Nicolás Maduro on Tuesday to discuss U.S. sanctions.",
    ),
    ("en", "Cuban-American businessman Carlos Saladrigas visited Havana on May 11."),
    ("en", "A group of 100 American mayors wrote on Tuesday to President Obama about Cuba."),
    ("es", "La orquesta de Minnesota tocó en La Habana el 3 de mayo ante miles de cubanos."),
    (
        "es",
        "El crucero Adonia, con 700 estadounidenses a bordo, atracó en La Habana el 2 de mayo de 2015.",
    ),
    ("es", "Estudiantes de la Universidad de Alabama viajaron a Cuba el 12 de marzo de 2015."),
    ("es", "El pianista cubano Chucho Valdés visitó Nueva York el sábado."),
    (
        "es",
        "Opositores cubanos se reunieron el martes en Miami con dirigentes del exilio de Estados Unidos.",
    ),
    (
        "es",
        "El papa Francisco visitó Cuba el 19 de septiembre de 2014 y luego voló a Estados Unidos.",
    ),
    ("es", "Agricultores estadounidenses recorrieron campos cubanos el 7 de mayo."),
    ("es", "El canciller ruso visitó La Habana el 13 de mayo y criticó a Estados Unidos."),
    ("es", "El presidente de Estados Unidos firmó el lunes una orden sobre Cuba."),
    (
        "es",
        "La Cámara de Representantes votó el 5 de mayo a favor de mantener la prohibición de viajes a Cuba.",
    ),
    (
        "es",
        "La Asamblea General de la ONU votó el 12 de mayo contra el bloqueo de Estados Unidos a Cuba.",
    ),
    ("es", "Familiares de los cinco cubanos los visitaron el 9 de mayo en una cárcel de Florida."),
    (
        "es",
        "Médicos cubanos llegaron el 1 de mayo a Liberia, donde había soldados estadounidenses.",
    ),
    (
        "es",
        "Raúl Castro se reunió el martes con Nicolás Maduro para hablar de las sanciones de Estados Unidos.",
    ),
    ("es", "El equipo cubano de béisbol viajó el lunes a Estados Unidos."),
    (
        "es",
        "Manifestantes se concentraron el 15 de mayo ante la embajada de Estados Unidos en La Habana.",
    ),
    ("es", "El cantante estadounidense llegó el jueves a La Habana para grabar un video."),
    ("es", "Un barco de Estados Unidos devolvió el martes a Cuba a 40 migrantes."),
]


@pytest.mark.parametrize(("language", "text"), NOBODY_MET)
def test_where_no_officials_of_both_states_met_there_is_no_meeting(
    language: str, text: str
) -> None:
    assert not read(text, language, "2015-05-20").meetings

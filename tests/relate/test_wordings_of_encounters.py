"""Encounters as press officers and reporters word them, and their counterparts that tell of none."""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import PartialDate

FRIDAY = "2024-05-17"

# each text with its encounters: first day, last day if it is another, status
ENGLISH: tuple[tuple[str, str], ...] = (
    (
        "HAVANA, May 17 (AP) - A delegation from the U.S. State Department sat down with Cuban Foreign Ministry "
        "officials here on Thursday for a second day of talks on migration.",
        "2024-05-16 held",
    ),
    (
        "WASHINGTON, May 17 - U.S. and Cuban diplomats wrapped up two days of migration talks on Thursday without "
        "announcing any new agreement.",
        "2024-05-15/2024-05-16 held",
    ),
    (
        "WASHINGTON - Cuban and American negotiators huddled for six hours on Wednesday at the State Department, both "
        "governments said.",
        "2024-05-15 held",
    ),
    (
        "The United States hosted a Cuban delegation in Washington on May 14 for the biannual Migration Talks.",
        "2024-05-14 held",
    ),
    (
        "On May 14, 2024, the Department of State hosted representatives of the Government of Cuba for discussions on "
        "the implementation of the Migration Accords.",
        "2024-05-14 held",
    ),
    (
        "Officials from the U.S. Coast Guard and the Cuban Border Guard gathered in Key West, Florida, May 14-15 for "
        "their annual professional exchange.",
        "2024-05-14/2024-05-15 held",
    ),
    (
        "The technical exchange between the U.S. Drug Enforcement Administration and Cuba's National Anti-Drug "
        "Directorate took place at the Hotel Nacional on May 13 and 14.",
        "2024-05-13/2024-05-14 held",
    ),
    (
        "Cuban Foreign Minister Bruno Rodríguez received U.S. Representative Laura Hill in Havana this Thursday.",
        "2024-05-16 held",
    ),
    (
        "Senator Paul Gray of Vermont was received Thursday by President Miguel Díaz-Canel at the Palace of the "
        "Revolution.",
        "2024-05-16 held",
    ),
    (
        "A bipartisan group of five U.S. lawmakers arrived in Havana on Monday for a three-day visit that will include "
        "meetings with Cuban officials.",
        "2024-05-13/2024-05-15 held",
    ),
    (
        "Secretary of State Antony Blinken spoke by phone with his Cuban counterpart, Bruno Rodríguez, on Wednesday, "
        "the State Department said.",
        "2024-05-15 held",
    ),
    (
        "President Barack Obama and President Raúl Castro shook hands and talked for an hour on the sidelines of the "
        "Summit of the Americas in Panama City on April 11, 2015.",
        "2015-04-11 held",
    ),
    (
        "Next Tuesday, U.S. and Cuban officials are due to sit down in Havana for a new round of talks on law "
        "enforcement cooperation.",
        "2024-05-21 planned",
    ),
    (
        "The next round of migration talks between the two countries is set for November 12 in Havana, Cuban and "
        "U.S. officials said.",
        "2024-11-12 planned",
    ),
    (
        "Assistant Secretary of State Rena Bitter is scheduled to travel to Havana from May 22 to May 24 for meetings "
        "with the Cuban government on consular matters.",
        "2024-05-22/2024-05-24 planned",
    ),
    (
        "U.S. and Cuban negotiators will reconvene in Washington on June 4, the State Department announced.",
        "2024-06-04 planned",
    ),
    (
        "The United States and Cuba have agreed to hold a dialogue on human rights in Geneva on June 10.",
        "2024-06-10 planned",
    ),
    (
        "Washington has called off migration talks with Cuba that had been scheduled for Monday in Havana.",
        "2024-05-20 cancelled",
    ),
    (
        "The talks between Cuba and the United States, which were to begin on May 20 in Washington, have been "
        "suspended until further notice.",
        "2024-05-20 cancelled",
    ),
    (
        "Havana backed out of a meeting with U.S. diplomats planned for Monday, citing remarks by the secretary of "
        "state.",
        "2024-05-20 cancelled",
    ),
    (
        "A Cuban delegation headed by Deputy Foreign Minister Josefina Vidal flew to Washington last week, where it "
        "met U.S. officials on May 9 to discuss the reopening of embassies.",
        "2024-05-09 held",
    ),
    (
        "It was the third such encounter: U.S. and Cuban officials had met in Havana in January 2023 and in "
        "Washington in April 2022.",
        "2023-01 held; 2022-04 held",
    ),
    (
        "Cuba and the United States resumed talks on direct mail service on September 18, 2009 after a hiatus of "
        "several years.",
        "2009-09-18 held",
    ),
    (
        "The two governments signed a memorandum of understanding on environmental cooperation in Havana on November "
        "24, 2015. U.S. Chargé d'Affaires Jeffrey DeLaurentis and Cuban Minister Elba Rosa Pérez signed for their "
        "countries.",
        "2015-11-24 held",
    ),
    (
        "U.S. Agriculture Secretary Tom Vilsack toured a farm cooperative outside Havana on Friday with Cuban "
        "Agriculture Minister Gustavo Rodríguez Rollero.",
        "2024-05-17 held",
    ),
    (
        "The U.S.-Cuba Bilateral Commission convened for the fifth time on June 14, 2018, in Washington.",
        "2018-06-14 held",
    ),
    (
        "Experts from the U.S. and Cuba compared notes on hurricane forecasting during a workshop in Havana on "
        "May 7 and 8.",
        "2024-05-07/2024-05-08 held",
    ),
    (
        "A first round of negotiations, in January 2015 in Havana, was followed by a second on February 27, 2015, in "
        "Washington, when Roberta Jacobson of the State Department and Cuba's Josefina Vidal again led the teams.",
        "2015-01 held; 2015-02-27 held",
    ),
    (
        "Cuban diplomats had a working breakfast with members of the U.S. Congress in Washington on Tuesday.",
        "2024-05-14 held",
    ),
    (
        "Two days of closed-door discussions between U.S. and Cuban officials ended in Havana on Wednesday.",
        "2024-05-14/2024-05-15 held",
    ),
    (
        "Representatives of the Treasury Department and the Central Bank of Cuba conferred by videoconference on "
        "May 2.",
        "2024-05-02 held",
    ),
    (
        "The State Department said its officials raised the case of jailed protesters with the Cuban delegation at "
        "Tuesday's migration talks in Washington.",
        "2024-05-14 held",
    ),
    (
        "U.S. Ambassador Benjamin Ziff paid a courtesy call on Vice Minister Carlos Fernández de Cossío at the Foreign "
        "Ministry in Havana on 6 May.",
        "2024-05-06 held",
    ),
    # nothing in these
    ("Cuba denied on Tuesday that its diplomats had met with U.S. officials in Mexico City.", ""),
    ("The State Department said Wednesday that no talks with Cuba have been scheduled.", ""),
    (
        "Cuba proposed on Monday to hold talks with the United States on drug trafficking, the Foreign Ministry said.",
        "",
    ),
    ("The United States and Cuba have held more than a dozen rounds of talks since May 2015.", ""),
    (
        "Cuban Foreign Minister Bruno Rodríguez met on Tuesday in Moscow with Russian counterpart Sergei Lavrov.",
        "",
    ),
    (
        "U.S. and Mexican officials met on Thursday in Washington to discuss migration, including that of Cubans.",
        "",
    ),
    (
        "If the United States and Cuba were to hold talks on May 20, as some lawmakers hope, the question of property "
        "would come up first.",
        "",
    ),
    (
        "Friday marks the 10th anniversary of the announcement that the United States and Cuba would restore diplomatic "
        "relations.",
        "",
    ),
    (
        "The State Department on Tuesday criticized Cuba's government for jailing protesters, and Havana rejected the "
        "statement.",
        "",
    ),
    (
        "Cuba's Council of Ministers met on Tuesday to review the economic sanctions of the United States.",
        "",
    ),
    ("A House committee met on Wednesday to discuss a bill on travel to Cuba.", ""),
    (
        "Cuban-American leaders met with Secretary of State Marco Rubio in Miami on Thursday to ask for a harder line "
        "on Havana.",
        "",
    ),
    ("The Cuban president urged Washington on May 14 to return to the negotiating table.", ""),
    ("On April 9, 2024, the U.S. Coast Guard repatriated 45 Cubans to Cuba.", ""),
    ("The embargo on Cuba was imposed by President John F. Kennedy in February 1962.", ""),
    (
        "A senior U.S. official would neither confirm nor deny on Thursday that talks with Cuba had taken place.",
        "",
    ),
)

SPANISH: tuple[tuple[str, str], ...] = (
    (
        "LA HABANA, 17 may (EFE).- Delegaciones de Cuba y Estados Unidos sostuvieron este jueves en La Habana una nueva "
        "ronda de conversaciones migratorias.",
        "2024-05-16 held",
    ),
    (
        "Cuba y EE.UU. concluyeron ayer en Washington dos días de diálogo sobre seguridad, informó la Cancillería.",
        "2024-05-15/2024-05-16 held",
    ),
    (
        "Una delegación del Departamento de Estado, encabezada por la subsecretaria adjunta Emily Mendrala, fue "
        "recibida el martes en el Ministerio de Relaciones Exteriores de Cuba.",
        "2024-05-14 held",
    ),
    (
        "El presidente Miguel Díaz-Canel recibió en la tarde de este miércoles a un grupo de congresistas "
        "estadounidenses que visita la isla.",
        "2024-05-15 held",
    ),
    (
        "El pasado martes 14 de mayo se efectuó en Washington D.C. la ronda de conversaciones migratorias entre Cuba y "
        "los Estados Unidos.",
        "2024-05-14 held",
    ),
    (
        "Con el propósito de evaluar los acuerdos migratorios vigentes se dieron cita en La Habana, el 14 de mayo de "
        "2024, representantes de Cuba y de Estados Unidos.",
        "2024-05-14 held",
    ),
    (
        "Especialistas de la Tropa Guardafronteras de Cuba y del Servicio de Guardacostas de Estados Unidos realizaron "
        "entre los días 14 y 15 de mayo un intercambio técnico sobre narcotráfico.",
        "2024-05-14/2024-05-15 held",
    ),
    (
        "El canciller cubano, Bruno Rodríguez, y el secretario de Estado, John Kerry, conversaron por teléfono el "
        "miércoles, según un portavoz.",
        "2024-05-15 held",
    ),
    (
        "El viceministro cubano Carlos Fernández de Cossío dialogó este jueves en Washington con el subsecretario de "
        "Estado Brian Nichols.",
        "2024-05-16 held",
    ),
    (
        "Durante su estancia en La Habana, del 13 al 15 de mayo, la delegación estadounidense sostuvo encuentros con "
        "funcionarios del Ministerio del Interior de Cuba.",
        "2024-05-13/2024-05-15 held",
    ),
    (
        "Cuba y Estados Unidos celebrarán el próximo martes en La Habana una nueva ronda de conversaciones sobre "
        "migración.",
        "2024-05-21 planned",
    ),
    (
        "Está previsto que delegaciones de ambos países se sienten a la mesa el 12 de noviembre en La Habana, "
        "anunciaron Cuba y Estados Unidos.",
        "2024-11-12 planned",
    ),
    (
        "La subsecretaria de Estado Rena Bitter viajará a La Habana del 22 al 24 de mayo para reunirse con autoridades "
        "cubanas.",
        "2024-05-22/2024-05-24 planned",
    ),
    (
        "Los equipos negociadores de Cuba y Estados Unidos volverán a verse las caras el 4 de junio en Washington.",
        "2024-06-04 planned",
    ),
    (
        "Cuba y Estados Unidos acordaron celebrar el 10 de junio en Ginebra un diálogo sobre derechos humanos.",
        "2024-06-10 planned",
    ),
    (
        "Washington suspendió las conversaciones migratorias con Cuba que estaban previstas para el lunes en La "
        "Habana.",
        "2024-05-20 cancelled",
    ),
    (
        "La reunión entre funcionarios de Cuba y Estados Unidos prevista para el 20 de mayo fue aplazada a última hora.",
        "2024-05-20 cancelled",
    ),
    (
        "Quedó sin efecto el encuentro que diplomáticos cubanos y estadounidenses debían sostener el jueves en México.",
        "2024-05-16 cancelled",
    ),
    (
        "La víspera, los cancilleres de Cuba y Estados Unidos se entrevistaron a puerta cerrada en Nueva York.",
        "2024-05-16 held",
    ),
    (
        "Se trata del tercer encuentro de este tipo: delegaciones de Cuba y Estados Unidos se habían reunido en enero "
        "de 2023 en La Habana y en abril de 2022 en Washington.",
        "2023-01 held; 2022-04 held",
    ),
    (
        "Cuba y Estados Unidos retomaron el 18 de septiembre de 2009 las pláticas sobre el correo directo, tras varios "
        "años de interrupción.",
        "2009-09-18 held",
    ),
    (
        "Ambos gobiernos rubricaron el 24 de noviembre de 2015 en La Habana un memorando de entendimiento sobre medio "
        "ambiente; por Cuba firmó la ministra Elba Rosa Pérez y por Estados Unidos el encargado de negocios Jeffrey "
        "DeLaurentis.",
        "2015-11-24 held",
    ),
    (
        "La V reunión de la Comisión Bilateral Cuba-Estados Unidos tuvo por sede Washington el 14 de junio de 2018.",
        "2018-06-14 held",
    ),
    (
        "Expertos de Cuba y Estados Unidos intercambiaron experiencias sobre pronóstico de huracanes en un taller que "
        "sesionó en La Habana los días 7 y 8 de mayo.",
        "2024-05-07/2024-05-08 held",
    ),
    (
        "El secretario de Agricultura de Estados Unidos, Tom Vilsack, llegó el lunes a La Habana para una visita de dos "
        "días en la que se entrevistará con autoridades cubanas.",
        "2024-05-13/2024-05-14 held",
    ),
    (
        "Funcionarios del Departamento del Tesoro y del Banco Central de Cuba se conectaron por videoconferencia el 2 "
        "de mayo para tratar asuntos bancarios.",
        "2024-05-02 held",
    ),
    (
        "En las conversaciones migratorias del martes en Washington, la parte estadounidense planteó a la cubana el "
        "caso de los manifestantes presos.",
        "2024-05-14 held",
    ),
    (
        "El embajador Benjamin Ziff realizó el 6 de mayo una visita de cortesía a la viceministra Anayansi Rodríguez en "
        "la sede de la Cancillería cubana.",
        "2024-05-06 held",
    ),
    (
        "La delegación cubana, presidida por Josefina Vidal, intercambió el 9 de mayo con sus homólogos del "
        "Departamento de Estado acerca de la reapertura de embajadas.",
        "2024-05-09 held",
    ),
    (
        "Barack Obama y Raúl Castro conversaron durante una hora el 11 de abril de 2015, al margen de la Cumbre de las "
        "Américas en Ciudad de Panamá.",
        "2015-04-11 held",
    ),
    (
        "Tuvo lugar este viernes, de manera virtual, la reunión técnica entre la Aduana General de la República de Cuba "
        "y la Oficina de Aduanas y Protección Fronteriza de Estados Unidos.",
        "2024-05-17 held",
    ),
    (
        "Hoy comenzó en La Habana el cuarto Diálogo sobre Aplicación y Cumplimiento de la Ley entre Cuba y Estados "
        "Unidos.",
        "2024-05-17 held",
    ),
    (
        "Las partes cubana y estadounidense acordaron reunirse nuevamente en Washington en el mes de noviembre.",
        "2024-11 planned",
    ),
    # nothing in these
    (
        "Cuba negó el martes que sus diplomáticos se hayan reunido con funcionarios de Estados Unidos en México.",
        "",
    ),
    (
        "El Departamento de Estado dijo el miércoles que no hay conversaciones previstas con Cuba.",
        "",
    ),
    (
        "Cuba propuso el lunes a Estados Unidos celebrar conversaciones sobre narcotráfico, indicó la Cancillería.",
        "",
    ),
    (
        "Cuba y Estados Unidos han sostenido más de una docena de rondas de conversaciones desde mayo de 2015.",
        "",
    ),
    (
        "El canciller cubano Bruno Rodríguez se reunió el martes en Moscú con su homólogo ruso, Serguéi Lavrov.",
        "",
    ),
    (
        "Funcionarios de Estados Unidos y México se reunieron el jueves en Washington para hablar de migración, incluida "
        "la de los cubanos.",
        "",
    ),
    (
        "Si Cuba y Estados Unidos llegaran a reunirse el 20 de mayo, como esperan algunos legisladores, el tema de las "
        "propiedades sería el primero.",
        "",
    ),
    (
        "Este viernes se cumplen diez años del anuncio del restablecimiento de las relaciones diplomáticas entre Cuba y "
        "Estados Unidos.",
        "",
    ),
    (
        "El Departamento de Estado criticó el martes al Gobierno cubano por encarcelar a manifestantes y La Habana "
        "rechazó la declaración.",
        "",
    ),
    (
        "El Consejo de Ministros de Cuba se reunió el martes para analizar las sanciones económicas de Estados Unidos.",
        "",
    ),
    (
        "Una comisión de la Cámara sesionó el miércoles para discutir un proyecto de ley sobre viajes a Cuba.",
        "",
    ),
    (
        "Líderes cubanoamericanos se reunieron el jueves en Miami con el secretario de Estado Marco Rubio para pedir "
        "mano dura con La Habana.",
        "",
    ),
    (
        "El presidente cubano instó el 14 de mayo a Washington a volver a la mesa de negociaciones.",
        "",
    ),
    (
        "El 9 de abril de 2024, la Guardia Costera de Estados Unidos repatrió a 45 cubanos a Cuba.",
        "",
    ),
    (
        "El bloqueo contra Cuba fue impuesto por el presidente John F. Kennedy en febrero de 1962.",
        "",
    ),
    (
        "Un funcionario estadounidense no quiso confirmar ni desmentir el jueves que haya habido contactos con Cuba.",
        "",
    ),
)


def told(text: str, language: str) -> str:
    """The encounters of a text: first day, last day if it is another, status."""
    found = []
    for meeting in read(text, language, FRIDAY).meetings:
        days = []
        for slot in (meeting.start, meeting.end):
            if slot is not None and isinstance(slot.value, PartialDate):
                days.append(slot.value.lexical)
        found.append(f"{'/'.join(dict.fromkeys(days))} {meeting.status.value}")
    return "; ".join(found)


@pytest.mark.parametrize(("language", "table", "least"), [("en", ENGLISH, 40), ("es", SPANISH, 36)])
def test_most_wordings_give_their_encounters(
    language: str, table: tuple[tuple[str, str], ...], least: int
) -> None:
    """The weights decide on single wordings, so that it is their number that is held."""
    found = [(text, expected, told(text, language)) for text, expected in table]
    wrong = [case for case in found if case[1] != case[2]]
    assert len(found) - len(wrong) >= least, wrong

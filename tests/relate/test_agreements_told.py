"""What the two sides agreed on, in the ways of wire services, ministries and blogs.

Written as a reader would expect it, before a look at the rules: words of the name, and the day.
"""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import PartialDate

Wanted = list[tuple[str, str | None]]

ENGLISH: list[tuple[str, Wanted]] = [
    (
        "On January 16, 2017, Cuba and the United States signed a Law Enforcement Memorandum of "
        "Understanding in Havana.",
        [("Law Enforcement Memorandum of Understanding", "2017-01-16")],
    ),
    (
        "The U.S. and Cuban coast guards have worked together since the two governments signed a "
        "counternarcotics arrangement in July 2016.",
        [("counternarcotics arrangement", "2016-07")],
    ),
    (
        "The agreement, signed by Secretary of Transportation Anthony Foxx and Cuban Minister Adel "
        "Yzquierdo on February 16, 2016, restores scheduled flights.",
        [("agreement", "2016-02-16")],
    ),
    (
        "Under the migration accords of 1994 between Cuba and the United States, 20,000 visas are "
        "issued each year.",
        [("migration accords", "1994")],
    ),
    (
        "Cuba and the United States exchanged diplomatic notes on July 1, 2015, by which they agreed to "
        "re-establish relations.",
        [("notes", "2015-07-01")],
    ),
    (
        "The United States and Cuba issued a joint statement on January 12, 2017.",
        [("joint statement", "2017-01-12")],
    ),
    (
        "A memorandum of understanding on agriculture was signed on March 21, 2016, by the U.S. "
        "Department of Agriculture and Cuba's Ministry of Agriculture.",
        [("memorandum of understanding", "2016-03-21")],
    ),
    (
        "The U.S. Department of Agriculture and Cuba's Ministry of Agriculture renewed their "
        "memorandum of understanding on June 5, 2018.",
        [("memorandum of understanding", "2018-06-05")],
    ),
    (
        "Cuba and the United States reached an agreement on oil spill preparedness on January 9, 2017.",
        [("agreement", "2017-01-09")],
    ),
    (
        "The Treaty on the Delimitation of the Continental Shelf in the Gulf of Mexico was signed by "
        "the United States and Cuba on January 18, 2017.",
        [("Treaty", "2017-01-18")],
    ),
    (
        "Both governments concluded a pilot program on container security in May 2016.",
        [],
    ),
    (
        "An agreement between Cuba and the United States on direct mail was initialed on December "
        "11, 2015.",
        [("agreement", "2015-12-11")],
    ),
    (
        "The anti-hijacking agreement that Washington and Havana signed in February 1973 lapsed in "
        "1977.",
        [("agreement", "1973-02")],
    ),
    (
        "Josefina Vidal and Edward Alex Lee signed a joint statement on migration in Havana on "
        "January 12, 2017, for Cuba and the United States.",
        [("joint statement", "2017-01-12")],
    ),
    (
        "The United States and Cuba have an agreement on search and rescue, in force since January "
        "18, 2017.",
        [("agreement", "2017-01-18")],
    ),
    (
        "The delegations of Cuba and the United States ended their meeting on May 18, 2016, with the "
        "signing of a memorandum of understanding on the environment.",
        [("memorandum of understanding", "2016-05-18")],
    ),
    (
        "Cuba and the United States signed two memoranda of understanding on January 18, 2017.",
        [("memoranda of understanding", "2017-01-18")],
    ),
    (
        "The agreement on law enforcement of January 2017 between Cuba and the United States is still "
        "in force.",
        [("agreement", "2017-01")],
    ),
    (
        "The joint communiqué that Havana and Washington published on December 14, 1984, put an end "
        "to months of talks.",
        [("joint communiqué", "1984-12-14")],
    ),
    (
        "Roswell Park Institute of the United States and Cuba's Center of Molecular Immunology signed "
        "a cooperation agreement in Havana on April 21, 2015.",
        [("agreement", "2015-04-21")],
    ),
]

SPANISH: list[tuple[str, Wanted]] = [
    (
        "Cuba y Estados Unidos firmaron el 16 de enero de 2017 en La Habana un Memorando de "
        "Entendimiento sobre aplicación de la ley.",
        [("Memorando de Entendimiento", "2017-01-16")],
    ),
    (
        "El acuerdo, rubricado el 16 de febrero de 2016 por el secretario Anthony Foxx y el ministro "
        "Adel Yzquierdo, restablece los vuelos regulares.",
        [("acuerdo", "2016-02-16")],
    ),
    (
        "En virtud de los acuerdos migratorios de 1994 entre Cuba y Estados Unidos se entregan "
        "20.000 visas al año.",
        [("acuerdos migratorios", "1994")],
    ),
    (
        "Ambos gobiernos intercambiaron notas diplomáticas el 1 de julio de 2015 para restablecer "
        "sus relaciones.",
        [("notas", "2015-07-01")],
    ),
    (
        "Cuba y Estados Unidos emitieron una declaración conjunta el 12 de enero de 2017.",
        [("declaración conjunta", "2017-01-12")],
    ),
    (
        "El memorando de entendimiento sobre agricultura fue suscrito el 21 de marzo de 2016 por el "
        "Departamento de Agricultura de Estados Unidos y el Ministerio de la Agricultura de Cuba.",
        [("memorando de entendimiento", "2016-03-21")],
    ),
    (
        "El Departamento de Agricultura de Estados Unidos y el Ministerio de la Agricultura de Cuba "
        "prorrogaron su memorando de entendimiento el 5 de junio de 2018.",
        [("memorando de entendimiento", "2018-06-05")],
    ),
    (
        "Cuba y Estados Unidos alcanzaron un acuerdo sobre derrames de petróleo el 9 de enero de 2017.",
        [("acuerdo", "2017-01-09")],
    ),
    (
        "El Tratado sobre la delimitación de la plataforma continental fue firmado por Estados Unidos "
        "y Cuba el 18 de enero de 2017.",
        [("Tratado", "2017-01-18")],
    ),
    (
        "El convenio contra secuestros aéreos que Washington y La Habana firmaron en febrero de 1973 "
        "caducó en 1977.",
        [("convenio", "1973-02")],
    ),
    (
        "La reunión de las delegaciones de Cuba y Estados Unidos concluyó el 18 de mayo de 2016 con "
        "la firma de un memorando de entendimiento sobre medio ambiente.",
        [("memorando de entendimiento", "2016-05-18")],
    ),
    (
        "Cuba y Estados Unidos suscribieron dos memorandos de entendimiento el 18 de enero de 2017.",
        [("memorandos de entendimiento", "2017-01-18")],
    ),
    (
        "El acuerdo de 2017 entre Cuba y Estados Unidos sobre aplicación de la ley sigue vigente.",
        [("acuerdo", "2017")],
    ),
    (
        "El comunicado conjunto que La Habana y Washington publicaron el 14 de diciembre de 1984 puso "
        "fin a meses de conversaciones.",
        [("comunicado conjunto", "1984-12-14")],
    ),
    (
        "Los dos países cuentan con un acuerdo de búsqueda y salvamento, vigente desde el 18 de enero "
        "de 2017.",
        [("acuerdo", "2017-01-18")],
    ),
    (
        "Cuba y Estados Unidos pactaron en julio de 2016 un arreglo operativo contra el narcotráfico.",
        [("arreglo", "2016-07")],
    ),
    (
        "El Instituto Roswell Park, de Estados Unidos, y el Centro de Inmunología Molecular de Cuba "
        "firmaron un convenio de colaboración en La Habana el 21 de abril de 2015.",
        [("convenio", "2015-04-21")],
    ),
    (
        "El 2 de mayo de 1995 se dio a conocer la Declaración Conjunta sobre migración de Cuba y "
        "Estados Unidos.",
        [("Declaración Conjunta", "1995-05-02")],
    ),
]

NONE_ENGLISH = [
    "Cuba and the United States hope to sign a memorandum of understanding in May 2016.",
    "Cuba and the United States failed to reach an agreement on January 9, 2017.",
    "Cuba and Russia signed an agreement on energy on May 19, 2016.",
    "Cuba and the United States discussed a draft agreement on mail on December 11, 2015.",
    "They reached agreement on the need to meet again in May 2016.",
    "The parties were in agreement on May 19, 2016, that more was needed.",
    "In 2015 Cuba rejected an agreement that the United States had proposed.",
    "Cuba and the United States are negotiating a treaty to be signed in 2018.",
    "The United States and Mexico renewed their memorandum of understanding on June 5, 2018; Cuba looked on.",
    "There is no agreement between Cuba and the United States, a spokesman said in May 2016.",
    "Josefina Vidal's statement of January 12, 2017, was issued in Havana.",
]

NONE_SPANISH = [
    "Cuba y Estados Unidos esperan firmar un memorando de entendimiento en mayo de 2016.",
    "Cuba y Estados Unidos no lograron un acuerdo el 9 de enero de 2017.",
    "Cuba y Rusia firmaron un acuerdo de energía el 19 de mayo de 2016.",
    "Cuba y Estados Unidos debatieron un borrador de acuerdo sobre correo el 11 de diciembre de 2015.",
    "Estuvieron de acuerdo el 19 de mayo de 2016 en que hacía falta más.",
    "En 2015 Cuba rechazó un acuerdo que Estados Unidos había propuesto.",
    "Cuba y Estados Unidos negocian un tratado que se firmaría en 2018.",
    "De acuerdo con Cuba y Estados Unidos, la reunión del 19 de mayo de 2016 fue útil.",
    "Estados Unidos y México prorrogaron su memorando de entendimiento el 5 de junio de 2018.",
    "La declaración de Josefina Vidal del 12 de enero de 2017 se publicó en La Habana.",
    "No hay acuerdo alguno entre Cuba y Estados Unidos, dijo un portavoz en mayo de 2016.",
]

CASES: list[tuple[str, str, Wanted]] = [
    *(("en", text, wanted) for text, wanted in ENGLISH),
    *(("es", text, wanted) for text, wanted in SPANISH),
    *(("en", text, []) for text in NONE_ENGLISH),
    *(("es", text, []) for text in NONE_SPANISH),
]


def agreements(text: str, language: str) -> list[tuple[str, str | None]]:
    """The agreements of a text with the days they were signed on."""
    found = []
    for agreement in read(text, language).agreements:
        signed = agreement.signed and agreement.signed.value
        assert signed is None or isinstance(signed, PartialDate)
        found.append((agreement.name, signed.lexical if signed else None))
    return found


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[t[:60] for _, t, _ in CASES])
def test_what_was_agreed(language: str, text: str, wanted: Wanted) -> None:
    found = agreements(text, language)
    assert len(found) == len(wanted), found
    for (name, signed), (part, day) in zip(found, wanted, strict=True):
        assert part.lower() in name.lower(), found
        assert signed == day, found

"""Who holds which post and what is part of what, in many wordings, with counterparts that tell nothing."""

from __future__ import annotations

import pytest

from articles import article
from uscuba_kg.model import MentionKind
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article
from uscuba_kg.relate.actors import Actors, find_actors
from uscuba_kg.relate.naming import Names
from uscuba_kg.world import load_world

EN = [
    ("Lara Whitfield, who took over the Office of Tides last month, came.", "Lara Whitfield", "head"),
    ("Lara Whitfield, who for three years ran the Office of Tides, came.", "Lara Whitfield", "head"),
    ("Lara Whitfield, who heads the Office of Tides here, came.", "Lara Whitfield", "head"),
    ("Lara Whitfield, the state's director of public health, came.", "Lara Whitfield", "director of public health"),
    ("The deputy secretary responsible for Cuba, Lara Whitfield, came.", "Lara Whitfield", "deputy secretary"),
    ("They met Foreign Trade and Investment Minister Ines Mora.", "Ines Mora", "Foreign Trade and Investment Minister"),
    ("Lara Whitfield, director of the Office of Tides, came.", "Lara Whitfield", "director"),
    ("Harbor pilot Lara Whitfield and port director Ines Mora came.", "Ines Mora", "port director"),
    ("The ambassador in Nassau, Caridad Montero, came.", "Caridad Montero", "ambassador"),
    ("A lieutenant named Sosa brought them.", "Sosa", "lieutenant"),
    ("Harlan P. Whitcombe, 84, a State Department lawyer, died.", "Harlan P. Whitcombe", "lawyer"),
    ("Capt. Helen M. Strand, chief of staff of the fleet, came.", "Helen M. Strand", "chief of staff"),
    ("Rep. Otto Bjerke (D-ND) voted.", "Otto Bjerke", "Representative"),
    ("Kathy Moro, D-Fla., chair of the Maine Lobster Council, spoke.", "Kathy Moro", "chair"),
    ("Ines Mora (president, Crowley Caribbean Services) signed.", "Ines Mora", "president"),
    ("It was said by Ines Mora, who runs the Office of Tides.", "Ines Mora", "head"),
    ("The Office of Tides, then headed by Ines Mora, agreed.", "Ines Mora", "head"),
    ("Ines Mora, who presided over the National Assembly, smiled.", "Ines Mora", "president"),
    ("Ines Mora was recently named director of plant health.", "Ines Mora", "director of plant health"),
    ("Ines Mora held the post of consul general.", "Ines Mora", "consul general"),
    ("Ines Mora, until recently deputy minister of foreign trade, left.", "Ines Mora", "deputy minister of foreign trade"),
    ("Michael Roe, principal deputy to Assistant Secretary Alex Wats, spoke.", "Michael Roe", "principal deputy"),
    ("Michael Roe, principal deputy to Assistant Secretary Alex Wats, spoke.", "Alex Wats", "Assistant Secretary"),
    ("Bruno Mora, UN Secretary General Ban Lee and others came.", "Ban Lee", "Secretary General"),
    ("Minister of Agriculture Pedro Salas came.", "Pedro Salas", "Minister of Agriculture"),
    ("Ambassador and Chief of Mission Benjamin Roe spoke.", "Benjamin Roe", "Chief of Mission"),
    ("Senators Ines Mora of Utah and Otto Roe flew in.", "Otto Roe", "Senator"),
    ("Jonathan Roe and Mark Mora, representatives of the ports, signed.", "Mark Mora", "representative"),
    ("The acting head of the consular section, Brian Dunn, spoke.", "Brian Dunn", "acting head of the consular section"),
    ("His boss is Tobias Renwick, second secretary of the embassy.", "Tobias Renwick", "second secretary"),
]  # fmt: skip
ES = [
    ("El presidente de la empresa importadora, Rubén Sem, firmó.", "Rubén Sem", "presidente"),
    ("Lara Mora, esta última directora del Instituto de Mareas, habló.", "Lara Mora", "directora"),
    ("Lara Mora, en aquel momento directora comercial, habló.", "Lara Mora", "directora comercial"),
    ("Vino Rubén Sem, que desde 1979 dirigía la Sección de Intereses norteamericana.", "Rubén Sem", "director"),
    ("Lara Mora, embajadora itinerante, habló.", "Lara Mora", "embajadora itinerante"),
    ("La suboficial Lara Mora habló.", "Lara Mora", "suboficial"),
    ("Vino Lara Mora, directora comercial de la importadora.", "Lara Mora", "directora comercial"),
    ("Vino el meteorólogo Wendell Giroux.", "Wendell Giroux", "meteorólogo"),
    ("Habló la viceministra cubana de Relaciones Exteriores, Lara Mora.", "Lara Mora", "viceministra de Relaciones Exteriores"),
    ("Habló la viceministra de Energía y Minas Lara Mora Sosa.", "Lara Mora Sosa", "viceministra de Energía y Minas"),
    ("Vino el ministro de Defensa, teniente general Rubén Sem.", "Rubén Sem", "ministro de Defensa"),
    ("Asistió Everardo del Sol Marín, al frente de la Guardia Costera.", "Everardo del Sol Marín", "jefe"),
    ("Vino Lara Mora, quien está a cargo de la Guardia Costera.", "Lara Mora", "jefa"),
    ("La Guardia Costera, que dirige Lara Mora, asintió.", "Lara Mora", "directora"),
    ("Lara Mora, quien presidió la Comisión de Reclamaciones, habló.", "Lara Mora", "presidenta"),
    ("Vino Lara Mora, para entonces presidenta de la Asamblea Nacional.", "Lara Mora", "presidenta"),
    ("Lara Mora fue nombrada directora de Sanidad Vegetal.", "Lara Mora", "directora de Sanidad Vegetal"),
    ("Lara Mora asumió el cargo de cónsul general.", "Lara Mora", "cónsul general"),
    ("Vino la presidenta de la Asamblea Provincial del Poder Popular, Lara Mora.", "Lara Mora", "presidenta"),
    ("Habló el segundo secretario de la embajada, Owen Park.", "Owen Park", "segundo secretario"),
    ("Vinieron el alcalde de Tampa, Bob Roe, y la rectora de la Universidad de Oriente, Lara Mora.", "Lara Mora", "rectora"),
    ("Hablaron el propio Roe y Rafael Ibarra Yero, director de ventas.", "Rafael Ibarra Yero", "director de ventas"),
    ("Los senadores Amos Roe (Vermont) y Lara Mora viajaron.", "Lara Mora", "senador"),
    ("Los congresistas demócratas Amos Roe y Lara Mora viajaron.", "Amos Roe", "congresista"),
    ("Participó Romárico Sotomayor, jefe de la Dirección Política del MININT.", "Romárico Sotomayor", "jefe"),
    ("El embajador y jefe de misión Benjamin Roe conversó.", "Benjamin Roe", "jefe de misión"),
]  # fmt: skip


def actors(text: str, language: str) -> Actors:
    annotated = read_article(article(text, language))
    return find_actors(annotated, pack_for(language), Names(annotated, load_world()))


@pytest.mark.parametrize(
    ("text", "language", "person", "post"),
    [(t, "en", p, q) for t, p, q in EN] + [(t, "es", p, q) for t, p, q in ES],
)
def test_a_post_is_tied_to_its_bearer(text: str, language: str, person: str, post: str) -> None:
    held = [
        (p.person.name, name)
        for p in actors(text, language).positions
        for name in (p.post, p.shorter)
    ]
    assert (person, post) in held, held


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The director met Lara Whitfield on Monday.", "en"),
        ("Lara Whitfield, in a blue dress, came to the Office of Tides.", "en"),
        ("It was said by Kevin Roe, who leads the Coast Guard delegation.", "en"),
        ("Amos Kittredge, who chaired the meeting, spoke.", "en"),
        ("Lawyer Bargained With Havana", "en"),
        ("The senators flew with Lara Whitfield.", "en"),
        ("Lara Whitfield, who took over the talks last month, came.", "en"),
        ("The state's director was not told, Lara Whitfield said.", "en"),
        ("El director recibió el lunes a Lara Mora.", "es"),
        ("Lara Mora, de azul, llegó a la embajada.", "es"),
        ("Asistió Everardo del Sol Marín, al frente de la delegación.", "es"),
        ("Lara Mora, quien presidió la reunión, habló.", "es"),
        ("Los senadores viajaron con Lara Mora.", "es"),
        ("Lara Mora, que desde 1979 dirigía las conversaciones, habló.", "es"),
    ],
)
def test_no_post_is_made_of_words_that_tie_none(text: str, language: str) -> None:
    assert [(p.person.name, p.post) for p in actors(text, language).positions] == []


def test_a_title_that_stands_before_a_name_is_not_the_earlier_persons() -> None:
    text = "Foreign Minister Bruno Mora, UN Secretary General Ban Lee and others came."
    assert sorted((p.person.name, p.post) for p in actors(text, "en").positions) == [
        ("Ban Lee", "Secretary General"),
        ("Bruno Mora", "Foreign Minister"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "pairs"),
    [
        (
            "She leads the Minors Section in the Ministry of the Interior's Directorate of Tides.",
            "en",
            {
                ("Minors Section", "Directorate of Tides"),
                ("Directorate of Tides", "Ministry of the Interior"),
            },
        ),
        (
            "They saw the National Hurricane Center, a branch of NOAA's National Weather Service.",
            "en",
            {
                ("National Hurricane Center", "National Weather Service"),
                ("National Weather Service", "NOAA"),
            },
        ),
        (
            "He is of the Coast Guard's Seventh District.",
            "en",
            {("Seventh District", "Coast Guard")},
        ),
        (
            "The Subcommittee on Health of the Committee on Energy and Commerce met.",
            "en",
            {("Subcommittee on Health", "Committee on Energy and Commerce")},
        ),
        (
            "The State Department replied. The department's Office of Tides did not.",
            "en",
            {("Office of Tides", "State Department")},
        ),
        (
            "Firmó el Servicio Geológico de los Estados Unidos (USGS), dependencia del Departamento del Interior.",
            "es",
            {("Servicio Geológico de los Estados Unidos", "Departamento del Interior")},
        ),
        (
            "Habló el Sexto Distrito de la Guardia Costera.",
            "es",
            {("Sexto Distrito", "Guardia Costera")},
        ),
        ("The Department of State and the Department of Justice came.", "en", set()),
        ("Vinieron el Ministerio del Interior y la Guardia Costera.", "es", set()),
    ],
)
def test_parts_are_told_link_by_link(text: str, language: str, pairs: set[tuple[str, str]]) -> None:
    assert {(u.unit.name, u.parent.name) for u in actors(text, language).units} == pairs


@pytest.mark.parametrize(
    ("text", "language", "people"),
    [
        ("Then came Lamar J. Sturdivant (R-MO) and left.", "en", ["Lamar J. Sturdivant"]),
        ("His predecessor, Zebulon Quist, left.", "en", ["Zebulon Quist"]),
        ("Habló Ivelisse Sosa de Castillo, ingeniera.", "es", ["Ivelisse Sosa de Castillo"]),
        ("Su colega republicano Walter “Walt” Prescott rió.", "es", ["Walter Prescott"]),
        ("Lo dijo la Dra. Zoila Ponce.", "es", ["Zoila Ponce"]),
        ("North Dakota Growers left Gulf Stream Waters.", "en", []),
    ],
)
def test_unlisted_people_are_found_whole(text: str, language: str, people: list[str]) -> None:
    mentions = read_article(article(text, language)).mentions
    assert [m.value for m in mentions if m.kind == MentionKind.PERSON] == people

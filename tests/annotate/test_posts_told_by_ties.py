"""Posts that no title tells: charges, predecessors, colleagues; and names that are no names."""

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
    ("It was told by Ines Mora, who directs criminal investigations at the Interior Ministry.", "Ines Mora", "director of criminal investigations"),
    ("Ines Mora, who heads the forecast center of Cuba's Institute of Tides, came.", "Ines Mora", "head of forecast center"),
    ("Ines Mora, who runs the United States desk at the Foreign Ministry, came.", "Ines Mora", "head of United States desk"),
    ("Rep. Ines Mora, who chairs the caucus, came.", "Ines Mora", "chair of caucus"),
    ("Ines Mora, who heads a coalition for their support, spoke.", "Ines Mora", "head of coalition"),
    ("To Ines Mora, in charge of foreign trade, they carried it.", "Ines Mora", "in charge of foreign trade"),
    ("Ines Mora, the new head of the embassy, came.", "Ines Mora", "head of the embassy"),
    ("Ines Mora, second in the Office of Tides, came.", "Ines Mora", "second in Office of Tides"),
    ("Ines Mora, just named ambassador to Canada, came.", "Ines Mora", "ambassador"),
    ("Ines Mora, whom Minnesota elected governor in 1998, came.", "Ines Mora", "governor"),
    ("Ines Mora, director of the Office of Tides, left. Her predecessor, Lara Roe, had retired.", "Lara Roe", "director"),
    ("Consul General Ines Mora's predecessor, Capt. Robert Roe, retired.", "Robert Roe", "Consul General"),
    ("Port director Ines Mora, who succeeded Robert Roe, came.", "Robert Roe", "Port director"),
    ("Foreign Minister Ines Mora met her Spanish counterpart, Robert Roe.", "Robert Roe", "Foreign Minister"),
    ("Rep. Ines Mora flew in. Her colleagues Robert Roe of Ohio and Anita Lee of Utah stayed.", "Anita Lee", "Representative"),
    ("Reps. Ines Mora, D-Mass.; Robert Roe, D-Ariz.; and Anita Lee, R-N.Y., flew in.", "Anita Lee", "Representative"),
    ("They met two of his deputies, Ines Mora and Robert Roe.", "Robert Roe", "deputy"),
    ("Robert Roe, Mora's deputy, came with Ines Mora.", "Robert Roe", "deputy"),
    ("A lawyer from the Office of Tides, Dr. Ines Mora, took notes.", "Ines Mora", "lawyer"),
    ("- Dr. Ines Mora, entomologist, APHIS", "Ines Mora", "entomologist"),
    ("Vice Minister of Agriculture Dr. Ines Mora signed.", "Ines Mora", "Vice Minister of Agriculture"),
    ("The institute's director, Dr. Ines Mora, spoke.", "Ines Mora", "director"),
    ("Ines Mora, the long-haired minister of culture, signed.", "Ines Mora", "minister of culture"),
    ("The Cuban side's chief negotiator was Ines Mora.", "Ines Mora", "chief negotiator"),
]  # fmt: skip
ES = [
    ("Vino Lara Mora, que lleva los asuntos del hemisferio en el Departamento de Estado.", "Lara Mora", "jefa de asuntos del hemisferio"),
    ("Vino Lara Mora, quien dirige allá los programas con América Latina.", "Lara Mora", "directora de programas con América Latina"),
    ("Vino Lara Mora, que manda en la Oficina de Mareas.", "Lara Mora", "jefa"),
    ("Vino Rubén Sem, que encabeza en Washington la Sección de Intereses de Cuba.", "Rubén Sem", "jefe"),
    ("Vino Rubén Sem, al mando de la Guardia Costera.", "Rubén Sem", "jefe"),
    ("Vino Lara Mora, a cargo de Cuba en el Departamento de Estado.", "Lara Mora", "a cargo de Cuba"),
    ("Habló la jefa de la misión diplomática, Lara Mora.", "Lara Mora", "jefa de la misión diplomática"),
    ("Lara Mora, directora del Instituto de Mareas, habló. Su antecesor, Rubén Sem, se jubiló.", "Rubén Sem", "director"),
    ("La fiscal general, Lara Mora, quien relevó en el cargo a Rubén Sem, habló.", "Rubén Sem", "fiscal general"),
    ("El ministro Rubén Sem recibió a su homólogo español, Pedro Roe.", "Pedro Roe", "ministro"),
    ("La senadora Lara Mora y el republicano Rubén Sem llegaron.", "Rubén Sem", "senador"),
    ("La representante Lara Mora, de Utah; su colega Rubén Sem, de Ohio, y otros llegaron.", "Rubén Sem", "representante"),
    ("Con él se fue su segunda, Lara Mora.", "Lara Mora", "segunda"),
    ("Habló la directora general de Estados Unidos de la cancillería, Lara Mora.", "Lara Mora", "directora general"),
    ("Habló el jefe de la Cámara de Comercio de su estado, Rubén Sem.", "Rubén Sem", "jefe"),
    ("Ante su titular, doctor Roberto Morales Ojeda, firmaron.", "Roberto Morales Ojeda", "titular"),
    ("Los ingenieros Lara Mora y Rubén Sem vinieron.", "Rubén Sem", "ingeniero"),
    ("Así lo confirmó el miércoles Sean Roe, portavoz del Departamento de Estado.", "Sean Roe", "portavoz"),
]  # fmt: skip
NONE = [
    ("Ines Mora, who heads a delegation of twelve, came.", "en"),
    ("Ines Mora, who led the round of talks, came.", "en"),
    ("Ines Mora, who runs every morning, came.", "en"),
    ("Ines Mora and her predecessor came.", "en"),
    ("His predecessor, Ines Mora, retired.", "en"),
    ("Her colleague Ines Mora agreed.", "en"),
    ("Legislators Received", "en"),
    ("Postal Security Experts Meet Virtually", "en"),
    ("Experts of the Office of Tides met.", "en"),
    ("Lara Mora, que lleva sombrero, vino.", "es"),
    ("Lara Mora, que encabeza la delegación, vino.", "es"),
    ("Su antecesora, Lara Mora, se jubiló.", "es"),
    ("El republicano Rubén Sem llegó.", "es"),
]
UNITS = [
    ("DEPARTMENT OF STATE\nOffice of the Spokesperson\n\nThe two governments met on Monday.", "en", {("Office of the Spokesperson", "DEPARTMENT OF STATE")}),
    ("They saw the forecast center of Cuba's Institute of Tides.", "en", {("forecast center", "Institute of Tides")}),
    ("The Office of Tides, which is a piece of the Department of Transportation, came.", "en", {("Office of Tides", "Department of Transportation")}),
    ("The Border Guard belongs to the Ministry of the Interior.", "en", {("Border Guard", "Ministry of the Interior")}),
    ("A team of the Coast Guard 7th District came.", "en", {("7th District", "Coast Guard")}),
    ("Ines Mora of the Tides Division, Department of Justice, came.", "en", {("Tides Division", "Department of Justice")}),
    ("The Tides Committee of the World Water Organization met.", "en", {("Tides Committee", "World Water Organization")}),
    ("He works at the Library of Congress.", "en", set()),
    ("Officials of the Border Guard, of the Ministry of Justice, and of the Coast Guard came.", "en", set()),
    ("Asistió la Dirección de Mareas (MININT).", "es", {("Dirección de Mareas", "MININT")}),
    ("Firmó el Servicio de Mareas, que es, como se sabe, un brazo del Departamento de Agricultura.", "es", {("Servicio de Mareas", "Departamento de Agricultura")}),
    ("Firmó el Instituto de Mareas, uno de los Institutos Nacionales de Salud.", "es", {("Instituto de Mareas", "Institutos Nacionales de Salud")}),
    ("Asistió la Dirección de Mareas, del Ministerio del Interior.", "es", {("Dirección de Mareas", "Ministerio del Interior")}),
    ("Gente de la Dirección de Mareas, del Ministerio del Interior y de la Aduana vino.", "es", set()),
    ("MINISTERIO DEL INTERIOR\nDirección de Mareas\n\nAmbos gobiernos se reunieron el lunes.", "es", {("Dirección de Mareas", "MINISTERIO DEL INTERIOR")}),
]  # fmt: skip


def actors(text: str, language: str) -> Actors:
    annotated = read_article(article(text, language))
    return find_actors(annotated, pack_for(language), Names(annotated, load_world()))


@pytest.mark.parametrize(
    ("text", "language", "person", "post"),
    [(t, "en", p, q) for t, p, q in EN] + [(t, "es", p, q) for t, p, q in ES],
)
def test_a_charge_or_a_tie_tells_a_post(text: str, language: str, person: str, post: str) -> None:
    positions = actors(text, language).positions
    held = {(p.person.name, name) for p in positions for name in (p.post, p.shorter)}
    assert (person, post) in held, held


@pytest.mark.parametrize(("text", "language"), NONE)
def test_no_post_is_told_where_none_is_known(text: str, language: str) -> None:
    assert [(p.person.name, p.post) for p in actors(text, language).positions] == []


@pytest.mark.parametrize(("text", "language", "pairs"), UNITS)
def test_a_part_is_tied_to_its_whole(text: str, language: str, pairs: set[tuple[str, str]]) -> None:
    assert {(u.unit.name, u.parent.name) for u in actors(text, language).units} == pairs


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The technical meeting between the Border Guard and the Coast Guard was held.", "en"),
        ("Hubo un encuentro técnico entre las Tropas Guardafronteras y el Servicio de Guardacostas.", "es"),
    ],
)  # fmt: skip
def test_who_gives_a_series_its_name_is_named_beside_it(text: str, language: str) -> None:
    kinds = [m.kind for m in read_article(article(text, language)).mentions]
    assert kinds.count(MentionKind.SERIES) == 1
    assert kinds.count(MentionKind.BODY) == 2

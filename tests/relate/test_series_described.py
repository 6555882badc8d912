"""Series named by their subject, numbers of encounters, and topics that a text sets aside."""

from __future__ import annotations

import pytest

from articles import article
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.relate.setting import Setting
from uscuba_kg.relate.subjects import subjects_of
from uscuba_kg.world import load_world

SERIES = [
    ("en", "They held talks in Havana on direct mail.", "talks on direct mail", "direct-mail-talks"),
    ("en", "They held talks with Cuba on migration.", "talks on migration", "migration-talks"),
    ("en", "Negotiations between both sides on civil aviation ended.",
     "Negotiations on civil aviation", "civil-aviation-talks"),
    ("en", "A technical exchange on seismology was held.",
     "technical exchange on seismology", None),
    ("en", "Airport security consultations were held.", "Airport security consultations", None),
    ("en", "A working group on agriculture met.", "working group on agriculture",
     "agriculture-working-group"),
    ("en", "The Environment Working Group met.", "Environment Working Group", None),
    ("en", "The seventh Tropical Forecasting Exchange was held.",
     "Tropical Forecasting Exchange", None),
    ("en", "They held discussions on property claims.", "discussions on property claims",
     "claims-talks"),
    ("en", "Environmental talks ended.", "Environmental talks", "environment-talks"),
    ("en", "Talks on cybersecurity and fugitives were held.",
     "Talks on cybersecurity and fugitives", "cyber-exchange"),
    ("es", "Sostuvieron conversaciones acerca del correo directo.",
     "conversaciones acerca del correo directo", "direct-mail-talks"),
    ("es", "Sostuvieron consultas con Cuba sobre ciberseguridad.",
     "consultas sobre ciberseguridad", "cyber-exchange"),
    ("es", "Hubo una ronda de negociaciones sobre aviación civil.",
     "ronda de negociaciones sobre aviación civil", "civil-aviation-talks"),
    ("es", "Se celebró un intercambio técnico sobre sismología.",
     "intercambio técnico sobre sismología", None),
    ("es", "Las conversaciones ambientales concluyeron.", "conversaciones ambientales",
     "environment-talks"),
    ("es", "La mesa de diálogo sobre agricultura se reunió.",
     "mesa de diálogo sobre agricultura", "agriculture-working-group"),
    ("es", "Sesionó el taller sobre áreas marinas protegidas.",
     "taller sobre áreas marinas protegidas", "environment-talks"),
    ("es", "Las pláticas entre ambas partes sobre energía limpia siguieron.",
     "pláticas sobre energía limpia", None),
    ("en", "They met for talks on the implementation of the 1994 and 1995 U.S.-Cuba Migration Accords.",
     "talks on the implementation of the 1994 and 1995 U.S.-Cuba Migration Accords",
     "migration-talks"),
    ("es", "Sostuvieron conversaciones sobre la marcha de los acuerdos migratorios.",
     "conversaciones sobre la marcha de los acuerdos migratorios", "migration-talks"),
    ("es", "Hubo charlas sobre ciberseguridad.", "charlas sobre ciberseguridad", "cyber-exchange"),
]  # fmt: skip
NO_SERIES = [
    ("en", "They spoke by telephone about migration."),
    ("en", "The meeting dealt with direct mail."),
    ("en", "The talks do not change the policy of the United States on human rights."),
    ("en", "They signed a memorandum on direct mail."),
    ("en", "The Working Group met."),
    ("en", "A conversation on rice followed."),
    ("es", "Hablaron por teléfono sobre migración."),
    ("es", "La reunión abordó el correo directo."),
    ("es", "Las conversaciones no modifican la postura de Washington sobre los derechos humanos."),
    ("es", "Firmaron un memorando sobre correo directo."),
    ("es", "El Diálogo concluyó."),
    ("es", "La conversación del jueves giró en torno al arroz."),
]


NUMBERS = [
    ("en", "The second round of talks ended.", [2]),
    ("en", "The third such meeting was held.", [3]),
    ("en", "Their fourteenth round took place.", [14]),
    ("en", "The sixth U.S.-Cuba dialogue was held.", [6]),
    ("en", "The thirty-second round took place.", [32]),
    ("en", "The sixth U.S. official came.", []),
    ("en", "He was the third man of the department.", []),
    ("en", "They met on the sixth of this month.", []),
    ("en", "The XIV round took place.", [14]),
    ("en", "The 22nd round took place.", [22]),
    ("en", "The inaugural session was held.", [1]),
    ("en", "The twenty-first round was held.", [21]),
    ("en", "They met on the third floor.", []),
    ("en", "It was the twentieth anniversary of the accord.", []),
    ("en", "The Second Secretary came.", []),
    ("en", "Her second trip to Cuba began.", []),
    ("es", "La segunda ronda concluyó.", [2]),
    ("es", "El tercer encuentro de este tipo concluyó.", [3]),
    ("es", "La decimotercera ronda concluyó.", [13]),
    ("es", "La XII ronda concluyó.", [12]),
    ("es", "La ronda XXXII concluyó.", [32]),
    ("es", "La trigésima primera ronda concluyó.", [31]),
    ("es", "El primero de los cuales es la independencia.", []),
    ("es", "Era el cuarto nacional del otoño.", []),
    ("es", "La 2da ronda concluyó.", [2]),
    ("es", "La vigésima segunda ronda concluyó.", [22]),
    ("es", "La sesión inaugural se celebró.", [1]),
    ("es", "Se vieron en el tercer piso.", []),
    ("es", "Era el vigésimo aniversario del acuerdo.", []),
    ("es", "La segunda secretaria vino.", []),
    ("es", "Comenzó su segundo viaje a Cuba.", []),
]
SET_ASIDE = [
    ("en", "The embargo was {}on the agenda.", "not "),
    ("en", "They did {}discuss Haiti and the embargo.", "not "),
    ("en", "The talks {} the policy on human rights.", "do not affect"),
    ("en", "The meeting has {} to do with Guantanamo.", "nothing"),
    ("en", "There was {}talk of the embargo.", "no "),
    ("es", "El bloqueo {}figuraba en la agenda.", "no "),
    ("es", "{}e habló de derechos humanos.", "No s"),
    ("es", "El diálogo {} sacrificar los derechos humanos.", "no significa"),
    ("es", "La cita {} relación con Guantánamo.", "no guarda"),
    ("es", "Hubo reunión, {} del bloqueo.", "ni una palabra"),
]
_TOLD = {"en": "", "es": "S"}


def scene(text: str, language: str) -> Setting:
    """What the sentences of a small text hold."""
    return set_scene(read_article(article(text, language)), pack_for(language), load_world())


def topics(text: str, language: str) -> set[str]:
    """The topics that the links of a small text may choose from."""
    return {s.key for s in subjects_of("topic", Story(scene(text, language)))}


@pytest.mark.parametrize(("language", "text", "name", "entity"), SERIES, ids=[s[1] for s in SERIES])
def test_a_series_is_named_by_its_subject(
    language: str, text: str, name: str, entity: str | None
) -> None:
    found = [(d.name, d.entity) for told in scene(text, language).told for d in told.described]
    assert found == [(name, entity)]


@pytest.mark.parametrize(("language", "text"), NO_SERIES, ids=[s[1] for s in NO_SERIES])
def test_not_every_talk_of_a_subject_is_a_series(language: str, text: str) -> None:
    assert not [d for told in scene(text, language).told for d in told.described]


@pytest.mark.parametrize(("language", "text", "numbers"), NUMBERS, ids=[n[1] for n in NUMBERS])
def test_numbers_of_encounters_and_of_other_things(
    language: str, text: str, numbers: list[int]
) -> None:
    assert [o.number for told in scene(text, language).told for o in told.ordinals] == numbers


@pytest.mark.parametrize(("language", "text", "no"), SET_ASIDE, ids=[s[1] for s in SET_ASIDE])
def test_a_topic_that_is_set_aside_is_none(language: str, text: str, no: str) -> None:
    assert not topics(text.format(no), language)
    assert topics(text.format(_TOLD[language]), language)

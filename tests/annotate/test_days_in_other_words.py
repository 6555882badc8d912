"""Days, months and years as a hundred hands write them, and what looks like one and is none."""

from __future__ import annotations

import pytest

from articles import article
from uscuba_kg.annotate.calendar import resolve_dates
from uscuba_kg.annotate.dates import find_dates, load_date_words
from uscuba_kg.resources import packs_dir
from uscuba_kg.text import fold

THURSDAY = "2024-10-17"

Row = tuple[str, str, list[str]]


def values(text: str, language: str, published: str | None) -> list[str]:
    words = load_date_words(packs_dir() / language)
    found = find_dates(text, fold(text), words)
    return [m.value for m in resolve_dates(article(text, language, published), found, words)]


SEASONS: list[Row] = [
    ("en", "A fifth round is expected there in the spring.", ["2025"]),
    ("en", "The next one will be hosted in Miami in summer.", ["2025"]),
    ("en", "The minister will return the call next spring.", ["2025"]),
    ("en", "They will gather again before the winter games; in the fall they met.", ["2024"]),
    ("en", "A first session was held last summer.", ["2024"]),
    ("en", "The teams last met in the spring.", ["2024"]),
    ("en", "A return visit is planned for the second quarter.", ["2025"]),
    ("en", "The talks are set for the first half of the year.", ["2025"]),
    ("en", "The group sat down in the third quarter of the year.", ["2024"]),
    ("en", "They expect to meet again later in the year.", ["2024"]),
    ("en", "Since the fall of the wall nobody had asked.", []),
    ("en", "Prices saw a fall, and spring water was served.", []),
    ("en", "The spring number is out of print.", []),
    ("es", "La quinta ronda se celebrará en primavera.", ["2025"]),
    ("es", "Prometió que en el verano volverá con otra misión.", ["2025"]),
    ("es", "El próximo encuentro está previsto para la primavera próxima.", ["2025"]),
    ("es", "Quedó acordado que la ronda se efectúe durante el primer semestre.", ["2025"]),
    ("es", "La cita tendrá lugar en el segundo trimestre.", ["2025"]),
    ("es", "Se vieron por última vez el pasado verano.", ["2024"]),
    ("es", "Se reunieron en la primavera.", ["2024"]),
    ("es", "Las partes volverán a verse más adelante en el año.", ["2024"]),
    ("es", "La primavera de Praga y el general invierno no se mencionaron.", []),
    ("es", "Vino a su casa de verano.", []),
]

TENSES: list[Row] = [
    ("en", "The United States will be received on Monday by the minister.", ["2024-10-21"]),
    ("en", "On Monday the director for the United States will brief them.", ["2024-10-21"]),
    ("en", "She rang to say that a team would tour the mothballed hall in December.", ["2024-12"]),
    ("en", "In November, officials announced, both sides will sit down.", ["2024-11"]),
    ("en", "On Monday officials announced that they would meet.", ["2024-10-14"]),
    ("en", "The talks, the first since November, will be held in Havana.", ["2023-11"]),
    ("en", "The talks had been scheduled for September.", ["2024-09"]),
    ("en", "The delegation had been planning to leave in August.", ["2024-08"]),
    ("en", "A meeting is pencilled in for Washington in September.", ["2025-09"]),
    ("en", '"We will see," he said at the dinner given on Tuesday.', ["2024-10-15"]),
    ("en", "They return Wednesday.", ["2024-10-23"]),
    ("en", "They stay until Saturday.", ["2024-10-19"]),
    ("en", "They stayed until Tuesday.", ["2024-10-15"]),
    ("en", "He wants to see those who leave tomorrow for Havana and, on Monday, for Lima.",
     ["2024-10-18", "2024-10-21"]),
    ("en", "On a Monday like any other, and for a Tuesday, nobody came.", []),
    ("es", "«Otra vez será», le dijo en el almuerzo del martes.", ["2024-10-15"]),
    ("es", "En enero, ha dicho la Casa Blanca, irá a La Habana una delegación.", ["2025-01"]),
    ("es", "Dijo que el lunes viajará a Washington.", ["2024-10-21"]),
    ("es", "La ronda, la primera desde noviembre, se celebrará en La Habana.", ["2023-11"]),
    ("es", "Una cita fijada para septiembre se cayó por falta de luz.", ["2024-09"]),
    ("es", "La reunión que debían tener el lunes y el martes próximos no se efectuará.",
     ["2024-10-21/2024-10-22"]),
    ("es", "Ha de dirigir a quienes salen mañana para tratar allí, el lunes, el asunto.",
     ["2024-10-18", "2024-10-21"]),
    ("es", "El próximo turno es nuestro, anunció, que piensa en febrero.", ["2025-02"]),
    ("es", "Se acordó que un grupo de cirujanos venga en abril.", ["2025-04"]),
    ("es", "Mandará una misión antes de que termine diciembre.", ["2024-12"]),
    ("es", "La cita no duró más que un lunes.", []),
]  # fmt: skip

BESIDE_AN_EVENT: list[Row] = [
    ("en", "The talks were held on Wednesday. On the eve of the talks she saw the minister.",
     ["2024-10-16", "2024-10-15"]),
    ("en", "The accord was signed on October 8. The lunch was given the day after the signing.",
     ["2024-10-08", "2024-10-09"]),
    ("en", "The round took place on Tuesday. The day before the round he was received.",
     ["2024-10-15", "2024-10-14"]),
    ("en", "On Tuesday, the day after it landed, the group was received.", ["2024-10-15"]),
    ("en", "They signed on November 11, 2002. A month after that she called on him.",
     ["2002-11-11", "2002-12"]),
    ("en", "They last met in July 2016, seven months after a first round in Havana.",
     ["2016-07", "2015-12"]),
    ("en", "They met in July 2016, seven months after the embassies had opened.", ["2016-07"]),
    ("es", "Las conversaciones fueron el miércoles. La víspera de las conversaciones lo recibieron.",
     ["2024-10-16", "2024-10-15"]),
    ("es", "El acuerdo se firmó el martes. La víspera de la firma, expertos se habían reunido.",
     ["2024-10-15", "2024-10-14"]),
    ("es", "El acuerdo se firmó el martes. En la mañana del siguiente día sesionó la comisión.",
     ["2024-10-15", "2024-10-16"]),
    ("es", "La ceremonia fue el lunes 7. Un día después de la ceremonia se marchó.",
     ["2024-10-07", "2024-10-08"]),
    ("es", "Se vieron en julio de 2016, siete meses después de una cita inicial en La Habana.",
     ["2016-07", "2015-12"]),
    ("es", "Recibida el martes, pregunta por lo que hoy compran. Un día después la vio el ministro.",
     ["2024-10-15", "2024-10-17", "2024-10-16"]),
]  # fmt: skip

LENGTHS: list[Row] = [
    ("en", "Experts wound up a two-day exchange on counternarcotics on Wednesday.",
     ["2024-10-15/2024-10-16"]),
    ("en", "The accord was concluded Tuesday night. He headed one side in the two days of talks.",
     ["2024-10-14/2024-10-15"]),
    ("en", "It took four days of sessions, begun on Sunday.", ["2024-10-13/2024-10-16"]),
    ("en", "The talks opened on October 1 and had a break of two days.", ["2024-10-01"]),
    ("en", "They met on Tuesday. The two-day meeting was the third.", ["2024-10-15"]),
    ("es", "Finalizó ayer en esta capital el XI Encuentro Técnico entre los dos servicios, que "
     "sesionó por espacio de dos jornadas.", ["2024-10-15/2024-10-16"]),
    ("es", "El taller concluyó el martes. Las dos jornadas de trabajo fueron útiles.",
     ["2024-10-14/2024-10-15"]),
    ("es", "Se iniciaron el 1 de octubre y sufrieron una interrupción de dos días.", ["2024-10-01"]),
]  # fmt: skip

ANNIVERSARIES: list[Row] = [
    ("en", "Twenty-five years ago last Tuesday two men met. In March of the following year he came.",
     ["1999-10-15", "2000-03"]),
    ("en", "Forty years ago today they signed.", ["1984-10-17"]),
    ("en", "Thirty-five years ago this week a senator came.", ["1989"]),
    ("es", "Hoy hace veinte años que fracasó la negociación.", ["2004-10-17"]),
    ("es", "Hace quince años se vieron en Nueva York.", ["2009"]),
]  # fmt: skip

IN_NUMBERS: list[Row] = [
    ("en", "They met in July. On the 11th she led her colleagues through one more round.",
     ["2024-07", "2024-07-11"]),
    ("en", "They came in August. On the thirtieth, the envoy rang.", ["2024-08", "2024-08-30"]),
    ("en", "In September they came. All through the whole of the 15th and the 16th they sat there.",
     ["2024-09", "2024-09-15/2024-09-16"]),
    ("en", "In September they came. On the second, they took up visas.", ["2024-09"]),
    ("en", "It was July. The heat was great.", ["2024-07"]),
    ("es", "Se habló en marzo, durante cuatro días que terminaron el 29; fue útil.",
     ["2024-03", "2024-03-26/2024-03-29"]),
    ("es", "Era julio, hacía calor y se abría, el día 5, la primera sesión.",
     ["2024-07", "2024-07-05"]),
    ("es", "La visita fue en abril. Su sucesora asumirá el cargo el día 24.", ["2024-04", "2024-10-24"]),
    ("es", "Los asuntos corrientes se llevan por las embajadas.", []),
]  # fmt: skip

WEEKS: list[Row] = [
    ("en", "Last week, in Tampa, they met again. From Tuesday to Thursday they went over charts.",
     ["2024-10", "2024-10-08/2024-10-10"]),
    ("en", "Their visit begins on Monday. Tuesday's appointment is with the minister.",
     ["2024-10-21", "2024-10-22"]),
    ("en", "The flag was raised on September 20. On Thursday both sides met.",
     ["2024-09-20", "2024-10-17"]),
    ("en", "The round was held on July 16, a Tuesday. She asked on Tuesday for the list.",
     ["2024-07-16", "2024-10-15"]),
    ("es", "La semana pasada, en Miami, se vieron. El jueves revisaron las cartas.",
     ["2024-10", "2024-10-10"]),
    ("es", "El lunes 21 tendremos la ronda. El martes es otra cosa.", ["2024-10-21", "2024-10-22"]),
]  # fmt: skip

CASES = [*SEASONS, *TENSES, *BESIDE_AN_EVENT, *LENGTHS, *ANNIVERSARIES, *IN_NUMBERS, *WEEKS]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_the_day_that_other_words_mean(language: str, text: str, wanted: list[str]) -> None:
    assert values(text, language, THURSDAY) == wanted


HEAD_LINES = [
    ("en", "HEALTH | By Ann Smith | November 9, 2016 | 4 min read\n\nThey met on Monday.", "2016-11-07"),
    ("en", "THE LIGHT / English edition / Sunday 1 June 2025\n\nThey met on Friday.", "2025-05-30"),
    ("en", "GRAIN WEEKLY\nExport desk — Nov. 22, 2021\n\nLast Thursday they met.", "2021-11-18"),
    ("en", "The letter for shippers * Number 212 * October 2000\n\nThey met last month.", "2000-09"),
    ("en", "From the August 2004 issue of the Quarterly.\n\nThey met this past June.", "2004-06"),
    ("en", "Today, May 3, 2016, both sides met. They will meet again on Thursday.", "2016-05-05"),
    ("es", "MARTA RUIZ | Washington | 22 MAY 2015\n\nSe vieron el jueves.", "2015-05-21"),
    ("es", "Economía · 11 de noviembre de 2016 · 3 comentarios\n\nSe vieron el martes.", "2016-11-08"),
    ("es", "Se informa que ayer, 16 de marzo de 2016, se inició. Se verán el 22 de junio.", "2016-06-22"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "last"), HEAD_LINES)
def test_a_head_line_tells_the_day_of_an_article(language: str, text: str, last: str) -> None:
    assert values(text, language, None)[-1] == last


def test_a_full_date_line_tells_the_day_better_than_metadata() -> None:
    text = "Havana, December 4, 2024.\nA round took place today."
    assert values(text, "en", "2024-12-05") == ["2024-12-04", "2024-12-04"]


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "Talks — May 3 — were held in 2016. They met on Monday.", ["XXXX-05-03", "2016"]),
        ("en", "The accord of May 3, 2016 - nobody read it. They met on Friday.", ["2016-05-03"]),
        ("es", "Se recuerda el acuerdo del 3 de mayo de 2016. Se vieron el lunes.", ["2016-05-03"]),
    ],
)
def test_a_date_within_a_sentence_is_no_head_line(
    language: str, text: str, wanted: list[str]
) -> None:
    assert values(text, language, None) == wanted


STORIES = [
    # what somebody said later, the narrator's own year and what had been before give no story its year
    ("en", "On March 3, 1978, they flew to Havana. \"They gave us coffee,\" he recalled in 2004. A session that "
     "was to have been in Miami that October fell through.", None, ["1978-03-03", "2004", "1978-10"]),
    ("es", "Se sentaron el 1 de septiembre de 1994. «Habría firmado», me contó en 2003. La segunda parte la jugaron "
     "en Toronto en abril del año siguiente.", None, ["1994-09-01", "2003", "1995-04"]),
    ("es", "Nadie habló aquella mañana de 1977. Volvía a abrirse el edificio que habían dejado en enero de 1961. En "
     "marzo hubo un encuentro; lo demás se dejó para abril. El 30 de mayo se canjearon las notas.", "1987-09-01",
     ["1977", "1961-01", "1977-03", "1977-04", "1977-05-30"]),
    ("es", "Era vicepresidente cuando, en 2009, le avisaron. Tres años después nos cuenta cómo fue en su portal de la "
     "Víbora, con café y sin prisa. Vino una señora muy correcta, dice, y gente del correo, que hablaba poco y anotaba "
     "mucho. Fue el 17 de septiembre.", "2012-08-19", ["2009", "2012", "2009-09-17"]),
    ("es", "Estuvieron del lunes 25 al miércoles 27 de abril de 1977. El canciller los recibió el martes.", "1987-09-01",
     ["1977-04-25/1977-04-27", "1977-04-26"]),
    # the order of the dates in a sentence
    ("en", "The first was held on September 11, 2015; Washington followed in November, Havana on May 16, and "
     "Washington on September 30.", "2016-12-06", ["2015-09-11", "2015-11", "2016-05-16", "2016-09-30"]),
    ("es", "Celebró su primera reunión el 1 de junio de 2016, meses después de que los ministros firmaran, en marzo, un "
     "memorando.", "2017-05-08", ["2016-06-01", "2016-03"]),
    ("en", "It met on June 1, 2016, after the ministers had signed, in March, a memorandum.", "2017-05-08",
     ["2016-06-01", "2016-03"]),
    # papers are no story
    ("en", "Under the agreements of Sept. 9, 1994, and May 2, 1995, people are returned. Cuba refused to hold the round "
     "due in June.", "2000-12-05", ["1994-09-09", "1995-05-02", "2000-06"]),
    # texts without a day of their own
    ("es", "El jueves 26 y el viernes 27 de octubre de 2017 sesionó un taller. El viernes los recibió el ministro. El "
     "taller había sido acordado en una llamada que sostuvieron el 9 de agosto.", None,
     ["2017-10-26/2017-10-27", "2017-10-27", "2017-08-09"]),
    ("en", "The workshop was held on May 2 and 3, 2018. On Wednesday they spoke of visas. The next is to be held in "
     "March.", None, ["2018-05-02/2018-05-03", "2018-05-02"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "published", "wanted"), STORIES)
def test_a_story_its_telling_and_its_papers(
    language: str, text: str, published: str | None, wanted: list[str]
) -> None:
    assert values(text, language, published) == wanted

"""Who says something, in the ways of wire services, ministries and blogs.

Written as a reader would expect it, before a look at the rules. ``?`` is an unnamed speaker.
"""

from __future__ import annotations

import pytest

from articles import read
from uscuba_kg.model import Named, ThingKind

ENGLISH = [
    # Wire services: reporting verbs before, between and after.
    (
        "HAVANA, April 22 (Reuters) - Cuba said on Friday it would take back more of its citizens.",
        ["Cuba"],
    ),
    (
        "The talks were “frank,” State Department spokesman Ned Price told reporters on Thursday.",
        ["Ned Price"],
    ),
    (
        "“We came to listen,” said Emily Mendrala, who led the U.S. delegation. “And we did listen.”",
        ["Emily Mendrala"],
    ),
    (
        "“We came to listen,” Emily Mendrala told a news conference in Havana. "
        "“It was a long day,” she added.",
        ["Emily Mendrala", "Emily Mendrala"],
    ),
    (
        "“We are ready,” Johana Tablada, deputy director for the United States, told the AP in an "
        "interview, “but readiness is not enough.”",
        ["Johana Tablada"],
    ),
    (
        "The flights will resume in May, a U.S. official briefed on the talks said on condition of "
        "anonymity.",
        ["?"],
    ),
    (
        "A senior administration official, speaking on condition of anonymity, said the round had "
        "been useful. The official declined to say when the next one would be held.",
        ["?"],
    ),
    ("Two people familiar with the matter said the embassy would reopen its consulate.", ["?"]),
    ("Diplomats in Havana say the visit was arranged in a hurry.", ["?"]),
    ("Asked whether the embargo had come up, Price said it always does.", ["?"]),
    (
        "Ned Price, the State Department spokesman, spoke on Thursday. "
        "Asked whether the embargo had come up, Price said it always does.",
        ["Ned Price"],
    ),
    (
        "Cuban Foreign Minister Bruno Rodriguez on Tuesday accused Washington of stoking migration.",
        ["Bruno Rodriguez"],
    ),
    (
        "Cuban Foreign Minister Bruno Rodriguez wrote on Twitter that the measures were a step in "
        "the right direction.",
        ["Bruno Rodriguez"],
    ),
    (
        "“The blockade is still there,” Bruno Rodriguez tweeted late on Monday.",
        ["Bruno Rodriguez"],
    ),
    (
        "In a post on X, Deputy Foreign Minister Carlos Fernandez de Cossio called the decision "
        "“a betrayal.”",
        ["Carlos Fernandez de Cossio"],
    ),
    (
        "The U.S. Embassy in Havana said on social media that visa interviews would start on "
        "Wednesday.",
        ["Embassy"],
    ),
    (
        "The State Department said in a statement that both delegations had reviewed the migration "
        "accords. “We remain committed to safe migration,” the statement said.",
        ["Department", "Department"],
    ),
    (
        "“The delegation raised human rights,” the State Department said in a note to the press. "
        "It added that a date for another round had not been set.",
        ["Department", "Department"],
    ),
    (
        "The Cuban Foreign Ministry issued a communiqué after the talks. The text said that "
        "sanctions remained the main cause of migration.",
        ["Ministry"],
    ),
    (
        "According to the Cuban Foreign Ministry, the meeting took place in a respectful climate.",
        ["Ministry"],
    ),
    (
        "The meeting took place in a respectful climate, according to a statement from the Cuban "
        "Foreign Ministry.",
        ["Ministry"],
    ),
    (
        "A press release from the Department of Homeland Security said that the two sides had "
        "exchanged information on fraud.",
        ["Homeland"],
    ),
    (
        "“Our cooperation saves lives,” Rear Admiral Brendan McPherson was quoted as saying by "
        "Prensa Latina.",
        ["Brendan McPherson"],
    ),
    (
        "In the words of Senator Patrick Leahy, the policy was “a relic of another century.”",
        ["Patrick Leahy"],
    ),
    (
        "For Senator Patrick Leahy, the policy “is a relic.” He said so in Havana on Tuesday.",
        ["Patrick Leahy", "Patrick Leahy"],
    ),
    (
        "“I believe,” said Senator Patrick Leahy, “that the day will come.”",
        ["Patrick Leahy"],
    ),
    # One speaker's run of sentences.
    (
        "Josefina Vidal opened the press conference. She described the talks as respectful. "
        "She also noted that differences remained. Vidal insisted that Guantanamo must be returned.",
        ["Josefina Vidal"] * 3,
    ),
    (
        "Josefina Vidal spoke for an hour. “We have differences,” she said. “They are deep. They "
        "will not go away.” Even so, she concluded, neighbors must talk.",
        ["Josefina Vidal"] * 2,
    ),
    # Quotations over several paragraphs.
    (
        "Roberta Jacobson answered in Spanish.\n\n“We have a long way to go,” the assistant secretary "
        "said.\n\n“We have not been in this room together for decades, and it shows.\n\n"
        "“But we will be back.”",
        ["Roberta Jacobson"],
    ),
    # Colon.
    (
        "Roberta Jacobson was asked about Guantanamo. Her answer: “It is not on the table.”",
        ["Roberta Jacobson"],
    ),
    (
        "Cuba's Foreign Minister Bruno Rodriguez put it this way: “Nobody was asked to give up "
        "anything.”",
        ["Bruno Rodriguez"],
    ),
    # Interview, question and answer.
    (
        "An interview with Josefina Vidal\n\nQ: What did you agree on?\n\nA: We agreed to go on "
        "talking.\n\nQ: Nothing else?\n\nA: That is a great deal.",
        ["Josefina Vidal"] * 2,
    ),
    (
        "Ned Price briefed the press.\n\nQUESTION: Will there be another round?\n\n"
        "MR PRICE: There will be one in the autumn.",
        ["Ned Price"],
    ),
    # Ministries and press officers.
    (
        "“This dialogue enhances the security of the United States,” said the Department of State "
        "spokesperson.",
        ["?"],
    ),
    (
        "The Cuban delegation reiterated its concern over the embargo. The U.S. delegation, for its "
        "part, urged Cuba to release political prisoners.",
        ["Cuba", "U"],
    ),
    (
        "The Ministry of Foreign Affairs of Cuba denounced the new restrictions. The ministry also "
        "warned of their effect on families.",
        ["Ministry", "Ministry"],
    ),
    (
        "Speaking to lawmakers in Washington, Assistant Secretary Brian Nichols acknowledged that "
        "the results were modest.",
        ["Brian Nichols"],
    ),
    (
        "Brian Nichols, the assistant secretary of state, made clear that no concessions were "
        "offered.",
        ["Brian Nichols"],
    ),
    (
        "Both delegations expressed satisfaction with the results. Lianys Torres Rivera, Cuba's "
        "ambassador, thanked the hosts and expressed hope that the exchanges continue.",
        2,
    ),
    # Blogs.
    (
        "As Ambassador José Ramón Cabañas likes to say, the blockade is a fact of life.",
        ["Cabañas"],
    ),
    (
        "The Miami Herald reports that the delegations will meet again in March.",
        ["Miami Herald"],
    ),
    (
        "Ambassador Jeffrey DeLaurentis attended. The diplomat told the Associated Press he was "
        "optimistic.",
        ["Jeffrey DeLaurentis"],
    ),
    (
        "Jake Sullivan, the national security adviser, ruled out any change before the election, "
        "and Antony Blinken, the secretary of state, said he agreed.",
        ["Jake Sullivan", "Antony Blinken"],
    ),
    (
        "Officials from both countries stressed that the dialogue will continue.",
        ["?"],
    ),
    (
        "Critics say the deal rewards Havana, while supporters argue that isolation has failed.",
        ["?", "?"],
    ),
]

SPANISH = [
    (
        "LA HABANA, 22 abr (EFE).- Cuba afirmó este viernes que recibirá a más de sus ciudadanos.",
        ["Cuba"],
    ),
    (
        "Las conversaciones fueron «francas», dijo a la prensa el portavoz del Departamento de "
        "Estado, Ned Price.",
        ["Ned Price"],
    ),
    (
        "“Vinimos a escuchar”, dijo Emily Mendrala, que encabezó la delegación estadounidense. “Y "
        "escuchamos”.",
        ["Emily Mendrala"],
    ),
    (
        "«Fue un día largo», comentó Emily Mendrala en rueda de prensa. «Pero valió la pena», añadió.",
        ["Emily Mendrala", "Emily Mendrala"],
    ),
    (
        "“Estamos listos”, aseguró en entrevista con la AP Johana Tablada, subdirectora para Estados "
        "Unidos, “pero eso no basta”.",
        ["Johana Tablada"],
    ),
    (
        "Los vuelos se reanudarán en mayo, según un funcionario estadounidense que pidió el anonimato.",
        ["?"],
    ),
    (
        "Un alto funcionario del Gobierno, que habló bajo condición de anonimato, dijo que la ronda "
        "había sido útil. La fuente no quiso precisar la fecha de la próxima.",
        ["?"],
    ),
    ("Fuentes diplomáticas señalaron que la visita se organizó con prisa.", ["?"]),
    ("Según fuentes cercanas a la negociación, el consulado reabrirá sus puertas.", ["?"]),
    (
        "El canciller cubano, Bruno Rodríguez, acusó este martes a Washington de alentar la migración.",
        ["Bruno Rodríguez"],
    ),
    (
        "“El bloqueo sigue ahí”, escribió en Twitter el canciller Bruno Rodríguez.",
        ["Bruno Rodríguez"],
    ),
    (
        "A través de su cuenta en X, el viceministro Carlos Fernández de Cossío calificó la decisión "
        "de «traición».",
        ["Carlos Fernández de Cossío"],
    ),
    (
        "La Embajada de Estados Unidos en La Habana informó en redes sociales que las entrevistas de "
        "visado comenzarán el miércoles.",
        ["Embajada"],
    ),
    (
        "El Departamento de Estado indicó en un comunicado que ambas delegaciones revisaron los "
        "acuerdos migratorios. «Mantenemos nuestro compromiso», agrega el texto.",
        ["Departamento", "Departamento"],
    ),
    (
        "La Cancillería cubana emitió una nota tras el encuentro. El texto señala que las sanciones "
        "son la causa principal de la migración.",
        ["Cancillería"],
    ),
    (
        "Según la Cancillería cubana, la reunión transcurrió en un clima de respeto.",
        ["Cancillería"],
    ),
    (
        "La reunión transcurrió en un clima de respeto, de acuerdo con un comunicado del Ministerio "
        "de Relaciones Exteriores de Cuba.",
        ["Ministerio"],
    ),
    (
        "La reunión transcurrió con respeto, reza la nota de prensa del Ministerio de Relaciones "
        "Exteriores.",
        ["Ministerio"],
    ),
    (
        "En palabras del senador Patrick Leahy, esa política era «una reliquia de otro siglo».",
        ["Patrick Leahy"],
    ),
    (
        "Para el senador Patrick Leahy, esa política «es una reliquia». Así lo dijo el martes en La "
        "Habana.",
        ["Patrick Leahy"] * 2,
    ),
    (
        "A juicio de la embajadora Lianys Torres Rivera, los intercambios deben continuar.",
        ["Lianys Torres Rivera"],
    ),
    (
        "—Yo creo —dijo el senador Patrick Leahy— que ese día llegará.",
        ["Patrick Leahy"],
    ),
    (
        "Josefina Vidal abrió la conferencia de prensa. Calificó las conversaciones de respetuosas. "
        "También apuntó que persisten diferencias. Vidal insistió en que Guantánamo debe devolverse.",
        ["Josefina Vidal"] * 3,
    ),
    (
        "Josefina Vidal habló una hora. “Tenemos diferencias”, dijo. “Son profundas”. Aun así, "
        "concluyó, los vecinos deben conversar.",
        ["Josefina Vidal"] * 2,
    ),
    (
        "La subsecretaria Roberta Jacobson respondió en español.\n\n«Queda un largo camino», dijo la "
        "subsecretaria.\n\n«No habíamos estado en esta sala en décadas, y se nota.\n\n»Pero "
        "volveremos».",
        ["Roberta Jacobson"],
    ),
    (
        "La subsecretaria Roberta Jacobson fue tajante: «No está sobre la mesa».",
        ["Roberta Jacobson"],
    ),
    (
        "El canciller Bruno Rodríguez lo resumió así: “A nadie se le pidió renunciar a nada”.",
        ["Bruno Rodríguez"],
    ),
    (
        "Entrevista con Josefina Vidal\n\nP: ¿Qué acordaron?\n\nR: Acordamos seguir conversando.\n\n"
        "P: ¿Nada más?\n\nR: Eso es mucho.",
        ["Josefina Vidal"] * 2,
    ),
    (
        "Johana Tablada, subdirectora para Estados Unidos, recibió a este diario.\n\n"
        "—¿Habrá otra ronda?\n\n—Habrá una en otoño.",
        ["Johana Tablada"],
    ),
    (
        "La parte cubana reiteró su preocupación por el bloqueo. La parte estadounidense, por su "
        "lado, instó a Cuba a liberar a los presos políticos.",
        ["cubana", "estadounidense"],
    ),
    (
        "El Ministerio de Relaciones Exteriores de Cuba denunció las nuevas restricciones. El "
        "organismo alertó además sobre su efecto en las familias.",
        ["Ministerio", "Ministerio"],
    ),
    (
        "Ante legisladores en Washington, el subsecretario Brian Nichols reconoció que los "
        "resultados eran modestos.",
        ["Brian Nichols"],
    ),
    (
        "Brian Nichols, secretario de Estado adjunto, dejó claro que no hubo concesiones.",
        ["Brian Nichols"],
    ),
    (
        "Como suele repetir el embajador José Ramón Cabañas, el bloqueo es un hecho.",
        ["Cabañas"],
    ),
    (
        "El Nuevo Herald informa que las delegaciones volverán a verse en marzo.",
        ["Nuevo Herald"],
    ),
    (
        "El embajador Jeffrey DeLaurentis asistió. El diplomático confesó a la AP que era optimista.",
        ["Jeffrey DeLaurentis"],
    ),
    (
        "Jake Sullivan, asesor de seguridad nacional, descartó cambios antes de las elecciones, y "
        "Antony Blinken, secretario de Estado, dijo estar de acuerdo.",
        ["Jake Sullivan", "Antony Blinken"],
    ),
    (
        "Funcionarios de ambos países subrayaron que el diálogo continuará.",
        ["?"],
    ),
    (
        "Sus críticos dicen que el acuerdo premia a La Habana, mientras sus defensores sostienen que "
        "el aislamiento fracasó.",
        ["?", "?"],
    ),
    (
        "Preguntado por el embargo, el portavoz Ned Price dijo que siempre sale a relucir.",
        ["Ned Price"],
    ),
    (
        "Un portavoz del Departamento de Estado confirmó la visita a esta agencia.",
        ["?"],
    ),
    (
        "Se trata de un paso positivo, opinó el profesor Carlos Alzugaray, exembajador cubano.",
        ["Carlos Alzugaray"],
    ),
    (
        "Lo dicho por el vicecanciller Carlos Fernández de Cossío coincide con lo que publicó el "
        "diario. “No hay nada nuevo”, apuntó el vicecanciller.",
        ["Cossío"],
    ),
    (
        "“Fue un intercambio útil”, expresó Carlos Fernández de Cossío, quien además explicó que no "
        "hubo compromisos.",
        ["Cossío"] * 2,
    ),
]

SILENT_ENGLISH = [
    "The two delegations met in Havana on Tuesday and agreed to meet again.",
    "Josefina Vidal led the delegation and left for Washington on Friday.",
    "The State Department did not immediately respond to a request for comment.",
    "Neither delegation spoke to the press.",
    "Cuba says nothing about the matter.",
    "The so-called “wet foot, dry foot” policy ended in 2017.",
    "It is said that the talks will be held in Havana.",
    "The accord says that 20,000 visas are to be issued each year.",
    "Josefina Vidal will address the press after the talks.",
    "What Emily Mendrala is going to say is not known.",
    "Emily Mendrala refused to answer questions.",
    "Johana Tablada is said to have led the delegation.",
    "The statement of Josefina Vidal was long awaited.",
    "The two sides told each other goodbye.",
    "“Cubans in America” is the title of her book about the Mariel boatlift.",
    "The parties exchanged views on human rights, and the delegations were received by officials.",
]

SILENT_SPANISH = [
    "Las dos delegaciones se reunieron el martes en La Habana y acordaron volver a verse.",
    "Josefina Vidal encabezó la delegación y viajó a Washington el viernes.",
    "El Departamento de Estado no respondió de inmediato a una solicitud de comentarios.",
    "Ninguna de las delegaciones habló con la prensa.",
    "Cuba no ha dicho nada sobre el asunto.",
    "La llamada política de «pies secos, pies mojados» terminó en 2017.",
    "Se dice que las conversaciones serán en La Habana.",
    "El acuerdo dice que se entregarán 20.000 visas cada año.",
    "Josefina Vidal hablará con la prensa tras las conversaciones.",
    "No se sabe qué dirá Emily Mendrala.",
    "Emily Mendrala se negó a responder preguntas.",
    "La declaración de Josefina Vidal era muy esperada.",
    "Johana Tablada habría encabezado la delegación.",
    "«Cubanos en América» es el título de su libro sobre el Mariel.",
    "Las partes intercambiaron criterios sobre derechos humanos.",
    "La delegación fue recibida por funcionarios, quienes le mostraron el museo.",
]


NOT_YET = [
    (
        "en",
        "Senator Patrick Leahy spoke first. The embargo, said the Vermont Democrat, had failed.",
        ["Patrick Leahy"],
    ),
    (
        "es",
        "El senador Patrick Leahy habló primero. El embargo, sostuvo el demócrata de Vermont, ha "
        "fracasado.",
        ["Patrick Leahy"],
    ),
    (
        "es",
        "El presidente Miguel Díaz-Canel agradeció la visita y expresó la voluntad de Cuba de mejorar "
        "los vínculos.",
        ["Díaz-Canel", "Díaz-Canel"],
    ),
]


def speakers(text: str, language: str) -> list[str]:
    """The speakers of a text, in its order; ``?`` for one without a name."""
    found = []
    for statement in read(text, language).statements:
        who = statement.speaker.value
        assert isinstance(who, Named)
        found.append("?" if who.kind is ThingKind.SPEAKER else who.name)
    return found


CASES = [
    *(("en", text, wanted) for text, wanted in ENGLISH),
    *(("es", text, wanted) for text, wanted in SPANISH),
    *(("en", text, []) for text in SILENT_ENGLISH),
    *(("es", text, []) for text in SILENT_SPANISH),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[t[:60] for _, t, _ in CASES])
def test_who_says_something(language: str, text: str, wanted: list[str] | int) -> None:
    found = speakers(text, language)
    if isinstance(wanted, int):
        assert len(found) == wanted, found
        return
    assert len(found) == len(wanted), found
    for name, part in zip(found, wanted, strict=True):
        assert part in name, found


@pytest.mark.xfail(strict=True, reason="a party's name, or a second verb, is not yet followed")
@pytest.mark.parametrize(
    ("language", "text", "wanted"), NOT_YET, ids=[t[:60] for _, t, _ in NOT_YET]
)
def test_who_will_one_day_say_something(language: str, text: str, wanted: list[str]) -> None:
    assert len(speakers(text, language)) == len(wanted)

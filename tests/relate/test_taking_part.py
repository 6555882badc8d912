"""Who is found to have taken part, and who never is, however a hundred sentences put it.

Held up to the rules and laws alone; what the weights make of them changes with each training.
"""

from __future__ import annotations

import hashlib

import pytest

from uscuba_kg.annotate.annotate import annotate
from uscuba_kg.model import Article
from uscuba_kg.packs.load import pack_for
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.part_cues import is_out, side_of
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.world import load_world

PRESENT = [
    ("en", "At Josefina Vidal's side throughout was Brenda Haskell, who runs the office.", ("Brenda Haskell",)),
    ("en", "There too were Gustavo Machín and Yoel Hernández Rúa.", ("Gustavo Machín", "Yoel Hernández Rúa")),
    ("en", "Josefina Vidal had with her two aides, Gustavo Machín and Yoel Hernández Rúa.", ("Gustavo Machín", "Yoel Hernández Rúa")),
    ("en", "Representing the Foreign Ministry were Gustavo Machín and Yoel Hernández Rúa.", ("Gustavo Machín", "Yoel Hernández Rúa")),
    ("en", "Roberta Jacobson flew to Havana to meet Josefina Vidal.", ("Josefina Vidal", "Roberta Jacobson")),
    ("en", "Roberta Jacobson and Josefina Vidal shared a table.", ("Josefina Vidal", "Roberta Jacobson")),
    ("en", "Presentations were given by Yaneisy Mora and Brenda Haskell.", ("Brenda Haskell", "Yaneisy Mora")),
    ("en", "Brenda Haskell was also among the visitors.", ("Brenda Haskell",)),
    ("es", "Los atendía el teniente coronel Rubén Sem.", ("Rubén Sem",)),
    ("es", "Les hizo de guía el teniente coronel Rubén Sem.", ("Rubén Sem",)),
    ("es", "Por La Habana hablaba Rubén Sem Ortega.", ("Rubén Sem Ortega",)),
    ("es", "Encabezó el grupo Brenda Haskell, con quien estuvo el encargado de negocios, Jeffrey DeLaurentis.", ("Jeffrey DeLaurentis",)),
    ("es", "Estuvieron además Gustavo Machín y Yoel Hernández Rúa.", ("Gustavo Machín", "Yoel Hernández Rúa")),
    ("es", "Estará al mando de la delegación Brenda Haskell.", ("Brenda Haskell",)),
    ("es", "Pedro Luis Pedroso tenía a su cargo la delegación.", ("Pedro Luis Pedroso",)),
    ("es", "Josefina Vidal y Roberta Jacobson compartieron mesa.", ("Josefina Vidal", "Roberta Jacobson")),
    ("en", "The Departments of State, Homeland Security, and Justice represented the United States.", ("Department of Homeland Security", "Department of Justice", "Department of State")),
    ("en", "The U.S. delegation included officials from the Departments of State, Justice and Homeland Security and from the U.S. Coast Guard.", ("Department of Homeland Security", "Department of Justice", "Department of State", "U.S. Coast Guard")),
    ("en", "Representatives of the Ministries of the Interior, Justice and Foreign Affairs attended for Cuba.", ("Ministry of Foreign Affairs", "Ministry of Interior", "Ministry of Justice")),
    ("en", "On the Cuban side sat officials of the Ministry of the Interior, the Attorney General's Office and the General Customs of the Republic.", ("Attorney General's Office", "General Customs of the Republic", "Ministry of Interior")),
    ("en", "The talks were co-chaired by the Department of Justice's Office of International Affairs and the Cuban Ministry of the Interior.", ("Cuban Ministry of the Interior", "Office of International Affairs")),
    ("en", "The Department of State's Bureau of Western Hemisphere Affairs and the Department of Homeland Security's Office of International Affairs co-chaired the dialogue.", ("Bureau of Western Hemisphere Affairs", "Office of International Affairs")),
    ("en", "Experts from NOAA's National Weather Service and Cuba's Institute of Meteorology compared notes at the table.", ("Institute of Meteorology", "National Weather Service")),
    ("en", "The U.S. team drew on the Federal Bureau of Investigation, U.S. Customs and Border Protection, and Immigration and Customs Enforcement.", ("Federal Bureau of Investigation", "Immigration and Customs Enforcement", "U.S. Customs and Border Protection")),
    ("en", "Also taking part were the Drug Enforcement Administration (DEA) and the Coast Guard's Seventh District.", ("Drug Enforcement Administration", "Seventh District")),
    ("en", "Specialists of the Directorate of Counternarcotics of the Ministry of the Interior joined the session.", ("Directorate of Counternarcotics",)),
    ("en", "The U.S. delegation was led by Harriet Blomqvist, Deputy Assistant Attorney General; Dwayne Ocasio-Trask, Acting Assistant Secretary for Border Policy; and Lena Marchetti, Deputy Assistant Secretary for Western Hemisphere Affairs.", ("Dwayne Ocasio-Trask", "Harriet Blomqvist", "Lena Marchetti")),
    ("en", "The Cuban delegation was headed by Colonel Víctor Álvarez Valle and included Yoel Hernández Rúa, deputy director at the Foreign Ministry, and Lieutenant Colonel Iván Ruiz Mata.", ("Iván Ruiz Mata", "Víctor Álvarez Valle", "Yoel Hernández Rúa")),
    ("en", "Deputy Foreign Minister Josefina Vidal and Assistant Secretary of State Roberta Jacobson co-chaired the session.", ("Josefina Vidal", "Roberta Jacobson")),
    ("en", "Johana Tablada, deputy director general for the United States, chaired for Cuba.", ("Johana Tablada",)),
    ("en", "She was accompanied by Ambassador Lianys Torres Rivera and First Secretary Ignacio del Pozo y Lara.", ("Ignacio del Pozo y Lara", "Lianys Torres Rivera")),
    ("en", "With him at the table were Rear Adm. Colleen Furlong, commander of the Seventh District, and Capt. Amos P. Whitlock Jr.", ("Amos P. Whitlock Jr", "Colleen Furlong")),
    ("en", "Chargé d'Affaires Benjamin Ziff joined the U.S. team.", ("Benjamin Ziff",)),
    ("en", "The team from Washington was made up of Marta van der Hoeven, a lawyer at the Justice Department, and two agents.", ("Marta van der Hoeven",)),
    ("en", "The acting head of the Office of Cuban Affairs, Tobias Rensselaer, sat across from Colonel Eulalia Bécquer de la Paz.", ("Eulalia Bécquer de la Paz", "Tobias Rensselaer")),
    ("en", "Among those taking part for Cuba were Mario Méndez Mayedo of the Interior Ministry and prosecutor Yamila Sotolongo Peña.", ("Mario Méndez Mayedo", "Yamila Sotolongo Peña")),
    ("en", "Leading the Cuban team was Jesús Perz Calderón, who heads the Directorate for Migration.", ("Jesús Perz Calderón",)),
    ("en", "The two delegations were presided over by Brigadier General Rolando Quiala Ferrer and by Deputy Assistant Secretary Nadine Oberholt.", ("Nadine Oberholt", "Rolando Quiala Ferrer")),
    ("en", "Vice Minister Elio Savón met with Under Secretary Brenda Haskell, and the two then toured the port.", ("Brenda Haskell", "Elio Savón")),
    ("en", "Present for the American side were Owen Tarrant, Sheila Nakamura-Boyd and Luis F. Arrechea.", ("Luis F. Arrechea", "Owen Tarrant", "Sheila Nakamura-Boyd")),
    ("en", "Senators Margo Easterling (D-WA) and Peter Quarrington (R-KS) sat in on the morning session.", ("Margo Easterling", "Peter Quarrington")),
    ("en", "The Cubans were represented by the Foreign Ministry's director for North America, Gerardo Peñate Sosa, and his deputy, Celia Ibarra.", ("Celia Ibarra", "Gerardo Peñate Sosa")),
    ("en", "Bruno Rodríguez received Secretary of Agriculture Tom Vilsack at the ministry on Monday.", ("Bruno Rodríguez", "Tom Vilsack")),
    ("en", "The session was opened by Director General Isabel Quevedo Roca and closed by Assistant Director Wendell Pike.", ("Isabel Quevedo Roca", "Wendell Pike")),
    ("en", "Rounding out the U.S. party were Deputy Chief of Mission Alicia Thornbury and political officer Grant Yoder.", ("Alicia Thornbury", "Grant Yoder")),
    ("en", "Commissioner Rafe Dunleavy of U.S. Customs and Border Protection signed for the United States and General Customs chief Nelson Cordovés Reyes for Cuba.", ("Nelson Cordovés Reyes", "Rafe Dunleavy")),
    ("en", "Interior Minister Lázaro Alberto Álvarez Casas held a separate meeting with Attorney General Loretta Lynch.", ("Loretta Lynch", "Lázaro Alberto Álvarez Casas")),
    ("en", "Officials from the Office of the Legal Adviser, the Bureau of International Narcotics and Law Enforcement Affairs and the U.S. Embassy in Havana attended.", ("Bureau of International Narcotics and Law Enforcement Affairs", "Office of the Legal Adviser", "U.S. Embassy in Havana")),
    ("en", "The hosts were Deputy Prosecutor General Lisette Martínez Luzardo and the Ministry of Justice.", ("Lisette Martínez Luzardo", "Ministry of Justice")),
    ("en", "Delegates came from the Treasury Department's Office of Foreign Assets Control and from the Central Bank of Cuba.", ("Central Bank of Cuba", "Office of Foreign Assets Control")),
    ("en", "Taking notes for the Americans was Ellen Strand, the desk officer for Cuba.", ("Ellen Strand",)),
    ("en", "The Cuban negotiating team, which Pedro Luis Pedroso headed, counted Colonel Ramiro Duque among its members.", ("Pedro Luis Pedroso", "Ramiro Duque")),
    ("en", "U.S. participants included Homeland Security Assistant Secretary Serena Hoy and Emily Mendrala of the State Department.", ("Emily Mendrala", "Serena Hoy")),
    ("en", "Admiral Paul Zukunft flew in with a Coast Guard team and met General Ramón Espinosa Martín.", ("Paul Zukunft", "Ramón Espinosa Martín")),
    ("en", "The American side fielded seven agencies, among them the Coast Guard, the Drug Enforcement Administration and the Transportation Security Administration.", ("Coast Guard", "Drug Enforcement Administration", "Transportation Security Administration")),
    ("en", "Group Supervisor Luther F. Tirado of the Drug Enforcement Administration took part for the United States.", ("Luther F. Tirado",)),
    ("es", "Asistieron representantes de los ministerios de Justicia y del Interior.", ("Ministerio de Interior", "Ministerio de Justicia")),
    ("es", "La delegación estadounidense estuvo integrada por funcionarios de los departamentos de Estado, Justicia y Seguridad Nacional.", ("Departamento de Estado", "Departamento de Justicia", "Departamento de Seguridad Nacional")),
    ("es", "Por la parte cubana asistieron funcionarios del Ministerio del Interior, la Fiscalía General de la República, la Aduana General de la República y el Ministerio de Relaciones Exteriores.", ("Aduana General de la República", "Fiscalía General de la República", "Ministerio de Relaciones Exteriores", "Ministerio del Interior")),
    ("es", "Por la parte estadounidense participaron el Servicio de Guardacostas, la Oficina Federal de Investigaciones y la Administración para el Control de Drogas.", ("Administración para el Control de Drogas", "Oficina Federal de Investigaciones", "Servicio de Guardacostas")),
    ("es", "La delegación cubana fue presidida por el coronel Víctor Álvarez Valle, segundo jefe de la Dirección Antidrogas, e integrada por Yoel Hernández Rúa, subdirector de la Cancillería.", ("Víctor Álvarez Valle", "Yoel Hernández Rúa")),
    ("es", "La delegación cubana estuvo encabezada por Johana Tablada de la Torre, subdirectora general de Estados Unidos, y la estadounidense por Emily Mendrala, subsecretaria de Estado adjunta.", ("Emily Mendrala", "Johana Tablada de la Torre")),
    ("es", "Copresidieron las conversaciones la directora general Josefina Vidal Ferreiro y el subsecretario adjunto Edward Alex Lee.", ("Edward Alex Lee", "Josefina Vidal Ferreiro")),
    ("es", "Estuvo acompañado por la fiscal Yamila Sotolongo Peña y por el teniente coronel Iván Ruiz Mata.", ("Iván Ruiz Mata", "Yamila Sotolongo Peña")),
    ("es", "Por Estados Unidos encabezó la delegación el encargado de negocios Benjamin Ziff.", ("Benjamin Ziff",)),
    ("es", "En la mesa estuvieron además Harriet Blomqvist, del Departamento de Justicia, y Dwayne Ocasio, de la Guardia Costera.", ("Dwayne Ocasio", "Harriet Blomqvist")),
    ("es", "La parte norteamericana la encabezó Nadine Oberholt, secretaria asistente interina para Asuntos del Hemisferio Occidental.", ("Nadine Oberholt",)),
    ("es", "Al frente de los visitantes vino el contralmirante Everett Colby, jefe del Séptimo Distrito de la Guardia Costera.", ("Everett Colby",)),
    ("es", "El vicecanciller Carlos Fernández de Cossío recibió a la subsecretaria Brenda Haskell en la sede del Ministerio.", ("Brenda Haskell", "Carlos Fernández de Cossío")),
    ("es", "El ministro del Interior, general de división Lázaro Alberto Álvarez Casas, se reunió por separado con la fiscal general Loretta Lynch.", ("Loretta Lynch", "Lázaro Alberto Álvarez Casas")),
    ("es", "Participaron asimismo expertos del Servicio Meteorológico Nacional y del Instituto de Meteorología.", ("Instituto de Meteorología", "Servicio Meteorológico Nacional")),
    ("es", "Formaron parte del equipo cubano el capitán de navío Orestes Llanes Mestre y la doctora Celia Ibarra Roca.", ("Celia Ibarra Roca", "Orestes Llanes Mestre")),
    ("es", "La delegación de Estados Unidos la integraron, entre otros, Owen Tarrant, Sheila Nakamura y Luis F. Arrechea.", ("Luis F. Arrechea", "Owen Tarrant", "Sheila Nakamura")),
    ("es", "Tomó parte en los debates el jefe de la Dirección Nacional Antidrogas, coronel Ramiro Duque.", ("Ramiro Duque",)),
    ("es", "Asistió la vicejefa de la Fiscalía, Lisette Martínez Luzardo.", ("Lisette Martínez Luzardo",)),
    ("es", "Los senadores Margo Easterling y Peter Quarrington estuvieron en la sesión de la mañana.", ("Margo Easterling", "Peter Quarrington")),
    ("es", "Firmaron por Cuba el ministro Rodrigo Malmierca y por Estados Unidos la secretaria Penny Pritzker.", ("Penny Pritzker", "Rodrigo Malmierca")),
    ("es", "Inauguró el taller el viceministro primero Elio Savón Oliva.", ("Elio Savón Oliva",)),
    ("es", "El encuentro contó con la participación de la Oficina de Asuntos Internacionales del Departamento de Justicia.", ("Oficina de Asuntos Internacionales del Departamento de Justicia",)),
    ("es", "Entre los presentes se hallaban Mario Méndez Mayedo, de la Dirección de Identificación, Inmigración y Extranjería, y la abogada Rosa Ileana Cuza.", ("Mario Méndez Mayedo", "Rosa Ileana Cuza")),
    ("es", "La representación de la isla estuvo a cargo de Gerardo Peñate Sosa, director de América del Norte.", ("Gerardo Peñate Sosa",)),
    ("es", "Ambas delegaciones, lideradas por Marc Rosenblum y Jesús Perz Calderón, revisaron los acuerdos.", ("Jesús Perz Calderón", "Marc Rosenblum")),
    ("es", "Acudieron especialistas de la Dirección Nacional Antidrogas del Ministerio del Interior y de las Tropas Guardafronteras.", ("Dirección Nacional Antidrogas del Ministerio del Interior", "Tropas Guardafronteras")),
    ("es", "Presidió el grupo visitante el comisionado interino Rafe Dunleavy, de la Oficina de Aduanas y Protección Fronteriza.", ("Rafe Dunleavy",)),
    ("es", "El canciller Bruno Rodríguez Parrilla sostuvo un encuentro con el congresista James McGovern.", ("Bruno Rodríguez Parrilla", "James McGovern")),
    ("es", "Junto a él se sentaron el consejero Tobias Rensselaer y la oficial política Grace Yoder.", ("Grace Yoder", "Tobias Rensselaer")),
    ("es", "La directora de Asuntos Cubanos, Ellen Strand, y el entonces embajador José Ramón Cabañas conversaron durante una hora.", ("Ellen Strand", "José Ramón Cabañas")),
    ("es", "Por la parte anfitriona hablaron la vicefiscal general Yolanda Prats y el mayor Damián Ortega Lien.", ("Damián Ortega Lien", "Yolanda Prats")),
    ("es", "Los ministerios del Interior y de Relaciones Exteriores representaron a Cuba en las conversaciones.", ("Ministerio de Interior", "Ministerio de Relaciones Exteriores")),
    ("es", "Completaron la comitiva el director adjunto Wendell Pike, la jefa de sección consular Alicia Thornbury y dos agentes.", ("Alicia Thornbury", "Wendell Pike")),
    ("es", "A la cabeza de la delegación cubana figuró el general de brigada Rolando Quiala Ferrer.", ("Rolando Quiala Ferrer",)),
    ("es", "Los anfitriones fueron el Ministerio de Justicia y la Fiscalía General de la República.", ("Fiscalía General de la República", "Ministerio de Justicia")),
    ("es", "El ex embajador Jeffrey DeLaurentis viajó a la isla al frente del grupo.", ("Jeffrey DeLaurentis",)),
    ("es", "Los fiscales Reynier Cuesta Amador y Lisbet Garcés Toirac asistieron a la reunión.", ("Lisbet Garcés Toirac", "Reynier Cuesta Amador")),
    ("es", "La acompañaban Hakeem T. Saldívar (Nueva Jersey) y el congresista Grant Eberhardt.", ("Grant Eberhardt", "Hakeem T. Saldívar")),
    ("es", "Por el Departamento de Justicia, la abogada Harriet Blomqvist integró la delegación visitante.", ("Harriet Blomqvist",)),
]  # fmt: skip
ABSENT = [
    ("en", "Brenda Haskell was among the critics of the talks."),
    ("en", "Roberta Jacobson and Josefina Vidal share a birthday."),
    ("es", "Por La Habana pasa un huracán, según Rubén Sem Ortega."),
    ("es", "Brenda Haskell tenía a su cargo dos museos."),
    ("en", "Maj. Thad Mumford did not attend the session."),
    ("en", "In the absence of Minister Rodrigo Malmierca, the talks were short."),
    ("en", "They asked for the release of the jailed Alan Gross."),
    ("en", "A wreath was laid at the statue of José Martí."),
    ("en", "State Department spokesman Ned Price told reporters that the talks were useful."),
    ("en", "White House press secretary Karine Jean-Pierre declined to comment on the meeting."),
    ("en", "Senator Bob Menendez criticized the talks in a statement."),
    ("en", "“These meetings reward a dictatorship,” said Representative María Elvira Salazar."),
    ("en", "The talks were first proposed by President Barack Obama in 2014."),
    ("en", "The policy was changed under President Donald Trump."),
    ("en", "William LeoGrande, a professor at American University, called the meeting overdue."),
    ("en", "His predecessor, Roberta Jacobson, left the post in 2018."),
    ("en", "Secretary of State Antony Blinken was not in the room."),
    ("en", "Analyst Peter Kornbluh of the National Security Archive followed the talks from Washington."),
    ("en", "The talks come two years after the death of Fidel Castro."),
    ("en", "The Cuban Observatory of Human Rights denounced the meeting."),
    ("en", "The Miami Herald first reported the meeting."),
    ("en", "A report by the Department of Justice describes the smuggling routes."),
    ("en", "Demonstrators gathered outside the U.S. Embassy in Havana."),
    ("en", "Cuban President Miguel Díaz-Canel wrote on Twitter that dialogue is possible."),
    ("en", "Alan Gross, a contractor of the Agency for International Development, has been held in Cuba since 2009."),
    ("en", "The Senate Foreign Relations Committee will hold a hearing next week, its chairman, Ben Cardin, said."),
    ("en", "Migrants are often returned by the Coast Guard at sea."),
    ("en", "The U.S. government maintains sanctions on the Ministry of the Interior."),
    ("en", "The two governments agreed to meet again, according to a statement of the Cuban Ministry of Foreign Affairs."),
    ("en", "The former foreign minister Felipe Pérez Roque wrote a book about the accords."),
    ("es", "El mayor Tadeo Mumford no asistió a la sesión."),
    ("es", "En ausencia del ministro Rodrigo Malmierca, las conversaciones fueron breves."),
    ("es", "Pidieron que se libere al preso Alan Gross."),
    ("es", "Depositaron una ofrenda ante la estatua de José Martí."),
    ("es", "El portavoz del Departamento de Estado, Ned Price, dijo a la prensa que las conversaciones fueron útiles."),
    ("es", "El senador Bob Menéndez criticó las conversaciones en un comunicado."),
    ("es", "“Estas reuniones premian a una dictadura”, afirmó la congresista María Elvira Salazar."),
    ("es", "Las conversaciones fueron propuestas por el presidente Barack Obama en 2014."),
    ("es", "La política cambió durante la administración del presidente Donald Trump."),
    ("es", "William LeoGrande, profesor de la American University, calificó de tardía la reunión."),
    ("es", "Su predecesora, Roberta Jacobson, dejó el cargo en 2018."),
    ("es", "El secretario de Estado Antony Blinken no asistió a la reunión."),
    ("es", "El analista Peter Kornbluh siguió las conversaciones desde Washington."),
    ("es", "Las conversaciones llegan siete años después de la muerte de Fidel Castro."),
    ("es", "El Observatorio Cubano de Derechos Humanos denunció la reunión."),
    ("es", "El diario Granma informó de la reunión."),
    ("es", "Un informe del Departamento de Justicia describe las rutas del contrabando."),
    ("es", "Varias personas protestaron frente a la Embajada de Estados Unidos en La Habana."),
    ("es", "El presidente Miguel Díaz-Canel escribió en Twitter que el diálogo es posible."),
    ("es", "Alan Gross, contratista de la Agencia para el Desarrollo Internacional, está preso en Cuba desde 2009."),
    ("es", "El Comité de Relaciones Exteriores del Senado celebrará una audiencia, anunció su presidente, Ben Cardin."),
    ("es", "Los migrantes suelen ser devueltos por el Servicio de Guardacostas."),
    ("es", "El Gobierno de Estados Unidos mantiene sanciones contra el Ministerio del Interior."),
    ("es", "Según una nota del Ministerio de Relaciones Exteriores, las partes volverán a reunirse."),
    ("es", "El excanciller Felipe Pérez Roque escribió un libro sobre los acuerdos."),
    ("es", "La vocera de la Casa Blanca, Karine Jean-Pierre, no quiso comentar la reunión."),
]  # fmt: skip
SIDES = [
    ("en", "The Cuban delegation was headed by Colonel Víctor Álvarez Valle.", {"Víctor Álvarez Valle": "cuba"}),
    ("en", "The team was led by Priya Raghunathan, from the United States Geological Survey.", {"Priya Raghunathan": "united-states"}),
    ("en", "Josefina Vidal was accompanied by Yoel Hernández Rúa and Celia Ibarra.", {"Yoel Hernández Rúa": "cuba", "Celia Ibarra": "cuba"}),
    ("en", "Josefina Vidal met with Brenda Haskell.", {"Brenda Haskell": "united-states"}),
    ("en", "Rep. Ardis Quill met with the visitors.", {"Ardis Quill": "united-states"}),
    ("es", "La delegación cubana fue presidida por el coronel Víctor Álvarez Valle.", {"Víctor Álvarez Valle": "cuba"}),
    ("es", "Encabezó el equipo Harriet Blomqvist, del Departamento de Justicia de Estados Unidos.", {"Harriet Blomqvist": "united-states"}),
    ("es", "A Josefina Vidal la acompañaron Yoel Hernández Rúa y Celia Ibarra.", {"Yoel Hernández Rúa": "cuba", "Celia Ibarra": "cuba"}),
    ("es", "Josefina Vidal se reunió con Brenda Haskell.", {"Brenda Haskell": "united-states"}),
    ("es", "El gobernador de Kansas, Ardis Quill, llegó a La Habana.", {"Ardis Quill": "united-states"}),
    ("en", "Yoel Hernández Rúa praised Brenda Haskell.", {"Yoel Hernández Rúa": None, "Brenda Haskell": None}),
]  # fmt: skip


def story(language: str, text: str) -> Story:
    pack, world = pack_for(language), load_world()
    article = Article(text, hashlib.sha256(text.encode()).hexdigest(), "example", language)
    return Story(set_scene(annotate(article, pack, world), pack, world))


def present(language: str, text: str) -> set[str]:
    told = story(language, text)
    return {
        actor.mention.value
        for actor in told.cast
        if any(a.castings for a in actor.appearances) and not is_out(actor, told)
    }


@pytest.mark.parametrize(("language", "text", "wanted"), PRESENT)
def test_who_took_part_is_cast(language: str, text: str, wanted: tuple[str, ...]) -> None:
    assert present(language, text) >= set(wanted)


@pytest.mark.parametrize(("language", "text"), ABSENT)
def test_onlookers_are_not(language: str, text: str) -> None:
    assert present(language, text) == set()


@pytest.mark.parametrize(("language", "text", "wanted"), SIDES)
def test_a_side_is_learnt_from_company(
    language: str, text: str, wanted: dict[str, str | None]
) -> None:
    told = story(language, text)
    found = {a.mention.value: side_of(a, told) for a in told.cast}
    assert {name: found.get(name) for name in wanted} == wanted

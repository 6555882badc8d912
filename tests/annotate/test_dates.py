"""What the words say of time, and which day they mean from a given day of publication."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import article
from uscuba_kg.annotate.calendar import resolve_dates
from uscuba_kg.annotate.dates import find_dates, load_date_words
from uscuba_kg.model import Mention, Span
from uscuba_kg.relate.setting import parse_edtf
from uscuba_kg.resources import packs_dir
from uscuba_kg.text import fold

PUBLISHED = "2023-01-20"  # a Friday

ENGLISH = [
    ("HAVANA, Jan. 18, 2023 (Reuters) - They held talks today.", ["2023-01-18", "2023-01-18"]),
    (
        "HAVANA, Jan. 17 (Reuters) - They opened two days of talks on Tuesday.",
        ["2023-01-17", "2023-01-17/2023-01-18"],
    ),
    ("HAVANA, Jan. 18, 2022 (Reuters) - They held talks today.", ["2022-01-18", "2023-01-20"]),
    (
        "GENEVA (Lake News / Wire - 18th January, 2023) They had met on Tuesday.",
        ["2023-01-18", "2023-01-17"],
    ),
    ("WASHINGTON - Today, January 19, 2023, they held talks.", ["2023-01-19", "2023-01-19"]),
    ("A meeting that was to have opened here on Monday has been called off.", ["2023-01-23"]),
    ("Their lunch, set for Wednesday, fell through.", ["2023-01-18"]),
    ("A visit planned for November had to be called off.", ["2022-11"]),
    ("The round was postponed until October.", ["2023-10"]),
    (
        "The delegation leaves on January 30. On Tuesday it will see the minister.",
        ["2023-01-30", "2023-01-31"],
    ),
    (
        "She stays through Jan. 30, and on Monday she will inspect the building.",
        ["2023-01-30", "2023-01-30"],
    ),
    (
        "The trip ran from January 9 to January 13. On Tuesday they saw the minister; "
        "it was a good week, he said Thursday.",
        ["2023-01-09/2023-01-13", "2023-01-10", "2023-01-19"],
    ),
    ("They meet on the third Friday of every month.", []),
    ("They arrived Wednesday in Havana for a four-day visit.", ["2023-01-18/2023-01-21"]),
    ("For six days, from last Thursday on, she traveled.", ["2023-01-12/2023-01-17"]),
    ("Thirty years ago this week a senator sailed there.", ["1993"]),
    ("Forty-five years ago a senator sailed there.", ["1978"]),
    (
        "They met from June 9 to 12, 2014. The 10th was spent at the port.",
        ["2014-06-09/2014-06-12", "2014-06-10"],
    ),
    (
        "It began on June 9, 2014. On the evening of the 11th they dined.",
        ["2014-06-09", "2014-06-11"],
    ),
    ("It began on June 9, 2014. The 12th round was held in Havana.", ["2014-06-09"]),
    ("In July 1984, the 12th and 13th, they met.", ["1984-07", "1984-07-12/1984-07-13"]),
    ("A round was held in the week of Nov. 28, 1984.", ["1984-11"]),
    ("Cuba is prepared to host experts on June 8.", ["2023-06-08"]),
    (
        "They met on May 3, 2022, a Tuesday. Smith leaves on Tuesday for Japan.",
        ["2022-05-03", "2023-01-24"],
    ),
    (
        "Des Moines, January 13, 2023 - FRIDAY, the minister will have the secretary as host.",
        ["2023-01-13", "2023-01-13"],
    ),
    ("January 17, 2023 - The January 3 meeting was short.", ["2023-01-17", "2023-01-03"]),
    ("The dialogue was held on January 18-19, 2023.", ["2023-01-18/2023-01-19"]),
    ("They met on 18 and 19 January 2023 in Havana.", ["2023-01-18/2023-01-19"]),
    ("They met from January 18 to 19.", ["2023-01-18/2023-01-19"]),
    ("On January 18, 18-19, officials met.", ["2023-01-18/2023-01-19"]),
    ("The visit ran from 30 November to 2 December 2022.", ["2022-11-30/2022-12-02"]),
    ("The talks of November 30-December 1, 2022 were cordial.", ["2022-11-30/2022-12-01"]),
    ("The round was held on November 15.", ["2022-11-15"]),
    ("The round was held on Tuesday, Nov. 15th.", ["2022-11-15"]),
    ("The next round will be held on April 12.", ["2023-04-12"]),
    ("They last met in April.", ["2022-04"]),
    ("They signed it in April 2016.", ["2016-04"]),
    ("It was signed in December of last year.", ["2022-12"]),
    ("A first accord was signed in 1984.", ["1984"]),
    ("They met on Tuesday.", ["2023-01-17"]),
    ("They will meet on Tuesday.", ["2023-01-24"]),
    ("They met on Wednesday and Thursday.", ["2023-01-18/2023-01-19"]),
    ("They met on Friday.", ["2023-01-20"]),
    ("The envoys arrived yesterday.", ["2023-01-19"]),
    ("The envoys leave tomorrow.", ["2023-01-21"]),
    ("The two sides met last week.", ["2023-01"]),
    ("The two sides met last month.", ["2022-12"]),
    ("A year ago they could not agree.", ["2022"]),
    ("Three months ago they could not agree.", ["2022-10"]),
    ("They met on January 18. The following day they signed.", ["2023-01-18", "2023-01-19"]),
    ("The 1st of March was chosen.", ["2022-03-01"]),
    ("The text is dated 2022-11-15.", ["2022-11-15"]),
    ("They may meet again and march on.", []),
    ("Some 300 people and 22 U.S.C. 6021 were named.", []),
    ("The damage was 1,500 dollars in 12 categories.", []),
    ("On February 30 nothing happens.", []),
    ("The 2015-18 dialogue is over.", []),
    ("They met on Tuesday the 17th.", ["2023-01-17"]),
    ("The talks of January 11 and 18 were calm.", ["2023-01-11", "2023-01-18"]),
    ("They met on January 17, 18 and 19.", ["2023-01-17/2023-01-19"]),
    ("They met between the 3rd and the 6th of May 2016.", ["2016-05-03/2016-05-06"]),
    ("They met between January 3 and 6.", ["2023-01-03/2023-01-06"]),
    ("The visit ran Jan. 3-6.", ["2023-01-03/2023-01-06"]),
    ("The visit ran from 3 to 6 January.", ["2023-01-03/2023-01-06"]),
    ("They met from Monday through Thursday.", ["2023-01-16/2023-01-19"]),
    ("They met Tuesday-Wednesday in Havana.", ["2023-01-17/2023-01-18"]),
    ("They met on Monday and Friday.", ["2023-01-16", "2023-01-20"]),
    ("Tuesday and Wednesday (January 17 and 18) were set aside.", ["2023-01-17/2023-01-18"]),
    ("A three-day visit that began on March 24, 2015 was useful.", ["2015-03-24/2015-03-26"]),
    ("The envoys arrived on Monday for a three-day visit.", ["2023-01-16/2023-01-18"]),
    ("The envoys ended a two-day round on Thursday.", ["2023-01-18/2023-01-19"]),
    ("Here since January 17, for a stay of three days, they met.", ["2023-01-17/2023-01-19"]),
    ("They met this Thursday.", ["2023-01-19"]),
    ("They will meet this Thursday.", ["2023-01-26"]),
    ("They met last Friday.", ["2023-01-13"]),
    ("They met this past Tuesday.", ["2023-01-17"]),
    ("Talks are set for next Monday.", ["2023-01-23"]),
    ("Talks resume this coming Monday.", ["2023-01-23"]),
    ("They are due to meet on Wednesday.", ["2023-01-25"]),
    ("The round scheduled for Wednesday is the sixth.", ["2023-01-25"]),
    ("Officials plan to sit down Monday in Havana.", ["2023-01-23"]),
    ("The talks begin Monday.", ["2023-01-23"]),
    ("Cuba and the U.S. to hold talks Thursday.", ["2023-01-26"]),
    ("They arrived to discuss migration on Tuesday.", ["2023-01-17"]),
    ("They met on Tuesday and will meet again in April.", ["2023-01-17", "2023-04"]),
    ("Officials will meet again soon, the department said Tuesday.", ["2023-01-17"]),
    ("On Tuesday, officials met; on Monday they will sign.", ["2023-01-17", "2023-01-23"]),
    ("They met on Tuesday of last week.", ["2023-01-10"]),
    ("They met last week, on Thursday.", ["2023-01-12"]),
    ("They will meet on Tuesday of next week.", ["2023-01-24"]),
    ("Every Tuesday they talk.", []),
    ("The envoys arrived today.", ["2023-01-20"]),
    ("The envoys met this morning.", ["2023-01-20"]),
    ("They met last night.", ["2023-01-19"]),
    ("They met the day before yesterday.", ["2023-01-18"]),
    ("They met yesterday, Thursday, in Havana.", ["2023-01-19"]),
    ("Today, January 20, they met.", ["2023-01-20", "2023-01-20"]),
    ("On January 17 they arrived. Two days later they signed.", ["2023-01-17", "2023-01-19"]),
    ("On January 17 they signed. A day earlier they had met.", ["2023-01-17", "2023-01-16"]),
    ("On January 17 they signed. The day before they had met.", ["2023-01-17", "2023-01-16"]),
    (
        "They met on January 17-18. The next day they flew home.",
        ["2023-01-17/2023-01-18", "2023-01-19"],
    ),
    ("On January 17 they arrived. That day they signed.", ["2023-01-17", "2023-01-17"]),
    ("Five days ago they met.", ["2023-01-15"]),
    ("Two weeks ago they met.", ["2023-01"]),
    ("Two years ago they met.", ["2021"]),
    ("They will meet next month.", ["2023-02"]),
    ("They met earlier this month.", ["2023-01"]),
    ("They will meet later this year.", ["2023"]),
    ("They will meet early next year.", ["2024"]),
    ("They met in late March.", ["2022-03"]),
    ("They met in early December.", ["2022-12"]),
    ("They met last December.", ["2022-12"]),
    ("They met last January.", ["2022-01"]),
    ("They met this January.", ["2023-01"]),
    ("They will meet this April.", ["2023-04"]),
    ("They will meet next March.", ["2023-03"]),
    ("They met in March of this year.", ["2023-03"]),
    ("They met in March of last year.", ["2022-03"]),
    ("In November 2003 they met. That December it was over.", ["2003-11", "2003-12"]),
    ("They met in October 2002. The following March they met again.", ["2002-10", "2003-03"]),
    ("They met in October 2002. The previous December they had not.", ["2002-10", "2001-12"]),
    ("They met in June 2003 and again in March of the following year.", ["2003-06", "2004-03"]),
    ("They met on June 3, 2003 and later in the same month.", ["2003-06-03", "2003-06"]),
    ("They met in 2003. That same year they stopped.", ["2003", "2003"]),
    ("They met in May 2016; a year later they met again.", ["2016-05", "2017"]),
    ("In September 1994 they met in New York; on the 9th they signed.", ["1994-09", "1994-09-09"]),
    ("The round will be held on the 25th.", ["2023-01-25"]),
    ("They arrived on the 18th and left.", ["2023-01-18"]),
    ("They met on the 18th of this month.", ["2023-01-18"]),
    ("The 21st century began.", []),
    ("It was the 3rd round of talks.", []),
    ("They met in the spring of 2016.", ["2016"]),
    ("They met in mid-2016.", ["2016"]),
    ("They met in May and November 2015.", ["2015-05", "2015-11"]),
    ("They met on May 17, June 3 and July 9, 2016.", ["2016-05-17", "2016-06-03", "2016-07-09"]),
    ("Dated 01/18/2023.", ["2023-01-18"]),
    ("Dated 18/01/2023.", ["2023-01-18"]),
    ("Dated 03/04/2022.", ["2022-03-04"]),
    ("Dated 2022/11/15.", ["2022-11-15"]),
    ("They met on the third of May 2016.", ["2016-05-03"]),
    ("They met on May third, 2016.", ["2016-05-03"]),
    ("They met on the 18th of January.", ["2023-01-18"]),
    ("They met on Wednesday, 18 January.", ["2023-01-18"]),
    ("They met on Jan. 18th.", ["2023-01-18"]),
    ("The November talks went well.", ["2022-11"]),
    ("The April 2022 round went well.", ["2022-04"]),
    ("Security Council Resolution 1996 was cited.", []),
    ("Some 2016 people came, with 1,994 others.", []),
    ("The number rose to 2000 visas.", []),
    ("It was Year 57 of the Revolution.", []),
    ("Women march on; they may come.", []),
    ("The August heat and Mr. March were there.", []),
    ("Talks were held from 2015 to 2018.", []),
    ("Some 14 days of talks in 12 rooms.", []),
    ("Good Friday is near.", []),
    ("The dialogue, the first since 2018, was held on January 18.", ["2018", "2023-01-18"]),
    ("The last round was held in April.", ["2022-04"]),
    ("They met on Monday, January 16, and Tuesday, January 17.", ["2023-01-16/2023-01-17"]),
    ("They met on Thursday, the 19th, in Havana.", ["2023-01-19"]),
    ("In March '82 an envoy flew to Havana.", ["1982-03"]),
    ("Back in '77 they met.", ["1977"]),
    ("It was signed in '09, he said, and renewed in '16.", []),
    ("On the sixth of this month they met.", ["2023-01-06"]),
    ("It was initialed on the fourteenth of last month.", ["2022-12-14"]),
    ("The third of last month's rounds was short.", ["2022-12-03"]),
    (
        "They met on April 17, 1995, and on the 18th and 19th of the same April.",
        ["1995-04-17", "1995-04-18/1995-04-19"],
    ),
    ("They will meet again before the year is out.", ["2023"]),
    ("They met on April 17, 1995, and again before the month was out.", ["1995-04-17", "1995-04"]),
    ("She stayed through January 25 and met nobody.", ["2023-01-25"]),
    ("She stayed through February 25 and met nobody.", ["2022-02-25"]),
    ("The plan: talks on mail, Havana, March; on fishing, Miami, July.", ["2023-03", "2023-07"]),
    ("The minister, Theresa May, came.", []),
]
SPANISH = [
    ("La Habana, 19 ene (EFE).- Sostuvieron hoy conversaciones.", ["2023-01-19", "2023-01-19"]),
    ("WASHINGTON, 19 may 2022 (AFP) - Sostuvieron conversaciones.", ["2022-05-19"]),
    ("Hoy, 19 de enero de 2023, sostuvieron conversaciones.", ["2023-01-19", "2023-01-19"]),
    ("La ronda debía haberse celebrado el lunes en La Habana.", ["2023-01-23"]),
    ("El almuerzo previsto para el miércoles se canceló.", ["2023-01-18"]),
    (
        "El programa prevé para el lunes 30 una cita con el canciller, y para el martes otra con el ministro.",
        ["2023-01-30", "2023-01-31"],
    ),
    ("Se ven el tercer viernes de cada mes.", []),
    ("Desde la primera mañana hablaron de todo.", []),
    ("Atención al público: lunes a viernes de 9:30 a 12:30.", []),
    (
        "Se reunieron el 9 y 10 de junio de 2014. El 11 viajaron a Matanzas.",
        ["2014-06-09/2014-06-10", "2014-06-11"],
    ),
    (
        "La visita comenzó el 9 de junio de 2014. En la tarde del 11, los visitantes recorrieron el puerto.",
        ["2014-06-09", "2014-06-11"],
    ),
    ("La visita comenzó el 9 de junio de 2014. El 20 aniversario fue celebrado.", ["2014-06-09"]),
    (
        "Los días 1 y 2 de diciembre sesionó el encuentro. El anterior fue en enero de 2020. El día 2, los abogados se vieron.",
        ["2022-12-01/2022-12-02", "2020-01", "2022-12-02"],
    ),
    ("El martes 17, como parte del programa, se entrevistaron.", ["2023-01-17"]),
    ("Nos comprometimos a volver en noviembre.", ["2023-11"]),
    ("En marzo esperamos en La Habana a técnicos de la NTIA.", ["2023-03"]),
    ("Se vieron en la semana del 28 de noviembre de 1984.", ["1984-11"]),
    ("El diálogo se celebró el 18 y 19 de enero de 2023.", ["2023-01-18/2023-01-19"]),
    ("Se reunieron del 18 al 19 de enero.", ["2023-01-18/2023-01-19"]),
    ("Fue del 30 de noviembre al 1 de diciembre de 2022.", ["2022-11-30/2022-12-01"]),
    ("La ronda fue el 15 de noviembre.", ["2022-11-15"]),
    ("La ronda será el próximo 12 de abril.", ["2023-04-12"]),
    ("La última cita fue en abril pasado.", ["2022-04"]),
    ("Lo firmaron en abril de 2016.", ["2016-04"]),
    ("Está preso desde el 3 de diciembre del año pasado.", ["2022-12-03"]),
    ("Se reunieron el martes.", ["2023-01-17"]),
    ("Se reunirán el martes.", ["2023-01-24"]),
    ("Se reunieron miércoles y jueves.", ["2023-01-18/2023-01-19"]),
    ("Los enviados llegaron ayer.", ["2023-01-19"]),
    ("Se vieron hace un mes.", ["2022-12"]),
    ("Se vieron hace tres meses.", ["2022-10"]),
    ("Se vieron la semana pasada.", ["2023-01"]),
    ("Un primer acuerdo se firmó en 1984.", ["1984"]),
    ("Washington, 4 de febrero, 2016", ["2016-02-04"]),
    ("Se reunieron el 18 de enero y al día siguiente firmaron.", ["2023-01-18", "2023-01-19"]),
    ("El 1ro de marzo fue la fecha elegida.", ["2022-03-01"]),
    ("Hay 5.911 expedientes y 12 categorías.", []),
    ("Pidió 121.000 millones en 300 páginas.", []),
    ("El 31 de abril no existe.", []),
    ("Se reunieron del 3 al 6 de mayo de 2016.", ["2016-05-03/2016-05-06"]),
    ("Se reunieron entre el 3 y el 6 de mayo de 2016.", ["2016-05-03/2016-05-06"]),
    ("Se reunieron los días 18 y 19 de enero.", ["2023-01-18/2023-01-19"]),
    ("Se reunieron el 17, 18 y 19 de enero.", ["2023-01-17/2023-01-19"]),
    ("Las rondas del 11 y 18 de enero fueron cordiales.", ["2023-01-11", "2023-01-18"]),
    ("Se reunieron el 18-19 de enero de 2023.", ["2023-01-18/2023-01-19"]),
    ("Fue desde el 17 hasta el 19 de enero.", ["2023-01-17/2023-01-19"]),
    ("Fue desde el 24 de marzo, para una estancia de tres días.", ["2022-03-24/2022-03-26"]),
    (
        "La visita de tres días que comenzó el 24 de marzo de 2015 fue útil.",
        ["2015-03-24/2015-03-26"],
    ),
    ("Concluyó hoy una visita de tres días.", ["2023-01-18/2023-01-20"]),
    ("Llegaron el lunes para una visita de tres días.", ["2023-01-16/2023-01-18"]),
    ("Se reunieron el pasado martes.", ["2023-01-17"]),
    ("Se reunieron el martes pasado.", ["2023-01-17"]),
    ("Se reunieron el jueves último.", ["2023-01-19"]),
    ("Se reunieron el pasado viernes.", ["2023-01-13"]),
    ("Se reunieron este jueves.", ["2023-01-19"]),
    ("Se reunirán este jueves.", ["2023-01-26"]),
    ("Se reunirán el próximo lunes.", ["2023-01-23"]),
    ("Se reunirán el lunes próximo.", ["2023-01-23"]),
    ("La ronda fue fijada para el miércoles.", ["2023-01-25"]),
    ("Debían reunirse el miércoles.", ["2023-01-25"]),
    ("Van a reunirse el miércoles.", ["2023-01-25"]),
    ("La cita está prevista para el lunes.", ["2023-01-23"]),
    ("Negociarán el lunes en La Habana.", ["2023-01-23"]),
    ("Negociaron el lunes en La Habana.", ["2023-01-16"]),
    ("Se reunirán pronto, anunció el martes el ministerio.", ["2023-01-17"]),
    ("Se vieron el martes y volverán a verse en abril.", ["2023-01-17", "2023-04"]),
    ("Se reunieron el lunes y el martes.", ["2023-01-16/2023-01-17"]),
    ("Se reunieron de lunes a jueves.", ["2023-01-16/2023-01-19"]),
    ("Se reunieron el lunes y el viernes.", ["2023-01-16", "2023-01-20"]),
    ("Se reunieron el martes de la semana pasada.", ["2023-01-10"]),
    ("La semana pasada, el jueves, se reunieron.", ["2023-01-12"]),
    ("Será el martes y el miércoles de la semana entrante.", ["2023-01-24/2023-01-25"]),
    ("Los martes conversan.", []),
    ("Cada martes conversan.", []),
    ("Anteayer se reunieron.", ["2023-01-18"]),
    ("Anoche se reunieron.", ["2023-01-19"]),
    ("Esta mañana se reunieron.", ["2023-01-20"]),
    ("Mañana sábado regresan.", ["2023-01-21"]),
    ("Ayer jueves se reunieron.", ["2023-01-19"]),
    ("Hoy, 20 de enero, se reunieron.", ["2023-01-20", "2023-01-20"]),
    ("Se reunieron por la mañana.", []),
    ("Para mañana está prevista otra cita.", ["2023-01-21"]),
    ("Hoy día nadie lo cree.", []),
    ("El 17 de enero llegaron. Dos días después firmaron.", ["2023-01-17", "2023-01-19"]),
    ("El 17 de enero firmaron. Un día antes se habían visto.", ["2023-01-17", "2023-01-16"]),
    ("Llegaron el 17 de enero. A la mañana siguiente firmaron.", ["2023-01-17", "2023-01-18"]),
    ("Llegaron el 17 de enero. Ese mismo día firmaron.", ["2023-01-17", "2023-01-17"]),
    ("Se vieron tres días después de la cumbre.", []),
    ("Hace cinco días se vieron.", ["2023-01-15"]),
    ("Se verán dentro de dos meses.", ["2023-03"]),
    ("Se vieron el mes pasado.", ["2022-12"]),
    ("Se verán el mes próximo.", ["2023-02"]),
    ("Se vieron a principios de mes.", ["2023-01"]),
    ("Se verán a finales de año.", ["2023"]),
    ("Se vieron el pasado diciembre.", ["2022-12"]),
    ("Se vieron en diciembre pasado.", ["2022-12"]),
    ("Se vieron en diciembre último.", ["2022-12"]),
    ("Se vieron el pasado mes de noviembre.", ["2022-11"]),
    ("Se verán el próximo abril.", ["2023-04"]),
    ("Se vieron a finales de abril.", ["2022-04"]),
    ("Se vieron en marzo de este año.", ["2023-03"]),
    ("Se vieron en marzo del año pasado.", ["2022-03"]),
    ("Se vieron en junio de 2003 y en marzo del año siguiente.", ["2003-06", "2004-03"]),
    ("Se vieron en noviembre de 2003. Aquel diciembre todo acabó.", ["2003-11", "2003-12"]),
    ("Se vieron el 3 de junio de 2003 y otra vez ese mismo mes.", ["2003-06-03", "2003-06"]),
    ("Se vieron en 2003. Ese mismo año lo dejaron.", ["2003", "2003"]),
    (
        "Se vieron en marzo de 1977. Un mes más tarde, el 27 de abril, firmaron.",
        ["1977-03", "1977-04", "1977-04-27"],
    ),
    ("Fue en septiembre de 1994. El día 9 firmaron.", ["1994-09", "1994-09-09"]),
    ("La ronda será el día 25.", ["2023-01-25"]),
    ("Llegaron el pasado día 18.", ["2023-01-18"]),
    ("Llegaron el pasado 18 de enero.", ["2023-01-18"]),
    ("Llegaron el 18 de los corrientes.", ["2023-01-18"]),
    ("Llegaron el 18 del presente mes.", ["2023-01-18"]),
    ("Se verán el martes 24.", ["2023-01-24"]),
    ("Se vieron el martes 17 de enero.", ["2023-01-17"]),
    ("Se vieron el martes, 17 de enero.", ["2023-01-17"]),
    ("Se vieron en la primavera de 2016.", ["2016"]),
    ("Mayo de 2015 fue el mes.", ["2015-05"]),
    ("Se vieron en mayo y noviembre de 2015.", ["2015-05", "2015-11"]),
    ("Fechado el 18/01/2023.", ["2023-01-18"]),
    ("Fechado el 03/04/2022.", ["2022-04-03"]),
    ("Fechado el 01/18/2023.", ["2023-01-18"]),
    ("Fechado el 18-01-2023.", ["2023-01-18"]),
    ("Se vieron el tres de mayo de 2016.", ["2016-05-03"]),
    ("Se vieron del tres al seis de mayo de 2016.", ["2016-05-03/2016-05-06"]),
    ("Se vieron el primero de mayo de 2016.", ["2016-05-01"]),
    ("Se vieron el 1º de mayo de 2016.", ["2016-05-01"]),
    ("Se vieron el 1ro. de mayo de 2016.", ["2016-05-01"]),
    ("Se vieron el 18 de Enero del 2022.", ["2022-01-18"]),
    ("La Resolución 1996 fue citada.", []),
    ("Subió a 2000 visas.", []),
    ("Era el Año 57 de la Revolución.", []),
    ("Viajó con Julio Pérez a Santo Domingo.", []),
    ("Domingo Amaro y Mayo Ruiz hablaron.", []),
    ("Lo dijo un amigo de Julio Ramírez.", []),
    ("Entre 2015 y 2018 hubo contactos.", ["2015", "2018"]),
    ("La última ronda fue en abril.", ["2022-04"]),
    ("Se reunieron el viernes 20.", ["2023-01-20"]),
    ("El diálogo, el primero desde 2018, fue el 18 de enero.", ["2018", "2023-01-18"]),
    ("En marzo del 82 un enviado voló a La Habana.", ["1982-03"]),
    ("El papel dice: «diciembre 84, Nueva York».", ["1984-12"]),
    ("El 5 de marzo del 82 se vieron.", ["1982-03-05"]),
    ("Se han reunido desde el 95.", ["1995"]),
    ("El acuerdo cubre desde el 95 por ciento hasta el 98 por ciento.", []),
    ("En mayo el 95 por ciento votó.", ["2022-05"]),
    ("Habrá otra ronda antes de que acabe el año.", ["2023"]),
    ("El seis de este mes se vieron.", ["2023-01-06"]),
    (
        "- Encuentro técnico, La Habana, marzo.\n- Cuarta reunión, Washington, septiembre.",
        ["2023-03", "2023-09"],
    ),
    ("Llegaron por aire y por tierra, mar.", []),
]
DATE_LINES = [
    ("es", "La Habana, 17 nov. 2022. Cuba y Estados Unidos se reunieron ayer.", "2022-11-16"),
    (
        "en",
        "HAVANA, April 22 (AP) -- They met Thursday. The first round was held on April 21, 2022.",
        "2022-04-21",
    ),
    ("en", "WASHINGTON, Tuesday, May 17, 2016 - They met on Monday.", "2016-05-16"),
    ("en", "Havana, 22 April 2022. They met on Thursday.", "2022-04-21"),
    ("en", "Talks held\n\nPublished on May 17, 2016\n\nThey met on Monday.", "2016-05-16"),
    ("en", "Talks held\n\nPosted on May 17, 2016 by Staff\n\nThey met on Monday.", "2016-05-16"),
    ("en", "Talks held\n\nPosted by the Desk, May 17, 2016\n\nThey met yesterday.", "2016-05-16"),
    ("en", "Talks held\nMay 17, 2016 4:05 PM\nThey met on Monday.", "2016-05-16"),
    ("en", "Talks held\nTue May 17, 2016 | 16:05\nThey met on Monday.", "2016-05-16"),
    ("en", "The Quarterly, August 2009\n\nThey met last month.", "2009-07"),
    ("es", "La Habana, 18 de enero de 2023.- Se reunieron el martes.", "2023-01-17"),
    ("es", "Diálogo\n\nPublicado el 18 de enero de 2023\n\nSe reunieron ayer.", "2023-01-17"),
    (
        "es",
        "Diálogo\n\nPublicado: 18/01/2023 | Visto 30 veces\n\nSe reunieron el martes.",
        "2023-01-17",
    ),
    ("es", "Miércoles 18 de enero de 2023\n\nSe reunieron el martes.", "2023-01-17"),
    (
        "es",
        "La Habana, 18 de enero de 2023, Año 65 de la Revolución.- Se reunieron el martes.",
        "2023-01-17",
    ),
    (
        "es",
        "NOTA\n\nEl martes se reunieron las dos partes.\n\nLa Habana, 18 de enero de 2023",
        "2023-01-17",
    ),
    ("en", "NOTE\n\nThe two sides met on Tuesday.\n\nHavana, January 18, 2023.", "2023-01-17"),
    ("es", "MADRID | 21 DIC 2014 - 20:15 CET\n\nSe reunieron el sábado.", "2014-12-20"),
]


def mentions(text: str, language: str, published: str | None = PUBLISHED) -> tuple[Mention, ...]:
    words = load_date_words(packs_dir() / language)
    return resolve_dates(
        article(text, language, published), find_dates(text, fold(text), words), words
    )


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [("en", *row) for row in ENGLISH] + [("es", *row) for row in SPANISH],
)
def test_the_day_that_words_mean(language: str, text: str, values: list[str]) -> None:
    assert [m.value for m in mentions(text, language)] == values


@pytest.mark.parametrize(("language", "text", "value"), DATE_LINES)
def test_without_metadata_a_line_of_the_text_tells_its_day(
    language: str, text: str, value: str
) -> None:
    assert value in [m.value for m in mentions(text, language, None)[-2:]]


STORIES = [
    (
        "Twenty years it took. That spring of 1977 they sat down in New York on March 24; on the 27th of "
        "April they signed.",
        "2011-06-27",
        ["1977", "1977-03-24", "1977-04-27"],
    ),
    (
        "On August 8, 1978 he opened the case before David Newsom, today a professor. There had been a "
        "hotel in New York, in April, and one in Washington, on June 15.",
        "1988-09-04",
        ["1978-08-08", "1988-09-04", "1978-04", "1978-06-15"],
    ),
    (
        "Restored in 2015, relations cooled. The talks were held on May 18.",
        "2023-08-20",
        ["2015", "2023-05-18"],
    ),
    (
        "Of the accords of 1984 and 1994 nothing was said. The round of April 21 was short.",
        "2022-09-20",
        ["1984", "1994", "2022-04-21"],
    ),
    (
        "It was March of 1977. Nobody spoke of it, and a month later they met again, this time in Havana. "
        "Then came papers, one after the other, and on May 30 the notes were exchanged.",
        None,
        ["1977-03", "1977-04", "1977-05-30"],
    ),
    (
        "The first was on September 11, 2015; Havana followed on May 16, and Washington on September 30.",
        "2016-12-06",
        ["2015-09-11", "2016-05-16", "2016-09-30"],
    ),
    (
        "In April 1994 they met. In September 1994 they met in New York. On November 2 all was said.",
        "2014-12-21",
        ["1994-04", "1994-09", "1994-11-02"],
    ),
    (
        "The first round was held in March 2015. The latest one was held in July.",
        "2016-09-20",
        ["2015-03", "2016-07"],
    ),
    (
        "The service opened on March 1, 2003. This year it met Cuba twice: on May 19 and August 23.",
        "2016-11-02",
        ["2003-03-01", "2016", "2016-05-19", "2016-08-23"],
    ),
    (
        "In March 1977 they met in New York. They signed there on April 27, a Wednesday.",
        "2017-04-30",
        ["1977-03", "1977-04-27"],
    ),
    (
        "Relations were restored in 2015. They met on January 18.",
        "2023-01-20",
        ["2015", "2023-01-18"],
    ),
]


@pytest.mark.parametrize(("text", "published", "values"), STORIES)
def test_a_story_keeps_its_year_and_the_news_theirs(
    text: str, published: str | None, values: list[str]
) -> None:
    assert [m.value for m in mentions(text, "en", published)] == values


@pytest.mark.parametrize(
    "piece", ["a", "May ", "1 ", "18, ", "Tuesday and ", "the 3rd of ", "2016-"]
)
def test_long_repetitions_are_read_in_a_moment(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    words = load_date_words(packs_dir() / "en")
    assert all(e.span.end <= len(text) for e in find_dates(text, fold(text), words))


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        (
            "HAVANA, Nov. 15, 2022 (Wire) - The talks were held on Tuesday.",
            "2022-11-15",
            "date.weekday-of-date",
        ),
        (
            "The memorandum was signed in May 2016. They met on May 17.",
            "2016-05-17",
            "date.year-told-before",
        ),
        ("They met on January 18 and 19.", "XXXX-01-18/XXXX-01-19", "date.no-year"),
        ("They met on Tuesday.", None, None),
        ("They met last week.", None, None),
    ],
)
def test_without_metadata_only_the_text_dates(
    text: str, value: str | None, rule: str | None
) -> None:
    found = mentions(text, "en", None)
    if value is None:
        assert found == ()
    else:
        assert (found[-1].value, found[-1].rule) == (value, rule)


def test_a_footnote_dates_what_the_body_tells_and_a_slip_in_it_does_not() -> None:
    body = "On April 17 the two sides met. Cuba has taken flights since April 2023."
    notes = "\n\n[1] A. Writer, A headline, Gazette (April 18, 2024); B. Writer, Diario (April 18, 2022)."
    words = load_date_words(packs_dir() / "en")
    source = article(body + notes, "en", None, footnotes=(Span(len(body), len(body) + len(notes)),))
    found = resolve_dates(source, find_dates(source.text, fold(source.text), words), words)
    assert (found[0].value, found[0].rule) == ("2024-04-17", "date.year-from-footnote")


def test_a_year_never_comes_from_noise() -> None:
    text = "Elections on January 19, 2021 shake markets\n\nOn January 18 the two sides met."
    words = load_date_words(packs_dir() / "en")
    source = article(text, "en", None, noise=(Span(0, 43),))
    found = resolve_dates(source, find_dates(text, fold(text), words), words)
    assert [m.value for m in found] == ["XXXX-01-18"]


_PIECES = {
    "en": "May|May 3|January 31|Feb. 29|February 30|2016|1977|the 12th|31|30|18 and 19|on|in|from|to|through|-|–|the|, |. |; "
    "|Tuesday|Monday and Friday|last|next|last year|the following day|two days later|a week ago|that year|this|of|November"
    "|week of|'84|2015-2016|3/31/2016|yesterday|and|morning of|Published|\n|The 3rd was|between|Sept. 31|99|0|00",
    "es": "mayo|3 de mayo|31 de enero|29 de febrero|30 de febrero|2016|1977|el 12|31|30|18 y 19|del 18 al 19|el|en|de|a|al|hasta"
    "|-|–|, |. |; |martes|lunes y viernes|pasado|próximo|año pasado|al día siguiente|dos días después|ese año|este|noviembre"
    "|semana del|del 84|2015-2016|31/03/2016|ayer|y|tarde del|Publicado|\n|El 3 fue|entre|día 2|99|0|00|del corriente|último",
}


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(sorted(_PIECES)).flatmap(
        lambda language: st.tuples(
            st.just(language),
            st.lists(st.sampled_from(_PIECES[language].split("|")), max_size=14).map(" ".join),
        )
    ),
    st.sampled_from([None, "2016-05-31", "2016-02-29", "2020-01", "2023-12-31"]),
)
def test_any_heap_of_words_for_time_gives_days_that_exist(
    worded: tuple[str, str], published: str | None
) -> None:
    language, text = worded
    words = load_date_words(packs_dir() / language)
    found = find_dates(text, fold(text), words)
    for mention in resolve_dates(article(text, language, published), found, words):
        dates = parse_edtf(mention.value)
        assert dates is not None
        for date in (dates.start, dates.end):
            assert date.year is None or date.first_day() is not None


@given(st.text(max_size=300), st.sampled_from(["en", "es"]))
def test_any_text_is_read_and_offsets_hold(text: str, language: str) -> None:
    for mention in mentions(text, language):
        assert text[mention.span.start : mention.span.end] == mention.surface

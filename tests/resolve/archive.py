"""An archive made by a fixed seed: 200 articles about 40 meetings, with all that parts tellings.

Days a day off, other places, numbers and leaders, announcements, postponements, months and days
without a year, copies word for word and spun, surnames and acronyms, in two languages. The wordings
are such as the reader reads well: what is measured is which tellings are found to be one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from typing import NamedTuple

from uscuba_kg.model import Article, PartialDate, Reading, Ref, Span

SEED = 1961
EACH = 5
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
SERIES = {
    "migration talks": "conversaciones migratorias",
    "the Law Enforcement Dialogue": "el Diálogo sobre Aplicación y Cumplimiento de la Ley",
    "the Bilateral Commission": "la Comisión Bilateral",
    "the Human Rights Dialogue": "el Diálogo sobre Derechos Humanos",
    "the Economic Dialogue": "el Diálogo Económico Bilateral",
}
CITIES = {"Havana": "La Habana", "Washington": "Washington"}
AMERICANS = (
    ("Roberta Jacobson", "Jacobson"), ("Edward Alex Lee", "Lee"), ("John Creamer", "Creamer"),
    ("Emily Mendrala", "Mendrala"), ("Kristie Kenney", "Kenney"), ("Bruce Swartz", "Swartz"),
)  # fmt: skip
CUBANS = (
    ("Josefina Vidal", "Vidal"), ("Carlos Fernández de Cossío", "Fernández de Cossío"),
    ("Gustavo Machín", "Machín"), ("Johana Tablada", "Tablada"), ("Abelardo Moreno", "Moreno"),
)  # fmt: skip
PUBLISHERS = {
    "en": ("Reuters", "Miami Herald", "Department of State", "Associated Press", "NPR"),
    "es": ("Granma", "Cubadebate", "Prensa Latina", "Cubaminrex", "EFE"),
}
NUMBERS = {
    "en": ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"),
    "es": ("primera", "segunda", "tercera", "cuarta", "quinta", "sexta", "séptima", "octava"),
}
SLIPS = ("plain", "plain", "day", "place", "number", "leader", "planned", "postponed", "month",
         "yearless", "copy", "spun", "surname", "acronym", "looks-back")  # fmt: skip
SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "lu",
    "ma",
    "ne",
    "pi",
    "ro",
    "su",
    "ta",
    "ve",
    "zo",
    "la",
    "mi",
]


class Encounter(NamedTuple):
    """One meeting as it was; without a series it is called by who met."""

    name: str
    series: str | None
    day: dt.date
    city: str
    number: int | None
    american: tuple[str, str]
    cuban: tuple[str, str]


class Made(NamedTuple):
    """One article, what was done to its telling, and of which encounter each stretch tells."""

    article: Article
    slip: str
    truth: tuple[tuple[Span, str], ...]


def encounters(draw: random.Random) -> list[Encounter]:
    """Thirty rounds of five series, some of two series on one day, and ten encounters of people."""
    found = []
    for which, series in enumerate(SERIES):
        for n in range(6):
            day = dt.date(2015 + n, 2 + which, 3 + n) + dt.timedelta(days=draw.randrange(20))
            if which == 1 and n < 2:  # the day and the city of another series
                day = found[n].day
            city = found[n].city if which == 1 and n < 2 else draw.choice(sorted(CITIES))
            people = draw.choice(AMERICANS), draw.choice(CUBANS)
            found.append(Encounter(f"{series} {n}", series, day, city, n + 1, *people))
    for n in range(10):
        day = dt.date(2015 + n % 6, 9 + n // 6, 2 + n) + dt.timedelta(days=draw.randrange(15))
        people = AMERICANS[n % 6], CUBANS[n % 5]
        found.append(Encounter(f"met {n}", None, day, draw.choice(sorted(CITIES)), None, *people))
    return found


def archive(seed: int = SEED) -> list[Made]:
    """The articles, five for each encounter; the same seed always gives the same."""
    draw = random.Random(seed)
    met = encounters(draw)
    made: list[Made] = []
    for which, one in enumerate(met):
        earlier = [o for o in met[:which] if o.series == one.series and o.series]
        told: list[Made] = []
        for n in range(EACH):
            slip = SLIPS[(which * EACH + n) % len(SLIPS)]
            if slip in ("copy", "spun") and told:
                told.append(_copied(draw, draw.choice(told), slip, n))
            else:
                told.append(_told(draw, one, slip, earlier[-1] if earlier else None))
        made += told
    return made


def _told(draw: random.Random, one: Encounter, slip: str, earlier: Encounter | None) -> Made:
    language = draw.choice(("en", "es"))
    wrong = _with_slip(draw, one, slip)
    published = one.day + dt.timedelta(days=draw.randrange(1, 6))
    if slip in ("planned", "postponed"):
        published = one.day - dt.timedelta(days=draw.randrange(2, 9))
    if slip in ("month", "looks-back"):
        published = one.day + dt.timedelta(days=draw.randrange(100, 200))
    sentences = [(_sentence(draw, wrong, slip, language), one.name)]
    sentences += [(text, one.name) for text in _leaders(wrong, slip, language)]
    sentences += [(_aside(draw), "") for _ in range(9)]
    if slip == "looks-back" and earlier is not None:
        sentences.append((_sentence(draw, earlier, "plain", language), earlier.name))
    day = None if slip == "yearless" else published
    return _article(sentences, slip, language, draw.choice(PUBLISHERS[language]), day)


def _with_slip(draw: random.Random, one: Encounter, slip: str) -> Encounter:
    if slip == "day":
        return one._replace(day=one.day + dt.timedelta(days=draw.choice((-1, 1))))
    if slip == "place":
        return one._replace(city=next(c for c in CITIES if c != one.city))
    if slip == "number" and one.number:
        return one._replace(number=one.number % len(NUMBERS["en"]) + 1)
    if slip == "leader":
        return one._replace(cuban=draw.choice([c for c in CUBANS if c != one.cuban]))
    return one


def _sentence(draw: random.Random, one: Encounter, slip: str, language: str) -> str:
    """The sentence that tells of the encounter."""
    day, city = _day(one.day, slip, language), one.city if language == "en" else CITIES[one.city]
    if one.series is None:
        return _met(one, slip, language, day, city)
    if language == "en":
        what = one.series.removeprefix("the ")
        if one.number and slip in ("plain", "number", "surname"):
            what = f"the {NUMBERS[language][one.number - 1]} round of {one.series}"
        elif one.series.startswith("the "):
            what = one.series
        states = draw.choice(("The United States and Cuba", "Cuba and the United States"))
        if slip == "planned":
            return f"{states} will hold {what} in {city} {day}."
        if slip == "postponed":
            return f"{states} postponed {what} that were to be held in {city} {day}."
        return f"{states} held {what} in {city} {day}."
    what = SERIES[one.series]
    if one.number and slip in ("plain", "number", "surname"):
        of = what.replace("el ", "del ", 1) if what.startswith("el ") else f"de {what}"
        what = f"la {NUMBERS[language][one.number - 1]} ronda {of}"
    states = draw.choice(("Cuba y Estados Unidos", "Estados Unidos y Cuba"))
    if slip == "planned":
        return f"{states} celebrarán {what} en {city} {day}."
    if slip == "postponed":
        return f"{states} aplazaron {what} que debían celebrar en {city} {day}."
    return f"{states} celebraron {what} en {city} {day}."


def _met(one: Encounter, slip: str, language: str, day: str, city: str) -> str:
    american = one.american[slip == "surname"]
    if language == "en":
        does = "will meet" if slip in ("planned", "postponed") else "met"
        return f"{one.cuban[0]} {does} {american} of the Department of State in {city} {day}."
    does = "se reunirá" if slip in ("planned", "postponed") else "se reunió"
    return f"{one.cuban[0]} {does} con {american}, del Departamento de Estado, en {city} {day}."


def _day(day: dt.date, slip: str, language: str) -> str:
    month = MONTHS[language].split()[day.month - 1]
    if language == "en":
        if slip == "month":
            return f"in {month} {day.year}"
        return f"on {month} {day.day}" + ("" if slip == "yearless" else f", {day.year}")
    if slip == "month":
        return f"en {month} de {day.year}"
    return f"el {day.day} de {month}" + ("" if slip == "yearless" else f" de {day.year}")


def _leaders(one: Encounter, slip: str, language: str) -> Iterator[str]:
    if one.series is None or slip in ("month", "yearless"):
        return
    short = slip == "surname"
    american, cuban = one.american[short], one.cuban[short]
    if language == "en":
        body = " of MINREX" if slip == "acronym" else ""
        yield f"The Cuban delegation was led by {cuban}{body}, and the U.S. delegation by {american}."
    else:
        body = ", del MINREX," if slip == "acronym" else ""
        yield (
            f"La delegación cubana estuvo encabezada por {cuban}{body} y la estadounidense por "
            f"{american}."
        )


def _aside(draw: random.Random) -> str:
    """A sentence about nothing, of words that no other article shares."""
    return " ".join(_word(draw) for _ in range(12)).capitalize() + "."


def _word(draw: random.Random) -> str:
    return "".join(draw.choice(SYLLABLES) for _ in range(4))


def _copied(draw: random.Random, of: Made, slip: str, number: int) -> Made:
    """A copy under another name, published a day later; a spun one has other words here and there."""
    article = of.article
    told = [(article.text[s.start : s.end], name) for s, name in of.truth]
    if slip == "spun":
        told = [(text if name else _spun(draw, text), name) for text, name in told]
    credit = {"en": f"Copied by page {number}.", "es": f"Copiado por la página {number}."}
    day = article.published.first_day() if article.published else None
    later = day + dt.timedelta(days=1) if day else None
    return _article([*told, (credit[article.language], "")], slip, article.language, None, later)


def _spun(draw: random.Random, text: str) -> str:
    """The text with every sixth word exchanged."""
    words = text.split()
    return " ".join(_word(draw) if n % 6 == 3 else word for n, word in enumerate(words))


def _article(
    sentences: list[tuple[str, str]],
    slip: str,
    language: str,
    publisher: str | None,
    day: dt.date | None,
) -> Made:
    text, truth = "", []
    for sentence, name in sentences:
        truth.append((Span(len(text), len(text) + len(sentence)), name))
        text += sentence + "\n\n"
    text = text.strip()
    sha = hashlib.sha256(text.encode()).hexdigest()
    published = PartialDate(day.year, day.month, day.day) if day else None
    article = Article(
        text, sha, f"{sha[:8]}.txt", language, publisher=publisher, published=published
    )
    return Made(article, slip, tuple(truth))


def tellings(made: list[Made], readings: list[Reading]) -> Iterator[tuple[tuple[str, int], str]]:
    """Pair each meeting that was read, by article and number, with the encounter it tells of.

    What was read where nothing is told is an encounter of its own.
    """
    truths = {one.article.sha256: one.truth for one in made}
    for reading in readings:
        sha = reading.article.sha256
        for number, frame in enumerate(reading.meetings):
            name = next((n for s, n in truths[sha] if s.covers(frame.evidence.span)), "")
            yield (sha, number), name or f"nothing {sha} {number}"


def grouped(readings: list[Reading], subjects: dict[object, Ref]) -> dict[tuple[str, int], Ref]:
    """The meeting of each telling in the graph, by the words that tell of it."""
    return {
        (r.article.sha256, n): subjects[f.evidence]
        for r in readings
        for n, f in enumerate(r.meetings)
    }

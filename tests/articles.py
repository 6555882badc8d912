"""Small articles for the tests, in our own words."""

from __future__ import annotations

import hashlib

from uscuba_kg.model import Article, PartialDate, Reading, Span
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import Build, build_readings, read_article, read_text
from uscuba_kg.relate.relate import relate
from uscuba_kg.world import load_world


def article(
    text: str,
    language: str = "en",
    published: str | None = "2023-01-20",
    title: str | None = None,
    **more: object,
) -> Article:
    """An article as ingest would give it."""
    date = PartialDate(*map(int, published.split("-"))) if published else None
    sha = hashlib.sha256(text.encode()).hexdigest()
    span = Span(0, len(title)) if title and text.startswith(title) else None
    return Article(
        text, sha, f"{sha[:6]}.txt", language, title, published=date, title_span=span, **more
    )  # type: ignore[arg-type]


def read(text: str, language: str = "en", published: str | None = "2023-01-20") -> Reading:
    """What one text says, as a passage of an article that is about Cuba whether it says so or not."""
    passage = article(text, language, published)
    return relate(read_article(passage), pack_for(language), load_world())


def built(*articles: Article, check: bool = False) -> Build:
    """The graph of some articles."""
    return build_readings([read_text(a) for a in articles], check=check)


RESUMED = article(
    "The United States and Cuba resumed their Law Enforcement Dialogue in Havana on January 18-19, 2023. "
    "The Departments of State, Homeland Security and Justice co-chaired the dialogue for the United States. "
    "The delegation included officials of the Federal Bureau of Investigation. "
    "The two sides discussed counterterrorism, migrant smuggling and migration fraud. "
    "“The dialogue was frank and useful,” the State Department said.",
    published=None,
)
YEARLESS = article(
    "On January 18 and 19 officials of the United States and Cuba met in Havana under the U.S.-Cuba Law "
    "Enforcement Dialogue. Officials of the U.S. Embassy in Havana also took part.",
    published=None,
)
MIGRATION = article(
    "Cuban Deputy Foreign Minister Carlos Fernández de Cossío led the Cuban delegation to the migration talks "
    "that were held in Washington on April 21, 2022. He said the talks were a good sign.",
    published="2022-04-23",
)
SPANISH = article(
    "Delegaciones de Cuba y Estados Unidos celebraron en La Habana, el 18 y 19 de enero de 2023, el Diálogo sobre "
    "Aplicación y Cumplimiento de la Ley. Abordaron el terrorismo, el tráfico de migrantes y el fraude migratorio.",
    "es",
    published="2023-01-21",
)

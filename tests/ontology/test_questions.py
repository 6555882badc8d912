"""The named questions on a small graph whose answers are known."""

from __future__ import annotations

import pytest

from articles import MIGRATION, RESUMED, SPANISH, YEARLESS, article, built
from uscuba_kg.publish.ask import ask, named_questions
from uscuba_kg.rdf.terms import Literal

NEXT_ROUND = article(
    "U.S. and Cuban officials will meet in Havana on November 15, 2022 for migration talks.",
    published="2022-11-10",
)
MEMORANDUM = article(
    "The United States and Cuba signed a memorandum of understanding on July 21, 2016 in Havana. Secretary of State "
    "John Kerry met Cuban Foreign Minister Bruno Rodríguez in Panama City on April 9, 2015.",
    published="2016-07-22",
)
TRIPLES = built(RESUMED, SPANISH, YEARLESS, MIGRATION, NEXT_ROUND, MEMORANDUM).triples
QUESTIONS = {q.name: q for q in named_questions()}
DIALOGUE = "U.S.-Cuba Law Enforcement Dialogue, 18–19 January 2023, Havana"
EXPECTED: dict[str, list[tuple[str, ...]]] = {
    "delegation-leaders": [
        (
            "2022-04-21",
            "Cuba",
            "Carlos Fernández de Cossío",
            "U.S.-Cuba Migration Talks, 21 April 2022, Washington, D.C.",
        ),
        ("2023-01-18", "United States", "Department of Homeland Security", DIALOGUE),
        ("2023-01-18", "United States", "Department of Justice", DIALOGUE),
        ("2023-01-18", "United States", "Department of State", DIALOGUE),
    ],
    "several-sources": [(DIALOGUE, "3")],
    "planned-or-cancelled": [
        ("2022-11-15", "U.S.-Cuba Migration Talks, 15 November 2022, Havana", "planned")
    ],
    "who-met-whom": [
        (
            "2015-04-09",
            "John Kerry",
            "Bruno Rodríguez Parrilla",
            "Meeting of U.S. and Cuban officials, 9 April 2015, Panama City",
        )
    ],
    "meetings-by-series": [
        ("U.S.-Cuba Migration Talks", "2", "2022-04-21", "2022-11-15"),
        ("U.S.-Cuba Law Enforcement Dialogue", "1", "2023-01-18", "2023-01-19"),
    ],
    "agreements": [
        ("2016-07-21", "memorandum of understanding", "Cuba"),
        ("2016-07-21", "memorandum of understanding", "United States"),
    ],
}


def rows(name: str) -> list[tuple[str, ...]]:
    result = ask(TRIPLES, QUESTIONS[name].query)
    return [
        tuple("" if v is None else v.lexical if isinstance(v, Literal) else v for v in row)
        for row in result.rows
    ]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_answer_is_the_one_that_the_articles_give(name: str) -> None:
    assert rows(name) == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_each_question_is_asked_in_both_languages_and_answered(name: str) -> None:
    question = QUESTIONS[name]
    assert set(question.texts) == {"en", "es"}
    assert question.why
    assert question.texts["es"].startswith("¿")
    answered = rows(name)
    assert answered or name in ("unnamed-speakers",)
    assert "ORDER BY" in question.query


def test_there_are_questions() -> None:
    assert len(QUESTIONS) >= 15

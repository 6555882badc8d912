"""docs/questions.md names questions that exist, and that answer on the graph of its four articles."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from uscuba_kg.pipeline import Build, build
from uscuba_kg.publish.ask import ask, named_questions

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "questions.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]*) \| ([^|]+) \|$", PAGE, re.MULTILINE)
QUESTIONS = {question.name: question.query for question in named_questions()}
USED = sorted({name for row in ROWS for name in re.findall(r"`([\w-]+)`", row[2])})

NO_ROW = {"planned-or-cancelled"}  # "no meeting to record" is its answer


@pytest.fixture(scope="module")
def graph() -> Build:
    articles = [DOCS / link for link in re.findall(r"\((\.\./seeds/[^)]+)\)", PAGE)]
    assert len(articles) == 4
    return build(articles, check=False)


def test_every_question_is_there_once_and_says_how_it_is_answered() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 105))
    for number, _, names, how in ROWS:
        answered, _, note = how.partition(": ")
        assert answered in {"rows", "words", "in part", "no"}, number
        assert bool(names.strip()) == (answered != "no"), number
        assert note or answered in {"rows", "words"}, number


def test_the_counts_are_those_of_the_table() -> None:
    told = dict(re.findall(r"^\| (rows|words|in part|no) \| (\d+) \|", PAGE, re.MULTILINE))
    found = Counter(how.partition(": ")[0] for *_, how in ROWS)
    assert {key: int(count) for key, count in told.items()} == found


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", USED)
def test_the_question_answers_on_the_four_articles(name: str, graph: Build) -> None:
    assert bool(ask(graph.triples, QUESTIONS[name]).rows) == (name not in NO_ROW)

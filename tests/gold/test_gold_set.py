"""The annotated articles are sound: shapes, topics, dates, and words that stand in their texts."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from uscuba_kg.score.gold import GoldArticle, Names, read_gold
from uscuba_kg.score.names import plain
from uscuba_kg.world import load_world

GOLD = Path(__file__).parent
READ = read_gold([GOLD / "read"])
ARTICLES = [*READ, *read_gold([GOLD / "made"]), *read_gold([GOLD / "bilingual"])]
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
KINDS = {
    "call", "ceremony", "commission", "dialogue", "meeting", "signing", "summit", "talks",
    "technical-exchange", "visit",
}  # fmt: skip
CUE_WORDS = 8


def each(articles: list[GoldArticle]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("one", articles, ids=[a.path.stem for a in articles])


def test_the_set_is_whole() -> None:
    by_folder = [a.path.parent.name for a in READ]
    assert {name: by_folder.count(name) for name in set(by_folder)} == {
        "en": 23,
        "es": 15,
        "seeds": 4,
    }
    for folder in ("en", "es", "seeds"):
        texts = {p.stem for p in (GOLD / "read" / folder).glob("*.txt")}
        assert texts == {a.path.stem for a in READ if a.path.parent.name == folder}
    assert min(sum(a.half == half for a in READ) for half in (0, 1)) >= 15


@each(ARTICLES)
def test_an_article_is_what_its_name_and_folder_say(one: GoldArticle) -> None:
    about = one.annotation.article
    assert about.id == one.path.stem
    assert about.language in ("en", "es")
    assert one.path.parent.name in (about.language, "seeds")
    assert about.published is None or DATE.fullmatch(about.published)
    assert one.text.strip()
    assert not one.text.startswith("---")


@each(ARTICLES)
def test_meetings_are_well_formed(one: GoldArticle) -> None:
    topics = {topic.id for topic in load_world().topics}
    for meeting in one.annotation.meetings:
        assert meeting.kind in KINDS
        assert set(meeting.topics) <= topics
        assert len(set(meeting.topics)) == len(meeting.topics)
        assert {"United States", "Cuba"} <= set(meeting.states)
        assert meeting.start or not meeting.end
        for date in filter(None, (meeting.start, meeting.end)):
            assert DATE.fullmatch(date)
        assert not meeting.end or (meeting.start or "") <= meeting.end
    keys = {meeting.key for meeting in one.annotation.meetings}
    assert len(keys) == len(one.annotation.meetings)
    assert {key for s in one.annotation.statements for key in s.about} <= keys


@each(ARTICLES)
def test_what_is_named_stands_in_the_text(one: GoldArticle) -> None:
    """One of the names of a thing at least, as the text or what is given with it spells it."""
    text = f" {plain(one.given())} "

    def stands(names: Names) -> bool:
        return any(f" {plain(name)} " in text for name in names)

    found = one.annotation
    people = [p.name for m in found.meetings for p in m.participants if p.type == "person"]
    for names in (*people, *(p.person for p in found.positions)):
        assert stands(names) or any(f" {plain(n).split()[-1]} " in text for n in names), names


@each(ARTICLES)
def test_a_cue_stands_in_the_text(one: GoldArticle) -> None:
    text = plain(one.text)
    for statement in one.annotation.statements:
        assert 0 < len(statement.cue.split()) <= CUE_WORDS, statement.cue
        assert plain(statement.cue) in text, statement.cue


def test_the_table_of_topics_is_that_of_the_ontology() -> None:
    with (GOLD / "topics.csv").open(encoding="utf-8", newline="") as file:
        listed = [row["id"] for row in csv.DictReader(file)]
    assert len(listed) == len(set(listed)) > 50
    assert set(listed) == {topic.id for topic in load_world().topics}

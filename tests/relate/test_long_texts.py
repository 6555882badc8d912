"""Long texts, which are related part by part: nothing is lost, and everything stands where it stood."""

from __future__ import annotations

from articles import MIGRATION, RESUMED, article
from uscuba_kg.pipeline import read_article, read_text
from uscuba_kg.relate.parts import LONGEST, parts_of

FILLER = "The river rose in the night and the lower road was closed. "


def test_what_stands_in_a_later_part_is_read_and_stands_at_its_place() -> None:
    text = f"{MIGRATION.text}\n\n{FILLER * (LONGEST // len(FILLER))}\n\n{RESUMED.text}"
    long = article(text, published=None)
    assert len(list(parts_of(read_article(long)))) == 2
    reading = read_text(long)
    days = [m.start.value.lexical for m in reading.meetings if m.start is not None]  # type: ignore[union-attr]
    assert days == ["2022-04-21", "2023-01-18"]
    for frame in (*reading.meetings, *reading.units, *reading.positions):
        span = frame.evidence.span
        assert text[span.start : span.end] == frame.evidence.exact
    about = {
        s.words.exact: [reading.meetings[n].evidence.span.start for n in s.about]
        for s in reading.statements
    }
    assert all(start > LONGEST for words, at in about.items() if "frank" in words for start in at)


def test_a_statement_is_about_the_meeting_of_its_own_part() -> None:
    told = "On January 18, 2023, Cuba and the United States held talks in Havana, Josefina Vidal said. "
    long = article(told + FILLER * (LONGEST // len(FILLER)) + told.replace("18", "25"))
    reading = read_text(long)
    assert [m.start.value.lexical for m in reading.meetings if m.start] == [
        "2023-01-18",
        "2023-01-25",
    ]  # type: ignore[union-attr]
    assert [s.about for s in reading.statements] == [(0,), (1,)]


def test_most_articles_are_one_part() -> None:
    annotated = read_article(RESUMED)
    assert list(parts_of(annotated)) == [annotated]

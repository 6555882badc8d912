"""A story told in both languages gives the same facts about the same things.

What holds is asserted; what does not is held by floors, which only rise.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from uscuba_kg.pipeline import build_readings, read_inputs
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.terms import Literal
from uscuba_kg.score.gold import GoldArticle, read_gold
from uscuba_kg.score.run import read_annotated
from uscuba_kg.score.view import Fact, View

GOLD = Path(__file__).parent / "bilingual"
ENGLISH, SPANISH = read_gold([GOLD / "en"]), read_gold([GOLD / "es"])

ASPECTS = {
    "meeting": ("uscuba:meetingKind", "uscuba:status", "uscuba:involves"),
    "days": ("schema:startDate", "schema:endDate"),
    "place": ("schema:location",),
    "series": ("schema:superEvent", "uscuba:ordinal"),
    "participants": ("uscuba:participant", "uscuba:role", "uscuba:onBehalfOf"),
    "topics": ("schema:about",),
    "posts": ("org:holds", "org:postIn"),
    "bodies": ("org:unitOf",),
    "agreements": ("uscuba:signed", "uscuba:party"),
}
FLOORS = {
    "meeting": 0.95, "days": 0.95, "place": 0.95, "series": 0.86, "participants": 0.79, "topics": 0.78,
    "posts": 0.64, "bodies": 0.95, "agreements": 0.7,
}  # fmt: skip
"""Of the facts that either graph has, the share that both have, IRI by IRI."""

ALL_FACTS = 0.83
SAME_MEETING = 10
"""In how many stories the meeting they are about is the same in all that is said of it but topics."""


def iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return vocab.PREFIXES[prefix] + local


def facts(view: View) -> set[Fact]:
    """What a graph asserts, without the utterances and their unnamed speakers: these are the article's own."""
    wanted = {iri(name) for names in ASPECTS.values() for name in names}
    return {
        fact
        for _, fact in view.claims()
        if fact[1] in wanted
        and fact[2] in view.objects(fact[0], fact[1])
        and not fact[0].startswith((vocab.ID + "statement/", vocab.ID + "speaker/"))
    }


@pytest.fixture(scope="module")
def pairs() -> dict[str, tuple[View, View]]:
    """By story the graph of each telling, read alone."""
    english = (read.view for read, _ in read_annotated(ENGLISH))
    spanish = (read.view for read, _ in read_annotated(SPANISH))
    names = (a.path.stem for a in ENGLISH)
    return {name: (one, other) for name, one, other in zip(names, english, spanish, strict=True)}


def test_every_story_is_told_in_both_languages() -> None:
    assert len(ENGLISH) >= 14
    assert [a.path.stem for a in ENGLISH] == [a.path.stem for a in SPANISH]


@pytest.mark.parametrize(
    ("one", "other"), list(zip(ENGLISH, SPANISH, strict=True)), ids=[a.path.stem for a in ENGLISH]
)
def test_both_annotations_hold_the_same_facts(one: GoldArticle, other: GoldArticle) -> None:
    a, b = one.annotation, other.annotation
    assert (a.article.language, b.article.language) == ("en", "es")
    assert a.article.published == b.article.published
    assert (a.meetings, a.positions, a.units, a.agreements) == (
        b.meetings, b.positions, b.units, b.agreements,
    )  # fmt: skip
    assert [s.speaker for s in a.statements] == [s.speaker for s in b.statements]


def test_the_share_of_facts_that_both_tellings_give_only_rises(
    pairs: dict[str, tuple[View, View]],
) -> None:
    aspect_of = {iri(name): aspect for aspect, names in ASPECTS.items() for name in names}
    shared: dict[str, int] = defaultdict(int)
    told: dict[str, int] = defaultdict(int)
    for english, spanish in pairs.values():
        one, other = facts(english), facts(spanish)
        for fact in one | other:
            told[aspect_of[fact[1]]] += 1
        for fact in one & other:
            shared[aspect_of[fact[1]]] += 1
    shares = {aspect: round(shared[aspect] / told[aspect], 3) for aspect in ASPECTS}
    assert {a: s for a, s in shares.items() if s < FLOORS[a]} == {}, shares
    assert sum(shared.values()) / sum(told.values()) >= ALL_FACTS, shares


def test_the_meeting_of_a_story_is_one_thing_in_both_languages(
    pairs: dict[str, tuple[View, View]],
) -> None:
    """The meeting that the story is about: its IRI, days, place, series, number and status."""
    same = []
    for article in ENGLISH:
        start = article.annotation.meetings[0].start or ""
        one, other = (
            {
                (m.node.value, m.end and m.end.value, m.status.value, m.place, m.series, m.ordinal)
                for m in view.meetings()
                if m.start and m.start.value == start
            }
            for view in pairs[article.path.stem]
        )
        assert {told[0] for told in one} == {told[0] for told in other}, article.path.stem
        same += [article.path.stem] if one == other and one else []
    assert len(same) >= SAME_MEETING, same


def test_both_tellings_together_are_one_story() -> None:
    """Read into one graph, they give one meeting with two sources, not two."""
    joined = []
    for name in (a.path.stem for a in ENGLISH):
        alone = [meetings(GOLD / lang / f"{name}.txt") for lang in ("en", "es")]
        together = meetings(*(GOLD / lang / f"{name}.txt" for lang in ("en", "es")))
        if together == alone[0] | alone[1]:
            joined.append(name)
    assert joined == [a.path.stem for a in ENGLISH]


def meetings(*texts: Path) -> set[str]:
    readings, _ = read_inputs(texts)
    triples = build_readings(readings, check=False).triples
    wanted = vocab.USCUBA + "Meeting"
    return {
        t.subject
        for t in triples
        if t.predicate == vocab.TYPE and not isinstance(t.object, Literal) and t.object == wanted
    }

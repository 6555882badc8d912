"""What holds for any input: nothing raises, spans fit, reading repeats itself and stays linear."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uscuba_kg.ingest import Source, read_source
from uscuba_kg.ingest.decoding import repair
from uscuba_kg.ingest.layout import layout_of, posts_of
from uscuba_kg.ingest.metadata import parse_date
from uscuba_kg.ingest.pagewords import page_words
from uscuba_kg.ingest.paragraphs import paragraphs_of
from uscuba_kg.model import PartialDate

BODY = (
    "The two delegations met in Havana on Tuesday and said that they would go on with the talks "
    "on migration in the spring."
)
CUES = [
    cue
    for words in page_words().values()
    for cues in (words.cues.lists, words.cues.comments, words.cues.links, words.cues.tickers)
    for cue in cues[:6]
]
LINES = st.sampled_from(
    [
        *CUES, BODY, "", "", "=====", "[1] Harbor Weekly (May 3, 2015).", "A Title of Four Words",
        "By Ann Doe", "Photo: a boat", "— Ann Doe (@ann) May 3, 2015", "pic.twitter.com/abc",
        "Home News Politics", "\u00a0", "May 3, 2015", "1. One", "???????????", "Sources:",
    ]
)  # fmt: skip
PAGES = st.lists(LINES, max_size=25).map("\n".join)
ANYTHING = st.text(max_size=300) | PAGES


@given(ANYTHING)
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_sorted_and_disjoint(text: str) -> None:
    layout = layout_of(text)
    spans = sorted((*layout.noise, *layout.footnotes))
    assert list(layout.noise) == sorted(layout.noise)
    assert list(layout.footnotes) == sorted(layout.footnotes)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
    assert all(a.end <= b.start for a, b in pairwise(spans))
    if layout.title:
        assert text[layout.title.start : layout.title.end].strip()
        assert not any(layout.title.overlaps(span) for span in spans)


@given(ANYTHING)
@settings(max_examples=200, deadline=None)
def test_paragraphs_and_posts_keep_every_letter(text: str) -> None:
    paragraphs = paragraphs_of(text)
    assert all(p.text == text[p.start : p.end] for p in paragraphs)
    assert all(a.end <= b.start for a, b in pairwise(paragraphs))
    assert "".join("".join(posts_of(text)).split()) == "".join(text.split())


@given(st.binary(max_size=400) | ANYTHING.map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=200, deadline=None)
@pytest.mark.parametrize("front", [b"", b"---\n", b"<", b"{", b"\xff\xfe", b"---\na: b\n---\n"])
def test_bytes_never_raise_and_are_read_the_same_twice(front: bytes, data: bytes) -> None:
    if front == b"<":
        data = b"html><body><p>" + data
    result = read_source(Source("-"), io.BytesIO(front + data))
    assert result == read_source(Source("-"), io.BytesIO(front + data))
    articles, issues = result
    assert articles or issues or (front == b"{" and not data.strip())
    for article in articles:
        assert "\0" not in article.text
        assert "\r" not in article.text
        article.text.encode("utf-8")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(["text", "title", "url", "published", "language", "retold", "source"])


@given(st.dictionaries(KEYS, JSON))
@settings(max_examples=200, deadline=None)
def test_any_json_object_becomes_an_article_or_an_issue(values: dict[str, object]) -> None:
    articles, issues = read_source(Source("-"), io.BytesIO(json.dumps(values).encode()))
    assert articles or issues


@given(st.dates())
def test_dates_are_read_as_they_are_written(day: object) -> None:
    text = str(day)
    parts = [int(part) for part in text.split("-")]
    assert parse_date(text) == PartialDate(*parts)
    assert parse_date(f"{text}T08:30:00.5+02:00") == PartialDate(*parts)
    assert parse_date(text[:7]) == PartialDate(*parts[:2])
    assert parse_date(text[:4]) == PartialDate(parts[0])


@pytest.mark.parametrize(
    "text", ["", "2023-1-2", "2023-00-10", "2023-02-29", "18 de enero", "20230118", "2023-01-18x"]
)
def test_other_dates_are_not_guessed(text: str) -> None:
    assert parse_date(text) is None


@given(st.text(alphabet="áéíóúñÁÉÍÓÚÑ¿¡«»“”‘’—–… aeiouAO°º€\U0001f1e8", max_size=60))
@settings(max_examples=300, deadline=None)
def test_garbled_text_is_repaired_and_sound_text_is_kept(text: str) -> None:
    assert repair(text) == text
    assert repair(text.encode("utf-8").decode("latin-1")) == text


@pytest.mark.parametrize("text", ["SÃO PAULO", "«CAMBIÓ»", "PÂQUES", "ESPAÃ?A Ã±", "â€ y Ã±"])
def test_what_cannot_be_repaired_wholly_is_kept(text: str) -> None:
    assert repair(text) == text


P = BODY + "\n\n"
UNITS = [
    "a\n", "\n", "Comments\n", "Comments\n\n" + P, "More\n\n", "[1] a note of words\n\n",
    "Related posts\n\nA headline of some length\n\n", P + "[1] Note.\n\nA Title of Words\n\n",
    "-----\n\n[1] x (2016)\n\n", "By John Smith\n", "Breaking news\n", "x (", "- (@", "—", "Ã±",
    "aa.    '''' ", "share on facebook share ", "=====\n", "https://t.co/x ", BODY + " ", "a@",
    "(((", "---\n", "[", "“", "A Title of Four Words\n",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_reading_takes_time_in_proportion_to_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        data = (BODY + "\n\n" + unit * (size // len(unit)) + "\n\n" + BODY).encode()
        start = time.process_time()
        articles, _ = read_source(Source("-"), io.BytesIO(data))
        assert len(articles) >= 0
        return time.process_time() - start

    seconds(1_000)
    # Four times the text: a quadratic rule would take sixteen times as long.
    assert seconds(80_000) <= 9 * seconds(20_000) + 0.3


def test_reading_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    pages = sorted((Path(__file__).parent / "pages").glob("*.txt"))
    assert len(pages) == 13
    program = (
        "import sys, msgspec\n"
        "from uscuba_kg.ingest import read\n"
        "sys.stdout.buffer.write(msgspec.json.encode(list(read(sys.argv[1:]))))\n"
    )
    outputs = set()
    for seed in ("0", "1"):
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, pages)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
        )
        outputs.add(done.stdout)
    assert len(outputs) == 1

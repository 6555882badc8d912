"""The day of publication and where it stands; what only looks like one is not taken."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from test_ingest_archives import TALKS, answer, archive

from uscuba_kg.cli.main import cli
from uscuba_kg.ingest import read
from uscuba_kg.ingest.days import day_of
from uscuba_kg.ingest.html import read_page
from uscuba_kg.ingest.metadata import parse_date
from uscuba_kg.ingest.survey import survey
from uscuba_kg.model import Article, DateOrigin
from uscuba_kg.readings import _NAMES
from webpages import page, record

META = '<meta property="article:published_time" content="2022-11-15T10:00:00Z">'
CHANGED = '<meta property="article:modified_time" content="2023-04-01T10:00:00Z">'
LD = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2022-11-16"}</script>'
OTHER_LD = '<script type="application/ld+json">{"datePublished": "2021-01-01"}</script>'
VAGUE = '<meta name="date" content="2022-11-17">'
WORDS = '<meta name="pubdate" content="Friday, November 18, 2022">'
TIME = "<time class='entry-date published' datetime='2022-11-19T08:00'>today</time>"
ADDRESS = "https://example.org/2022/11/20/talks.html"
CASES = [
    ("JSON-LD before meta tags", LD + META, ADDRESS, "2022-11-16", DateOrigin.JSON_LD),
    ("two of JSON-LD are none", LD + OTHER_LD + META, None, "2022-11-15", DateOrigin.META),
    ("a marked time", TIME, None, "2022-11-19", DateOrigin.META),
    ("a tag before the address", META, ADDRESS, "2022-11-15", DateOrigin.META),
    ("the address before a vague tag", VAGUE, ADDRESS, "2022-11-20", DateOrigin.URL),
    ("an address without rulers", "", "https://example.org/nota20221120.html", "2022-11-20", DateOrigin.URL),
    ("an address that only counts", "", "https://example.org/id/120221120", None, None),
    ("an address that is no day", "", "https://example.org/2022/13/45/a", None, None),
    ("a vague tag", VAGUE, None, "2022-11-17", DateOrigin.META),
    ("a day in words, as the library read it", WORDS, None, "2022-11-18", DateOrigin.META),
    ("when it was changed", CHANGED, None, None, None),
    ("nothing", "", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "html", "url", "day", "origin"), CASES, ids=[case[0] for case in CASES]
)
def test_the_day_is_taken_from_the_soundest_place(
    name: str, html: str, url: str | None, day: str | None, origin: DateOrigin | None
) -> None:
    guess = parse_date("2022-11-18")  # as a library might find it anywhere
    found = day_of(html, url, "Talks held", guess, None)
    assert found == (parse_date(day) if day else None, origin)


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Talks held\n\nHAVANA, Nov. 18, 2022 - They met", DateOrigin.TEXT),
        ("Conversaciones\n\nLa Habana, 18 de noviembre de 2022", DateOrigin.TEXT),
        ("Talks held\n\nIn 2022 they met", None),
        ("x" * 600 + " November 18, 2022", None),
    ],
)
def test_a_day_found_anywhere_counts_where_the_head_of_the_text_holds_it(
    text: str, origin: DateOrigin | None
) -> None:
    assert day_of("", None, text, parse_date("2022-11-18"), None)[1] == origin


@pytest.mark.parametrize(
    ("html", "fetched", "day"),
    [
        (META, "2022-11-15", "2022-11-15"),  # a crawl of news meets most on their day
        (META, "2022-11-14", None),
        (VAGUE, "2022-11-17", None),
        (VAGUE, "2022-11-18", "2022-11-17"),
    ],
)
def test_the_day_of_fetching_is_no_vague_tag_s_and_nothing_comes_after_it(
    html: str, fetched: str, day: str | None
) -> None:
    found, _ = day_of(html, None, "", None, parse_date(fetched))
    assert found == (parse_date(day) if day else None)


def test_a_clock_in_the_frame_of_a_page_dates_nothing() -> None:
    text = TALKS.replace("Nov. 15, 2022", "Tuesday")
    html = page(text, 0).replace("<body>", "<body><div class='date'>Friday, March 1, 2024</div>")
    found = read_page(html)
    assert found is not None
    assert (found.metadata.published, found.metadata.dated_by) == (None, None)


def test_articles_carry_the_origin_and_readings_keep_it(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.md").write_text(f"---\npublished: 2022-11-15\n---\n{TALKS}")
    (tmp_path / "b.html").write_text(page(f"{TALKS} Again.", 0, head=META))
    (tmp_path / "c.jsonl").write_text(
        json.dumps({"text": f"{TALKS} No.", "published": "2022-11-15"})
    )
    (tmp_path / "d.txt").write_text(f"{TALKS} And more.")
    found = [item.dated_by for item in read([str(tmp_path)]) if isinstance(item, Article)]
    assert found == [DateOrigin.METADATA, DateOrigin.META, DateOrigin.METADATA, None]
    assert (DateOrigin.__module__, "DateOrigin") in _NAMES


def test_the_survey_tells_where_days_stand(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "c.warc.gz"
    tagged = record("https://example.org/t", page(f"{TALKS} Tagged.", 1, head=META).encode())
    undated = answer(TALKS.replace("Nov. 15, 2022", "Tuesday"), "https://example.org/n")
    dated = answer(f"{TALKS} Told.", "https://example.org/2022/11/15/d")
    path.write_bytes(archive(tagged, undated, dated).getvalue())
    assert survey([str(path)]).dated == {"meta": 1, "url": 1, "none": 1}
    told = CliRunner().invoke(cli, ["funnel", str(path)]).output
    assert "Their day of publication stands in: meta tags 1, nothing sound 1, the address 1" in told

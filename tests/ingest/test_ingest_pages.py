"""Whole pages marked by hand: ``⟦T:`` title, ``⟦N:`` noise, ``⟦F:`` notes, ``≡≡≡`` next post."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from uscuba_kg.ingest.layout import layout_of, posts_of
from uscuba_kg.model import Span

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
_MARKED = re.compile(r"⟦([TNF]):|⟧")


def _unmarked(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """A post without its marks, and the spans of each mark."""
    spans: dict[str, list[Span]] = {"T": [], "N": [], "F": []}
    text, at = "", 0
    for mark in _MARKED.finditer(marked):
        text += marked[at : mark.start()]
        if mark[1]:
            kind, start = mark[1], len(text)
        else:
            spans[kind].append(Span(start, len(text)))
        at = mark.end()
    return text + marked[at:], spans


def _words(text: str, spans: Sequence[Span]) -> list[str]:
    return [text[span.start : span.end] for span in spans]


def test_all_pages_are_here() -> None:
    assert len(PAGES) == 13


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_page(page: Path) -> None:
    marked = [_unmarked(part.strip()) for part in page.read_text("utf-8").split("≡≡≡\n")]
    posts = posts_of("\n\n".join(text for text, _ in marked))
    assert list(posts) == [text for text, _ in marked]
    for post, spans in marked:
        layout = layout_of(post)
        title = (layout.title,) if layout.title else ()
        assert _words(post, title) == _words(post, spans["T"])
        assert _words(post, layout.noise) == _words(post, _gaps_closed(spans["N"], post))
        assert _words(post, layout.footnotes) == _words(post, spans["F"])


def _gaps_closed(spans: Sequence[Span], text: str) -> list[Span]:
    """Marks with only white space between them count as one, as the spans of a layout do."""
    closed: list[Span] = []
    for span in spans:
        if closed and not text[closed[-1].end : span.start].strip():
            span = Span(closed.pop().start, span.end)
        closed.append(span)
    return closed


_BODY = (
    "The two delegations met in Havana on Tuesday and agreed that their experts will look at the "
    "charts of the strait together before the summer."
)
_MORE = (
    "They will do so in Miami, where the Coast Guard has an office of its own for such matters, "
    "and they will write down what they find."
)


@pytest.mark.parametrize(
    "line",
    [
        "By the end of the day, the delegation had left for Washington.",
        "Share of trade with the island fell to two percent, the ministry said.",
        "Related talks on migration are to be held in the autumn, said Doe.",
        "Read more broadly, the accord opens a door that was shut for decades.",
        "“No comment,” he said.",
        "Comments made by the senator in Havana were “not helpful,” said Hill.",
        "Home affairs officials of the two countries took part as well.",
        "Photo identification was among the topics of the second day.",
        "Fuentes de la delegación confirmaron que habrá otra ronda en mayo.",
        "Por la parte cubana asistió el viceministro de Salud, junto a tres directores.",
        "Compartir experiencias fue el propósito de la visita, dijo la ministra.",
        "Notes were exchanged at the end (a custom since 1977).",
        "January 18, 2023",
        "WASHINGTON, Jan. 18 (Wire) -",
        "Havana.",
        "2015-12-12 | 19:07:46 EST",
        "Publicado el 18 de enero de 2023",
        "The Larson Delegation",
        "1. Migration. The parties spoke about the accords of 1994 and 1995.",
        "* A hotline between the two Coast Guards",
        "What is left to be done?",
    ],
)
@pytest.mark.parametrize("last", [False, True], ids=["inside", "last"])
def test_what_is_said_is_never_noise(line: str, last: bool) -> None:
    parts = ["Charts of the Strait to Be Compared", _BODY, line]
    text = "\n\n".join(parts if last else [*parts, _MORE])
    layout = layout_of(text)
    assert layout.noise == ()
    assert posts_of(text) == (text,)


@pytest.mark.parametrize("cue", ["Comments", "Leave a Reply", "Deja un comentario"])
def test_a_long_text_after_a_comment_cue_is_kept(cue: str) -> None:
    text = "\n\n".join([_BODY, cue, _MORE, _BODY])
    assert _words(text, layout_of(text).noise) == [cue]


@pytest.mark.parametrize("cue", ["Most Popular", "Lo más leído", "Read more", "Lea también"])
def test_running_text_after_a_list_cue_is_kept(cue: str) -> None:
    text = "\n\n".join([_BODY, cue, "A ferry that never came", _MORE, _BODY])
    assert _words(text, layout_of(text).noise) == [f"{cue}\n\nA ferry that never came"]


@pytest.mark.parametrize(
    "between",
    [
        "The Larson Delegation",
        "-----\n\nThe Larson Delegation",
        "[2] A remark of our own, Harbor Weekly (May 3, 2015).\n\nThe Larson Delegation",
        "Source: Bureau of the Census\n\nThe Larson Delegation",
    ],
)
def test_a_subheading_begins_no_post(between: str) -> None:
    text = "\n\n".join(["Two Delegations in One Week", _BODY, between, _MORE])
    assert len(posts_of(text)) == 1


def test_a_title_given_by_metadata_is_found_in_the_text() -> None:
    text = f"Harbor Weekly\n\nMay Brings New Talks\n\n{_BODY}"
    span = layout_of(text, "May brings new talks").title
    assert span is not None
    assert text[span.start : span.end] == "May Brings New Talks"


def test_a_text_of_countless_lines_is_no_page() -> None:
    text = f"{_BODY}\n\nLeave a Reply\n\n" + "x\n" * 60_000
    layout = layout_of(text)
    assert (layout.title, layout.noise, layout.footnotes) == (None, (), ())

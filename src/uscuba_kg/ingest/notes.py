"""Notes under a text, and the posts of a page that follow one another after their notes.

Notes begin at a ruler with a numbered note under it, at a heading such as "Sources", or at a note
``[1]`` after running text. A new post begins where, after notes, a title-like line stands alone and
running text follows. Form decides; wordings only name the headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from uscuba_kg.ingest.pagewords import Lexicon
from uscuba_kg.ingest.paragraphs import Paragraph

_FIRST_NOTE = re.compile(r"\[\^?1\]")
_LONG_NOTE = 100
_HEADED_NOTE = 60
_SOURCE_LINE = 20
_TITLE_TO_BODY = 3


class Notes(msgspec.Struct, frozen=True):
    """Which paragraphs are notes, as half-open index ranges, and where a further post begins."""

    ranges: tuple[tuple[int, int], ...]
    posts: tuple[int, ...]


def find_notes(paragraphs: Sequence[Paragraph], lexicon: Lexicon) -> Notes:
    """Find every block of notes and every post that begins after one."""
    ranges: list[tuple[int, int]] = []
    posts: list[int] = []
    firsts = (at for at, p in enumerate(paragraphs) if _FIRST_NOTE.match(p.text))
    restart = max(firsts, default=-1)
    body = False
    at = 0
    while at < len(paragraphs):
        limit = _opening(paragraphs, at, lexicon) if body else 0
        if not limit:
            body = body or paragraphs[at].is_prose
            at += 1
            continue
        end = at + 1
        while end < len(paragraphs) and _goes_on(paragraphs, end, limit, lexicon):
            end += 1
        ranges.append((at, end))
        if _separates(paragraphs, at, end, restart) and _begins_post(paragraphs, end, lexicon):
            posts.append(end)
            body = False
        at = end
    return Notes(tuple(ranges), tuple(posts))


def _separates(paragraphs: Sequence[Paragraph], start: int, end: int, restart: int) -> bool:
    """Whether these notes can end a post: under a ruler, or numbered afresh further down."""
    if end == len(paragraphs):
        return False
    ruled = paragraphs[start].is_ruler
    return any(p.is_numbered for p in paragraphs[start:end]) and (ruled or restart >= end)


def _opening(paragraphs: Sequence[Paragraph], at: int, lexicon: Lexicon) -> int:
    """How long an unnumbered paragraph may be in the notes that begin here; 0 if none begin.

    A bare ``[1]`` allows none, so that text after it is read; that is length 1.
    """
    this = paragraphs[at]
    following = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    if this.is_ruler:
        if following is None:
            return 0
        if following.is_bracketed:
            return _LONG_NOTE
        if _numbered_to_the_end(paragraphs, at + 1) or _heads_notes(following, lexicon):
            return _HEADED_NOTE
        return 0
    if this.is_bracketed and this.length > 2:
        return 1
    if lexicon.notes.is_all(this.words) and following is not None:
        fits = following.is_numbered or following.cites or following.length <= _SOURCE_LINE
        return _HEADED_NOTE if fits else 0
    return 1 if _heads_notes(this, lexicon) else 0


def _heads_notes(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Whether it is a heading of notes, or a short line such as "Source: ..."."""
    if lexicon.notes.is_all(paragraph.words):
        return True
    return paragraph.length <= _SOURCE_LINE and lexicon.notes.is_all(paragraph.before_colon)


def _numbered_to_the_end(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a plain list "1. ..." runs to the end, at least one item of it a citation."""
    rest = paragraphs[at : at + _LONG_NOTE]
    return all(p.is_numbered for p in rest) and any(p.cites for p in rest)


def _goes_on(paragraphs: Sequence[Paragraph], at: int, limit: int, lexicon: Lexicon) -> bool:
    this = paragraphs[at]
    if this.is_bracketed:
        return True
    if this.is_ruler or _is_page_line(this, lexicon) or _begins_post(paragraphs, at, lexicon):
        return False
    if limit == 1:
        return False
    return this.is_numbered or this.cites or this.length <= limit


def _is_page_line(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    words = paragraph.words
    return (
        lexicon.comments.is_all(words)
        or lexicon.lists.is_all(words)
        or lexicon.links.is_all(words)
        or lexicon.chrome.make_up(words)
    )


def _begins_post(paragraphs: Sequence[Paragraph], at: int, lexicon: Lexicon) -> bool:
    """Whether a title stands here alone, with running text at most three short lines below."""
    title = paragraphs[at]
    if not (title.alone and title.is_titled and title.length <= 25) or title.cites:
        return False
    if title.text.endswith(".") or _is_page_line(title, lexicon):
        return False
    for below in paragraphs[at + 1 : at + 2 + _TITLE_TO_BODY]:
        if below.is_prose:
            return below.length >= 20 and not below.text.endswith(";")
        if below.is_ruler or below.is_numbered or below.length > 25:
            return False
    return False

"""Paragraphs of a text and their shapes: prose, a title-like line, a ruler, a numbered note.

A paragraph is a line, except in a text that was broken into lines of equal width: there it is what
stands between blank lines. Shapes are told by form, not by wordings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from uscuba_kg.ingest.pagewords import Phrase, words_of

_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_SPACE = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + _INVISIBLE
_SHORT = 400
_WRAP_WIDTH = 110

_RULER = re.compile(r"([=_*~#–—─-])\1{4,}|(?:[*·•—–-] ){2,}[*·•—–-]")
_BRACKETED = re.compile(r"\[\^?\d{1,3}\]")
_NUMBERED = re.compile(r"(?:\[\^?\d{1,3}\]:?|\(\d{1,3}\)|[¹²³⁰-⁹]+|\d{1,3}[.)])\s*(?=\S)")
_CITES = re.compile(r"\([^()]{0,40}(?:1[89]|20)\d\d[^()]{0,12}\)|https?://|\bwww\.")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\s*(?:\[\^?\d{1,3}\]\s*)*\Z")
# A question, a line cut short, an abbreviation ("U.S.", "EE. UU."): a headline may end so too.
_OPEN_END = re.compile(r"(?:[?]|\.\.\.|…)[\"'”’»)\]]*\Z|(?<!\w)(?:[^\W\d_]{1,2}\. ?){2,}\Z")
_STOP_INSIDE = re.compile(
    r"[^\W\d_]{2}[.!?][\"'”’»)\]]*(?:\[\^?\d{1,3}\])*\s+[\"'“‘«¿¡(\[]*[^\W\d_]"
)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_DATE_LABEL = re.compile(r"(?:[^\W\d_]+ )?(?:1[89]|20)\d\d-\d\d-\d\d\s+")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b|\b(?:1[89]|20)\d\d-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b")
_LABELLED = re.compile(r"([^:|]{2,40})[:|]")
_HEADING_MARK = re.compile(r"#{1,6}\s+")


class Paragraph(msgspec.Struct, frozen=True, dict=True):
    """A stretch of text without the white space around it, and whether blank lines surround it."""

    start: int
    end: int
    text: str
    alone: bool

    @cached_property
    def length(self) -> int:
        """The number of words."""
        return len(self.text.split())

    @cached_property
    def words(self) -> Phrase:
        """The words as cues are compared; none for a paragraph too long to be a line of a page."""
        return words_of(self.text) if len(self.text) <= _SHORT else ()

    @cached_property
    def is_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return _SENTENCE_END.search(self.text[-60:]) is not None

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads like running text: long enough, and ended like a sentence."""
        if self.length < 12 or self.is_numbered:
            return False
        if self.is_sentence:
            return self.length > 25 or not _OPEN_END.search(self.text[-60:])
        return self.length >= 25 and self.stops >= max(1, self.length // 60)

    @cached_property
    def is_text(self) -> bool:
        """Whether it is running text or at least a short sentence of its own."""
        short = self.length >= 3 and self.is_sentence and self.text.rstrip("\"'”’»)")[-1:] in ".!…"
        return self.is_prose or (short and not self.is_dateline and not self.is_numbered)

    @cached_property
    def before_colon(self) -> Phrase:
        """The words of the label before a colon or a bar near the start; none without one."""
        found = _LABELLED.match(self.text)
        return words_of(found[1]) if found and len(self.text) <= _SHORT else ()

    @cached_property
    def stops(self) -> int:
        """The number of sentences that end before the paragraph does."""
        return sum(1 for found in _STOP_INSIDE.finditer(self.text) if found[0][-1].isupper())

    @cached_property
    def is_ruler(self) -> bool:
        """Whether it is a drawn line."""
        return _RULER.fullmatch(self.text) is not None

    @cached_property
    def is_scribble(self) -> bool:
        """Whether it holds no letter and no digit though it is no ruler: a run of signs."""
        return len(self.text) >= 10 and not self.is_ruler and not any(map(str.isalnum, self.text))

    @cached_property
    def is_numbered(self) -> bool:
        """Whether it begins as a numbered note or list item does."""
        return _NUMBERED.match(self.text) is not None

    @cached_property
    def is_bracketed(self) -> bool:
        """Whether it begins with a number in square brackets."""
        return _BRACKETED.match(self.text) is not None

    @cached_property
    def cites(self) -> bool:
        """Whether it holds a year in parentheses or an address, as citations do."""
        return _CITES.search(self.text) is not None

    @cached_property
    def is_dateline(self) -> bool:
        """Whether it is a short line that holds a date or a clock time."""
        if _CLOCK.search(self.text[self.label :]):
            return self.length <= 15
        has_day = sum(map(str.isdigit, self.text)) > 4 or "|" in self.text
        return self.length <= 7 and has_day and _YEAR.search(self.text) is not None

    @cached_property
    def label(self) -> int:
        """The length of a machine-made date, or of the heading mark, before the line proper."""
        found = _DATE_LABEL.match(self.text) or _HEADING_MARK.match(self.text)
        return found.end() if found else 0

    @cached_property
    def heading(self) -> str:
        """The line proper, without the label before it."""
        return self.text[self.label :] if len(self.text) <= _SHORT else ""

    @cached_property
    def is_titled(self) -> bool:
        """Whether it looks like a title: short, begun with a capital, without a final full stop."""
        line = self.heading.lstrip("\"'“‘«¿¡([")
        count = len(self.heading.split())
        if not line or not 3 <= count <= 30 or (count == 3 and not self.alone):
            return False
        if self.is_numbered or self.is_dateline or "@" in line or "://" in line:
            return False
        if not (line[0].isupper() or line[0].isdigit()) or line[-1] in ",;:":
            return False
        ended = line.endswith(".") and not _OPEN_END.search(line[-60:])
        return not ended or _in_title_case(line)


def _in_title_case(line: str) -> bool:
    long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


class _Line(msgspec.Struct, frozen=True):
    start: int
    text: str


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for raw in text.split("\n"):
        stripped = raw.strip(_SPACE)
        lead = len(raw) - len(raw.lstrip(_SPACE)) if stripped else 0
        yield _Line(at + lead, stripped)
        at += len(raw) + 1


def _wrap_width(lines: Sequence[_Line]) -> int:
    """The width to which the lines were broken; 0 for a text that has a line for a paragraph."""
    filled = [line for line in lines if line.text]
    narrow = sum(len(line.text) <= _WRAP_WIDTH for line in filled)
    pairs = [(a.text, b.text) for a, b in pairwise(lines) if a.text and b.text]
    if len(pairs) < 3 or narrow < 0.9 * len(filled):
        return 0
    running_on = sum(len(a) >= 40 and b[0].islower() for a, b in pairs)
    if running_on < 0.3 * len(pairs):
        return 0
    return max(len(line.text) for line in filled if len(line.text) <= _WRAP_WIDTH)


def _goes_on(line: _Line, below: _Line, width: int) -> bool:
    """Whether a line runs on in the one below: it is full, or the other begins small."""
    if not below.text or len(line.text) > _WRAP_WIDTH:
        return False
    return len(line.text) >= 0.6 * width or below.text[0].islower()


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Split ``text`` into its paragraphs, in order; blank lines belong to none."""
    lines = tuple(_lines(text))
    width = _wrap_width(lines)
    found: list[Paragraph] = []
    at = 0
    while at < len(lines):
        if not lines[at].text:
            at += 1
            continue
        last = at
        while width and last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1], width):
            last += 1
        start, end = lines[at].start, lines[last].start + len(lines[last].text)
        before = at == 0 or not lines[at - 1].text
        after = last + 1 == len(lines) or not lines[last + 1].text
        found.append(Paragraph(start, end, text[start:end], before and after))
        at = last + 1
    return tuple(found)

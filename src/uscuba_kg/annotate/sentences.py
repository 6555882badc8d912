"""Sentence ends, by punctuation and a pack's table of abbreviations."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from uscuba_kg.model import Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold

_LONGEST = 4_000
_STOP = re.compile(
    r"[.!?…]+[\"”’'»)\]]*(?:\[\w{1,3}\])?(?=\s|$|[A-ZÁÉÍÓÚÑ\"“«¿¡])|\n[ \t]*\n+|\n(?=[*•\-–—] )"
)
_STOP_OR_LINE = re.compile(_STOP.pattern + r"|\n")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE_ENDS = (".", "!", "?", ":", "”", '"', "»")
_WORD_BEFORE = re.compile(r"[\w.'’]+$")
_WORD_AFTER = re.compile(r"\s*[\"“«¿¡(\[]*([\w.]+)")


@lru_cache(maxsize=64)
def _words(pack: Pack, name: str) -> frozenset[str]:
    return frozenset(pack.words("sentences", name))


def _ends(text: str, stop: re.Match[str], pack: Pack) -> bool:
    mark = stop[0]
    if not mark.startswith("."):
        return True
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 24), stop.start())
    after = _WORD_AFTER.match(text, stop.end())
    word = fold(before[0]) if before else ""
    following = after[1] if after else ""
    glued = stop.end() < len(text) and not text[stop.end()].isspace()
    if glued and (len(word) < 3 or not word.isalpha() or not following[1:2].islower()):
        return False
    if not following:
        return True
    if following[0].islower() and mark.rstrip(")]") == ".":
        return False
    if word in _words(pack, "never_end"):
        return False
    if len(word) == 1 and word.isalpha():
        return False
    if word in _words(pack, "may_end") or re.fullmatch(r"(?:\w\.)+\w", word):
        return fold(following) in pack.folded("sentences", "openers")
    return True


def _soft_breaks(text: str) -> frozenset[int]:
    """The offsets of line breaks inside sentences.

    In a block of lines set to a width, some lines go on in lower case; then no break of the block
    ends a sentence by itself, nor does one after another line of that width without a full stop.
    """
    soft: set[int] = set()
    open_breaks: list[tuple[int, int]] = []
    width = 0
    for block in _BLOCK.finditer(text):
        lines = block[0].split("\n")
        starts = list(
            itertools.accumulate((len(line) + 1 for line in lines), initial=block.start())
        )
        breaks = [start - 1 for start in starts[1:-1]]
        going_on = sum(text[b + 1 : b + 2].islower() for b in breaks)
        if going_on * 4 >= len(breaks) > 0:
            soft.update(breaks)
            width = max(width, *map(len, lines))
        else:
            open_breaks.extend(
                (b, len(line))
                for b, line in zip(breaks, lines, strict=False)
                if line.rstrip()[-1:] not in _LINE_ENDS
            )
    soft.update(b for b, size in open_breaks if width * 0.6 <= size <= width + 3)
    return frozenset(soft)


def _held_short(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut what no reader would take for one sentence, so that work on a sentence has a bound."""
    for first, last in spans:
        while last - first > _LONGEST:
            space = text.rfind(" ", first + 1, first + _LONGEST)
            cut = space if space > first else first + _LONGEST
            yield first, cut
            first = cut
        yield first, last


def find_sentences(text: str, pack: Pack) -> tuple[Span, ...]:
    """Give the sentences of a text in order; blank lines end one too, white space is left out.

    >>> from uscuba_kg.packs.load import pack_for
    >>> text = "Talks were held in Washington, D.C. on Friday. Mr. Kozak led the U.S. side."
    >>> [text[s.start:s.end] for s in find_sentences(text, pack_for("en"))][1]
    'Mr. Kozak led the U.S. side.'
    """
    spans, start = [], 0
    soft = _soft_breaks(text)
    for stop in _STOP_OR_LINE.finditer(text):
        if stop[0][0] != "\n":
            if not _ends(text, stop, pack):
                continue
        elif stop.start() in soft and stop[0] == "\n":
            continue
        spans.append((start, stop.end() if stop[0][0] != "\n" else stop.start()))
        start = stop.end()
    spans.append((start, len(text)))
    trimmed = []
    for first, last in _held_short(text, spans):
        inside = text[first:last]
        left = len(inside) - len(inside.lstrip())
        body = inside.strip()
        if body:
            trimmed.append(Span(first + left, first + left + len(body)))
    return tuple(trimmed)

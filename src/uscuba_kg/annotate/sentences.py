"""Sentence ends, by punctuation and a pack's table of abbreviations."""

from __future__ import annotations

import itertools
import re

from uscuba_kg.model import Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold

_STOP = re.compile(
    r"[.!?…]+[\"”’'»)\]]*(?:\[\w{1,3}\])?(?=\s|$|[A-ZÁÉÍÓÚÑ\"“«¿¡])|\n[ \t]*\n+|\n(?=[*•\-–—] )"
)
_STOP_OR_LINE = re.compile(_STOP.pattern + r"|\n")
_WRAPPED_LINE = range(40, 86)
_WORD_BEFORE = re.compile(r"[\w.'’]+$")
_WORD_AFTER = re.compile(r"\s*[\"“«¿¡(\[]*([\w.]+)")


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
    if following[0].islower() and len(mark) == 1:
        return False
    if word in pack.words("sentences", "never_end"):
        return False
    if len(word) == 1 and word.isalpha():
        return False
    if word in pack.words("sentences", "may_end") or re.fullmatch(r"(?:\w\.)+\w", word):
        return fold(following) in {fold(w) for w in pack.words("sentences", "openers")}
    return True


def _is_wrapped(text: str) -> bool:
    """Tell whether lines break inside sentences: many lines of typewriter length run on."""
    lines = text.split("\n")
    running = sum(
        len(line) in _WRAPPED_LINE and line.rstrip()[-1:] not in (".", "!", "?", ":", "”", '"')
        for line, after in itertools.pairwise(lines)
        if after.strip()
    )
    full = sum(1 for line in lines if line.strip())
    return running > 5 and running * 3 > full


def find_sentences(text: str, pack: Pack) -> tuple[Span, ...]:
    """Give the sentences of a text in order; blank lines end one too, white space is left out.

    >>> from uscuba_kg.packs.load import pack_for
    >>> text = "Talks were held in Washington, D.C. on Friday. Mr. Kozak led the U.S. side."
    >>> [text[s.start:s.end] for s in find_sentences(text, pack_for("en"))][1]
    'Mr. Kozak led the U.S. side.'
    """
    spans, start = [], 0
    stops = _STOP if _is_wrapped(text) else _STOP_OR_LINE
    for stop in stops.finditer(text):
        if stop[0][0] != "\n" and not _ends(text, stop, pack):
            continue
        spans.append((start, stop.end() if stop[0][0] != "\n" else stop.start()))
        start = stop.end()
    spans.append((start, len(text)))
    trimmed = []
    for first, last in spans:
        inside = text[first:last]
        left = len(inside) - len(inside.lstrip())
        body = inside.strip()
        if body:
            trimmed.append(Span(first + left, first + left + len(body)))
    return tuple(trimmed)

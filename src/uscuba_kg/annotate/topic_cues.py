"""Topic cues, found word by word: whatever the number of their nouns, whatever joins their words.

"Visa" is found in "visas", "drug smuggling" in "drug-smuggling". A cue may have gaps, written "..":
"return .. nationals" is found in "the return of its nationals", and "trafficking .. people" beside
"trafficking .. drugs" in "trafficking in drugs and people". One automaton holds the pieces of all
cues; what two pieces stand for is settled in one pass, in linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import ahocorasick
import msgspec

from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.text import fold
from uscuba_kg.world import Topic

GAP = ".."
_REACH = 4
_TOKEN = re.compile(r"[^\W_]+(?:'s(?!\w))?|--+|-(?=\s)|[^\w\s'-]")


class Piece(msgspec.Struct, frozen=True):
    """A stretch of words that is a cue, or the part of one between its gaps."""

    key: str
    """The whole cue, by its words' stems."""
    place: int
    """Which piece of the cue it is."""
    length: int
    """How many words it has."""
    last: bool
    topic: str
    weak: bool
    exact: str | None = None
    """The folded label, where the text must have these very words."""


class _Hit(msgspec.Struct, frozen=True):
    words: frozenset[int]
    piece: Piece


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Give a folded word without the ending of its plural, by which "agencies" is "agency".

    >>> [stem(w) for w in ("visas", "visa", "agencies", "agency", "inversiones", "inversión")]
    ['visa', 'visa', 'agenci', 'agenci', 'inversion', 'inversión']
    """
    word = word.removesuffix("'s")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def cue_key(label: str) -> str:
    """Give a cue by its words' stems: two labels with one key are found in the same places."""
    pieces = (" ".join(stem(w) for w in _TOKEN.findall(fold(p))) for p in label.split(GAP))
    return f" {GAP} ".join(pieces)


def cue_index(topics: Iterable[Topic]) -> Any:
    """Compile the labels of the topics; a cue is weak if one of the labels that it stands for is."""
    cues: dict[tuple[str, str], list[tuple[bool, str | None]]] = {}
    for topic in topics:
        for label in topic.labels:
            form = fold(label.text)
            exact = form if form in topic.exact else None
            cues.setdefault((cue_key(form), topic.id), []).append((form in topic.weak, exact))
    forms: dict[str, list[Piece]] = {}
    for (key, topic_id), marks in sorted(cues.items()):
        loose = [m for m in marks if m[1] is None]
        for weak, exact in [(any(w for w, _ in loose), None)] if loose else sorted(set(marks)):
            parts = key.split(f" {GAP} ")
            for place, part in enumerate(parts):
                last = place == len(parts) - 1
                piece = Piece(key, place, part.count(" ") + 1, last, topic_id, weak, exact)
                forms.setdefault(f" {part} ", []).append(piece)
    automaton = ahocorasick.Automaton()
    for form, pieces in sorted(forms.items()):
        automaton.add_word(form, tuple(pieces))
    automaton.make_automaton()
    return automaton


def find_cues(text: str, folded: str, index: Any) -> tuple[Mention, ...]:
    """Give the topic cues, without those whose words are all part of a longer one."""
    spans = [m.span() for m in _TOKEN.finditer(folded)]
    words = [folded[start:end] for start, end in spans]
    hits = sorted(_hits(words, index), key=lambda h: (-len(h.words), min(h.words), h.piece.key))
    taken: dict[int, list[frozenset[int]]] = {}
    kept: list[Mention] = []
    for hit in hits:
        first = min(hit.words)
        span = Span(spans[first][0], spans[max(hit.words)][1])
        if hit.piece.exact not in (None, folded[span.start : span.end]):
            continue
        if any(hit.words < other for other in taken.get(first, ())):
            continue
        for word in hit.words:
            taken.setdefault(word, []).append(hit.words)
        rule = "topic.weak" if hit.piece.weak else "topic.cue"
        topic, surface = hit.piece.topic, text[span.start : span.end]
        kept.append(Mention(MentionKind.TOPIC, span, surface, topic, topic, rule))
    return tuple(sorted(set(kept), key=lambda m: (m.span, m.value, m.rule)))


def _hits(words: list[str], index: Any) -> Iterator[_Hit]:
    """Whole cues among the words; a gap has at most a few words and no end of a clause in it."""
    line, number = [" "], {}
    at = 0
    for i, word in enumerate(words):
        number[at] = i
        stemmed = stem(word)
        line.append(stemmed + " ")
        at += len(stemmed) + 1
    clauses = _clauses(words)
    begun: dict[tuple[str, int], _Hit] = {}
    for last, pieces in index.iter("".join(line)):
        for piece in pieces:
            first = number[last - _width(piece)]
            own = frozenset(range(first, first + piece.length))
            if piece.place:
                before = begun.get((piece.key, piece.place - 1))
                if before is None or not _joins(max(before.words), first, clauses):
                    continue
                own |= before.words
            hit = _Hit(own, piece)
            if piece.last:
                yield hit
            else:
                begun[piece.key, piece.place] = hit


def _width(piece: Piece) -> int:
    return len(piece.key.split(f" {GAP} ")[piece.place]) + 1


def _joins(before: int, after: int, clauses: list[int]) -> bool:
    return before < after <= before + _REACH + 1 and clauses[before] == clauses[after]


def _clauses(words: list[str]) -> list[int]:
    """The number of the clause that each word stands in; commas do not end one."""
    numbers, current = [], 0
    for word in words:
        if not word[0].isalnum() and word != ",":
            current += 1
        numbers.append(current)
    return numbers

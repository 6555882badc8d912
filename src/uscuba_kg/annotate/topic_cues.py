"""Topic cues, found word by word: whatever the number of their nouns, whatever joins their words.

"Visa" is found in "visas", "drug smuggling" in "drug-smuggling". A cue may have gaps, written "..":
"return .. nationals" is found in "the return of its nationals", and "trafficking .. people" beside
"trafficking .. drugs" in "trafficking in drugs and people". One automaton holds the pieces of all
cues; what two pieces stand for is settled in one pass, in linear time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, count
from operator import add
from typing import Any

import ahocorasick
import msgspec

from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.text import BETWEEN, TOKEN, cue_key, fold, stem
from uscuba_kg.world import Topic

_REACH = 4


class Meaning(msgspec.Struct, frozen=True, order=True):
    """What a whole cue stands for; of an ``exact`` one the text must have the very words."""

    topic: str
    weak: bool
    exact: str = ""


class Step(msgspec.Struct, frozen=True):
    """What a piece of a cue reaches after the pieces before it, and completes, if anything."""

    reached: str
    opens: bool
    meanings: tuple[Meaning, ...]


class Piece(msgspec.Struct, frozen=True):
    """A stretch of words that is a cue, or the part of one between its gaps."""

    length: int
    width: int
    alone: Step | None
    after: dict[str, Step]
    """What it reaches after other pieces, by the pieces before it."""


class _Hit(msgspec.Struct, frozen=True):
    first: int
    words: frozenset[int]
    key: str
    meanings: tuple[Meaning, ...]


def cue_index(topics: Iterable[Topic]) -> Any:
    """Compile the labels of the topics; a cue is weak if one of the labels that it stands for is."""
    cues: dict[str, dict[tuple[str, str], bool]] = {}
    for topic in topics:
        for label in topic.labels:
            form = fold(label.text)
            marks = cues.setdefault(cue_key(form), {})
            meant = (topic.id, form if form in topic.exact else "")
            marks[meant] = marks.get(meant, False) or form in topic.weak
    forms: dict[str, dict[tuple[str, str], tuple[bool, tuple[Meaning, ...]]]] = {}
    for key, marks in sorted(cues.items()):
        whole = tuple(sorted(Meaning(topic, weak, exact) for (topic, exact), weak in marks.items()))
        parts, before = key.split(BETWEEN), ""
        for place, part in enumerate(parts):
            last = place == len(parts) - 1
            reached = before + BETWEEN + part if before else part
            opens, known = forms.setdefault(part, {}).get((before, reached), (False, ()))
            forms[part][before, reached] = (opens or not last, whole if last else known)
            before = reached
    automaton = ahocorasick.Automaton()
    for form, steps in sorted(forms.items()):
        after = {b: Step(r, opens, means) for (b, r), (opens, means) in sorted(steps.items())}
        alone = after.pop("", None)
        automaton.add_word(f" {form} ", Piece(form.count(" ") + 1, len(form) + 1, alone, after))
    automaton.make_automaton()
    return automaton


def find_cues(text: str, folded: str, index: Any) -> tuple[Mention, ...]:
    """Give the topic cues, without those whose words are all part of a longer one."""
    spans = [m.span() for m in TOKEN.finditer(folded)]
    words = [folded[start:end] for start, end in spans]
    hits = sorted(_hits(words, index), key=lambda h: (-len(h.words), h.first, h.key))
    taken: dict[int, list[frozenset[int]]] = {}
    kept: set[Mention] = set()
    for hit in hits:
        if any(hit.words < other for other in taken.get(hit.first, ())):
            continue
        span = Span(spans[hit.first][0], spans[max(hit.words)][1])
        surface = text[span.start : span.end]
        meant = [m for m in hit.meanings if m.exact in ("", folded[span.start : span.end])]
        for word in hit.words if meant else ():
            taken.setdefault(word, []).append(hit.words)
        for one in meant:
            rule = "topic.weak" if one.weak else "topic.cue"
            kept.add(Mention(MentionKind.TOPIC, span, surface, one.topic, one.topic, rule))
    return tuple(sorted(kept, key=lambda m: (m.span, m.value, m.rule)))


def _hits(words: list[str], index: Any) -> Iterator[_Hit]:
    """Whole cues among the words; a gap has at most a few words and no end of a clause in it."""
    stems = list(map(stem, words))
    starts = map(add, accumulate(map(len, stems), initial=0), count())
    number = dict(zip(starts, range(len(stems)), strict=False))
    begun: list[tuple[str, int, int, frozenset[int]]] = []
    for last, piece in index.iter(f" {' '.join(stems)} "):
        start = number[last - piece.width]
        end = start + piece.length
        own = frozenset(range(start, end))
        reached = [] if piece.alone is None else [(piece.alone, start, own)]
        if piece.after:
            begun = [b for b in begun if b[2] >= start - _REACH]
            nearest = {
                key: (piece.after[key], first, before | own)
                for key, first, stop, before in begun
                if key in piece.after and stop <= start and not _parted(words[stop:start])
            }
            reached += nearest.values()
        for step, first, both in reached:
            if step.opens:
                begun.append((step.reached, first, end, both))
            if step.meanings:
                yield _Hit(first, both, step.reached, step.meanings)


def _parted(words: list[str]) -> bool:
    """Whether a clause ends among the words of a gap; a comma ends none."""
    return any(not word[0].isalnum() and word != "," for word in words)

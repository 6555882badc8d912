"""Offsets and folding: how a text is compared without ever being changed.

Folding takes one code point to one code point, so that an offset in the folded text is an offset
in the text. Case and accents go; apostrophes, hyphens, quotation marks and odd spaces become their
plain forms.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any

from anyascii import anyascii

from uscuba_kg.model import Span

_PLAIN = {
    "‘": "'", "’": "'", "ʼ": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "«": '"', "»": '"', "„": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u3000": " ",
    "\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ",
    "\u0085": " ", "\u2028": " ", "\u2029": " ",
}  # fmt: skip

GAP = ".."
"""Stands in a cue for a few words."""
BETWEEN = f" {GAP} "
TOKEN = re.compile(r"[^\W_]+(?:'s(?!\w))?|--+|-(?=\s)|[^\w\s'-]")
"""A word, or a mark that ends a clause."""


class _Folding(dict[int, str]):
    """A translation table that fills itself: each code point is folded once."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = _PLAIN.get(char)
        if plain is None:
            base = unicodedata.normalize("NFKD", char)[:1]
            lowered = base.lower()
            plain = lowered if len(lowered) == 1 and not unicodedata.combining(base) else char
        self[code] = plain
        return plain


_FOLDING = _Folding()
_WORD_LENGTH = 24


def fold(text: str) -> str:
    """Give ``text`` without case and accents, of the same length in code points.

    >>> fold("El Canciller «Bruno Rodríguez»")
    'el canciller "bruno rodriguez"'
    """
    return _folded_word(text) if len(text) <= _WORD_LENGTH else text.translate(_FOLDING)


@lru_cache(maxsize=1 << 16)
def _folded_word(text: str) -> str:
    """What is no longer than a word or two comes again and again."""
    return text.translate(_FOLDING)


_WORD = re.compile(r"\w+")


def first_words(phrases: Iterable[str]) -> frozenset[str]:
    """The words with which some phrases begin, folded.

    >>> sorted(first_words(["Vice-President", "vice  minister", "canciller"]))
    ['canciller', 'vice']
    """
    return frozenset(fold(word[0]) for p in phrases if (word := _WORD.search(p)) is not None)


def longest_words(phrases: Iterable[str]) -> frozenset[str]:
    """The longest word of each of some phrases, folded: the one that the fewest texts hold.

    >>> sorted(longest_words(["la semana que viene", "el mes pasado"]))
    ['pasado', 'semana']
    """
    words = (_WORD.findall(fold(phrase)) for phrase in phrases)
    return frozenset(max(found, key=len) for found in words if found)


class Words:
    """The places of the words of a folded text.

    Who looks for phrases asks where their first words stand, and tries nothing anywhere else.
    """

    def __init__(self, folded: str) -> None:
        places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for word in _WORD.finditer(folded):
            places[word[0]].append(word.span())
        self._places = places

    def among(self, words: frozenset[str]) -> list[tuple[int, int]]:
        """Where one of some folded words stands, in order."""
        return sorted(place for w in self._places.keys() & words for place in self._places[w])

    def beginning(self, starts: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where a word stands that begins with one of some folded letters, in order."""
        return sorted(p for w, ps in self._places.items() if w.startswith(starts) for p in ps)


def matches_at(pattern: Any, text: str, places: Iterable[tuple[int, int]]) -> Iterator[Any]:
    """The matches of a pattern that begin at some places, in order, none over another."""
    end = 0
    for start, _ in places:
        if start >= end:
            match = pattern.match(text, start)
            if match is not None:
                end = match.end()
                yield match


@lru_cache(maxsize=1 << 16)
def slug(text: str) -> str:
    """Give ``text`` as lower-case ASCII words with hyphens between them, for keys of things.

    >>> slug("Josefina Vidal Ferreiro")
    'josefina-vidal-ferreiro'
    >>> slug("Deputy Assistant Secretary for Border, Immigration, and Trade Policy")
    'deputy-assistant-secretary-for-border-immigration-and-trade-policy'
    """
    return "-".join(re.findall(r"[a-z0-9]+", anyascii(text).lower()))


class Spans:
    """Spans of one text, asked many times for one that overlaps or covers another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [s.start for s in ordered]
        self._reach = list(accumulate((s.end for s in ordered), max))

    def overlap(self, span: Span) -> bool:
        """Tell whether one of them shares a code point with a span."""
        place = bisect_left(self._starts, span.end)
        return place > 0 and self._reach[place - 1] > span.start

    def cover(self, span: Span) -> bool:
        """Tell whether a span lies inside one of them."""
        place = bisect_right(self._starts, span.start)
        return place > 0 and self._reach[place - 1] >= span.end


def overlapping(asked: Sequence[Span], spans: Sequence[Span]) -> list[list[int]]:
    """For each span asked, the numbers of the spans that share a code point with it, in their order.

    >>> overlapping([Span(0, 4), Span(2, 9)], [Span(3, 5), Span(8, 12)])
    [[0], [0, 1]]
    """
    order = sorted(range(len(spans)), key=lambda n: spans[n])
    starts = [spans[n].start for n in order]
    reach = list(accumulate((spans[n].end for n in order), max))
    found = []
    for span in asked:
        first = bisect_right(reach, span.start)
        last = bisect_left(starts, span.end)
        found.append(sorted(n for n in order[first:last] if spans[n].overlaps(span)))
    return found


def word_choice(words: Iterable[str], space: str = r"\s+") -> str:
    r"""A pattern for one of some wordings, the longest first, with ``space`` between words.

    It is a tree, so that each character of a text is looked at once, however many the words.

    >>> word_choice(("head", "head of", "chief"))
    '(?:chief|head(?:\\s+of)?)'
    """
    return _tree([[space if c == " " else re.escape(c) for c in word] for word in set(words)])


def _tree(words: Iterable[Sequence[str]]) -> str:
    """One pattern for many words, given as the patterns of their characters."""
    rests: dict[str, list[Sequence[str]]] = {}
    may_end = False
    for word in words:
        if word:
            rests.setdefault(word[0], []).append(word[1:])
        else:
            may_end = True
    branches = [first + _tree(rest) for first, rest in sorted(rests.items())]
    if not may_end and len(branches) < 2:
        return "".join(branches)
    return f"(?:{'|'.join(branches)}){'?' if may_end else ''}" if branches else ""


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
    pieces = (" ".join(stem(w) for w in TOKEN.findall(fold(p))) for p in label.split(GAP))
    return BETWEEN.join(pieces)

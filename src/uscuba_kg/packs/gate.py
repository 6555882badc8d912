"""Which patterns can fit a sentence, and where, told by its words and signs before any is tried."""

from __future__ import annotations

import functools
import operator
from collections import Counter
from collections.abc import Iterable

import msgspec

from uscuba_kg.packs.template import TOKEN, TYPES, Compiled, Need, Tokens

_MOST_WORDS = 1 << 17
Token = tuple[int, int, int]
"""Where a token stands, which fits it can begin, and what the sentence holds from there on."""
_NODES = frozenset(TYPES.values())
_OFTEN = 0.5
"""What share of sentences is taken to hold a name of one type: examples are not masked."""


class Told(msgspec.Struct, frozen=True):
    """What a token tells, each a set of bits: needs met by it alone, as the left and the right of two."""

    alone: int = 0
    left: int = 0
    right: int = 0

    def __or__(self, other: Told) -> Told:
        return Told(self.alone | other.alone, self.left | other.left, self.right | other.right)


class Gate(msgspec.Struct, frozen=True, eq=False):
    """The needs of many patterns, each a bit; a sentence holds those of its words and signs.

    A pattern can fit only where all its needs are held: so a sentence pays for the few patterns of
    which it has the words, and for its own length, however many rules there are. ``needs`` are the
    bits of each pattern, ``rarest`` the one of them that the fewest sentences hold, ``opens`` the
    bit of a token that a fit can begin with, 0 where that may be any, ``opening`` those of all
    patterns; ``words`` and ``beginnings`` are what tokens tell.
    """

    needs: dict[str, int]
    rarest: dict[str, int]
    opens: dict[str, int]
    opening: int
    words: dict[str, Told]
    beginnings: dict[str, Told]
    longest: int
    known: dict[str, Told]

    def tokens(self, text: str) -> tuple[list[Token], int]:
        """The places where a pattern can begin, each with what it holds, and what the text holds."""
        places: list[Token] = []
        held, right = 0, 0
        known, opening = self.known, self.opening
        tokens = TOKEN.findall(text)
        end = len(text)
        for token in reversed(tokens):
            told = known.get(token) or self._told(token)
            alone = told.alone
            held |= alone | (told.left & right)
            right = told.right
            end = text.rindex(token, 0, end)  # between tokens there is nothing but spaces
            begins = alone & opening
            if begins:
                places.append((end, begins, held))
        places.reverse()
        return places, held

    def _told(self, token: str) -> Told:
        told = self.words.get(token, Told())
        for end in range(1, min(len(token), self.longest) + 1):
            beginning = self.beginnings.get(token[:end])
            if beginning is not None:
                told |= beginning
        if len(self.known) < _MOST_WORDS:
            self.known[token] = told
        return told


def gate_of(patterns: Iterable[Compiled], examples: Iterable[str] = ()) -> Gate:
    """Make the gate of some patterns; folded sentences of the language tell which needs are rare."""
    bits: dict[Need, int] = {}
    needs: dict[str, int] = {}
    rarest: dict[str, int] = {}
    opens: dict[str, int] = {}
    share = _Shares(examples)
    every = tuple(patterns)
    for compiled in every:  # before all needs: the lower a bit, the faster it is asked for
        firsts = compiled.firsts
        known = firsts is not None and "" not in firsts
        opens[compiled.pattern] = (
            bits.setdefault(Need(firsts or ()), 1 << len(bits)) if known else 0
        )
    for compiled in every:
        whole = 0
        for need in compiled.needs:
            whole |= bits.setdefault(need, 1 << len(bits))
        needs[compiled.pattern] = whole
        rarest[compiled.pattern] = bits[min(compiled.needs, key=share.of)] if whole else 0
    told: dict[str, list[int]] = {}
    for need, bit in bits.items():
        for choice in need:
            sides = [[choice], [], []] if isinstance(choice, str) else [[], *choice]
            for side, tokens in enumerate(sides):
                for token in tokens:
                    told.setdefault(token, [0, 0, 0])[side] |= bit
    alike: dict[Told, Told] = {}
    words = {token: alike.setdefault(t, t) for token, sides in told.items() for t in [Told(*sides)]}
    beginnings = {t[:-1]: words.pop(t) for t in list(words) if t.endswith("*") and len(t) > 1}
    opening = functools.reduce(operator.or_, opens.values(), 0)
    longest = max(map(len, beginnings), default=0)
    return Gate(needs, rarest, opens, opening, words, beginnings, longest, {})


class _Shares:
    """What share of some sentences holds a word, and about what share of all will hold a need."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self._held = [frozenset(TOKEN.findall(sentence)) for sentence in sentences]
        self._counts = Counter(token for tokens in self._held for token in tokens)
        self._known: dict[Need, float] = {}

    def of(self, need: Need) -> float:
        """The share for one of its choices, as if they kept clear of each other."""
        if need not in self._known:
            self._known[need] = sum(map(self._of_choice, need))
        return self._known[need]

    def _of_choice(self, choice: str | tuple[Tokens, Tokens]) -> float:
        if isinstance(choice, str):
            return self._of_token(choice)
        left, right = (min(1.0, sum(map(self._of_token, side))) for side in choice)
        return left * right

    def _of_token(self, token: str) -> float:
        if token in _NODES:
            return _OFTEN
        begins = token.endswith("*") and len(token) > 1
        counts = self._counts
        held = (
            sum(n for word, n in counts.items() if word.startswith(token[:-1]))
            if begins
            else counts[token]
        )
        return held / max(1, len(self._held))

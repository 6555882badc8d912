"""Which patterns can fit a sentence, told by its words and signs before any of them is tried."""

from __future__ import annotations

from collections.abc import Iterable

from uscuba_kg.packs.template import TYPES, WORD, Compiled

_MOST_WORDS = 1 << 17


class Gate:
    """The needs of many patterns, each a bit; a sentence holds those of its words and signs.

    A pattern can fit only where all its needs are held: so a sentence pays for the few patterns of
    which it has the words, and for its own length, however many rules there are.
    """

    def __init__(self, patterns: Iterable[Compiled]) -> None:
        bits: dict[frozenset[str], int] = {}
        self._needs: dict[str, int] = {}
        for compiled in patterns:
            whole = 0
            for need in compiled.needs:
                whole |= bits.setdefault(need, 1 << len(bits))
            self._needs[compiled.pattern] = whole
        told: dict[str, int] = {}
        for need, bit in bits.items():
            for token in need:
                told[token] = told.get(token, 0) | bit
        self._signs = {sign: told.pop(sign, 0) for sign in TYPES.values()}
        self._words = {w: bit for w, bit in told.items() if not w.endswith("*")}
        self._beginnings = {w[:-1]: bit for w, bit in told.items() if w.endswith("*")}
        self._longest = max(map(len, self._beginnings), default=0)
        self._known: dict[str, int] = {}

    def needs(self, compiled: Compiled) -> int:
        """The bits that a sentence must hold for a pattern to fit."""
        return self._needs.get(compiled.pattern, 0)

    def signs(self, signs: Iterable[str]) -> int:
        """What a sentence holds by the signs of its nodes."""
        held = 0
        for sign in signs:
            held |= self._signs.get(sign, 0)
        return held

    def words(self, text: str) -> int:
        """What a sentence holds by its words."""
        held, known = 0, self._known
        for word in WORD.findall(text):
            bits = known.get(word)
            held |= self._told(word) if bits is None else bits
        return held

    def _told(self, word: str) -> int:
        held = self._words.get(word, 0)
        for end in range(1, min(len(word), self._longest) + 1):
            held |= self._beginnings.get(word[:end], 0)
        if len(self._known) < _MOST_WORDS:
            self._known[word] = held
        return held

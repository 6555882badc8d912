r"""Rule templates: a short line of words and slots becomes one regular expression.

A template is matched against a *masked* text: the folded text in which every recognised mention is
one private-use character and every sentence ends with one more. Its signs:

==================  =========================================================================
``word``            that word, folded; ``word*`` any word that begins so
``a/b``             one of these words
``<name:Type|T>``   a mention of one of these types, captured under ``name``; ``<Type>`` is not
``{phrase}``        a named part of the pack
``[x]``             x or nothing
``(x | y)``         one of these; ``*`` or ``+`` after it repeats, ``4`` up to four times
``..``              at most 40 characters of one sentence, with no person or body in between
``...``             at most 160 characters of one sentence
``\(``              a bracket or bar itself
==================  =========================================================================

Captures repeat: the ``regex`` package keeps every one of them with its place.
"""

from __future__ import annotations

import hashlib
import itertools
import math
import re
from collections.abc import Iterable, Mapping

import msgspec
import regex

from uscuba_kg.errors import PackError
from uscuba_kg.text import fold

TYPES: Mapping[str, str] = {
    name: chr(0xE000 + number)
    for number, name in enumerate(
        (
            "State", "Side", "Place", "Body", "Person", "Post", "Series", "Agreement",
            "Date", "Posts", "Official", "Bodies", "Officials", "Delegation", "Title",
            "Quote", "Voice", "Name",
        )
    )
}  # fmt: skip
SENTENCE_END = "\ue0ff"
_ACTORS = "".join(TYPES[t] for t in ("Body", "Person", "Official", "Bodies", "Officials"))
_SHORT_GAP = f"[^{SENTENCE_END}{_ACTORS}]{{0,40}}?"
_LONG_GAP = f"[^{SENTENCE_END}]{{0,160}}?"
_FEW = 3
_LISTS: dict[str, tuple[str, ...]] = {}
_NAMED = re.compile(r"\\L<(\w+)>")
_COUNTS = {str(n): f"{{0,{n}}}" for n in range(2, 10)}
_MOST_WAYS = 24
_EMPTY = frozenset({""})
WORD = regex.compile(r"\w+", regex.VERSION1)
"""A word as the patterns of rules see it."""
_TOKEN = re.compile(
    r"\s*(?:(?P<escaped>\\[()\[\]|])|(?P<slot><[^>]*>)|(?P<phrase>\{[^}]*\})|(?P<gap>\.\.\.?)|(?P<open>[\[(])"
    r"|(?P<close>[\])])|(?P<bar>\|)|(?P<repeat>(?<=\))[*+2-9])|(?P<word>[^\s<>{}\[\]()|\\]+))"
)


class Compiled(msgspec.Struct, frozen=True):
    """A template as a pattern, and the literals of which at least one must stand in the text.

    Of each set of ``needs`` a sentence must hold one, else the pattern cannot fit: a word, the
    beginning of a word (``lead*``), or the sign of a type. ``firsts`` are the characters that a fit
    can begin with, the empty one where it can be empty; None where it can begin with any.
    """

    pattern: str
    literals: frozenset[str] | None
    firsts: frozenset[str] | None
    needs: frozenset[frozenset[str]] = frozenset()


class Phrases:
    """The named parts of a file of rules, each read once."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        self.templates = templates
        self.read: dict[str, Compiled] = {}


class _Parser:
    """A recursive-descent reading of one template; ``place`` tells errors apart."""

    def __init__(self, template: str, phrases: Phrases, place: str, depth: int = 0):
        self.tokens = self._tokens(template, place)
        self.phrases, self.place, self.depth = phrases, place, depth
        self.next = 0

    @staticmethod
    def _tokens(template: str, place: str) -> list[tuple[str, str]]:
        tokens, at = [], 0
        stripped = template.rstrip()
        while at < len(stripped):
            found = _TOKEN.match(stripped, at)
            if found is None or found.lastgroup is None:
                raise PackError(f"cannot read the template at {stripped[at:]!r}", place=place)
            tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        return tokens

    def whole(self) -> Compiled:
        """Read the whole template."""
        result = self._alternatives()
        if self.next < len(self.tokens):
            raise PackError(f"unexpected {self.tokens[self.next][1]!r}", place=self.place)
        return result

    def _alternatives(self) -> Compiled:
        branches = [self._sequence()]
        while self.next < len(self.tokens) and self.tokens[self.next][0] == "bar":
            self.next += 1
            branches.append(self._sequence())
        if len(branches) == 1:
            return branches[0]
        sets = [b.literals for b in branches]
        known = [s for s in sets if s is not None]
        literals = frozenset().union(*known) if len(known) == len(sets) else None
        needs = _either([b.needs for b in branches])
        firsts = _any_first([b.firsts for b in branches])
        pattern = "(?:" + "|".join(b.pattern for b in branches) + ")"
        return Compiled(pattern, literals, firsts, needs)

    def _sequence(self) -> Compiled:
        parts: list[Compiled] = []
        while self.next < len(self.tokens) and self.tokens[self.next][0] not in ("close", "bar"):
            parts.append(self._item())
        known = [p.literals for p in parts if p.literals is not None]
        best = max(known, key=lambda s: (min(map(len, s)), -len(s)), default=None)
        needs = _least({need for p in parts for need in p.needs})
        firsts: frozenset[str] | None = _EMPTY
        for part in parts:
            if firsts is not None and "" in firsts:
                firsts = _any_first([firsts - _EMPTY, part.firsts])
        return Compiled("".join(p.pattern for p in parts), best, firsts, needs)

    def _item(self) -> Compiled:
        kind, text = self.tokens[self.next]
        self.next += 1
        if kind == "slot":
            return self._slot(text[1:-1])
        if kind == "phrase":
            return self._phrase(text[1:-1])
        if kind == "gap":
            return Compiled(_LONG_GAP if text == "..." else _SHORT_GAP, None, None)
        if kind == "open":
            return self._bracket(text)
        if kind == "escaped":
            return Compiled(re.escape(text[1:]) + " *", None, frozenset(text[1:]))
        return _word(text)

    def _bracket(self, opening: str) -> Compiled:
        inner = self._alternatives()
        closing = "]" if opening == "[" else ")"
        if self.next >= len(self.tokens) or self.tokens[self.next][1] != closing:
            raise PackError(f"a {opening!r} is not closed", place=self.place)
        self.next += 1
        if opening == "[":
            return Compiled(f"(?:{inner.pattern})?", None, _any_first([inner.firsts, _EMPTY]))
        sign = ""
        if self.next < len(self.tokens) and self.tokens[self.next][0] == "repeat":
            sign = self.tokens[self.next][1]
            self.next += 1
        if sign == "*" or sign.isdigit():
            count = _COUNTS.get(sign, sign)
            firsts = _any_first([inner.firsts, _EMPTY])
            return Compiled(f"(?:{inner.pattern}){count}", None, firsts)
        pattern = f"(?:{inner.pattern}){sign}"
        return Compiled(pattern, inner.literals, inner.firsts, inner.needs)

    def _slot(self, inside: str) -> Compiled:
        name, _, types = inside.rpartition(":")
        try:
            chars = "".join(TYPES[t] for t in types.split("|"))
        except KeyError as error:
            raise PackError(f"unknown type {error.args[0]!r}", place=self.place) from None
        group = f"(?P<{name}>[{chars}])" if name else f"[{chars}]"
        return Compiled(f"{group} *", None, frozenset(chars), frozenset({frozenset(chars)}))

    def _phrase(self, name: str) -> Compiled:
        known = self.phrases.read.get(name)
        if known is not None:
            return known
        if name not in self.phrases.templates:
            raise PackError(f"unknown phrase {name!r}", place=self.place)
        if self.depth > 8:
            raise PackError(f"phrase {name!r} contains itself", place=self.place)
        template = self.phrases.templates[name]
        part = _Parser(template, self.phrases, self.place, self.depth + 1).whole()
        made = Compiled(f"(?:{part.pattern})", part.literals, part.firsts, part.needs)
        self.phrases.read[name] = made
        return made


def _any_first(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found: set[str] = set()
    for firsts in sets:
        if firsts is None:
            return None
        found |= firsts
    return frozenset(found)


def _either(branches: list[frozenset[frozenset[str]]]) -> frozenset[frozenset[str]]:
    """What a sentence needs that needs all of one branch: one set for each way to choose.

    Where there are too many ways, only the set of the longest words of each branch is kept: they
    are the rarest.
    """
    ways = math.prod(map(len, branches))
    if ways > _MOST_WAYS:
        branches = [frozenset({max(b, key=_rarity)}) for b in branches]
    return _least({frozenset().union(*chosen) for chosen in itertools.product(*branches)})


def _rarity(need: frozenset[str]) -> tuple[int, int, list[str]]:
    return min(map(len, need)), -len(need), sorted(need)


def _least(needs: Iterable[frozenset[str]]) -> frozenset[frozenset[str]]:
    """Leave out the sets that hold another of them: who has one of the smaller has one of them."""
    kept: list[frozenset[str]] = []
    for need in sorted(needs, key=len):
        if not any(known <= need for known in kept):
            kept.append(need)
    return frozenset(kept)


def lists_in(pattern: str) -> dict[str, tuple[str, ...]]:
    """The lists of words that a pattern made here names, as ``regex.compile`` wants them."""
    return {name: _LISTS[name] for name in _NAMED.findall(pattern)}


def _bounded(word: str) -> str:
    """A word as a pattern that does not begin or end inside another word."""
    before = r"(?<!\w)" if word[0].isalnum() else ""
    return before + re.escape(word) + (r"(?!\w)" if word[-1].isalnum() else "")


def _any_of(words: Iterable[str]) -> str:
    """One pattern for many words: a named list, which the engine looks up instead of trying each."""
    chosen = tuple(sorted(set(words)))
    if len(chosen) <= _FEW:
        return (
            re.escape(chosen[0]) if len(chosen) == 1 else f"(?:{'|'.join(map(re.escape, chosen))})"
        )
    name = "w" + hashlib.sha256("\n".join(chosen).encode()).hexdigest()[:12]
    _LISTS[name] = chosen
    return rf"\L<{name}>"


def _word(text: str) -> Compiled:
    folded = fold(text)
    choices = [folded] if folded == "/" else [c for c in folded.split("/") if c]
    stems = [c[:-1] for c in choices if c.endswith("*") and len(c) > 1]
    plain = [c for c in choices if not (c.endswith("*") and len(c) > 1)]
    words = [c for c in plain if c[0].isalnum() and c[-1].isalnum()]
    patterns = [rf"(?<!\w){_any_of(stems)}\w*"] if stems else []
    if words:
        patterns.append(rf"(?<!\w){_any_of(words)}(?!\w)")
    patterns += [_bounded(c) for c in plain if c not in words]
    literals = {*stems, *plain}
    pattern = patterns[0] if len(patterns) == 1 else "(?:" + "|".join(patterns) + ")"
    wordy = all(any(c.isalnum() for c in literal) for literal in literals)
    firsts = frozenset(c[0] for c in literals)
    if not wordy:
        return Compiled(pattern + " *", None, firsts)
    told = frozenset([*(_telling(s, "*") for s in stems), *(_telling(c) for c in plain)])
    return Compiled(pattern + " *", frozenset(literals), firsts, frozenset({told}))


def _telling(choice: str, open_end: str = "") -> str:
    """The longest word of a choice, by which a sentence that may hold it is told.

    Of "co-chair*" it is "chair*", the beginning of a word.
    """
    words: list[str] = WORD.findall(choice)
    if choice.endswith(words[-1]):
        words[-1] += open_end
    return max(words, key=len)


def compile_template(template: str, phrases: Mapping[str, str] | Phrases, place: str) -> Compiled:
    """Turn a template into a pattern over masked text.

    Raises PackError, naming ``place``, for unknown types and phrases and unclosed brackets.

    >>> compile_template("delegation was led by <who:Official>", {}, "here").literals
    frozenset({'delegation'})
    """
    known = phrases if isinstance(phrases, Phrases) else Phrases(phrases)
    whole = _Parser(template, known, place).whole()
    if whole.firsts is None or "" in whole.firsts:
        return whole
    return msgspec.structs.replace(whole, pattern=_only_at(whole.firsts) + whole.pattern)


def _only_at(firsts: frozenset[str]) -> str:
    """What lets a pattern fail at once where no fit can begin."""
    words = "".join(re.escape(c) for c in sorted(firsts) if c.isalnum())
    others = "".join(re.escape(c) for c in sorted(firsts) if not c.isalnum())
    sets = [rf"(?<!\w)[{words}]"] * bool(words) + [f"[{others}]"] * bool(others)
    return f"(?={'|'.join(sets)})"

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
from collections.abc import Iterable, Mapping, Set

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
_FEW, _MANY = 3, 4
_LETTERS = 3
_LISTS: dict[str, tuple[str, ...]] = {}
_NAMED = re.compile(r"\\L<(\w+)>")
_COUNTS = {str(n): f"{{0,{n}}}" for n in range(2, 10)}
_MOST_WAYS = 24
_EMPTY = frozenset({""})
TOKEN = regex.compile(r"\w+|[^\w ]", regex.VERSION1)
"""A word or a sign as the patterns of rules see it."""
_TOKEN = re.compile(
    r"\s*(?:(?P<escaped>\\[()\[\]|])|(?P<slot><[^>]*>)|(?P<phrase>\{[^}]*\})|(?P<gap>\.\.\.?)|(?P<open>[\[(])"
    r"|(?P<close>[\])])|(?P<bar>\|)|(?P<repeat>(?<=\))[*+2-9])|(?P<word>[^\s<>{}\[\]()|\\]+))"
)


Tokens = frozenset[str]
"""Words, beginnings of words (``lead*``) and signs; with the empty one for what can be left out."""
Need = frozenset[str | tuple[Tokens, Tokens]]
"""A sentence must hold one of these: a token, or a token of some set right before one of another."""


class Compiled(msgspec.Struct, frozen=True):
    """A template as a pattern, and what can be told of the sentences that it can fit.

    They hold one of each of its ``needs``; a fit begins with one of ``firsts`` and ends with one of
    ``lasts``, None where that may be anything.
    """

    pattern: str
    firsts: Tokens | None
    lasts: Tokens | None
    needs: frozenset[Need] = frozenset()


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
        needs = _either([b.needs for b in branches])
        firsts, lasts = _any(b.firsts for b in branches), _any(b.lasts for b in branches)
        pattern = "(?:" + "|".join(b.pattern for b in branches) + ")"
        if len(branches) >= _MANY and firsts is not None and "" not in firsts:
            pattern = f"(?:{_begun_with(firsts)}{pattern})"
        return Compiled(pattern, firsts, lasts, needs)

    def _sequence(self) -> Compiled:
        parts: list[Compiled] = []
        while self.next < len(self.tokens) and self.tokens[self.next][0] not in ("close", "bar"):
            parts.append(self._item())
        lasts = _outermost(p.lasts for p in parts)
        firsts = _outermost(p.firsts for p in reversed(parts))
        needs = {need for p in parts for need in p.needs}
        for before, after in zip(lasts, firsts[::-1], strict=True):
            if before is not None and after is not None and "" not in before | after:
                needs.add(frozenset({(before, after)}))
        return Compiled("".join(p.pattern for p in parts), firsts[-1], lasts[-1], _least(needs))

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
            sign = frozenset(text[1:])
            return Compiled(re.escape(text[1:]) + " *", sign, sign)
        return _word(text)

    def _bracket(self, opening: str) -> Compiled:
        inner = self._alternatives()
        closing = "]" if opening == "[" else ")"
        if self.next >= len(self.tokens) or self.tokens[self.next][1] != closing:
            raise PackError(f"a {opening!r} is not closed", place=self.place)
        self.next += 1
        if opening == "[":
            return _left_out(f"(?:{inner.pattern})?", inner)
        sign = ""
        if self.next < len(self.tokens) and self.tokens[self.next][0] == "repeat":
            sign = self.tokens[self.next][1]
            self.next += 1
        if sign == "*" or sign.isdigit():
            return _left_out(f"(?:{inner.pattern}){_COUNTS.get(sign, sign)}", inner)
        return msgspec.structs.replace(inner, pattern=f"(?:{inner.pattern}){sign}")

    def _slot(self, inside: str) -> Compiled:
        name, _, types = inside.rpartition(":")
        try:
            chars = "".join(TYPES[t] for t in types.split("|"))
        except KeyError as error:
            raise PackError(f"unknown type {error.args[0]!r}", place=self.place) from None
        group = f"(?P<{name}>[{chars}])" if name else f"[{chars}]"
        signs = frozenset(chars)
        return Compiled(f"{group} *", signs, signs, frozenset({Need(signs)}))

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
        made = msgspec.structs.replace(part, pattern=f"(?:{part.pattern})")
        self.phrases.read[name] = made
        return made


def _left_out(pattern: str, inner: Compiled) -> Compiled:
    """A part that may be left out: it needs nothing."""
    return Compiled(pattern, _any([inner.firsts, _EMPTY]), _any([inner.lasts, _EMPTY]))


def _any(sets: Iterable[Tokens | None]) -> Tokens | None:
    """The tokens of all sets; None where one of them is unknown."""
    found: set[str] = set()
    for tokens in sets:
        if tokens is None:
            return None
        found |= tokens
    return frozenset(found)


def _outermost(parts: Iterable[Tokens | None]) -> list[Tokens | None]:
    """The tokens at the end of no part, of one part, of two ...: through what can be left out."""
    found: list[Tokens | None] = [_EMPTY]
    for part in parts:
        if part is not None and "" in part:
            part = _any([part - _EMPTY, found[-1]])
        found.append(part)
    return found


def _either(branches: list[frozenset[Need]]) -> frozenset[Need]:
    """What a sentence needs that needs all of one branch: one need for each way to choose.

    Where there are too many ways, only the rarest need of each branch is kept.
    """
    ways = math.prod(map(len, branches))
    if ways > _MOST_WAYS:
        branches = [frozenset({max(b, key=_rarity)}) for b in branches]
    return _least({Need().union(*chosen) for chosen in itertools.product(*branches)})


def _rarity(need: Need) -> tuple[int, int, list[str]]:
    """Two tokens side by side are rarer than one, long words rarer than short ones."""
    told = [_shown(choice) for choice in need]
    return min(map(len, told)), -len(need), sorted(told)


def _shown(choice: str | tuple[Tokens, Tokens]) -> str:
    return choice if isinstance(choice, str) else " ".join(min(side) for side in choice)


def _least(needs: Iterable[Need]) -> frozenset[Need]:
    """Leave out the needs that follow from another: who has one of fewer has one of them."""
    kept: list[Need] = []
    ordered = sorted(needs, key=len)
    alone = [choice for need in ordered if len(need) == 1 for choice in need]
    sides = [side for pair in alone if not isinstance(pair, str) for side in pair]
    for need in ordered:
        if not any(known <= need for known in (*kept, *sides)):
            kept.append(need)
    return frozenset(kept)


def lists_in(pattern: str) -> dict[str, tuple[str, ...]]:
    """The lists of words that a pattern made here names, as ``regex.compile`` wants them."""
    return {name: _LISTS[name] for name in _NAMED.findall(pattern)}


def _bounded(word: str) -> str:
    """A word as a pattern that does not begin or end inside another word."""
    before = r"\b" if word[0].isalnum() else ""
    return before + re.escape(word) + (r"\b" if word[-1].isalnum() else "")


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
    before = r"\b" if all(stem[0].isalnum() for stem in stems) else r"(?<!\w)"
    patterns = [rf"{before}{_any_of(stems)}\w*"] if stems else []
    if words:
        patterns.append(rf"\b{_any_of(words)}\b")
    patterns += [_bounded(c) for c in plain if c not in words]
    pattern = patterns[0] if len(patterns) == 1 else "(?:" + "|".join(patterns) + ")"
    spelt = [*map(_tokens, plain), *(_tokens(stem, "*") for stem in stems)]
    firsts, ends = frozenset(t[0] for t in spelt), frozenset(t[-1] for t in spelt)
    lasts = None if any(not stem[-1].isalnum() for stem in stems) else ends
    told = Need(max(tokens, key=len) for tokens in spelt)
    return Compiled(pattern + " *", firsts, lasts, frozenset({told}))


def _tokens(choice: str, open_end: str = "") -> list[str]:
    """The words and signs of a choice; the last word of "co-chair*" is "chair*", its beginning."""
    tokens: list[str] = TOKEN.findall(choice)
    if tokens[-1][-1].isalnum():
        tokens[-1] += open_end
    return tokens


def compile_template(template: str, phrases: Mapping[str, str] | Phrases, place: str) -> Compiled:
    """Turn a template into a pattern over masked text.

    Raises PackError, naming ``place``, for unknown types and phrases and unclosed brackets.

    >>> compile_template("delegation* was led", {}, "here").lasts
    frozenset({'led'})
    """
    known = phrases if isinstance(phrases, Phrases) else Phrases(phrases)
    whole = _Parser(template, known, place).whole()
    if whole.firsts is None or "" in whole.firsts:
        return whole
    return msgspec.structs.replace(whole, pattern=_only_at(whole.firsts) + whole.pattern)


def _begun_with(firsts: Tokens) -> str:
    """What lets many branches fail at once, before any is tried, where another token stands."""
    return f"(?={_prefixes({token.removesuffix('*') for token in firsts}, _LETTERS)})"


def _prefixes(words: Set[str], letters: int) -> str:
    """One pattern for so many first letters of some words, each looked at once."""
    if not letters or "" in words:
        return ""
    rests: dict[str, set[str]] = {}
    for word in words:
        rests.setdefault(word[0], set()).add(word[1:])
    alike: dict[str, str] = {}
    for letter, rest in sorted(rests.items()):
        pattern = _prefixes(rest, letters - 1)
        alike[pattern] = alike.get(pattern, "") + re.escape(letter)
    return f"(?:{'|'.join(f'[{firsts}]{rest}' for rest, firsts in alike.items())})"


def _only_at(firsts: Tokens) -> str:
    """What lets a pattern fail at once where no fit can begin."""
    chars = sorted({token[0] for token in firsts})
    words = "".join(re.escape(c) for c in chars if c.isalnum())
    others = "".join(re.escape(c) for c in chars if not c.isalnum())
    sets = [rf"\b[{words}]"] * bool(words) + [f"[{others}]"] * bool(others)
    return f"(?={'|'.join(sets)})"

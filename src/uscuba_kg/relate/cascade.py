"""The cascade: mentions become single characters, rules find templates, and findings become nodes.

After FASTUS (Hobbs et al., 1993) and JAPE (Cunningham et al., 2000). A masked text is the folded
body of an article in which each node is one private-use character; any match leads back to offsets
in the article.
"""

from __future__ import annotations

import functools
import operator
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from uscuba_kg.model import Mention, Span
from uscuba_kg.packs.gate import Gate, Token
from uscuba_kg.packs.load import MATCH_TIMEOUT_SECONDS, Rule, compiled_pattern
from uscuba_kg.packs.template import SENTENCE_END, TYPES

_SHORT = 400
"""In so few characters no pattern can run on, and to look at the clock takes longer than to match."""
_FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")


class Node(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A mention, or what a rule made of several: ``parts`` are named, in text order."""

    type: str
    span: Span
    mention: Mention | None = None
    parts: tuple[tuple[str, Node], ...] = ()
    rule: str = ""
    role: str | None = None

    def part(self, name: str) -> tuple[Node, ...]:
        """All parts of one name."""
        return tuple(node for key, node in self.parts if key == name)

    def leaves(self) -> tuple[Node, ...]:
        """The nodes of mentions inside, in text order; a mention's node is its own leaf."""
        if not self.parts:
            return (self,)
        return tuple(leaf for _, node in self.parts for leaf in node.leaves())


class Match(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One place where a rule fits; ``captures`` maps slots to nodes, ``at`` is the masked place."""

    rule: Rule
    span: Span
    captures: dict[str, tuple[Node, ...]]
    at: tuple[int, int]

    def one(self, name: str) -> Node | None:
        """The first node captured under a name."""
        nodes = self.captures.get(name)
        return nodes[0] if nodes else None


class Row(msgspec.Struct, frozen=True, eq=False, gc=False):
    """One masked sentence with the ways back: nodes by place, source offsets by stretches.

    ``tokens`` are the places where a rule can begin, ``holds`` is what it holds, as a gate tells.
    """

    span: Span
    given: list[Node]
    text: str
    nodes: dict[int, Node]
    starts: list[int]
    sources: list[int]
    tokens: list[Token]
    holds: int

    def source(self, start: int, end: int) -> Span:
        """The source span of a masked range, white space at its end left out."""
        while end > start and self.text[end - 1] in (" ", SENTENCE_END):
            end -= 1
        first = self._offset(start)
        node = self.nodes.get(end - 1)
        last = node.span.end if node is not None else self._offset(end - 1) + 1
        return Span(first, max(last, first))

    def _offset(self, place: int) -> int:
        stretch = bisect_right(self.starts, place) - 1
        return self.sources[stretch] + place - self.starts[stretch]


class Masked(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A masked text, sentence by sentence, and what tells which rules can fit one of them."""

    rows: tuple[Row, ...]
    gate: Gate


def mask(
    folded: str,
    sentences: Sequence[Span],
    nodes: Iterable[Node],
    gate: Gate,
    before: Masked | None = None,
) -> Masked:
    """Write the sentences with one character for each node and one for each sentence's end.

    ``before`` is the same text with other nodes, of which these were made: what did not change
    since is taken over.
    """
    ordered = sorted(nodes, key=lambda n: n.span)
    rows: list[Row] = []
    number = 0
    for place, sentence in enumerate(sentences):
        while number < len(ordered) and ordered[number].span.start < sentence.start:
            number += 1
        first = number
        while number < len(ordered) and ordered[number].span.start < sentence.end:
            number += 1
        given = ordered[first:number]
        old = before.rows[place] if before is not None else None
        if old is None or old.given != given:
            old = _row(folded, sentence, given, gate)
        rows.append(old)
    return Masked(tuple(rows), gate)


def _row(folded: str, sentence: Span, given: list[Node], gate: Gate) -> Row:
    pieces: list[str] = []
    nodes: dict[int, Node] = {}
    starts: list[int] = []
    sources: list[int] = []
    at, length = sentence.start, 0

    def write(piece: str, source: int) -> None:
        nonlocal length
        pieces.append(piece)
        starts.append(length)
        sources.append(source)
        length += len(piece)

    for node in given:
        if node.span.start < at:
            continue
        for start, end in _stretches(folded, at, node.span.start):
            write(folded[start:end], start)
        nodes[length] = node
        write(TYPES[node.type], node.span.start)
        at = node.span.end
    for start, end in _stretches(folded, at, sentence.end):
        write(folded[start:end], start)
    write(SENTENCE_END, max(at, sentence.end) - 1)
    text = "".join(pieces)
    tokens, holds = gate.tokens(text)
    return Row(sentence, given, text, nodes, starts, sources, tokens, holds)


def _stretches(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a text, the marks of footnotes left out."""
    if "[" in folded[start:end]:
        for mark in _FOOTNOTE_MARK.finditer(folded, start, end):
            if mark.start() > start:
                yield start, mark.start()
            start = mark.end()
    if start < end:
        yield start, end


def matches(masked: Masked, rules: Iterable[Rule]) -> list[Match]:
    """Give every place where a rule fits, in text order, the longer first, then the earlier rule.

    Raises TimeoutError where one pattern needs more than ``MATCH_TIMEOUT_SECONDS``.
    """
    return [match for _, found in matches_by_row(masked, rules) for match in found]


def matches_by_row(masked: Masked, rules: Iterable[Rule]) -> Iterator[tuple[int, list[Match]]]:
    """Give the number of each sentence in which a rule fits, with the matches there."""
    index = _index(masked.gate, tuple(rules))
    for number, row in enumerate(masked.rows):
        found = _matches(row, _fitting(row, index))
        if found:
            yield number, found


def matches_in(row: Row, rules: tuple[Rule, ...], gate: Gate) -> list[Match]:
    """Give every place of a sentence where a rule fits, in the order of :func:`matches`."""
    return _matches(row, _fitting(row, _index(gate, rules)))


class Found(dict[str, tuple[Match, ...]]):
    """What rules find in one sentence, by their kind; sought when it is first asked for.

    What can fit is told for all kinds at once.
    """

    def __init__(self, row: Row, rules: tuple[Rule, ...], gate: Gate) -> None:
        self.row = row
        self._tries: dict[str, list[_Try]] = {}
        for tried in _fitting(row, _index(gate, rules)):
            self._tries.setdefault(tried.rule.kind, []).append(tried)

    def __missing__(self, kind: str) -> tuple[Match, ...]:
        tries = self._tries.get(kind)
        found = self[kind] = tuple(_matches(self.row, tries)) if tries is not None else ()
        return found


class _Try(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A pattern of a rule, what a sentence must hold for it to fit, and what a fit begins with."""

    needs: int
    opens: int
    order: int
    rule: Rule
    pattern: str


_Index = tuple[int, dict[int, list[_Try]]]
"""Patterns by the rarest of their needs, 0 where they have none, and all these needs together."""


@lru_cache(maxsize=512)
def _index(gate: Gate, rules: tuple[Rule, ...]) -> _Index:
    """All patterns of some rules."""
    patterns = [(rule, pattern) for rule in rules for pattern in rule.patterns]
    found: dict[int, list[_Try]] = {}
    for order, (rule, pattern) in enumerate(patterns):
        tried = _Try(gate.needs[pattern], gate.opens[pattern], order, rule, pattern)
        found.setdefault(gate.rarest[pattern], []).append(tried)
    return functools.reduce(operator.or_, found, 0), found


def _fitting(row: Row, index: _Index) -> list[_Try]:
    """The patterns that can fit a sentence: those of which it holds all that they need.

    No pattern reaches over a sentence's end.
    """
    keys, tries = index
    lacks = ~row.holds
    fitting = [t for t in tries.get(0, ()) if not t.needs & lacks]
    here = row.holds & keys
    while here:
        key = here & -here
        here ^= key
        fitting += [t for t in tries[key] if not t.needs & lacks]
    return fitting


def _matches(row: Row, tries: Iterable[_Try]) -> list[Match]:
    found = [(t.order, _match(row, t.rule, hit)) for t in tries for hit in _hits(row, t)]
    if len(found) > 1:
        found.sort(key=lambda f: (f[1].at[0], -f[1].at[1], f[0]))
    return [match for _, match in found if _stands_right(match, row)]


def _stands_right(match: Match, row: Row) -> bool:
    """Whether a match stands where its rule has to: some hold at the start of a sentence alone."""
    return match.rule.sets.get("at") != "line-start" or match.span.start == row.span.start


def _hits(row: Row, tried: _Try) -> Iterator[Any]:
    """Where a pattern fits a sentence, from left to right.

    No fit begins where the rest of the sentence lacks what it needs.
    """
    pattern = compiled_pattern(tried.pattern)
    needs, opens, text = tried.needs, tried.opens, row.text
    timeout = MATCH_TIMEOUT_SECONDS if len(text) > _SHORT else None
    if not opens:
        every = pattern.finditer(text, timeout=timeout)
        yield from (hit for hit in every if hit.end() > hit.start())
        return
    end = 0
    for place, begins, rest in row.tokens:
        if begins & opens and place >= end and not needs & ~rest:
            hit = pattern.match(text, place, timeout=timeout)
            if hit is not None:
                end = hit.end()
                yield hit


def _match(row: Row, rule: Rule, hit: Any) -> Match:
    captures = {}
    for name in hit.re.groupindex:
        nodes = tuple(row.nodes[p] for p in hit.starts(name) if p in row.nodes)
        if nodes:
            captures[name] = nodes
    start, end = hit.span()
    return Match(rule, row.source(start, end), captures, (start, end))


def _leftmost(masked: Masked, rules: Iterable[Rule]) -> Iterator[Match]:
    for _, found in matches_by_row(masked, rules):
        end = -1
        for match in found:
            if match.at[0] >= end:
                end = match.at[1]
                yield match


def reduce(masked: Masked, nodes: Sequence[Node], rules: Sequence[Rule], to: str) -> list[Node]:
    """Replace what the rules find by nodes of the type ``to``; the leftmost, then longest, wins."""
    made: list[Node] = []
    for match in _leftmost(masked, rules):
        parts = sorted(
            ((name, node) for name, found in match.captures.items() for node in found),
            key=lambda p: p[1].span,
        )
        made.append(
            Node(
                to,
                match.span,
                parts=tuple(parts),
                rule=match.rule.id,
                role=match.rule.sets.get("role"),
            )
        )
    if not made:
        return sorted(nodes, key=lambda n: n.span)
    starts = sorted(n.span.start for n in made)
    ends = {n.span.start: n.span.end for n in made}

    def swallowed(node: Node) -> bool:
        place = bisect_right(starts, node.span.start) - 1
        return place >= 0 and node.span.start < ends[starts[place]]

    return sorted([*made, *(n for n in nodes if not swallowed(n))], key=lambda n: n.span)

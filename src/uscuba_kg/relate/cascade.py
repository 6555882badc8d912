"""The cascade: mentions become single characters, rules find templates, and findings become nodes.

After FASTUS (Hobbs et al., 1993) and JAPE (Cunningham et al., 2000). A masked text is the folded
body of an article in which each node is one private-use character; any match leads back to offsets
in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.model import Mention, Span
from uscuba_kg.packs.load import MATCH_TIMEOUT_SECONDS, Rule
from uscuba_kg.packs.template import SENTENCE_END, TYPES

_FOOTNOTE_MARK = re.compile(r"\[\d{1,3}\]")


class Node(msgspec.Struct, frozen=True, eq=False):
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


class Match(msgspec.Struct, frozen=True, eq=False):
    """One place where a rule fits; ``captures`` maps slots to nodes, ``at`` is the masked place."""

    rule: Rule
    span: Span
    captures: dict[str, tuple[Node, ...]]
    at: tuple[int, int]

    def one(self, name: str) -> Node | None:
        """The first node captured under a name."""
        nodes = self.captures.get(name)
        return nodes[0] if nodes else None


class Masked(msgspec.Struct, frozen=True, eq=False):
    """A masked text with the ways back: nodes by masked place, source offsets by masked place."""

    text: str
    nodes: dict[int, Node]
    offsets: list[int]

    def source(self, start: int, end: int) -> Span:
        """The source span of a masked range, white space at its end left out."""
        while end > start and self.text[end - 1] in (" ", SENTENCE_END):
            end -= 1
        last = self.nodes[end - 1].span.end if end - 1 in self.nodes else self.offsets[end - 1] + 1
        return Span(self.offsets[start], max(last, self.offsets[start]))


def mask(folded: str, sentences: Sequence[Span], nodes: Iterable[Node]) -> Masked:
    """Write the sentences with one character for each node and one for each sentence's end."""
    ordered = sorted(nodes, key=lambda n: n.span)
    pieces: list[str] = []
    offsets: list[int] = []
    places: dict[int, Node] = {}
    number = 0
    for sentence in sentences:
        at = sentence.start
        while number < len(ordered) and ordered[number].span.start < at:
            number += 1
        while number < len(ordered) and ordered[number].span.start < sentence.end:
            node = ordered[number]
            number += 1
            if node.span.start < at:
                continue
            _write(folded, at, node.span.start, pieces, offsets)
            places[len(offsets)] = node
            pieces.append(TYPES[node.type])
            offsets.append(node.span.start)
            at = node.span.end
        if at < sentence.end:
            _write(folded, at, sentence.end, pieces, offsets)
        pieces.append(SENTENCE_END)
        offsets.append(max(at, sentence.end) - 1)
    return Masked("".join(pieces), places, offsets)


def _write(folded: str, start: int, end: int, pieces: list[str], offsets: list[int]) -> None:
    """Copy a stretch of text, the marks of footnotes left out."""
    for mark in _FOOTNOTE_MARK.finditer(folded, start, end):
        pieces.append(folded[start : mark.start()])
        offsets.extend(range(start, mark.start()))
        start = mark.end()
    pieces.append(folded[start:end])
    offsets.extend(range(start, end))


def matches(masked: Masked, rules: Iterable[Rule]) -> list[Match]:
    """Give every place where a rule fits, in text order, the longer first, then the earlier rule.

    Raises TimeoutError where one pattern needs more than ``MATCH_TIMEOUT_SECONDS``.
    """
    found: list[tuple[int, Match]] = []
    for order, rule in enumerate(rules):
        for number, compiled in enumerate(rule.compiled):
            wanted = compiled.literals
            if wanted is not None and not any(w in masked.text for w in wanted):
                continue
            pattern = rule.patterns[number]
            for hit in pattern.finditer(masked.text, timeout=MATCH_TIMEOUT_SECONDS):
                if hit.end() > hit.start():
                    found.append((order, _match(masked, rule, hit)))
    ranked = sorted(found, key=lambda f: (f[1].at[0], -f[1].at[1], f[0]))
    return [match for _, match in ranked]


def _match(masked: Masked, rule: Rule, hit: object) -> Match:
    captures = {}
    for name in hit.re.groupindex:  # type: ignore[attr-defined]
        places = [start for start, _ in hit.spans(name)]  # type: ignore[attr-defined]
        nodes = tuple(masked.nodes[p] for p in places if p in masked.nodes)
        if nodes:
            captures[name] = nodes
    start, end = hit.span()  # type: ignore[attr-defined]
    return Match(rule, masked.source(start, end), captures, (start, end))


def reduce(
    folded: str, sentences: Sequence[Span], nodes: Sequence[Node], rules: Sequence[Rule], to: str
) -> list[Node]:
    """Replace what the rules find by nodes of the type ``to``; the leftmost, then longest, wins."""
    masked = mask(folded, sentences, nodes)
    made: list[Node] = []
    end = -1
    for match in matches(masked, rules):
        if match.at[0] < end:
            continue
        end = match.at[1]
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
    starts = sorted(n.span.start for n in made)
    ends = {n.span.start: n.span.end for n in made}

    def swallowed(node: Node) -> bool:
        place = bisect_right(starts, node.span.start) - 1
        return place >= 0 and node.span.start < ends[starts[place]]

    return sorted([*made, *(n for n in nodes if not swallowed(n))], key=lambda n: n.span)

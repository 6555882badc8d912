"""One article laid out sentence by sentence: its nodes, and what each kind of rule finds where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

import msgspec

from uscuba_kg.model import Annotated, Mention, Span
from uscuba_kg.packs.load import Pack, Rule
from uscuba_kg.relate.cascade import Found, Masked, Match, Node, mask
from uscuba_kg.text import overlapping

KINDS = (
    "encounter", "status", "count", "both-sides", "dateline", "date-aside", "role", "agenda",
    "not-agenda", "topic-lead", "speech", "agreement", "venue", "date-of-event", "aside",
    "party", "private", "moved", "pause", "another", "roster",
)  # fmt: skip
"""The kinds of rules that a sentence can be asked for."""


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Spanned)


class Line(msgspec.Struct, frozen=True, eq=False):
    """A sentence with the nodes in it and what the rules find in it."""

    number: int
    span: Span
    nodes: tuple[Node, ...]
    matches: Found
    topics: tuple[Mention, ...]
    quotations: tuple[Mention, ...]
    paragraph: int
    is_title: bool
    is_footnote: bool

    def of(self, kind: str) -> tuple[Match, ...]:
        """The matches of one kind of rule."""
        return self.matches[kind]

    def private(self) -> tuple[Match, ...]:
        """People who act for no state, but for those in the name of a topic: "migrant smuggling"."""
        topics = [t.span for t in self.topics]
        return tuple(
            m
            for m in self.of("private")
            if not any(topic.covers(m.span) and topic != m.span for topic in topics)
        )

    def typed(self, *types: str) -> tuple[Node, ...]:
        """The nodes of some types, in order."""
        return tuple(n for n in self.nodes if n.type in types)


def lay_out(
    annotated: Annotated,
    nodes: Sequence[Node],
    pack: Pack,
    before: Masked | None = None,
) -> list[Line]:
    """Give the sentences of an article, ready to be asked what the rules find in them.

    ``before`` is the text masked with earlier nodes, if it is at hand.
    """
    sentences = annotated.sentences
    masked = mask(annotated.folded, sentences, nodes, pack.gate, before)
    article = annotated.article
    begun = by_start(sentences, nodes)
    topics = by_start(sentences, annotated.topics)
    quotations = overlapping(sentences, [q.span for q in annotated.quotations])
    titles = overlapping(sentences, [article.title_span] if article.title_span else [])
    footnotes = overlapping(sentences, article.footnotes)
    paragraphs = _paragraphs(article.text, sentences)
    rules = _rules(pack)
    return [
        Line(
            number=number,
            span=span,
            nodes=tuple(begun[number]),
            matches=Found(masked.rows[number], rules, pack.gate),
            topics=tuple(t for t in topics[number] if span.covers(t.span)),
            quotations=tuple(annotated.quotations[q] for q in quotations[number]),
            paragraph=paragraphs[number],
            is_title=bool(titles[number]),
            is_footnote=bool(footnotes[number]),
        )
        for number, span in enumerate(sentences)
    ]


@lru_cache(maxsize=16)
def _rules(pack: Pack) -> tuple[Rule, ...]:
    return tuple(rule for kind in KINDS for rule in pack.rules.get(kind, ()))


def by_start(sentences: Sequence[Span], things: Iterable[T]) -> list[list[T]]:
    """For each sentence the things that begin in it, in the order given."""
    starts = [s.start for s in sentences]
    found: list[list[T]] = [[] for _ in sentences]
    for thing in things:
        place = bisect_right(starts, thing.span.start) - 1
        if place >= 0 and thing.span.start < sentences[place].end:
            found[place].append(thing)
    return found


def _paragraphs(text: str, sentences: Sequence[Span]) -> list[int]:
    """How many blank lines stand before each sentence."""
    numbers, number, at = [], 0, 0
    for sentence in sentences:
        gap = text.find("\n\n", at, sentence.start)
        while gap >= 0:
            number, at = number + 1, gap + 2
            gap = text.find("\n\n", at, sentence.start)
        numbers.append(number)
    return numbers

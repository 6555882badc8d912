"""One article laid out sentence by sentence: its nodes and what each kind of rule found where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from uscuba_kg.model import Annotated, Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Match, Node, mask, matches


class Line(msgspec.Struct, frozen=True, eq=False):
    """A sentence with the nodes in it and the matches that begin in it, by kind of rule."""

    number: int
    span: Span
    nodes: tuple[Node, ...]
    matches: dict[str, tuple[Match, ...]]
    topics: tuple[Mention, ...]
    quotations: tuple[Mention, ...]
    paragraph: int
    is_title: bool
    is_footnote: bool

    def of(self, kind: str) -> tuple[Match, ...]:
        """The matches of one kind of rule."""
        return self.matches.get(kind, ())

    def typed(self, *types: str) -> tuple[Node, ...]:
        """The nodes of some types, in order."""
        return tuple(n for n in self.nodes if n.type in types)


def lay_out(
    annotated: Annotated, nodes: Sequence[Node], pack: Pack, kinds: Sequence[str]
) -> list[Line]:
    """Give the sentences of an article with all that the rules of these kinds find in them."""
    sentences = annotated.sentences
    masked = mask(annotated.folded, sentences, nodes)
    starts = [s.start for s in sentences]
    by_line: dict[int, dict[str, list[Match]]] = {}
    for kind in kinds:
        for match in matches(masked, pack.rules.get(kind, ())):
            line = bisect_right(starts, match.span.start) - 1
            by_line.setdefault(line, {}).setdefault(kind, []).append(match)
    lines = []
    article = annotated.article
    for number, span in enumerate(sentences):
        found = by_line.get(number, {})
        lines.append(
            Line(
                number=number,
                span=span,
                nodes=tuple(n for n in nodes if span.start <= n.span.start < span.end),
                matches={kind: tuple(hits) for kind, hits in found.items()},
                topics=tuple(t for t in annotated.topics if span.covers(t.span)),
                quotations=tuple(q for q in annotated.quotations if q.span.overlaps(span)),
                paragraph=article.text.count("\n\n", 0, span.start),
                is_title=article.title_span is not None and span.overlaps(article.title_span),
                is_footnote=any(span.overlaps(f) for f in article.footnotes),
            )
        )
    return lines


def mention_of(node: Node, kind: MentionKind) -> Mention | None:
    """The mention of a node if it is of this kind."""
    return node.mention if node.mention is not None and node.mention.kind == kind else None

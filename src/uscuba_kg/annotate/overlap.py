"""Overlapping mentions, settled once: the longer wins, then the more telling kind."""

from __future__ import annotations

from collections.abc import Iterable

from uscuba_kg.model import Mention, MentionKind

_TELLING = {
    kind: rank
    for rank, kind in enumerate(
        (
            MentionKind.DATE,
            MentionKind.SERIES,
            MentionKind.AGREEMENT,
            MentionKind.PERSON,
            MentionKind.BODY,
            MentionKind.POST,
            MentionKind.PLACE,
            MentionKind.STATE,
        )
    )
}


def settle(mentions: Iterable[Mention]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Split mentions into those that stand, in text order, and those inside one of them."""
    ranked = sorted(
        mentions,
        key=lambda m: (
            -(m.span.end - m.span.start),
            _TELLING.get(m.kind, len(_TELLING)),
            m.span,
            m.entity is None,
            m.value,
        ),
    )
    taken: set[int] = set()
    standing: list[Mention] = []
    nested: list[Mention] = []
    for mention in ranked:
        inside = range(mention.span.start, mention.span.end)
        if not taken.isdisjoint(inside):
            nested.append(mention)
            continue
        taken.update(inside)
        standing.append(mention)
    by_place = sorted(standing, key=lambda m: m.span)
    return tuple(by_place), tuple(sorted(nested, key=lambda m: m.span))

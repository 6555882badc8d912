"""Overlapping mentions, settled once: the longer wins, then the more telling kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.model import Mention, MentionKind, Span

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
    taken = bytearray(max((m.span.end for m in ranked), default=0))
    standing: list[Mention] = []
    nested: list[Mention] = []
    for mention in ranked:
        start, end = mention.span.start, mention.span.end
        if taken.find(1, start, end) >= 0:
            nested.append(mention)
            continue
        taken[start:end] = b"\1" * (end - start)
        standing.append(mention)
    by_place = sorted(standing, key=lambda m: m.span)
    return tuple(by_place), tuple(sorted(nested, key=lambda m: m.span))


def up_to_dates(name: Mention, dates: Sequence[int]) -> Mention | None:
    """The name without a date that it ran into, and the small words before that; None if all is date.

    "The governor on Thursday", "the Ministries of Health and Justice on December 8". ``dates`` holds
    where dates begin, in order.
    """
    place = bisect_left(dates, name.span.start)
    if place == len(dates) or dates[place] >= name.span.end:
        return name
    cut = dates[place]
    words = name.surface[: cut - name.span.start].split(" ")
    while words and (not words[-1] or words[-1][0].islower()) and len(words) > 1:
        words.pop()
    surface = " ".join(words).rstrip(" ,;")
    lost = len(name.surface) - len(surface)
    if not surface or lost >= len(name.value):
        return None
    span = Span(name.span.start, name.span.start + len(surface))
    return msgspec.structs.replace(name, span=span, surface=surface, value=name.value[:-lost])

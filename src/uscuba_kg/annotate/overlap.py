"""Overlapping mentions, settled once: the longer wins, then the more telling kind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

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


_place = attrgetter("span")


def settle(mentions: Iterable[Mention]) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Split mentions into those that stand, in text order, and those inside one of them."""
    standing: list[Mention] = []
    nested: list[Mention] = []
    for near in _clusters(mentions):
        if len(near) == 1:
            standing += near
            continue
        first = near[0].span.start
        taken = bytearray(max(m.span.end for m in near) - first)
        for mention in sorted(near, key=_rank):
            start, end = mention.span.start - first, mention.span.end - first
            if taken.find(1, start, end) >= 0:
                nested.append(mention)
                continue
            taken[start:end] = b"\1" * (end - start)
            standing.append(mention)
    return tuple(sorted(standing, key=_place)), tuple(sorted(nested, key=_place))


def _clusters(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    """The mentions in text order, those together that overlap, be it by way of others."""
    near: list[Mention] = []
    reach = 0
    for mention in sorted(mentions, key=_place):
        if near and mention.span.start >= reach:
            yield near
            near = []
        near.append(mention)
        reach = max(reach, mention.span.end)
    if near:
        yield near


def _rank(mention: Mention) -> tuple[int, int, Span, bool, str]:
    span = mention.span
    telling = _TELLING.get(mention.kind, len(_TELLING))
    return span.start - span.end, telling, span, mention.entity is None, mention.value


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

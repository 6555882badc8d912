"""A long text cut into parts that are read one after another, so that time grows with its length.

How an encounter hangs together with what a text names is asked of pairs of them: in a book these
would be too many, and what stands a hundred pages away has nothing to tell.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from uscuba_kg.model import Annotated, Article, Mention, Reading, StatementFrame

LONGEST = 40_000
"""So many characters are one part, some twenty pages: nearly all articles are shorter."""


def parts_of(annotated: Annotated) -> Iterator[Annotated]:
    """Give an article's parts, each of whole sentences; most articles are one part."""
    starts = [sentence.start for sentence in annotated.sentences]
    cuts = [0]
    for number, start in enumerate(starts):
        if start - starts[cuts[-1]] > LONGEST:
            cuts.append(number)
    if len(cuts) == 1:
        yield annotated
        return
    for first, last in pairwise([*cuts, len(starts)]):
        begin = starts[first] if first else 0
        end = starts[last] if last < len(starts) else len(annotated.folded)
        yield msgspec.structs.replace(
            annotated,
            sentences=annotated.sentences[first:last],
            mentions=_between(annotated.mentions, begin, end),
            nested=_between(annotated.nested, begin, end),
            topics=_between(annotated.topics, begin, end),
            quotations=_between(annotated.quotations, begin, end),
        )


def _between(mentions: Sequence[Mention], begin: int, end: int) -> tuple[Mention, ...]:
    """Those of some mentions in text order that begin in a stretch of text."""
    first = bisect_left(mentions, begin, key=lambda m: m.span.start)
    last = bisect_left(mentions, end, key=lambda m: m.span.start)
    return tuple(mentions[first:last])


def joined(article: Article, parts: Iterable[Reading]) -> Reading:
    """Give what the parts of an article say as the article's own reading."""
    found = list(parts)
    if len(found) == 1:
        return found[0]
    statements: list[StatementFrame] = []
    before = 0
    for part in found:
        statements += (
            msgspec.structs.replace(said, about=tuple(before + number for number in said.about))
            for said in part.statements
        )
        before += len(part.meetings)
    return Reading(
        article=article,
        meetings=tuple(frame for part in found for frame in part.meetings),
        positions=tuple(frame for part in found for frame in part.positions),
        units=tuple(frame for part in found for frame in part.units),
        agreements=tuple(frame for part in found for frame in part.agreements),
        statements=tuple(statements),
        issues=tuple(issue for part in found for issue in part.issues),
    )

"""Noise that takes in more than a line: tickers, pointers to other articles, comment sections.

What runs to the end of a page is cut off only where hardly any running text would be lost;
otherwise only the lines up to the next running text are marked. Noise left in is better than an
article cut short.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from uscuba_kg.ingest.pagewords import Lexicon
from uscuba_kg.ingest.paragraphs import Paragraph

_COMMENTS_SHARE = 0.25
_TEASER = 35
_RUN_TOGETHER = 25
_LINK_LINE = 30
_CUT_SHORT = ("...", "…", "[…]", "[...]")
_FORM_LINE = 30


class Flow(msgspec.Struct, frozen=True):
    """Paragraphs with what the rules ask of them again and again, counted once.

    ``prose_before[i]`` is the number of words of running text before ``i``; ``next_text[i]`` the
    first paragraph from ``i`` on that is text, or the number of paragraphs.
    """

    paragraphs: Sequence[Paragraph]
    prose_before: tuple[int, ...]
    next_text: tuple[int, ...]


def flow_of(paragraphs: Sequence[Paragraph]) -> Flow:
    """Count the running text of a page, so that every rule takes constant or shared time."""
    counts = (p.length if p.is_prose else 0 for p in paragraphs)
    following = [len(paragraphs)]
    for at in range(len(paragraphs) - 1, -1, -1):
        following.append(at if paragraphs[at].is_text else following[-1])
    return Flow(paragraphs, tuple(accumulate(counts, initial=0)), tuple(reversed(following)))


def ticker_end(flow: Flow, at: int, lexicon: Lexicon) -> int:
    """Where the ticker that begins at ``at`` ends, exclusively; ``at`` where none begins.

    Headlines either follow in one run without full stops, or line by line in the same block.
    """
    paragraphs = flow.paragraphs
    this = paragraphs[at]
    if not lexicon.tickers.is_all(this.words):
        return at
    end = at + 1
    if this.alone:
        return end + 1 if end < len(paragraphs) and _runs_together(paragraphs[end]) else end
    while end < flow.next_text[at + 1] and not paragraphs[end].alone:
        end += 1
    return end


def _runs_together(paragraph: Paragraph) -> bool:
    """Whether headlines stand one after another without a full stop between them."""
    return (
        paragraph.length >= _RUN_TOGETHER
        and not paragraph.text.endswith((".", ".”", '."', ".»", ":"))
        and paragraph.stops <= paragraph.length // 60
    )


def comments_end(flow: Flow, at: int, lexicon: Lexicon) -> int:
    """Where the comment section that begins at ``at`` ends; ``at`` where none begins.

    It takes in what readers wrote if that is little beside the article before it.
    """
    this = flow.paragraphs[at]
    words = this.words
    headed = lexicon.comments.is_all(words) or (
        this.length <= _FORM_LINE and lexicon.comments.starts(words) >= 3 and not this.is_prose
    )
    if not headed or this.is_dateline:
        return at
    before, after = flow.prose_before[at], flow.prose_before[-1] - flow.prose_before[at + 1]
    if after <= _COMMENTS_SHARE * before:
        return len(flow.paragraphs)
    return flow.next_text[at + 1]


def list_end(flow: Flow, at: int, lexicon: Lexicon) -> int:
    """Where the list of other articles that begins at ``at`` ends; ``at`` where none begins.

    It takes in headlines and their teasers, a teaser being one short paragraph under a headline.
    It ends at running text that is longer, or that no headline follows and that is not cut short.
    """
    paragraphs = flow.paragraphs
    if not lexicon.lists.is_all(paragraphs[at].words):
        return at
    end = at + 1
    while end < len(paragraphs):
        this = paragraphs[end]
        headed = end > at + 1 and not paragraphs[end - 1].is_text
        if this.is_text and not (headed and this.length <= _TEASER):
            break
        end += 1
    teaser = end > at + 2 and paragraphs[end - 1].is_text
    return end - 1 if teaser and not paragraphs[end - 1].text.endswith(_CUT_SHORT) else end


def link_end(flow: Flow, at: int, lexicon: Lexicon) -> int:
    """Where the pointer to another article at ``at`` ends; ``at`` where there is none.

    A bare label takes the one headline under it, or all that follows when no running text does.
    """
    this = flow.paragraphs[at]
    if lexicon.links.is_all(this.words):
        end = flow.next_text[at + 1]
        if end == len(flow.paragraphs):
            return end
        return at + 2 if end > at + 1 and flow.paragraphs[at + 1].is_titled else at + 1
    pointed = lexicon.links.is_all(this.before_colon) and this.length <= _LINK_LINE
    return at + 1 if pointed and this.stops == 0 else at

"""The layout of one article on its page: its title, its notes, and what is noise around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from uscuba_kg.ingest.noise import embedded_links, is_doubled, is_signoff, line_noise
from uscuba_kg.ingest.notes import find_notes
from uscuba_kg.ingest.pagewords import Lexicon, lexicon
from uscuba_kg.ingest.paragraphs import Paragraph, paragraphs_of
from uscuba_kg.ingest.tails import comments_end, flow_of, link_end, list_end, ticker_end
from uscuba_kg.model import Span
from uscuba_kg.text import fold

_HEADER_WITHOUT_BODY = 3
_MOST_LINES = 50_000


class Layout(msgspec.Struct, frozen=True):
    """Where in a text its title, its notes and its noise stand; spans are sorted and disjoint."""

    title: Span | None
    noise: tuple[Span, ...]
    footnotes: tuple[Span, ...]


def posts_of(text: str) -> tuple[str, ...]:
    """Split a page into the posts that follow one another on it; most pages hold one.

    A page of one post comes back as it is; several come without the white space between them.
    """
    if text.count("\n") > _MOST_LINES:
        return (text,)
    paragraphs = paragraphs_of(text)
    starts = [paragraphs[at].start for at in find_notes(paragraphs, lexicon()).posts]
    if not starts:
        return (text,)
    bounds = [0, *starts, len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(bounds))


def layout_of(text: str, title: str | None = None) -> Layout:
    """Tell title, notes and noise of one article; ``title`` is what its metadata say.

    A text of more lines than any article has is no page, and is left as it is.
    """
    if text.count("\n") > _MOST_LINES:
        return Layout(None, (), ())
    cues = lexicon()
    paragraphs = paragraphs_of(text)
    ranges = find_notes(paragraphs, cues).ranges
    noted = {at for start, end in ranges for at in range(start, end)}
    prose = [at for at, p in enumerate(paragraphs) if p.is_prose and at not in noted]
    first = prose[0] if prose else min(_HEADER_WITHOUT_BODY, len(paragraphs))
    regions = _regions(paragraphs, first, cues) - noted
    head = _title(paragraphs[:first], regions, cues, title)
    if head is not None:
        regions = (regions | _copies(paragraphs, head)) - noted - {head}
    skipped = regions | noted | ({head} if head is not None else set())
    last = prose[-1] if prose else len(paragraphs)
    spans = [Span(paragraphs[at].start, paragraphs[at].end) for at in regions]
    marked = set(regions)
    for at, paragraph in enumerate(paragraphs):
        if at in skipped:
            continue
        titled = head is not None and at > head
        inside = first < at < last
        found = line_noise(paragraphs, at, cues, titled=titled, inside=inside)
        if found and found.start == paragraph.start:
            marked.add(at)
        spans.extend([found] if found else embedded_links(paragraph))
    spans.extend(_after_the_end(paragraphs, noted, marked, cues))
    return Layout(
        title=_title_span(paragraphs[head]) if head is not None else None,
        noise=_merged(spans, text),
        footnotes=tuple(Span(paragraphs[a].start, paragraphs[b - 1].end) for a, b in ranges),
    )


def _regions(paragraphs: Sequence[Paragraph], first: int, cues: Lexicon) -> set[int]:
    """The paragraphs of tickers, pointers, lists and comment sections."""
    found: set[int] = set()
    flow = flow_of(paragraphs)
    at = 0
    while at < len(paragraphs):
        if at < first:
            end = ticker_end(flow, at, cues)
        else:
            end = max(rule(flow, at, cues) for rule in (comments_end, list_end, link_end))
        found.update(range(at, end))
        at = max(end, at + 1)
    return found


def _title(
    header: Sequence[Paragraph], regions: set[int], cues: Lexicon, given: str | None
) -> int | None:
    """Which paragraph is the title: what metadata give, or the first that looks like one.

    A line that is said twice is preferred, unless it stands doubled as captions do.
    """
    seen = Counter(_plain(paragraph.heading) for paragraph in header if paragraph.alone)
    likely = sorted(
        (seen[_plain(header[at].heading)] < 2, is_doubled(header, at), at)
        for at, paragraph in enumerate(header)
        if at not in regions and paragraph.is_titled and not _is_page_line(header, at, cues)
    )
    if given:
        wanted = _plain(given)
        same = [at for at, paragraph in enumerate(header) if _plain(paragraph.heading) == wanted]
        if same:
            return same[0]
    return likely[0][2] if likely else None


def _is_page_line(header: Sequence[Paragraph], at: int, cues: Lexicon) -> bool:
    alone = header[at : at + 1]
    return line_noise(alone, 0, cues, titled=at > 0, inside=False) is not None


def _copies(paragraphs: Sequence[Paragraph], head: int) -> set[int]:
    """The title said again near the top or under the article."""
    wanted = _plain(paragraphs[head].heading)
    return {
        at
        for at, paragraph in enumerate(paragraphs)
        if at != head and not paragraph.is_prose and _plain(paragraph.heading) == wanted
    }


def _plain(line: str) -> str:
    return " ".join(fold(line).split()).strip(" .\"'")


def _title_span(paragraph: Paragraph) -> Span:
    return Span(paragraph.start + paragraph.label, paragraph.end)


def _after_the_end(
    paragraphs: Sequence[Paragraph], noted: set[int], marked: set[int], cues: Lexicon
) -> list[Span]:
    """What follows the first noise, or the sign-off, under the last text of the article."""
    ends = {at for at in range(len(paragraphs)) if at in marked or is_signoff(paragraphs[at], cues)}
    texts = [at for at, p in enumerate(paragraphs) if p.is_text and at not in noted | ends]
    if not texts or paragraphs[texts[-1]].text.endswith(":"):
        return []
    below = [at for at in range(texts[-1] + 1, len(paragraphs)) if at not in noted]
    first = next((place for place, at in enumerate(below) if at in ends), len(below))
    return [Span(paragraphs[at].start, paragraphs[at].end) for at in below[first:]]


def _merged(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Sorted, disjoint spans; those with only white space between them become one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)

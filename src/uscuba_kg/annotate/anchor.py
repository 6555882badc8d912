"""The day from which an article speaks: its metadata, a date-line, a line that says when it appeared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import msgspec

from uscuba_kg.annotate.dates import DateExpression, DateWords
from uscuba_kg.model import Article, PartialDate, Span
from uscuba_kg.text import Spans

_HEAD = 700
_DAYS_APART = 7
_LONG_LINE = 200
_PUBLISHED_BY = 60
_OPENING = 16
_NEXT = 4
_LINE_END = re.compile(r"\s*(?:[(|\-–—.:·•*/\]]|$|\n)")
_PIECE = re.compile(r"\s[|·•*/]\s+|\t| {2,}")
_DASH = re.compile(r"\s[–—-]\s")
_END = re.compile(r"\s*(?:$|\n)")
"""What parts a line of the page's own: "By Ann Smith | May 3, 2016 | 4 min", "Desk - May 3, 2016"."""
_FULL = 3
_UNDER = re.compile(r"\.?\s*(?:\n|$)")
_SENTENCE = re.compile(r"\s+[\"“«]?[^\W\d_a-zà-ÿ]")
_ARTICLE = re.compile(r"[a-z]{2,3} (?=\d)")
_AGENCY = re.compile(r"[^()\n]{2,30}\([^()\n]{2,40}")
"""What stands before a date in the brackets of a date-line: "HAVANA (Agency / Desk - ", before ")"."""
_CLOCK = re.compile(r",?(?: -)?\s*(?:\w{1,3} )?(?:[ap]\.?m\.?|\d\d?[:.h]\d\d)")


class Anchor(msgspec.Struct, frozen=True):
    """The day (or month) from which an article speaks, and how that is known; None if it is not.

    ``lines`` holds the dates of date-lines and of lines that say when the text appeared.
    """

    date: PartialDate | None
    rule: str
    lines: frozenset[Span] = frozenset()


def find_anchor(
    article: Article, folded: str, expressions: Sequence[DateExpression], words: DateWords
) -> Anchor:
    """Give the day an article speaks from: its metadata, else a date-line in its text."""
    found = list(_date_lines(article, folded, expressions, words))
    if not found and article.published is None:
        found = list(_closing_lines(article, expressions))
    if not found and article.published is None:
        own = next((d for e in expressions if (d := _own_day(e)) is not None), None)
        return Anchor(own, "dateline" if own else "none")
    date, rule = _anchor(article, [d for e in found if (d := e.start) is not None])
    return Anchor(date, rule, frozenset(e.span for e in found))


def _own_day(expression: DateExpression) -> PartialDate | None:
    """The day from which "yesterday, March 16, 2016," is told."""
    date = expression.start
    if date is None or expression.unit != "day" or date.year is None or date != expression.end:
        return None
    day = date.first_day()
    if day is None or date.day is None:
        return None
    own = day - dt.timedelta(days=expression.offset)
    return PartialDate(own.year, own.month, own.day)


def _anchor(article: Article, lines: Sequence[PartialDate]) -> tuple[PartialDate | None, str]:
    if article.published is not None and article.published.year is not None:
        line = _near(lines, article.published)
        return (line, "dateline") if line else (article.published, "publication")
    for wanted in (3, 2):
        for line in lines:
            if line.year is not None and line.precision == wanted:
                return line, "dateline"
    for line in lines:
        if line.precision == 2 and line.year is None:
            return line, "none"
    return None, "none"


def _near(lines: Sequence[PartialDate], published: PartialDate) -> PartialDate | None:
    """The date-line that tells the day of publication better than metadata do."""
    day = published.first_day()
    if day is None:
        return None
    if published.day is None:
        full = (d for d in lines if d.year is not None and d.day is not None)
        return next((d for d in full if published.fits(d)), None)
    for line in lines:
        if line.day is None:
            continue
        years = (line.year,) if line.year else (published.year, (published.year or 0) - 1)
        for year in years:
            dated = PartialDate(year, line.month, line.day)
            try:
                gap = (day - (dated.first_day() or day)).days
            except ValueError:
                continue
            if 0 <= gap <= _DAYS_APART:
                return dated
    return None


def _date_lines(
    article: Article, folded: str, expressions: Sequence[DateExpression], words: DateWords
) -> Iterator[DateExpression]:
    """The dates that stand alone on a line at the head, or after a place before a dash or bracket.

    So does one on a line that begins with "published", be it one of the page's own lines.
    """
    noise = Spans(article.noise)
    for expression in expressions:
        date = expression.start
        if date is None or date != expression.end or date.month is None or expression.unit:
            continue
        start, end = expression.span.start, expression.span.end
        line_start = _piece(article.text, start, end)
        if start - line_start > _PUBLISHED_BY:
            continue
        cue = words.published.search(folded, line_start, start)
        published = cue is not None and (
            cue.start() <= line_start + _OPENING or (start <= _HEAD and start - cue.end() <= _NEXT)
        )
        if start > _HEAD and not published:
            continue
        if not published and noise.overlap(expression.span):
            continue
        before = _before(article.text, line_start, start)
        alone = _closes(article.text, folded, end, words) and (published or _is_head(before))
        bracketed = article.text.startswith(")", end) and _names_agency(article.text, start)
        if alone or bracketed:
            yield expression


def _closing_lines(
    article: Article, expressions: Sequence[DateExpression]
) -> Iterator[DateExpression]:
    """The full date under a note, alone on its line behind a place: "Havana, December 4, 2024"."""
    noise = Spans(article.noise)
    for expression in expressions:
        date, span = expression.start, expression.span
        if date is None or date != expression.end or date.precision < _FULL or date.year is None:
            continue
        line_start = article.text.rfind("\n", max(0, span.start - _LONG_LINE), span.start) + 1
        before = _before(article.text, line_start, span.start)
        if noise.overlap(span) or not before.strip() or not _is_head(before):
            continue
        if _UNDER.match(article.text, span.end):
            yield expression


def _closes(text: str, folded: str, end: int, words: DateWords) -> bool:
    if any(p.match(text, end) for p in (_LINE_END, _CLOCK)):
        return True
    if text[end - 1] == "." and _SENTENCE.match(text, end):
        return True  # "17 nov. Cuba and ..."
    return words.published_after.match(folded, end) is not None


def _piece(text: str, start: int, end: int) -> int:
    """Where the line begins on which a date stands, or the last piece of it before the date."""
    line_start = text.rfind("\n", max(0, start - _LONG_LINE), start) + 1
    rules = [m.end() for m in _PIECE.finditer(text, line_start, start)]
    if not rules and start <= _HEAD and _END.match(text, end):
        rules = [m.end() for m in _DASH.finditer(text, line_start, start)]
    return rules[-1] if rules else line_start


def _before(text: str, line_start: int, start: int) -> str:
    """What stands before a date on its line, with the article that the date itself begins with."""
    article = _ARTICLE.match(text, start)
    return text[line_start : article.end() if article else start]


def _is_head(before: str) -> bool:
    """Tell whether what stands before a date on its line can be a date-line's place."""
    words = re.findall(r"[^\W\d_]+", before)
    if len(before) > 40 or len(before.split()) > 5:
        return False
    last = words[-1] if words and before.rstrip()[-1:].isalpha() else ""
    if last and not last.isupper() and (last[0].islower() or len(last) <= 3):
        return False
    return _is_capitalised(before)


def _names_agency(text: str, start: int) -> bool:
    """Tell whether a date stands in the brackets of a date-line, behind the name of an agency."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return _AGENCY.fullmatch(before) is not None and _is_capitalised(before)


def _is_capitalised(text: str) -> bool:
    """Tell whether all its words but the shortest begin with a capital."""
    return all(w[0].isupper() or len(w) <= 3 for w in re.findall(r"[^\W\d_]+", text))

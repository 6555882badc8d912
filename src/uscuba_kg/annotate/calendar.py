"""Which day an expression of time means: by metadata, date-line, footnotes and neighbours.

A day, month or year that no words carry is never invented: what cannot be decided stays open
(``XXXX-01-18``), and what was decided says by which rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from uscuba_kg.annotate.dates import DateExpression, DateWords
from uscuba_kg.model import Article, DateRange, Mention, MentionKind, PartialDate, Span
from uscuba_kg.text import fold

_HEAD = 700
_CLOSE = 22
_BESIDE = 240
_NEIGHBOUR_DAYS = 45
_CLOSE_DAYS = 10
_AHEAD_DAYS = 60
_LINE_END = re.compile(r"\s*(?:[(|\-–—.:]|$|\n)")


class Anchor(msgspec.Struct, frozen=True):
    """The day from which an article speaks, and how it is known; None where nothing tells it."""

    date: PartialDate | None
    rule: str


def find_anchor(article: Article, expressions: Sequence[DateExpression]) -> Anchor:
    """Give the day an article speaks from: its metadata, else a date-line in its text."""
    if article.published is not None and article.published.year is not None:
        line = _date_line(article, expressions)
        if line is not None and line.year is None and article.published.day is not None:
            dated = _nearest(line, article.published, "past")
            if dated is not None and abs(_days(dated, article.published)) <= 7:
                return Anchor(dated, "dateline")
        return Anchor(article.published, "publication")
    line = _date_line(article, expressions)
    if line is not None and line.year is not None:
        return Anchor(line, "dateline")
    return Anchor(None, "none")


def _date_line(article: Article, expressions: Sequence[DateExpression]) -> PartialDate | None:
    """The date that stands alone on a line at the head, or after a place before a dash or bracket."""
    best: PartialDate | None = None
    for expression in expressions:
        start, end = expression.span.start, expression.span.end
        if start > _HEAD or expression.start is None or expression.start.day is None:
            continue
        if any(expression.span.overlaps(n) for n in article.noise):
            continue
        line_start = article.text.rfind("\n", 0, start) + 1
        before = article.text[line_start:start]
        after = _LINE_END.match(article.text, end)
        if after is None or len(before) > 40 or len(before.split()) > 5 or not _is_head(before):
            continue
        if best is None or (best.year is None and expression.start.year is not None):
            best = expression.start
    return best


def _is_head(before: str) -> bool:
    """Tell whether what stands before a date on its line can be a date-line's place."""
    words = re.findall(r"[^\W\d_]+", before)
    return all(w[0].isupper() or len(w) <= 3 for w in words)


def resolve_dates(
    article: Article, expressions: Sequence[DateExpression], words: DateWords
) -> tuple[Mention, ...]:
    """Give a mention for each expression that means a day, month or year; value is EDTF."""
    inside = [e for e in expressions if not any(e.span.overlaps(n) for n in article.noise)]
    anchor = find_anchor(article, inside)
    folded = fold(article.text)
    mentions: list[Mention] = []
    last: PartialDate | None = None
    for expression in inside:
        tense = _tense(folded, expression.span, words)
        resolved = _beside(expression, mentions) or _resolve(
            expression, anchor, tense, article, inside, last
        )
        if resolved is None:
            continue
        dates, rule = resolved
        last = dates.start
        span = expression.span
        surface = article.text[span.start : span.end]
        mentions.append(Mention(MentionKind.DATE, span, surface, dates.edtf, None, rule))
    return tuple(mentions)


def _beside(
    expression: DateExpression, mentions: Sequence[Mention]
) -> tuple[DateRange, str] | None:
    """A weekday shortly after a full date that falls on it means that date."""
    if expression.weekdays is None or expression.weekdays[0] != expression.weekdays[1]:
        return None
    for mention in reversed(mentions):
        if expression.span.start - mention.span.end > _BESIDE:
            break
        if re.fullmatch(r"\d{4}-\d\d-\d\d", mention.value):
            day = dt.date.fromisoformat(mention.value)
            if day.weekday() == expression.weekdays[0]:
                return DateRange(_day(day), _day(day)), "date.weekday-of-date"
    return None


def _tense(folded: str, span: Span, words: DateWords) -> str:
    """Whether the sentence around an expression speaks of what is to come: future, past or open."""
    start, end = max(0, span.start - 200), min(len(folded), span.end + 200)
    for stop in re.finditer(r"[.!?] |\n ?\n", folded[start : span.start]):
        start = max(start, span.start - (span.start - start) + stop.end())
    stop_after = re.search(r"[.!?](?: |$)", folded[span.end : end])
    if stop_after:
        end = span.end + stop_after.start()
    if words.speech.search(folded[max(start, span.start - _CLOSE) : span.start]):
        return "past"
    window = folded[start:end]
    if words.future.search(window):
        return "future"
    return "past" if words.past.search(window) else "open"


def _resolve(
    expression: DateExpression,
    anchor: Anchor,
    tense: str,
    article: Article,
    everything: Sequence[DateExpression],
    last: PartialDate | None,
) -> tuple[DateRange, str] | None:
    if expression.start is not None and expression.end is not None:
        return _dated(expression, anchor, tense, article, everything)
    if expression.weekdays is not None:
        return _weekday(expression, anchor, tense)
    if expression.unit is not None:
        return _relative(expression, anchor, last)
    return None


def _dated(
    expression: DateExpression,
    anchor: Anchor,
    tense: str,
    article: Article,
    everything: Sequence[DateExpression],
) -> tuple[DateRange, str] | None:
    """An absolute date, its year supplied where the words leave it out."""
    start, end = expression.start, expression.end
    assert start is not None
    assert end is not None
    if start.year is not None:
        return DateRange(start, end), "date.explicit"
    if anchor.date is not None and anchor.date.year is not None:
        if expression.years is not None:
            year, rule = anchor.date.year + expression.years, "date.year-in-words"
        else:
            dated = _nearest(start, anchor.date, tense)
            year, rule = (dated.year or 0) if dated else 0, f"date.year-from-{anchor.rule}"
        if year:
            return _with_year(start, end, year), rule
    found = _neighbour_year(start, article, everything)
    if found is not None:
        return _with_year(start, end, found[0]), found[1]
    if start.day is None:
        return None
    return DateRange(start, end), "date.no-year"


def _with_year(start: PartialDate, end: PartialDate, year: int) -> DateRange:
    last = year + 1 if (end.month or 0) < (start.month or 0) else year
    return DateRange(
        PartialDate(year, start.month, start.day), PartialDate(last, end.month, end.day)
    )


def _nearest(date: PartialDate, anchor: PartialDate, tense: str) -> PartialDate | None:
    """The year that puts a yearless date next to the anchor, on the side that the words suggest."""
    assert anchor.year is not None
    candidates = [
        c
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if (c := _existing(year, date)) is not None
    ]
    low, high = anchor.first_day(), anchor.last_day()
    assert low is not None
    assert high is not None
    behind = [c for c in candidates if (c.first_day() or high) <= high]
    ahead = [c for c in candidates if (c.last_day() or low) >= low]
    near = ahead[0] if ahead else None
    if tense == "future":
        recent = behind[-1] if behind else None
        if recent is not None and (low - (recent.last_day() or low)).days <= 3:
            return recent
        return near
    if near is not None and near not in behind and tense == "open":
        gap = ((near.first_day() or low) - high).days
        back = (low - (behind[-1].last_day() or low)).days if behind else 999
        if gap <= _AHEAD_DAYS and back > 240:
            return near
    return behind[-1] if behind else near


def _existing(year: int, date: PartialDate) -> PartialDate | None:
    try:
        dt.date(year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return PartialDate(year, date.month, date.day)


def _neighbour_year(
    date: PartialDate, article: Article, everything: Sequence[DateExpression]
) -> tuple[int, str] | None:
    """The year of full dates near in the calendar: in footnotes and source lists, then in the body.

    Where sources disagree, a year before something that the body tells as past is a slip.
    """
    votes: dict[str, Counter[int]] = {k: Counter() for k in ("neighbour", "footnote", "month")}
    earliest = 0
    for other in everything:
        known = other.start
        if known is None or known.year is None or known.month is None:
            continue
        noted = any(other.span.overlaps(f) for f in article.footnotes)
        if not noted:
            earliest = max(earliest, known.year)
        year, gap = _nearest_year(date, known)
        origin = "month" if known.day is None else ("footnote" if noted else "neighbour")
        if gap <= (_CLOSE_DAYS if origin == "neighbour" else _NEIGHBOUR_DAYS):
            votes[origin][year] += 3 if gap <= 10 else 1
    for origin, counted in votes.items():
        fitting = {y: n for y, n in counted.items() if origin != "footnote" or y >= earliest}
        best = sorted(fitting.items(), key=lambda v: (-v[1], -v[0]))
        if len(best) == 1 or (best and best[0][1] > best[1][1]):
            return best[0][0], f"date.year-from-{origin}"
    return None


def _nearest_year(date: PartialDate, known: PartialDate) -> tuple[int, int]:
    """The year that puts a yearless date next to a known one, and the days between them."""
    assert known.year is not None
    if known.day is None and known.month == date.month:
        return known.year, 0
    middle = PartialDate(known.year, known.month, known.day or 15)
    gaps = [
        (abs(_days(candidate, middle)), year)
        for year in (known.year - 1, known.year, known.year + 1)
        if (candidate := _existing(year, PartialDate(None, date.month, date.day or 15)))
    ]
    gap, year = min(gaps, default=(999, known.year))
    return year, gap


def _days(a: PartialDate, b: PartialDate) -> int:
    first, second = a.first_day(), b.first_day()
    return (first - second).days if first and second else 999


def _weekday(
    expression: DateExpression, anchor: Anchor, tense: str
) -> tuple[DateRange, str] | None:
    """A weekday before the article's day, or after it where the words look ahead."""
    if anchor.date is None or anchor.date.day is None or expression.weekdays is None:
        return None
    today = anchor.date.first_day()
    assert today is not None
    first, last = expression.weekdays
    ahead = tense == "future" or expression.offset > 0
    if ahead:
        start = today + dt.timedelta(days=(first - today.weekday()) % 7)
        if expression.offset and start == today:
            start += dt.timedelta(days=7)
    else:
        start = today - dt.timedelta(days=(today.weekday() - first) % 7)
    end = start + dt.timedelta(days=(last - first) % 7)
    side = "after" if ahead else "before"
    return DateRange(_day(start), _day(end)), f"date.weekday-{side}-{anchor.rule}"


def _day(date: dt.date) -> PartialDate:
    return PartialDate(date.year, date.month, date.day)


def _relative(
    expression: DateExpression, anchor: Anchor, last: PartialDate | None
) -> tuple[DateRange, str] | None:
    """A distance from the article's day; weeks give the month they lie in, months and years no day."""
    unit, offset = expression.unit, expression.offset
    base = last if unit == "after" else anchor.date
    if base is None or base.year is None or (unit != "year" and base.month is None):
        return None
    if unit in ("day", "after"):
        if base.day is None:
            return None
        day = _day((base.first_day() or dt.date.min) + dt.timedelta(days=offset))
        return DateRange(day, day), f"date.relative-{unit}"
    if unit == "year":
        year = PartialDate(base.year + offset)
        return DateRange(year, year), "date.relative-year"
    if unit == "month":
        months = base.year * 12 + (base.month or 1) - 1 + offset
        month = PartialDate(months // 12, months % 12 + 1)
        return DateRange(month, month), "date.relative-month"
    return _week(base, offset)


def _week(base: PartialDate, offset: int) -> tuple[DateRange, str] | None:
    """A week, as the month in which all or most of its days lie."""
    today = base.first_day()
    if today is None or base.day is None:
        return None
    monday = today + dt.timedelta(days=7 * offset - today.weekday())
    middle = monday + dt.timedelta(days=3)
    whole = monday.month == (monday + dt.timedelta(days=6)).month
    value = PartialDate(middle.year, middle.month) if whole else PartialDate(middle.year)
    return DateRange(value, value), "date.relative-week"

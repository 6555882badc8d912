"""Which year a day or month without one belongs to, and which month a day without one."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.model import Article, PartialDate
from uscuba_kg.text import Spans

_NEIGHBOUR_DAYS = 45
_CLOSE_DAYS = 10
_AHEAD_DAYS = 60
_SOON_DAYS = 14
_HANDLE = re.compile(r"\s*[—–-].{0,60}\(@\w+\)")


def existing(year: int, date: PartialDate) -> PartialDate | None:
    """That date in that year, or None where there is none (29 February)."""
    try:
        dt.date(year, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return PartialDate(year, date.month, date.day)


def falls_on(date: PartialDate, weekday: int | None) -> bool:
    """Tell whether a day is that weekday, as far as both are known."""
    day = date.first_day()
    return weekday is None or date.day is None or day is None or day.weekday() == weekday


def days_between(a: PartialDate, b: PartialDate) -> int:
    """From the first day of ``b`` to the first day of ``a``; 999 where that is unknown."""
    first, second = a.first_day(), b.first_day()
    return (first - second).days if first and second else 999


def nearest(
    date: PartialDate, anchor: PartialDate, tense: str, weekday: int | None = None
) -> PartialDate | None:
    """The year that puts a yearless date next to the anchor, on the side that the words suggest."""
    assert anchor.year is not None
    dated = (existing(anchor.year + step, date) for step in (-1, 0, 1))
    candidates = [c for c in dated if c is not None and falls_on(c, weekday)]
    low, high = anchor.first_day(), anchor.last_day()
    assert low is not None
    assert high is not None
    behind = [c for c in candidates if (c.first_day() or high) <= high]
    ahead = [c for c in candidates if (c.last_day() or low) >= low]
    near = ahead[0] if ahead else None
    recent = behind[-1] if behind else None
    if near is not None and near.day is not None and near not in behind:
        # "who stayed through Sept. 22", told on the 18th: a year ago would be said
        if ((near.first_day() or low) - high).days <= _SOON_DAYS:
            return near
    if tense == "unmet":
        return min((c for c in (near, recent) if c), key=lambda c: abs(days_between(c, anchor)))
    if tense == "future":
        if recent is not None and (low - (recent.last_day() or low)).days <= 3:
            return recent
        return near
    if near is not None and near not in behind and tense == "open":
        gap = ((near.first_day() or low) - high).days
        back = (low - (recent.last_day() or low)).days if recent else 999
        if gap <= _AHEAD_DAYS and back > 240:
            return near
    return recent or near


def nearest_year(date: PartialDate, known: PartialDate) -> tuple[int, int]:
    """The year that puts a yearless date next to a known one, and the days between them."""
    assert known.year is not None
    if known.day is None and known.month == date.month:
        return known.year, 0
    middle = PartialDate(known.year, known.month, known.day or 15)
    gaps = [
        (abs(days_between(candidate, middle)), year)
        for year in (known.year - 1, known.year, known.year + 1)
        if (candidate := existing(year, PartialDate(None, date.month, date.day or 15)))
    ]
    gap, year = min(gaps, default=(999, known.year))
    return year, gap


class Neighbours:
    """The full dates of one article, which may give their year to what stands near in the calendar."""

    def __init__(self, article: Article, expressions: Sequence[DateExpression]) -> None:
        self.known: Counter[tuple[str, PartialDate]] = Counter()
        self.earliest = 0
        self.told: dict[PartialDate, tuple[int, str] | None] = {}
        noise, notes = Spans(article.noise), Spans(article.footnotes)
        for expression in expressions:
            date = expression.start
            if date is None or date.year is None or date.month is None:
                continue
            origin = _origin(article.text, expression, noise, notes)
            if origin is None:
                continue
            if origin == "neighbour":
                self.earliest = max(self.earliest, date.year)
                origin = "month" if date.day is None else origin
            self.known[origin, date] += 1

    def year_of(self, date: PartialDate) -> tuple[int, str] | None:
        """The year of full dates near in the calendar: in the body, then in footnotes and sources.

        Where sources disagree, a year before something that the body tells as past is a slip.
        """
        if date not in self.told:
            self.told[date] = self._year_of(date)
        return self.told[date]

    def _year_of(self, date: PartialDate) -> tuple[int, str] | None:
        votes: dict[str, Counter[int]] = {k: Counter() for k in ("neighbour", "footnote", "month")}
        for (origin, known), times in self.known.items():
            year, gap = nearest_year(date, known)
            if gap <= (_CLOSE_DAYS if origin == "neighbour" else _NEIGHBOUR_DAYS):
                votes[origin][year] += (3 if gap <= 10 else 1) * times
        for origin, counted in votes.items():
            fitting = {
                y: n for y, n in counted.items() if origin != "footnote" or y >= self.earliest
            }
            best = sorted(fitting.items(), key=lambda v: (-v[1], -v[0]))
            if len(best) == 1 or (best and best[0][1] > best[1][1]):
                return best[0][0], f"date.year-from-{origin}"
        return None


def _origin(text: str, expression: DateExpression, noise: Spans, notes: Spans) -> str | None:
    """Where a full date stands: in the body, in notes, or under a post that the article shows."""
    span = expression.span
    if noise.overlap(span):
        line = text.rfind("\n", max(0, span.start - 120), span.start) + 1
        quoted = _HANDLE.match(text, line, span.start)
        return "footnote" if quoted and expression.start and expression.start.day else None
    if notes.overlap(span):
        return "footnote" if expression.start and expression.start.day else "month"
    return "neighbour"

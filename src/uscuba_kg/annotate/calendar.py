"""Which day an expression of time means: by metadata, date-line, footnotes and neighbours.

A day, month or year that no words carry is never invented: what cannot be decided stays open
(``XXXX-01-18``), and what was decided says by which rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from uscuba_kg.annotate.anchor import Anchor, find_anchor
from uscuba_kg.annotate.dates import DateExpression, DateWords
from uscuba_kg.annotate.tense import lasting, sentence_around, tense_of
from uscuba_kg.annotate.years import Neighbours, days_between, existing, falls_on, nearest
from uscuba_kg.model import Article, DateRange, Mention, MentionKind, PartialDate, Span
from uscuba_kg.text import fold

_BESIDE = 240
_DAY_REACH = 700
_YEAR_REACH = 600
_NEAR = 220
_STORY = 2
_LONG_AGO = 3
_NEWS_DAYS = 60
_HALF_YEAR = 183
_LIST = re.compile(r"[\s,;&/]*(?:\w{1,2}[\s,]+)?")

Resolved = tuple[DateRange, str]


class Told(msgspec.Struct, frozen=True):
    """An expression that was understood, and whether its words may give others their year."""

    expression: DateExpression
    dates: DateRange
    rule: str
    gives_year: bool


def resolve_dates(
    article: Article, expressions: Sequence[DateExpression], words: DateWords
) -> tuple[Mention, ...]:
    """Give a mention for each expression that means a day, month or year; value is EDTF."""
    inside = [e for e in expressions if not any(e.span.overlaps(n) for n in article.noise)]
    reading = _Reading(article, expressions, inside, words)
    mentions = []
    for place, expression in enumerate(inside):
        resolved = reading.read(place)
        if resolved is not None:
            span = expression.span
            surface = article.text[span.start : span.end]
            value, rule = resolved[0].edtf, resolved[1]
            mentions.append(Mention(MentionKind.DATE, span, surface, value, None, rule))
    return tuple(mentions)


class _Reading:
    """One article's dates, read in order: each may lean on those before it."""

    def __init__(
        self,
        article: Article,
        everything: Sequence[DateExpression],
        inside: Sequence[DateExpression],
        words: DateWords,
    ) -> None:
        self.article, self.inside, self.words = article, inside, words
        self.folded = fold(article.text)
        self.neighbours = Neighbours(article, everything)
        anchor = find_anchor(article, self.folded, everything, words)
        if anchor.date is not None and anchor.date.year is None:
            found = self.neighbours.year_of(anchor.date)
            dated = existing(found[0], anchor.date) if found else None
            anchor = Anchor(dated, "dateline")
        self.anchor = anchor if anchor.date else Anchor(None, "none")
        self.years = _listed_years(article.text, inside)
        self.told: list[Told] = []

    def read(self, place: int) -> Resolved | None:
        """What the next expression means; it must be the one after the last that was read."""
        expression = self.inside[place]
        resolved = self._resolved(expression, self.years[place])
        if resolved is None:
            return None
        resolved = self._with_length(expression, resolved)
        before = self.folded[max(0, expression.span.start - 40) : expression.span.start]
        gives = (
            resolved[0].start.year is not None
            and self.words.settled_before.search(before) is None
            and resolved[1] in _SETTLED
        )
        self.told.append(Told(expression, *resolved, gives))
        return resolved

    def _resolved(self, expression: DateExpression, listed: int | None) -> Resolved | None:
        start = expression.start
        if start is not None and start.year is not None:
            return DateRange(start, expression.end or start), "date.explicit"
        if start is not None and start.month is not None:
            return self._yearless(expression, listed)
        if start is not None and start.day is not None:
            return self._day_of_month(expression)
        if expression.weekdays is not None:
            return self._beside(expression) or self._weekday(expression)
        if expression.unit is not None:
            return self._relative(expression)
        return None

    # What was told before

    def _last(self, parts: int, expression: DateExpression, settled: bool = False) -> Told | None:
        """The last date told within reach that is at least so precise: 3 a day, 2 a month, 1 a year;
        ``settled`` leaves out what is told from the article's own day ("today")."""
        reach = _DAY_REACH * (1 + settled)
        for told in reversed(self.told[-12:]):
            if expression.span.start - told.expression.span.end > reach:
                return None
            if settled and _is_own(told.rule):
                continue
            if told.dates.start.year is not None and told.dates.start.precision >= parts:
                return told
        return None

    def _base(self, unit: str, expression: DateExpression) -> PartialDate | None:
        """The date from which an offset counts: the article's, or ("that") the one told before."""
        kind = unit.removeprefix("that-")
        parts = {"year": 1, "month": 2}.get(kind, 3)
        if kind == unit:
            date = self.anchor.date
        else:
            told = self._last(parts, expression, settled=True) if parts < 3 else None
            told = told or self._last(parts, expression)
            date = None
            if told is not None and not (expression.offset == 0 and self._is_date_line(told)):
                date = told.dates.end if expression.offset > 0 else told.dates.start
            elif not self.told and expression.form in ("earlier", "later"):
                date = self.anchor.date
        return date if date is not None and date.year and date.precision >= parts else None

    def _is_date_line(self, told: Told) -> bool:
        return self.anchor.rule == "dateline" and told.dates.start == self.anchor.date

    def _tense(self, expression: DateExpression) -> str:
        given = {"last": "past", "next": "future"}.get(expression.modifier or "")
        return given or tense_of(self.article.text, self.folded, expression.span, self.words)

    # Days and months without a year

    def _yearless(self, expression: DateExpression, listed: int | None) -> Resolved | None:
        start, end = expression.start, expression.end
        assert start is not None
        assert end is not None
        found = self._year_in_words(expression) or ((listed, "date.year-of-list") if listed else None)
        found = found or self._year_told(expression) or self._year_of_anchor(expression)
        found = found or self.neighbours.year_of(start)
        if found is not None and found[0] and existing(found[0], start) is not None:
            return _with_year(start, end, found[0]), found[1]
        if start.day is None:
            return None
        return DateRange(start, end), "date.no-year"

    def _year_in_words(self, expression: DateExpression) -> tuple[int, str] | None:
        """The year that "of last year", "last", "that" or "the following" gives."""
        start, rule = expression.start, "date.year-in-words"
        assert start is not None
        if expression.unit in ("year", "that-year"):
            base = self._base(expression.unit, expression)
            return (base.year + expression.offset, rule) if base and base.year else None
        month = start.month or 1
        modifier = expression.modifier
        if expression.unit in ("month", "that-month"):
            modifier = _MONTH_WORDS[expression.unit, (expression.offset > 0) - (expression.offset < 0)]
        if modifier in ("that", "following", "previous"):
            told = self._last(1, expression, settled=True) or self._last(1, expression)
            if told is None:
                return None
            base = told.dates.start
            step = 0
            if modifier == "following" and base.month is not None:
                step = int(month <= base.month)
            elif modifier == "previous":
                step = -int(base.month is None or month >= base.month)
            elif modifier == "following":
                step = 1
            return (base.year or 0) + step, rule
        anchor = self.anchor.date
        if modifier is None or anchor is None or anchor.year is None:
            return None
        if modifier == "this" and start.day is None:
            return anchor.year, rule
        if modifier == "last" and start.day is None and anchor.month is not None:
            return anchor.year - int(month >= anchor.month), rule
        if modifier == "next" and start.day is None and anchor.month is not None:
            return anchor.year + int(month <= anchor.month), rule
        return None

    def _year_told(self, expression: DateExpression) -> tuple[int, str] | None:
        """The year of which the sentences before tell, where the day is none of the article's own days.

        A story of years ago keeps its year until another is named; what is recent only gives its year
        to what follows close by, and only forward. 0 where the story may be in one of two years.
        """
        start, anchor = expression.start, self.anchor.date
        told, chain = self._story(expression)
        if start is None or told is None or expression.modifier is not None:
            return None
        known = told.dates.end
        gap = expression.span.start - told.expression.span.end
        weekday = expression.weekdays[0] if expression.weekdays else None
        dated = _next_to(start, known)
        if dated is None or dated.year is None or known.year is None:
            return None
        if not falls_on(dated, weekday) or self._is_latest(expression):
            return None
        forward = dated.year == known.year and (known.month or 0) <= (start.month or 0)
        rule = "date.year-told-before"
        if anchor is None or anchor.year is None:
            return (dated.year, rule) if forward and gap <= _NEAR else None
        tense = self._tense(expression)
        if anchor.year - known.year < _LONG_AGO:
            near = nearest(start, anchor, tense, weekday)
            if known.year == anchor.year or not forward or gap > _NEAR:
                return None
            return None if near and self._is_news(near, tense, _NEWS_DAYS) else (dated.year, rule)
        if tense == "future" or (gap > _NEAR and len(chain) < _STORY) or known.month is None:
            return None
        if start.day is not None and weekday is None:
            near = nearest(start, anchor, tense)
            if near and self._is_news(near, tense, _NEWS_DAYS // 2):
                return None
        apart = max(t.dates.end.year or 0 for t in chain) - min(t.dates.end.year or 0 for t in chain)
        return (dated.year if gap <= _NEAR or apart <= _LONG_AGO else 0), rule

    def _story(self, expression: DateExpression) -> tuple[Told | None, list[Told]]:
        """The last date told whose year the words settle, and those of the same stretch of text."""
        told = self.told[-12:]
        chain = [
            t
            for t in told
            if t.gives_year and expression.span.start - t.expression.span.end < 2 * _YEAR_REACH
        ]
        if not chain or expression.span.start - chain[-1].expression.span.end >= _YEAR_REACH:
            return None, chain
        now = self.anchor.date.year if self.anchor.date is not None else None
        old = [t for t in chain if now and now - (t.dates.end.year or now) >= _LONG_AGO]
        between = told[told.index(chain[-1]) + 1 :]
        if len(old) < _STORY and any(_is_own(t.rule) for t in between):
            return None, old
        last = chain[-1]
        for earlier in reversed(chain):
            if earlier.dates.end.year == last.dates.end.year and earlier.dates.end.month:
                return earlier, old
        return last, old

    def _is_latest(self, expression: DateExpression) -> bool:
        """Tell whether the sentence speaks of the last one, which is near the article's own day."""
        start = sentence_around(self.article.text, expression.span, self.words)[0]
        found = self.words.latest.search(self.folded, start, expression.span.start)
        return found is not None

    def _is_news(self, date: PartialDate, tense: str, days: int) -> bool:
        """Tell whether a date is one of the days of which the article's own news may tell."""
        anchor = self.anchor.date
        low, high = anchor.first_day() if anchor else None, anchor.last_day() if anchor else None
        if low is None or high is None:
            return False
        first, last = date.first_day() or low, date.last_day() or high
        if first > high:
            return tense == "future" and (first - high).days <= days
        return (low - last).days <= days

    def _year_of_anchor(self, expression: DateExpression) -> tuple[int, str] | None:
        anchor, start = self.anchor.date, expression.start
        if anchor is None or anchor.year is None or start is None:
            return None
        weekday = expression.weekdays[0] if expression.weekdays else None
        tense = self._tense(expression)
        dated = nearest(start, anchor, tense, weekday) or nearest(start, anchor, tense)
        return (dated.year, f"date.year-from-{self.anchor.rule}") if dated and dated.year else None

    # Days without a month

    def _day_of_month(self, expression: DateExpression) -> Resolved | None:
        """"The 21st", "el día 9": in the month told before, else next to the article's day."""
        start, end = expression.start, expression.end
        assert start is not None
        assert end is not None
        if expression.unit is not None:
            base = self._base(expression.unit, expression)
            month = _month(base, expression.offset) if base else None
        else:
            month = self._month_around(expression)
        if month is None or month.year is None:
            return None
        first = existing(month.year, PartialDate(None, month.month, start.day))
        last = existing(month.year, PartialDate(None, month.month, end.day))
        if first is None or last is None:
            return None
        return DateRange(first, last), "date.day-of-month"

    def _month_around(self, expression: DateExpression) -> PartialDate | None:
        anchor, start = self.anchor.date, expression.start
        weekday = expression.weekdays[0] if expression.weekdays else None
        assert start is not None
        told = self._last(2, expression) if expression.modifier is None else None
        if told is not None and told.dates.end.month is not None:
            known = told.dates.end
            dated = existing(known.year or 0, PartialDate(None, known.month, start.day))
            if dated is not None and falls_on(dated, weekday):
                return known
        if anchor is None or anchor.day is None:
            return None
        ahead = self._tense(expression) == "future"
        for step in (0, 1) if ahead else (0, -1):
            month = _month(anchor, step)
            dated = existing(month.year or 0, PartialDate(None, month.month, start.day))
            if dated is None or not falls_on(dated, weekday):
                continue
            if (days_between(dated, anchor) >= 0) == ahead or dated == anchor:
                return month
        return None

    # Weekdays

    def _beside(self, expression: DateExpression) -> Resolved | None:
        """A weekday shortly after a full date that falls on it means that date."""
        weekdays = expression.weekdays
        if weekdays is None or weekdays[0] != weekdays[1] or expression.unit is not None:
            return None
        if expression.modifier not in (None, "this", "that"):
            return None
        for told in reversed(self.told):
            gap = expression.span.start - told.expression.span.end
            if gap > _BESIDE:
                break
            day, said = told.dates.start, told.expression.start
            if said is None or said.day is None:
                continue
            if day.precision == 3 and day == told.dates.end and falls_on(day, weekdays[0]):
                return DateRange(day, day), "date.weekday-of-date"
        return None

    def _weekday(self, expression: DateExpression) -> Resolved | None:
        """A weekday before the article's day, or after it where the words look ahead."""
        weekdays, modifier = expression.weekdays, expression.modifier
        assert weekdays is not None
        first, last = weekdays
        rule = self.anchor.rule
        base = self.anchor.date
        if modifier in ("following", "previous", "that"):
            told = self._last(3, expression)
            base, rule = (told.dates.end if told else None), "date"
        today = base.first_day() if base is not None and base.day is not None else None
        if today is None:
            return None
        if expression.unit in ("week", "that-week") or modifier == "that":
            monday = today + dt.timedelta(days=7 * expression.offset - today.weekday())
            start, side = monday + dt.timedelta(days=first), "in-week"
        else:
            start, side = _from(today, first, modifier, self._tense(expression))
        end = start + dt.timedelta(days=(last - first) % 7)
        return DateRange(_day(start), _day(end)), f"date.weekday-{side}-{rule}"

    # Distances

    def _relative(self, expression: DateExpression) -> Resolved | None:
        """A distance from a day; weeks give the month they lie in, months and years no day."""
        unit, offset = expression.unit or "", expression.offset
        base = self._base(unit, expression)
        if base is None or base.year is None:
            return None
        kind = unit.removeprefix("that-")
        rule = f"date.relative-{kind if kind == unit else 'after'}"
        if kind == "day":
            day = _day((base.first_day() or dt.date.min) + dt.timedelta(days=offset))
            return DateRange(day, day), rule
        if kind == "year":
            year = PartialDate(base.year + offset)
            return DateRange(year, year), rule
        value = _month(base, offset) if kind == "month" else _week(base, offset)
        return DateRange(value, value), rule

    def _with_length(self, expression: DateExpression, resolved: Resolved) -> Resolved:
        """A day on which something of so many days begins or ends, as all its days."""
        dates, rule = resolved
        day = dates.start.first_day()
        if day is None or dates.start != dates.end or dates.start.day is None:
            return resolved
        days = lasting(self.article.text, self.folded, expression.span, self.words)
        if days == 0:
            return resolved
        other = day + dt.timedelta(days=days - 1 if days > 0 else days + 1)
        return DateRange(_day(min(day, other)), _day(max(day, other))), rule


_SETTLED = frozenset(
    ("date.explicit", "date.year-in-words", "date.year-of-list", "date.year-told-before",
     "date.relative-after", "date.day-of-month")
)  # fmt: skip
_NEWS_RULES = frozenset(
    ("date.relative-day", "date.relative-week", "date.relative-month", "date.relative-year")
)
_MONTH_WORDS = {
    ("month", -1): "last",
    ("month", 0): "this",
    ("month", 1): "next",
    ("that-month", -1): "previous",
    ("that-month", 0): "that",
    ("that-month", 1): "following",
}


def _is_own(rule: str) -> bool:
    """Tell whether a date was told from the article's own day: "today", "Monday"."""
    return rule in _NEWS_RULES or rule.startswith(("date.weekday-before", "date.weekday-after"))


def _listed_years(text: str, inside: Sequence[DateExpression]) -> list[int | None]:
    """For each date without year, the year at the end of the list that it opens."""
    years: list[int | None] = [None] * len(inside)
    for i in range(len(inside) - 2, -1, -1):
        one, other = inside[i], inside[i + 1]
        if one.start is None or one.start.month is None or one.start.year or one.unit or one.modifier:
            continue
        if other.start is None or other.start.month is None:
            continue
        year = other.start.year or years[i + 1]
        between = _LIST.fullmatch(text, one.span.end, other.span.start)
        if between and year and (one.start.month, one.start.day or 0) <= (
            other.start.month,
            other.start.day or 31,
        ):
            years[i] = year
    return years


def _with_year(start: PartialDate, end: PartialDate, year: int) -> DateRange:
    last = year + 1 if (end.month or 0) < (start.month or 0) else year
    return DateRange(
        PartialDate(year, start.month, start.day), PartialDate(last, end.month, end.day)
    )


def _next_to(date: PartialDate, known: PartialDate) -> PartialDate | None:
    """The date in the year that puts it within half a year of a known one."""
    if known.year is None:
        return None
    if known.month is None:
        return existing(known.year, date)
    middle = PartialDate(known.year, known.month, known.day or 15)
    for year in (known.year, known.year + 1, known.year - 1):
        dated = existing(year, PartialDate(None, date.month, date.day or 15))
        if dated is not None and abs(days_between(dated, middle)) <= _HALF_YEAR:
            return existing(year, date)
    return None


def _from(today: dt.date, weekday: int, modifier: str | None, tense: str) -> tuple[dt.date, str]:
    """The weekday meant from a day: the last, the next, or that of the week."""
    back, ahead = (today.weekday() - weekday) % 7, (weekday - today.weekday()) % 7
    if modifier in ("last", "previous"):
        return today - dt.timedelta(days=back or 7), "before"
    if modifier in ("next", "following"):
        return today + dt.timedelta(days=ahead or 7), "after"
    if tense == "future":
        return today + dt.timedelta(days=ahead), "after"
    if modifier == "this" and tense == "open":
        return today + dt.timedelta(days=weekday - today.weekday()), "in-week"
    return today - dt.timedelta(days=back), "before"


def _day(date: dt.date) -> PartialDate:
    return PartialDate(date.year, date.month, date.day)


def _month(base: PartialDate, offset: int) -> PartialDate:
    months = (base.year or 0) * 12 + (base.month or 1) - 1 + offset
    return PartialDate(months // 12, months % 12 + 1)


def _week(base: PartialDate, offset: int) -> PartialDate:
    """A week, as the month in which all its days lie, or the year."""
    today = base.first_day() or dt.date.min
    monday = today + dt.timedelta(days=7 * offset - today.weekday())
    middle = monday + dt.timedelta(days=3)
    whole = monday.month == (monday + dt.timedelta(days=6)).month
    return PartialDate(middle.year, middle.month) if whole else PartialDate(middle.year)

"""Which day an expression of time means: by metadata, date-line, footnotes and neighbours.

A day, month or year that no words carry is never invented: what cannot be decided stays open
(``XXXX-01-18``), and what was decided says by which rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from uscuba_kg.annotate.dates import DateExpression, DateWords
from uscuba_kg.annotate.memory import Memory
from uscuba_kg.annotate.steps import (
    MONTH_WORDS,
    away_from,
    day_of,
    month_after,
    next_to,
    stretched,
    weekday_from,
    with_year,
    year_after,
)
from uscuba_kg.annotate.tense import (
    has_past,
    is_of_latest,
    is_of_speech,
    is_of_story,
    lasting,
)
from uscuba_kg.annotate.told import (
    LONG_AGO,
    SETTLED,
    STORY,
    Told,
    is_news,
    is_of_one_time,
    only_month,
    story_of,
    told_ahead,
    told_day,
    year_of_text,
)
from uscuba_kg.annotate.weekdays import (
    date_beside,
    day_of_stay,
    is_to_come,
    programme_day,
    week_told,
)
from uscuba_kg.annotate.years import days_between, existing, falls_on, nearest
from uscuba_kg.model import Article, DateRange, Mention, MentionKind, PartialDate
from uscuba_kg.text import Spans

_NEAR = 220
_NEWS_DAYS = 60
_HALF_YEAR, _UNKNOWN = 183, 999
_SATURDAY = 5
"""From this weekday on "last week" may be the one that ends."""
_GENERATION = 15

Resolved = tuple[DateRange, str]


def resolve_dates(
    article: Article, expressions: Sequence[DateExpression], words: DateWords
) -> tuple[Mention, ...]:
    """Give a mention for each expression that means a day, month or year; value is EDTF."""
    noise = Spans(article.noise)
    inside = [e for e in expressions if not noise.overlap(e.span)]
    reading = _Reading(article, expressions, inside, words)
    mentions = []
    for place, expression in enumerate(inside):
        resolved = reading.read(place)
        if resolved is not None:
            span = expression.span
            surface = article.text[span.start : span.end]
            value = resolved[0].edtf
            rule = "date.dateline" if span in reading.anchor.lines else resolved[1]
            mentions.append(Mention(MentionKind.DATE, span, surface, value, None, rule))
    return tuple(mentions)


class _Reading(Memory):
    """One article's dates, read in order: each may lean on those before it."""

    def read(self, place: int) -> Resolved | None:
        """What the next expression means; it must be the one after the last that was read."""
        expression = self.inside[place]
        resolved = self._resolved(expression, self.years[place])
        if resolved is None:
            return None
        resolved = self._with_length(expression, resolved)
        before = self.folded[max(0, expression.span.start - 40) : expression.span.start]
        aside = self.is_aside(expression, resolved[0])
        gives = (
            not aside
            and resolved[0].start.year is not None
            and self.words.settled_before.search(before) is None
            and resolved[1] in SETTLED
        )
        self.told.append(Told(expression, *resolved, gives, aside))
        return resolved

    def _resolved(self, expression: DateExpression, listed: int | None) -> Resolved | None:
        start = expression.start
        if start is not None and start.year is not None:
            return DateRange(start, expression.end or start), "date.explicit"
        if start is not None and start.month is not None:
            return self._yearless(expression, listed)
        if start is not None and start.day is not None:
            return self._day_of_month(expression)
        if expression.season is not None:
            return self._season(expression)
        if expression.weekdays is not None:
            return self._weekday_told(expression) or self._weekday(expression)
        if expression.unit is not None:
            return self._relative(expression)
        return None

    # Days and months without a year

    def _yearless(self, expression: DateExpression, listed: int | None) -> Resolved | None:
        start, end = expression.start, expression.end
        assert start is not None
        assert end is not None
        if expression.unit == "year" and self.anchor.date is None:
            return None
        found = self._year_in_words(expression) or (
            (listed, "date.year-of-list") if listed else None
        )
        found = found or self._year_told(expression) or self._year_of_anchor(expression)
        found = found or self.neighbours.year_of(start)
        dated = with_year(start, end, found[0]) if found is not None and found[0] else None
        if found is not None and dated is not None:
            return dated, found[1]
        if start.day is None:
            return None
        return DateRange(start, end), "date.no-year"

    def _season(self, expression: DateExpression) -> Resolved | None:
        """The year in which a season or a part of a year lies, of which no more is known."""
        assert expression.season is not None
        first, last = expression.season
        month = PartialDate(None, last if self.tense_of(expression) == "future" else first)
        dated = self._yearless(msgspec.structs.replace(expression, start=month, end=month), None)
        if dated is None or dated[0].start.year is None:
            return None
        year = PartialDate(dated[0].start.year)
        return DateRange(year, year), dated[1]

    def _year_in_words(self, expression: DateExpression) -> tuple[int, str] | None:
        """The year that "of last year", "last", "that" or "the following" gives."""
        start, rule = expression.start, "date.year-in-words"
        assert start is not None
        if expression.unit in ("year", "that-year"):
            base = self.base(expression.unit, expression)
            return (base.year + expression.offset, rule) if base and base.year else None
        modifier = expression.modifier
        if expression.unit in ("month", "that-month"):
            sign = (expression.offset > 0) - (expression.offset < 0)
            modifier = MONTH_WORDS[expression.unit, sign]
        if modifier in ("that", "following", "previous"):
            told = self.last(1, expression, settled=True) or self.last(1, expression)
            year = year_after(start, told.dates.start, modifier) if told else None
        else:
            year = year_after(start, self.anchor.date, modifier) if start.day is None else None
        return (year, rule) if year else None

    def _year_told(self, expression: DateExpression) -> tuple[int, str] | None:
        """The year of which the sentences before tell, where the day is none of the article's own days.

        A story of years ago keeps its year until another is named; what is recent only gives its year
        to what follows close by, and only forward. 0 where the story may be in one of two years.
        """
        start, anchor = expression.start, self.anchor.date
        told, chain = story_of(self.told, expression, self.anchor.date)
        if start is None or told is None or expression.modifier is not None:
            return None
        known = told.dates.end
        weekday = expression.weekdays[0] if expression.weekdays else None
        dated = next_to(start, known)
        if dated is None or not falls_on(dated, weekday):
            return None
        assert dated.year is not None
        assert known.year is not None
        gap = expression.span.start - told.expression.span.end
        forward = dated.year == known.year and (known.month or 0) <= (start.month or 0)
        rule = "date.year-told-before"
        if anchor is None or anchor.year is None:
            year = dated.year if forward and gap <= _NEAR else year_of_text(self.told, known)
            return (year, rule) if year else None
        text, span = self.article.text, expression.span
        if is_of_latest(text, self.folded, span, self.words) and not self.is_retrospect():
            return None
        if anchor.year - known.year >= LONG_AGO:
            year = self._year_of_story(expression, dated, told, chain)
            return (year, rule) if year is not None else None
        tense = self.tense_of(expression)
        near = nearest(start, anchor, tense, weekday)
        if known.year == anchor.year or not forward or gap > _NEAR or tense == "future":
            return None
        news = near is not None and is_news(near, anchor, tense, _NEWS_DAYS)
        return None if news else (dated.year, rule)

    def _year_of_story(
        self, expression: DateExpression, dated: PartialDate, told: Told, chain: Sequence[Told]
    ) -> int | None:
        """The year of a story of years ago; None for what is news, 0 where it may be another year's."""
        anchor, tense = self.anchor.date, self.tense_of(expression)
        assert anchor is not None
        gap, vague = expression.span.start - told.expression.span.end, told.dates.end.month is None
        retrospect = self.is_retrospect()
        ahead = tense in ("future", "unmet") and not (
            retrospect and has_past(self.article.text, self.folded, expression.span, self.words)
        )
        if ahead or (gap > _NEAR and len(chain) < STORY and not retrospect):
            return None
        days = _NEWS_DAYS // 2
        if vague and not is_of_story(told.expression, self.folded, self.words):
            # a bare year may be that of some thing: only the first one named may be a story's
            first = next(t for t in self.told if t.expression.span not in self.anchor.lines)
            days = _HALF_YEAR if told is first else _UNKNOWN
        if (dated.day is not None or vague) and expression.weekdays is None:
            near = nearest(dated, anchor, tense)
            jubilee = near == anchor and len(chain) >= STORY
            if near and not jubilee and is_news(near, anchor, tense, days):
                return None
        return dated.year if gap <= _NEAR or is_of_one_time(chain) else 0

    def _year_of_anchor(self, expression: DateExpression) -> tuple[int, str] | None:
        anchor, start = self.anchor.date, expression.start
        if anchor is None or anchor.year is None or start is None:
            return None
        weekday = expression.weekdays[0] if expression.weekdays else None
        tense = self.tense_of(expression)
        ahead = told_ahead(self.told, expression, anchor, _NEAR) if tense == "open" else None
        if ahead is not None:
            since = self.article.text[self.told[-1].expression.span.end : expression.span.start]
            ahead = None if "?" in since else ahead  # an answer need not go on with what was said
        anchor, tense = (ahead, "future") if ahead is not None else (anchor, tense)
        dated = nearest(start, anchor, tense, weekday) or nearest(start, anchor, tense)
        return (dated.year, f"date.year-from-{self.anchor.rule}") if dated and dated.year else None

    # Days without a month

    def _day_of_month(self, expression: DateExpression) -> Resolved | None:
        """Read "the 21st", "el día 9": in the month told before, else next to the article's day."""
        start, end = expression.start, expression.end
        assert start is not None
        assert end is not None
        if expression.unit is not None:
            base = self.base(expression.unit, expression)
            month = month_after(base, expression.offset) if base else None
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
        told = None
        if expression.modifier is None:
            told = self.last(2, expression) or only_month(self.told)
        known = told.dates.end if told is not None else None
        if known is not None:
            held = told_day(self.told, start.day or 0, known)
            if held is not None:
                return held
            dated = existing(known.year or 0, PartialDate(None, known.month, start.day))
            if (
                dated is not None
                and falls_on(dated, weekday)
                and not self._is_ahead(dated, expression)
            ):
                return known
        if anchor is None or anchor.day is None:
            return None
        ahead = self.tense_of(expression) == "future"
        fitting = []
        for step in (0, 1) if ahead else (0, -1):
            month = month_after(anchor, step)
            dated = existing(month.year or 0, PartialDate(None, month.month, start.day))
            if dated is None or not falls_on(dated, weekday):
                continue
            if (days_between(dated, anchor) >= 0) == ahead or dated == anchor:
                return month
            fitting.append(month)
        return fitting[0] if weekday is not None and fitting else None

    def _is_ahead(self, date: PartialDate, expression: DateExpression) -> bool:
        """Tell whether a day still lies ahead though the words do not look there."""
        ahead = self.anchor.date is not None and days_between(date, self.anchor.date) > 0
        return ahead and self.tense_of(expression) == "past"

    # Weekdays

    def _weekday_told(self, expression: DateExpression) -> Resolved | None:
        """A weekday that speaks again of a date told before, or of a day of the stay that was told."""
        anchor, tense = self.anchor.date, self.tense_of(expression)
        dates = date_beside(self.told, expression, anchor, tense)
        if dates is not None:
            return dates, "date.weekday-of-date"
        if tense == "future" and anchor is not None:
            return None
        if is_of_speech(self.article.text, self.folded, expression.span, self.words):
            return None
        dates = day_of_stay(self.told, expression, anchor, self.is_retrospect())
        return (dates, "date.weekday-of-stay") if dates is not None else None

    def _weekday(self, expression: DateExpression) -> Resolved | None:
        """A weekday before the article's day, or after it where the words look ahead."""
        weekdays, modifier = expression.weekdays, expression.modifier
        assert weekdays is not None
        first, tense = weekdays[0], self.tense_of(expression)
        base, rule = self.anchor.date, self.anchor.rule
        if modifier in ("following", "previous", "that"):
            told = self.last(3, expression)
            base, rule = (told.dates.end if told else None), "date"
        today = base.first_day() if base is not None and base.day is not None else None
        if base is None or today is None:
            return None
        in_week = expression.unit in ("week", "that-week") or modifier == "that"
        weeks = expression.offset if in_week else week_told(self.told, expression, tense)
        if in_week or (weeks and today.weekday() < _SATURDAY):
            monday = today + dt.timedelta(days=7 * weeks - today.weekday())
            return self._days(monday + dt.timedelta(days=first), weekdays, f"in-week-{rule}")
        if tense == "open" and is_to_come(self.told, expression, base, self.article.text):
            tense = "future"
        ahead = None
        if tense == "future":
            ahead = programme_day(self.told, expression, base, self.folded, self.words)
        coming = ahead.first_day() if ahead is not None else None
        start, side = weekday_from(coming or today, first, modifier, tense)
        return self._days(start, weekdays, f"{side}-{rule}")

    @staticmethod
    def _days(start: dt.date, weekdays: tuple[int, int], rule: str) -> Resolved:
        """A day, or all days from it to another weekday."""
        end = start + dt.timedelta(days=(weekdays[1] - weekdays[0]) % 7)
        return DateRange(day_of(start), day_of(end)), f"date.weekday-{rule}"

    # Distances

    def _relative(self, expression: DateExpression) -> Resolved | None:
        """A distance from a day; weeks give the month they lie in, months and years no day."""
        unit, offset = expression.unit or "", expression.offset
        base = self.base(unit, expression)
        if base is None or base.year is None:
            return None
        kind = unit.removeprefix("that-")
        if unit == "event":
            return away_from(base, "day", offset), "date.relative-after"
        if kind == unit == "year" and (expression.weekdays or expression.modifier == "today"):
            return self._anniversary(expression, base)
        if kind == "year" and offset >= _GENERATION and self.anchor.date is None:
            return None  # "forty years later" counts from what the whole story tells
        if unit == "that-day" and offset > 0 and self.tense_of(expression) != "future":
            base = self.day_before(expression) or base
        return away_from(base, kind, offset), f"date.relative-{kind if kind == unit else 'after'}"

    def _anniversary(self, expression: DateExpression, base: PartialDate) -> Resolved | None:
        """The very day so many years ago: "thirty years ago today", "... ago last Thursday"."""
        today = base.first_day() if base.day is not None else None
        if today is not None and expression.weekdays is not None:
            weekday, modifier = expression.weekdays[0], expression.modifier
            today, _ = weekday_from(today, weekday, modifier, "past")
        if today is None:
            return None
        day = existing(today.year + expression.offset, day_of(today))
        return (DateRange(day, day), "date.year-in-words") if day is not None else None

    def _with_length(self, expression: DateExpression, resolved: Resolved) -> Resolved:
        """A day on which something of so many days begins or ends, as all its days."""
        days = lasting(self.article.text, self.folded, expression.span, self.words)
        today = self.anchor.date
        is_over = expression.weekdays is not None and self.tense_of(expression) == "past"
        return stretched(resolved[0], days, today if is_over else None), resolved[1]

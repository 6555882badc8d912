"""Which day an expression of time means: by metadata, date-line, footnotes and neighbours.

A day, month or year that no words carry is never invented: what cannot be decided stays open
(``XXXX-01-18``), and what was decided says by which rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from uscuba_kg.annotate.dates import DateExpression, DateWords
from uscuba_kg.annotate.steps import (
    away_from,
    day_of,
    month_after,
    stretched,
    weekday_from,
)
from uscuba_kg.annotate.tense import (
    is_of_speech,
    lasting,
    sentence_around,
)
from uscuba_kg.annotate.told import (
    SETTLED,
    Told,
    only_month,
    told_day,
)
from uscuba_kg.annotate.weekdays import (
    date_beside,
    day_of_stay,
    is_to_come,
    own_day,
    programme_day,
    week_told,
)
from uscuba_kg.annotate.yearless import Resolved, Yearless
from uscuba_kg.annotate.years import days_between, existing, falls_on
from uscuba_kg.model import Article, DateRange, Mention, MentionKind, PartialDate
from uscuba_kg.text import Spans

_SATURDAY = 5
"""From this weekday on "last week" may be the one that ends."""
_GENERATION = 15


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


class _Reading(Yearless):
    """One article's dates, read in order: each may lean on those before it."""

    def read(self, place: int) -> Resolved | None:
        """What the next expression means; it must be the one after the last that was read."""
        expression = self.inside[place]
        own = own_day(self.inside[place : place + 2], self.article.text)
        resolved = own or self._resolved(expression, self.years[place])
        if resolved is None:
            return None
        resolved = self._with_length(expression, resolved)
        before = self.folded[max(0, expression.span.start - 40) : expression.span.start]
        aside = self.is_aside(expression, resolved[0])
        gives = (
            not aside
            and resolved[0].start.year is not None
            and self.words.settled_before.search(before) is None
            and self.words.documents.search(before) is None
            and resolved[1] in SETTLED
        )
        self.told.append(Told(expression, *resolved, gives, aside))
        return resolved

    def _resolved(self, expression: DateExpression, listed: int | None) -> Resolved | None:
        start = expression.start
        if start is not None and start.year is not None:
            return DateRange(start, expression.end or start), "date.explicit"
        if start is not None and start.month is not None:
            return self.yearless(expression, listed)
        if start is not None and start.day is not None:
            return self._day_of_month(expression)
        if expression.season is not None:
            return self.part_of_year(expression)
        if expression.weekdays is not None and expression.unit != "year":
            return self._weekday_told(expression) or self._weekday(expression)
        if expression.unit is not None:
            return self._relative(expression)
        return None

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
            around = sentence_around(self.article.text, expression.span, self.words)
            beside = told is not None and told.expression.span.start >= around[0]
            if held is not None and not beside:
                return held
            dated = existing(known.year or 0, PartialDate(None, known.month, start.day))
            if (
                dated is not None
                and falls_on(dated, weekday)
                and not self._is_ahead(dated, expression)
                and (beside or not self._is_behind(dated, expression))
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
        last = self.anchor.date.last_day() if self.anchor.date is not None else None
        day = date.first_day()
        ahead = last is not None and day is not None and day > last
        return ahead and self.tense_of(expression) == "past"

    def _is_behind(self, date: PartialDate, expression: DateExpression) -> bool:
        """Tell whether a day lies behind though the words look ahead."""
        today = self.anchor.date.first_day() if self.anchor.date is not None else None
        day = date.first_day()
        behind = today is not None and day is not None and day < today
        return behind and self.tense_of(expression) == "future"

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
        if expression.form == "behind":
            return self._told_from(expression, kind)
        if unit == "event":
            return away_from(base, "day", offset), "date.relative-after"
        if kind == unit == "year" and (expression.weekdays or expression.modifier == "today"):
            return self._anniversary(expression, base)
        if kind == "year" and offset >= _GENERATION and self.anchor.date is None:
            return None  # "forty years later" counts from what the whole story tells
        if unit == "that-day" and offset >= 0 and self.tense_of(expression) != "future":
            base = self.day_before(expression) or base
        return away_from(base, kind, offset), f"date.relative-{kind if kind == unit else 'after'}"

    def _told_from(self, expression: DateExpression, kind: str) -> Resolved | None:
        """The day that a date of the sentence lies behind: "in July, six months after a first round"."""
        last = self.told[-1] if self.told else None
        around = sentence_around(self.article.text, expression.span, self.words)
        if last is None or last.expression.span.start < around[0]:
            return None
        date = last.dates.start
        if date.year is None or date.precision < {"year": 1, "month": 2}.get(kind, 3):
            return None
        return away_from(date, kind, expression.offset), "date.relative-after"

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
        told_as_last = expression.weekdays is not None and expression.modifier is not None
        is_over = told_as_last and self.tense_of(expression) == "past"
        return stretched(resolved[0], days, today if is_over else None), resolved[1]

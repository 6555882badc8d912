"""Which year a day, a month or a season without one belongs to, by all that was told before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.annotate.memory import Memory
from uscuba_kg.annotate.steps import MONTH_WORDS, next_to, with_year, year_after
from uscuba_kg.annotate.tense import is_of_latest, is_of_story, sentence_around
from uscuba_kg.annotate.told import (
    LONG_AGO,
    STORY,
    Told,
    is_news,
    is_of_one_time,
    story_of,
    told_ahead,
    year_of_text,
)
from uscuba_kg.annotate.years import falls_on, nearest
from uscuba_kg.model import DateRange, PartialDate

_STOP = re.compile(r"[.!?\n]")
_NEAR, _FAR = 220, 3
_NEWS_DAYS = 60
_HALF_YEAR, _UNKNOWN = 183, 999

Resolved = tuple[DateRange, str]
"""What an expression means, and the rule by which that is known."""


class Yearless(Memory):
    """The memory of an article that gives a year to what is told without one."""

    def yearless(self, expression: DateExpression, listed: int | None) -> Resolved | None:
        """A day or month in its year, which ``listed`` gives where it stands at the end of a list."""
        start, end = expression.start, expression.end
        assert start is not None
        assert end is not None
        if expression.unit == "year" and self.anchor.date is None:
            return None
        found = self._year_in_words(expression) or (
            (listed, "date.year-of-list") if listed else None
        )
        found = found or self._year_told(expression) or self._year_of_anchor(expression)
        found = found or self.neighbours.year_of(start) or self._year_of_opening(expression)
        dated = with_year(start, end, found[0]) if found is not None and found[0] else None
        if found is not None and dated is not None:
            return dated, found[1]
        if start.day is None:
            return None
        return DateRange(start, end), "date.no-year"

    def part_of_year(self, expression: DateExpression) -> Resolved | None:
        """The year in which a season or a part of a year lies, of which no more is known."""
        assert expression.season is not None
        first, last = expression.season
        month = PartialDate(None, last if self.tense_of(expression) == "future" else first)
        dated = self.yearless(msgspec.structs.replace(expression, start=month, end=month), None)
        if dated is None or dated[0].start.year is None:
            return None
        year = PartialDate(dated[0].start.year)
        return DateRange(year, year), "date.part-of-year"

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
        told, chain = story_of(self.told, expression, anchor, _FAR if self.is_retrospect() else 1)
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
            year = dated.year if forward and gap <= _NEAR else None
            if year is None and not self._is_behind_opening(expression):
                year = year_of_text(self.told, known)
            return (year, rule) if year else None
        text, span = self.article.text, expression.span
        if is_of_latest(text, self.folded, span, self.words) and not self.is_retrospect():
            return None
        if anchor.year - known.year >= LONG_AGO:
            year = self._year_of_story(expression, dated, told, chain)
            return (year, rule) if year is not None else None
        tense, after = self.tense_of(expression), self._year_around(expression, known)
        if after is not None:
            return after, rule
        near = nearest(start, anchor, tense, weekday)
        if known.year == anchor.year or not forward or gap > _NEAR or tense == "future":
            return None
        news = near is not None and is_news(near, anchor, tense, _NEWS_DAYS)
        return None if news else (dated.year, rule)

    def _is_behind_opening(self, expression: DateExpression) -> bool:
        """Tell whether what is to come would lie before the date with which the text opens."""
        opening, start = self.told[0].dates.start, expression.start
        behind = start is not None and (start.month or 0) < (opening.month or 0)
        return behind and self.tense_of(expression) == "future"

    def _year_around(self, expression: DateExpression, known: PartialDate) -> int | None:
        """The year of a date in the sentence of another whose words put it before or behind that one.

        "In June 2016, months after they had signed in March" puts it before; "on September 11, 2015, in
        November and on May 16" goes on from date to date.
        """
        last, start = self.told[-1], expression.start
        if known.year is None or known.month is None or start is None or last.dates.end != known:
            return None
        between = last.expression.span.end, expression.span.start
        if _STOP.search(self.article.text, *between):
            return None
        month = start.month or 0
        if self.words.preceded.search(self.folded, *between):
            return known.year - (month > known.month)
        around = sentence_around(self.article.text, expression.span, self.words)
        rest = (e for e in self.inside if expression.span.end <= e.span.start < around[1])
        following = next((e.start for e in rest if e.start is not None), None)
        turns = following is not None and not following.year and (following.month or 99) < month
        return known.year if turns and known.month < month else None

    def _year_of_opening(self, expression: DateExpression) -> tuple[int, str] | None:
        """Without a day of its own: the year that puts what is past before the day it opens with."""
        opening = self.told[0].dates.start if self.told else None
        start = expression.start
        if self.anchor.date is not None or opening is None or start is None or start.month is None:
            return None
        is_full = self.told[0].rule == "date.explicit" and opening.day is not None
        later = any((t.dates.end.year or 0) > (opening.year or 0) for t in self.told)
        if not is_full or later or not opening.year or self.tense_of(expression) != "past":
            return None
        before = (start.month, start.day or 1) <= (opening.month or 0, opening.day or 0)
        return (opening.year, "date.year-told-before") if before else None

    def _year_of_story(
        self, expression: DateExpression, dated: PartialDate, told: Told, chain: Sequence[Told]
    ) -> int | None:
        """The year of a story of years ago; None for what is news, 0 where it may be another year's."""
        anchor, tense = self.anchor.date, self.tense_of(expression)
        assert anchor is not None
        gap, vague = expression.span.start - told.expression.span.end, told.dates.end.month is None
        retrospect = self.is_retrospect()
        ahead = tense in ("future", "unmet") and not (
            retrospect and self.has_past_before(expression)
        )
        if ahead or (gap > _NEAR and len(chain) < STORY and not retrospect):
            return None
        days = _NEWS_DAYS // 2
        if vague and not retrospect and not is_of_story(told.expression, self.folded, self.words):
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

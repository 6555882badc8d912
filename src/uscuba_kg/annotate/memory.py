"""What one article has told of time so far, and from where its words count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from uscuba_kg.annotate.anchor import Anchor, find_anchor
from uscuba_kg.annotate.dates import DateExpression, DateWords
from uscuba_kg.annotate.steps import listed_years
from uscuba_kg.annotate.tense import (
    failed_tense,
    has_past,
    is_of_speech,
    is_of_story,
    sentence_around,
    tense_of,
)
from uscuba_kg.annotate.told import LONG_AGO, STORY, Told, is_own
from uscuba_kg.annotate.years import Neighbours, days_between, existing
from uscuba_kg.model import Article, DateRange, PartialDate, Span
from uscuba_kg.text import fold

_DAY_REACH = 700
_RECENT = 12
_LEAD = 60
_VAGUE = "date.part-of-year"
_NEWS_DAYS, _GOES_ON = 14, 200


class Memory:
    """An article, the day from which it speaks, and the dates that were read so far."""

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
            anchor = Anchor(dated, "dateline", anchor.lines)
        self.anchor = anchor if anchor.date else Anchor(None, "none", anchor.lines)
        self.years = listed_years(article.text, inside)
        self.told: list[Told] = []

    def last(self, parts: int, expression: DateExpression, settled: bool = False) -> Told | None:
        """The last date told within reach that is so precise: 3 a day, 2 a month, 1 a year.

        ``settled`` leaves out what is told from the article's own day ("today").
        """
        reach = _DAY_REACH * (1 + settled)
        for told in reversed(self.told[-_RECENT:]):
            if expression.span.start - told.expression.span.end > reach:
                return None
            if told.is_aside or (settled and (is_own(told.rule) or told.rule == _VAGUE)):
                continue
            if told.dates.start.year is not None and told.dates.start.precision >= parts:
                return told
        return None

    def base(self, unit: str, expression: DateExpression) -> PartialDate | None:
        """The date from which an offset counts: the article's, or ("that") the one told before."""
        if unit == "event":
            return self.day_of_event(expression)
        kind = unit.removeprefix("that-")
        parts = {"year": 1, "month": 2}.get(kind, 3)
        if kind == unit:
            date = self.anchor.date
        else:
            told = self.last(parts, expression, settled=True) if parts < 3 else None
            told = told or self.last(parts, expression)
            date = None
            if told is None and (kind, abs(expression.offset)) == ("day", 1):
                told = self._main_day()
            if told is not None and not (expression.offset == 0 and self.is_date_line(told)):
                date = told.dates.end if expression.offset > 0 else told.dates.start
            elif not self.told and (
                expression.form == "earlier"
                or (expression.form == "later" and kind in ("day", "week"))
                or (kind, expression.offset) == ("day", -1)
            ):
                date = self.anchor.date
        return date if date is not None and date.year and date.precision >= parts else None

    def _main_day(self) -> Told | None:
        """The one day of which the article's news tells, if it tells of one only."""
        today = self.anchor.date
        days = [t for t in self.told if t.dates.start.precision > 2 and not self.is_date_line(t)]
        near = [t for t in days if today and 0 < days_between(today, t.dates.start) <= _NEWS_DAYS]
        return near[-1] if len({t.dates for t in near}) == 1 else None

    def day_of_event(self, expression: DateExpression) -> PartialDate | None:
        """The day of what the words behind an expression name: "(the eve of) the talks".

        It is the last day told in a sentence that names such a thing, else the first day told at all.
        """
        behind = expression.span.end
        named = self.words.events.search(self.folded, behind, behind + _LEAD)
        days = [t for t in self.told if t.dates.start.precision > 2 and t.dates.start.year]
        days = [t for t in days if t.expression.span not in self.anchor.lines and not t.is_aside]
        if named is None or not days:
            return None
        stem = named[0].removesuffix("s").removesuffix("ing")
        for one in reversed(days):
            around = sentence_around(self.article.text, one.expression.span, self.words)
            if stem in self.folded[around[0] : around[1]]:
                break
        else:
            one = days[0]
        return one.dates.start if expression.offset < 0 else one.dates.end

    def is_date_line(self, told: Told) -> bool:
        """Tell whether a date is no more than that of the date-line."""
        return self.anchor.rule == "dateline" and told.dates.start == self.anchor.date

    def day_before(self, expression: DateExpression) -> PartialDate | None:
        """The last day told from which so many days lead to none still to come."""
        anchor, step = self.anchor.date, dt.timedelta(days=expression.offset)
        today = anchor.first_day() if anchor is not None else None
        for one in reversed(self.told[-_RECENT:]):
            day = one.dates.end.first_day() if one.dates.end.day and not one.is_aside else None
            if day is not None and today is not None and day + step <= today:
                return one.dates.end
        return None

    def is_retrospect(self) -> bool:
        """Tell whether all that was told so far lies years back, and the text opened with such a day.

        What is "today" left of it tells nothing else.
        """
        now = self.anchor.date.year if self.anchor.date is not None else None
        body = [
            t for t in self.told if t.expression.span not in self.anchor.lines and not t.is_aside
        ]
        body = [t for t in body if t.gives_year or t.dates.start.precision > 1]
        days = [t for t in body if t.rule != "date.relative-day"]
        if not days or now is None:
            return False
        first = days[0]
        opens = first.dates.start.precision > 1 or any(
            t.expression.form == "later" for t in self.told
        )
        opens = opens or is_of_story(first.expression, self.folded, self.words)
        return opens and all(now - (t.dates.end.year or now) >= LONG_AGO for t in days)

    def is_aside(self, expression: DateExpression, dates: DateRange) -> bool:
        """Tell whether a date is none of the story's own.

        It is the day on which somebody told it ("he said in 2004"), the narrator's ("ten years later",
        where that is the article's year), or what had been before it ("which had closed in 1961").
        """
        lines = self.anchor.lines
        story = [
            t.dates.end.year for t in self.told if t.gives_year and t.expression.span not in lines
        ]
        year, anchor = dates.start.year, self.anchor.date
        if not story or year is None or (expression.start is None and expression.unit is None):
            return False
        last, span = story[-1] or year, expression.span
        if expression.form == "later" and anchor is not None and year == anchor.year:
            return expression.offset >= LONG_AGO
        if year - last >= STORY:
            return is_of_speech(self.article.text, self.folded, span, self.words)
        if last - year < STORY or (anchor is not None and (anchor.year or last) - last < LONG_AGO):
            return False
        start, _ = sentence_around(self.article.text, span, self.words)
        lead = max(start, span.start - _LEAD), span.start
        return self.words.flashback.search(self.folded, *lead) is not None

    def has_past_before(self, expression: DateExpression) -> bool:
        """Tell whether the sentence up to an expression tells of something past."""
        start, _ = sentence_around(self.article.text, expression.span, self.words)
        before = Span(start, max(start, expression.span.start))
        return has_past(self.article.text, self.folded, before, self.words)

    def _goes_on_ahead(self, expression: DateExpression) -> bool:
        """Tell whether a date goes on with one to come in its sentence: "tomorrow and on Friday"."""
        last, today = self.told[-1] if self.told else None, self.anchor.date
        if last is None or today is None or days_between(last.dates.start, today) <= 0:
            return False
        between = Span(last.expression.span.end, expression.span.start)
        around = sentence_around(self.article.text, expression.span, self.words)
        if last.expression.span.start < around[0] or between.end - between.start > _GOES_ON:
            return False
        return not has_past(self.article.text, self.folded, between, self.words)

    def tense_of(self, expression: DateExpression) -> str:
        """The tense that the words around an expression give it."""
        if expression.modifier in ("last", "next"):
            return "past" if expression.modifier == "last" else "future"
        text, folded, span, words = self.article.text, self.folded, expression.span, self.words
        tense = tense_of(text, folded, span, words)
        if tense == "past" and self._goes_on_ahead(expression):
            tense = "future"
        return failed_tense(tense, folded, sentence_around(text, span, words), span, words)

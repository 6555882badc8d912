"""Spans, dates, articles, mentions and evidence: what is said about one text."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

import msgspec


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A half-open range ``[start, end)`` of code points in one article's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


class PartialDate(msgspec.Struct, frozen=True, order=True, gc=False):
    """A day, a month, a year, or a day and month without a year; what nobody wrote is ``None``."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @property
    def lexical(self) -> str:
        """The XML Schema form: ``2023-01-18``, ``2023-01``, ``2023`` or ``--01-18``."""
        if self.year is None:
            return f"--{self.month:02d}-{self.day:02d}"
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    @property
    def precision(self) -> int:
        """How many of year, month and day are known."""
        return sum(part is not None for part in (self.year, self.month, self.day))

    def first_day(self) -> dt.date | None:
        """The earliest day it can mean; ``None`` where the year is unknown."""
        if self.year is None:
            return None
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> dt.date | None:
        """The latest day it can mean; ``None`` where the year is unknown."""
        if self.year is None:
            return None
        if self.month is None:
            return dt.date(self.year, 12, 31)
        if self.day is not None:
            return dt.date(self.year, self.month, self.day)
        after = dt.date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return after - dt.timedelta(days=1)

    def fits(self, other: PartialDate) -> bool:
        """Tell whether both can be the same day, as far as each of them speaks."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(a is None or b is None or a == b for a, b in pairs)

    def meets(self, other: PartialDate) -> bool:
        """Tell whether both speak of one year, or of one month, and fit: 2009 never meets 30 May."""
        years = self.year is not None and other.year is not None
        months = self.month is not None and other.month is not None
        return (years or months) and self.fits(other)


class DateRange(msgspec.Struct, frozen=True, order=True, gc=False):
    """From one partial date to another, both included; equal ends mean a single day or period."""

    start: PartialDate
    end: PartialDate

    @property
    def edtf(self) -> str:
        """The range as an Extended Date/Time Format string (ISO 8601-2), ``X`` for unknown."""
        first = self.start.lexical.replace("--", "XXXX-", 1)
        last = self.end.lexical.replace("--", "XXXX-", 1)
        return first if first == last else f"{first}/{last}"


class DateOrigin(StrEnum):
    """Where the day stands on which an article was published."""

    METADATA = "metadata"
    JSON_LD = "json-ld"
    META = "meta"
    URL = "url"
    TEXT = "text"


class Article(msgspec.Struct, frozen=True, gc=False):
    """One source text as ingested, with what is known about it.

    ``source`` names where it came from (a path, ``-`` for standard input, ``path#2`` for the second
    post of a page) and serves messages only: it never enters the graph. ``published`` is the day
    that metadata give, and ``dated_by`` where it stands (front matter and keys of a JSON line are
    metadata; the rest is of web pages). ``noise`` holds the spans that belong to the page and not
    to the article (menus, tickers, comment forms): nothing is read there. ``footnotes`` holds the
    spans of notes and source lists: they only date.
    """

    text: str
    sha256: str
    source: str
    language: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    retold: bool = False
    title_span: Span | None = None
    noise: tuple[Span, ...] = ()
    footnotes: tuple[Span, ...] = ()
    dated_by: DateOrigin | None = None


class Issue(msgspec.Struct, frozen=True, order=True, gc=False):
    """Something a person should know about one input: what, where, and what to do."""

    code: str
    source: str
    message: str
    span: Span | None = None


class MentionKind(StrEnum):
    """What a stretch of text stands for, before anyone asks what happened."""

    STATE = "state"
    SIDE = "side"
    PLACE = "place"
    BODY = "body"
    PERSON = "person"
    POST = "post"
    SERIES = "series"
    AGREEMENT = "agreement"
    TOPIC = "topic"
    DATE = "date"
    QUOTATION = "quotation"


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A span of one text, what kind of thing it names, and which known thing that is, if any.

    ``value`` is the normalised reading (an EDTF string, a topic id, a cleaned name); ``entity`` the
    id in the authority data where exactly one candidate remains; ``rule`` says what found it.
    """

    kind: MentionKind
    span: Span
    surface: str
    value: str
    entity: str | None = None
    rule: str = ""


class Evidence(msgspec.Struct, frozen=True, order=True, gc=False):
    """The words of an article that say so, and the rule that read them.

    ``article`` is the article's SHA-256; ``exact`` equals ``text[span.start:span.end]``. ``prefix``
    and ``suffix`` are the rest of the sentence before and after these words (the
    TextQuoteSelector of the Web Annotation Data Model), so that a claim can be read without the
    article at hand. ``confidence`` lies between 0 and 1.
    """

    article: str
    span: Span
    exact: str
    rule: str
    confidence: float
    prefix: str = ""
    suffix: str = ""


class Status(StrEnum):
    """Whether a meeting took place, as of the article."""

    HELD = "held"
    PLANNED = "planned"
    CANCELLED = "cancelled"


class Role(StrEnum):
    """How somebody takes part in a meeting."""

    CHAIR = "chair"
    MEMBER = "member"
    HOST = "host"


class ThingKind(StrEnum):
    """The classes of things that a graph speaks of."""

    STATE = "state"
    ORGANIZATION = "organization"
    PERSON = "person"
    POST = "post"
    PLACE = "place"
    SERIES = "series"
    MEETING = "meeting"
    PARTICIPATION = "participation"
    TOPIC = "topic"
    AGREEMENT = "agreement"
    STATEMENT = "statement"
    SPEAKER = "speaker"
    ARTICLE = "article"

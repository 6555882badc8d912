"""The frozen values that travel through the house, from article to claim.

Knows nothing but itself: no file, no RDF, no language, no other room. Offsets are code points
into ``Article.text`` as ingested; dates are as precise as the words that gave them and no more.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import TypeAlias

import msgspec


class Span(msgspec.Struct, frozen=True, order=True):
    """A half-open range ``[start, end)`` of code points in one article's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Tell whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


class PartialDate(msgspec.Struct, frozen=True, order=True):
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


class DateRange(msgspec.Struct, frozen=True, order=True):
    """From one partial date to another, both included; equal ends mean a single day or period."""

    start: PartialDate
    end: PartialDate

    @property
    def edtf(self) -> str:
        """The range as an Extended Date/Time Format string (ISO 8601-2), ``X`` for unknown."""
        first = self.start.lexical.replace("--", "XXXX-", 1)
        last = self.end.lexical.replace("--", "XXXX-", 1)
        return first if first == last else f"{first}/{last}"


class Article(msgspec.Struct, frozen=True):
    """One source text as ingested, with what is known about it.

    ``source`` names where it came from (a path, ``-`` for standard input, ``path#2`` for the second
    post of a page) and serves messages only: it never enters the graph. ``published`` is the day
    that metadata give. ``noise`` holds the
    spans that belong to the page and not to the article (menus, tickers, comment forms): nothing
    is read there. ``footnotes`` holds the spans of notes and source lists: they only date.
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


class Issue(msgspec.Struct, frozen=True, order=True):
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


class Mention(msgspec.Struct, frozen=True):
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


class Evidence(msgspec.Struct, frozen=True, order=True):
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


class Named(msgspec.Struct, frozen=True):
    """A thing as one text names it, before it is known which thing of all articles that is.

    ``name`` is the fullest form in the text, ``entity`` the authority id where exactly one candidate
    is left, ``side`` the authority id of the state it acts for. An unnamed speaker has kind SPEAKER.
    """

    kind: ThingKind
    name: str
    entity: str | None = None
    side: str | None = None
    subtype: str | None = None


class Slot(msgspec.Struct, frozen=True):
    """One value that a text gives to a frame, with the words that give it."""

    value: Named | PartialDate | Status | Role | int | str
    evidence: Evidence


class ParticipantFrame(msgspec.Struct, frozen=True):
    """Somebody who took part: who, in what role, for which state (a Named of kind STATE)."""

    who: Slot
    role: Slot
    side: Slot | None = None


class MeetingFrame(msgspec.Struct, frozen=True):
    """One encounter as one article tells it; what the article does not say is ``None`` or empty.

    ``kind`` is one of the kinds of encounter in the ontology (``dialogue``, ``visit``, ...).
    ``topics`` hold topic ids; ``states`` Nameds of kind STATE; ``start`` and ``end`` PartialDates.
    """

    kind: str
    evidence: Evidence
    status: Slot
    series: Slot | None = None
    ordinal: Slot | None = None
    start: Slot | None = None
    end: Slot | None = None
    place: Slot | None = None
    states: tuple[Slot, ...] = ()
    participants: tuple[ParticipantFrame, ...] = ()
    topics: tuple[Slot, ...] = ()


class PositionFrame(msgspec.Struct, frozen=True):
    """A person and a post as the text words it; ``evidence`` spans both."""

    person: Named
    post: str
    organization: Named | None
    evidence: Evidence


class UnitFrame(msgspec.Struct, frozen=True):
    """A part and the body it belongs to, as the text states it."""

    unit: Named
    parent: Named
    evidence: Evidence


class AgreementFrame(msgspec.Struct, frozen=True):
    """An accord, memorandum or joint statement; ``entity`` is its authority id if it is known."""

    name: str
    evidence: Evidence
    entity: str | None = None
    parties: tuple[Slot, ...] = ()
    signed: Slot | None = None


class StatementFrame(msgspec.Struct, frozen=True):
    """One utterance; ``words`` is the speech itself, ``about`` indexes ``Reading.meetings``."""

    speaker: Slot
    words: Evidence
    about: tuple[int, ...] = ()


class Reading(msgspec.Struct, frozen=True):
    """What one article says, frame by frame, and what could not be decided."""

    article: Article
    meetings: tuple[MeetingFrame, ...] = ()
    positions: tuple[PositionFrame, ...] = ()
    units: tuple[UnitFrame, ...] = ()
    agreements: tuple[AgreementFrame, ...] = ()
    statements: tuple[StatementFrame, ...] = ()
    issues: tuple[Issue, ...] = ()


class Ref(msgspec.Struct, frozen=True, order=True):
    """The name of a thing inside one build: its kind and a key made from what identifies it.

    Keys are slugs of ``[a-z0-9-]``, with ``/`` between parts; the rdf room makes IRIs of them.
    """

    kind: ThingKind
    key: str


class Predicate(StrEnum):
    """What can be said of a thing; the rdf room knows the IRI of each."""

    START = "start"
    END = "end"
    LOCATION = "location"
    SERIES = "series"
    ORDINAL = "ordinal"
    STATUS = "status"
    MEETING_KIND = "meeting-kind"
    INVOLVES = "involves"
    ABOUT = "about"
    PARTICIPATION = "participation"
    PARTICIPANT = "participant"
    ROLE = "role"
    ON_BEHALF_OF = "on-behalf-of"
    HOLDS = "holds"
    POST_IN = "post-in"
    UNIT_OF = "unit-of"
    OF_STATE = "of-state"
    SIGNED = "signed"
    PARTY = "party"
    SPEAKER = "speaker"
    TEXT = "text"


Value: TypeAlias = Ref | PartialDate | Status | Role | int | str


class Label(msgspec.Struct, frozen=True, order=True):
    """A name and its language (BCP 47); ``rank``: ``preferred``, ``alternative`` or ``hidden``."""

    text: str
    language: str
    rank: str = "preferred"


class Fact(msgspec.Struct, frozen=True):
    """Background knowledge about a thing: it comes from the authority data and has no claim."""

    predicate: Predicate
    object: Value


class Thing(msgspec.Struct, frozen=True):
    """Something in the world that the graph names, with its names and background facts.

    ``subtype`` refines the kind where the authority data or the words do: ``ministry``, ``agency``,
    ``unit`` or ``mission`` for an organization, the kind of encounter for a meeting.
    """

    ref: Ref
    labels: tuple[Label, ...]
    subtype: str | None = None
    background: tuple[Fact, ...] = ()
    wikidata: str | None = None


class Claim(msgspec.Struct, frozen=True):
    """One fact as one article states it; ``accepted`` is false where another reading won."""

    subject: Ref
    predicate: Predicate
    object: Value
    evidence: Evidence
    accepted: bool = True


class Knowledge(msgspec.Struct, frozen=True):
    """All that a set of articles says: articles, things, claims, what merged, and notes.

    ``replaced`` pairs the name that a thing would have had from one article alone with the name
    that all articles together give it.
    """

    articles: tuple[Article, ...]
    things: tuple[Thing, ...]
    claims: tuple[Claim, ...]
    replaced: tuple[tuple[Ref, Ref], ...] = ()
    issues: tuple[Issue, ...] = ()


class Finding(msgspec.Struct, frozen=True, order=True):
    """One result of a check: which shape, about what, at which path and value, how severe.

    ``severity`` is ``violation``, ``warning`` or ``info``. IRIs are plain strings; ``value`` is the
    offending value's text, empty where there is none. ``messages`` pairs language and text.
    """

    severity: str
    shape: str
    component: str
    focus: str
    path: str
    value: str
    messages: tuple[tuple[str, str], ...] = ()


class Report(msgspec.Struct, frozen=True):
    """The verdict on one graph; ``conforms`` is false when a violation was found."""

    conforms: bool
    findings: tuple[Finding, ...]
    triples: int

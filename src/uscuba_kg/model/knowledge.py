"""What all articles together say: things, claims, and the verdict of a check."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

import msgspec

from uscuba_kg.model.values import Article, Evidence, Issue, PartialDate, Role, Status, ThingKind


class Ref(msgspec.Struct, frozen=True, order=True, gc=False):
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


class Label(msgspec.Struct, frozen=True, order=True, gc=False):
    """A name and its language (BCP 47); ``rank``: ``preferred``, ``alternative`` or ``hidden``."""

    text: str
    language: str
    rank: str = "preferred"


class Fact(msgspec.Struct, frozen=True, gc=False):
    """Background knowledge about a thing: it comes from the authority data and has no claim."""

    predicate: Predicate
    object: Value


class Thing(msgspec.Struct, frozen=True, gc=False):
    """Something in the world that the graph names, with its names and background facts.

    ``subtype`` refines the kind where the authority data or the words do: ``ministry``, ``agency``,
    ``unit`` or ``mission`` for an organization, the kind of encounter for a meeting. ``notes`` say
    what a person judged of its identity, and why.
    """

    ref: Ref
    labels: tuple[Label, ...]
    subtype: str | None = None
    background: tuple[Fact, ...] = ()
    wikidata: str | None = None
    notes: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, gc=False):
    """One fact as one article states it; ``accepted`` is false where another reading won."""

    subject: Ref
    predicate: Predicate
    object: Value
    evidence: Evidence
    accepted: bool = True


class Witness(msgspec.Struct, frozen=True, gc=False):
    """What an article is worth as a source; ``article`` and ``original`` are hashes of texts.

    ``original`` is the text that it copies, or its own: copies are one witness. ``state`` is the
    id of the state where its outlet is at home, as far as known; ``official`` tells that the outlet
    is an organ of that state.
    """

    article: str
    original: str
    published: PartialDate | None = None
    state: str | None = None
    official: bool = False


class Knowledge(msgspec.Struct, frozen=True, gc=False):
    """All that a set of articles says: articles, things, claims, what merged, and notes.

    ``replaced`` pairs the name that a thing would have had from one article alone with the name
    that all articles together give it.
    """

    articles: tuple[Article, ...]
    things: tuple[Thing, ...]
    claims: tuple[Claim, ...]
    replaced: tuple[tuple[Ref, Ref], ...] = ()
    issues: tuple[Issue, ...] = ()
    witnesses: tuple[Witness, ...] = ()


class Finding(msgspec.Struct, frozen=True, order=True, gc=False):
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


class Report(msgspec.Struct, frozen=True, gc=False):
    """The verdict on one graph; ``conforms`` is false when a violation was found."""

    conforms: bool
    findings: tuple[Finding, ...]
    triples: int

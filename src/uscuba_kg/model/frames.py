"""What one article says happened, frame by frame."""

from __future__ import annotations

import msgspec

from uscuba_kg.model.values import (
    Article,
    Evidence,
    Issue,
    Mention,
    PartialDate,
    Role,
    Span,
    Status,
    ThingKind,
)


class Annotated(msgspec.Struct, frozen=True, eq=False, gc=False):
    """An article with its sentences and mentions, in text order.

    ``folded`` is the folded text, of the same length. ``mentions`` never overlap; ``nested`` lie
    inside one of them ("Cuba" in "Bank of Cuba"). ``topics`` and ``quotations`` are layers of their
    own and may overlap the others.
    """

    article: Article
    folded: str
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    nested: tuple[Mention, ...]
    topics: tuple[Mention, ...]
    quotations: tuple[Mention, ...]


class Named(msgspec.Struct, frozen=True, gc=False):
    """A thing as one text names it, before it is known which thing of all articles that is.

    ``name`` is the fullest form in the text, ``entity`` the authority id where exactly one
    candidate is left, ``side`` the authority id of the state it acts for. An unnamed speaker has
    kind SPEAKER.
    """

    kind: ThingKind
    name: str
    entity: str | None = None
    side: str | None = None
    subtype: str | None = None


class Slot(msgspec.Struct, frozen=True, gc=False):
    """One value that a text gives to a frame, with the words that give it."""

    value: Named | PartialDate | Status | Role | int | str
    evidence: Evidence


class ParticipantFrame(msgspec.Struct, frozen=True, gc=False):
    """Somebody who took part: who, in what role, for which state (a Named of kind STATE)."""

    who: Slot
    role: Slot
    side: Slot | None = None


class MeetingFrame(msgspec.Struct, frozen=True, gc=False):
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


class PositionFrame(msgspec.Struct, frozen=True, gc=False):
    """A person and a post as the text words it; ``evidence`` spans both.

    ``shorter`` is the title without the body it names ("head" of "head of the Visa Section").
    """

    person: Named
    post: str
    organization: Named | None
    evidence: Evidence
    shorter: str | None = None
    side: str | None = None


class UnitFrame(msgspec.Struct, frozen=True, gc=False):
    """A part and the body it belongs to, as the text states it."""

    unit: Named
    parent: Named
    evidence: Evidence


class AgreementFrame(msgspec.Struct, frozen=True, gc=False):
    """An accord, memorandum or joint statement; ``entity`` is its authority id if it is known.

    ``sort`` is the sort of instrument (``memorandum``, ``treaty``, ...) where the text describes it
    without naming it.
    """

    name: str
    evidence: Evidence
    entity: str | None = None
    parties: tuple[Slot, ...] = ()
    signed: Slot | None = None
    sort: str | None = None


class StatementFrame(msgspec.Struct, frozen=True, gc=False):
    """One utterance; ``words`` is the speech itself, ``about`` indexes ``Reading.meetings``."""

    speaker: Slot
    words: Evidence
    about: tuple[int, ...] = ()


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What one article says, frame by frame, and what could not be decided."""

    article: Article
    meetings: tuple[MeetingFrame, ...] = ()
    positions: tuple[PositionFrame, ...] = ()
    units: tuple[UnitFrame, ...] = ()
    agreements: tuple[AgreementFrame, ...] = ()
    statements: tuple[StatementFrame, ...] = ()
    issues: tuple[Issue, ...] = ()

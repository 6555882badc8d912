"""Readings made by hand: what an article says, without having it read by rules."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from uscuba_kg.model import (
    AgreementFrame,
    Article,
    Claim,
    Evidence,
    Fact,
    Knowledge,
    Label,
    MeetingFrame,
    Named,
    PartialDate,
    ParticipantFrame,
    PositionFrame,
    Predicate,
    Reading,
    Ref,
    Role,
    Slot,
    Span,
    StatementFrame,
    Status,
    ThingKind,
    UnitFrame,
)
from uscuba_kg.resolve import resolve
from uscuba_kg.world import Entry, Topic, World


def _entry(
    key: str,
    kind: ThingKind,
    en: str,
    es: str,
    subtype: str | None = None,
    parent: str | None = None,
    state: str | None = None,
) -> Entry:
    return Entry(key, kind, subtype, (Label(en, "en"), Label(es, "es")), parent, state)


ENTRIES = (
    _entry("cuba", ThingKind.STATE, "Cuba", "Cuba"),
    _entry("united-states", ThingKind.STATE, "United States", "Estados Unidos"),
    _entry("havana", ThingKind.PLACE, "Havana", "La Habana", "capital", "cuba", "cuba"),
    _entry("varadero", ThingKind.PLACE, "Varadero", "Varadero", "city", "cuba", "cuba"),
    _entry("new-york-state", ThingKind.PLACE, "New York State", "Estado de Nueva York", "region", "united-states", "united-states"),
    _entry("new-york", ThingKind.PLACE, "New York", "Nueva York", "city", "new-york-state", "united-states"),
    _entry("washington", ThingKind.PLACE, "Washington", "Washington", "capital", "united-states", "united-states"),
    _entry("migration-talks", ThingKind.SERIES, "U.S.-Cuba Migration Talks", "Ronda de Conversaciones Migratorias", "bilateral"),
    _entry("law-enforcement-dialogue", ThingKind.SERIES, "U.S.-Cuba Law Enforcement Dialogue", "Diálogo sobre Aplicación y Cumplimiento de la Ley", "bilateral"),
    _entry("minrex", ThingKind.ORGANIZATION, "Ministry of Foreign Affairs of Cuba", "Ministerio de Relaciones Exteriores de Cuba", "ministry", None, "cuba"),
    _entry("state-department", ThingKind.ORGANIZATION, "Department of State", "Departamento de Estado", "ministry", None, "united-states"),
    _entry("josefina-vidal", ThingKind.PERSON, "Josefina Vidal Ferreiro", "Josefina Vidal Ferreiro", state="cuba"),
    _entry("roberta-jacobson", ThingKind.PERSON, "Roberta Jacobson", "Roberta Jacobson", state="united-states"),
    _entry("ana-ruiz", ThingKind.PERSON, "Ana Ruiz", "Ana Ruiz", state="cuba"),
    _entry("postal-accord-2009", ThingKind.AGREEMENT, "Postal accord", "Acuerdo postal"),
)  # fmt: skip
WORLD = World(
    {e.id: e for e in ENTRIES}, (), (), (Topic("migration", (Label("Migration", "en"),)),)
)


def day(lexical: str) -> PartialDate:
    """``2023-01-18``, ``2023-01``, ``2023`` or ``--01-18``."""
    if lexical.startswith("--"):
        return PartialDate(None, int(lexical[2:4]), int(lexical[5:7]))
    return PartialDate(*map(int, lexical.split("-")))


def article(text: str, language: str = "en", published: str | None = None) -> Article:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(
        text, sha, f"{sha[:6]}.txt", language, published=day(published) if published else None
    )


def said(text: str, words: str = "", rule: str = "made.by.hand") -> Evidence:
    """The words of a text, or all of it."""
    start = text.index(words)
    exact = words or text
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Evidence(sha, Span(start, start + len(exact)), exact, rule, 0.9)


def listed(entity: str) -> Named:
    entry = WORLD.entries[entity]
    side = entity if entry.kind == ThingKind.STATE else entry.state
    return Named(entry.kind, entry.labels[0].text, entity, side, entry.subtype)


def person(name: str, side: str | None = None) -> Named:
    return Named(ThingKind.PERSON, name, None, side)


def body(name: str, side: str | None = None, subtype: str | None = None) -> Named:
    return Named(ThingKind.ORGANIZATION, name, None, side, subtype)


def named(who: str | Named) -> Named:
    return listed(who) if isinstance(who, str) else who


def meeting(
    text: str,
    start: str | None = None,
    end: str | None = None,
    *,
    kind: str = "talks",
    series: str | Named | None = None,
    place: str | Named | None = None,
    ordinal: int | None = None,
    status: Status = Status.HELD,
    chairs: Sequence[str | Named] = (),
    members: Sequence[str | Named] = (),
    hosts: Sequence[str | Named] = (),
    topics: Sequence[str] = (),
    words: str = "",
) -> MeetingFrame:
    """A meeting of the two states as a text tells it."""
    evidence = said(text, words)

    def slot(value: str | Named | PartialDate | int | Status | Role | None) -> Slot | None:
        return None if value is None else Slot(value, evidence)

    def part(who: str | Named, role: Role) -> ParticipantFrame:
        name = named(who)
        side = slot(listed(name.side)) if name.side else None
        return ParticipantFrame(Slot(name, evidence), Slot(role, evidence), side)

    return MeetingFrame(
        kind=kind,
        evidence=evidence,
        status=Slot(status, evidence),
        series=slot(named(series)) if series else None,
        ordinal=slot(ordinal),
        start=slot(day(start)) if start else None,
        end=slot(day(end)) if end else None,
        place=slot(named(place)) if place else None,
        states=(Slot(listed("cuba"), evidence), Slot(listed("united-states"), evidence)),
        participants=(
            *(part(who, Role.CHAIR) for who in chairs),
            *(part(who, Role.MEMBER) for who in members),
            *(part(who, Role.HOST) for who in hosts),
        ),
        topics=tuple(Slot(topic, evidence) for topic in topics),
    )


def tell(
    text: str,
    start: str | None = None,
    end: str | None = None,
    *,
    published: str | None = None,
    language: str = "en",
    **more: object,
) -> Reading:
    """An article that tells of one meeting."""
    frame = meeting(text, start, end, **more)  # type: ignore[arg-type]
    return Reading(article(text, language, published), (frame,))


def holds(
    text: str,
    who: Named,
    post: str,
    organization: Named | None = None,
    *,
    side: str | None = None,
    language: str = "en",
) -> Reading:
    frame = PositionFrame(who, post, organization, said(text), None, side)
    return Reading(article(text, language), positions=(frame,))


def part_of(text: str, unit: Named, parent: Named) -> Reading:
    return Reading(article(text), units=(UnitFrame(unit, parent, said(text)),))


def signs(
    text: str,
    name: str,
    signed: str | None = None,
    *,
    entity: str | None = None,
    published: str | None = None,
    sort: str | None = None,
) -> Reading:
    evidence = said(text)
    frame = AgreementFrame(
        name,
        evidence,
        entity,
        (Slot(listed("cuba"), evidence), Slot(listed("united-states"), evidence)),
        Slot(day(signed), evidence) if signed else None,
        sort,
    )
    return Reading(article(text, "en", published), agreements=(frame,))


def says(text: str, words: str, *speakers: Named) -> Reading:
    """An article in which each speaker says the words."""
    frames = tuple(StatementFrame(Slot(who, said(text)), said(text, words)) for who in speakers)
    return Reading(article(text), statements=frames)


def together(*readings: Reading) -> Knowledge:
    return resolve(readings, WORLD)


def keys(knowledge: Knowledge, kind: ThingKind = ThingKind.MEETING) -> list[str]:
    return [thing.ref.key for thing in knowledge.things if thing.ref.kind == kind]


def claims_of(knowledge: Knowledge, predicate: Predicate) -> list[Claim]:
    return [claim for claim in knowledge.claims if claim.predicate == predicate]


def asserted(knowledge: Knowledge, predicate: Predicate) -> set[object]:
    return {claim.object for claim in claims_of(knowledge, predicate) if claim.accepted}


def background(knowledge: Knowledge, ref: Ref) -> tuple[Fact, ...]:
    return next(thing.background for thing in knowledge.things if thing.ref == ref)


def labels(knowledge: Knowledge, ref: Ref) -> set[tuple[str, str, str]]:
    thing = next(thing for thing in knowledge.things if thing.ref == ref)
    return {(label.text, label.language, label.rank) for label in thing.labels}

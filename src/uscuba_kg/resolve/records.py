"""Posts, parts of bodies, agreements and statements become claims, and the things they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from uscuba_kg.model import (
    AgreementFrame,
    Article,
    Claim,
    Label,
    Named,
    PartialDate,
    PositionFrame,
    Predicate,
    Reading,
    Ref,
    StatementFrame,
    Thing,
    ThingKind,
    UnitFrame,
    Witness,
)
from uscuba_kg.resolve.choose import choose_date
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.labels import agreement_labels, capitalised
from uscuba_kg.text import slug
from uscuba_kg.world import World
from uscuba_kg.world.titles import title_key

_LABEL_WORDS = 8


def position_claims(
    frame: PositionFrame, article: Article, entities: Entities
) -> tuple[list[Claim], Thing]:
    """Give the claims that a person holds a post, and in which body; and the post itself.

    A title that the authority data know has one key in all its wordings and languages.
    """
    person = entities.ref(frame.person, article.sha256)
    body = None
    if frame.organization is not None:
        body = entities.ref(frame.organization, article.sha256)
    around = entities.names_around(body, frame.side)
    known = (
        title_key(entities.world.titles, article.language, title, around)
        for title in (frame.post, frame.shorter)
        if title
    )
    key = next(filter(None, known), None) or slug(frame.post) or "post"
    within = body.key if body is not None else frame.side
    ref = Ref(ThingKind.POST, f"{within}/{key}" if within else key)
    claims = []
    if body is not None:
        claims.append(Claim(ref, Predicate.POST_IN, body, frame.evidence))
    claims.append(Claim(person, Predicate.HOLDS, ref, frame.evidence))
    labels = [Label(capitalised(frame.post), article.language)]
    if frame.shorter:
        labels.append(Label(capitalised(frame.shorter), article.language, "alternative"))
    return claims, Thing(ref, tuple(labels))


def unit_claim(frame: UnitFrame, article: Article, entities: Entities) -> Claim | None:
    """Give the claim that a body is part of another; None where both are one."""
    unit = entities.ref(frame.unit, article.sha256)
    parent = entities.ref(frame.parent, article.sha256)
    return Claim(unit, Predicate.UNIT_OF, parent, frame.evidence) if unit != parent else None


def agreement_claims(
    frame: AgreementFrame, article: Article, entities: Entities, signed: Mapping[Ref, PartialDate]
) -> tuple[list[Claim], Thing]:
    """Give the claims about an agreement, and the agreement; ``signed`` says which day holds."""
    thing = _agreement(frame, article, entities.world)
    claims: list[Claim] = []
    date = _signed(frame)
    if date is not None and frame.signed is not None:
        holds = date == signed[thing.ref]
        claims.append(Claim(thing.ref, Predicate.SIGNED, date, frame.signed.evidence, holds))
    for slot in frame.parties:
        party = entities.of(slot)
        if party is not None:
            claims.append(Claim(thing.ref, Predicate.PARTY, party, slot.evidence))
    return claims, thing


def signed_by(reading: Reading, world: World) -> Iterator[tuple[Ref, PartialDate]]:
    """Pair the agreements of an article with the days on which it has them signed."""
    for frame in reading.agreements:
        date = _signed(frame)
        if date is not None:
            yield _agreement(frame, reading.article, world).ref, date


def days_signed(
    told: Iterable[tuple[Ref, PartialDate, Witness]],
) -> dict[Ref, PartialDate]:
    """Give the day that holds for each agreement, of several that are told."""
    stated: dict[Ref, list[tuple[PartialDate, Witness]]] = defaultdict(list)
    for ref, date, witness in told:
        stated[ref].append((date, witness))
    chosen = ((ref, choose_date(dates)) for ref, dates in stated.items())
    return {ref: date for ref, date in chosen if date is not None}


def _signed(frame: AgreementFrame) -> PartialDate | None:
    slot = frame.signed
    return slot.value if slot is not None and isinstance(slot.value, PartialDate) else None


def _agreement(frame: AgreementFrame, article: Article, world: World) -> Thing:
    if frame.entity in world.entries:
        return world.thing(frame.entity)
    date = _signed(frame)
    # a day without a year identifies nothing beyond its own article
    known = date.lexical if date is not None and date.year is not None else article.sha256[:8]
    name = frame.sort or slug(frame.name) or "agreement"
    ref = Ref(ThingKind.AGREEMENT, f"{name}-{known}")
    return Thing(ref, agreement_labels(frame.sort, frame.name, article.language, date))


def statement_claims(
    frame: StatementFrame, article: Article, entities: Entities, meetings: Sequence[Ref]
) -> tuple[list[Claim], list[Thing]]:
    """Give the claims about one utterance, the statement and, where nobody is named, its speaker."""
    words = frame.words
    key = f"{article.sha256[:16]}-{words.span.start}-{words.span.end}"
    ref = Ref(ThingKind.STATEMENT, key)
    said = words.exact.split()
    more = " …" if len(said) > _LABEL_WORDS else ""
    label = Label(capitalised(" ".join(said[:_LABEL_WORDS])) + more, article.language)
    things = [Thing(ref, (label,))]
    claims = [Claim(ref, Predicate.TEXT, words.exact, words)]
    claims += [Claim(ref, Predicate.ABOUT, meetings[number], words) for number in frame.about]
    speaker, evidence = frame.speaker.value, frame.speaker.evidence
    if isinstance(speaker, Named):
        who = entities.of(frame.speaker)
        if speaker.kind == ThingKind.SPEAKER:
            who = _unnamed(speaker, article)
            things.append(Thing(who, (Label(capitalised(speaker.name), article.language),)))
            if speaker.side:
                state = Ref(ThingKind.STATE, speaker.side)
                claims.append(Claim(who, Predicate.ON_BEHALF_OF, state, evidence))
        if who is not None:
            claims.append(Claim(ref, Predicate.SPEAKER, who, evidence))
    return claims, things


def _unnamed(speaker: Named, article: Article) -> Ref:
    """Somebody without a name is one person within an article at most, and for one side."""
    parts: Iterator[str] = (
        part for part in (speaker.side, slug(speaker.name) or "unnamed") if part
    )
    return Ref(ThingKind.SPEAKER, "/".join((article.sha256[:12], *parts)))

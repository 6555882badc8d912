"""All that articles decide together, brought up to date with what came and went."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence, Set

import msgspec

from uscuba_kg.ledger.agreements import settle_agreements, signed_in
from uscuba_kg.ledger.arrivals import Gists, arrive
from uscuba_kg.ledger.copies import original_of, settle_copies
from uscuba_kg.ledger.meetings import chosen_in, settle_meetings
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.tables import column
from uscuba_kg.ledger.tellings import MOST
from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.resolve.claims import Chosen
from uscuba_kg.resolve.entities import Entities
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.resolve.said import Settled
from uscuba_kg.resolve.witnesses import copying


class Change(msgspec.Struct, frozen=True):
    """What may have to be written down anew: articles and meetings, and things with other names.

    ``lost`` are meetings that are gone, with the subjects that they spoke of.
    """

    articles: Set[int]
    gone: Set[int]
    meetings: Set[int]
    things: Set[Ref]
    lost: Mapping[int, str]


def settle(
    db: sqlite3.Connection,
    names: Names,
    entries: Sequence[str],
    fresh: Iterable[Gists],
    stage: Callable[[str], None],
) -> Change:
    """Take in what came, forget what went, and decide anew of all that this can touch."""
    moves = arrive(db, names.world, entries, fresh)
    stage("resolve")
    renamed = moves.came | (names.settle_people() - moves.gone)
    recopied = settle_copies(db, moves)
    things = names.settle_wordings(moves, renamed)
    moved = renamed | recopied
    meetings = settle_meetings(db, names, moves, moved)
    articles = moved | settle_agreements(db, moves, recopied)
    if moves.is_first:  # all is new
        return Change(articles, moves.gone, meetings.changed, things, meetings.gone)
    for number in meetings.changed:
        query = "SELECT id FROM telling WHERE meeting = ?"
        articles |= {telling // MOST for telling in column(db, query, (number,))}
    naming: set[int] = set()
    for ref in things:
        found = names.naming(ref)
        naming |= found
        if ref.kind == ThingKind.ORGANIZATION:
            articles |= found
    touched = set(meetings.changed)
    for article in naming:
        query = "SELECT meeting FROM telling WHERE id >= ? AND id < ?"
        touched.update(column(db, query, (article * MOST, (article + 1) * MOST)))
    return Change(articles, moves.gone, touched, things, meetings.gone)


def settled_of(db: sqlite3.Connection, article: int, gist: Gist) -> Settled:
    """What is settled of one article."""
    original = original_of(db, article, gist.article)
    meetings = (chosen_in(db, article, telling.number) for telling in gist.tellings)
    return Settled(
        copying(gist.witness, {gist.article: original}),
        tuple(meetings),
        signed_in(db, gist),
    )


def digest_of(gist: Gist, settled: Settled, entities: Entities) -> bytes:
    """A hash of all that an article depends on beside its own words."""
    refs = {name: entities.ref(name, gist.article) for name, _ in gist.names}
    bodies = sorted(
        {ref for ref in refs.values() if ref.kind == ThingKind.ORGANIZATION}
        - {ref for ref in refs.values() if entities.is_listed(ref)}
    )
    own = [
        (ref, _of_article(chosen, {entities.ref(who, gist.article) for who, _, _ in told.parts}))
        for told, (ref, chosen) in zip(gist.tellings, settled.meetings, strict=True)
    ]
    signed = sorted(settled.signed.items())
    labels = [(ref, entities.thing(ref).labels) for ref in bodies]
    said = repr((settled.witness, own, signed, labels, list(refs.values())))
    return hashlib.sha256(said.encode()).digest()


def _of_article(chosen: Chosen, who: Set[Ref]) -> Chosen:
    """What is asserted of a meeting as far as it concerns those whom an article names."""
    parts = tuple((ref, part) for ref, part in chosen.parts if ref in who)
    return msgspec.structs.replace(chosen, parts=parts)

"""The meetings of a small graph in plain words, as a table for a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.tables import ref_of, value_of
from uscuba_kg.ledger.values import Said
from uscuba_kg.model import Label, Predicate, Ref, Role, Thing, ThingKind
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.iris import iri_of
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.resolve.claims import Chosen
from uscuba_kg.resolve.said import each_once

Facts = Mapping[Predicate, Sequence[Term]]

_PREDICATES = {iri: predicate for predicate, iri in vocab.PREDICATES.items()}
_STATUSES = {iri: status.value for status, iri in vocab.STATUSES.items()}


class Row(msgspec.Struct, frozen=True):
    """One meeting in the table: plain words, empty where nothing is known."""

    iri_key: str
    date: str
    place: str
    series: str
    led_by: str
    topics: str
    status: str
    sources: int


def rows_of(db: sqlite3.Connection, names: Names) -> list[Row]:
    """All meetings, in the order of their dates."""
    meetings = db.execute("SELECT ref, chosen FROM meeting").fetchall()
    rows = [_row(db, names, key, value_of(chosen, Chosen)) for key, chosen in meetings]
    return sorted(rows, key=lambda row: (row.date or "~", row.iri_key))


def thing_of(names: Names, iri: str, named: Sequence[Thing]) -> Thing:
    """Give a thing that the graph speaks of; ``named`` are its names by the words of articles."""
    ref = ref_of(iri[len(vocab.ID) :])
    if named:
        return each_once(named)[ref]
    if ref.kind == ThingKind.TOPIC and any(t.id == ref.key for t in names.world.topics):
        return names.world.thing(ref.key)
    return names.anywhere.thing(ref)


def first_name(labels: Iterable[Label], ref: Ref) -> str:
    """The name that a table has: a preferred one, of the first language."""
    return min(labels, key=_naming).text if labels else ref.key


def _naming(label: Label) -> tuple[bool, str]:
    """Preferred names first, then the languages in a fixed order."""
    return label.rank != "preferred", label.language


def _row(db: sqlite3.Connection, names: Names, key: str, chosen: Chosen) -> Row:
    iri = iri_of(Ref(ThingKind.MEETING, key))
    facts, sources = _facts(db, iri)

    def called(terms: Iterable[Term]) -> list[str]:
        return sorted({_called(names, term) for term in terms if isinstance(term, str)})

    chairs: list[Term] = []
    for part in facts.get(Predicate.PARTICIPATION, ()):
        inside, _ = _facts(db, str(part))
        if vocab.ROLES[Role.CHAIR] in inside.get(Predicate.ROLE, ()):
            chairs += inside.get(Predicate.PARTICIPANT, ())
    dates = [*facts.get(Predicate.START, ()), *facts.get(Predicate.END, ())]
    told = [date.lexical for date in dates if isinstance(date, Literal)]
    status = [_STATUSES[str(term)] for term in facts.get(Predicate.STATUS, ())]
    return Row(
        iri_key=key,
        date=" – ".join(dict.fromkeys(told)),
        place=", ".join(called(facts.get(Predicate.LOCATION, ()))),
        series=", ".join(called(facts.get(Predicate.SERIES, ()))) or chosen.kind,
        led_by=", ".join(called(chairs)),
        topics=", ".join(called(facts.get(Predicate.ABOUT, ()))),
        status=status[0] if status else "",
        sources=sources,
    )


def _facts(db: sqlite3.Connection, iri: str) -> tuple[Facts, int]:
    """What is asserted of a subject, and how many articles speak of it."""
    found: dict[Predicate, dict[Term, None]] = {}
    articles = 0
    query = "SELECT source, said FROM fact WHERE subject = ?"
    for source, content in db.execute(query, (iri,)):
        said = Said.unpack(content)
        articles += source > 0 and said.live
        for predicate, value in said.facts:
            if predicate in _PREDICATES:
                found.setdefault(_PREDICATES[predicate], {})[value] = None
    return {predicate: list(values) for predicate, values in found.items()}, articles


def _called(names: Names, iri: str) -> str:
    thing = thing_of(names, iri, ())
    return first_name(thing.labels, thing.ref)

"""What the page of a meeting shows beside its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from uscuba_kg.publish.explorer.evidence import Fact, Telling
from uscuba_kg.publish.explorer.meetings import Filters, Meeting, meetings
from uscuba_kg.publish.explorer.statements import statements
from uscuba_kg.publish.explorer.visit import Thing, Visit, side
from uscuba_kg.rdf.vocab import ID, SCHEMA, USCUBA

_PARTS = """SELECT ?who ?role ?state ?person WHERE {
  ?m uscuba:participation ?part . ?part uscuba:participant ?who .
  OPTIONAL { ?part uscuba:role ?role } OPTIONAL { ?part uscuba:onBehalfOf ?state }
  OPTIONAL { ?who a uscuba:Person . BIND (true AS ?person) }
} ORDER BY ?who"""
_POSTS = """SELECT DISTINCT ?who ?post ?body WHERE {
  ?m uscuba:participation/uscuba:participant ?who .
  ?claim rdf:subject ?who ; rdf:predicate org:holds ; rdf:object ?post ; prov:hadPrimarySource ?article .
  ?told rdf:subject ?m ; prov:hadPrimarySource ?article .
  OPTIONAL { ?post org:postIn ?body } } ORDER BY ?who ?post"""
_SIGNED = """SELECT ?agreement WHERE {
  ?m uscuba:notBefore ?first ; uscuba:notAfter ?last .
  ?agreement a uscuba:Agreement ; uscuba:signed ?day FILTER(DATATYPE(?day) = xsd:date)
  FILTER(?first <= ?day && ?day <= ?last) }"""
_STATES = (ID + "state/united-states", ID + "state/cuba")
_SIDES = ("united-states", "cuba", "other")
_RANK = ("Chair", "Host", "Member")


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody or some body that takes part, with role and the posts that the articles give."""

    thing: Thing
    role: str
    role_name: str
    person: bool
    posts: tuple[tuple[Thing, Thing | None], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """One value that articles give, and which of them; not all that is told is asserted."""

    value: Thing
    side: str
    accepted: bool
    told: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What articles tell under one verb; ``contested`` where not all of it can be true."""

    verb: str
    values: tuple[Value, ...]

    @property
    def contested(self) -> bool:
        """Whether another reading than the graph's is told."""
        return not all(value.accepted for value in self.values)


def meeting(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a meeting needs."""
    series = visit.one(iri, SCHEMA + "superEvent")
    before, after = _neighbours(visit, iri, series)
    place, kind = visit.one(iri, SCHEMA + "location"), visit.one(iri, USCUBA + "meetingKind")
    return {
        "days": visit.days(
            visit.one(iri, SCHEMA + "startDate"), visit.one(iri, SCHEMA + "endDate")
        ),
        "dated": bool(visit.one(iri, USCUBA + "notBefore")),
        "place": visit.thing(place) if place else None,
        "kind": visit.thing(kind) if kind else None,
        "status": visit.one(iri, USCUBA + "status").rpartition("#")[2],
        "ordinal": visit.one(iri, USCUBA + "ordinal"),
        "series": visit.thing(series) if series else None,
        "before": before,
        "after": after,
        "delegations": _delegations(visit, iri),
        "topics": visit.things(visit.all(iri, SCHEMA + "about")),
        "agreements": visit.things(row[0] for row in visit.rows(_SIGNED, m=iri)),
        "statements": statements(visit, "about", iri),
        "reporters": [(s, sum(t.side == s for t in told)) for s in _SIDES],
        "accounts": accounts(iri, told),
    }


def _neighbours(visit: Visit, iri: str, series: str) -> tuple[Meeting | None, Meeting | None]:
    """The meetings before and after in the series."""
    if not series:
        return None, None
    found = [m for m in meetings(visit, Filters({"series": series}, None, None)) if m.first]
    at = next((i for i, m in enumerate(found) if m.thing.iri == iri), None)
    if at is None:
        return None, None
    return (
        found[at + 1] if at + 1 < len(found) else None,
        found[at - 1] if at > 0 else None,
    )


def _delegations(visit: Visit, iri: str) -> list[tuple[str, Thing | None, list[Delegate]]]:
    """Who takes part, by side: those who lead first, then people, then bodies."""
    posts: dict[str, list[tuple[Thing, Thing | None]]] = {}
    for who, post, body in visit.rows(_POSTS, m=iri):
        posts.setdefault(who, []).append((visit.thing(post), visit.thing(body) if body else None))
    sides: dict[str, list[Delegate]] = {}
    for who, role, state, person in visit.rows(_PARTS, m=iri):
        name = role.rpartition("#")[2]
        role_name = visit.thing(role).name if role else ""
        delegate = Delegate(
            visit.thing(who), name, role_name, bool(person), tuple(posts.get(who, ()))
        )
        sides.setdefault(state, []).append(delegate)
    for of in sides.values():
        of.sort(key=lambda d: (_rank(d.role), not d.person, d.thing.name.casefold()))
    if not sides:
        return []
    taking_part = {*sides, *visit.all(iri, USCUBA + "involves")}
    known = [state for state in _STATES if state in taking_part]
    return [
        (side(state), visit.thing(state) if state else None, sides.get(state, []))
        for state in (*known, *sorted(taking_part.difference(known)))
    ]


def _rank(role: str) -> int:
    return _RANK.index(role) if role in _RANK else len(_RANK)


def accounts(iri: str, told: Sequence[Telling]) -> tuple[Account, ...]:
    """Give what articles tell of a meeting, value by value, with the articles that do."""
    verbs: dict[str, dict[tuple[str, str, bool], list[tuple[Fact, Telling]]]] = {}
    for telling in told:
        for fact in telling.facts:
            key = (fact.value.iri, fact.value.name, fact.accepted)
            if fact.about.iri == iri and fact.value.name:
                verbs.setdefault(fact.verb, {}).setdefault(key, []).append((fact, telling))
    found = [Account(verb, tuple(_values(values.values()))) for verb, values in verbs.items()]
    return tuple(sorted(found, key=lambda account: not account.contested))


def _values(found: Iterable[Sequence[tuple[Fact, Telling]]]) -> Iterable[Value]:
    values = []
    for together in found:
        fact = together[0][0]
        told = {telling.number: telling for _, telling in together}
        values.append(Value(fact.value, fact.side, fact.accepted, tuple(told.values())))
    return sorted(values, key=lambda v: (not v.accepted, -len(v.told), v.value.name.casefold()))

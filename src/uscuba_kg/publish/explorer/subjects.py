"""What the pages of topics, series, places and agreements show beside their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from uscuba_kg.publish.explorer.evidence import Telling
from uscuba_kg.publish.explorer.meetings import Filters, Meeting, meetings
from uscuba_kg.publish.explorer.statements import statements
from uscuba_kg.publish.explorer.timeline import timeline
from uscuba_kg.publish.explorer.visit import Thing, Visit
from uscuba_kg.rdf.vocab import SCHEMA, USCUBA

_NEAR = """SELECT ?m WHERE { ?thing uscuba:signed ?day FILTER(DATATYPE(?day) = xsd:date)
  ?m a uscuba:Meeting ; uscuba:notBefore ?first ; uscuba:notAfter ?last .
  FILTER(?first <= ?day && ?day <= ?last) }"""


def topic(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a topic needs: meetings, years, what comes up beside it, words."""
    found = meetings(visit, Filters({"topic": iri}, None, None))
    return {
        **_in_time(found, iri),
        "is_topic": True,
        "statements": statements(visit, "about", iri),
    }


def series(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a series needs: its rounds, who led them, what they were about."""
    found = meetings(visit, Filters({"series": iri}, None, None))
    start, end = visit.one(iri, SCHEMA + "startDate"), visit.one(iri, SCHEMA + "endDate")
    return {
        **_in_time(found, iri),
        "start": visit.days(start) if start else "",
        "end": visit.days(end) if end else "",
    }


def place(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a place needs: the meetings held there."""
    found = meetings(visit, Filters({"place": iri}, None, None))
    return _in_time(found, iri)


def agreement(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of an agreement needs: its day, its parties, meetings of that day."""
    signed = visit.one(iri, USCUBA + "signed")
    return {
        "signed": visit.days(signed) if signed else "",
        "parties": visit.things(visit.all(iri, USCUBA + "party")),
        "near": visit.things(row[0] for row in visit.rows(_NEAR, thing=iri)),
    }


def _in_time(found: Sequence[Meeting], iri: str) -> dict[str, object]:
    return {
        "meetings": found,
        "picture": timeline(found, Filters({}, None, None)),
        "beside": _often((t for m in found for t in m.topics), iri),
        "leaders": _often((who for m in found for who, _ in m.chairs), iri),
        "statements": (),
        "is_topic": False,
        "start": "",
        "end": "",
    }


def _often(things: Iterable[Thing], iri: str, most: int = 20) -> list[tuple[Thing, int]]:
    """Things with how often they occur, the most frequent first, without one itself."""
    counted = Counter(thing for thing in things if thing.iri != iri)
    return sorted(counted.items(), key=lambda c: (-c[1], c[0].name.casefold()))[:most]

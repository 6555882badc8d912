"""Meetings as lists and pictures show them, found by what a reader filters for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uscuba_kg.publish.explorer.dates import partial
from uscuba_kg.publish.explorer.page import Request
from uscuba_kg.publish.explorer.visit import Thing, Visit, side, whole

MOST = 2000
"""How many meetings a page shows at most: the latest."""

_PATTERNS = {
    "series": "?m schema:superEvent ?series .",
    "topic": "?m schema:about ?topic .",
    "place": "?m schema:location ?place .",
    "person": "?m uscuba:participation/uscuba:participant ?person .",
    "side": "?m uscuba:participation/uscuba:onBehalfOf ?side .",
    "told": "?told_claim rdf:subject ?m ; prov:hadPrimarySource/uscuba:outletOf ?told .",
    "article": "?read rdf:subject ?m ; prov:hadPrimarySource ?article .",
}
FACETS = ("series", "topic", "place", "person", "side", "told")
"""What meetings can be filtered by, in the order of the form."""

_MEETINGS = """SELECT DISTINCT ?m ?start ?end ?first ?last ?status ?kind ?in ?ordinal ?at WHERE {
  %s ?m a uscuba:Meeting .
  OPTIONAL { ?m schema:startDate ?start } OPTIONAL { ?m schema:endDate ?end }
  OPTIONAL { ?m uscuba:notBefore ?first } OPTIONAL { ?m uscuba:notAfter ?last }
  OPTIONAL { ?m uscuba:status ?status } OPTIONAL { ?m uscuba:meetingKind ?kind }
  OPTIONAL { ?m schema:superEvent ?in } OPTIONAL { ?m uscuba:ordinal ?ordinal }
  OPTIONAL { ?m schema:location ?at }
} ORDER BY DESC(?first) ?m LIMIT %d"""
_TOPICS = "SELECT DISTINCT ?m ?of WHERE { %s ?m a uscuba:Meeting ; schema:about ?of }"
_CHAIRS = """SELECT DISTINCT ?m ?who ?state WHERE {
  %s ?m a uscuba:Meeting ; uscuba:participation ?part .
  ?part uscuba:participant ?who ; uscuba:role uscuba:Chair .
  OPTIONAL { ?part uscuba:onBehalfOf ?state } } ORDER BY ?m ?who"""
_FACET = """SELECT ?%s (COUNT(DISTINCT ?m) AS ?count) WHERE { %s ?m a uscuba:Meeting }
GROUP BY ?%s ORDER BY DESC(?count) LIMIT 300"""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a list shows it; ``title`` is its series, else its kind."""

    thing: Thing
    title: str
    days: str
    first: dt.date | None
    last: dt.date | None
    status: str
    series: Thing | None
    ordinal: str
    place: Thing | None
    topics: tuple[Thing, ...] = ()
    chairs: tuple[tuple[Thing, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """What a reader asks for: IRIs by facet, and the first and last day."""

    chosen: Mapping[str, str]
    start: dt.date | None
    end: dt.date | None

    def __bool__(self) -> bool:
        return bool(self.chosen) or self.start is not None or self.end is not None


def filters(request: Request) -> Filters:
    """Read the filters of a request; what makes no sense filters nothing."""
    asked = {facet: whole(request.value(facet)) for facet in FACETS}
    start, end = partial(request.value("from")), partial(request.value("to"))
    return Filters(
        {facet: iri for facet, iri in asked.items() if iri},
        start.first_day() if start else None,
        end.last_day() if end else None,
    )


def matching(asked: Filters) -> str:
    """Give the patterns of SPARQL that a meeting ``?m`` matches, with the facets as variables."""
    return " ".join(_PATTERNS[facet] for facet in asked.chosen)


def meetings(visit: Visit, asked: Filters) -> tuple[Meeting, ...]:
    """Give the meetings that fit, the latest first; those without a year come last."""
    patterns = matching(asked)
    rows = visit.rows(_MEETINGS % (patterns, MOST), **asked.chosen)
    topics = _grouped(visit.rows(_TOPICS % patterns, **asked.chosen))
    chairs: dict[str, list[tuple[Thing, str]]] = {}
    for meeting, who, state in visit.rows(_CHAIRS % patterns, **asked.chosen):
        chairs.setdefault(meeting, []).append((visit.thing(who), side(state)))
    found: dict[str, Meeting] = {}
    for row in rows:
        if row[0] not in found:
            of = visit.things(topics.get(row[0], ()))
            found[row[0]] = _meeting(visit, row, of, tuple(chairs.get(row[0], ())))
    return tuple(m for m in found.values() if within(m, asked))


def _grouped(rows: Iterable[tuple[str, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in rows:
        found.setdefault(key, []).append(value)
    return found


def _meeting(
    visit: Visit,
    row: tuple[str, ...],
    topics: tuple[Thing, ...],
    chairs: tuple[tuple[Thing, str], ...],
) -> Meeting:
    iri, start, end, first, last, status, kind, series, ordinal, place = row
    within = visit.thing(series) if series else None
    name = within.name if within else visit.thing(kind).name if kind else visit.thing(iri).name
    return Meeting(
        visit.thing(iri),
        name[:1].upper() + name[1:],
        visit.days(start, end),
        _day(first),
        _day(last or first),
        status.rpartition("#")[2],
        within,
        ordinal,
        visit.thing(place) if place else None,
        topics,
        chairs,
    )


def _day(lexical: str) -> dt.date | None:
    found = partial(lexical)
    return found.first_day() if found else None


def within(meeting: Meeting, asked: Filters) -> bool:
    """Tell whether a meeting can have taken place in the days that are asked for."""
    if asked.start is None and asked.end is None:
        return True
    if meeting.first is None or meeting.last is None:
        return False
    after = asked.start is None or meeting.last >= asked.start
    return after and (asked.end is None or meeting.first <= asked.end)


def facets(visit: Visit) -> dict[str, tuple[tuple[Thing, int], ...]]:
    """Give what can be chosen for each facet, with the number of meetings."""
    found = {}
    for facet in FACETS:
        rows = visit.rows(_FACET % (facet, _PATTERNS[facet], facet))
        counted = [(visit.thing(iri), int(count)) for iri, count in rows if iri]
        found[facet] = tuple(sorted(counted, key=lambda f: (f[0].name.casefold(), f[0].iri)))
    return found

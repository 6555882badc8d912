"""The home page: what the graph holds, meetings in time, the latest ones, topics over the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from uscuba_kg.publish.explorer.frame import link, page
from uscuba_kg.publish.explorer.meetings import (
    FACETS,
    Filters,
    Meeting,
    facets,
    filters,
    meetings,
    within,
)
from uscuba_kg.publish.explorer.page import Page
from uscuba_kg.publish.explorer.timeline import Timeline, timeline, zoomed
from uscuba_kg.publish.explorer.visit import Thing, Visit, short

_LATEST, _ROWS, _TOPICS = 12, 300, 16
_MONTHS_FROM = 120
"""From how many days on the ends of the picture are told by months, not by days."""
_SHADES = 5

_COUNTS = (
    "SELECT ?class (COUNT(DISTINCT ?thing) AS ?count) WHERE { ?thing a ?class } GROUP BY ?class"
)


@dataclass(frozen=True, slots=True)
class Years:
    """Topics by the years of their meetings: for each topic a cell (count, shade) a year."""

    years: tuple[int, ...]
    rows: tuple[tuple[Thing, tuple[tuple[int, int], ...]], ...]
    hidden: int


def home(visit: Visit) -> Page:
    """Give the home page, cut down to the meetings that the request filters for."""
    asked = filters(visit.request)
    of_any_day = meetings(visit, Filters(asked.chosen, None, None))
    found = tuple(meeting for meeting in of_any_day if within(meeting, asked))
    picture = timeline(of_any_day, asked)
    values = {
        "counts": counts(visit),
        "facets": facets(visit),
        "asked": asked,
        "shorten": short,
        "picture": picture,
        "zooms": _zooms(visit, picture) if picture else {},
        "found": found[: _ROWS if asked else _LATEST],
        "total": len(found),
        "topics": topics_by_year(found),
    }
    return page("home.html", visit.request, values)


def counts(visit: Visit) -> dict[str, int]:
    """Give the number of things by the name of their class."""
    return {iri.rpartition("#")[2]: int(count) for iri, count in visit.rows(_COUNTS)}


def _zooms(visit: Visit, picture: Timeline) -> dict[str, str]:
    """The addresses of the picture nearer, farther, earlier and later."""
    kept = {n: visit.request.value(n) for n in FACETS if visit.request.value(n)}
    found = {}
    for name, (start, end) in zoomed(picture.start, picture.end).items():
        digits = 7 if (end - start).days >= _MONTHS_FROM else 10
        ends = {"from": start.isoformat()[:digits], "to": end.isoformat()[:digits]}
        found[name] = link(visit.request, "/", **kept, **ends)
    return {**found, "all": link(visit.request, "/", **kept)}


def topics_by_year(found: Sequence[Meeting]) -> Years | None:
    """Count the meetings about each topic by year, the most frequent topics first."""
    cells: Counter[tuple[Thing, int]] = Counter()
    for meeting in found:
        if meeting.first is not None:
            cells.update((topic, meeting.first.year) for topic in meeting.topics)
    if not cells:
        return None
    totals: Counter[Thing] = Counter()
    for (topic, _), count in cells.items():
        totals[topic] += count
    ordered = sorted(totals, key=lambda t: (-totals[t], t.name))
    years = sorted({year for _, year in cells})
    most = max(cells.values())
    rows = tuple(
        (topic, tuple((cells[topic, year], _shade(cells[topic, year], most)) for year in years))
        for topic in ordered[:_TOPICS]
    )
    return Years(tuple(years), rows, len(ordered) - len(rows))


def _shade(count: int, most: int) -> int:
    return -(-count * _SHADES // most)

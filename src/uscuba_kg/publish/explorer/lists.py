"""Lists of all things of a kind: people, bodies, topics, series, places, agreements, articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from uscuba_kg.publish.explorer.frame import link, page
from uscuba_kg.publish.explorer.meetings import MOST, Filters, meetings
from uscuba_kg.publish.explorer.page import Page
from uscuba_kg.publish.explorer.visit import Thing, Visit, side

_ON_A_PAGE = 500
_MET = "(COUNT(DISTINCT ?m) AS ?meetings)"
_YEARS = "(MIN(?day) AS ?first) (MAX(?day) AS ?last)"


@dataclass(frozen=True, slots=True)
class Listing:
    """A kind of thing: its class, its columns in order, and the query whose variables they show."""

    kind: str
    columns: tuple[str, ...]
    query: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a column: text, things, or a number to sort by."""

    text: str
    things: tuple[Thing, ...] = ()
    side: str = ""
    number: bool = False
    sort: str = ""


LISTS: Mapping[str, Listing] = {
    "people": Listing(
        "Person",
        ("thing", "state", "posts", "meetings"),
        """SELECT ?thing (COALESCE(?own, ?behalf) AS ?state) (?held AS ?posts)
  (?count AS ?meetings) WHERE {
  ?thing a uscuba:Person . OPTIONAL { ?thing uscuba:ofState ?own }
  OPTIONAL {
    SELECT ?thing (COUNT(DISTINCT ?m) AS ?count) (SAMPLE(?for) AS ?behalf) WHERE {
      ?m uscuba:participation ?part . ?part uscuba:participant ?thing .
      OPTIONAL { ?part uscuba:onBehalfOf ?for }
    } GROUP BY ?thing
  }
  OPTIONAL {
    SELECT ?thing (GROUP_CONCAT(DISTINCT STR(?post)) AS ?held) WHERE {
      ?thing org:holds ?post
    } GROUP BY ?thing
  }
}""",
    ),
    "bodies": Listing(
        "Organization",
        ("thing", "state", "within", "meetings"),
        f"""SELECT ?thing (SAMPLE(?of) AS ?state) (SAMPLE(?over) AS ?within) {_MET} WHERE {{
  ?thing a uscuba:Organization .
  OPTIONAL {{ ?thing uscuba:ofState ?of }} OPTIONAL {{ ?thing org:unitOf ?over }}
  OPTIONAL {{ ?m uscuba:participation/uscuba:participant ?thing }}
}} GROUP BY ?thing""",
    ),
    "topics": Listing(
        "Topic",
        ("thing", "meetings", "first", "last"),
        f"""SELECT ?thing {_MET} {_YEARS} WHERE {{
  ?thing a uscuba:Topic .
  OPTIONAL {{ ?m a uscuba:Meeting ; schema:about ?thing . OPTIONAL {{ ?m uscuba:notBefore ?day }} }}
}} GROUP BY ?thing""",
    ),
    "series": Listing(
        "MeetingSeries",
        ("thing", "meetings", "first", "last"),
        f"""SELECT ?thing {_MET} {_YEARS} WHERE {{
  ?thing a uscuba:MeetingSeries .
  OPTIONAL {{ ?m schema:superEvent ?thing . OPTIONAL {{ ?m uscuba:notBefore ?day }} }}
}} GROUP BY ?thing""",
    ),
    "places": Listing(
        "Place",
        ("thing", "meetings", "first", "last"),
        f"""SELECT ?thing {_MET} {_YEARS} WHERE {{
  ?m a uscuba:Meeting ; schema:location ?thing . OPTIONAL {{ ?m uscuba:notBefore ?day }}
}} GROUP BY ?thing""",
    ),
    "agreements": Listing(
        "Agreement",
        ("signed", "thing", "parties"),
        """SELECT ?thing (MIN(?day) AS ?signed) (GROUP_CONCAT(DISTINCT STR(?party)) AS ?parties) WHERE {
  ?thing a uscuba:Agreement .
  OPTIONAL { ?thing uscuba:signed ?day } OPTIONAL { ?thing uscuba:party ?party }
} GROUP BY ?thing""",
    ),
    "articles": Listing(
        "Article",
        ("issued", "thing", "publisher", "outlet", "language", "claims"),
        """SELECT ?thing (SAMPLE(?day) AS ?issued) (SAMPLE(?by) AS ?publisher) (SAMPLE(?home) AS ?outlet)
  (SAMPLE(?tongue) AS ?language) (COUNT(DISTINCT ?claim) AS ?claims) WHERE {
  ?thing a uscuba:Article . OPTIONAL { ?claim prov:hadPrimarySource ?thing }
  OPTIONAL { ?thing dcterms:issued ?day } OPTIONAL { ?thing dcterms:publisher ?by }
  OPTIONAL { ?thing uscuba:outletOf ?home } OPTIONAL { ?thing dcterms:language ?tongue }
} GROUP BY ?thing""",
    ),
}
_NUMBERS = {"meetings", "claims"}
_YEARS_OF = {"first", "last"}
_DAYS = {"signed", "issued"}
_LATEST_FIRST = {"signed", "issued"}


def list_page(visit: Visit, name: str) -> Page:
    """Give the list of a kind of thing, those with most meetings or the latest first."""
    listing = LISTS[name]
    names = _names(listing.query)
    found = {
        row[0]: dict(zip(names, row, strict=True)) for row in visit.rows(listing.query) if row[0]
    }
    rows = [
        [_cell(visit, column, values[column]) for column in listing.columns]
        for values in found.values()
    ]
    at = listing.columns.index("thing")
    rows.sort(key=lambda cells: cells[at].sort)
    by = next((c for c in listing.columns if c in _NUMBERS | _LATEST_FIRST), "")
    if by:
        place = listing.columns.index(by)
        rows.sort(key=lambda cells: cells[place].sort, reverse=True)
    shown = {"name": name, "listing": listing, "rows": rows, **_part_of(visit, len(rows))}
    return page("list.html", visit.request, shown)


def all_meetings(visit: Visit) -> Page:
    """Give the list of all meetings, the latest first."""
    found = meetings(visit, Filters({}, None, None))
    values = {"found": found, "most": MOST, **_part_of(visit, len(found))}
    return page("meetings.html", visit.request, values)


def _part_of(visit: Visit, count: int) -> dict[str, object]:
    """Which rows this page of a long list shows, and where the others stand."""
    asked = visit.request.value("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    start = _ON_A_PAGE * (max(number, 1) - 1)
    path = visit.request.path
    return {
        "shown": slice(start, start + _ON_A_PAGE),
        "earlier": link(visit.request, path, page=number - 1) if number > 1 else "",
        "later": link(visit.request, path, page=number + 1) if count > start + _ON_A_PAGE else "",
    }


def _names(query: str) -> list[str]:
    """The variables that a query gives, in their order."""
    head = query.partition("WHERE")[0]
    words = head.replace("(", " ").replace(")", " ) ").split()
    return ["thing", *(words[i + 1].lstrip("?") for i, w in enumerate(words) if w == "AS")]


def _cell(visit: Visit, column: str, value: str) -> Cell:
    if column in _NUMBERS:
        return Cell(value or "0", number=True, sort=value.zfill(9))
    if column in _YEARS_OF:
        return Cell(value[:4], number=True, sort=value)
    if column in _DAYS:
        return Cell(visit.days(value) if value else "", sort=value)
    if column == "language":
        return Cell(visit.words["tongues"].get(value, value), sort=value)
    if column == "publisher":
        return Cell(value, sort=value.casefold())
    things = visit.things(value.split(" ")) if value else ()
    of = side(value) if column in ("state", "outlet") and value else ""
    return Cell("", things, of, sort=things[0].name.casefold() if things else "~")

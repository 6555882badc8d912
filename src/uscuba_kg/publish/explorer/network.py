"""The network of who met whom: two columns, a side each, with a line for every two who met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from uscuba_kg.publish.chart_data import RIGHT, Tie, columns, strongest, ties_across
from uscuba_kg.publish.explorer.frame import page
from uscuba_kg.publish.explorer.meetings import facets, filters, matching, meetings
from uscuba_kg.publish.explorer.page import Page
from uscuba_kg.publish.explorer.visit import Thing, Visit, short, side

_KINDS = {"people": "uscuba:Person", "bodies": "uscuba:Organization"}
_PARTS = """SELECT DISTINCT ?m ?who ?state WHERE {
  %s ?m a uscuba:Meeting ; uscuba:status uscuba:Held ; uscuba:participation ?part .
  ?part uscuba:participant ?who ; uscuba:onBehalfOf ?state . ?who a %s }"""
_MOST, _MOST_PAIRS = 60, 300
_ROW, _TOP = 22, 14
_LEFT, _RIGHT = 40, 60


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in a column: their side, whether the column is the left one, and their height."""

    thing: Thing
    side: str
    left: bool
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """Two who met, and how often; ``width`` is that of the line, from 1 to 5."""

    one: Node
    other: Node
    meetings: int
    width: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The network as it is drawn: places across in per cent, heights in CSS pixels."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    height: int
    left: int = _LEFT
    right: int = _RIGHT


def network_page(visit: Visit) -> Page:
    """Give the network of the meetings that the request filters for, of people or of bodies."""
    asked = filters(visit.request)
    kind = visit.request.value("kind", "people")
    kind = kind if kind in _KINDS else "people"
    held = {m.thing.iri for m in meetings(visit, asked) if m.status == "Held"}
    tables: dict[str, dict[str, str]] = {}
    for meeting, who, state in visit.rows(_PARTS % (matching(asked), _KINDS[kind]), **asked.chosen):
        if meeting in held:
            tables.setdefault(meeting, {}).setdefault(who, side(state))
    found = ties_across(tables.values())
    shown = strongest(found.ties, _MOST)
    values = {
        "kind": kind,
        "asked": asked,
        "facets": facets(visit),
        "shorten": short,
        "picture": _drawn(visit, shown, found.sides) if shown else None,
        "pairs": _pairs(visit, found.ties, found.sides),
        "hidden": len({n for t in found.ties for n in (t.one, t.other)}) - _count(shown),
    }
    return page("network.html", visit.request, values)


def _count(ties: Sequence[Tie]) -> int:
    return len({name for tie in ties for name in (tie.one, tie.other)})


def _drawn(visit: Visit, ties: Sequence[Tie], sides: Mapping[str, str]) -> Picture:
    both = columns(ties, sides)
    height = _ROW * max(len(column) for column in both)
    nodes: dict[str, Node] = {}
    for column, left in zip(both, (True, False), strict=True):
        for row, iri in enumerate(column):
            y = _TOP + round((row + 0.5) * height / len(column))
            nodes[iri] = Node(visit.thing(iri), sides[iri], left, y)
    most = max(tie.meetings for tie in ties)
    lines = (
        Line(
            nodes[t.one],
            nodes[t.other],
            t.meetings,
            1 + round(4 * (t.meetings - 1) / max(most - 1, 1)),
        )
        for t in ties
    )
    return Picture(tuple(nodes.values()), tuple(lines), height + 2 * _TOP)


def _pairs(
    visit: Visit, ties: Sequence[Tie], sides: Mapping[str, str]
) -> list[tuple[Thing, str, Thing, str, int]]:
    """Who met whom how often, the most frequent pairs first; whoever is of Cuba stands second."""
    found = []
    for tie in ties:
        one, other = (tie.other, tie.one) if sides[tie.one] == RIGHT else (tie.one, tie.other)
        found.append((visit.thing(one), sides[one], visit.thing(other), sides[other], tie.meetings))
    found.sort(key=lambda p: (-p[4], p[0].name.casefold(), p[2].name.casefold()))
    return found[:_MOST_PAIRS]

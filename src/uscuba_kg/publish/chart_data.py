"""What the pictures of a graph show, asked of it in SPARQL: meetings in time, who met whom, topics."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import msgspec

from uscuba_kg.publish.ask import ask
from uscuba_kg.rdf.terms import Literal, Term, Triple

_MEETINGS = """
SELECT ?m ?day ?status ?series WHERE {
  ?m a uscuba:Meeting ; uscuba:notBefore ?day ; uscuba:status ?status .
  OPTIONAL { ?m schema:superEvent ?s . ?s rdfs:label ?series FILTER(LANG(?series) = "%s") }
} ORDER BY ?day ?m
"""
_PEOPLE = """
SELECT ?m ?p ?name ?side WHERE {
  ?m uscuba:status uscuba:Held ; uscuba:participation ?part .
  ?part uscuba:participant ?p ; uscuba:onBehalfOf ?side .
  ?p a uscuba:Person ; rdfs:label ?name .
} ORDER BY ?m ?p ?name
"""
_TOPICS = """
SELECT ?m ?day ?topic WHERE {
  ?m a uscuba:Meeting ; uscuba:notBefore ?day ; schema:about ?t .
  ?t rdfs:label ?topic FILTER(LANG(?topic) = "%s")
} ORDER BY ?day ?m ?topic
"""


RIGHT = "cuba"
"""The side whose people stand in the right column of a network."""
_SWEEPS = 8


class Point(msgspec.Struct, frozen=True, order=True):
    """One meeting on the line of time: its first possible day, its status, its series if it has one."""

    day: dt.date
    status: str
    series: str


class Tie(msgspec.Struct, frozen=True, order=True):
    """Two people of two sides, with the number of meetings that both took part in."""

    one: str
    other: str
    meetings: int


class Network(msgspec.Struct, frozen=True):
    """Who met whom: ties between people, and the side that each acts for."""

    ties: tuple[Tie, ...]
    sides: dict[str, str]


def timeline(graph: Path | Sequence[Triple], language: str = "en") -> tuple[Point, ...]:
    """Give the dated meetings in order; a meeting is placed on the first day it can have taken."""
    points: dict[str, Point] = {}
    for meeting, day, status, series in _rows(graph, _MEETINGS % language):
        points.setdefault(meeting, Point(dt.date.fromisoformat(day), _tail(status), series))
    return tuple(sorted(points.values()))


def network(graph: Path | Sequence[Triple]) -> Network:
    """Give the people who sat at one table for different sides, by the meetings held."""
    present: dict[str, dict[str, str]] = {}
    for meeting, _, name, side in _rows(graph, _PEOPLE):
        present.setdefault(meeting, {}).setdefault(name, _tail(side))
    return ties_across(present.values())


def ties_across(tables: Iterable[Mapping[str, str]]) -> Network:
    """Give who met whom across the table: ``tables`` are the sides by name, a table a meeting."""
    ties: Counter[tuple[str, str]] = Counter()
    sides: dict[str, str] = {}
    for people in tables:
        for (one, side), (other, across) in combinations(sorted(people.items()), 2):
            if side != across:
                ties[one, other] += 1
                sides[one], sides[other] = side, across
    found = tuple(Tie(one, other, count) for (one, other), count in sorted(ties.items()))
    return Network(found, dict(sorted(sides.items())))


def strongest(ties: Sequence[Tie], most: int) -> tuple[Tie, ...]:
    """The ties among the ``most`` who met others most often, so that a large graph can still be read."""
    often: Counter[str] = Counter()
    for tie in ties:
        often[tie.one] += tie.meetings
        often[tie.other] += tie.meetings
    shown = {name for name, _ in sorted(often.items(), key=lambda n: (-n[1], n[0]))[:most]}
    return tuple(tie for tie in ties if {tie.one, tie.other} <= shown)


def columns(ties: Sequence[Tie], sides: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The people of Cuba on the right and all others on the left, near to those they met.

    Each column in turn is sorted by the mean place of the people that its own met: the barycentre
    method for drawing in layers (Sugiyama, Tagawa and Toda 1981).
    """
    met: dict[str, list[str]] = {}
    for tie in ties:
        met.setdefault(tie.one, []).append(tie.other)
        met.setdefault(tie.other, []).append(tie.one)
    right = sorted(name for name in met if sides[name] == RIGHT)
    left = sorted(name for name in met if sides[name] != RIGHT)
    for _ in range(_SWEEPS):
        for moved, fixed in ((left, right), (right, left)):
            place = {name: row / len(fixed) for row, name in enumerate(fixed)}
            mean = {
                name: sum(place.get(n, 0.5) for n in met[name]) / len(met[name]) for name in moved
            }
            moved.sort(key=lambda name: (mean[name], name))
    return left, right


def topics_by_year(graph: Path | Sequence[Triple], language: str = "en") -> dict[str, Counter[int]]:
    """Give for each topic the number of meetings about it, by year; the most frequent topics first."""
    found: dict[str, Counter[int]] = {}
    for _, day, topic in _rows(graph, _TOPICS % language):
        found.setdefault(topic, Counter())[int(day[:4])] += 1
    return dict(sorted(found.items(), key=lambda item: (-item[1].total(), item[0])))


def _rows(graph: Path | Sequence[Triple], query: str) -> Iterator[list[str]]:
    for row in ask(graph, query).rows:
        yield [_plain(cell) for cell in row]


def _plain(cell: Term | None) -> str:
    return "" if cell is None else cell.lexical if isinstance(cell, Literal) else cell


def _tail(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]

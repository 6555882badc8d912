"""What a graph says of the meetings of a made archive, against what is known of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph
from making import Story

_SCHEMA, _USCUBA = "https://schema.org/", "https://w3id.org/uscuba-kg/ontology#"
_DAY, _PART = f"{_SCHEMA}startDate", f"{_USCUBA}participation"
_WHO, _LABEL = f"{_USCUBA}participant", "http://www.w3.org/2000/01/rdf-schema#label"

_NAMES = 2
"""So many words of a name tell who it is: the second surname is often left out."""

Met = tuple[dt.date, str, str]
"""A day and who met whom on it."""


class Score(NamedTuple):
    """Of the meetings told those that were, and of those that were those told.

    ``days`` is of days alone: whether a meeting is told on it, whoever took part.
    """

    meetings: int
    precision: float
    recall: float
    days: float


def score(graph: Path, stories: Iterable[Story]) -> Score:
    """Compare the meetings of an N-Quads file; a meeting told twice counts once as right."""
    days, parts, who, names = _facts(graph)
    told = Counter[Met]()
    meetings = 0
    for meeting, day in days.items():
        meetings += 1
        people = {_short(name) for p in parts[meeting] for w in who[p] for name in names[w]}
        told.update((day, a, b) for a in people for b in people if a != b)
    were = {(s.day, _short(s.us), _short(s.cuba)) for s in stories}
    right = sum(met in told for met in were)
    held = set(days.values())
    return Score(
        meetings,
        right / meetings if meetings else 0.0,
        right / len(were),
        sum(day in held for day, _, _ in were) / len(were),
    )


def _short(name: str) -> str:
    return " ".join(name.split()[:_NAMES])


def _facts(
    graph: Path,
) -> tuple[dict[str, dt.date], dict[str, set[str]], dict[str, set[str]], dict[str, set[str]]]:
    """Days of meetings, their participations, whose these are, and the names of people."""
    days: dict[str, dt.date] = {}
    found: dict[str, dict[str, set[str]]] = {p: defaultdict(set) for p in (_PART, _WHO, _LABEL)}
    with graph.open("rb") as file:
        for quad in pyoxigraph.parse(file, pyoxigraph.RdfFormat.N_QUADS):
            subject, predicate = quad.subject.value, quad.predicate.value
            if predicate == _DAY and "/meeting/" in subject and len(quad.object.value) == 10:
                days[subject] = dt.date.fromisoformat(quad.object.value)
            elif predicate in found and (predicate != _LABEL or "/person/" in subject):
                found[predicate][subject].add(quad.object.value)
    return days, found[_PART], found[_WHO], found[_LABEL]

"""A graph loaded into a store: the way in is found, batches are sent, what arrived is checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pyoxigraph

from uscuba_kg.errors import InputError, OutputError
from uscuba_kg.publish.load.batches import batches, read_lines
from uscuba_kg.publish.load.check import Finding, check
from uscuba_kg.publish.load.remote import Credentials, Remote
from uscuba_kg.publish.load.ways import Way, find_queries, find_way

_DIVISIBLE = (400, 413, 414, 500)
"""What stores answer to a batch that is too large for them."""

_MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Plan:
    """What is loaded where. ``graph`` None is the store's default graph."""

    path: Path
    url: str
    graph: str | None = None
    replace: bool = False
    batch: int | None = None
    credentials: Credentials = field(default_factory=Credentials)


@dataclass(frozen=True, slots=True)
class Result:
    """What was sent, how, and what was found there afterwards."""

    sent: int
    way: str
    url: str
    finding: Finding
    replaced: bool

    @property
    def sound(self) -> bool:
        """Whether nothing is known to be missing or too much."""
        found = self.finding.triples
        fits = found is None or (found == self.sent if self.replaced else found >= self.sent)
        return fits and not self.finding.missing


def load(plan: Plan, progress: Callable[[int, int], None] = lambda done, total: None) -> Result:
    """Load a graph into a store; run again after a break, it ends in the same state.

    ``progress`` is told how many triples of how many are there. Raises InputError for a graph that
    cannot be read, OutputError where the store does not take it.
    """
    _check_name(plan.graph)
    plain, blank = read_lines(plan.path)
    if blank and not plan.replace:
        raise InputError(
            f"{len(blank)} triples have blank nodes, which would be there twice if sent twice",
            place=str(plan.path),
            remedy="Replace the graph instead of adding to it: --replace.",
        )
    with Remote(plan.credentials) as remote:
        with remote.briefly():
            queries = find_queries(remote, plan.url)
            way = find_way(remote, plan.url, queries)
        if plan.replace:
            _accepted(remote.patiently(lambda: way.clear(plan.graph)), way)
        done, total = 0, len(plain) + len(blank)
        size = plan.batch or way.size
        for batch in (*([blank] if blank else []), *batches(plain, size)):
            _send(remote, way, plan.graph, batch)
            done += len(batch)
            progress(done, total)
        return Result(
            total, way.name, way.url, check(way, queries, plan.graph, plain), plan.replace
        )


def _check_name(graph: str | None) -> None:
    if graph is None:
        return
    try:
        pyoxigraph.NamedNode(graph)
    except ValueError as error:
        raise InputError(f"{graph!r} is no IRI", remedy="Name the graph by a whole IRI.") from error


def _send(remote: Remote, way: Way, graph: str | None, lines: Sequence[str]) -> None:
    """Send a batch; one that the store will not take whole is sent in halves."""
    answer = remote.patiently(lambda: way.add(graph, lines))
    if answer.status_code in _DIVISIBLE and len(lines) > 1:
        middle = len(lines) // 2
        _send(remote, way, graph, lines[:middle])
        _send(remote, way, graph, lines[middle:])
        return
    _accepted(answer, way)


def _accepted(answer: httpx.Response, way: Way) -> None:
    if answer.is_success:
        return
    said = " ".join(answer.text[:_MOST_SHOWN].split())
    named = (answer.status_code in (400, 500) and "the graph") or ""
    raise OutputError(
        f"the store refused: {answer.status_code} {answer.reason_phrase}. {said}",
        place=way.url,
        remedy="A store that has no default graph needs --graph IRI." if named else "",
    )

"""The two standard ways into a triplestore, and how it is asked which of them it knows."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Protocol

import httpx

from uscuba_kg.errors import OutputError
from uscuba_kg.publish.load.remote import Remote

_TURTLE = {"Content-Type": "text/turtle"}
_PROBE = '<urn:uscuba-kg:s> <urn:uscuba-kg:p> "o" .'
_FINE = range(200, 300)


class Way(Protocol):
    """How triples get into a graph of a store; ``graph`` None is the default graph."""

    name: str
    url: str
    size: int

    def add(self, graph: str | None, lines: Sequence[str]) -> httpx.Response:
        """Add triples."""

    def clear(self, graph: str | None) -> httpx.Response:
        """Make the graph empty; that it is not there is fine."""


class GraphStore:
    """SPARQL 1.1 Graph Store HTTP Protocol."""

    name = "the Graph Store Protocol"
    size = 10_000

    def __init__(self, remote: Remote, url: str) -> None:
        self._remote, self.url = remote, url

    def add(self, graph: str | None, lines: Sequence[str]) -> httpx.Response:
        """Add triples (POST)."""
        content = "\n".join((*lines, "")).encode()
        return self._remote.once(
            "POST", self.url, params=_named(graph), content=content, headers=_TURTLE
        )

    def clear(self, graph: str | None) -> httpx.Response:
        """Remove the graph (DELETE)."""
        answer = self._remote.once("DELETE", self.url, params=_named(graph))
        if answer.status_code == 404:
            answer.status_code = 204
        return answer

    def read(self, graph: str | None) -> httpx.Response:
        """All triples of a graph."""
        accept = {"Accept": "application/n-triples, text/turtle;q=0.5"}
        return self._remote.once("GET", self.url, params=_named(graph), headers=accept)


class Updates:
    """SPARQL 1.1 Update, as a form, which every store takes."""

    name = "SPARQL Update"
    size = 500

    def __init__(self, remote: Remote, url: str) -> None:
        self._remote, self.url = remote, url

    def add(self, graph: str | None, lines: Sequence[str]) -> httpx.Response:
        """Add triples (INSERT DATA)."""
        data = "\n".join(lines)
        return self._update(f"INSERT DATA {{ {_block(graph, data)} }}")

    def clear(self, graph: str | None) -> httpx.Response:
        """Make the graph empty (CLEAR)."""
        return self._update(f"CLEAR SILENT {'DEFAULT' if graph is None else f'GRAPH <{graph}>'}")

    def _update(self, text: str) -> httpx.Response:
        return self._remote.once("POST", self.url, data={"update": text})


class Queries:
    """SPARQL 1.1 Query, at an address."""

    def __init__(self, remote: Remote, url: str) -> None:
        self._remote, self.url = remote, url

    def ask(self, graph: str | None, pattern: str) -> bool | None:
        """Whether a graph holds a pattern; None where that cannot be told."""
        answer = self._query(f"ASK {{ {_block(graph, pattern)} }}")
        return None if answer is None else bool(answer["boolean"])

    def count(self, graph: str | None) -> int | None:
        """How many triples a graph holds; None where that cannot be told."""
        block = _block(graph, "?s ?p ?o")
        answer = self._query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {block} }}")
        return None if answer is None else int(answer["results"]["bindings"][0]["n"]["value"])

    def _query(self, text: str) -> dict[str, dict[str, list[dict[str, dict[str, str]]]]] | None:
        answer = self._remote.once(
            "POST",
            self.url,
            data={"query": text},
            headers={"Accept": "application/sparql-results+json"},
        )
        if answer.status_code not in _FINE:
            return None
        try:
            found: dict[str, dict[str, list[dict[str, dict[str, str]]]]] = answer.json()
        except ValueError:
            return None
        return found


def _named(graph: str | None) -> dict[str, str]:
    return {"default": ""} if graph is None else {"graph": graph}


def _block(graph: str | None, pattern: str) -> str:
    return pattern if graph is None else f"GRAPH <{graph}> {{ {pattern} }}"


@cache
def _endings() -> dict[str, list[str]]:
    with Path(__file__).with_name("addresses.toml").open("rb") as file:
        return {kind: list(told["endings"]) for kind, told in tomllib.load(file).items()}


def addresses(url: str, kind: str) -> Iterator[str]:
    """The addresses at which a store that is known by one may be found, likeliest first."""
    bare = url.rstrip("/")
    known = [ending for endings in _endings().values() for ending in endings if ending]
    base = next((bare.removesuffix(e) for e in known if bare.endswith(e)), bare)
    seen = []
    for candidate in (url, *(base + ending for ending in _endings()[kind])):
        if candidate not in seen:
            seen.append(candidate)
            yield candidate


def find_queries(remote: Remote, url: str) -> Queries | None:
    """Where the store answers queries; asked with ``ASK {}``."""
    for address in addresses(url, "query"):
        queries = Queries(remote, address)
        if _quietly(partial(queries.ask, None, "")):
            return queries
    return None


def find_way(remote: Remote, url: str, queries: Queries | None) -> Way:
    """The way in that the store knows, tried with one triple in a graph that is removed again.

    Raises OutputError, with what the store said, where there is none.
    """
    said: list[str] = []
    probe = f"urn:uscuba-kg:probe:{uuid.uuid4().hex}"
    graphs = (a for a in addresses(url, "graphs") if queries is None or a != queries.url)
    ways: list[Way] = [GraphStore(remote, a) for a in graphs]
    ways += [Updates(remote, a) for a in addresses(url, "update")]
    for way in ways:
        try:
            answer = way.add(probe, [_PROBE])
        except httpx.TransportError as error:
            said.append(f"{way.url}: {error}")
            continue
        if answer.status_code in _FINE and _arrived(way, queries, probe):
            way.clear(probe)
            return way
        said.append(f"{way.url}: {answer.status_code} {answer.reason_phrase} ({way.name})")
    raise OutputError(
        "this store takes triples neither by the Graph Store Protocol nor by SPARQL Update",
        place=url,
        remedy="It was asked at:\n" + "\n".join(f"  {line}" for line in said),
    )


def _arrived(way: Way, queries: Queries | None, probe: str) -> bool:
    if isinstance(way, GraphStore):
        answer = way.read(probe)
        return answer.status_code in _FINE and "urn:uscuba-kg:s" in answer.text
    return queries is None or queries.ask(probe, "<urn:uscuba-kg:s> ?p ?o") is True


def _quietly(ask: Callable[[], object]) -> bool:
    try:
        return ask() is True
    except (httpx.TransportError, KeyError, TypeError):
        return False

"""A server over a small graph, for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from running import running

GRAPH = """\
@prefix e: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix uscuba: <https://w3id.org/uscuba-kg/ontology#> .
@prefix void: <http://rdfs.org/ns/void#> .
<https://w3id.org/uscuba-kg/id/person/josefina-vidal> a uscuba:Person ;
    rdfs:label "Josefina Vidal"@es .
<https://w3id.org/uscuba-kg/id/dataset> a void:Dataset ; void:classPartition e:part .
e:part void:entities 1 .
e:a e:says "<script>alert(1)</script>" .
"""
NAMED = '<http://example.org/n> <http://example.org/p> "1" <http://example.org/g> .\n'


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The files of the small graph."""
    folder = tmp_path_factory.mktemp("graph")
    (folder / "kg.ttl").write_text(GRAPH, encoding="utf-8")
    (folder / "named.nq").write_text(NAMED, encoding="utf-8")
    return folder / "kg.ttl", folder / "named.nq"


@pytest.fixture(scope="session")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server writes of its requests."""
    return tmp_path_factory.mktemp("log") / "access.jsonl"


@pytest.fixture(scope="session")
def client(graph: tuple[Path, Path], log: Path) -> Iterator[httpx.Client]:
    """A client of a server whose limits are small."""
    limits = ("--time-limit", "1", "--result-limit", "1", "--workers", "2", "--log", str(log))
    with running(*map(str, graph), *limits) as server, httpx.Client(base_url=server.url) as found:
        found.headers.pop("accept")
        found.headers.pop("accept-encoding")
        yield found

"""The contract of every store: what is loaded is there, once, whatever happened on the way."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import time
import uuid
from pathlib import Path

import httpx
import pytest
from running import COMMAND

from load.conftest import Store
from uscuba_kg.errors import OutputError
from uscuba_kg.publish.load import Plan, load
from uscuba_kg.publish.load.ways import GraphStore, Updates

MANY = 2_600


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with all that a graph of ours holds: languages, dates, numbers, odd characters."""
    path = tmp_path_factory.mktemp("graph") / "kg.ttl"
    lines = [
        "@prefix e: <http://example.org/> .",
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .",
        'e:a e:label "Reunión"@es, "Meeting"@en, "línea\\n\\"q\\" \\\\ 🇨🇺" .',
        'e:a e:on "2014-12-17"^^xsd:date, "2014-12"^^xsd:gYearMonth, "2014"^^xsd:gYear .',
        'e:a e:size 3, "0.85"^^xsd:decimal ; e:sure true ; e:page <https://x.example/a?b=1> .',
        'e:a e:text "' + "x" * 5_000 + '" .',
        *(f'e:n{n} e:label "number {n}"@en .' for n in range(MANY)),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


SIZE = MANY + 11


def named() -> str:
    return f"http://example.org/graph/{uuid.uuid4().hex}"


def held(store: Store, name: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"
    accept = {"Accept": "application/sparql-results+json"}
    answer = httpx.post(store.queries, data={"query": query}, headers=accept, timeout=30)
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def test_a_graph_arrives_as_it_was_sent(store: Store, graph: Path) -> None:
    name, seen = named(), []
    plan = Plan(graph, store.url, name, credentials=store.credentials)
    result = load(plan, lambda done, total: seen.append((done, total)))
    assert result.sent == SIZE == held(store, name)
    assert result.finding.triples == SIZE
    assert result.finding.missing == ()
    assert result.sound
    assert seen[-1] == (SIZE, SIZE)


@pytest.mark.parametrize("way", [GraphStore, Updates], ids=["graphs", "updates"])
def test_both_ways_lead_there(store: Store, graph: Path, way, monkeypatch) -> None:
    other = Updates if way is GraphStore else GraphStore
    monkeypatch.setattr(other, "add", lambda *args: httpx.Response(405))
    result = load(Plan(graph, store.url, named(), credentials=store.credentials))
    assert result.way == way.name
    assert result.sound


def test_to_load_twice_is_to_load_once(store: Store, graph: Path) -> None:
    plan = Plan(graph, store.url, named(), credentials=store.credentials)
    assert load(plan).finding.triples == SIZE
    assert load(plan).finding.triples == SIZE


def test_a_graph_is_replaced_or_added_to(store: Store, graph: Path, tmp_path: Path) -> None:
    name = named()
    small = tmp_path / "small.nt"
    small.write_text('<urn:s> <urn:p> "o" .\n', encoding="utf-8")
    add = Plan(small, store.url, name, credentials=store.credentials)
    load(dataclasses.replace(add, path=graph))
    assert load(add).finding.triples == SIZE + 1
    assert load(dataclasses.replace(add, replace=True)).finding.triples == 1 == held(store, name)


def test_a_load_that_was_killed_is_ended_by_the_next(store: Store, graph: Path) -> None:
    name = named()
    env = {
        **os.environ,
        "USCUBA_KG_TOKEN": store.credentials.token,
        "USCUBA_KG_PASSWORD": store.credentials.password,
    }
    user = ["--user", store.credentials.user] if store.credentials.user else []
    command = [*COMMAND[:-1], "load", str(graph), "--to", store.url, "--graph", name]
    args = [*command, *user, "--batch", "20", "--replace"]
    process = subprocess.Popen(args, env=env, stdout=subprocess.PIPE, text=True)
    for _ in range(500):
        if held(store, name) > 0:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert 0 < held(store, name) < SIZE
    done = subprocess.run(
        [*command, *user, "--replace"], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"The graph holds {SIZE:,}; 50 of 50 samples are as sent." in done.stdout
    assert held(store, name) == SIZE


def test_the_default_graph_is_loaded_where_there_is_one(
    store: Store, graph: Path, tmp_path: Path
) -> None:
    small = tmp_path / "small.nt"
    small.write_text('<urn:s> <urn:p> "o" .\n', encoding="utf-8")
    plan = Plan(small, store.url, None, replace=True, credentials=store.credentials)
    if store.unnamed:
        assert load(plan).sound
    else:
        with pytest.raises(OutputError, match="needs --graph IRI"):
            load(plan)


def test_whoever_may_not_write_is_told(store: Store, graph: Path) -> None:
    if store.name == "oxigraph":
        pytest.skip("Oxigraph's server knows no users")
    plan = Plan(graph, store.url, named())
    with pytest.raises(OutputError, match="401"):
        load(plan)


def test_blank_nodes_are_sent_at_once(store: Store, tmp_path: Path) -> None:
    name, path = named(), tmp_path / "blank.ttl"
    blank = "".join(f"[] <urn:p> [ <urn:q> {n} ] .\n" for n in range(300))
    path.write_text(blank, encoding="utf-8")
    plan = Plan(path, store.url, name, replace=True, batch=100, credentials=store.credentials)
    assert load(plan).finding.triples == 600
    assert load(plan).finding.triples == 600

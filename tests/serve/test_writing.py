"""Writing: only with the token, all or nothing, and still there after the end."""

from __future__ import annotations

import base64
import contextlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from running import TOKEN, Server, running

UPDATE = {"Content-Type": "application/sparql-update"}
TURTLE = {"Content-Type": "text/turtle"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}
BASIC = {"Authorization": "Basic " + base64.b64encode(f"me:{TOKEN}".encode()).decode()}
G = "http://example.org/g"


@contextlib.contextmanager
def writable(folder: Path, *more: str) -> Iterator[Server]:
    with running("--writable", "--store", str(folder), *more, writable=True) as server:
        yield server


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, graph: tuple[Path, Path]
) -> Iterator[httpx.Client]:
    """A server that may be written to, over the small graph."""
    folder = tmp_path_factory.mktemp("store")
    with (
        writable(folder, *map(str, graph), "--workers", "2") as found,
        httpx.Client(base_url=found.url, timeout=30) as client,
    ):
        client.headers.pop("accept")
        yield client


def update(client: httpx.Client, text: str, **more: object) -> httpx.Response:
    return client.post("/sparql", content=text, headers={**UPDATE, **BEARER}, **more)  # type: ignore[arg-type]


def holds(client: httpx.Client, pattern: str) -> bool:
    answer = client.get("/sparql", params={"query": f"ASK {{ {pattern} }}"})
    return bool(answer.json()["boolean"])


@pytest.mark.parametrize("right", [BEARER, BASIC])
def test_what_is_written_is_read_at_once(server, right) -> None:
    for number in range(5):
        triple = f"<urn:s{right['Authorization'][:5]}> <urn:p> {number}"
        answer = server.post(
            "/sparql", data={"update": f"INSERT DATA {{ {triple} }}"}, headers=right
        )
        assert answer.status_code == 204
        assert holds(server, triple)
    assert holds(server, "?s rdfs:label 'Josefina Vidal'@es")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401),
        ({"Authorization": "Bearer"}, 401),
        ({"Authorization": "Basic !!!"}, 401),
        ({"Authorization": "Basic " + base64.b64encode(TOKEN.encode()).decode()}, 401),
        ({"Authorization": f"Digest {TOKEN}"}, 401),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_without_the_token_nothing_is_written(server, headers, status, method) -> None:
    target = "/sparql" if method == "POST" else "/store?default"
    answer = server.request(method, target, content="CLEAR ALL", headers={**UPDATE, **headers})
    assert answer.status_code == status
    assert "Bearer" in answer.headers["www-authenticate"]
    assert TOKEN not in answer.text
    assert holds(server, "?s rdfs:label ?o")


def test_an_update_is_all_or_nothing(server) -> None:
    answer = update(
        server, "INSERT DATA { <urn:half> <urn:p> 1 } ; CREATE GRAPH <urn:x> ; CREATE GRAPH <urn:x>"
    )
    assert answer.status_code == 400
    assert not holds(server, "<urn:half> ?p ?o")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("INSERT DATA { <urn:a> }", "Line 1, column "),
        ("LOAD <http://127.0.0.1:9/>", "LOAD is refused"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("INSERT DATA { <urn:a> <urn:b> " + "(" * 3000 + ")" * 3000 + " }", "nests"),
    ],
)  # fmt: skip
def test_an_update_that_is_wrong_says_why(server, text, words) -> None:
    answer = update(server, text)
    assert (answer.status_code, words in answer.text) == (400, True), answer.text


@pytest.mark.parametrize(
    ("text", "params", "wanted"),
    [
        ("INSERT { <urn:r1> ?p ?o } WHERE { <http://example.org/n> ?p ?o }", {}, False),
        ("INSERT { <urn:r2> ?p ?o } WHERE { <http://example.org/n> ?p ?o }", {"using-graph-uri": G}, True),
        ("INSERT { <urn:r3> ?p ?o } # WHERE\nwhere { <http://example.org/n> ?p ?o }", {"using-graph-uri": G}, True),
        ("INSERT { <urn:r4> ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", {"using-named-graph-uri": G}, True),
        ("INSERT { <urn:r5> ?p ?o } WHERE { ?s ?p ?o }", {"using-named-graph-uri": G}, False),
        ("INSERT DATA { <urn:r6> <urn:p> ' WHERE { } ' }", {"using-graph-uri": G}, True),
    ],
)  # fmt: skip
def test_an_update_looks_at_the_graphs_that_the_request_names(server, text, params, wanted) -> None:
    answer = update(server, text, params=params)
    assert answer.status_code == 204, answer.text
    assert holds(server, f"<{text[text.index('urn:') : text.index('> ')]}> ?p ?o") is wanted


def test_a_pattern_of_delete_where_is_sought_in_the_graphs_that_are_named(server) -> None:
    update(server, "INSERT DATA { <urn:d> <urn:p> 1 GRAPH <urn:dg> { <urn:d> <urn:p> 2 } }")
    answer = update(
        server, "DELETE WHERE { <urn:d> <urn:p> ?o }", params={"using-graph-uri": "urn:dg"}
    )
    assert answer.status_code == 204
    assert holds(server, "<urn:d> <urn:p> 1")  # only 2 was found, and it is not in this graph


@pytest.mark.parametrize(
    "word", ["WITH <urn:g> INSERT { } WHERE { }", "INSERT { } USING <urn:g> WHERE { }"]
)
def test_graphs_are_named_once(server, word) -> None:
    answer = update(server, word, params={"using-graph-uri": G})
    assert answer.status_code == 400
    assert "USING or WITH" in answer.text


def test_graphs_are_put_added_to_and_removed(server) -> None:
    target = {"params": {"graph": "http://example.org/own"}}
    write = {**TURTLE, **BEARER}
    first = server.put("/store", content="<urn:s> <urn:p> 1 .", headers=write, **target)
    assert first.status_code == 201
    assert first.headers["location"] == "http://example.org/own"
    assert (
        server.put("/store", content="<> <urn:p> 2 .", headers=write, **target).status_code == 204
    )
    assert (
        server.post("/store", content="<> <urn:p> 3 .", headers=write, **target).status_code == 204
    )
    got = server.get("/store", headers={"Accept": "application/n-triples"}, **target)
    lines = sorted(got.text.splitlines())
    assert [line.split()[0] for line in lines] == ["<http://example.org/own>"] * 2
    assert server.delete("/store", headers=BEARER, **target).status_code == 204
    assert server.get("/store", **target).status_code == 404
    assert server.delete("/store", headers=BEARER, **target).status_code == 404


def test_a_graph_that_has_no_name_is_given_one(server) -> None:
    made = server.post("/store", content="<urn:s> <urn:p> 1 .", headers={**TURTLE, **BEARER})
    assert made.status_code == 201
    assert "<urn:s>" in server.get(made.headers["location"]).text


def test_an_empty_graph_is_there(server) -> None:
    made = server.put("/store/empty", content="", headers={**TURTLE, **BEARER})
    assert made.status_code == 201
    assert server.get("/store/empty").status_code == 200


XML = (
    "<!DOCTYPE r [<!ENTITY e %s><!ENTITY f %s>]>"
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="&e;">'
    '<rdf:Description rdf:about="urn:a"><e:p>&f;</e:p></rdf:Description></rdf:RDF>'
)


def test_entities_of_a_document_are_read(server) -> None:
    headers = {**BEARER, "Content-Type": "application/rdf+xml"}
    content = XML % ('"urn:e:"', '"words"')
    assert server.put("/store?graph=urn:xml", content=content, headers=headers).status_code == 201
    triples = server.get("/store?graph=urn:xml", headers={"Accept": "application/n-triples"}).text
    assert triples == '<urn:a> <urn:e:p> "words" .\n'
    assert server.delete("/store?graph=urn:xml", headers=BEARER).status_code == 204


@pytest.mark.parametrize(
    ("content", "media", "status"),
    [
        ("<urn:s> <urn:p>", "text/turtle", 400),
        ("{}", "application/unknown", 415),
        ("", "", 415),
        ("x", "multipart/form-data", 400),
        (XML % ('"urn:e:"', '"&e;&e;"'), "application/rdf+xml", 400),
        (XML % ("'urn:e:'", "'&#38;e;'"), "application/rdf+xml", 400),
    ],
)
def test_a_document_that_is_not_understood_changes_nothing(server, content, media, status) -> None:
    before = server.get("/store?default", headers={"Accept": "application/n-triples"}).text
    headers = {**BEARER, **({"Content-Type": media} if media else {})}
    answer = server.put("/store?default", content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert server.get("/store?default", headers={"Accept": "application/n-triples"}).text == before


def test_an_answer_that_was_kept_is_not_given_after_a_change(server) -> None:
    query = {"query": "SELECT (COUNT(*) AS ?n) { <urn:count> ?p ?o }"}
    first, *_ = (server.get("/sparql", params=query) for _ in range(3))
    update(server, "INSERT DATA { <urn:count> <urn:p> 1 }")
    second = server.get("/sparql", params=query, headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert second.content != first.content


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_acknowledged_is_still_there(tmp_path, graph, number) -> None:
    triples = [f"<urn:s{n}> <urn:p> {n}" for n in range(20)]
    store = (tmp_path / "store", str(graph[0]))
    with writable(*store) as server, httpx.Client(base_url=server.url) as client:
        for triple in triples:
            assert update(client, f"INSERT DATA {{ {triple} }}").status_code == 204
        os.kill(server.pid, number)
    with writable(*store) as server, httpx.Client(base_url=server.url) as client:
        assert all(holds(client, triple) for triple in triples)
        assert holds(client, "?s rdfs:label 'Josefina Vidal'@es")


@pytest.mark.parametrize(("more", "token"), [((), TOKEN), (("--store", "store"), "short")])
def test_writing_needs_a_place_and_a_token(more, token) -> None:
    with (
        pytest.raises(RuntimeError, match="did not start"),
        running("--writable", *more, writable=True, token=token),
    ):
        pass


def test_a_store_on_disk_is_read(tmp_path, graph) -> None:
    for _ in range(2):  # made, then found
        args = (*map(str, graph), "--store", str(tmp_path / "store"))
        with running(*args) as server, httpx.Client(base_url=server.url) as client:
            assert holds(client, "?s rdfs:label 'Josefina Vidal'@es")
            assert client.get("/health").json()["triples"] == 7
            assert client.put("/store?default", content="", headers=BEARER).status_code == 403
    (place,) = (tmp_path / "store").iterdir()
    assert len(pyoxigraph.Store.read_only(str(place))) == 7


def test_whoever_reads_while_much_is_written_sees_whole_graphs(tmp_path, graph) -> None:
    """The writer merges files away under the eyes of whoever opens the store."""
    size, graphs = 500, 3
    seen: list[httpx.Response] = []
    stop = threading.Event()
    query = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:many> ?o } }"
    with writable(tmp_path / "store", str(graph[0]), "--workers", "2") as server:

        def read() -> None:
            with httpx.Client(base_url=server.url, timeout=30) as client:
                while not stop.is_set():
                    seen.append(client.get("/sparql", params={"query": query, "format": "csv"}))

        reading = threading.Thread(target=read)
        reading.start()
        while not seen:  # the empty graph is seen before anything is written
            time.sleep(0.01)
        with httpx.Client(base_url=server.url, timeout=30, headers={**TURTLE, **BEARER}) as client:
            for turn in range(18):
                lines = (f"<urn:{n}> <urn:many> '{turn} {'x' * 400}' ." for n in range(size))
                target = f"/store?graph=urn:g{turn % graphs}"
                assert client.put(target, content="".join(lines)).is_success
        stop.set()
        reading.join()
    assert {answer.status_code for answer in seen} == {200}
    counts = {int(answer.text.split()[1]) for answer in seen}
    assert counts <= {size * n for n in range(graphs + 1)}
    assert len(counts) > 1

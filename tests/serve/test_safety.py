"""What a stranger's request may not do: reach out, last, grow, block others, or write into a log."""

from __future__ import annotations

import asyncio
import contextlib
import http.server
import json
import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from running import running

from uscuba_kg.publish.explorer.words import words
from uscuba_kg.publish.serve import confine
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.texts import checked_query, checked_update

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { VALUES ?a { %s } VALUES ?b { %s } VALUES ?c { %s } VALUES ?d { %s } "
    "FILTER(STR(?a) != STR(?d)) }" % ((" ".join(map(str, range(300))),) * 4)
)
LARGE = "SELECT * {{ VALUES ?a {{ {0} }} VALUES ?b {{ {0} }} VALUES ?c {{ {0} }} }}".format(
    " ".join(map(str, range(100)))
)
ASK = {"query": "ASK { ?s ?p ?o }"}


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <urn:a> { } }",
        "ASK { FILTER" + "(" * 101 + ")" * 101 + " }",
        "ASK { " + "?a ?b ?c . " * 1001 + "}",
        "ASK { } #" + "x" * 70_000,
    ],
)
def test_what_is_refused_is_known_to_the_page(client, query: str) -> None:
    answer = client.post("/sparql", data={"query": query})
    assert known_to_the_page(answer.text), answer.text


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that notes each request that reaches it."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            body = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", seen
    server.shutdown()


def known_to_the_page(told: str) -> bool:
    """Whether the query page can say this in other languages."""
    said = words("en")["query"]["said"].values()
    patterns = (re.sub(r"\\{\w+\\}", ".+", re.escape(sentence)) for sentence in said)
    return any(re.fullmatch(pattern, told.strip()) for pattern in patterns)


def figure(client: httpx.Client, name: str) -> float:
    lines = client.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(name))


def test_a_query_is_stopped_at_its_limit_and_its_core_is_free(client) -> None:
    before = figure(client, "uscuba_stopped_total")
    answer = client.get("/sparql", params={"query": ENDLESS})
    assert answer.status_code == 503
    assert "Stopped after 1 seconds" in answer.text
    assert known_to_the_page(answer.text)
    assert figure(client, "uscuba_stopped_total") == before + 1
    assert client.get("/sparql", params=ASK).json()["boolean"] is True


def test_an_answer_is_whole_or_none(client) -> None:
    answer = client.get("/sparql", params={"query": LARGE})
    assert answer.status_code == 400
    assert f"larger than {1 << 20} bytes" in answer.text
    assert known_to_the_page(answer.text)


def workers() -> set[int]:
    """The processes that a keeper has forked, of all servers of these tests."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes()
            if b"uscuba_kg.publish.serve.keeper" in words:
                found.add(int(place.parent.name))
        except OSError:
            continue
    return found


def test_who_hangs_up_frees_the_worker(client) -> None:
    before, known = figure(client, "uscuba_stopped_total"), workers()
    with pytest.raises(httpx.ReadTimeout):
        client.get("/sparql", params={"query": ENDLESS}, timeout=0.3)
    for _ in range(40):
        if figure(client, "uscuba_stopped_total") > before:
            break
        time.sleep(0.02)
    assert figure(client, 'uscuba_stopped_total{reason="hung up"}') >= 1
    for _ in range(100):  # it ends when the system gives it its turn to
        if known - workers():
            break
        time.sleep(0.02)
    assert known - workers(), "the worker is still there"


def test_a_worker_that_is_lost_touches_no_other_request(graph) -> None:
    with (
        running(str(graph[0]), "--workers", "3", "--time-limit", "2") as server,
        ThreadPoolExecutor(2) as many,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        (keeper,) = children(server.pid)
        slow = [many.submit(ask_alone, server.url) for _ in range(2)]
        time.sleep(0.7)
        os.kill(max(children(keeper), key=cpu), signal.SIGKILL)
        assert client.get("/sparql", params=ASK).json()["boolean"] is True
        answers = [s.result() for s in slow]
    assert [a.status_code for a in answers] == [503, 503]
    # one was lost at once, the other ran to its limit
    assert sum("Stopped after 2 seconds" in a.text for a in answers) == 1


def children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(n) for n in path.read_text().split()]


def cpu(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


SWELLING = (
    'SELECT (STRLEN(?d) AS ?n) {{ BIND("{}" AS ?a) BIND(CONCAT({}) AS ?b) BIND(CONCAT({}) AS ?c)'
    " BIND(CONCAT({}) AS ?d) }}"
).format("x" * 4096, *(", ".join([name] * 70) for name in ("?a", "?b", "?c")))
"""A string of 1.4 GB, from one of 4 kB."""


def test_a_query_that_grows_too_large_is_stopped_and_the_log_stays_a_log(graph, capfd) -> None:
    with (
        running(str(graph[0]), "--log", "-") as server,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        answer = client.post("/sparql", data={"query": SWELLING})
        assert client.get("/sparql", params=ASK).json()["boolean"] is True
    assert answer.status_code == 503
    assert answer.text.startswith("Stopped: it took more than 1 GiB of memory")
    assert known_to_the_page(answer.text)
    lines = capfd.readouterr().err.splitlines()
    assert [json.loads(line).get("status") for line in lines if '"request"' in line] == [503, 200]
    assert all(line.startswith('{"time": ') for line in lines)


def test_a_keeper_that_is_lost_is_replaced(graph) -> None:
    with running(str(graph[0])) as server, httpx.Client(base_url=server.url) as client:
        (keeper,) = children(server.pid)
        os.kill(keeper, 9)
        for _ in range(100):
            if children(server.pid) not in ([], [keeper]):
                break
            time.sleep(0.05)
        answer = client.get("/sparql", params={"query": "ASK { ?s rdfs:label ?o }"})
        assert answer.json()["boolean"] is True


def test_whoever_comes_when_all_is_busy_is_told_when_to_come_again(client) -> None:
    async def ask_many() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=80)
        async with httpx.AsyncClient(base_url=client.base_url, limits=limits, timeout=30) as many:
            asked = (many.post("/sparql", data={"query": ENDLESS}) for _ in range(80))
            return await asyncio.gather(*asked)

    with ThreadPoolExecutor(1) as other:  # a browser's loop may be running in this thread
        answers = other.submit(asyncio.run, ask_many()).result()
    busy = [a for a in answers if "as much to do" in a.text]
    assert len(busy) >= 80 - 2 * 2 - 64
    assert {a.status_code for a in answers} == {503}
    assert all(a.headers["retry-after"] == "1" for a in busy)
    assert known_to_the_page(busy[0].text)
    assert client.get("/sparql", params=ASK).status_code == 200


def ask_alone(url: str) -> httpx.Response:
    return httpx.get(f"{url}/sparql", params={"query": ENDLESS}, timeout=30)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
        "SELECT * { BIND(<%s> AS ?x) service ?x { ?s ?p ?o } }",
        "SELECT * FROM <%s> { ?s ?p ?o }",
        "ASK { GRAPH <%s> { ?s ?p ?o } }",
    ],
)
def test_no_query_leaves_the_machine(client, canary, query) -> None:
    place, seen = canary
    client.get("/sparql", params={"query": query % place})
    assert seen == []


def test_without_its_sockets_the_engine_reaches_nobody(canary) -> None:
    place, seen = canary
    query = f"SELECT * {{ SERVICE <{place}> {{ ?s ?p ?o }} }}"
    pyoxigraph.Store().query(query)
    list(pyoxigraph.Store().query(query))
    assert seen  # the engine does go out where nobody keeps it from it
    for forbid in (confine.forbid_sockets, confine.forbid_files):
        seen.clear()
        pid = os.fork()
        if pid == 0:
            try:
                forbid()
                list(pyoxigraph.Store().query(query))
            except Exception:
                os._exit(7)
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7
        assert seen == []


@pytest.mark.parametrize(
    ("text", "allowed", "fine"),
    [
        ("ASK { SERVICE <http://a/> { ?s ?p ?o } }", ("http://a/",), True),
        ("ASK { SERVICE SILENT <http://a/> { ?s ?p ?o } }", ("http://a/",), True),
        ("ASK { SERVICE <http://b/> { ?s ?p ?o } }", ("http://a/",), False),
        ("ASK { SERVICE ?x { ?s ?p ?o } VALUES ?x { <http://a/> } }", ("http://a/",), False),
        ("ASK { ?s ?p 'SERVICE <http://b/>' }", (), True),
        ("ASK { ?s ?p ?o } # SERVICE <http://b/>", (), True),
    ],
)
def test_only_what_is_allowed_is_reached(text, allowed, fine) -> None:
    if fine:
        checked_query(text, allowed)
    else:
        with pytest.raises(RefusalError, match="SERVICE is refused"):
            checked_query(text, allowed)


@pytest.mark.parametrize(
    ("text", "allowed", "given"),
    [
        ("LOAD <http://a/>", ("http://a/",), "LOAD <http://a/>"),
        ("LOAD <http://b/>", ("http://a/",), None),
        ("LOAD <file:///etc/passwd> INTO GRAPH <urn:g>", (), None),
        ("LOAD SILENT <http://b/>", (), "CLEAR SILENT GRAPH <urn:uscuba-kg:none>"),
        (
            "LOAD SILENT <http://b/> INTO GRAPH <urn:g> ; CLEAR ALL",
            (),
            "CLEAR SILENT GRAPH <urn:uscuba-kg:none> ; CLEAR ALL",
        ),
        ("INSERT DATA { <urn:a> <urn:b> 'LOAD SILENT <x>' }", (), "INSERT DATA { <urn:a> <urn:b> 'LOAD SILENT <x>' }"),
    ],
)  # fmt: skip
def test_a_document_is_loaded_only_if_it_is_allowed(text, allowed, given) -> None:
    if given is None:
        with pytest.raises(RefusalError, match="LOAD is refused"):
            checked_update(text, allowed)
    else:
        assert checked_update(text, allowed) == given


def test_health_and_figures(client) -> None:
    health = client.get("/health")
    assert (health.status_code, health.json()["status"], health.json()["triples"]) == (200, "ok", 7)
    client.get("/sparql", params=ASK)
    assert figure(client, 'uscuba_requests_total{area="/sparql",status="200"}') >= 1
    assert figure(client, "uscuba_triples") == 7


def test_each_request_is_one_line_of_the_log(client, log) -> None:
    nasty = 'ASK { ?s ?p "x\\n{\\"status\\": 200}\u2028\u202e<script>" }'
    client.get("/sparql", params={"query": nasty, "x": "\r\nFake: line"})
    client.get("/nowhere/%0d%0aX")
    for _ in range(100):  # the line is written when the answer is on its way
        told = [json.loads(line) for line in log.read_bytes().decode("ascii").splitlines()]
        if told[-1]["path"].startswith("/nowhere"):
            break
        time.sleep(0.02)
    assert told[-1]["path"] == "/nowhere/\r\nX"
    assert told[-2]["query"] == nasty
    assert told[-2]["status"] == 200
    assert {"time", "client", "method", "bytes", "milliseconds", "kept"} <= set(told[-2])


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /sparql HTTP/1.1\r\n\r\n",
        b"GARBAGE\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/9.9\r\nHost: x\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"\x00" * 100,
    ],
)
def test_what_is_no_request_harms_nobody(client, sent) -> None:
    port = client.base_url.port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        connection.recv(4096)
    assert client.get("/sparql", params=ASK).status_code == 200


def test_a_head_that_has_no_end_is_cut_off(client) -> None:
    with socket.create_connection(("127.0.0.1", client.base_url.port), timeout=10) as connection:
        sent = 0
        with contextlib.suppress(ConnectionError):
            connection.sendall(b"GET /sparql HTTP/1.1\r\nHost: x\r\n")
            while sent < 1 << 22:
                sent += connection.send(b"X-Y: " + b"z" * 10_000 + b"\r\n")
            assert connection.recv(1) == b""
    assert client.get("/sparql", params=ASK).status_code == 200


@pytest.mark.parametrize(
    ("status", "kind", "size"),
    [
        (413, b"application/sparql-query", 2_000_000),
        (403, b"application/sparql-update", 2_000_000),
        (403, b"application/sparql-update", 9),
    ],
)
def test_who_is_refused_before_the_body_has_come_may_go_on(client, status, kind, size) -> None:
    """The refusal is sent at once; what still comes of the body is not taken for a new head."""
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    with socket.create_connection(("127.0.0.1", client.base_url.port), timeout=10) as connection:
        connection.sendall(head % (kind, size))
        assert connection.recv(1 << 16).startswith(b"HTTP/1.1 %d" % status)
        connection.sendall(b" " * size)
        for _ in range(2):
            connection.sendall(b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n")
            assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200")


def test_one_connection_serves_many_requests(client) -> None:
    body = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    with socket.create_connection(("127.0.0.1", client.base_url.port), timeout=10) as connection:
        found = b""
        for _ in range(30):
            connection.sendall(body)
            while not found.endswith(b"}"):
                found += connection.recv(1 << 16)
            assert found.startswith(b"HTTP/1.1 200")
            found = b""

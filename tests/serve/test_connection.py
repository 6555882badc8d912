"""HTTP/1.1 as it comes over a connection: what belongs to which request, and when a connection ends."""

from __future__ import annotations

import os
import signal
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from running import running

from uscuba_kg.publish.serve import listen
from uscuba_kg.publish.serve.connection import HEAD_SECONDS, IDLE_SECONDS, Connection

GET = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
YES = b'{"head":{},"boolean":true}'
MANY = " ".join(map(str, range(300)))
ENDLESS = (
    f"ASK {{ VALUES ?a {{ {MANY} }} VALUES ?b {{ {MANY} }} VALUES ?c {{ {MANY} }} VALUES ?d {{ {MANY} }} "
    "FILTER(STR(?a) = CONCAT(STR(?d), 'x')) }"
)


def answers(client: httpx.Client, *parts: bytes) -> bytes:
    """All that comes back when parts are sent, each a moment after the other, until the end."""
    with socket.create_connection(("127.0.0.1", client.base_url.port), timeout=10) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(0.02)
        found = b""
        while part := connection.recv(1 << 16):
            found += part
        return found


LAST = GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize(
    ("parts", "statuses"),
    [
        ([LAST], [200]),
        ([GET, LAST], [200, 200]),
        ([GET * 3 + LAST], [200] * 4),
        ([LAST + GET], [200]),
        ([GET[:20], GET[20:] + LAST[:30], LAST[30:]], [200, 200]),
        ([b"HEAD" + GET[3:] + LAST], [200, 200]),
        ([b"OPTIONS" + GET[3:] + LAST], [204, 200]),
        ([GET.replace(b"1.1", b"1.0")], [200]),
        ([GET.replace(b"GET /", b"GET http://x/") + LAST], [200, 200]),
        ([GET.replace(b"\r\n\r\n", b"\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n")], [200]),
        ([b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n" + FORM + b"\r\n",
          b"6\r\nquery=\r\n", b"7\r\nASK%7B%\r\n2\r\n7D\r\n0\r\n\r\n" + LAST], [200, 200]),
        ([b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\nExpect: 100-continue\r\n" + FORM + b"\r\n",
          b"query=ASK%7B%7D" + LAST], [100, 200, 200]),
        ([GET * 2 + b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n" + FORM + b"\r\n",
          b"query=ASK%7B%7D&a=".ljust(150_000, b"x"), b"x" * 50_000 + GET + LAST], [200] * 5),
        ([GET + b"NONSENSE\r\n\r\n"], [200]),
        ([b"NONSENSE\r\n\r\n"], [400]),
        ([b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n"], [400]),
        ([b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"], [400]),
        ([b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n" + LAST], [204, 200]),
    ],
)  # fmt: skip
def test_each_request_is_answered_in_its_turn(client, parts, statuses) -> None:
    found = answers(client, *parts)
    told = [int(line[:3]) for line in found.split(b"HTTP/1.1 ")[1:]]
    assert told == statuses, found
    bodies = [s for s in statuses if s == 200][b"HEAD" in parts[0] :]
    assert found.count(YES) == len(bodies)


def test_a_graph_that_is_asked_for_in_the_old_way_ends_with_its_connection(client) -> None:
    old = b"GET /store?default HTTP/1.0\r\nAccept: application/n-triples\r\n\r\n"
    head, _, body = answers(client, old).partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head
    assert b"connection: close" in head
    assert body.count(b"\n") == 6


def test_a_large_answer_waits_for_its_reader(client) -> None:
    values = " ".join(f"'{n:0>200}'" for n in range(250))
    query = f"SELECT * {{ VALUES ?a {{ {values} }} VALUES ?b {{ 1 2 3 4 5 6 7 8 9 }} }}"
    wanted = client.get("/sparql", params={"query": query, "format": "csv"}).content
    assert len(wanted) > 450_000
    target = httpx.URL("/sparql", params={"query": query, "format": "csv"}).raw_path
    with socket.create_connection(("127.0.0.1", client.base_url.port), timeout=10) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
        connection.sendall(b"GET %b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n" % target)
        time.sleep(0.2)
        found = b""
        while part := connection.recv(1 << 14):
            found += part
    assert found.partition(b"\r\n\r\n")[2] == wanted


def test_what_runs_is_finished_at_the_end(graph) -> None:
    with (
        running(str(graph[0]), "--time-limit", "1.5") as server,
        ThreadPoolExecutor(1) as other,
        httpx.Client(base_url=server.url, timeout=30) as client,
    ):
        running_one = other.submit(client.post, "/sparql", data={"query": ENDLESS})
        with socket.create_connection(("127.0.0.1", client.base_url.port), timeout=10) as idle:
            time.sleep(0.5)
            os.kill(server.pid, signal.SIGTERM)
            assert idle.recv(1) == b""
        answer = running_one.result()
        assert (answer.status_code, "Stopped after" in answer.text) == (503, True)
        assert answer.headers["connection"] == "close"


class Transport:
    """What a connection is closed through, in a test."""

    def __init__(self) -> None:
        self.did: list[str] = []

    def close(self) -> None:
        self.did.append("close")

    def abort(self) -> None:
        self.did.append("abort")

    def is_closing(self) -> bool:
        return "close" in self.did


@pytest.mark.parametrize("sent", [b"", GET[:20]])
def test_a_head_that_does_not_come_is_waited_for_so_long(monkeypatch, sent) -> None:
    now = 1_000.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    all_: set[Connection] = set()
    connection, transport = Connection(None, all_), Transport()  # type: ignore[arg-type]
    connection.connection_made(transport)  # type: ignore[arg-type]
    connection.data_received(sent)
    assert HEAD_SECONDS < IDLE_SECONDS
    for later, did in ((HEAD_SECONDS, []), (1, ["close"]), (1, ["close", "abort"])):
        now += later
        listen.close_late(all_)
        assert transport.did == did

"""Requests that nobody should send, by the hundred thousand, and what the server makes of them.

    .venv/bin/python benchmarks/fuzz.py [--requests 100000] [--seed 1961]

Half are malformed in how they are sent (method, address, headers, body, encoding), half in what
they ask (SPARQL cut, spliced and repeated at random). Every answer must be an answer: no status of
500 and above but 503, no traceback, no process lost but workers, and no memory that grows. Exit
code 1 where one is not.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import socket
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import httpx
from running import running

from serve import memory

GRAPH = "<urn:s> <urn:p> 1, 'two'@en, <urn:o> . <urn:o> <urn:p> <urn:s> .\n"
QUERIES = (
    "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o . OPTIONAL { ?o ?q ?r } } GROUP BY ?s ORDER BY ?n LIMIT 5",
    "CONSTRUCT { ?s ?p ?o } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } FILTER(?o > 1) }",
    "ASK FROM <urn:g> { ?s <urn:p>/<urn:p>* ?o MINUS { ?s !<urn:q> ?o } }",
    "DESCRIBE <urn:s>",
    "PREFIX e: <urn:> SELECT * { VALUES (?a ?b) { (e:x 1.5) (UNDEF 'x'@en) } BIND(UCASE('a') AS ?c) }",
    "INSERT DATA { <urn:a> <urn:b> 1 }",
)
WORDS = (
    "{", "}", "(", ")", "'", '"', "<", ">", "\\", "\\u0000", "SERVICE <http://127.0.0.1:9/>", "LOAD",
    "FILTER", "?", "$", "@", "^^", "||", "*", "+", "#", "\n", "\x00", "\u202e", "😀", "SELECT",
    "GROUP BY", "REGEX('a', '(a+)+$')", "1e999", "-", "_:b", "[]", "GRAPH", "VALUES", "%", "%FF", "<<",
)  # fmt: skip
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO", "get", "")
PATHS = (
    "/sparql", "/sparql/", "/store", "/store?default", "/store?graph=", "/store/x/../y", "/", "/id/",
    "/id/%00", "/id/person/%C3%28", "/.well-known/void", "/health", "/metrics", "/query", "/search?q=",
    "/assets/../../etc/passwd", "//", "/%2e%2e/", "*", "http://elsewhere/", "/people?x[]=1",
)  # fmt: skip
HEADERS = (
    "Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "Content-Length", "Host",
    "If-None-Match", "Authorization", "Transfer-Encoding", "Expect", "Connection", "Range", "X\x01",
)  # fmt: skip
VALUES = (
    "*/*", "text/html", "text/turtle;q=nan", ";;;,,,", "q=1", "gzip;q=-1", "es-419;q=x", "-1", "0",
    "99999999999", "chunked", "identity", "100-continue", "close", "bytes=0-", 'W/"', "Bearer", "Basic !",
    "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded",
    "multipart/form-data", "multipart/form-data; boundary=x", "a" * 9000, "\xff\xfe", "",
)  # fmt: skip


def broken_query(draw: random.Random) -> str:
    """A query that has been cut, spliced and repeated."""
    text = draw.choice(QUERIES)
    for _ in range(draw.randint(0, 6)):
        place = draw.randint(0, len(text))
        match draw.randint(0, 4):
            case 0:
                text = text[:place]
            case 1:
                text = text[:place] + draw.choice(WORDS) + text[place:]
            case 2:
                text = text[:place] + draw.choice(WORDS) * draw.randint(1, 200) + text[place:]
            case 3:
                other = draw.choice(QUERIES)
                text = text[:place] + other[draw.randint(0, len(other)) :]
            case _:
                text = text[:place] + text[place + draw.randint(0, 9) :]
    return text[:60_000]


def asks_wrongly(draw: random.Random) -> bytes:
    """A request that is well sent and asks nonsense."""
    query = broken_query(draw).encode("utf-8", "replace")
    form = quote(query, safe="").encode()
    if draw.random() < 0.5:
        return b"GET /sparql?query=" + form + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    body, media = draw.choice(
        (
            (query, b"application/sparql-query"),
            (b"query=" + form, b"application/x-www-form-urlencoded"),
        )
    )
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + media
    return head + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body


def sent_wrongly(draw: random.Random) -> bytes:
    """A request that is not well sent."""
    lines = [
        f"{draw.choice(METHODS)} {draw.choice(PATHS)} HTTP/{draw.choice(('1.1', '1.0', '2', 'x'))}"
    ]
    lines += [f"{draw.choice(HEADERS)}: {draw.choice(VALUES)}" for _ in range(draw.randint(0, 5))]
    body = draw.choice(("", "query=ASK{}", "0\r\n\r\n", "ZZ\r\n", "x" * 50, broken_query(draw)))
    raw = ("\r\n".join(lines) + "\r\n\r\n" + body).encode("utf-8", "replace")
    if draw.random() < 0.2:
        place = draw.randint(0, len(raw))
        raw = raw[:place] + draw.randbytes(draw.randint(1, 40)) + raw[place:]
    return raw


def answer(port: int, raw: bytes, ends: bool) -> bytes:
    """Send bytes, and unless the request ends by itself close the way; gives what comes back."""
    found = b""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 30) as line:
        line.sendall(raw)
        if not ends:
            line.shutdown(socket.SHUT_WR)
        while part := line.recv(1 << 16):
            found += part
    return found


def fuzz(port: int, requests: int, draw: random.Random) -> tuple[Counter[str], list[bytes]]:
    """Send so many; gives the statuses, and the requests whose answer is none."""
    statuses, wrong = Counter[str](), []
    for number in range(requests):
        raw = asks_wrongly(draw) if number % 2 else sent_wrongly(draw)
        found = answer(port, raw, ends=bool(number % 2))
        status = found[9:12].decode("ascii", "replace") if found.startswith(b"HTTP/1.") else "none"
        statuses[status] += 1
        if (status >= "500" and status not in ("503", "none")) or b"Traceback" in found:
            wrong.append(raw)
        if number % 10_000 == 9_999:
            print(f"{number + 1}: {dict(statuses)}", file=sys.stderr, flush=True)
    return statuses, wrong


def main() -> None:
    """Fuzz a server of our own and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1961)
    chosen = parser.parse_args()
    draw = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder, "kg.ttl")
        graph.write_text(GRAPH, encoding="utf-8")
        with running(str(graph), "--time-limit", "2") as server, httpx.Client() as client:
            port = int(server.url.rsplit(":", 1)[1])
            fuzz(port, min(500, chosen.requests), random.Random(0))
            before = memory(server.pid)
            statuses, wrong = fuzz(port, chosen.requests, draw)
            after = memory(server.pid)
            fine = client.get(f"{server.url}/sparql", params={"query": "ASK { ?s ?p ?o }"})
            figures = client.get(f"{server.url}/metrics").text.splitlines()
    print(f"{chosen.requests} requests: {dict(sorted(statuses.items()))}")
    print("; ".join(line for line in figures if line.startswith("uscuba_stopped_total")))
    print(f"memory {before:.0f} MiB before, {after:.0f} MiB after; wrong answers {len(wrong)}")
    for raw in wrong[:5]:
        print(repr(raw[:300]))
    sys.exit(int(bool(wrong) or fine.json()["boolean"] is not True))


if __name__ == "__main__":
    main()

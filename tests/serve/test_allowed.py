"""``--allow``: a server reaches the one address that is written out, and no other."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from running import TOKEN, running

BEARER = {"Authorization": f"Bearer {TOKEN}"}
ROWS = (
    b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"from afar"}}]}}'
)
TURTLE = b'<http://example.org/far> <http://example.org/says> "from afar" .'
ANSWERS = {
    "/sparql": (200, "application/sparql-results+json", ROWS),
    "/elsewhere": (200, "application/sparql-results+json", ROWS),
    "/kg.ttl": (200, "text/turtle", TURTLE),
    "/moved": (302, "text/plain", b""),
}


@pytest.fixture(scope="module")
def far() -> Iterator[tuple[str, list[str]]]:
    """A server far away, and the paths that it was asked for; one of them leads to another."""
    seen: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            seen.append(path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, media, body = ANSWERS[path]
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", seen
    server.shutdown()


@pytest.fixture(scope="module")
def client(
    far: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory, graph: tuple[Path, Path]
) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("store")
    allowed = [
        part for path in ("/sparql", "/kg.ttl", "/moved") for part in ("--allow", far[0] + path)
    ]
    more = ("--store", str(folder), "--writable", "--workers", "2", *map(str, graph), *allowed)
    with running(*more, writable=True) as server, httpx.Client(base_url=server.url) as found:
        yield found


def rows(client: httpx.Client, address: str, silent: str = "") -> httpx.Response:
    text = f"SELECT ?x {{ SERVICE {silent} <{address}> {{ ?s ?p ?x }} }}"
    return client.post("/sparql", data={"query": text, "format": "csv"}, timeout=30)


def test_a_service_that_is_allowed_answers(client, far) -> None:
    answer = rows(client, far[0] + "/sparql")
    assert (answer.status_code, answer.text.split()) == (200, ["x", "from", "afar"])


@pytest.mark.parametrize("silent", ["", "SILENT"])
@pytest.mark.parametrize("path", ["/elsewhere", "/sparql/", "/kg.ttl/../elsewhere"])
def test_another_address_of_the_same_server_is_not_reached(client, far, path, silent) -> None:
    before = list(far[1])
    answer = rows(client, far[0] + path, silent)
    assert (answer.status_code, answer.text[:19]) == (400, "SERVICE is refused:")
    assert far[1] == before


def test_an_address_that_leads_to_another_is_not_followed(client, far) -> None:
    before = far[1].count("/elsewhere")
    answer = rows(client, far[0] + "/moved")
    assert "from afar" not in answer.text
    assert far[1].count("/elsewhere") == before


def test_a_document_that_is_allowed_is_loaded_and_no_other(client, far) -> None:
    for path, status in (("/kg.ttl", 204), ("/elsewhere", 400)):
        text = f"LOAD <{far[0]}{path}> INTO GRAPH <http://example.org/loaded>"
        done = client.post("/sparql", data={"update": text}, headers=BEARER, timeout=30)
        assert done.status_code == status, done.text
    ask = "ASK { GRAPH <http://example.org/loaded> { ?s ?p 'from afar' } }"
    assert client.get("/sparql", params={"query": ask}).json()["boolean"] is True
    assert far[1].count("/elsewhere") == 0

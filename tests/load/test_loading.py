"""Loading where the store, or the network, does not behave."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from uscuba_kg.errors import InputError, OutputError
from uscuba_kg.publish.load import Plan, load
from uscuba_kg.publish.load.remote import Credentials, Remote
from uscuba_kg.publish.load.ways import addresses

Answerer = Callable[[http.server.BaseHTTPRequestHandler, bytes], tuple[int, dict[str, str], bytes]]


@pytest.fixture
def store() -> Iterator[Callable[[Answerer], str]]:
    """Start a store that answers as a test says; gives its address."""
    servers = []

    def start(answerer: Answerer) -> str:
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, headers, content = answerer(self, body)
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(content))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/store"

    yield start
    for server in servers:
        server.shutdown()


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """Eight triples."""
    path = tmp_path / "kg.nt"
    lines = (f"<urn:s{n}> <urn:p> <urn:o> .\n" for n in range(8))
    path.write_text("".join(lines), encoding="utf-8")
    return path


class Keeping:
    """A graph store in memory, with faults."""

    def __init__(self, faults: list[tuple[int, dict[str, str]]], most: int = 10**9) -> None:
        self.held: set[bytes] = set()
        self.faults, self.most, self.sizes = faults, most, list[int]()

    def __call__(
        self, request: http.server.BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        if "?" not in request.path:
            return 404, {}, b""
        if request.command == "GET":
            own = [line for line in self.held if b"uscuba-kg:s" in line] or sorted(self.held)
            return 200, {"Content-Type": "application/n-triples"}, b"\n".join(own)
        if request.command == "DELETE":
            self.held.clear()
            return 204, {}, b""
        lines = [line for line in body.split(b"\n") if line]
        if b"uscuba-kg:s" not in body:
            self.sizes.append(len(lines))
            if self.faults:
                status, headers = self.faults.pop(0)
                return status, headers, b"not now"
            if len(lines) > self.most:
                return 413, {}, b"too large"
        self.held.update(lines)
        return 204, {}, b""


def test_what_fails_for_a_while_is_sent_again(store, graph, monkeypatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("uscuba_kg.publish.load.run.Remote", lambda c: Remote(c, waits.append))
    keeping = Keeping([(503, {"Retry-After": "3"}), (502, {}), (429, {})])
    result = load(Plan(graph, store(keeping)))
    assert result.sound
    assert result.finding.triples == 8
    assert waits == [3.0, 6.0, 12.0]


def test_a_store_that_stays_ill_is_told_of(store, graph, monkeypatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("uscuba_kg.publish.load.run.Remote", lambda c: Remote(c, waits.append))
    with pytest.raises(OutputError, match="the store refused: 503"):
        load(Plan(graph, store(Keeping([(503, {})] * 20))))
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0]


def test_a_batch_that_is_too_large_is_sent_in_halves(store, graph) -> None:
    keeping = Keeping([], most=3)
    assert load(Plan(graph, store(keeping))).finding.triples == 8
    assert keeping.sizes == [8, 4, 2, 2, 4, 2, 2]


def test_what_a_store_changes_is_noticed(store, graph) -> None:
    class Changing(Keeping):
        def __call__(self, request, body):  # type: ignore[no-untyped-def]
            return super().__call__(request, body.replace(b"<urn:s3>", b"<urn:s03>"))

    result = load(Plan(graph, store(Changing([]))))
    assert not result.sound
    assert result.finding.missing == ("<urn:s3> <urn:p> <urn:o> .",)


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_a_password_is_sent_only_when_it_is_asked_for(store, graph, scheme) -> None:
    seen: list[str] = []
    keeping = Keeping([])

    def guarded(request, body):  # type: ignore[no-untyped-def]
        seen.append(request.headers.get("Authorization", ""))
        if not seen[-1].startswith(scheme):
            asks = {"Basic": 'Basic realm="x"', "Digest": 'Digest realm="x", nonce="1", qop="auth"'}
            return 401, {"WWW-Authenticate": asks[scheme]}, b""
        return keeping(request, body)

    plan = Plan(graph, store(guarded), credentials=Credentials("me", "secret"))
    assert load(plan).sound
    assert seen[0] == ""
    assert "secret" not in " ".join(seen)


def test_credentials_follow_no_redirect(store, graph) -> None:
    seen: list[str] = []

    def thief(request, body):  # type: ignore[no-untyped-def]
        seen.append(request.path)
        return 204, {}, b""

    elsewhere = store(thief)
    url = store(lambda request, body: (307, {"Location": elsewhere}, b""))
    with pytest.raises(OutputError, match="307"):
        load(Plan(graph, url, credentials=Credentials(token="secret-token")))
    assert seen == []


def test_no_message_holds_a_secret(store, graph) -> None:
    url = store(lambda request, body: (403, {}, b"no"))
    with pytest.raises(OutputError) as told:
        load(Plan(graph, url, credentials=Credentials(token="secret-token")))
    assert "secret-token" not in str(told.value)


def test_a_store_that_is_not_there(graph) -> None:
    with pytest.raises(OutputError, match="takes triples neither"):
        load(Plan(graph, "http://127.0.0.1:9/"))


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("not a graph", None, "not well-formed"),
        ("<urn:s> <urn:p> _:b .", None, "blank nodes"),
        ("", "no iri", "is no IRI"),
    ],
)
def test_what_cannot_be_loaded_is_said_before_anything_is_sent(tmp_path, text, name, words) -> None:
    path = tmp_path / "kg.nt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        load(Plan(path, "http://127.0.0.1:9/", name))


@pytest.mark.parametrize(
    ("url", "kind", "wanted"),
    [
        ("http://x:7878", "graphs", "http://x:7878/store"),
        ("http://x:7878/sparql", "graphs", "http://x:7878/store"),
        ("http://x:3030/ds", "update", "http://x:3030/ds/update"),
        ("http://x:3030/ds/query", "graphs", "http://x:3030/ds/data"),
        ("http://x/repositories/r", "update", "http://x/repositories/r/statements"),
        ("http://x:8890/sparql", "graphs", "http://x:8890/sparql-graph-crud-auth"),
    ],
)
def test_one_address_leads_to_the_others(url, kind, wanted) -> None:
    found = list(addresses(url, kind))
    assert wanted in found
    assert found[0] == url
    assert len(set(found)) == len(found)

"""A graph of a few articles, and a small server of its explorer for tests in a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pyoxigraph
import pytest

from articles import MIGRATION, RESUMED, SPANISH, article, built
from uscuba_kg.errors import QueryError
from uscuba_kg.publish.ask import ask, load_store, to_csv, to_json, to_table
from uscuba_kg.publish.explorer import Page, Request, asset, not_found, respond
from uscuba_kg.publish.explorer.page import POLICY
from uscuba_kg.rdf.terms import Triple

OTHERS = (
    article(
        "The United States and Cuba held migration talks in Havana on November 15, 2022. The U.S. delegation was led by "
        "Emily Mendrala, Deputy Assistant Secretary of State. Josefina Vidal led the Cuban delegation. "
        "The two sides discussed visa processing and deportation flights.",
        title="<b>Bold</b> & <script>document.title = 'taken'</script>",
        published="2022-11-16",
        publisher="The Miami Herald",
        url="https://example.org/talks?a=1&b=<2>",
    ),
    article(
        "La Habana, 17 nov. Cuba y Estados Unidos sostuvieron el 15 de noviembre de 2022 en La Habana una ronda de "
        "conversaciones migratorias. La delegación cubana estuvo encabezada por Josefina Vidal.",
        "es",
        published="2022-11-17",
        publisher="Granma",
    ),
    article(
        "Cuba and the United States signed a memorandum of understanding on law enforcement in Washington on "
        "January 16, 2017. Deputy National Security Advisor Ben Rhodes and Cuban ambassador José Ramón Cabañas "
        "attended the signing. “It is a step,” Rhodes said.",
        published="2017-01-17",
    ),
)


@pytest.fixture(scope="session")
def triples() -> tuple[Triple, ...]:
    """The graph of the articles: two series, both sides, a conflict, an agreement, hostile words."""
    return tuple(built(RESUMED, SPANISH, MIGRATION, *OTHERS).triples)


@pytest.fixture(scope="session")
def store(triples: tuple[Triple, ...]) -> pyoxigraph.Store:
    """The same in a store."""
    return load_store(triples)


@pytest.fixture(scope="session")
def iris(store: pyoxigraph.Store) -> list[str]:
    """The IRIs of all things of the graph."""
    subjects = {q.subject.value for q in store if isinstance(q.subject, pyoxigraph.NamedNode)}
    return sorted(s for s in subjects if s.startswith("https://w3id.org/uscuba-kg/id/"))


Get = Callable[..., str]


@pytest.fixture(scope="session")
def get(store: pyoxigraph.Store) -> Get:
    """The text of the page at a path, which has to be there."""

    def page(path: str, language: str = "en", status: int = 200) -> str:
        parts = urlsplit(path)
        parameters = tuple(parse_qsl(parts.query, keep_blank_values=True))
        found = respond(store, Request(unquote(parts.path), parameters, language))
        assert found is not None, path
        assert found.status == status
        return found.body.decode()

    return page


@pytest.fixture(scope="session")
def site(store: pyoxigraph.Store, triples: tuple[Triple, ...]) -> Iterator[str]:
    """The address of a server of the explorer, under its content policy, with a plain endpoint."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            parameters = tuple(parse_qsl(parts.query, keep_blank_values=True))
            if parts.path == "/sparql":
                return self._send(_answered(triples, dict(parameters)))
            asked = Request(unquote(parts.path), parameters)
            return self._send(asset(parts.path) or respond(store, asked) or not_found(asked))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(_answered(triples, dict(parse_qsl(body))))

        def _send(self, page: Page) -> None:
            self.send_response(page.status)
            headers = (("Content-Type", page.media_type), ("Content-Security-Policy", POLICY))
            for name, value in (*headers, *page.headers):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _answered(triples: tuple[Triple, ...], given: dict[str, str]) -> Page:
    """What an endpoint answers: JSON or CSV for rows, N-Triples for a graph, a sentence for an error."""
    try:
        found = ask(triples, given["query"])
    except QueryError as error:
        told = ". ".join([*str(error).split("\n"), ""]).replace("..", ".")
        return Page(400, "text/plain; charset=utf-8", (told[0].upper() + told[1:]).encode())
    if found.triples is not None:
        return Page(200, "application/n-triples", to_table(found).encode())
    if given.get("format") == "csv":
        return Page(200, "text/csv; charset=utf-8", to_csv(found).encode())
    return Page(200, "application/sparql-results+json", to_json(found).encode())


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, from npm; skipped where that is not to be had, but never in CI."""
    folder: Path = tmp_path_factory.mktemp("axe")
    npm = shutil.which("npm")
    command = [
        npm or "npm",
        "install",
        "--no-save",
        "--silent",
        "--prefix",
        str(folder),
        "axe-core@4",
    ]
    if npm is None or subprocess.run(command, check=False, capture_output=True).returncode:
        if os.environ.get("USCUBA_KG_ALL_TOOLS"):
            pytest.fail("axe-core could not be installed by npm")
        pytest.skip("axe-core could not be installed by npm")
    return (folder / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")

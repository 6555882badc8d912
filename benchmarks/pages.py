"""What a reader waits for: the explorer's pages of a graph, until a browser paints them.

    .venv/bin/uscuba-kg build && .venv/bin/python benchmarks/pages.py [graph.ttl]

Each page is opened seven times, each in a fresh browser without a cache; given are the medians of the
seconds to compose the page and to the first contentful paint, and its size. Needs Chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from playwright.sync_api import Browser, sync_playwright
from pyoxigraph import Store

from uscuba_kg.publish.ask import load_store
from uscuba_kg.publish.explorer import Page, Request, asset, not_found, respond

RUNS = 7
LARGEST = """SELECT ?thing WHERE { ?thing a <https://w3id.org/uscuba-kg/ontology#%s> . ?claim ?p ?thing }
GROUP BY ?thing ORDER BY DESC(COUNT(?claim)) ?thing LIMIT 1"""
PATHS = ("/", "/people", "/network", "/search?q=migration", "/query?question=who-met-whom")
KINDS = ("Meeting", "Person", "Organization", "Topic", "Article", "State")
PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  const found = list.getEntriesByName('first-contentful-paint')[0];
  if (found) done(found.startTime / 1000);
}).observe({ type: 'paint', buffered: true }))"""


def composed(store: Store, address: str) -> Page:
    """The page at an address of the explorer."""
    parts = urlsplit(address)
    asked = Request(unquote(parts.path), tuple(parse_qsl(parts.query, keep_blank_values=True)))
    return asset(parts.path) or respond(store, asked) or not_found(asked)


def serve(store: Store) -> ThreadingHTTPServer:
    """A server of the explorer alone."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = composed(store, self.path)
            self.send_response(page.status)
            self.send_header("Content-Type", page.media_type)
            self.send_header("Content-Length", str(len(page.body)))
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def painted(browser: Browser, address: str) -> float:
    """Seconds from the request to the first contentful paint."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    seconds = float(page.evaluate(PAINT))
    context.close()
    return seconds


def main() -> None:
    """Print a table of pages."""
    store = load_store(Path(sys.argv[1] if len(sys.argv) > 1 else "graph.ttl"))
    paths = [*PATHS]
    for kind in KINDS:
        paths += [
            row["thing"].value.removeprefix("https://w3id.org/uscuba-kg")
            for row in store.query(LARGEST % kind)
        ]
    server = serve(store)
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        print(f"{len(store):,} triples\n{'page':60} composed  painted     size")
        for path in paths:
            times = []
            for _ in range(RUNS):
                started = time.perf_counter()
                body = composed(store, path).body
                times.append(time.perf_counter() - started)
            paints = [
                painted(browser, f"http://127.0.0.1:{server.server_port}{path}")
                for _ in range(RUNS)
            ]
            print(
                f"{path[:60]:60} {statistics.median(times):6.3f} s {statistics.median(paints):6.2f} s"
                f" {len(body) / 1024:5.0f} kB"
            )
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()

"""Whether the memory of `uscuba-kg serve` stays what it is under a light load of every kind.

    .venv/bin/python benchmarks/memory.py GRAPH [--minutes 30] [--pause 0.02]

One client asks again and again, a moment apart: queries with a text of their own and the same one, pages
in both languages, whole graphs, queries that are not well-formed, and every minute one that is stopped at
its limit and one whose asker hangs up. Each minute the memory of all processes is told, what they share
counted once, and beside it what the front, the keeper and the workers have of it; at last the slope of a
line through the second half.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import statistics
import time
from collections.abc import Iterator

import httpx
from running import running

from serve import ENDLESS, family, held_by

ROWS = "SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT 50 OFFSET {0} # {0}"
SAME = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
PATHS = ("/", "/meetings?lang=es", "/query", "/id/state/cuba", "/search?q=vidal")


def requests(client: httpx.Client) -> Iterator[None]:
    """One request after the other, of every kind in turn."""
    for number in itertools.count():
        path = PATHS[number % len(PATHS)]
        for query in (ROWS.format(number), SAME, "SELECT ?x {"):
            client.get("/sparql", params={"query": query})
            yield
        client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        yield
        if number % 50 == 0:
            client.get("/store?default", headers={"Accept-Encoding": "gzip"})
            yield


def disturb(client: httpx.Client) -> None:
    """A query that is stopped at its limit, and one whose asker hangs up."""
    client.post("/sparql", data={"query": ENDLESS})
    with contextlib.suppress(httpx.ReadTimeout):
        client.post("/sparql", data={"query": ENDLESS + " # gone"}, timeout=1)


def main() -> None:
    """Measure and print a line each minute."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("graph")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--pause", type=float, default=0.02)
    asked = parser.parse_args()
    told: list[tuple[float, float]] = []
    with running(asked.graph) as server, httpx.Client(base_url=server.url, timeout=60) as client:
        began = next_one = time.monotonic()
        print(f"{'minute':>6} {'requests':>9} {'MiB':>7} {'front':>7} {'keeper':>7} {'workers':>7}")
        for count, _ in enumerate(requests(client)):
            minutes = (time.monotonic() - began) / 60
            if time.monotonic() >= next_one:
                next_one += 60
                front, keeper, *workers = map(held_by, family(server.pid))
                told.append((minutes, front + keeper + sum(workers)))
                each = (told[-1][1], front, keeper, sum(workers))
                print(f"{minutes:>6.0f} {count:>9}", *(f"{m:>7.1f}" for m in each), flush=True)
                disturb(client)
            if minutes >= asked.minutes:
                break
            time.sleep(asked.pause)
    later = told[len(told) // 2 :]
    slope = statistics.linear_regression(*zip(*later, strict=True)).slope
    print(f"second half: {slope * 60:+.1f} MiB an hour")


if __name__ == "__main__":
    main()

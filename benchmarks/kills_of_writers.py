"""What a server that is written to loses when its processes are killed: nothing acknowledged.

    .venv/bin/python benchmarks/kills_of_writers.py [--kills 200] [--seed 1961]

One client writes batches of triples, one after the other, by SPARQL Update and by the Graph Store
Protocol in turns, and notes which were acknowledged. At random moments one process of the server
is killed (SIGKILL): the front, the writer, the keeper or a worker. Where it was the front, the
server is started again on the same store. After each kill every acknowledged batch must be there
as a whole, and every other wholly or not at all.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
from running import TOKEN, Server, running

from serve import family

BATCH = 20
HEADERS = {"Authorization": f"Bearer {TOKEN}"}
COUNTS = """SELECT ?s (COUNT(*) AS ?n) {
  { ?s <urn:p> ?o } UNION { GRAPH <urn:g> { ?s <urn:p> ?o } } } GROUP BY ?s"""


class Writing(threading.Thread):
    """Writes batches until it is told to stop, or nobody answers."""

    def __init__(self, url: str, first: int) -> None:
        super().__init__()
        self.url, self.next = url, first
        self.acknowledged: list[int] = []
        self.enough = threading.Event()

    def run(self) -> None:
        """Write."""
        with httpx.Client(headers=HEADERS, timeout=20) as client:
            while not self.enough.is_set():
                number, self.next = self.next, self.next + 1
                lines = " ".join(f"<urn:b{number}> <urn:p> {n} ." for n in range(BATCH))
                with contextlib.suppress(httpx.TransportError):
                    if self._write(client, number, lines).is_success:
                        self.acknowledged.append(number)
                    continue
                return

    def _write(self, client: httpx.Client, number: int, lines: str) -> httpx.Response:
        if number % 2:
            return client.post(f"{self.url}/sparql", data={"update": f"INSERT DATA {{ {lines} }}"})
        return client.post(
            f"{self.url}/store?graph=urn:g", content=lines, headers={"Content-Type": "text/turtle"}
        )


def held(url: str) -> dict[int, int]:
    """How many triples of each batch the server holds."""
    accept = {"Accept": "application/sparql-results+json"}
    for _ in range(100):
        with contextlib.suppress(httpx.TransportError, KeyError):
            found = httpx.post(f"{url}/sparql", data={"query": COUNTS}, headers=accept, timeout=30)
            if found.status_code == 200:
                rows = found.json()["results"]["bindings"]
                return {int(r["s"]["value"][5:]): int(r["n"]["value"]) for r in rows if "s" in r}
        time.sleep(0.1)
    raise RuntimeError("the server does not answer any more")


def victim(server: Server, draw: random.Random) -> int:
    """One of the server's processes, the front as likely as all others together."""
    return (
        server.pid if draw.random() < 0.5 else draw.choice(family(server.pid)[1:] or [server.pid])
    )


def one_server(
    folder: str, kills: int, draw: random.Random, counted: Counter[str], known: set[int], first: int
) -> int:
    """Kill processes of one server until its front is killed or it is enough; gives the next batch."""
    empty = Path(folder, "empty.ttl")
    empty.touch()
    args = (str(empty), "--writable", "--store", f"{folder}/store", "--workers", "2")
    with running(*args, writable=True) as server:
        check(held(server.url), known, counted)
        while counted["kills"] < kills:
            writing = Writing(server.url, first)
            writing.start()
            time.sleep(draw.uniform(0.05, 0.6))
            pid = victim(server, draw)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            counted["kills"] += 1
            counted["of the front"] += pid == server.pid
            if pid != server.pid:
                time.sleep(draw.uniform(0, 0.3))
            writing.enough.set()
            writing.join()
            known.update(writing.acknowledged)
            first = writing.next
            if pid == server.pid:
                break
            check(held(server.url), known, counted)
    return first


def check(found: dict[int, int], known: set[int], counted: Counter[str]) -> None:
    """Count what is lost and what is torn."""
    counted["lost"] += sum(found.get(number, 0) != BATCH for number in known)
    counted["torn"] += sum(size != BATCH for size in found.values())


def main() -> None:
    """Kill and print the figures; exit code 1 where anything was lost or torn."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1961)
    chosen = parser.parse_args()
    draw, counted, known, first = random.Random(chosen.seed), Counter[str](), set[int](), 0
    with tempfile.TemporaryDirectory() as folder:
        while counted["kills"] < chosen.kills:
            first = one_server(folder, chosen.kills, draw, counted, known, first)
            print(f"{counted['kills']} kills, {len(known)} batches", file=sys.stderr, flush=True)
        one_server(folder, 0, draw, counted, known, first)
    print(f"{counted['kills']} kills, {counted['of the front']} of them of the front")
    print(f"{len(known)} batches acknowledged, {counted['lost']} lost, {counted['torn']} torn")
    sys.exit(int(bool(counted["lost"] or counted["torn"])))


if __name__ == "__main__":
    main()

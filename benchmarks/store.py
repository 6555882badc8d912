"""What a store on disk costs: to load, to keep, to ask.

    .venv/bin/python benchmarks/store.py BENCH [--sizes 1000000 10000000]

BENCH is a folder with `gen.py` (`gen.py TRIPLES FILE` writes a graph) and `queries.py` (`QUERIES`:
name to SPARQL). Each graph is loaded as `build --store` does it, in a process of its own, whose
peak of memory is told, then served from there (`serve --store`) and asked each query over HTTP,
every time in other words, so that no answer is kept: the median of five, in milliseconds.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from running import running

from serve import memory, queries_of
from uscuba_kg.publish.stored import store_graph

ASKED, LONG = 5, 5000.0
SECONDS = "120"


def loaded(graph: Path, folder: Path) -> tuple[float, int]:
    """Load a graph; gives the seconds that it takes, and the peak of memory in MB."""
    began = time.perf_counter()
    store_graph(graph, folder)
    took = time.perf_counter() - began
    return took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def asked(client: httpx.Client, endpoint: str, query: str) -> float:
    """The milliseconds that a query takes, the median of some; a long one is asked once."""
    took = []
    for number in range(ASKED):
        began = time.perf_counter()
        client.post(endpoint, data={"query": f"{query} # {number}"}).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
        if took[0] > LONG:
            break
    return statistics.median(took)


def measure(size: int, chosen: argparse.Namespace, folder: Path) -> dict[str, float]:
    """Measure with one size, print the figures, and give those that a plan rests on."""
    graph, store = folder / "graph.ttl", folder / "store"
    subprocess.run(
        [sys.executable, str(chosen.bench / "gen.py"), str(size), str(graph)], check=True
    )
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        took, peak = pool.apply(loaded, (graph, store))
    on_disk = sum(path.stat().st_size for path in store.rglob("*") if path.is_file())
    began = time.perf_counter()
    arguments = (str(graph), "--store", str(store), "--time-limit", SECONDS)
    with running(*arguments) as server, httpx.Client(timeout=float(SECONDS) + 10) as client:
        ready = time.perf_counter() - began
        endpoint = f"{server.url}/sparql"
        count = client.post(
            endpoint,
            data={"query": "SELECT (COUNT(*) AS ?n) {?s ?p ?o}"},
            headers={"Accept": "text/csv"},
        ).text.split()[1]
        rate = int(count) / took
        print(
            f"{int(count):,} triples, {graph.stat().st_size / 1e6:,.0f} MB of Turtle: loaded in "
            f"{took:.1f} s ({rate:,.0f} a second), {peak:,} MB of memory; "
            f"{on_disk / 1e6:,.0f} MB on disk; served after {ready:.1f} s",
            flush=True,
        )
        for name, query in queries_of(chosen.bench).items():
            print(f"  {name:<18} {asked(client, endpoint, query):>10,.1f} ms", flush=True)
        print(f"  server and workers {memory(server.pid):>10,.0f} MiB of memory")
    return {"triples_per_second": rate, "bytes_per_triple": on_disk / int(count)}


def main() -> None:
    """Measure with each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--json", type=Path, help="write figures of the last there, for plan.py")
    chosen = parser.parse_args()
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as folder:
            found = measure(size, chosen, Path(folder))
    if chosen.json:
        chosen.json.write_text(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()

"""How many requests a second `uscuba-kg serve` answers, beside other servers on the same graph.

    .venv/bin/python benchmarks/serve.py BENCH [--sizes 100000 1000000] [--seconds 5] [--rounds 2]

BENCH is a folder with `gen.py` (`gen.py TRIPLES FILE` writes a graph) and `queries.py` (`QUERIES`:
name to SPARQL). Servers are asked in turns, by wrk with 16 connections, medians of the rounds:
ours; ours with each request a text of its own, so that no answer is kept; Oxigraph's server
(`pip install oxigraph`). Beside requests a second stands the time of the processor that one took the
server, which says more where the machine is busy with other things. Then point look-ups are timed
while a query that never ends runs beside, and the memory of all our processes is told before and
after. At last, with --rdflib-endpoint COMMAND, that server is asked as well.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx
from running import running

CONNECTIONS = 16
POINT = "q4_evidence"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?c) != STR(?i)) }"
Found = tuple[float, float, int, float]
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
_JUST_BEFORE = 0.1
EACH_ITS_OWN = """
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", "{path}" .. "%20%23" .. n .. "x{run}")
end
"""


def queries_of(bench: Path) -> dict[str, str]:
    """The queries of a folder."""
    spec = importlib.util.spec_from_file_location("queries", bench / "queries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return dict(module.QUERIES)


def wrk(endpoint: str, query: str, seconds: int, alike: bool) -> tuple[float, float, int]:
    """Requests a second, the 99th percentile in milliseconds, and answers that are no answer."""
    target = f"{endpoint}?{urlencode({'query': query})}"
    command = [
        "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "30s", "--latency",
        "-H", "Accept: application/sparql-results+json",
    ]  # fmt: skip
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if not alike:
            path = re.sub(r"^https?://[^/]+", "", endpoint)
            path = f"{path}?query={quote(query, safe='')}"
            script.write(
                EACH_ITS_OWN.replace("{path}", path).replace("{run}", f"{time.time_ns():x}")
            )
            script.flush()
            command += ["-s", script.name]
        done = subprocess.run([*command, target], capture_output=True, text=True, check=True)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    late = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout)
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    assert rate is not None
    milliseconds = float(late[1]) * UNITS[late[2]] if late else 0.0
    return float(rate[1]), milliseconds, int(bad[1]) if bad else 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def beside(command: list[str], url: str) -> Iterator[int]:
    """Another server, once it answers; gives its process."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(1200):
            with contextlib.suppress(httpx.TransportError):
                httpx.get(url, timeout=5)
                break
            time.sleep(0.1)
        yield process.pid
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def oxigraph(graph: Path) -> Iterator[tuple[str, int]]:
    """Oxigraph's own server, in memory; gives its endpoint and process."""
    url = f"http://127.0.0.1:{free_port()}"
    tool = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
    with beside([tool, "serve", "--bind", url.removeprefix("http://")], url) as pid:
        httpx.post(
            f"{url}/store?default&no_transaction", content=graph.read_bytes(),
            headers={"Content-Type": "text/turtle"}, timeout=600,
        ).raise_for_status()  # fmt: skip
        yield f"{url}/query", pid


@contextlib.contextmanager
def rdflib_endpoint(command: str, graph: Path) -> Iterator[tuple[str, int]]:
    """The server rdflib-endpoint; gives its endpoint and process."""
    url = f"http://127.0.0.1:{(port := free_port())}/"
    with beside([command, "serve", "--port", str(port), str(graph)], url) as pid:
        yield url, pid


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    with contextlib.suppress(OSError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in children:
            found += family(int(child))
    return found


def worked(pids: list[int]) -> float:
    """The seconds of the processor that processes have had."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def asked(endpoint: str, pid: int, query: str, seconds: int, alike: bool) -> Found:
    """What :func:`wrk` finds, and the microseconds of the processor that one request took the server."""
    before, spent = worked(family(pid)), 0.0

    def look() -> None:
        nonlocal spent
        spent = worked(family(pid)) - before

    # just before the end: then whoever still works is stopped, and what it has worked is forgotten
    looking = threading.Timer(seconds - _JUST_BEFORE, look)
    looking.start()
    rate, late, bad = wrk(endpoint, query, seconds, alike)
    answered = max(1.0, rate * (seconds - _JUST_BEFORE))
    return rate, late, bad, 1e6 * spent / answered


def come_to_rest(pid: int) -> None:
    """Wait until a server works no more, half a minute at most: some go on when all have hung up."""
    for _ in range(60):
        before = worked(family(pid))
        time.sleep(0.5)
        if worked(family(pid)) - before < 0.05:
            return


def held_by(pid: int) -> float:
    """The memory that a process holds, of what is shared its part, in MiB.

    Without what it maps of files: of libraries its part changes with whoever else uses them.
    """
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss_Anon:"):
                return int(line.split()[1]) / 1024
    return 0.0


def memory(pid: int) -> float:
    """The memory that a process and its descendants hold together, shared parts once, in MiB."""
    return sum(map(held_by, family(pid)))


def beside_a_heavy_query(endpoint: str, query: str, seconds: int) -> tuple[float, float, int]:
    """Point look-ups while a query that never ends runs, started again whenever it is stopped."""
    code = (
        "import httpx, sys\n"
        "while True:\n"
        "    httpx.post(sys.argv[1], data={'query': sys.argv[2]}, timeout=60)\n"
    )
    heavy = subprocess.Popen([sys.executable, "-c", code, endpoint, ENDLESS])
    try:
        time.sleep(1)
        return wrk(endpoint, query, seconds, alike=False)
    finally:
        heavy.kill()
        heavy.wait()


def tell(figures: dict[tuple[str, str], list[Found]]) -> None:
    """Print the table: medians of the rounds, also as shares of what Oxigraph does."""
    print(
        f"{'query':<20} {'server':<16} {'req/s':>8} {'of oxigraph':>12} {'p99 ms':>8} {'cpu us':>8}"
        f" {'of oxigraph':>12} {'bad':>5}"
    )
    for (name, label), found in figures.items():
        rate, late, _, cost = (statistics.median(f[n] for f in found) for n in range(4))
        peer, _, _, own = (
            statistics.median(f[n] for f in figures[name, "oxigraph"]) for n in range(4)
        )
        share = rate / max(peer, 0.01)
        print(
            f"{name:<20} {label:<16} {rate:>8.0f} {share:>12.0%} {late:>8.1f} {cost:>8.0f}"
            f" {own / max(cost, 1):>12.0%} {sum(f[2] for f in found):>5}"
        )


def measure(graph: Path, chosen: argparse.Namespace, queries: dict[str, str]) -> None:
    """Measure on one graph and print a table."""
    figures: dict[tuple[str, str], list[Found]] = defaultdict(list)
    with contextlib.ExitStack() as stack:
        began = time.perf_counter()
        server = stack.enter_context(running(str(graph)))
        print(f"ours answers after {time.perf_counter() - began:.2f} s", flush=True)
        ours = f"{server.url}/sparql"
        targets = {"ours": (ours, server.pid, True), "ours, none kept": (ours, server.pid, False)}
        targets["oxigraph"] = (*stack.enter_context(oxigraph(graph)), True)
        before = memory(server.pid)
        for _ in range(chosen.rounds):
            for name, query in queries.items():
                for label, (endpoint, pid, alike) in targets.items():
                    found = asked(endpoint, pid, query, chosen.seconds, alike)
                    figures[name, label].append(found)
                    come_to_rest(pid)
        rate, late, bad = beside_a_heavy_query(ours, queries[POINT], chosen.seconds)
        after = memory(server.pid)
    if chosen.rdflib_endpoint:  # at last and alone: it works on when whoever asked has gone
        for name, query in queries.items():
            with rdflib_endpoint(chosen.rdflib_endpoint, graph) as (endpoint, pid):
                found = asked(endpoint, pid, query, chosen.seconds, alike=True)
                figures[name, "rdflib-endpoint"].append(found)
    tell(figures)
    print(
        f"{POINT} beside an endless query, none kept: {rate:.0f} req/s, p99 {late:.1f} ms, bad {bad}"
    )
    print(
        f"memory of all our processes: {before:.0f} MiB before, {after:.0f} MiB after", flush=True
    )


def main() -> None:
    """Measure on each size."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("bench", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--queries", nargs="+", help="Only these.")
    parser.add_argument("--rdflib-endpoint", metavar="COMMAND")
    chosen = parser.parse_args()
    queries = queries_of(chosen.bench)
    queries = {n: q for n, q in queries.items() if not chosen.queries or n in chosen.queries}
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for size in chosen.sizes:
            graph = Path(folder, f"{size}.ttl")
            make = [sys.executable, str(chosen.bench / "gen.py"), str(size), str(graph)]
            subprocess.run(make, check=True)
            measure(graph, chosen, queries)


if __name__ == "__main__":
    main()

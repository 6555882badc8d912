"""An archive with known truth, end to end: how fast, in how much memory, how right.

    .venv/bin/python benchmarks/archive.py [--articles 1000] [--jobs 1 2] [--folder DIR]
        [--json FILE] [--kills N]

An archive of so many articles about the two states, with others among them (making.py), is built
once with each number of workers, in a process of its own: seconds until all is read and until the
graph is written, peak memory of the parent and of its largest worker, and how many of the meetings
told are true, and of the true ones told (truth.py). The graphs must be the same, byte for byte. What
is large goes by a ledger, as it does by the command. With --folder archive and graphs stay there, and
what a benchmark that was ended had read is not read again.

With --kills further builds, with a cache, have a worker or the parent killed (SIGKILL) at random
moments, so many times, begun again where it was the parent; their graphs must be the same too.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import platform
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from making import SEED, stories, write_archive
from truth import score

from uscuba_kg import build, build_archive, write_graph

_LOOKED_AT_EVERY = 0.1
_PEAK = re.compile(r"VmHWM:\s+(\d+)")
PARENT_DIES = 0.2
"""The share of kills that meet the parent."""
ARCHIVE = "archive"
KILLED_EVERY = 2.5
"""Seconds between kills, on average: a process lives long enough to get something done."""


def measured(archive: str, output: str, jobs: str) -> dict[str, Any]:
    """Build once; give seconds until all is read, until it is written, and what there is."""
    began = time.perf_counter()
    begun: dict[str, tuple[float, float]] = {}

    def stage(name: str) -> None:
        begun.setdefault(name, (time.perf_counter(), busy()))

    built = build_archive([archive], Path(output), jobs=int(jobs), stage=stage)
    if built is not None:
        articles, triples = built.articles, built.triples
    else:
        result = build([archive], jobs=int(jobs), check=False, stage=stage)
        write_graph(result.triples, Path(output))
        articles, triples = len(result.knowledge.articles), len(result.triples)
    return {
        "read": begun["resolve"][0] - began,
        "all": time.perf_counter() - began,
        "read_cpu": begun["resolve"][1],
        "cpu": busy(),
        "articles": articles,
        "triples": triples,
        "ledger": built is not None,
    }


def busy() -> float:
    """Seconds of cores so far, of this process and of the workers that have ended."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(who)[:2]) for who in both)


def started(archive: Path, output: Path, jobs: int) -> subprocess.Popen[str]:
    """Begin a build that is measured, in a process and a session of its own."""
    places = [str(archive), str(output), str(jobs)]
    return subprocess.Popen(
        [sys.executable, __file__, "--measure", *places],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def begun(archive: Path, output: Path, cache: Path) -> subprocess.Popen[bytes]:
    """Begin a build by the command, in a session of its own."""
    command = [sys.executable, "-c", "from uscuba_kg.cli.main import main; main()", "build"]
    options = ["--jobs", "2", "--cache", str(cache), "--no-check", "--quiet"]
    return subprocess.Popen(
        [*command, str(archive), "--output", str(output), *options],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def watched(process: subprocess.Popen[str]) -> tuple[dict[str, Any], int, int]:
    """Wait for a build; gives what it told, and the peaks of parent and largest worker in MB."""
    peaks: dict[int, int] = {}
    while process.poll() is None:
        for pid in _of_session(process.pid):
            with contextlib.suppress(OSError):
                found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
                if found:
                    peaks[pid] = int(found[1])
        time.sleep(_LOOKED_AT_EVERY)
    if process.returncode:
        raise SystemExit(f"the build failed with {process.returncode}")
    assert process.stdout is not None
    told = json.loads(process.stdout.read())
    parent = peaks.pop(process.pid, 0)
    return told, parent // 1024, max(peaks.values(), default=0) // 1024


def _of_session(session: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(stat.parent.name))
    return found


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def print_runs(folder: Path, articles: int, workers: list[int]) -> tuple[list[dict[str, Any]], str]:
    """Build with each number of workers; gives what was measured and the graph's hash."""
    archive = folder / ARCHIVE
    size = sum(p.stat().st_size for p in archive.iterdir())
    runs, digests = [], set()
    for jobs in workers:
        output = folder / f"{jobs}.nq"
        told, parent, worker = watched(started(archive, output, jobs))
        digests.add(digest(output))
        found = score(output, stories(articles))
        runs.append({
            "jobs": jobs, "about": articles, **told, "parent_mb": parent, "worker_mb": worker,
            "archive_bytes": size, "graph_bytes": output.stat().st_size, **found._asdict(),
        })  # fmt: skip
        rate, rest = articles / told["read"], told["all"] - told["read"]
        print(
            f"{jobs} worker{'s' * (jobs > 1)}: read in {told['read']:.1f} s ({rate:.0f} articles "
            f"a second; {told['read_cpu']:.1f} s of cores), the rest {rest:.1f} s; "
            f"parent {parent} MB, worker {worker} MB\n"
            f"  {told['triples']:,} triples, {found.meetings:,} dated meetings: precision "
            f"{found.precision:.3f}, recall {found.recall:.3f}, days found {found.days:.3f}",
            flush=True,
        )
    if len(digests) > 1:
        raise SystemExit("the graphs differ with the number of workers")
    return runs, digests.pop()


def print_kills(folder: Path, kills: int, expected: str) -> bool:
    """Build while processes are killed, again if need be; tells whether all graphs are the same."""
    draw, done, same = random.Random(SEED), Counter[str](), []
    while done.total() < kills:
        cache, output = folder / f"cache{len(same)}", folder / "killed.nq"
        if _killed(folder / ARCHIVE, output, cache, kills, draw, done).wait():
            raise SystemExit("a build failed that nobody killed")
        same.append(digest(output) == expected)
        output.unlink()
    told = ", ".join(f"{many} {whose}" for whose, many in sorted(done.items()))
    verdict = "the same bytes as undisturbed" if all(same) else "ANOTHER GRAPH"
    print(f"{done.total()} kills ({told}) during {len(same)} builds: {verdict}")
    return all(same)


def _killed(
    archive: Path, output: Path, cache: Path, kills: int, draw: random.Random, done: Counter[str]
) -> subprocess.Popen[bytes]:
    """Kill and begin again until that is often enough or the build is done; gives the last process."""
    process = begun(archive, output, cache)
    while done.total() < kills and process.poll() is None:
        time.sleep(draw.expovariate(1 / KILLED_EVERY))
        workers = [pid for pid in _of_session(process.pid) if pid != process.pid]
        parent = draw.random() < PARENT_DIES
        if process.poll() is None and (parent or workers):
            os.kill(process.pid if parent else draw.choice(workers), signal.SIGKILL)
            done["of the parent" if parent else "of workers"] += 1
            if parent:
                process.wait()
                process = begun(archive, output, cache)
    return process


def main() -> None:
    """Make the archive, build, print; exit code 1 where kills changed anything."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--per-file", type=int, default=50)
    parser.add_argument("--folder", type=Path, help="where to work, instead of a temporary place")
    parser.add_argument("--json", type=Path, help="write the figures there, for plan.py")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        print(json.dumps(measured(*chosen.measure)))
        return
    with contextlib.ExitStack() as left:
        folder = chosen.folder or Path(left.enter_context(tempfile.TemporaryDirectory()))
        (folder / ARCHIVE).mkdir(parents=True, exist_ok=True)
        total = write_archive(folder / ARCHIVE, chosen.articles, chosen.per_file)
        print(f"{chosen.articles:,} articles about the subject of {total:,} in all", flush=True)
        runs, expected = print_runs(folder, chosen.articles, chosen.jobs)
        if chosen.json:
            machine = (
                f"{platform.machine()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}"
            )
            chosen.json.write_text(json.dumps({"machine": machine, "runs": runs}, indent=1) + "\n")
        if chosen.kills and not print_kills(folder, chosen.kills, expected):
            raise SystemExit(1)


if __name__ == "__main__":
    main()

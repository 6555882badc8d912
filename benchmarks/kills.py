"""What a run that is killed leaves behind: the old graph or the new one, and nothing that grows.

    .venv/bin/python benchmarks/kills.py [--kills 500]

A graph of other articles stands where `build` is to write. Half of the runs are killed (SIGKILL) at
a random moment, half while the new graph is being written; every tenth run reads with two workers.
After each kill the file must be, byte for byte, the old graph or the new one; then the next run
must succeed, leave the new one, and nothing but one file that is too young to be swept. Each run is
a process of its own, forked from one that has everything imported: time goes into the work itself.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from uscuba_kg import build
from uscuba_kg.cli.main import cli

SEED = 1961
FEW, MANY = 1, 16
"""Articles of most runs, and of those with workers: fewer would be read without."""
TEXT = """\
WASHINGTON, April {n}, 2022 - Officials of the United States and Cuba held migration talks in
Washington on April {n}, 2022. The Cuban delegation was led by Carlos Fernández de Cossío.
"""

MOST_LITTER = 4
"""Files that may lie beside the graph: those of the kills within the last second or two."""


def start(inputs: list[Path], output: Path, jobs: int) -> int:
    """Begin a build in a process and a session of its own; gives its id."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()
        args = ["build", *map(str, inputs), "--output", str(output), "--quiet"]
        cli([*args, "--jobs", str(jobs)], standalone_mode=False)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


def finish(pid: int) -> int:
    """Wait for a build; gives its exit code, or the signal that ended it as a negative number."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def left_in(folder: Path) -> list[Path]:
    """What lies beside the graph."""
    return [p for p in folder.iterdir() if p.name != "graph.ttl"]


def kill(pid: int, folder: Path, draw: random.Random, usual: float, writing: bool) -> None:
    """Kill a build: at any moment of the usual time, or as soon as it writes."""
    until = time.monotonic() + (4 * usual if writing else draw.uniform(0, usual))
    before = set(left_in(folder))
    while time.monotonic() < until:
        if writing and set(left_in(folder)) - before:
            time.sleep(draw.expovariate(100))
            break
        time.sleep(0.0005)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def orphans(session: int, patience: float = 5.0) -> int:
    """How many workers outlive their build; they are ended then."""
    until = time.monotonic() + patience
    while found := _of_session(session):
        if time.monotonic() > until:
            os.killpg(session, signal.SIGKILL)
            break
        time.sleep(0.01)
    return len(found)


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
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(kills: int, folder: Path) -> Counter[str]:
    """Kill builds and count what they left."""
    draw, counted = random.Random(SEED), Counter[str]()
    articles = [folder.parent / f"{n}.txt" for n in range(1, MANY + 2)]
    for n, path in enumerate(articles, start=1):
        path.write_text(TEXT.format(n=n), encoding="utf-8")
    build(articles[:FEW])  # everything is imported and compiled now
    place = folder / "graph.ttl"
    states: dict[int, tuple[str, float]] = {}
    old = folder.parent / "old.ttl"
    if finish(start(articles[-1:], place, 1)):
        raise SystemExit("the build of the old graph failed")
    shutil.copy(place, old)
    for many, jobs in ((FEW, 1), (MANY, 2)):
        began = time.monotonic()
        if finish(start(articles[:many], place, jobs)):
            raise SystemExit("the build of the new graph failed")
        states[jobs] = digest(place), time.monotonic() - began
    for n in range(kills):
        many, jobs = (MANY, 2) if n % 10 == 9 else (FEW, 1)
        new, usual = states[jobs]
        shutil.copy(old, place)
        pid = start(articles[:many], place, jobs)
        kill(pid, folder, draw, usual, writing=n % 2 == 0)
        counted["killed" if finish(pid) < 0 else "done before"] += 1
        counted["workers left"] += orphans(pid)
        found = digest(place)
        counted["old" if found == digest(old) else "new" if found == new else "torn"] += 1
        counted["most litter"] = max(counted["most litter"], len(left_in(folder)))
        failed = finish(start(articles[:FEW], place, 1)) or digest(place) != states[1][0]
        counted["next run failed"] += bool(failed)
        if n % 50 == 49:
            print(f"{n + 1} kills: {dict(counted)}", file=sys.stderr, flush=True)
        counted["most litter after the next run"] = max(
            counted["most litter after the next run"], len(left_in(folder))
        )
    return counted


def main() -> None:
    """Measure and print the figures; exit code 1 where anything was torn, left or failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--kills", type=int, default=500)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as above:
        folder = Path(above, "graph")
        folder.mkdir()
        counted = run(chosen.kills, folder)
    print(f"{chosen.kills} runs: {counted['killed']} killed, {counted['done before']} done before")
    print(f"old graph {counted['old']}, new graph {counted['new']}, torn {counted['torn']}")
    print(f"next run failed {counted['next run failed']}, workers left {counted['workers left']}")
    print(
        f"files beside the graph: at most {counted['most litter']} after a kill, "
        f"{counted['most litter after the next run']} after the next run"
    )
    bad = any(counted[what] for what in ("torn", "next run failed", "workers left"))
    raise SystemExit(int(bad or counted["most litter"] > MOST_LITTER))


if __name__ == "__main__":
    main()

"""A build by a cluster whose scheduler, workers and asker are killed: the bytes must be the same.

    .venv/bin/python benchmarks/kills_of_clusters.py [--articles 400] [--kills 20]

An archive (making.py) is built on this machine undisturbed, then with `--cluster` and `--cache` by
a dask scheduler and two workers, while one of all of these processes is killed (SIGKILL) at random
moments. A scheduler or a build that was killed is begun again, a worker by the nanny that dask sets
over it; a build that ends is begun anew with an empty cache until there were so many kills.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import distributed
import psutil
from archive import digest
from making import SEED, write_archive

from uscuba_kg import build, write_graph

KILLED_EVERY = 3.0
SCHEDULER_DIES, PARENT_DIES = 0.1, 0.2
COMMAND = [sys.executable, "-c", "from uscuba_kg.cli.main import main; main()", "build"]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Cluster:
    """A scheduler and a nanny with two workers, which can be begun again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> str:
        """Begin it anew; gives the file that names its scheduler."""
        self.end()
        file = self.folder / "scheduler.json"
        file.unlink(missing_ok=True)
        here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        two = ["--nworkers", "2", "--nthreads", "1"]
        for name, more in (("dask_scheduler", ["--port", "0"]), ("dask_worker", two)):
            command = [sys.executable, "-m", f"distributed.cli.{name}", *here, *more]
            self.processes.append(subprocess.Popen(command, cwd=self.folder, **QUIET))
        with distributed.Client(scheduler_file=str(file), timeout="60s", set_as_default=False) as c:
            c.wait_for_workers(2, timeout=60)
        return str(file)

    def kill_worker(self, draw: random.Random) -> bool:
        """Kill one of the workers; tells whether there was one."""
        found = psutil.Process(self.processes[1].pid).children(recursive=True)
        if found:
            with contextlib.suppress(psutil.NoSuchProcess):
                draw.choice(found).kill()
        return bool(found)

    def end(self) -> None:
        """End all of it."""
        for process in reversed(self.processes):
            with contextlib.suppress(psutil.NoSuchProcess):
                for child in psutil.Process(process.pid).children(recursive=True):
                    child.kill()
            process.kill()
            process.wait()
        self.processes.clear()


def disturbed(
    arguments: list[str], cluster: Cluster, kills: int, done: Counter[str], draw: random.Random
) -> None:
    """Build, and kill meanwhile until that is often enough; returns when the graph is written."""
    process = subprocess.Popen([*COMMAND, *arguments], **QUIET)
    while process.poll() != 0:
        if process.returncode is not None:  # it lost its scheduler, or found no worker yet
            done["begun again"] += 1
            time.sleep(1)
            process = subprocess.Popen([*COMMAND, *arguments], **QUIET)
        time.sleep(draw.expovariate(1 / KILLED_EVERY))
        if done["kills"] >= kills or process.poll() is not None:
            continue
        chance = draw.random()
        if chance < SCHEDULER_DIES:
            cluster.processes[0].kill()
            process.wait(120)
            cluster.start()
            done["of the scheduler"] += 1
        elif chance < SCHEDULER_DIES + PARENT_DIES:
            process.kill()
            process.wait()
            done["of the build"] += 1
        elif cluster.kill_worker(draw):
            done["of workers"] += 1
        done["kills"] = sum(count for name, count in done.items() if name.startswith("of "))


def main() -> None:
    """Kill and compare; exit code 1 where a graph is another."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--kills", type=int, default=20)
    chosen = parser.parse_args()
    draw, done, same = random.Random(SEED), Counter[str](), []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive, output = folder / "archive", folder / "kg.nq"
        archive.mkdir()
        write_archive(archive, chosen.articles, 10)
        write_graph(build([archive], check=False).triples, output)
        expected = digest(output)
        cluster = Cluster(folder)
        try:
            file = cluster.start()
            while done["kills"] < chosen.kills:
                output.unlink()
                cache = folder / f"cache{len(same)}"
                options = ["--cluster", file, "--cache", str(cache), "--no-check", "--quiet"]
                arguments = [str(archive), "--output", str(output), *options]
                disturbed(arguments, cluster, chosen.kills, done, draw)
                same.append(digest(output) == expected)
        finally:
            cluster.end()
    told = ", ".join(f"{count} {what}" for what, count in sorted(done.items()))
    verdict = "the same bytes as undisturbed" if all(same) else "ANOTHER GRAPH"
    print(f"{told}; {len(same)} graphs: {verdict}")
    raise SystemExit(not all(same))


if __name__ == "__main__":
    main()

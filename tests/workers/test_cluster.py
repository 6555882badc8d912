"""A real scheduler with real workers as processes: same results, also when workers are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest

from uscuba_kg.errors import InputError
from uscuba_kg.pipeline import read_inputs
from uscuba_kg.readings import fingerprint
from uscuba_kg.workers import cluster

MET = "HAVANA - Officials of Cuba and the United States met in Havana on May {day}, 2016."


def address(number: int) -> str:
    """An address of this machine of its own, where the system has more than one."""
    return f"127.0.0.{number if sys.platform == 'linux' else 1}"


class Cluster:
    """A scheduler and workers as their own commands start them; its scheduler file is ``file``."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.file = folder / "scheduler.json"
        here = ["--no-dashboard", "--scheduler-file", str(self.file), "--host"]
        self.scheduler = self._start(folder, "dask_scheduler", "--port", "0", *here, address(1))
        one = ("--nworkers", "1", "--nthreads", "1", *here)
        self.workers = [
            self._start(folder, "dask_worker", *one, address(n + 2)) for n in range(workers)
        ]
        found = distributed.Client(
            scheduler_file=str(self.file), timeout="60s", set_as_default=False
        )
        with found as client:
            client.wait_for_workers(workers, timeout=60)

    @staticmethod
    def _start(folder: Path, tool: str, *args: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{tool}", *args]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdout=quiet, stderr=quiet, cwd=folder)

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:  # a worker waits long for a scheduler that is gone
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The scheduler file of a cluster of two workers."""
    cluster = Cluster(tmp_path_factory.mktemp("cluster"), workers=2)
    yield cluster.file
    cluster.end()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(40):
        day = n % 28 + 1
        (tmp_path / f"{n:02}.txt").write_text(f"{MET.format(day=day)} {n}\n")
    return tmp_path


def test_a_cluster_reads_what_one_process_reads(scheduler: Path, folder: Path) -> None:
    assert read_inputs([folder], cluster=str(scheduler)) == read_inputs([folder])


def test_workers_killed_meanwhile_lose_nothing(scheduler: Path, folder: Path) -> None:
    expected = read_inputs([folder])

    def kill_one_after_another() -> None:
        with distributed.Client(scheduler_file=str(scheduler), set_as_default=False) as client:
            for _ in range(2):
                time.sleep(0.3)
                for pid in list(client.run(os.getpid).values())[:1]:
                    os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill_one_after_another)
    killer.start()
    found = read_inputs([folder], cluster=str(scheduler))
    killer.join()
    assert found == expected


def test_a_cluster_that_cannot_be_reached_is_told() -> None:
    with pytest.raises(InputError, match="cannot be reached"):
        cluster("tcp://127.0.0.1:1", fingerprint)


def test_workers_of_another_version_are_refused(scheduler: Path) -> None:
    with pytest.raises(InputError, match="another version"):
        cluster(str(scheduler), lambda: str(os.getpid()))


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_scheduler_lost_between_two_runs_loses_nothing(tmp_path: Path) -> None:
    folder = _made(tmp_path / "articles")
    more = "\n\n".join(f"In the year {1960 + p} they spoke of point {p}." for p in range(40))
    for n in range(20):  # long enough to lose the scheduler meanwhile
        (folder / f"{n:02}.txt").write_text(f"{MET.format(day=n + 1)} {n}\n\n{more}\n")
    expected = read_inputs([folder])
    cache = tmp_path / ".kept"
    first = Cluster(_made(tmp_path / ".first"), workers=1)

    def lose() -> None:
        while not list(cache.glob("*/*.kept")):
            time.sleep(0.02)
        first.scheduler.kill()

    loser = threading.Thread(target=lose)
    loser.start()
    with pytest.raises(InputError, match="scheduler was lost"):
        read_inputs([folder], cluster=str(first.file), cache=cache)
    loser.join()
    first.end()
    kept = {entry.name: entry.stat().st_mtime_ns for entry in cache.glob("*/*.kept")}
    assert 0 < len(kept) < 20
    second = Cluster(_made(tmp_path / ".second"), workers=1)
    assert read_inputs([folder], cluster=str(second.file), cache=cache) == expected
    second.end()
    now = {entry.name: entry.stat().st_mtime_ns for entry in cache.glob("*/*.kept")}
    assert len(now) == 20
    assert {name: now[name] for name in kept} == kept

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


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The scheduler file of a cluster of two workers, as its own commands start it."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    one = [
        *dask,
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-dashboard",
        "--scheduler-file",
        str(file),
    ]
    started = [subprocess.Popen(one, **quiet)]
    for _ in range(2):
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            "--scheduler-file",
            str(file),
        ]
        more = ["--nworkers", "1", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1"]
        started.append(subprocess.Popen([*worker, *more], **quiet))
    with distributed.Client(
        scheduler_file=str(file), timeout="60s", set_as_default=False
    ) as client:
        client.wait_for_workers(2, timeout=60)
    yield file
    for process in reversed(started):
        process.terminate()
    for process in started:
        process.wait(30)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(40):
        day = n % 28 + 1
        text = f"HAVANA - Officials of Cuba and the United States met in Havana on May {day}, 2016. {n}\n"
        (tmp_path / f"{n:02}.txt").write_text(text)
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

"""The commands behind the measured figures still run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_reading_speed_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/read.py", "--articles", "3", "--longest", "10"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r"^of the two states +\d+ articles a second", done.stdout, re.MULTILINE)


def test_what_a_change_costs_is_measured() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/rebuild.py", "--sizes", "5"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [line.split() for line in done.stdout.splitlines()[1:]]
    assert [row[1] for row in rows[:-1]] == ["full", "changed", "came", "went", "at-once"]
    assert rows[1][-1] == rows[3][-1]  # what came has gone again
    assert rows[-1] == ["5", "the", "same", "bytes"]


def test_validation_is_measured() -> None:
    found = run("benchmarks/validate.py", "--sizes", "3000")
    rows = [line.split() for line in found.splitlines()[1:]]
    assert [row[:2] for row in rows] == [["3000", "validate"], ["3000", "--changed-since,"]]


def test_a_cold_start_is_measured() -> None:
    code = "from cold_start import measure; seconds, peak = measure('--help'); print(seconds, peak)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "benchmarks",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seconds, peak = map(float, done.stdout.split())
    assert 0 < seconds < 30
    assert 5 < peak < 500


def run(*args: str) -> str:
    done = subprocess.run(
        [sys.executable, *args], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(300)
def test_runs_that_are_killed_leave_a_whole_graph() -> None:
    found = run("benchmarks/kills.py", "--kills", "12")
    assert "torn 0\nnext run failed 0, workers left 0\n" in found
    assert sum(map(int, re.findall(r"(?:old|new) graph (\d+)", found))) == 12


@pytest.mark.timeout(300)
def test_whatever_the_order_the_workers_and_the_hash_seed_the_bytes_are_the_same() -> None:
    made = sorted((ROOT / "tests" / "gold" / "bilingual").rglob("*.txt"))[:16]
    assert len(made) == 16
    found = run("benchmarks/determinism.py", "--builds", "9", *map(str, made))
    assert re.fullmatch(r"[0-9a-f]{64}  9 builds of 16 articles\n", found)


def test_the_readme_names_benchmarks_that_exist() -> None:
    named = re.findall(r"benchmarks/\w+\.py", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(set(named)) == 3
    assert [name for name in named if not (ROOT / name).is_file()] == []

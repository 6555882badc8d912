"""What a person waits for: `--help`, and the build of one article with its shapes, from a cold start.

    .venv/bin/python benchmarks/cold_start.py

Each command runs seven times in a process of its own; the medians of seconds and of peak memory.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

RUNS = 7
MAIN = "from uscuba_kg.cli.main import main; main()"
ARTICLE = """\
WASHINGTON, April 22, 2022 - Officials of the United States and Cuba held migration talks in
Washington on Thursday. The Cuban delegation was led by Deputy Foreign Minister Carlos Fernández
de Cossío, and the U.S. delegation by Emily Mendrala, Deputy Assistant Secretary of State.
"""


def measure(*args: str) -> tuple[float, float]:
    """Seconds and peak megabytes of one run; a run that fails ends the benchmark."""
    command = [sys.executable, "-c", MAIN, *args]
    started = time.perf_counter()
    process = os.posix_spawn(sys.executable, command, os.environ, file_actions=_silent())
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"uscuba-kg {' '.join(args)} failed")
    return seconds, usage.ru_maxrss / 1024


def _silent() -> list[tuple[int, int, str, int, int]]:
    return [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        article, graph = Path(folder, "talks.txt"), Path(folder, "graph.ttl")
        article.write_text(ARTICLE, encoding="utf-8")
        commands = {
            "--help": ("--help",),
            "build, one article with SHACL": ("build", str(article), "--output", str(graph)),
            "query, a named question": ("query", "who-met-whom", "--graph", str(graph)),
        }
        print(f"{'command':<32}{'seconds':>9}{'peak MB':>9}   (medians of {RUNS} runs)")
        for name, args in commands.items():
            seconds, megabytes = zip(*(measure(*args) for _ in range(RUNS)), strict=True)
            print(
                f"{name:<32}{statistics.median(seconds):>9.2f}{statistics.median(megabytes):>9.0f}"
            )


if __name__ == "__main__":
    main()

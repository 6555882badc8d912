"""How long a graph takes to be validated, loading included, beside plain pySHACL and after a change.

    .venv/bin/python benchmarks/validate.py                          10,000 and 100,000 triples
    .venv/bin/python benchmarks/validate.py --sizes 1000000
    .venv/bin/python benchmarks/validate.py --sizes 10000 --pyshacl  and plain pySHACL
    .venv/bin/python benchmarks/validate.py --sizes 1000000 --parts  and part by part

The graph is the shipped one, copied under other names until it is large enough: all keep its shape.
Each run is a process of its own: its seconds, those of the processor, which say more on a busy machine,
its peak memory (of the larger of its two processes) and how many findings it told.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from pathlib import Path

PARTS = """
import sys, tempfile
from pathlib import Path
from uscuba_kg.check.shapes import check_file
from uscuba_kg.workers import processes
if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        crew = processes(int(sys.argv[2])) if sys.argv[2] != "1" else None
        print(len(check_file(Path(sys.argv[1]), Path(folder), crew).findings))
"""
MAIN = "from uscuba_kg.cli.main import main; main()"
ID = "https://w3id.org/uscuba-kg/id/"
COPIED = re.compile(
    rf"<{ID}(meeting|participation|claim|statement|article|person|post|agreement|speaker)/"
)
PLAIN = """
import sys, glob, rdflib, pyshacl
data = rdflib.Graph().parse(sys.argv[1], format="nt")
for file in sys.argv[2:]:
    data.parse(file)
shapes = rdflib.Graph()
for file in glob.glob("shapes/*.ttl"):
    shapes.parse(file)
_, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
print(len(set(report.objects(None, rdflib.URIRef("http://www.w3.org/ns/shacl#result")))))
"""


def shipped(folder: Path) -> list[str]:
    """The lines of the shipped graph as N-Triples."""
    path = folder / "shipped.nt"
    subprocess.run([sys.executable, "-c", MAIN, "build", "-q", "-o", str(path)], check=True)
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def written(path: Path, lines: list[str], size: int, less: int = 0) -> int:
    """Write copies to a file, without the last few; gives how many lines there were.

    They are not held: a process begins with the peak of memory of the one that starts it.
    """
    many = 0
    last: deque[str] = deque()
    with path.open("w", encoding="utf-8") as file:
        for line in copies(lines, size):
            many += 1
            last.append(line)
            if len(last) > less:
                file.write(last.popleft())
    return many


def copies(lines: list[str], size: int) -> Iterator[str]:
    """The lines again and again, what happened in each copy under other names, until there are enough."""
    kept: list[str] = []
    for line in lines[:size] if size < len(lines) else lines:
        (kept if COPIED.match(line) else []).append(line)
        yield line
    made, number = len(lines), 0
    while made < size:
        number += 1
        yield from (COPIED.sub(rf"<{ID}\1/c{number}-", line) for line in kept)
        made += len(kept)


def measured(*command: str) -> tuple[float, float, float, str]:
    """Seconds, seconds of the processor, peak megabytes and the output of one run."""
    read, write = os.pipe()
    started = time.perf_counter()
    actions = [(os.POSIX_SPAWN_DUP2, write, 1), (os.POSIX_SPAWN_CLOSE, read)]
    process = os.posix_spawn(
        sys.executable, [sys.executable, *command], os.environ, file_actions=actions
    )
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as pipe:
        told = pipe.read()
    _, status, usage = os.wait4(process, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{' '.join(command)} failed")
    worked = usage.ru_utime + usage.ru_stime
    return time.perf_counter() - started, worked, usage.ru_maxrss / 1024, told


def row(size: int, name: str, run: tuple[float, float, float, str]) -> None:
    """Print one row of the table."""
    found = re.findall(r"(\d+) findings|^(\d+)$", run[3], re.MULTILINE)
    told = next(filter(None, found[0]), "")
    print(f"{size:>9} {name:<28}{run[0]:>8.1f}{run[1]:>8.1f}{run[2]:>8.0f}   {told}")


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--pyshacl", action="store_true")
    parser.add_argument("--parts", action="store_true")
    asked = parser.parse_args()
    validate = ("-c", MAIN, "validate", "--max", "1")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        lines = shipped(folder)
        print(f"{'triples':>9} {'what':<28}{'seconds':>8}{'cpu':>8}{'MB':>8}   findings")
        for size in asked.sizes:
            graph, changed = folder / f"{size}.nt", folder / f"{size}-changed.nt"
            made = written(graph, lines, size)
            written(changed, lines, size, less=5)
            row(made, "validate", measured(*validate, str(graph)))
            since = measured(*validate, str(changed), "--changed-since", str(graph))
            row(made, "--changed-since, 5 triples", since)
            for jobs in ("1", "2") if asked.parts else ():
                row(made, f"part by part, jobs {jobs}", measured("-c", PARTS, str(graph), jobs))
            if asked.pyshacl:
                row(
                    made,
                    "plain pyshacl",
                    measured("-W", "ignore", "-c", PLAIN, str(graph), "ontology/uscuba.ttl"),
                )


if __name__ == "__main__":
    main()

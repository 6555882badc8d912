"""The same articles give the same bytes: one SHA-256 whatever the order, the workers, the hash seed.

    .venv/bin/python benchmarks/determinism.py [--builds 100] [ARTICLES...]

Eight processes, each with a hash seed of its own, build in turn: every build is given the articles
in another order and 1, 2 or 4 workers. Half of the processes read their tables from where they are
kept between runs, half make them anew. Every other build of a process is brought up to date by what
the one before it kept, of which some articles were left out: the first of them finds nothing kept.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from uscuba_kg import build, kept
from uscuba_kg.archiving import build_archive
from uscuba_kg.publish.formats import write_graph
from uscuba_kg.resources import seeds_dir

HASH_SEEDS = 8
WORKERS = (1, 2, 4)


def digests(articles: list[Path], builds: range) -> Iterator[str]:
    """The SHA-256 of each of some builds, as written to a file."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "graph.ttl")
        for n in builds:
            order = random.Random(n).sample(articles, len(articles))
            jobs = WORKERS[n // HASH_SEEDS % len(WORKERS)]
            if n // HASH_SEEDS % 2:
                for some in (order[len(order) // 10 :], order):
                    build_archive(some, output, Path(folder, "cache"), jobs=jobs)
            else:
                write_graph(build(order, jobs=jobs, check=False).triples, output)
            yield hashlib.sha256(output.read_bytes()).hexdigest()


def with_seed(seed: int, builds: int, articles: list[Path]) -> list[str]:
    """The SHA-256s of the builds that one hash seed has its turn in, from a process of its own."""
    done = subprocess.run(
        [
            sys.executable,
            __file__,
            "--builds",
            str(builds),
            "--seed",
            str(seed),
            *map(str, articles),
        ],
        env={**os.environ, "PYTHONHASHSEED": str(seed)},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.split()


def main() -> None:
    """Build, count and print; exit code 1 where there is more than one SHA-256."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--builds", type=int, default=100)
    parser.add_argument("--seed", type=int, help=argparse.SUPPRESS)
    parser.add_argument("articles", nargs="*", type=Path, help="those of the project, if none")
    chosen = parser.parse_args()
    articles = chosen.articles or sorted((seeds_dir() / "articles").rglob("*.md"))
    if chosen.seed is not None:
        if chosen.seed % 2:
            kept.kept_file = lambda *_: None  # nothing is kept, and nothing found
        for digest in digests(articles, range(chosen.seed, chosen.builds, HASH_SEEDS)):
            print(digest, flush=True)
        return
    found = Counter[str]()
    for seed in range(min(HASH_SEEDS, chosen.builds)):
        found.update(with_seed(seed, chosen.builds, articles))
        print(f"hash seed {seed}: {sum(found.values())} builds", file=sys.stderr, flush=True)
    for digest, count in found.most_common():
        print(f"{digest}  {count} builds of {len(articles)} articles")
    raise SystemExit(len(found) != 1)


if __name__ == "__main__":
    main()

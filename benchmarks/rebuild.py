"""What a build costs as an archive grows, and what it costs again after one article changed.

    .venv/bin/python benchmarks/rebuild.py [--sizes 1000 3000 10000 30000] [--jobs 2]

Each article is made, with a fixed seed, of most of the first sentences of one of the project's own;
five tell one story, each story has a year of its own. A full build with an empty cache is followed
by rebuilds after one article changed, came and went, each in a process of its own: seconds by
stage as a clock shows them, seconds of a core in all, and peak memory of the process. The graph
that was brought up to date is compared with one that is made anew of the kept readings.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from uscuba_kg import build, write_graph
from uscuba_kg.annotate.sentences import find_sentences
from uscuba_kg.archiving import build_archive
from uscuba_kg.ingest import list_inputs, read_source
from uscuba_kg.packs.load import pack_for
from uscuba_kg.resources import seeds_dir

SEED = 1961
TOLD_BY = 5
SENTENCES = 8
FIRST_YEAR, YEARS = 1960, 100
MADE = Path(__file__).parents[1] / "tests" / "gold" / "made"
STAGES = ("read", "resolve", "emit", "write")
AT_ONCE = "at-once"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Model = tuple[str, str | None, list[str]]
"""Language, day of publication and sentences of an article that others are made of."""


def models() -> list[Model]:
    """The project's own articles, as their sentences."""
    found = []
    for source in list_inputs([str(seeds_dir() / "articles"), str(MADE)]):
        for article in read_source(source)[0]:
            text = article.text
            told = [text[s.start : s.end] for s in find_sentences(text, pack_for(article.language))]
            day = article.published.lexical if article.published else None
            found.append((article.language, day, told))
    return found


def article(number: int, known: list[Model]) -> str:
    """The article of that number, with its front matter."""
    story = number // TOLD_BY
    language, day, told = known[story % len(known)]
    moved = FIRST_YEAR + (17 * story + story // len(known)) % YEARS
    draw = random.Random(SEED + number)
    kept = [sentence for sentence in told[:SENTENCES] if draw.random() < 0.7] or told[:1]
    text = YEAR.sub(lambda year: str(moved + int(year[0]) % 2), "\n\n".join(kept))
    head = f"language: {language}\n"
    if day is not None and re.fullmatch(r"\d{4}(-\d\d){0,2}", day):
        head += f"published: {YEAR.sub(str(moved), day)}\n"
    return f"---\n{head}---\n{text}\n"


def measured(folder: str, cache: str, output: str, jobs: str) -> dict[str, float]:
    """Build once, and give the seconds of each stage and the peak memory in megabytes."""
    begun = [("read", time.perf_counter())]
    result = build_archive(
        [folder],
        Path(output),
        cache,
        jobs=int(jobs),
        stage=lambda name: begun.append((name, time.perf_counter())),
    )
    assert result is not None
    begun.append(("", time.perf_counter()))
    spent = {name: end - at for (name, at), (_, end) in itertools.pairwise(begun)}
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    core = sum(one.ru_utime + one.ru_stime for one in used)
    return {**spent, "core": core, "MB": used[0].ru_maxrss / 1024, "triples": result.triples}


def made_at_once(folder: str, cache: str, output: str, jobs: str) -> dict[str, float]:
    """Build all at once, in memory, and give its seconds and peak memory."""
    begun = time.perf_counter()
    result = build([folder], cache=cache, jobs=int(jobs), check=False)
    write_graph(result.triples, Path(output))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "read": time.perf_counter() - begun,
        "core": used.ru_utime + used.ru_stime,
        "MB": used.ru_maxrss / 1024,
        "triples": len(result.triples),
    }


def print_row(size: int, what: str, folder: Path, chosen: argparse.Namespace) -> None:
    """Measure one build in a process of its own."""
    output = "at-once.ttl" if what == AT_ONCE else "graph.ttl"
    places = [str(folder / name) for name in ("articles", "cache", output)]
    command = [sys.executable, __file__, "--measure", what, *places, str(chosen.jobs)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    seconds = [found.get(stage, 0.0) for stage in STAGES]
    row = "".join(f"{value:>9.2f}" for value in (*seconds, sum(seconds), found["core"]))
    print(f"{size:>8} {what:<8}{row}{found['MB']:>8.0f}{found['triples']:>10}", flush=True)


def print_size(size: int, known: list[Model], chosen: argparse.Namespace) -> None:
    """A full build of that many articles, and what three changes cost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = folder / "articles"
        articles.mkdir()
        for number in range(size):
            (articles / f"{number:06}.txt").write_text(article(number, known), encoding="utf-8")
        print_row(size, "full", folder, chosen)
        first = articles / "000000.txt"
        first.write_text(first.read_text("utf-8") + "\nSo it was said.\n", encoding="utf-8")
        print_row(size, "changed", folder, chosen)
        new = articles / f"{size:06}.txt"
        new.write_text(article(size, known), encoding="utf-8")
        print_row(size, "came", folder, chosen)
        new.unlink()
        print_row(size, "went", folder, chosen)
        print_row(size, AT_ONCE, folder, chosen)
        graphs = {(folder / name).read_bytes() for name in ("graph.ttl", "at-once.ttl")}
        print(f"{size:>8} {'the same bytes' if len(graphs) == 1 else 'OTHER BYTES'}", flush=True)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 3_000, 10_000, 30_000])
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--measure", nargs=5, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        what, *places = chosen.measure
        print(json.dumps((made_at_once if what == AT_ONCE else measured)(*places)))
        return
    heads = "".join(f"{stage:>9}" for stage in (*STAGES, "all", "core"))
    print(f"{'articles':>8} {'':<8}{heads}{'MB':>8}{'triples':>10}")
    known = models()
    for size in chosen.sizes:
        print_size(size, known, chosen)


if __name__ == "__main__":
    main()

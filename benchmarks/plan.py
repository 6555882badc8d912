"""What it takes to read a crawl of the news: cores, hours, disk and money, for a month and a decade.

    .venv/bin/python benchmarks/archive.py --json archive.json
    .venv/bin/python benchmarks/funnel.py --json funnel.json
    .venv/bin/python benchmarks/store.py BENCH --json store.json
    .venv/bin/python benchmarks/plan.py archive.json funnel.json store.json [--cores 16] [--share 1e-4]

What was measured comes from those files, what is known of the set from the sources named below;
what is neither is an option, and docs/scale.md says how to measure it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

TB, GB, MB = 1e12, 1e9, 1e6
HOUR = 3600.0


class NewsSet(NamedTuple):
    """So much of Common Crawl's news set: bytes as packed, and pages."""

    name: str
    packed: float
    pages: float


# 88 files of 1.0727 GB in the first five days of June 2021: the listing in
# github.com/commoncrawl/news-crawl, issue 46
PER_MONTH = 30 * 88 / 5 * 1.0727 * GB
# 25 TiB from August 2016 until September 2022 (the same, issue 48); since then taken as 2021's rate
DECADE = 25 * 2**40 + 46 * PER_MONTH
# 1.35 billion articles from August 2016 until 2026 (arXiv:2605.18337)
PAGES = 1.35e9
SETS = (
    NewsSet("a month", PER_MONTH, PAGES * PER_MONTH / DECADE),
    NewsSet("a decade", DECADE, PAGES),
)
PER_ARTICLE = 2_100
"""Bytes that the process with the ledger takes for each article more, at the most.

From 208 MB at 2,902 to 462 MB at 125,521 (docs/scale.md).
"""
# a c5.2xlarge with eight virtual cores at 0.34 dollars an hour, and a gigabyte of disk a month, as
# Amazon lists them for us-east-1, where the set lies and moving it costs nothing
CORE_HOUR, DISK_MONTH = 0.34 / 8, 0.08


class Plan(NamedTuple):
    """What one set takes: hours of cores, bytes, hours on a clock, dollars."""

    articles: float
    funnel: float
    reading: float
    joining: float
    memory: float
    triples: float
    graph: float
    store: float
    loading: float
    transfer: float
    clock: float
    money: float


def plan(news: NewsSet, measured: dict[str, Any], given: argparse.Namespace) -> Plan:
    """Work out what a set takes; ``measured`` holds the three benchmarks' figures by their names."""
    run, funnel, store = measured["archive"], measured["funnel"], measured["store"]
    articles = news.pages * given.share
    sifting = news.packed * given.unpacked / (funnel["mb_per_second"] * MB) / HOUR
    sifting += news.pages * given.named * funnel["seconds_per_named_page"] / HOUR
    reading = articles * run["read_cpu"] / run["articles"] / HOUR
    joining = articles * (run["cpu"] - run["read_cpu"]) / run["articles"] / HOUR
    triples = articles * run["triples"] / run["articles"]
    loading = triples / store["triples_per_second"] / HOUR
    transfer = news.packed / (given.gbit * 1e9 / 8) / HOUR
    graph = triples * run["graph_bytes"] / run["triples"]
    on_disk = triples * store["bytes_per_triple"]
    clock = max((sifting + reading) / given.cores, transfer) + joining + loading
    return Plan(
        articles,
        sifting,
        reading,
        joining,
        memory(articles, run),
        triples,
        graph,
        on_disk,
        loading,
        transfer,
        clock,
        (sifting + reading + joining + loading) * CORE_HOUR
        + (graph + on_disk) / GB * DISK_MONTH,
    )  # fmt: skip


def memory(articles: float, run: dict[str, Any]) -> float:
    """Bytes where all is joined: what grows with the articles, or hardly does so by a ledger."""
    measured = run["parent_mb"] * MB
    if not run["ledger"]:
        return float(articles * measured / run["articles"])
    return float(measured + max(0.0, articles - run["articles"]) * PER_ARTICLE)


def first_to_hurt(found: Plan, given: argparse.Namespace) -> str:
    """Where such a plan first meets a limit."""
    sharing = (found.funnel + found.reading) / given.cores
    waits = {
        f"the line of {given.gbit:g} gigabit": found.transfer,
        "the cores": sharing,
        "joining, on one core": found.joining,
        "loading the store, on one core": found.loading,
    }
    longest = max(waits, key=lambda name: waits[name])
    if found.memory > given.memory * GB:
        return f"memory where all is joined, {found.memory / GB:,.0f} GB; then {longest}"
    return longest


def rows(found: Plan) -> list[tuple[str, str]]:
    """A plan in words and numbers."""
    return [
        ("articles of the two states", f"{found.articles:,.0f}"),
        ("hours of cores: the funnel", f"{found.funnel:,.1f}"),
        ("hours of cores: reading", f"{found.reading:,.1f}"),
        ("hours of one core: joining, writing", f"{found.joining:,.2f}"),
        ("memory where all is joined, GB", f"{found.memory / GB:,.1f}"),
        ("triples", f"{found.triples:,.0f}"),
        ("graph as N-Quads, GB", f"{found.graph / GB:,.1f}"),
        ("store, GB", f"{found.store / GB:,.1f}"),
        ("hours to load it", f"{found.loading:,.2f}"),
        ("hours of the line", f"{found.transfer:,.1f}"),
        ("hours on the clock", f"{found.clock:,.1f}"),
        ("dollars", f"{found.money:,.0f}"),
    ]


def options() -> argparse.ArgumentParser:
    """What is neither measured nor known."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("funnel", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("--cores", type=float, default=16)
    parser.add_argument("--memory", type=float, default=32, help="GB where all is joined")
    parser.add_argument("--gbit", type=float, default=5, help="of the line to the set, a second")
    parser.add_argument("--unpacked", type=float, default=5, help="bytes for each packed one")
    parser.add_argument("--named", type=float, default=0.01, help="share of pages naming Cuba")
    parser.add_argument("--share", type=float, default=1e-4, help="of pages of the two states")
    return parser


def main() -> None:
    """Print the plan for a month and a decade."""
    given = options().parse_args()
    measured = {
        name: json.loads(getattr(given, name).read_text())
        for name in ("archive", "funnel", "store")
    }
    measured["archive"] = measured["archive"]["runs"][0]
    plans = [plan(news, measured, given) for news in SETS]
    heads = [f"{news.name}, {news.packed / TB:,.2f} TB" for news in SETS]
    print(f"{'':<38}{heads[0]:>20}{heads[1]:>20}")
    for (name, first), (_, second) in zip(rows(plans[0]), rows(plans[1]), strict=True):
        print(f"{name:<38}{first:>20}{second:>20}")
    for news, found in zip(SETS, plans, strict=True):
        print(f"What hurts first in {news.name}: {first_to_hurt(found, given)}.")


if __name__ == "__main__":
    main()

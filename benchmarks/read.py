"""How fast articles are read: from text to frames, then from frames to claims.

    .venv/bin/python benchmarks/read.py [--articles 1000]

The articles are the shipped ones, recombined: each takes the paragraphs of as many articles of its
language as a shipped one has paragraphs, drawn with a fixed seed, so that no two texts are alike.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import resource
import time

from uscuba_kg import Article, build_readings, read_text
from uscuba_kg.ingest import list_inputs, read_source
from uscuba_kg.resources import seeds_dir

SEED = 1961


def shipped() -> list[Article]:
    """The articles that come with the project."""
    sources = list_inputs([str(seeds_dir() / "articles")])
    return [article for source in sources for article in read_source(source, None)[0]]


def recombined(articles: list[Article], number: int) -> list[Article]:
    """That many articles of shipped paragraphs, each with the day and language of a shipped one."""
    draw = random.Random(SEED)
    paragraphs = {
        language: [
            p for a in articles if a.language == language for p in a.text.split("\n\n") if p.strip()
        ]
        for language in {a.language for a in articles}
    }
    return [_mixed(draw, draw.choice(articles), paragraphs) for _ in range(number)]


def _mixed(draw: random.Random, model: Article, paragraphs: dict[str, list[str]]) -> Article:
    pool = paragraphs[model.language]
    length = min(len(pool), model.text.count("\n\n") + 1)
    text = "\n\n".join(draw.sample(pool, length))
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(text, sha, f"{sha[:12]}.txt", model.language, published=model.published)


def main() -> None:
    """Measure and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=1000)
    number = parser.parse_args().articles
    originals = shipped()
    for article in originals:  # tables and patterns are compiled when first needed
        read_text(article)
    articles = recombined(originals, number)

    started = time.perf_counter()
    readings = [read_text(article) for article in articles]
    read = time.perf_counter()
    result = build_readings(readings, check=False)
    done = time.perf_counter()

    characters = sum(len(a.text) for a in articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{number} articles of {characters // number} characters on average")
    print(f"text to frames     {number / (read - started):8.1f} articles a second")
    print(f"frames to triples  {number / (done - read):8.1f} articles a second")
    print(f"text to triples    {number / (done - started):8.1f} articles a second")
    print(
        f"{len(result.knowledge.claims)} claims, {len(result.triples)} triples; peak {peak:.0f} MB"
    )


if __name__ == "__main__":
    main()

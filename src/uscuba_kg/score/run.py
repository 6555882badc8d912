"""Annotated articles are read, each alone, and what comes out is scored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from uscuba_kg.ingest import Source, read_source
from uscuba_kg.model import Annotated, Reading
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import build_readings, dismissed, read_article
from uscuba_kg.relate.relate import relate
from uscuba_kg.score.compare import Verdict, compare
from uscuba_kg.score.figures import Scored
from uscuba_kg.score.gold import GoldArticle
from uscuba_kg.score.view import View
from uscuba_kg.world import load_world


class Read(msgspec.Struct, frozen=True, eq=False):
    """One source as the reader took it: its articles annotated, and the graph they give together.

    ``problem`` tells why nothing was read.
    """

    annotated: tuple[Annotated, ...]
    view: View
    problem: str = ""


def read(source: Source) -> Read:
    """Read one source and build the graph of it alone."""
    articles, issues = read_source(source)
    annotated = tuple(read_article(article) for article in articles)
    readings = [dismissed(one.article) or _related(one) for one in annotated]
    built = build_readings(readings, check=False)
    problem = "; ".join(issue.message for issue in issues) or "nothing was read"
    return Read(annotated, View(built.triples), "" if articles else problem)


def _related(annotated: Annotated) -> Reading:
    return relate(annotated, pack_for(annotated.article.language), load_world())


def read_annotated(gold: Iterable[GoldArticle]) -> Iterator[tuple[Read, tuple[Verdict, ...]]]:
    """Read annotated articles, each with the verdicts on its graph."""
    with TemporaryDirectory() as folder:
        for article in gold:
            path = Path(folder, f"{article.path.stem}.txt")
            path.write_text(article.given(), encoding="utf-8")
            found = read(Source(str(path)))
            yield found, tuple(compare(article.annotation, found.view))


def score(gold: Iterable[GoldArticle]) -> Iterator[Scored]:
    """Give the verdicts on annotated articles.

    An article that gives no graph counts as one in which nothing was found, and says why.
    """
    articles = list(gold)
    for article, (found, verdicts) in zip(articles, read_annotated(articles), strict=True):
        yield Scored(article.path, verdicts, found.problem)

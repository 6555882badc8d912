"""What each article is worth as a source: whose outlet brought it, and whether it is a copy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uscuba_kg.model import Article, Witness
from uscuba_kg.resolve.copies import originals
from uscuba_kg.world import World
from uscuba_kg.world.outlets import home_of


def witnesses_of(articles: Iterable[Article], world: World) -> Mapping[str, Witness]:
    """Give the witness that each article is, by the hash of its text."""
    known = sorted(articles, key=lambda a: a.sha256)
    copied = originals(known)
    found = {}
    for article in known:
        home = home_of(article.publisher, article.url, world)
        found[article.sha256] = Witness(
            article=article.sha256,
            original=copied[article.sha256],
            published=article.published,
            state=home.state if home is not None else None,
            official=home is not None and home.official,
        )
    return found

"""What each article is worth as a source: whose outlet brought it, and whether it is a copy."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from uscuba_kg.model import Article, Witness
from uscuba_kg.world import World
from uscuba_kg.world.outlets import home_of


def witness_of(article: Article, world: World) -> Witness:
    """Give the witness that an article is if it copies nothing."""
    home = home_of(article.publisher, article.url, world)
    return Witness(
        article=article.sha256,
        original=article.sha256,
        published=article.published,
        state=home.state if home is not None else None,
        official=home is not None and home.official,
    )


def copying(witness: Witness, originals: Mapping[str, str]) -> Witness:
    """Give a witness with the text that it copies."""
    return msgspec.structs.replace(witness, original=originals[witness.article])

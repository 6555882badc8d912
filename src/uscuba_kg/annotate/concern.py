"""Whether an article is about something else altogether, told before anything is read in it."""

from __future__ import annotations

from typing import Any

from uscuba_kg.model import Article
from uscuba_kg.world.signs import is_named

STATE = "cuba"
"""Of the two states the one that articles about something else hardly ever name."""


def is_about_something_else(article: Article, signs: Any) -> bool:
    """Tell whether neither the article's text nor what is known about it names the state."""
    told = (article.title, article.url, article.publisher, article.text)
    return not any(is_named(text, signs) for text in told if text)

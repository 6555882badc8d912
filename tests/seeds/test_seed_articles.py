"""The shipped articles: each says that it retells, in which language, and after which source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from uscuba_kg.resources import seeds_dir

ARTICLES = sorted((seeds_dir() / "articles").glob("*/*.md"))
KEYS = {"title", "url", "publisher", "published", "language", "retold", "source"}


def parts(path: Path) -> tuple[dict[str, Any], str]:
    text = path.read_text(encoding="utf-8")
    opening, front, body = text.split("---\n", 2)
    assert opening == "", path
    loaded = yaml.safe_load(front)
    assert isinstance(loaded, dict)
    return loaded, body


def test_all_articles_are_here() -> None:
    folders = [path.parent.name for path in ARTICLES]
    assert len(ARTICLES) >= 40
    assert folders.count("en") >= 25
    assert folders.count("es") >= 15
    assert len({path.name for path in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_front_matter_is_complete(path: Path) -> None:
    front, body = parts(path)
    assert front.keys() <= KEYS
    assert front["retold"] is True
    assert front["language"] == path.parent.name
    assert isinstance(front.get("published", dt.date.min), dt.date)
    assert front.get("url", front.get("source")) == front.get("source")
    assert front.get("source", "https://").startswith(("https://", "http://"))
    assert len(body) > 300


def test_most_articles_name_their_source() -> None:
    without = [path.stem for path in ARTICLES if "source" not in parts(path)[0]]
    assert len(without) <= 4

"""Crawled pages to articles: what is irrelevant is dismissed as early and as cheaply as it can be.

One step after another, each dearer than the last and met by fewer pages: is it a page, do its bytes
name Cuba or its words somebody of it, does its text name both states, is it in a language that is
read, is there an article in it, and was it not met before under the same text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any, BinaryIO

import msgspec

from uscuba_kg.ingest.decoding import decode
from uscuba_kg.ingest.drafts import page_articles
from uscuba_kg.ingest.pagewords import detect_language
from uscuba_kg.ingest.spans import Span
from uscuba_kg.ingest.warc import Fetched, fetched
from uscuba_kg.model import Article, Issue
from uscuba_kg.world import load_world
from uscuba_kg.world.signs import is_named, people_of, signs_of, stems_of

_OURS, _OTHER = "cuba", "united-states"
_WIDE = b"\0"
_HEAD = 256
_BODY = 400
"""A main text of fewer characters may be a headline alone: then the whole page is looked at."""


class Step(StrEnum):
    """What a page must pass, in order."""

    PAGE = "page"
    NAMED = "named"
    TOLD = "told"
    LANGUAGE = "language"
    ARTICLE = "article"
    NEW = "new"


class Fate(msgspec.Struct, frozen=True):
    """What became of one answer of a web server: the step that stopped it, or its articles.

    ``detail`` is the language of what was left for its language, and the address of the first page
    with the same text for what is not new. ``size`` is in bytes.
    """

    url: str
    size: int
    stopped: Step | None
    detail: str = ""
    articles: tuple[Article, ...] = ()
    issues: tuple[Issue, ...] = ()


def fates(file: BinaryIO, name: str, span: Span | None = None) -> Iterator[Fate]:
    """Give what becomes of each page of an archive, in its order; ``name`` is the archive's.

    With a span it is those that begin there, and a text counts as met if it was met there.

    Raises what :func:`uscuba_kg.ingest.warc.fetched` does.
    """
    seen: dict[str, str] = {}
    for page in fetched(file, span):
        yield _fate(page, name, seen)


def _fate(page: Fetched, name: str, seen: dict[str, str]) -> Fate:
    if not page.is_page:
        return Fate(page.url, page.size, Step.PAGE)
    if not _names_in_bytes(page.body) and not _names_people(page.body):
        return Fate(page.url, page.size, Step.NAMED)
    decoded = decode(page.body, html=True, declared=page.charset)
    if decoded is None:
        return Fate(page.url, page.size, Step.PAGE)
    text = _fast_text(decoded.text)
    if not all(is_named(text, signs) for signs in _signs()):
        return Fate(page.url, page.size, Step.TOLD)
    if detect_language(text) is None:
        return Fate(page.url, page.size, Step.LANGUAGE, _language(text))
    items = tuple(page_articles(decoded.text, f"{name}#{page.url}", canonical(page.url), page.day))
    issues = tuple(item for item in items if isinstance(item, Issue))
    found = tuple(item for item in items if isinstance(item, Article))
    if not found:
        return Fate(page.url, page.size, Step.ARTICLE, issues=issues)
    new = tuple(a for a in found if a.sha256 not in seen)
    if not new:
        return Fate(page.url, page.size, Step.NEW, seen[found[0].sha256], issues=issues)
    seen.update((article.sha256, page.url) for article in new)
    return Fate(page.url, page.size, None, articles=new, issues=issues)


def _names_in_bytes(body: bytes) -> bool:
    """Tell whether bytes in any encoding that has ASCII in it name Cuba; wide ones are let through."""
    if _WIDE in body[:_HEAD]:
        return True
    lower = body.lower()
    return any(stem in lower for stem in _stems())


def _names_people(body: bytes) -> bool:
    """Tell whether the words of a page name somebody who stands for Cuba; decoded in haste."""
    try:
        html = body.decode()
    except UnicodeDecodeError:
        html = body.decode("cp1252", "replace")
    return is_named(_fast_text(html), _people())


@lru_cache(maxsize=1)
def _people() -> Any:
    return people_of(load_world(), _OURS)


@lru_cache(maxsize=1)
def _stems() -> tuple[bytes, ...]:
    return tuple(stem.encode() for stem in stems_of(load_world(), _OURS))


@lru_cache(maxsize=1)
def _signs() -> tuple[Any, Any]:
    return signs_of(load_world(), _OURS), signs_of(load_world(), _OTHER)


def _fast_text(html: str) -> str:
    """The words of a page without what stands around its article, as far as can be told quickly."""
    from resiliparse.extract.html2text import extract_plain_text

    main: str = extract_plain_text(html, main_content=True, alt_texts=False)
    if len(main) >= _BODY:
        return main
    whole: str = extract_plain_text(html, alt_texts=False)
    return whole


def _language(text: str) -> str:
    """The language of a text as ISO 639-1, as far as letters tell it."""
    from resiliparse.parse.lang import detect_fast

    language: str = detect_fast(unicodedata.normalize("NFC", text))[0]
    return language


def canonical(url: str) -> str:
    """Give an address without what tells nothing of the page: tracking, fragment, port.

    >>> canonical("https://Example.org/a?utm_source=feed&id=1#top")
    'https://example.org/a?id=1'
    """
    from courlan import normalize_url

    try:
        return str(normalize_url(url, strict=True))
    except ValueError:
        return url

"""Texts to articles: what every article goes through, whatever its format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from uscuba_kg.ingest.html import INSTALL, WebSupportMissingError, read_page
from uscuba_kg.ingest.layout import Layout, layout_of, posts_of
from uscuba_kg.ingest.metadata import Complaint, Metadata
from uscuba_kg.ingest.pagewords import detect_language, page_words
from uscuba_kg.model import Article, Issue, PartialDate

MAX_CHARACTERS = 10_000_000
"""The longest article, some fifteen thick books: the memory to read one grows with it."""


class Draft(msgspec.Struct, frozen=True):
    """A text before it is looked at as a page; ``declared`` is a language only to fall back on."""

    source: str
    text: str
    metadata: Metadata = Metadata()
    declared: str | None = None


def page_articles(
    html: str, name: str, url: str | None = None, fetched: PartialDate | None = None
) -> Iterator[Article | Issue]:
    """Give the articles of a web page.

    ``url`` is where it was found, if its own words do not say, ``fetched`` the day on which.
    """
    try:
        page = read_page(html, url, fetched) if html.strip() else None
    except WebSupportMissingError as error:
        yield Issue("web-support", name, f"web pages need trafilatura ({error}). {INSTALL}")
        return
    if page is None:
        yield Issue("empty", name, "no article was found on this page; leave it out.")
        return
    yield from articles_of(Draft(name, page.text, page.metadata, page.declared))


def articles_of(draft: Draft) -> Iterator[Article | Issue]:
    """Give the article of a draft, or one for each of its posts."""
    if not any(map(str.isalnum, draft.text)):
        yield empty(draft.source)
        return
    posts = posts_of(draft.text)
    if len(posts) == 1:
        yield _article(draft)
        return
    # The title and the day of a whole page are those of none of its posts.
    shared = msgspec.structs.replace(draft.metadata, title=None, published=None, dated_by=None)
    for number, post in enumerate(posts, 1):
        source = f"{draft.source}#{number}"
        yield _article(Draft(source, post, shared, draft.declared))


def _article(draft: Draft) -> Article | Issue:
    if len(draft.text) > MAX_CHARACTERS:
        message = f"it is longer than {MAX_CHARACTERS:,} characters; split it into articles."
        return Issue("too-large", draft.source, message)
    metadata = draft.metadata
    layout = layout_of(draft.text, metadata.title)
    language = metadata.language or _detected(draft.text, layout) or draft.declared
    known = ", ".join(page_words())
    if language is None:
        message = f"its language was not recognised; say which in its metadata (known: {known})."
        return Issue("language", draft.source, message)
    if language not in page_words():
        message = f"there is no language pack for {language!r}; leave it out (known: {known})."
        return Issue("language", draft.source, message)
    span = layout.title
    heading = " ".join(draft.text[span.start : span.end].split()) if span else None
    return Article(
        text=draft.text,
        sha256=hashlib.sha256(draft.text.encode("utf-8")).hexdigest(),
        source=draft.source,
        language=language,
        title=metadata.title or heading,
        url=metadata.url,
        publisher=metadata.publisher,
        published=metadata.published,
        retold=metadata.retold,
        title_span=span,
        noise=layout.noise,
        footnotes=layout.footnotes,
        dated_by=metadata.dated_by,
    )


def _detected(text: str, layout: Layout) -> str | None:
    """The language of the article without the page around it, or else of all there is."""
    kept, at = [], 0
    for span in sorted((*layout.noise, *layout.footnotes)):
        kept.append(text[at : span.start])
        at = span.end
    return detect_language(" ".join([*kept, text[at:]])) or detect_language(text)


def complaints_of(complaints: Iterable[Complaint], source: str) -> Iterator[Issue]:
    """Give what metadata could not be taken as issues of a source."""
    for complaint in complaints:
        place = f"line {complaint.line}: " if complaint.line else ""
        yield Issue(complaint.code, source, place + complaint.message)


def empty(source: str) -> Issue:
    """The issue of a source without words."""
    return Issue("empty", source, "it holds no text; leave it out or fill it.")


def not_text(source: str) -> Issue:
    """The issue of a source that is binary."""
    return Issue("not-text", source, "it is no text but binary data; convert it or leave it out.")

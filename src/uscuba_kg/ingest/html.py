"""Web pages: trafilatura finds the article in the HTML, and what the page says about it."""

from __future__ import annotations

from typing import Any

import msgspec

from uscuba_kg.ingest.days import day_of
from uscuba_kg.ingest.metadata import Metadata, metadata_of
from uscuba_kg.model import PartialDate

INSTALL = "Install it with: pip install 'uscuba-kg[web]'."

# A fixed last day: the library's own is today, and the output must not depend on the clock.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


class WebSupportMissingError(Exception):
    """trafilatura, or what it needs, is not installed; the text says what is missing."""


class Page(msgspec.Struct, frozen=True):
    """The article of a web page; ``declared`` is the language that the page claims to be in."""

    text: str
    metadata: Metadata
    declared: str | None


def read_page(html: str, url: str | None = None, fetched: PartialDate | None = None) -> Page | None:
    """Take the article out of a page; ``None`` where the page holds none.

    ``url`` is where the page was found, ``fetched`` the day on which, if that is known.

    The title goes on top of the text, as on the page, unless it stands there already. The
    language of the page's own markup is often wrong; it is only kept to fall back on.
    """
    found = _extract(html)
    if found is None:
        return None
    values = {
        "title": found.title,
        "url": found.url or url,
        "publisher": found.sitename,
        "published": found.date,
        "language": found.language,
    }
    metadata, _ = metadata_of(values)
    body = "\n\n".join(line for line in (found.text or "").split("\n") if line.strip())
    if not body:
        return None
    title = metadata.title
    if title and title not in " ".join(body[: 2 * len(title) + 200].split()):
        body = f"{title}\n\n{body}"
    day, origin = day_of(html, metadata.url, body, metadata.published, fetched)
    known = msgspec.structs.replace(metadata, language=None, published=day, dated_by=origin)
    return Page(body, known, metadata.language)


def _extract(html: str) -> Any:
    try:
        import trafilatura
    except ImportError as error:
        raise WebSupportMissingError(str(error)) from error
    # The parser beneath meets whatever the web holds: whatever it stumbles over is a page
    # without an article, not the end of the run.
    try:
        return trafilatura.bare_extraction(
            html,
            with_metadata=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
            date_extraction_params=dict(_DATES),
        )
    except Exception:
        return None

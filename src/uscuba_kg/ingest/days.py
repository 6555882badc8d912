"""The day on which a page was published, and where that day stands.

What a page declares counts in this order: JSON-LD, meta tags and marked times, its address, and the
head of its own text. Two different days in one place are none. A day found in another way, such as
a clock in the page's frame, is not taken; nor is the day of fetching where only a vague tag or the
text gives it, nor any day after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from uscuba_kg.ingest.metadata import parse_date
from uscuba_kg.model import DateOrigin, PartialDate

_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"\\]{4,40})"')
_TAG = re.compile(r"<(?:meta|time)\b[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_NAMING = ("property", "name", "itemprop", "class", "pubdate")
_PUBLISHED = frozenset({
    "article:published", "article:published_time", "article.published", "bt:pubdate",
    "citation_publication_date", "cxenseparse:recs:publishtime", "datepublished", "dc.date.issued",
    "dcterms.issued", "dtpublished", "entry-date", "og:article:published_time", "og:published_time",
    "parsely-pub-date", "pub_date", "pubdate", "publication-date", "publication_date",
    "publish-date", "publish_date", "publishdate", "published", "published_time",
    "sailthru.date",
})  # fmt: skip
_VAGUE = frozenset({"date", "dc.date", "dcterms.date"})
_IN_ADDRESS = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2]|(?<=[/_-])[1-9])[/_-]?(0[1-9]|[12]\d|3[01]|(?<=[/_-])[1-9])(?!\d)"
)
_HEAD = 500
"""So many characters of a text may hold its date-line."""

Dated = tuple[PartialDate | None, DateOrigin | None]


def day_of(
    html: str, url: str | None, text: str, guess: PartialDate | None, fetched: PartialDate | None
) -> Dated:
    """Give the day a page was published on and its origin; neither where nothing sound tells it.

    ``guess`` is a day that a library found somewhere in the page, ``fetched`` the one on which a
    crawler did, if that is known.
    """
    for day, origin, vague in _told(html, url, text, guess):
        if fetched is not None and (day > fetched or (vague and day == fetched)):
            continue
        return day, origin
    return None, None


def _told(
    html: str, url: str | None, text: str, guess: PartialDate | None
) -> Iterator[tuple[PartialDate, DateOrigin, bool]]:
    tags = list(_tags(html))
    for origin, days, vague in (
        (DateOrigin.JSON_LD, _dates(_IN_JSON.findall(html)), False),
        (DateOrigin.META, _dates(value for name, value in tags if name in _PUBLISHED), False),
        (DateOrigin.URL, _in_address(url), False),
        (DateOrigin.META, _dates(value for name, value in tags if name in _VAGUE), True),
    ):
        if len(days) == 1:
            yield days.pop(), origin, vague
    if guess is None:
        return
    # tags may hold days in words, which the library reads
    if any(_shows(guess, value) for name, value in tags if name in _PUBLISHED):
        yield guess, DateOrigin.META, False
    if _shows(guess, text[:_HEAD]):
        yield guess, DateOrigin.TEXT, True


def _tags(html: str) -> Iterator[tuple[str, str]]:
    """The names and values of meta tags and of times, in small letters."""
    for tag in _TAG.findall(html):
        found = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag)}
        value = found.get("content") or found.get("datetime")
        for key in _NAMING if value else ():
            for name in found.get(key, "").lower().split():
                yield name, value or ""


def _dates(values: Iterator[str] | list[str]) -> set[PartialDate]:
    return {day for day in map(parse_date, values) if day is not None and day.day is not None}


def _in_address(url: str | None) -> set[PartialDate]:
    found = ("-".join(part.zfill(2) for part in parts) for parts in _IN_ADDRESS.findall(url or ""))
    return _dates(found)


def _shows(day: PartialDate, words: str) -> bool:
    """Tell whether words hold the year and the day, in whatever language the month is."""
    numbers = set(re.findall(r"\d+", words))
    compact = day.lexical.replace("-", "")
    return compact in numbers or (
        {str(day.year)} <= numbers and bool({str(day.day), f"{day.day:02d}"} & numbers)
    )

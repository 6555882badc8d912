"""Which format an answer takes: HTTP content negotiation (RFC 9110, 12.5) over what can be written."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pyoxigraph
from pyoxigraph import QueryResultsFormat, RdfFormat

from uscuba_kg.publish.serve.refusal import RefusalError

Format = QueryResultsFormat | RdfFormat

ROWS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""Media types of rows and verdicts; the first is given to whoever has no wish."""

TRIPLES: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "text/n3": RdfFormat.N3,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}
"""Media types of a graph."""

QUADS: Mapping[str, RdfFormat] = {
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Media types of several graphs."""

NAMES: Mapping[str, tuple[str, ...]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "ttl": ("text/turtle", "application/trig"),
    "turtle": ("text/turtle", "application/trig"),
    "nt": ("application/n-triples", "application/n-quads"),
    "jsonld": ("application/ld+json",),
    "json-ld": ("application/ld+json",),
    "rdf": ("application/rdf+xml",),
    "rdf+xml": ("application/rdf+xml",),
    "trig": ("application/trig",),
    "nq": ("application/n-quads",),
}
"""Short names for the parameter ``format``, which goes before the header Accept.

Clients that others wrote send it of themselves, as a short name or a whole media type.
"""

_TEXTS = ("text/turtle", "text/csv", "text/tab-separated-values", "text/n3", "text/plain")
PAGE = "text/html"


@lru_cache(maxsize=1024)
def wishes(accept: str) -> tuple[tuple[str, float], ...]:
    """The media ranges of an Accept header, each with its weight; a wrong weight counts as 0."""
    found = []
    for part in accept.split(","):
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    weight = min(1.0, max(0.0, float(value)))
                except ValueError:
                    weight = 0.0
        if media:
            found.append((media, weight if weight == weight else 0.0))
    return tuple(found)


def weight_of(media: str, accept: str) -> float:
    """How much a media type is wished for: the most exact range that it falls under decides."""
    kind = media.partition("/")[0] + "/*"
    by_range = dict(wishes(accept))
    return by_range.get(media, by_range.get(kind, by_range.get("*/*", 0.0)))


@lru_cache(maxsize=1024)
def chosen(accept: str, form: str, offered: tuple[str, ...]) -> str:
    """The media type to answer in: the most wished for, and of equals the first offered.

    ``form`` goes first where it names one that is offered. Raises RefusalError (406) where none is
    wished for.
    """
    named = next((m for m in NAMES.get(form, (form,)) if m in offered), None)
    if named is not None:
        return named
    wanted = [m for m in offered if not accept or weight_of(m, accept) > 0]
    if not wanted:
        given = ", ".join(offered[:4])
        raise RefusalError(406, f"This answer can be given as {given}, among others.")
    return max(wanted, key=lambda media: weight_of(media, accept)) if accept else wanted[0]


def prefers_page(accept: str) -> bool:
    """Whether whoever asks would rather see a page than RDF; a browser says so, a client not."""
    page = dict(wishes(accept)).get(PAGE, 0.0)
    return page > 0 and page >= max(weight_of(m, accept) for m in TRIPLES)


def labelled(media: str) -> str:
    """The media type as it stands in Content-Type."""
    return f"{media}; charset=utf-8" if media in _TEXTS else media


def read_as(media: str) -> RdfFormat:
    """The format of a document that is sent. Raises RefusalError (415) for another."""
    bare = media.partition(";")[0].strip().lower()
    form = pyoxigraph.RdfFormat.from_media_type(bare) if bare else None
    if form is None:
        known = ", ".join([*TRIPLES][:6])
        raise RefusalError(
            415, f"The media type {bare or '(none)'} is not read; there are {known}."
        )
    return form

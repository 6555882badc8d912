"""What goes into the explorer and what comes out: a request and a page, frozen."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "es")
"""The languages that pages are written in; the first where a reader's own is not among them."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content policy under which every page works (CSP, level 3)."""


@dataclass(frozen=True, slots=True)
class Request:
    """One GET: the path without its query, decoded, and the query's parameters in their order.

    ``language`` is the one that the reader's browser prefers; a parameter ``lang`` overrules it.
    ``base`` is what stands before every path of this server, without a final slash: empty at the
    root of a host, ``/kg`` behind a proxy that serves it there.
    """

    path: str
    parameters: tuple[tuple[str, str], ...] = ()
    language: str = LANGUAGES[0]
    base: str = ""

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a parameter that are not empty, stripped, in their order."""
        return tuple(v.strip() for n, v in self.parameters if n == name and v.strip())

    def value(self, name: str, otherwise: str = "") -> str:
        """The first value of a parameter that is not empty."""
        return next(iter(self.values(name)), otherwise)

    @property
    def reads(self) -> str:
        """The language of the page: that of the parameter ``lang``, else the browser's."""
        asked = self.value("lang", self.language)
        return asked if asked in LANGUAGES else LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, whole: status, media type with its charset, body, and further headers."""

    status: int
    media_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()

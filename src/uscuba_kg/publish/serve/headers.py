"""The headers of answers: what a cache may do, what a browser may do, who may read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from uscuba_kg.publish.serve.settings import Settings
from uscuba_kg.publish.serve.tasks import Head

Headers: TypeAlias = tuple[tuple[bytes, bytes], ...]

_NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
VARY = (b"vary", b"Accept, Accept-Encoding, Accept-Language")
_SAFE: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_READ_BY_ALL: Headers = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After, X-Time-Limit, X-Result-Limit"),
)


def headers_of(head: Head, settings: Settings, tag: bytes = b"") -> Headers:
    """The headers of an answer from a worker."""
    own = tuple((k.lower().encode(), v.encode("latin-1", "replace")) for k, v in head.headers)
    names = {name for name, _ in own}
    found = [*own, *_SAFE, *_READ_BY_ALL, *_limits(settings)]
    if head.media:
        found.append((b"content-type", head.media.encode()))
    if b"content-security-policy" not in names:
        found.append((b"content-security-policy", _NOTHING))
    if head.status == 200:
        found.append(VARY)
    if b"cache-control" not in names:
        found.append((b"cache-control", b"no-cache" if tag else b"no-store"))
    if tag:
        found.append((b"etag", tag))
    return tuple(found)


def plain_headers(settings: Settings, more: Sequence[tuple[str, str]] = ()) -> Headers:
    """The headers of a plain sentence."""
    return headers_of(Head(0, "text/plain; charset=utf-8", headers=tuple(more)), settings)


def preflight(methods: Sequence[str]) -> Headers:
    """What a browser is told that asks whether a page from elsewhere may send a request.

    Reading may; the header Authorization may not be sent, so that no page writes in a person's name.
    """
    told = ", ".join(methods).encode()
    return (
        (b"allow", told),
        *_READ_BY_ALL,
        (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
        (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match"),
        (b"access-control-max-age", b"86400"),
    )


def _limits(settings: Settings) -> Headers:
    return (
        (b"x-time-limit", f"{settings.seconds:g} seconds".encode()),
        (b"x-result-limit", f"{settings.result_bytes} bytes".encode()),
    )

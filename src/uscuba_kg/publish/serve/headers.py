"""The headers of answers: what a cache may do, what a browser may do, who may read them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
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
    limits = (settings.seconds, settings.result_bytes)
    found = _same_for_all(head.status == 200, head.media, head.headers, bool(tag), limits)
    return (*found, (b"etag", tag)) if tag else found


@lru_cache(maxsize=256)
def _same_for_all(
    fine: bool,
    media: str,
    more: tuple[tuple[str, str], ...],
    tagged: bool,
    limits: tuple[float, int],
) -> Headers:
    """What stands in the head of every answer of a kind."""
    own = tuple((k.lower().encode(), v.encode("latin-1", "replace")) for k, v in more)
    names = {name for name, _ in own}
    found = [*own, *_SAFE, *_READ_BY_ALL]
    found.append((b"x-time-limit", f"{limits[0]:g} seconds".encode()))
    found.append((b"x-result-limit", f"{limits[1]} bytes".encode()))
    if media:
        found.append((b"content-type", media.encode()))
    if b"content-security-policy" not in names:
        found.append((b"content-security-policy", _NOTHING))
    if fine:
        found.append(VARY)
    if b"cache-control" not in names:
        found.append((b"cache-control", b"no-cache" if tagged else b"no-store"))
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

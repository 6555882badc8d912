"""Web archives (WARC, ISO 28500) to pages: what a crawler fetched, with where and how.

Read by FastWARC, packed or not; what is packed inside (``Content-Encoding``) is unpacked. Nothing is
fetched: an archive is a file on this machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from uscuba_kg.ingest.metadata import parse_date
from uscuba_kg.ingest.sources import MAX_BYTES
from uscuba_kg.ingest.spans import Span, first_record
from uscuba_kg.model import PartialDate

_PAGES = ("text/html", "application/xhtml+xml")
_OK = 200
_ENCODED = ("Content-Encoding", "Transfer-Encoding")
"""With one of these a page's length in the archive is not that of its words."""
INSTALL = "Install it with: pip install 'uscuba-kg[warc]'."


class BrokenArchiveError(Exception):
    """What should be an archive cannot be read on; the text says why."""


class Fetched(msgspec.Struct, frozen=True):
    """One answer of a web server; ``charset`` is what it declared, ``body`` is empty for no page.

    ``is_page`` tells HTML that was found (status 200) from pictures, errors and redirects; ``day`` is
    when it was fetched.
    """

    url: str
    size: int
    is_page: bool
    body: bytes = b""
    charset: str | None = None
    day: PartialDate | None = None


def fetched(file: BinaryIO, span: Span | None = None) -> Iterator[Fetched]:
    """Give the answers in an archive, in its order, or those whose records begin within a span of it.

    Raises ImportError where FastWARC is not installed, and BrokenArchiveError where the file cannot
    be read on: what came before it stands.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    begin = 0 if span is None else first_record(file, span)
    if begin is None:
        return
    file.seek(begin)
    try:
        for record in ArchiveIterator(
            file, record_types=WarcRecordType.response, auto_decode="all", fsspec_args=False
        ):
            if span is not None and record.stream_pos >= span.end:
                return
            yield _fetched(record)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise BrokenArchiveError(str(error) or type(error).__name__) from error


def _fetched(record: Any) -> Fetched:
    url, size = record.headers.get("WARC-Target-URI", ""), record.content_length
    headers = record.http_headers
    kind = (record.http_content_type or "").lower()
    if headers is None or headers.status_code != _OK or kind not in _PAGES:
        return Fetched(url, size, is_page=False)
    body = record.reader.read(MAX_BYTES + 1)
    encoded = any(name in headers for name in _ENCODED)
    if not encoded and len(body) < min(size, MAX_BYTES):
        raise EOFError("its last page is cut off")
    day = parse_date(record.headers.get("WARC-Date", ""))
    return Fetched(url, size, len(body) <= MAX_BYTES, body, record.http_charset, day)

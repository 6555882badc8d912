"""A large web archive as spans of its bytes, each of which can be read by itself.

In ``.warc.gz`` every record is packed for itself (WARC 1.1, annex D): whoever reads a span looks for
the first of them that begins in it. In ``.warc`` records tell how long they are, so that they are
skipped one by one and a span begins with one. An archive packed as a whole has no spans.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

SPAN = 32_000_000
"""So many bytes of the file a span has."""
_MAGIC = b"\x1f\x8b\x08"
_SIGN = b"WARC/"
_CHUNK = 1 << 20
_HEAD = 1 << 16
"""The head of a record is shorter."""
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d+)", re.IGNORECASE | re.MULTILINE)
_BEHIND = len(b"\r\n\r\n")


class Span(msgspec.Struct, frozen=True):
    """Bytes of a file: a record is of the span in which it begins."""

    start: int
    size: int

    @property
    def end(self) -> int:
        """Where the next one starts."""
        return self.start + self.size


def spans_of(path: Path, *, packed: bool) -> tuple[Span, ...]:
    """Give the spans of an archive; none where it is small, or can only be read as a whole.

    Raises OSError where it cannot be read.
    """
    size = path.stat().st_size
    if size <= SPAN:
        return ()
    with path.open("rb") as file:
        if not packed:
            starts = list(_starts(file, size))
        elif _is_packed_by_records(file):
            starts = list(range(0, size, SPAN))
        else:
            return ()
    return tuple(
        Span(start, end - start) for start, end in zip(starts, [*starts[1:], size], strict=True)
    )


def first_record(file: BinaryIO, span: Span) -> int | None:
    """Where the first record begins within a span; None where none does."""
    file.seek(span.start)
    if file.read(len(_SIGN)) == _SIGN:  # one that is not packed: its spans begin so
        return span.start
    at, data = span.start, b""
    file.seek(at)
    while at < span.end:
        data += file.read(_CHUNK)
        found = data.find(_MAGIC)
        while found >= 0 and at + found < span.end:
            if _begins_record(file, at + found):
                return at + found
            found = data.find(_MAGIC, found + 1)
        keep = min(len(data), len(_MAGIC) - 1)
        if len(data) == keep:
            return None
        at, data = at + len(data) - keep, data[-keep:]
        file.seek(at + keep)
    return None


def _begins_record(file: BinaryIO, at: int) -> bool:
    """Tell whether a packed record begins at a place, and not only bytes that look so."""
    file.seek(at)
    try:
        head = zlib.decompressobj(wbits=31).decompress(file.read(_HEAD), len(_SIGN))
    except zlib.error:
        return False
    return head == _SIGN


def _is_packed_by_records(file: BinaryIO) -> bool:
    """Tell whether the first record, which says who wrote the archive, is packed for itself."""
    one = zlib.decompressobj(wbits=31)
    try:
        said = one.decompress(file.read(_CHUNK), _CHUNK)
    except zlib.error:
        return False
    return one.eof and said.startswith(_SIGN) and one.unused_data.startswith(_MAGIC)


def _starts(file: BinaryIO, size: int) -> Iterator[int]:
    """Where the spans of an archive begin that is not packed; what is no record is of the last."""
    start = at = 0
    yield start
    while at < size:
        file.seek(at)
        head, end, _ = file.read(_HEAD).partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not end or length is None or not head.startswith(_SIGN):
            return
        at += len(head) + len(end) + int(length[1]) + _BEHIND
        if at - start >= SPAN and at < size:
            start = at
            yield start

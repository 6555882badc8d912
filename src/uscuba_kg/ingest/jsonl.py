"""JSON Lines: one article a line, its text under ``text``, beside it the keys of front matter."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from uscuba_kg.ingest.decoding import decode
from uscuba_kg.ingest.sources import MAX_BYTES, UTF16_MARKS


class Line(msgspec.Struct, frozen=True):
    """One line of a file and its number; ``data`` is ``None`` where it is too long to be read."""

    number: int
    data: bytes | None


def as_utf8(file: BinaryIO) -> BinaryIO:
    """Give the file so that its lines end in LF bytes: one in UTF-16 is decoded as a whole."""
    if file.read(2) not in UTF16_MARKS:
        file.seek(0)
        return file
    file.seek(0)
    decoded = decode(file.read())
    return io.BytesIO(decoded.text.encode("utf-8") if decoded else b"\0")


def lines_of(
    file: BinaryIO, first: int = 1, size: int | None = None, head: bytes = b""
) -> Iterator[Line]:
    """Read the lines that begin within the next ``size`` bytes, blank ones left out.

    ``head`` is a first line, or the beginning of a too long one, that was read already.
    """
    number, taken = first, 0
    while size is None or taken < size:
        data = head or file.readline(MAX_BYTES + 1)
        head = b""
        if not data:
            return
        taken += len(data)
        whole = len(data) <= MAX_BYTES
        while len(data) > MAX_BYTES and not data.endswith(b"\n"):
            data = file.readline(MAX_BYTES + 1)
            taken += len(data)
            if not data or data.endswith(b"\n"):
                break
        if not whole:
            yield Line(number, None)
        elif data.strip():
            yield Line(number, data)
        number += 1


def parse_object(data: bytes) -> tuple[dict[str, Any] | None, str]:
    """Read one line as a JSON object; where it is none, ``None`` and what is wrong."""
    decoded = decode(data)
    if decoded is None:
        return None, "this line is no text"
    try:
        value = msgspec.json.decode(decoded.text)
    except (msgspec.DecodeError, RecursionError) as error:
        return None, str(error)
    if not isinstance(value, dict):
        return None, "this line is no JSON object"
    return value, ""

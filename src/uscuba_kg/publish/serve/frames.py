"""Messages on a socket pair: four bytes of length, then so many bytes; an empty one ends a body."""

from __future__ import annotations

import struct
from typing import BinaryIO

PIECE = 256 * 1024
"""The most bytes of a body in one frame."""

_LENGTH = struct.Struct("!I")


def framed(data: bytes) -> bytes:
    """A message with its length in front."""
    return _LENGTH.pack(len(data)) + data


def length_of(head: bytes | bytearray | memoryview) -> int:
    """The length that the first four bytes tell."""
    return int(_LENGTH.unpack_from(head)[0])


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, or None where the other side has gone; it may raise ConnectionError then."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    size = length_of(head)
    data = stream.read(size)
    return data if len(data) == size else None

"""Messages on a socket pair: four bytes of length, then so many bytes; an empty one ends a body."""

from __future__ import annotations

import socket
import struct

PIECE = 256 * 1024
"""The most bytes of a body in one frame."""

_LENGTH = struct.Struct("!I")


def framed(data: bytes) -> bytes:
    """A message with its length in front."""
    return _LENGTH.pack(len(data)) + data


def length_of(head: bytes | bytearray | memoryview) -> int:
    """The length that the first four bytes tell."""
    return int(_LENGTH.unpack_from(head)[0])


def receive(channel: socket.socket) -> bytes | None:
    """The next message, or None where the other side has gone."""
    head = _exactly(channel, _LENGTH.size)
    return None if head is None else _exactly(channel, length_of(head))


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        try:
            part = channel.recv(min(size - len(parts), 1 << 20))
        except ConnectionError:
            return None
        if not part:
            return None
        parts += part
    return bytes(parts)

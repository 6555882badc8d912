"""One answer on its way out, and what is to be told of it in the log."""

from __future__ import annotations

import asyncio
import time
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import Protocol

from uscuba_kg.publish.serve.frames import PIECE
from uscuba_kg.publish.serve.headers import Headers

_PATIENCE = 60.0
"""Seconds in which a client has to take a piece of a body."""

_LINES = {s.value: f"HTTP/1.1 {s.value} {s.phrase}".encode() for s in HTTPStatus}
_NO_BODY = (204, 304)


class Way(Protocol):
    """Where an answer is written to."""

    def write(self, data: bytes) -> None:
        """Send something."""

    async def drained(self) -> None:
        """Wait until most of what was sent has been taken. Raises ConnectionError."""


class Reply:
    """Sends an answer once; of a HEAD request (``bare``) its head alone.

    In chunks where its length is not known before and ``chunks`` may be sent; else such an answer,
    and each whose connection is not ``lasting``, ends with its connection.
    """

    def __init__(self, way: Way, bare: bool, chunks: bool = True, lasting: bool = True) -> None:
        self._way, self._bare, self._chunks, self.lasting = way, bare, chunks, lasting
        self.status = self.bytes = 0
        self.kept = self.gone = self.done = False
        self.text = ""

    async def whole(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a head and a whole body."""
        if status not in _NO_BODY and not (self._bare and not body):
            headers = (*headers, (b"content-length", b"%d" % len(body)))
        if self._bare:
            body = b""
        first = body[:PIECE]
        self._way.write(_head(status, headers, self.lasting) + first)
        self.status, self.bytes = status, len(first)
        for start in range(PIECE, len(body), PIECE):
            await self._send(body[start : start + PIECE])
            if self.gone:
                return
        self.done = True

    async def begin(self, status: int, headers: Headers) -> None:
        """Send the head of an answer whose length is not known."""
        self._chunks = self._chunks and not self._bare and status not in _NO_BODY
        if self._chunks:
            headers = (*headers, (b"transfer-encoding", b"chunked"))
        elif not self._bare:
            self.lasting = False
        self._way.write(_head(status, headers, self.lasting))
        self.status = status

    async def piece(self, body: bytes) -> None:
        """Send a piece of a body, as soon as most of what came before has been taken."""
        if not self._bare:
            await self._send(b"%x\r\n%b\r\n" % (len(body), body) if self._chunks else body)

    async def _send(self, data: bytes) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._way.drained()
        except (OSError, TimeoutError):
            self.gone = True
        else:
            self.bytes += len(data)
            self._way.write(data)

    def end(self, whole: bool) -> None:
        """End a body; one that is not whole ends with its connection, which a client notices."""
        self.done = whole
        if whole and self._chunks:
            self._way.write(b"0\r\n\r\n")


def _head(status: int, headers: Headers, lasting: bool) -> bytes:
    lines = [_LINES[status], _date(int(time.time())), *map(b": ".join, headers)]
    if not lasting:
        lines.append(b"connection: close")
    head = b"\r\n".join(lines)
    if head.count(b"\n") >= len(lines) or head.count(b"\r") >= len(lines):
        raise ValueError("a header holds a line break")
    return head + b"\r\n\r\n"


@lru_cache(maxsize=1)
def _date(seconds: int) -> bytes:
    return b"date: " + formatdate(seconds, usegmt=True).encode()

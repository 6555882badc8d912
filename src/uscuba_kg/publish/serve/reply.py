"""One answer on its way out, and what is to be told of it in the log."""

from __future__ import annotations

import asyncio

from uscuba_kg.publish.serve.asked import Send
from uscuba_kg.publish.serve.frames import PIECE
from uscuba_kg.publish.serve.headers import Headers

_PATIENCE = 60.0
"""Seconds in which a client has to take a piece of a body."""


class Reply:
    """Sends an answer once; of a HEAD request (``bare``) its head alone."""

    def __init__(self, send: Send, bare: bool) -> None:
        self._send, self._bare = send, bare
        self.status = self.bytes = 0
        self.kept = self.gone = False
        self.text = ""

    async def whole(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a head and a whole body."""
        if status not in (204, 304) and not (self._bare and not body):
            headers = (*headers, (b"content-length", str(len(body)).encode()))
        await self.begin(status, headers)
        if self._bare:
            body = b""
        for start in range(0, len(body) - PIECE, PIECE):
            await self.piece(body[start : start + PIECE])
            if self.gone:
                return
        rest = len(body) % PIECE or min(len(body), PIECE)
        self.bytes += rest
        await self._send({"type": "http.response.body", "body": body[len(body) - rest :]})

    async def begin(self, status: int, headers: Headers) -> None:
        """Send a head alone."""
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def piece(self, body: bytes) -> None:
        """Send a piece of a body, as soon as most of what came before has been taken."""
        self.bytes += len(body)
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._send({"type": "http.response.body", "body": body, "more_body": True})
        except (OSError, TimeoutError):
            self.gone = True

    async def end(self, whole: bool) -> None:
        """End a body; one that is not whole ends with its connection, which a client notices."""
        if whole:
            await self._send({"type": "http.response.body", "body": b""})

"""A connection as uvicorn handles it, with bounds on what comes before a request is whole."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 256 * 1024
"""The largest head of a request: a query of the greatest length in an address, and headers."""

HEAD_SECONDS = 20.0
"""The longest that a head may take to arrive, counted from the connection or the answer before."""


_HELD_MOST = 64 * 1024


class _Together:
    """A transport that sends at once what is written in one turn of the loop: head and body."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Send it soon, or at once where it is much."""
        if not self._held:
            self._loop.call_soon(self._send)
        self._held.append(data)
        if len(data) > _HELD_MOST:
            self._send()

    def close(self) -> None:
        """Close when what was written has been sent."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._held:
            data, self._held = b"".join(self._held), []
            if not self._transport.is_closing():
                self._transport.write(data)


class Connection(HttpToolsProtocol):
    """Closes where a head is too large, or does not come to its end in time."""

    _size = 0
    _late: asyncio.TimerHandle | None = None
    _in_body = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first head."""
        super().connection_made(transport)
        self.transport = _Together(transport, self.loop)  # type: ignore[assignment]
        self._late = self.loop.call_later(HEAD_SECONDS, transport.close)

    def data_received(self, data: bytes) -> None:
        """Take in what came, unless it makes the head too large."""
        if self._late is None and self.cycle is not None and self.cycle.response_complete:
            self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)
        if self._late is not None and not self._in_body:  # what an answer did not wait for is no head
            self._size += len(data)
            if self._size > HEAD_BYTES:
                self._settled()
                self.transport.close()
                return
        super().data_received(data)

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._settled()
        self._in_body = True
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The body is there as well."""
        self._in_body = False
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._settled()
        super().connection_lost(exc)

    def _settled(self) -> None:
        self._size = 0
        if self._late is not None:
            self._late.cancel()
            self._late = None

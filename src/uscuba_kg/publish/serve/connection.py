"""A connection: bytes in, requests out to be answered one after the other, within bounds."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias, cast
from urllib.parse import unquote

import httptools

from uscuba_kg.publish.serve.reply import Reply
from uscuba_kg.publish.serve.request import Request

HEAD_BYTES = 256 * 1024
"""The largest head of a request: a query of the greatest length in an address, and headers."""

HEAD_SECONDS = 20.0
"""The longest that a head may take to arrive, or what is left of a body when the answer was given."""

IDLE_SECONDS = 75.0
"""How long a connection may be silent between two requests."""

HELD_BYTES = 64 * 1024
"""So much of a body is held, and little more, until whoever answers looks at it."""

MOST_CONNECTIONS = 1_000

Answering: TypeAlias = Callable[[Request, Reply], Awaitable[None]]

_WRONG = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 20\r\nconnection: close\r\n\r\nThis is no request.\n"
)
_AGAIN = ((b"retry-after", b"1"), (b"content-type", b"text/plain; charset=utf-8"))
_FULL = b"There are too many connections; ask again in a second.\n"


class Connection(asyncio.Protocol):
    """One of the connections ``all_``, to be closed when its ``deadline`` (time.monotonic) is over."""

    transport: asyncio.Transport

    def __init__(self, answering: Answering, all_: set[Connection]) -> None:
        self._answering, self._all = answering, all_
        self.deadline: float | None = time.monotonic() + HEAD_SECONDS
        self.task: asyncio.Task[None] | None = None
        self._parser = httptools.HttpRequestParser(self)
        self._size = 0
        self._url = b""
        self._headers: dict[bytes, bytes] = {}
        self._coming: Request | None = None
        self._current: tuple[Request, Reply] | None = None
        self._waiting: deque[Request] = deque()
        self._leaving = self._deaf = False
        self._room: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first head."""
        self.transport = cast(asyncio.Transport, transport)
        self._all.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever works for this client."""
        self._all.discard(self)
        self._waiting.clear()
        self.resume_writing()
        if self._current is not None:
            self._current[0].lose()

    def data_received(self, data: bytes) -> None:
        """Take in what came, unless it makes a head too large."""
        if self._deaf:
            return
        if self._coming is None or self._coming.whole:
            self._size += len(data)
        if self._size > HEAD_BYTES:
            self.transport.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:  # it is answered as if it asked for nothing else
            self._deaf = True
        except httptools.HttpParserError:
            self._deaf = True
            if self._current is None:
                self.write(_WRONG)
            self.leave()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._url, self._headers = b"", {}
        self.deadline = time.monotonic() + HEAD_SECONDS

    def on_url(self, url: bytes) -> None:
        """Take in a part of the address."""
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take in a header; what stands in several of one name belongs together."""
        name, known = name.lower(), self._headers
        known[name] = known[name] + b", " + value if name in known else value

    def on_headers_complete(self) -> None:
        """Answer the request, after those that came before."""
        self._size, self.deadline = 0, None
        path, query = _target(self._url)
        newer = self._parser.get_http_version() != "1.0"
        self._coming = request = Request(
            self.transport,
            self._flow,
            self._parser.get_method().decode("ascii"),
            path,
            query,
            self._headers,
            chunks=newer,
            lasting=newer
            and self._parser.should_keep_alive()
            and not self._parser.should_upgrade(),
        )
        if self._current is None:
            self._begin(request)
        else:
            self._waiting.append(request)
            self._flow()

    def on_body(self, part: bytes) -> None:
        """Take in a part of a body, unless the answer was given without it."""
        if self._coming is not None and (self._current is not None or self._waiting):
            self._coming.add(part)

    def on_message_complete(self) -> None:
        """The body is whole."""
        if self._coming is not None:
            self._coming.end()
            if self._current is None:
                self._rest()

    def _begin(self, request: Request) -> None:
        lasting = request.lasting and not self._leaving
        reply = Reply(self, request.method == "HEAD", request.chunks, lasting)
        self._current = request, reply
        self.task = asyncio.get_running_loop().create_task(self._answer(request, reply))

    async def _answer(self, request: Request, reply: Reply) -> None:
        try:
            if len(self._all) > MOST_CONNECTIONS:
                reply.lasting = False
                await reply.whole(503, _AGAIN, _FULL)
            else:
                await self._answering(request, reply)
        finally:
            self._current = self.task = None
            if reply.gone or self.transport.is_closing():
                self.transport.abort()
            elif not reply.done or not reply.lasting:
                self.transport.close()
            elif self._waiting:
                self._begin(self._waiting.popleft())
                self._flow()
            else:
                self._rest()

    def _flow(self) -> None:
        """Let the client wait while requests wait, or while much has come that was not looked at."""
        if self._waiting or (self._coming is not None and self._coming.size > HELD_BYTES):
            self.transport.pause_reading()
        else:
            self.transport.resume_reading()

    def _rest(self) -> None:
        """Wait for the next head, or for what is left of a body that the answer did not wait for."""
        whole = self._coming is None or self._coming.whole
        self.deadline = time.monotonic() + (IDLE_SECONDS if whole else HEAD_SECONDS)
        self.transport.resume_reading()

    def leave(self) -> None:
        """Close, as soon as what is being answered has been answered."""
        self._leaving = True
        self._waiting.clear()
        if self._current is None:
            self.transport.close()
        else:
            self._current[1].lasting = False

    def write(self, data: bytes) -> None:
        """Send something."""
        if not self.transport.is_closing():
            self.transport.write(data)

    async def drained(self) -> None:
        """Wait until most of what was sent has been taken. Raises ConnectionError."""
        if self._room is not None:
            await self._room
        if self.transport.is_closing():
            raise ConnectionResetError

    def pause_writing(self) -> None:
        """Much is on its way."""
        self._room = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        """Most of it has been taken."""
        room, self._room = self._room, None
        if room is not None and not room.done():
            room.set_result(None)


def _target(url: bytes) -> tuple[str, bytes]:
    """The path and the query of an address. Raises HttpParserError where it is none."""
    if url.startswith(b"/") and b"#" not in url:
        raw, _, query = url.partition(b"?")
    else:
        parsed = httptools.parse_url(url)
        raw, query = parsed.path or b"/", parsed.query or b""
    path = raw.decode("ascii")
    return unquote(path) if "%" in path else path, query

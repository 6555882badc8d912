"""A request as it comes in: its head at once, its body in parts, and at some time its client's end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class GoneError(Exception):
    """Whoever asked has hung up."""


class Request:
    """The head of a request, and what has come of its body.

    ``lasting`` says that the connection is kept for another one; ``chunks`` that an answer may come
    in chunks (HTTP/1.1). ``expects`` says that the client waits to be told to send the body.
    ``held`` is called when more or less of the body is held than before.
    """

    __slots__ = (
        "_body", "_held", "_news", "_transport", "chunks", "expects", "gone", "headers", "lasting",
        "method", "path", "query", "whole",
    )  # fmt: skip

    def __init__(
        self,
        transport: asyncio.Transport,
        held: Callable[[], None],
        method: str,
        path: str,
        query: bytes,
        headers: dict[bytes, bytes],
        chunks: bool,
        lasting: bool,
    ) -> None:
        self._transport, self._held = transport, held
        self.method, self.path, self.query, self.headers = method, path, query, headers
        self.chunks, self.lasting = chunks, lasting
        self.expects = headers.get(b"expect", b"").lower() == b"100-continue"
        self.whole = self.gone = False
        self._body = bytearray()
        self._news: asyncio.Future[None] | None = None

    def add(self, part: bytes) -> None:
        """Take in a part of the body."""
        self._body += part
        self._held()
        self._tell()

    @property
    def size(self) -> int:
        """How much of the body is held."""
        return len(self._body)

    def end(self) -> None:
        """The body is whole."""
        self.whole = True
        self._tell()

    def lose(self) -> None:
        """The client has gone."""
        self.gone = True
        self._tell()

    async def part(self) -> bytes:
        """What has come of the body since the last time; nothing at its end. Raises GoneError."""
        if self.expects and not self._body and not self.whole:
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        self.expects = False
        while not (self._body or self.whole or self.gone):
            await self._wait()
        if self.gone:
            raise GoneError
        part, self._body = bytes(self._body), bytearray()
        self._held()
        return part

    @property
    def peer(self) -> str:
        """The address that the request came from."""
        return str((self._transport.get_extra_info("peername") or ("",))[0])

    @property
    def address(self) -> str:
        """The address and port that the request came to."""
        host, port = (self._transport.get_extra_info("sockname") or ("localhost", 80))[:2]
        return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    async def until_gone(self) -> None:
        """Wait until the client has gone."""
        while not self.gone:
            await self._wait()

    async def _wait(self) -> None:
        self._news = asyncio.get_running_loop().create_future()
        await self._news

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

"""The front's end of a worker: a task goes out, an answer comes in, whole or piece by piece."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import cast

from uscuba_kg.publish.serve import frames
from uscuba_kg.publish.serve.tasks import Head, Task, decode_head, encode

_HELD_MOST = 4 * frames.PIECE


class LostError(Exception):
    """The worker ended before its answer did."""


class Job:
    """A task that waits for a worker (``link``) and then for its answer, and since when (``since``).

    ``answer`` gives the head and the body, which is empty if it comes later; LostError where the
    worker ended.
    """

    __slots__ = ("answer", "link", "message", "since")

    def __init__(self, task: Task) -> None:
        loop = asyncio.get_running_loop()
        self.message = frames.framed(encode(task))
        self.answer: asyncio.Future[tuple[Head, bytes]] = loop.create_future()
        self.since = loop.time()
        self.link: Link | None = None

    def fail(self, error: Exception) -> None:
        """Let whoever waits for the answer have an error instead."""
        if not self.answer.done():
            self.answer.set_exception(error)


class Link(asyncio.Protocol):
    """One worker, answering one task at a time; a ``worn`` one is not to be asked again.

    ``free`` is called when an answer has come whole, before whoever waits for it is told.
    """

    def __init__(self, pid: int, free: Callable[[Link], None]) -> None:
        self.pid = pid
        self.alive = True
        self.worn = False
        self.job: Job | None = None
        self._free = free
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._head: Head | None = None
        self._pieces: deque[bytes] = deque()
        self._arrived = asyncio.Event()
        self._held = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast(asyncio.Transport, transport)

    def ask(self, job: Job) -> None:
        """Send a task."""
        job.link, self.job, self._head = self, job, None
        job.since = asyncio.get_running_loop().time()
        if self._transport is None or not self.alive:
            job.fail(LostError())
        else:
            self._transport.write(job.message)

    def data_received(self, data: bytes) -> None:
        """Take in a part of an answer."""
        self._buffer += data
        if self._head is None and not self._take_head():
            return
        head = self._head
        if head is None or head.length is None:
            self._take_pieces()
        elif len(self._buffer) >= head.length:
            body = bytes(self._buffer)
            self._buffer.clear()
            self._settle(head, body)

    def _take_head(self) -> bool:
        if len(self._buffer) < 4:
            return False
        size = 4 + frames.length_of(self._buffer)
        if len(self._buffer) < size:
            return False
        self._head = decode_head(memoryview(self._buffer)[4:size])
        del self._buffer[:size]
        if self._head.length is None:
            self._settle(self._head, b"")
        return True

    def _take_pieces(self) -> None:
        while len(self._buffer) >= 4:
            size = 4 + frames.length_of(self._buffer)
            if len(self._buffer) < size:
                break
            piece = bytes(memoryview(self._buffer)[4:size])
            del self._buffer[:size]
            self._pieces.append(piece)
            self._held += len(piece)
        if self._held > _HELD_MOST and self._transport is not None:
            self._transport.pause_reading()
        self._arrived.set()

    async def piece(self) -> bytes:
        """The next piece of a body; an empty one is its end. Raises LostError."""
        while not self._pieces:
            if not self.alive:
                raise LostError
            self._arrived.clear()
            await self._arrived.wait()
        piece = self._pieces.popleft()
        self._held -= len(piece)
        if self._held <= _HELD_MOST and self._transport is not None:
            self._transport.resume_reading()
        return piece

    def _settle(self, head: Head, body: bytes) -> None:
        job = self.job
        if head.length is not None:
            self.job = None
            self._free(self)
        if job is not None and not job.answer.done():
            job.answer.set_result((head, body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self.alive = False
        self._arrived.set()
        if self.job is not None and not self.job.answer.done():
            self.job.answer.set_exception(LostError())
            self.job.answer.exception()  # nobody may be waiting any more

    def close(self) -> None:
        """Let the worker go: it ends when it finds its socket closed."""
        self.alive = False
        if self._transport is not None:
            self._transport.close()

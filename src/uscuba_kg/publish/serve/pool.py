"""The workers: a bounded number works, a bounded number waits, and whoever is lost is replaced."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from uscuba_kg.publish.serve import process
from uscuba_kg.publish.serve.link import Link
from uscuba_kg.publish.serve.process import Started


class FullError(Exception):
    """All workers are busy, and as many requests wait as may."""


class Pool:
    """Workers of one keeper; of the next one after ``follow``."""

    def __init__(self, size: int, waiting: int) -> None:
        self.size, self.most_waiting = size, waiting
        self.keeper: Started | None = None
        self.busy = 0
        self.lost = 0
        self._idle: list[Link] = []
        self._waiting: deque[asyncio.Future[Link]] = deque()
        self._of: dict[Link, Started] = {}
        self._forking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    @property
    def has_idle(self) -> bool:
        """Whether a worker is free."""
        return bool(self._idle)

    async def follow(self, keeper: Started) -> None:
        """Take workers of a new keeper; the old ones end, each after what it is doing."""
        fresh = [await self._forked(keeper) for _ in range(self.size)]
        old, idle, self.keeper = self.keeper, self._idle, keeper
        self._idle = []
        for link in idle:
            self._drop(link)
        for link in fresh:
            self._offer(link)
        if old is not None:
            old.end()

    async def take(self) -> Link:
        """A worker that is free, at once or when one has become so. Raises FullError."""
        while self._idle:
            link = self._idle.pop()
            if link.alive:
                self.busy += 1
                return link
            self._replace(link)
        if len(self._waiting) >= self.most_waiting:
            raise FullError
        turn: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            link = await turn
        except asyncio.CancelledError:
            with contextlib.suppress(ValueError):
                self._waiting.remove(turn)
            if turn.done() and not turn.cancelled():
                self._offer(turn.result())
            raise
        self.busy += 1
        return link

    def give(self, link: Link) -> None:
        """Put a worker back; one whose keeper has been followed by another ends."""
        self.busy -= 1
        if link.worn or not link.alive:
            self._replace(link)
        elif self._of[link] is not self.keeper:
            self._drop(link)
        else:
            self._offer(link)

    def stop(self, link: Link) -> None:
        """End a worker at once, and have another in its place."""
        self.busy -= 1
        if link.alive:
            process.kill(link.pid)
            link.close()
        self._replace(link)

    def _offer(self, link: Link) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(link)
                return
        self._idle.append(link)

    def _drop(self, link: Link) -> None:
        link.close()
        self._of.pop(link, None)

    def _replace(self, link: Link) -> None:
        keeper = self._of.get(link)
        self._drop(link)
        if keeper is not None and keeper is self.keeper:
            self.lost += 1
            task = asyncio.get_running_loop().create_task(self._add(keeper))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _add(self, keeper: Started) -> None:
        with contextlib.suppress(EOFError):  # a keeper that has ended is followed by another
            link = await self._forked(keeper)
            if keeper is self.keeper:
                self._offer(link)
            else:
                self._drop(link)

    async def _forked(self, keeper: Started) -> Link:
        async with self._forking:
            pid, channel = await process.fork(keeper)
        channel.setblocking(False)
        loop = asyncio.get_running_loop()
        _, link = await loop.create_connection(lambda: Link(pid), sock=channel)
        self._of[link] = keeper
        return link

    def close(self) -> None:
        """Let all workers and the keeper go."""
        for link in list(self._of):
            self._drop(link)
        if self.keeper is not None:
            self.keeper.end()

"""The workers: a bounded number works, a bounded number waits, and whoever is lost is replaced."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from uscuba_kg.publish.serve import process
from uscuba_kg.publish.serve.link import Job, Link
from uscuba_kg.publish.serve.process import Started
from uscuba_kg.publish.serve.tasks import Task


class FullError(Exception):
    """All workers are busy, and as many requests wait as may."""


class Pool:
    """Workers of one keeper; of the next one after ``follow``."""

    def __init__(self, size: int, waiting: int) -> None:
        self.size, self.most_waiting = size, waiting
        self.keeper: Started | None = None
        self._idle: list[Link] = []
        self._waiting: deque[Job] = deque()
        self._of: dict[Link, Started] = {}
        self._forking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def waiting(self) -> int:
        """How many requests wait for a worker."""
        return len(self._waiting)

    @property
    def busy(self) -> int:
        """How many workers are at work."""
        return sum(link.job is not None for link in self._of)

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

    def ask(self, task: Task) -> Job:
        """Give a task to a worker that is free, or to the next one that becomes so. Raises FullError."""
        job = Job(task)
        while self._idle:
            link = self._idle.pop()
            if link.alive:
                link.ask(job)
                return job
            self._replace(link)
        if len(self._waiting) >= self.most_waiting:
            raise FullError
        self._waiting.append(job)
        return job

    def give(self, link: Link) -> None:
        """Put a worker back; one whose keeper has been followed by another ends."""
        link.job = None
        if link.worn or not link.alive:
            self._replace(link)
        elif self._of[link] is not self.keeper:
            self._drop(link)
        else:
            self._offer(link)

    def stop(self, job: Job) -> None:
        """Let a task be: the worker that is at it ends at once, and another takes its place."""
        link = job.link
        if link is None:
            with contextlib.suppress(ValueError):
                self._waiting.remove(job)
        elif link.job is job:
            link.job = None
            if link.alive:
                process.kill(link.pid)
                link.close()
            self._replace(link)

    def _offer(self, link: Link) -> None:
        while self._waiting:
            job = self._waiting.popleft()
            if not job.answer.done():
                link.ask(job)
                return
        self._idle.append(link)

    def _drop(self, link: Link) -> None:
        link.close()
        self._of.pop(link, None)

    def _replace(self, link: Link) -> None:
        keeper = self._of.get(link)
        self._drop(link)
        if keeper is not None and keeper is self.keeper:
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
        _, link = await loop.create_connection(lambda: Link(pid, self.give), sock=channel)
        self._of[link] = keeper
        return link

    def close(self) -> None:
        """Let all workers and the keeper go."""
        for link in list(self._of):
            self._drop(link)
        if self.keeper is not None:
            self.keeper.end()

"""The graph that is served, as the front sees it: who holds it, who works on it, who writes it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from uscuba_kg.errors import InputError
from uscuba_kg.publish.serve import process
from uscuba_kg.publish.serve.held import held_of
from uscuba_kg.publish.serve.link import Job, Link, LostError
from uscuba_kg.publish.serve.pool import Pool
from uscuba_kg.publish.serve.process import Started
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.settings import WRITE_SECONDS, Settings
from uscuba_kg.publish.serve.tasks import Head, Ready, Task

_LOOK_EVERY = 0.5


class Graph:
    """A graph with its processes; ``changed`` is called when it has become another one."""

    def __init__(self, settings: Settings, changed: Callable[[Ready], None]) -> None:
        self.pool = Pool(settings.workers, settings.waiting)
        self.version = ""
        self.alive = False
        self._settings, self._changed = settings, changed
        self._held = held_of(settings)
        self._writer: tuple[Started, Link] | None = None
        self._writing = asyncio.Lock()
        self._writes = 0
        self._base = ""
        self._seen = _state(settings)

    async def start(self, keeper: Started | None) -> None:
        """Bring the graph up, by a keeper that may have been started already.

        Raises InputError where it cannot be read.
        """
        if self._settings.writable:
            await self._start_writer()
        await self._take_over(keeper or Started(process.KEEPER, self._held))

    async def _take_over(self, keeper: Started) -> None:
        ready = await keeper.ready()
        await self.pool.follow(keeper)
        self._base, self.alive = ready.version, True
        self._name()
        self._changed(ready)

    def _name(self) -> None:
        self.version = f"{self._base}-{self._writes}" if self._settings.writable else self._base

    async def _start_writer(self) -> None:
        started = Started(process.WRITER, self._held)
        await started.ready()
        loop = asyncio.get_running_loop()
        _, link = await loop.create_connection(
            lambda: Link(started.process.pid, lambda link: None), sock=started.channel
        )
        self._writer = started, link

    async def write(self, task: Task) -> tuple[Head, bytes]:
        """Let the writer do something. Raises RefusalError (503) where it takes too long."""
        async with self._writing:
            if self._writer is None:
                await self._start_writer()
            assert self._writer is not None
            started, link = self._writer
            job = Job(task)
            link.ask(job)
            try:
                async with asyncio.timeout(WRITE_SECONDS):
                    return await asyncio.shield(job.answer)
            except (TimeoutError, LostError) as error:
                self._writer = None
                started.process.kill()
                started.process.wait()
                raise RefusalError(
                    503, "The request was stopped, since it took too long or too much memory."
                ) from error
            finally:  # what was written may be there even if nobody was told
                self._writes += 1
                self._name()

    async def look_after(self, told: Callable[[str], None]) -> None:
        """Follow the files as they change, and have a keeper that has ended replaced."""
        before = self._seen
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            keeper = self.pool.keeper
            self.alive = keeper is not None and keeper.process.poll() is None
            now = _state(self._settings) if self._settings.watch else self._seen
            settled, before = now == before, now  # a file that still grows is left to grow
            if self.alive and (now == self._seen or not settled):
                continue
            self._seen = now
            try:
                await self._take_over(Started(process.KEEPER, self._held))
                told(f"The graph was read anew: {self.version}.")
            except (InputError, EOFError) as error:
                told(f"The graph cannot be read; the old one stays. {error}")

    async def close(self) -> None:
        """Let all processes go, and wait until they have."""
        waiting = [self.pool.keeper] if self.pool.keeper else []
        self.pool.close()
        if self._writer is not None:
            self._writer[1].close()
            waiting.append(self._writer[0])
        for started in waiting:
            await started.wait()


def _state(settings: Settings) -> tuple[tuple[int, int, int], ...]:
    """By what a change of the files is noticed."""
    found = []
    for path in settings.graphs:
        try:
            status = path.stat()
            found.append((status.st_ino, status.st_mtime_ns, status.st_size))
        except OSError:
            found.append((0, 0, 0))
    return tuple(found)

"""A task given to a worker: within its time, and no longer than somebody waits for the answer."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import msgspec

from uscuba_kg.publish.serve import process
from uscuba_kg.publish.serve.asked import GoneError, Receive
from uscuba_kg.publish.serve.figures import Figures
from uscuba_kg.publish.serve.graph import Graph
from uscuba_kg.publish.serve.link import Link, LostError
from uscuba_kg.publish.serve.pool import FullError
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.settings import MEMORY_BYTES, Settings
from uscuba_kg.publish.serve.tasks import DropGraph, Head, Task, Update, WriteGraph

_SOON = 0.1
"""Seconds after which somebody who hung up is looked for: most answers are there before."""

_LONG = 1.0
"""Seconds after which a worker stands back behind others."""

RETRY = (("Retry-After", "1"),)


class Found(NamedTuple):
    """A head and a body; or, with a worker, a head and a body that is still to come from it."""

    head: Head
    body: bytes
    link: Link | None = None


class Evaluator:
    """Gives tasks to the workers of a graph, and counts what became of them."""

    def __init__(self, settings: Settings, graph: Graph, figures: Figures) -> None:
        self._settings, self._graph, self._figures = settings, graph, figures

    async def __call__(self, task: Task, receive: Receive) -> Found:
        """The answer to a task. Raises RefusalError (503) where there is none in time, GoneError."""
        if isinstance(task, Update | WriteGraph | DropGraph):
            return Found(*await self._graph.write(task))
        if self._settings.writable:
            task = msgspec.structs.replace(task, version=self._graph.version)
        link = await self._free()
        answer = link.ask(task)
        try:
            head, body = await self._in_time(answer, receive, link)
        except (GoneError, asyncio.CancelledError):
            self.stop(link, "hung up")
            raise
        except TimeoutError as error:
            self.stop(link, "time")
            raise RefusalError(
                503,
                f"Stopped after {self._settings.seconds:g} seconds, the most that a request may "
                "take; ask for less, or narrow the pattern.",
            ) from error
        except LostError as error:
            self.stop(link, "lost")
            raise RefusalError(
                503,
                f"Stopped: it took more than {MEMORY_BYTES} bytes of memory, "
                "or was too much for the engine.",
            ) from error
        if head.length is None:
            return Found(head, body, link)
        self.done(link)
        return Found(head, body)

    def done(self, link: Link) -> None:
        """Put back a worker that has given its answer."""
        self._graph.pool.give(link)

    def stop(self, link: Link, reason: str) -> None:
        """End a worker whose answer is not wanted any more, or that gives none."""
        self._figures.stopped.labels(reason).inc()
        self._graph.pool.stop(link)

    async def _free(self) -> Link:
        pool = self._graph.pool
        try:
            if pool.has_idle:
                return await pool.take()
            async with asyncio.timeout(self._settings.seconds):
                return await pool.take()
        except (FullError, TimeoutError) as error:
            raise RefusalError(
                503, "The server has as much to do as it may; ask again in a second.", RETRY
            ) from error

    async def _in_time(
        self, answer: asyncio.Future[tuple[Head, bytes]], receive: Receive, link: Link
    ) -> tuple[Head, bytes]:
        """Wait for the answer, and from a while on for whoever asked to hang up. Raises GoneError."""
        loop = asyncio.get_running_loop()
        late: list[asyncio.Handle | asyncio.Future[None]] = []

        def look_out() -> None:
            gone = loop.create_task(_fail_where_gone(answer, receive))
            rest = max(0.0, self._settings.seconds - _SOON)
            late.extend((gone, loop.call_later(rest, _fail, answer, TimeoutError())))
            late.append(loop.call_later(_LONG, _stand_back, link))

        late.append(loop.call_later(min(_SOON, self._settings.seconds), look_out))
        try:
            return await answer
        finally:
            for one in late:
                one.cancel()


def _fail(answer: asyncio.Future[tuple[Head, bytes]], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)


def _stand_back(link: Link) -> None:
    """Let others go first; the system lets no process come forward again, so it is worn."""
    process.yield_to_others(link.pid)
    link.worn = True


async def _fail_where_gone(answer: asyncio.Future[tuple[Head, bytes]], receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    _fail(answer, GoneError())

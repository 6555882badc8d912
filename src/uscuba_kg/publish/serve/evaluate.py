"""A task given to a worker: within its time, and no longer than somebody waits for the answer."""

from __future__ import annotations

import asyncio
from typing import NamedTuple

import msgspec

from uscuba_kg.publish.serve import process
from uscuba_kg.publish.serve.figures import Figures
from uscuba_kg.publish.serve.graph import Graph
from uscuba_kg.publish.serve.link import Job, LostError
from uscuba_kg.publish.serve.pool import FullError
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.request import GoneError, Request
from uscuba_kg.publish.serve.settings import MEMORY_BYTES, Settings
from uscuba_kg.publish.serve.tasks import DropGraph, Head, Task, Update, WriteGraph

_SOON = 0.25
"""Seconds after which a task is looked after: most answers are there before."""

_EACH = 0.5
"""Seconds between one look and the next, unless its time is over before."""

_LONG = 1.0
"""Seconds of the processor after which a worker stands back behind others."""

RETRY = (("Retry-After", "1"),)


class Found(NamedTuple):
    """A head and a body; or, with a job, a head and a body that is still to come from its worker."""

    head: Head
    body: bytes
    job: Job | None = None


class Evaluator:
    """Gives tasks to the workers of a graph, and counts what became of them."""

    def __init__(self, settings: Settings, graph: Graph, figures: Figures) -> None:
        self._settings, self._graph, self._figures = settings, graph, figures
        self._watching: set[asyncio.Task[None]] = set()

    async def __call__(self, task: Task, request: Request) -> Found:
        """The answer to a task. Raises RefusalError (503) where there is none in time, GoneError."""
        if isinstance(task, Update | WriteGraph | DropGraph):
            return Found(*await self._graph.write(task))
        if self._settings.writable:
            task = msgspec.structs.replace(task, version=self._graph.version)
        try:
            job = self._graph.pool.ask(task)
        except FullError as error:
            raise _full() from error
        try:
            head, body = await self._in_time(job, request)
        except FullError as error:
            self._graph.pool.stop(job)
            raise _full() from error
        except (GoneError, asyncio.CancelledError):
            self.stop(job, "hung up")
            raise
        except TimeoutError as error:
            self.stop(job, "time")
            raise RefusalError(
                503,
                f"Stopped after {self._settings.seconds:g} seconds, the most that a request may "
                "take; ask for less, or narrow the pattern.",
            ) from error
        except LostError as error:
            self.stop(job, "lost")
            raise RefusalError(
                503,
                f"Stopped: it took more than {MEMORY_BYTES >> 30} GiB of memory, or was too much for "
                "the engine; ask for less, or narrow the pattern.",
            ) from error
        return Found(head, body, job if head.length is None else None)

    def done(self, job: Job) -> None:
        """Put back the worker of a task whose answer came piece by piece."""
        if job.link is not None and job.link.job is job:
            self._graph.pool.give(job.link)

    def stop(self, job: Job, reason: str) -> None:
        """End the worker of a task whose answer is not wanted any more, or that gives none."""
        self._figures.stopped.labels(reason).inc()
        self._graph.pool.stop(job)

    async def _in_time(self, job: Job, request: Request) -> tuple[Head, bytes]:
        """Wait for the answer, and from a while on look after it."""
        loop = asyncio.get_running_loop()

        def look_after() -> None:
            task = loop.create_task(self._watch(job, request))
            self._watching.add(task)
            task.add_done_callback(self._watching.discard)

        late = loop.call_later(min(_SOON, self._settings.seconds), look_after)
        try:
            return await job.answer
        finally:
            late.cancel()

    async def _watch(self, job: Job, request: Request) -> None:
        """Fail a task whose asker hangs up or whose time is over; let it stand back before."""
        loop, before = asyncio.get_running_loop(), None
        while not job.answer.done():
            left = job.since + self._settings.seconds - loop.time()
            try:
                async with asyncio.timeout(min(_EACH, max(0.0, left))):
                    await request.until_gone()
                job.fail(GoneError())
            except TimeoutError:
                before = self._look(job, before)

    def _look(self, job: Job, before: float | None) -> float | None:
        """What the worker had worked when it was first looked at, to be given the next time."""
        link = job.link
        if asyncio.get_running_loop().time() - job.since >= self._settings.seconds:
            job.fail(FullError() if link is None else TimeoutError())
        if link is None or link.worn:
            return before
        worked = process.worked(link.pid)
        if before is None:
            return worked
        if worked - before > _LONG:
            process.yield_to_others(link.pid)
            link.worn = True  # the system lets no process come forward again
        return before


def _full() -> RefusalError:
    return RefusalError(
        503, "The server has as much to do as it may; ask again in a second.", RETRY
    )

"""Work over many things in several processes, in order, losing nothing but what kills a process.

Tasks are small and carry references, never contents: CPython 3.11.2 hangs where a worker dies while
a large one is being sent (python/cpython issue 94777).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_PER_TASK, _TASKS_PER_WORKER = 8, 4
_AHEAD = 3
"""So many tasks of each worker are under way: what waits for its turn is bounded."""


def in_order(
    work: Callable[[T], R],
    things: Sequence[T],
    *,
    jobs: int,
    lost: Callable[[T], R],
    initializer: Callable[[], None] | None = None,
) -> Iterator[R]:
    """Give what ``work`` makes of each thing, in the order of the things.

    Where a process dies, the tasks that were under way are tried again in processes of their own;
    what kills those too is narrowed down to single things, for which ``lost`` answers.
    """
    size = max(1, min(_PER_TASK, len(things) // (jobs * _TASKS_PER_WORKER)))
    starts = deque(range(0, len(things), size))
    while starts:
        under_way: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
        with ProcessPoolExecutor(jobs, initializer=initializer) as pool:
            try:
                while starts or under_way:
                    while starts and len(under_way) < _AHEAD * jobs:
                        task = things[starts[0] : starts[0] + size]
                        under_way.append((task, pool.submit(_each, work, task)))
                        starts.popleft()
                    yield from under_way[0][1].result()
                    under_way.popleft()
            except BrokenProcessPool:
                pass
        for task, future in under_way:
            done = not future.cancelled() and future.exception() is None
            yield from future.result() if done else _alone(work, task, lost, initializer)


def _each(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    return [work(thing) for thing in things]


def _alone(
    work: Callable[[T], R],
    things: Sequence[T],
    lost: Callable[[T], R],
    initializer: Callable[[], None] | None,
) -> list[R]:
    try:
        with ProcessPoolExecutor(1, initializer=initializer) as pool:
            return pool.submit(_each, work, things).result()
    except BrokenProcessPool:
        if len(things) == 1:
            return [lost(things[0])]
        half = len(things) // 2
        halves = (things[:half], things[half:])
        return [one for part in halves for one in _alone(work, part, lost, initializer)]

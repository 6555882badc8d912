"""Work over many things in several processes, in order, losing nothing but what kills a process.

The processes are of this machine, or of a dask cluster: the same work gives the same results. Tasks
are small and carry references, never contents: CPython 3.11.2 hangs where a worker dies while a
large one is being sent (python/cpython issue 94777).
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple, TypeVar

from uscuba_kg.errors import InputError

T = TypeVar("T")
R = TypeVar("R")

PER_TASK, _TASKS_PER_WORKER = 8, 4
_LOOKED_UP_EVERY = 0.1
"""Seconds that Ctrl-C may wait while a worker is waited for."""
_AHEAD = 3
"""So many tasks of each worker are under way: what waits for its turn is bounded."""
_TRIES = 2
"""So often a single thing is tried alone: a worker may die of something else, but hardly each time."""
_CONNECTED_WITHIN = "10s"
_FILE = ".json"
INSTALL = "Install it with: pip install 'uscuba-kg[cluster]'."


class Crew(NamedTuple):
    """Workers: how to get them, or one alone, how many they are, and how the death of one shows.

    Where ``mends`` is true the others go on, and another takes the place of the dead.
    """

    start: Callable[[], AbstractContextManager[Executor]]
    alone: Callable[[], AbstractContextManager[Executor]]
    size: int
    death: type[Exception]
    mends: bool


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processes(number: int) -> Crew:
    """Worker processes of this machine, which end with whoever started them, or when interrupted."""
    return Crew(lambda: _pool(number), lambda: _pool(1), number, BrokenProcessPool, mends=False)


@contextmanager
def _pool(number: int) -> Iterator[Executor]:
    told, tell = multiprocessing.Pipe(duplex=False)
    with told, tell, ProcessPoolExecutor(number, initializer=_end_with, initargs=(told,)) as pool:
        try:
            yield pool
        except BaseException:
            tell.send_bytes(b"end")  # what is under way is wanted no more, and not waited for
            raise


def _end_with(told: Connection) -> None:
    """Let a worker end as soon as that is told, or the process that started it is gone.

    A pipe tells all: an event of multiprocessing waits for ever for a worker that was killed.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None
    ends: list[Connection | int] = [parent.sentinel, told]

    def watch() -> None:
        multiprocessing.connection.wait(ends)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def cluster(address: str, version: Callable[[], str]) -> Crew:
    """The workers of a dask cluster, by its scheduler's address or scheduler file (``.json``).

    Raises InputError where dask is not installed, the scheduler cannot be reached or has no workers,
    or where ``version``, asked of each worker, gives other words there than here; and later, where
    the scheduler is lost while they work.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise InputError(f"a cluster needs dask ({error})", remedy=INSTALL) from error

    def client() -> Client:
        way = {"scheduler_file": address} if address.endswith(_FILE) else {"address": address}
        return Client(**way, timeout=_CONNECTED_WITHIN, set_as_default=False)

    @contextmanager
    def start() -> Iterator[Executor]:
        with client() as connected:
            try:
                yield connected.get_executor(pure=False)
            except CancelledError as error:
                raise InputError(
                    "the cluster's scheduler was lost",
                    place=address,
                    remedy="Start it and the build again: with --cache what was read is kept.",
                ) from error

    try:
        with client() as connected:
            size = sum(connected.nthreads().values())
            versions = set(connected.run(version).values())
    except (OSError, TimeoutError, ValueError) as error:
        raise InputError(
            f"the cluster cannot be reached ({error})",
            place=address,
            remedy="Name its scheduler as tcp://host:port, or its scheduler file (.json).",
        ) from error
    if versions != {version()}:
        raise InputError(
            "the cluster has no workers"
            if not versions
            else "its workers have another version of uscuba-kg, of Python, or of a library",
            place=address,
            remedy="Start workers with the versions that are here: others may read otherwise.",
        )
    return Crew(start, start, size, KilledWorker, mends=True)


def in_order(
    work: Callable[[T], R],
    things: Sequence[T],
    crew: Crew,
    lost: Callable[[T], R],
    most: int = PER_TASK,
) -> Iterator[R]:
    """Give what ``work`` makes of each thing, in the order of the things.

    A worker is sent at most so many things at once: few where what comes back is large.
    Where a worker dies, what was under way is tried again alone; what kills that worker too is
    narrowed down to single things, and for one that does it again alone ``lost`` answers.
    """
    with _heeding_ctrl_c() as check:
        yield from _in_order(work, things, crew, lost, most, check)


@contextmanager
def _heeding_ctrl_c() -> Iterator[Callable[[], None]]:
    """Let Ctrl-C stop this process, and no worker: those end when this process says so.

    It is raised by what is given, which is to be called now and then: Python drops what a signal
    raises while a hook or a destructor runs. Who is impatient is heard at once.
    """
    parent, heard = os.getpid(), list[int]()

    def hear(number: int, _: object) -> None:
        if os.getpid() == parent:  # forked workers have this handler too
            heard.append(number)
            if len(heard) > 1:
                raise KeyboardInterrupt

    def check() -> None:
        if heard:
            raise KeyboardInterrupt

    ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if threading.current_thread() is not threading.main_thread() or not ours:
        yield check
        return
    signal.signal(signal.SIGINT, hear)
    try:
        yield check
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _result(future: Future[R], check: Callable[[], None]) -> R:
    """What a worker gives; whoever waits for it looks up now and then."""
    while True:
        check()
        try:
            return future.result(timeout=_LOOKED_UP_EVERY)
        except TimeoutError:
            if future.done():
                raise


def _in_order(
    work: Callable[[T], R],
    things: Sequence[T],
    crew: Crew,
    lost: Callable[[T], R],
    most: int,
    check: Callable[[], None],
) -> Iterator[R]:
    size = max(1, min(most, len(things) // (crew.size * _TASKS_PER_WORKER)))
    starts = deque(range(0, len(things), size))
    while starts:
        under_way: deque[tuple[Sequence[T], Future[list[R]]]] = deque()
        with crew.start() as workers:
            while starts or under_way:
                try:
                    while starts and len(under_way) < _AHEAD * crew.size:
                        task = things[starts[0] : starts[0] + size]
                        under_way.append((task, workers.submit(_each, work, task)))
                        starts.popleft()
                    done = _result(under_way[0][1], check)
                except crew.death:
                    if not crew.mends:
                        break
                    done = _alone(work, under_way[0][0], crew, lost)
                yield from done
                under_way.popleft()
        for task, future in under_way:
            ended = not future.cancelled() and future.exception() is None
            yield from future.result() if ended else _alone(work, task, crew, lost)


def _each(work: Callable[[T], R], things: Sequence[T]) -> list[R]:
    return [work(thing) for thing in things]


def _alone(
    work: Callable[[T], R],
    things: Sequence[T],
    crew: Crew,
    lost: Callable[[T], R],
    tries: int = _TRIES,
) -> list[R]:
    try:
        with crew.alone() as worker:
            return worker.submit(_each, work, things).result()
    except crew.death:
        if len(things) > 1:
            half = len(things) // 2
            halves = (things[:half], things[half:])
            return [one for part in halves for one in _alone(work, part, crew, lost)]
        if tries > 1:
            return _alone(work, things, crew, lost, tries - 1)
        return [lost(things[0])]

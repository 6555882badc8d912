"""Processes that the front starts: keepers and the writer, each with a socket to talk on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.publish.serve import frames
from uscuba_kg.publish.serve.held import FORK, Held
from uscuba_kg.publish.serve.tasks import Ready, decode_ready

KEEPER: Final = "uscuba_kg.publish.serve.keeper"
WRITER: Final = "uscuba_kg.publish.serve.writer"
_BEHIND = 5
_MANY_KEPT = "glibc.malloc.tcache_count=1000"
"""A query takes and gives back many small pieces of memory: kept at hand, they cost 5 % of it less."""


class Started:
    """A process that has been started, and the socket to it."""

    def __init__(self, module: str, held: Held) -> None:
        self.channel, theirs = socket.socketpair()
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            env={"GLIBC_TUNABLES": _MANY_KEPT, **os.environ},
            start_new_session=True,  # what a terminal sends to the front is for the front alone
        )
        theirs.close()
        self.channel.sendall(frames.framed(msgspec.msgpack.encode(held)))

    async def ready(self) -> Ready:
        """Wait until it has its graph. Raises InputError where it cannot."""
        self.channel.setblocking(False)
        loop = asyncio.get_running_loop()
        head = await _exactly(loop, self.channel, 4)
        told = await _exactly(loop, self.channel, frames.length_of(head)) if head else b""
        ready = decode_ready(told) if told else Ready(problem="the process that reads it ended")
        if ready.problem:
            self.end()
            raise InputError(ready.problem)
        return ready

    def end(self) -> None:
        """Let it go: it ends when it finds its socket closed."""
        self.channel.close()

    def kill(self) -> None:
        """End it at once."""
        self.channel.close()
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()

    async def wait(self, seconds: float = 5.0) -> None:
        """Wait until it has ended, and end it if it will not."""
        for _ in range(int(seconds / 0.02)):
            if self.process.poll() is not None:
                return
            await asyncio.sleep(0.02)
        self.kill()
        self.process.wait()


async def fork(keeper: Started) -> tuple[int, socket.socket]:
    """Let a keeper fork a worker; gives its id and the socket to it. Raises EOFError."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Future[None] = loop.create_future()
    channel = keeper.channel
    if channel.fileno() < 0:
        raise EOFError("the keeper has ended")
    with contextlib.suppress(OSError):
        channel.send(FORK)
    loop.add_reader(channel, _settle, arrived)
    try:
        await arrived
    finally:
        loop.remove_reader(channel)
    try:
        data, handles, _, _ = socket.recv_fds(channel, 4, 1)
    except OSError as error:  # it was let go in the meantime
        raise EOFError("the keeper has ended") from error
    if not handles:
        raise EOFError("the keeper has ended")
    return int.from_bytes(data, "big"), socket.socket(fileno=handles[0])


def _settle(arrived: asyncio.Future[None]) -> None:
    if not arrived.done():
        arrived.set_result(None)


def kill(pid: int) -> None:
    """End a worker at once."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def worked(pid: int) -> float:
    """The seconds of the processor that a process has had; of the clock where that is not told."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # a system without it, or the process has just ended
        return time.monotonic()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def yield_to_others(pid: int) -> None:
    """Let a worker that is long at work have a third of what others get of a core that they want."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, _BEHIND)


async def _exactly(loop: asyncio.AbstractEventLoop, channel: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = await loop.sock_recv(channel, size - len(found))
        if not part:
            return b""
        found += part
    return found

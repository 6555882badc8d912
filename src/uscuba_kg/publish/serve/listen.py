"""Listening for connections until a signal comes, and letting them end then."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import time

from uscuba_kg.publish.serve.connection import Answering, Connection

_LOOK_EVERY = 1.0


async def listen(answering: Answering, listener: socket.socket, seconds: float) -> None:
    """Answer requests until SIGTERM or SIGINT; what runs then has so many seconds to come to its end."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    all_: set[Connection] = set()
    server = await loop.create_server(
        lambda: Connection(answering, all_), sock=listener, backlog=1024
    )
    while not told.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(told.wait(), _LOOK_EVERY)
        close_late(all_)
    server.close()
    for connection in list(all_):
        connection.leave()
    running = [c.task for c in all_ if c.task is not None]
    if running:
        await asyncio.wait(running, timeout=seconds)
    for connection in list(all_):
        connection.transport.abort()


def close_late(all_: set[Connection]) -> None:
    """Close the connections whose deadline is over; at once where what was sent is not taken."""
    now = time.monotonic()
    for connection in list(all_):
        if connection.deadline is not None and connection.deadline < now:
            if connection.transport.is_closing():
                connection.transport.abort()
            else:
                connection.transport.close()

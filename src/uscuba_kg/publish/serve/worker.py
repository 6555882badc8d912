"""The loop of a worker: one task after the other, each bounded, none able to reach out."""

from __future__ import annotations

import io
import os
import signal
import socket
import sys
import threading
import traceback
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from uscuba_kg.publish.serve import confine, frames
from uscuba_kg.publish.serve.engine import Answer, View, answer
from uscuba_kg.publish.serve.settings import MEMORY_BYTES
from uscuba_kg.publish.serve.tasks import Task, decode_task, encode

_GRACE = 2.0
"""Seconds after the limit in which the front kills; then the system does."""

_ZIP_LEVEL, _GZIP = 4, 31


@dataclass(frozen=True, slots=True)
class Source:
    """How a worker comes to its view, and its limit of time.

    ``changing`` says that the graph is on disk and written to, so that a view grows old.
    """

    open: Callable[[], View]
    seconds: float
    changing: bool = False


class _Piecewise(io.RawIOBase):
    """A file that sends what is written to it, as frames, compressed if that is wished for."""

    def __init__(self, channel: socket.socket, zipped: bool) -> None:
        super().__init__()
        self.channel = channel
        self.zip = zlib.compressobj(_ZIP_LEVEL, wbits=_GZIP) if zipped else None
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.held += self.zip.compress(data) if self.zip else data
        if len(self.held) >= frames.PIECE:
            self._send()
        return len(data)

    def finish(self) -> None:
        """Send what is held, and the end."""
        if self.zip:
            self.held += self.zip.flush()
        if self.held:
            self._send()
        self.channel.sendall(frames.framed(b""))

    def _send(self) -> None:
        self.channel.sendall(frames.framed(bytes(self.held)))
        self.held.clear()


def work(channel: socket.socket, source: Source) -> None:
    """Answer tasks until the front has gone, and end this process then.

    In a thread, since that has memory of its own to take from and to give back to. What the keeper
    has left over in the midst of the graph is scattered and shared: a look-up takes 30 % longer there.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _mute_the_engine()
    view = source.open()
    _confine(view, source)
    thread = threading.Thread(target=_work, args=(channel, source, view))
    thread.start()
    thread.join()


def _work(channel: socket.socket, source: Source, view: View) -> None:
    try:
        confine.bound_memory(MEMORY_BYTES)
        _answer_all(channel, source, view)
    except ConnectionError:  # the front has gone, or wants this answer no more
        pass
    except Exception as error:  # ends this worker alone; in ASCII, since it may quote the graph
        place = traceback.extract_tb(error.__traceback__)[-1]
        sys.stderr.write(f"worker: {error!a} in {place.name}, line {place.lineno}\n")
    finally:
        os._exit(0)


def _answer_all(channel: socket.socket, source: Source, view: View) -> None:
    version, stream = "", channel.makefile("rb")
    while (message := frames.receive(stream)) is not None:
        task = decode_task(message)
        confine.end_after(source.seconds + _GRACE)
        if source.changing and task.version != version:
            view, version = source.open(), task.version
        try:
            found = answer(view, task)
        except (OSError, RuntimeError):  # a file was merged away under a view that has grown old
            view = source.open()
            found = answer(view, task)
        _send(channel, found, task)
        confine.end_after(0)


def _mute_the_engine() -> None:
    """Keep what the engine says as it ends at a limit out of what may be a log of JSON lines.

    Whoever asked is told by the front; what this process itself has to say is said as before.
    """
    own = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    sys.stderr = os.fdopen(own, "w", buffering=1, encoding="ascii")


def _confine(view: View, source: Source) -> None:
    if not view.allowed and not confine.forbid_sockets() and not source.changing:
        confine.forbid_files()


def _send(channel: socket.socket, found: Answer, task: Task) -> None:
    if found.write is None:
        channel.sendall(frames.framed(encode(found.head)) + found.body)
        return
    headers = (("Content-Encoding", "gzip"),) if task.wish.zipped else ()
    channel.sendall(frames.framed(encode(msgspec.structs.replace(found.head, headers=headers))))
    out = _Piecewise(channel, task.wish.zipped)
    found.write(out)
    out.finish()

"""The keeper: a process that holds the graph and forks workers that share its memory.

Started anew for each graph as ``python -m uscuba_kg.publish.serve.keeper``, so that it has one
thread and nothing open but its own; it ends when the front has gone.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import re
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pyoxigraph

from uscuba_kg.errors import InputError, UscubaError
from uscuba_kg.publish.serve import frames
from uscuba_kg.publish.serve.engine import View
from uscuba_kg.publish.serve.held import FORK, WRITTEN, Held
from uscuba_kg.publish.serve.tasks import Ready, encode
from uscuba_kg.publish.serve.worker import Source, work
from uscuba_kg.rdf.reading import reading
from uscuba_kg.version import VERSION

_OPENINGS, _MOMENT = 25, 0.02
_STATE = re.compile(r"[0-9a-f]{16}")


def keep(channel: socket.socket, held: Held) -> None:
    """Hold the graph, say so, and fork a worker for each word from the front."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        source, ready = _on_disk(held) if held.store else _in_memory(held)
    except (UscubaError, OSError, RuntimeError) as error:
        channel.sendall(frames.framed(encode(Ready(problem=str(error)))))
        return
    from uscuba_kg.publish import explorer  # noqa: F401 - once here, instead of in each worker

    gc.collect()
    gc.freeze()  # what is shared stays shared: nothing of it is looked at for garbage any more
    channel.sendall(frames.framed(encode(ready)))
    while channel.recv(1) == FORK:
        _fork(channel, source)


def _fork(channel: socket.socket, source: Source) -> None:
    theirs, mine = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        channel.close()
        theirs.close()
        try:
            work(mine, source)
        finally:
            os._exit(1)
    mine.close()
    socket.send_fds(channel, [pid.to_bytes(4, "big")], [theirs.fileno()])
    theirs.close()


def _in_memory(held: Held) -> tuple[Source, Ready]:
    store, version = read_files(tuple(map(Path, held.graphs)))
    view = _view(store, held)
    return Source(lambda: view, held.seconds), Ready(len(store), version, view.union)


def _on_disk(held: Held) -> tuple[Source, Ready]:
    """A view that each worker opens for itself; this process never has the store open."""
    folder = Path(held.store or "")
    if held.writable:
        place, version = folder / WRITTEN, os.urandom(8).hex()
    else:
        version = digest_of(tuple(map(Path, held.graphs)))
        place = folder / version
    triples, union = elsewhere(lambda: _prepared(place, held))

    def opened() -> View:
        return _view(_opened(place), held)

    source = Source(opened, held.seconds, changing=held.writable)
    return source, Ready(triples, version, union)


def _prepared(place: Path, held: Held) -> tuple[int, bool]:
    """Make the store of files where it is not there yet; gives its size, and whether a union."""
    fill(place, tuple(map(Path, held.graphs)))
    view = _view(_opened(place), held)
    return len(view.store), view.union


def fill(place: Path, graphs: tuple[Path, ...]) -> None:
    """Make a store of files, whole or not at all, where it is not there yet; forget older ones.

    Raises InputError as :func:`load_files` does, OSError or RuntimeError where it cannot be written.
    """
    if place.exists():
        return
    part = place.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    store = pyoxigraph.Store(str(part))
    load_files(store, graphs)
    store.flush()
    del store
    part.rename(place)
    _forget(place)


def _opened(place: Path) -> pyoxigraph.Store:
    """A store as it is now, to be read only.

    Its writer may merge away files between the reading of their list and of themselves: the engine
    then speaks of corruption (RuntimeError), and what is read again a moment later is fine.
    """
    for _ in range(_OPENINGS - 1):
        try:
            return pyoxigraph.Store.read_only(str(place))
        except (OSError, RuntimeError):
            time.sleep(_MOMENT)
    return pyoxigraph.Store.read_only(str(place))


def _forget(place: Path) -> None:
    """Remove the stores of earlier states, but for the last, which workers may still look at."""
    made = (p for p in place.parent.iterdir() if _STATE.fullmatch(p.name) and p != place)
    for old in sorted(made, key=lambda p: p.stat().st_mtime)[:-1]:
        shutil.rmtree(old, ignore_errors=True)


def _view(store: pyoxigraph.Store, held: Held) -> View:
    union = not held.writable and _only_named(store)
    return View(store, union, held.writable, held.result_bytes, held.allowed)


def read_files(paths: tuple[Path, ...]) -> tuple[pyoxigraph.Store, str]:
    """A store in memory with the graphs of files, and the name of this state: a hash of them.

    Raises InputError for a file that is not there or not well-formed.
    """
    store = pyoxigraph.Store()
    load_files(store, paths)
    return store, digest_of(paths)


def load_files(store: pyoxigraph.Store, paths: tuple[Path, ...]) -> None:
    """Load files into a store. Raises InputError for one that is not there or not well-formed."""
    for path in paths:
        with reading(path) as form:
            store.bulk_load(path=str(path), format=form, base_iri=path.absolute().as_uri())


def digest_of(paths: tuple[Path, ...]) -> str:
    """The name of a state of the graph: a hash of its files and of the version that reads them."""
    digest = hashlib.sha256(VERSION.encode())
    for path in paths:
        with reading(path), path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:16]


def elsewhere(work: Callable[[], tuple[int, bool]]) -> tuple[int, bool]:
    """What a function gives, called in a process that then ends: no thread of it stays here.

    Raises InputError with the message of what went wrong there.
    """
    theirs, mine = socket.socketpair()
    if os.fork() == 0:
        theirs.close()
        try:
            message = encode(work())
        except (UscubaError, OSError, RuntimeError) as error:
            message = encode(str(error))
        finally:
            mine.sendall(frames.framed(message))
            os._exit(0)
    mine.close()
    with theirs, theirs.makefile("rb") as stream:
        told = frames.receive(stream)
    found = msgspec.msgpack.decode(told, type=tuple[int, bool] | str) if told else "it ended"
    if isinstance(found, str):
        raise InputError(f"the store could not be opened: {found}")
    return found


def _only_named(store: pyoxigraph.Store) -> bool:
    """Whether all triples are in named graphs: then the union of these is the default graph."""
    default = store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
    return next(iter(default), None) is None and next(iter(store.named_graphs()), None) is not None


def main() -> None:
    """Hold what is told in the first message on the descriptor that the argument names."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    with channel.makefile("rb") as stream:  # nothing comes after it until this process is ready
        told = frames.receive(stream)
    if told is not None:
        with contextlib.suppress(ConnectionError):  # the front has gone
            keep(channel, msgspec.msgpack.decode(told, type=Held))


if __name__ == "__main__":
    main()

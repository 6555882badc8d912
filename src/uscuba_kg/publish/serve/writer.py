"""The one process that writes to a store on disk: one request after the other, each all or nothing.

Started as ``python -m uscuba_kg.publish.serve.writer``; it answers a request when what was written
has reached the disk.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from uscuba_kg.errors import UscubaError
from uscuba_kg.publish.serve import confine, frames
from uscuba_kg.publish.serve.engine import Answer, refused
from uscuba_kg.publish.serve.held import WRITTEN, Held
from uscuba_kg.publish.serve.keeper import load_files
from uscuba_kg.publish.serve.media import read_as
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.tasks import (
    DropGraph,
    Head,
    Part,
    Ready,
    Task,
    Update,
    WriteGraph,
    decode_task,
    encode,
)
from uscuba_kg.publish.serve.texts import checked_update, syntax_refusal, with_dataset
from uscuba_kg.rdf.vocab import PREFIXES

_DONE = Answer(Head(204, "", 0))
_JOURNAL_BYTES = 2 * 1024 * 1024

_SWELLING = re.compile(rb"""<!ENTITY\s+\S+\s+(?:"[^"&]*&|'[^'&]*&)""")
"""An entity made of others: a kilobyte of XML whose entities are ten of the one before is a gigabyte."""


def write(channel: socket.socket, held: Held) -> None:
    """Open the store, fill it with the files if it is empty, and write what is asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    place = Path(held.store or "") / WRITTEN
    try:
        place.mkdir(parents=True, exist_ok=True)
        store = pyoxigraph.Store(str(place))
        if next(iter(store), None) is None:
            load_files(store, tuple(map(Path, held.graphs)))
            store.flush()
    except (UscubaError, OSError, RuntimeError) as error:
        channel.sendall(frames.framed(encode(Ready(problem=str(error)))))
        return
    if not held.allowed:
        confine.forbid_sockets()
    channel.sendall(frames.framed(encode(Ready())))
    stream = channel.makefile("rb")
    while (message := frames.receive(stream)) is not None:
        found = _answer(store, decode_task(message), held.allowed)
        if found.head.status < 300:
            _to_disk(store, place)
        channel.sendall(frames.framed(encode(found.head)) + found.body)


def _to_disk(store: pyoxigraph.Store, place: Path) -> None:
    """Let the journal reach the disk itself, so that neither a kill nor a power cut loses it.

    A long one is put into tables: whoever opens the store to read goes through all of it.
    """
    journals = list(place.glob("*.log"))
    if sum(journal.stat().st_size for journal in journals) > _JOURNAL_BYTES:
        store.flush()
        return
    for journal in journals:
        handle = os.open(journal, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _answer(store: pyoxigraph.Store, task: Task, allowed: tuple[str, ...]) -> Answer:
    try:
        match task:
            case Update():
                return _update(store, task, allowed)
            case WriteGraph():
                return _put(store, task)
            case DropGraph():
                return _drop(store, task)
            case _:
                raise RefusalError(400, "This is no request that writes.")
    except RefusalError as refusal:
        return refused(refusal)
    except SyntaxError as error:
        return refused(RefusalError(400, f"Not well-formed: {error.msg}."))
    except (ValueError, RuntimeError) as error:
        return refused(RefusalError(400, f"Not done: {error}."))


def _update(store: pyoxigraph.Store, task: Update, allowed: tuple[str, ...]) -> Answer:
    text = checked_update(task.text, allowed)
    try:
        store.update(
            with_dataset(text, task.using, task.using_named),
            base_iri=task.base,
            prefixes=dict(PREFIXES),
        )
    except SyntaxError as error:
        raise syntax_refusal(task.text, error, task.base, update=True) from error
    except OSError as error:  # such as CREATE for a graph that is there
        raise RefusalError(400, f"Not done: {error}.") from error
    return _DONE


def _put(store: pyoxigraph.Store, task: WriteGraph) -> Answer:
    """Replace or add to a graph: one update, so that nobody sees half of it."""
    graph = NamedNode(task.graph) if task.graph else DefaultGraph()
    known = not task.graph or store.contains_named_graph(NamedNode(task.graph))
    triples = [triple for part in task.parts for triple in _read(part, task.graph)]
    if task.replace:
        store.update(_replacing(task.graph, triples))
    else:
        store.extend(Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        if isinstance(graph, NamedNode):
            store.add_graph(graph)
    return _DONE if known else Answer(Head(201, "", 0))


def _read(part: Part, graph: str) -> Iterable[Triple]:
    form = read_as(part.media)
    if form == pyoxigraph.RdfFormat.RDF_XML and _SWELLING.search(part.data):
        raise RefusalError(400, "Entities that are made of other entities are not read.")
    quads = pyoxigraph.parse(
        part.data,
        form,
        base_iri=graph or None,
        without_named_graphs=True,
        rename_blank_nodes=True,
    )
    return (quad.triple for quad in quads)


def _replacing(graph: str, triples: list[Triple]) -> str:
    target = f"GRAPH <{graph}>" if graph else "DEFAULT"
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    block = f"{{ {data.decode()} }}"
    made = f"CREATE {target} ; " if graph else ""
    insert = f"INSERT DATA {{ {target} {block} }}" if graph else f"INSERT DATA {block}"
    return f"DROP SILENT {target} ; {made}{insert}"


def _drop(store: pyoxigraph.Store, task: DropGraph) -> Answer:
    if not task.graph:
        store.clear_graph(DefaultGraph())
        return _DONE
    graph = NamedNode(task.graph)
    if not store.contains_named_graph(graph):
        raise RefusalError(404, f"There is no graph <{task.graph}>.")
    store.remove_graph(graph)
    return _DONE


def main() -> None:
    """Write for the front on the descriptor that the argument names."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    with channel.makefile("rb") as stream:  # nothing comes after it until this process is ready
        told = frames.receive(stream)
    if told is not None:
        with contextlib.suppress(ConnectionError):  # the front has gone
            write(channel, msgspec.msgpack.decode(told, type=Held))


if __name__ == "__main__":
    main()

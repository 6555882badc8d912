"""What the front asks of a worker, and the head of what comes back; both travel as MessagePack."""

from __future__ import annotations

from typing import TypeAlias

import msgspec


class Wish(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an answer is wished for: the header Accept, a short name of a format, in gzip or not."""

    accept: str = ""
    form: str = ""
    zipped: bool = False


class _Task(msgspec.Struct, frozen=True, tag=True, kw_only=True, omit_defaults=True):
    """What every task says: the form of its answer, and which state of the graph is meant."""

    wish: Wish = Wish()
    version: str = ""


class Query(_Task, frozen=True, tag=True):
    """A SPARQL query, with the dataset that the protocol names, if any.

    ``base`` is what relative IRIs are relative to.
    """

    text: str
    base: str | None = None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Update(_Task, frozen=True, tag=True):
    """A SPARQL update, with the dataset that the protocol names, if any, and its base."""

    text: str
    base: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


class ReadGraph(_Task, frozen=True, tag=True):
    """All triples of one graph (``""`` is the default graph), or of all (None).

    ``bare`` asks for the head alone.
    """

    graph: str | None
    bare: bool = False


class Part(msgspec.Struct, frozen=True):
    """One document of a request: its media type and bytes."""

    media: str
    data: bytes


class WriteGraph(_Task, frozen=True, tag=True):
    """Documents that replace a graph or are added to it."""

    graph: str
    parts: tuple[Part, ...]
    replace: bool


class DropGraph(_Task, frozen=True, tag=True):
    """A graph to be removed."""

    graph: str


class Thing(_Task, frozen=True, tag=True):
    """The description of one thing."""

    iri: str


class Dataset(_Task, frozen=True, tag=True):
    """What the graph says of itself, and where it is served."""

    base: str


class Service(_Task, frozen=True, tag=True):
    """What the endpoint is able to do (SPARQL 1.1 Service Description)."""

    endpoint: str


class PageOf(_Task, frozen=True, tag=True):
    """A page of the explorer, or a file that its pages need; ``languages`` as the browser says."""

    path: str
    parameters: tuple[tuple[str, str], ...]
    languages: str
    base: str


Task: TypeAlias = (
    Query | Update | ReadGraph | WriteGraph | DropGraph | Thing | Dataset | Service | PageOf
)


class Head(msgspec.Struct, frozen=True, omit_defaults=True):
    """The head of an answer. ``length`` is None where the body comes as it is made.

    ``lasting`` says that the same task would get the same answer as long as the graph stays.
    """

    status: int
    media: str
    length: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    lasting: bool = False


class Ready(msgspec.Struct, frozen=True):
    """A process has its graph: how many triples, and the name of this state; or why not."""

    triples: int = 0
    version: str = ""
    union: bool = False
    problem: str = ""


encode = msgspec.msgpack.Encoder().encode
decode_task = msgspec.msgpack.Decoder(Task).decode
decode_head = msgspec.msgpack.Decoder(Head).decode
decode_ready = msgspec.msgpack.Decoder(Ready).decode

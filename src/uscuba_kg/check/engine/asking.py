"""Queries answered by Oxigraph: here, or in a process that can be ended when a query never ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from uscuba_kg.errors import ShapeError, UscubaError
from uscuba_kg.rdf.terms import Literal, Term

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    import pyoxigraph

Row = dict[str, Term]
SHAPES_GRAPH = "urn:x-uscuba:shapes-graph"
"""The name under which queries find the shapes graph (``$shapesGraph``)."""


class Question(msgspec.Struct, frozen=True):
    """A SELECT or ASK with its prefixes, and terms to put in for variables that it selects."""

    text: str
    prefixes: dict[str, str]
    terms: tuple[tuple[str, Term], ...] = ()


class BadQueryError(Exception):
    """A query that the engine refuses; its text says why."""


class Asker(Protocol):
    """Whoever answers questions about one graph."""

    def begin(self, question: Question) -> None:
        """Hand a question in; its answer comes with :meth:`answer`, in the order of handing in."""

    def answer(self) -> list[Row] | bool:
        """Give the answer to the oldest question that was handed in."""

    def close(self) -> None:
        """End it."""


def ask(store: pyoxigraph.Store, question: Question) -> list[Row] | bool:
    """Answer one question; raises :class:`BadQueryError`."""
    import pyoxigraph

    terms = {pyoxigraph.Variable(name): rust(term) for name, term in question.terms}
    try:
        found = store.query(question.text, prefixes=question.prefixes, substitutions=terms or None)
        if isinstance(found, pyoxigraph.QueryBoolean):
            return bool(found)
        if isinstance(found, pyoxigraph.QueryTriples):
            raise BadQueryError("it must be SELECT or ASK")
        names = [v.value for v in found.variables]
        return [_row(names, solution) for solution in found]
    except SyntaxError as error:
        raise BadQueryError(str(error.msg)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise BadQueryError(str(error)) from error


def _row(names: Sequence[str], solution: Any) -> Row:
    from uscuba_kg.check.graph.loading import plain

    return {name: plain(value) for name in names if (value := solution[name]) is not None}


def rust(term: Term) -> Any:
    """A plain term as one of the engine's."""
    import pyoxigraph

    if isinstance(term, Literal):
        if term.language:
            return pyoxigraph.Literal(term.lexical, language=term.language)
        return pyoxigraph.Literal(term.lexical, datatype=pyoxigraph.NamedNode(term.datatype))
    if term.startswith("_:"):
        return pyoxigraph.BlankNode(term[2:])
    return pyoxigraph.NamedNode(term)


class Here:
    """Answers in this process: quick to begin, but nothing can end a query that never ends."""

    def __init__(self, load: Callable[[], pyoxigraph.Store]) -> None:
        self._load = load
        self._store: pyoxigraph.Store | None = None
        self._waiting: list[Question] = []

    def begin(self, question: Question) -> None:
        """Hand a question in."""
        self._waiting.append(question)

    def answer(self) -> list[Row] | bool:
        """Answer the oldest question."""
        if self._store is None:
            self._store = self._load()
        return ask(self._store, self._waiting.pop(0))

    def close(self) -> None:
        """There is nothing to end."""


class Apart:
    """Answers in a process of its own, each within so many seconds; loading is not counted."""

    def __init__(self, load: Callable[[], pyoxigraph.Store], seconds: float) -> None:
        import multiprocessing

        self._seconds = seconds
        self._waiting: list[Question] = []
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(load, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._loaded = False

    def begin(self, question: Question) -> None:
        """Hand a question in: the process begins with it while this one does something else."""
        self._waiting.append(question)
        with suppress(BrokenPipeError):  # told when the answer is asked for
            self._pipe.send(question)

    def answer(self) -> list[Row] | bool:
        """Give the oldest question's answer; raises ShapeError where it takes too long."""
        question = self._waiting.pop(0)
        try:
            if not self._loaded:
                self._take()
                self._loaded = True
            if not self._pipe.poll(self._seconds):
                raise too_long(self._seconds, question.text)
            answer: list[Row] | bool = self._take()
            return answer
        except EOFError as error:
            raise ShapeError(
                f"the engine died of a query: {_shown(question.text)}", place="shapes"
            ) from error

    def _take(self) -> Any:
        found = self._pipe.recv()
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(load: Callable[[], pyoxigraph.Store], pipe: Connection) -> None:
    """Load the store, then answer until nobody asks any more."""
    try:
        store = load()
    except UscubaError as error:
        pipe.send(ShapeError(error.message, place=error.place))
        return
    _close_the_doors()
    pipe.send(True)
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            question = pipe.recv()
            try:
                pipe.send(ask(store, question))
            except BadQueryError as error:
                pipe.send(error)


def _close_the_doors() -> None:
    """No new file or connection can be opened from here on; where a system knows no such limit, go on."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def too_long(seconds: float, query: str) -> ShapeError:
    """The error that says that a query took too long."""
    return ShapeError(
        f"a query took longer than {seconds:g} seconds: {_shown(query)}",
        place="shapes",
        remedy="Make it cheaper, or allow it more with --timeout.",
    )


def _shown(text: str, most: int = 80) -> str:
    words = re.sub(r"\s+", " ", text).strip()
    return words if len(words) <= most else words[: most - 1] + "…"


def prefixes_of(declared: Mapping[str, str]) -> dict[str, str]:
    """The prefixes of a query: what it declares, and those that every engine knows."""
    return {
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "sh": "http://www.w3.org/ns/shacl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **declared,
    }

"""Graph files read into plain terms; what is wrong with one is told with line, column and words."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, cast
from xml.parsers import expat

import pyoxigraph

from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.graph.xml_entities import refuse_entities, refuse_long_text
from uscuba_kg.errors import InputError
from uscuba_kg.rdf.terms import Literal, Term

_AT_ONCE = 100_000
"""Quads that a store takes in together: all at once they would be held twice meanwhile."""
_SHOWN = 60
"""How many characters of a bad line are shown."""
_LINE = 1 << 20
_AT = re.compile(
    r"^Parser error (?:at|between) line \d+ "
    r"(?:(?:between )?columns? \d+(?: and (?:line \d+ column )?\d+)?): "
)
_QUOTED = re.compile(r"'([^']+)'")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DEFAULT = pyoxigraph.DefaultGraph()


def triples_of(sources: Iterable[Source]) -> Iterator[tuple[str, str, Term]]:
    """Give the triples of all sources together, graph names left out, as plain terms.

    Blank nodes of the second file and the following ones are told apart by its number. Raises
    InputError for what is not well-formed.
    """
    for number, source in enumerate(sources):
        mark = f"_:f{number}." if number else "_:"
        for quad in quads_of(source):
            yield _name(quad.subject, mark), quad.predicate.value, plain(quad.object, mark)


def store_of(sources: Iterable[Source]) -> pyoxigraph.Store:
    """Give a store in memory with the same triples in its default graph, blank nodes named alike."""
    store = pyoxigraph.Store()
    for number, source in enumerate(sources):
        quads = _flat(source, number)
        while some := list(islice(quads, _AT_ONCE)):
            store.bulk_extend(some)
    return store


def _flat(source: Source, number: int) -> Iterator[pyoxigraph.Quad]:
    for quad in quads_of(source):
        if number or quad.graph_name != _DEFAULT:
            subject, value = (_renamed(t, number) for t in (quad.subject, quad.object))
            quad = pyoxigraph.Quad(subject, quad.predicate, value)
        yield quad


def _renamed(term: Any, number: int) -> Any:
    if number and isinstance(term, pyoxigraph.BlankNode):
        return pyoxigraph.BlankNode(f"f{number}.{term.value}")
    return term


def _name(term: Any, mark: str = "_:") -> str:
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    if isinstance(term, pyoxigraph.BlankNode):
        return mark + term.value
    raise InputError("triples about triples (RDF 1.2) cannot be checked", place=str(term))


def plain(term: Any, mark: str = "_:") -> Term:
    """A term of the engine as a plain one."""
    if isinstance(term, pyoxigraph.Literal):
        return Literal(term.value, term.datatype.value, term.language or "")
    return _name(term, mark)


def quads_of(source: Source) -> Iterator[pyoxigraph.Quad]:
    """Give the quads of one source; raises InputError for what is not well-formed."""
    with _told(source):
        if source.form == "store":
            yield from pyoxigraph.Store.read_only(source.path)
            return
        form = pyoxigraph.RdfFormat.from_extension(source.form[1:])
        with opened(source) as stream:
            head = stream.read(4)
            stream.seek(0)
            if head.startswith(_UTF_16):
                raise InputError(
                    "this is UTF-16", place=source.name, remedy="Save it as UTF-8, as RDF wants."
                )
            if source.form == ".rdf":
                refuse_entities(stream, source.name)
                stream.seek(0)
                refuse_long_text(stream, source.name)
        base = Path(source.path).absolute().as_uri() if source.path else None
        if source.path and not source.zipped:
            yield from pyoxigraph.parse(path=source.path, format=form, base_iri=base)
            return
        with opened(source) as stream:
            yield from pyoxigraph.parse(input=stream, format=form, base_iri=base)


def opened(source: Source) -> BinaryIO:
    """The bytes of a source, unpacked."""
    if not source.path:
        return io.BytesIO(source.data)
    if source.zipped:
        return cast(BinaryIO, gzip.open(source.path))
    return Path(source.path).open("rb")


@contextmanager
def _told(source: Source) -> Iterator[None]:
    """Turn what goes wrong in reading into InputError."""
    try:
        yield
    except SyntaxError as error:
        raise _bad_syntax(source, error) from error
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"not a whole gzip file: {error}", place=source.name) from error
    except MemoryError as error:  # the readers' own limit on what stands between two signs
        raise InputError("a value is longer than 16 MB", place=source.name) from error
    except OSError as error:
        raise InputError(error.strerror or str(error), place=source.name) from error


def _bad_syntax(source: Source, error: SyntaxError) -> InputError:
    line, column, message = error.lineno, error.offset, _AT.sub("", str(error.msg))
    if "LoadDocumentCallback" in message:
        return InputError(
            "its context lies outside the file, and nothing is ever fetched",
            place=source.name,
            remedy="Write the context into the file.",
        )
    if not line:
        line, column, message = _found_again(source, message)
    where = f"{source.name}:{line}:{column}" if line else source.name
    words = _words(source, line, column or 1) if line else ""
    return InputError(f"not well-formed: {message}", place=where, remedy=words)


def _found_again(source: Source, message: str) -> tuple[int | None, int | None, str]:
    """Where a document breaks the rules of XML or JSON, or holds the words of a message."""
    try:
        with opened(source) as stream:
            if source.form == ".jsonld":
                json.load(stream)
            elif source.form == ".rdf":
                expat.ParserCreate().ParseFile(stream)
    except json.JSONDecodeError as error:
        return error.lineno, error.colno, error.msg
    except expat.ExpatError as error:
        return error.lineno, error.offset + 1, expat.ErrorString(error.code)
    except (UnicodeDecodeError, RecursionError):
        pass
    quoted = _QUOTED.search(message)
    with opened(source) as stream:
        for number, raw in enumerate(stream, 1):
            at = raw.decode("utf-8", "replace").find(quoted[1]) if quoted else -1
            if at >= 0:
                return number, at + 1, message
    return None, None, message


def _words(source: Source, line: int, column: int) -> str:
    """The words that stand at a place, with a mark under it."""
    with opened(source) as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(_LINE), b""), 1):
            if number == line:
                text = raw.decode("utf-8", "replace").rstrip("\r\n")
                begin = max(0, column - 1 - _SHOWN // 2)
                shown = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text[begin : begin + _SHOWN])
                return f"    {shown}\n    {' ' * (column - 1 - begin)}^"
    return ""

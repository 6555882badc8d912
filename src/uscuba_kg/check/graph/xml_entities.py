"""What RDF/XML may hide: entities that grow or lie elsewhere, and text that fills the memory."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

from uscuba_kg.errors import InputError

_LONGEST = 1_000
"""Characters of an entity: a namespace is shorter, and a thousand copies of more fill the memory."""
_REMEDY = "Write the text out where it is used."
_LONGEST_TEXT = 16 << 20
_CHUNK = 1 << 20


class _BegunError(Exception):
    """The root element begins: no declaration can follow."""


def refuse_entities(stream: IO[bytes], name: str) -> None:
    """Raise InputError for entities that grow, or that lie in another file."""
    parser = expat.ParserCreate()

    def refuse(message: str) -> None:
        place = f"{name}:{parser.CurrentLineNumber}:{parser.CurrentColumnNumber + 1}"
        raise InputError(message, place=place, remedy=_REMEDY)

    def doctype(_root: str, system: str | None, public: str | None, _inside: bool) -> None:
        if system or public:
            refuse("a document type in another file is never fetched")

    def entity(_name: str, parameter: bool, value: str | None, *_: object) -> None:
        if parameter or value is None:
            refuse("an entity outside the file is never fetched")
        elif "&" in value or len(value) > _LONGEST:
            refuse("an entity made of entities could grow without end")

    def begun(*_: object) -> None:
        raise _BegunError

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = entity
    parser.StartElementHandler = begun
    try:
        parser.ParseFile(stream)
    except (_BegunError, expat.ExpatError):
        return  # what else is wrong the reader will tell


def refuse_long_text(stream: IO[bytes], name: str) -> None:
    """Raise InputError for text without a tag that is longer than other formats may hold."""
    length = 0
    while chunk := stream.read(_CHUNK):
        first = chunk.find(b"<")
        if length + (len(chunk) if first < 0 else first) > _LONGEST_TEXT:
            raise InputError("a value is longer than 16 MB", place=name)
        length = length + len(chunk) if first < 0 else len(chunk) - chunk.rfind(b"<")

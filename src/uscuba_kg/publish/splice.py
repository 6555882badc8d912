"""A graph file with the lines of some subjects replaced; all other bytes are copied as they stand.

Subjects stand in the order of their IRIs, so that each is found by bisection in the file itself.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import long_iri, ntriples_block, turtle_block, turtle_head

_CHUNK = 1 << 23


class Form(NamedTuple):
    """How a format lays out subjects: what stands before them all, and what each begins after.

    ``block`` writes down one subject; its first word, after ``lead``, is the subject's own.
    """

    head: str
    block: Callable[[str, Sequence[Triple]], str]
    end: bytes
    lead: bytes


_TURTLE = Form(turtle_head(), turtle_block, b" .\n\n", b"\n")
_LINES = Form("", ntriples_block, b"\n", b"")
FORMS = {".nq": _LINES, ".nt": _LINES, ".trig": _TURTLE, ".ttl": _TURTLE}
"""The formats in which a graph can be brought up to date."""


def spliced(
    path: Path, form: Form, lines: Iterable[tuple[str, str]]
) -> Iterator[bytes | memoryview]:
    """Give a graph file in parts, with other lines for these subjects, which come in their order.

    Empty lines take a subject out; one that is not there is put in its place.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place = _Places(data, form)
        with memoryview(data) as view:
            at = 0
            for subject, text in lines:
                start, end = place.of(subject, at)
                yield from _chunks(view, at, start)
                yield text.encode()
                at = end
            yield from _chunks(view, at, len(data))


def _chunks(view: memoryview, start: int, end: int) -> Iterator[memoryview]:
    for at in range(start, end, _CHUNK):
        with view[at : min(end, at + _CHUNK)] as chunk:
            yield chunk


class _Places:
    """Where subjects begin and end in a file."""

    def __init__(self, data: mmap.mmap, form: Form) -> None:
        self.data, self.form = data, form
        self.head = len(form.head.encode())

    def of(self, subject: str, after: int) -> tuple[int, int]:
        """From where to where a subject stands, or would stand, behind a place."""
        start = self._first(subject, max(after, self.head), or_same=True)
        return start, self._first(subject, start, or_same=False)

    def _first(self, subject: str, low: int, *, or_same: bool) -> int:
        """The first place behind another where a later subject begins, or this one."""
        high = len(self.data)
        while low < high:
            middle = (low + high) // 2
            begin = self._next(middle)
            found = self._subject(begin) if begin < high else ""
            if begin >= high or found > subject or (or_same and found == subject):
                high = middle
            else:
                low = begin + 1
        return self._next(low)

    def _next(self, at: int) -> int:
        """Where the first subject begins from a place on."""
        if at <= self.head:
            return self.head
        overlap = len(self.form.end) - len(self.form.lead)
        found = self.data.find(self.form.end, at - overlap)
        return found + overlap if found >= 0 else len(self.data)

    def _subject(self, begin: int) -> str:
        start = begin + len(self.form.lead)
        line = self.data[start : self.data.find(b"\n", start)]
        return long_iri(line.split(b" ", 1)[0].decode())

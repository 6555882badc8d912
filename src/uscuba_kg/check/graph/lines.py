"""On which line of a graph file a thing stands, found by looking at how such files are written."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from uscuba_kg.check.graph.inputs import Source

_PREFIX = re.compile(r"\s*@?prefix\s+([\w.-]*):\s*<([^>]*)>", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:<([^>\s]*)>|([\w.-]*):((?:[\w:.%-]|\\.)*))(?=[\s\[;]|$)")
_ABOUT = re.compile(r"\brdf:(?:about|ID)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ID = re.compile(r'"@id"\s*:\s*("(?:[^"\\]|\\.)*")')
_LONG = re.compile(r'"""|\'\'\'')


class Place(NamedTuple):
    """A file and the line in it, from 1."""

    file: str
    line: int


def places_of(sources: Sequence[Source], things: Collection[str]) -> dict[str, Place]:
    """Give the first place where each thing is the subject, as far as it can be told."""
    wanted, found = set(things), dict[str, Place]()
    for source in sources:
        for iri, line in _subjects(source):
            if iri in wanted:
                wanted.discard(iri)
                found[iri] = Place(source.name, line)
        if not wanted:
            break
    return found


def _subjects(source: Source) -> Iterator[tuple[str, int]]:
    if source.form == ".rdf":
        return _matches(source, _ABOUT, lambda m: unescape(m[1] or m[2] or ""))
    if source.form == ".jsonld":
        return _matches(source, _ID, lambda m: str(json.loads(m[1])))
    return _turtle(source) if source.form != "store" else iter(())


def _matches(
    source: Source, pattern: re.Pattern[str], name: Callable[[re.Match[str]], str]
) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(_lines(source), 1):
        for match in pattern.finditer(line):
            yield name(match), number


def _turtle(source: Source) -> Iterator[tuple[str, int]]:
    """Subjects at the beginning of a line: in Turtle, TriG, N-Triples and N-Quads."""
    prefixes: dict[str, str] = {}
    inside = False  # words in three quotation marks may look like anything
    for number, line in enumerate(_lines(source), 1):
        if not inside:
            if line[:1] == "<" and (end := line.find(">")) > 0:  # most lines of large files
                yield line[1:end], number
            elif _PREFIX.match(line):
                prefixes.update(_PREFIX.findall(line))
            elif (subject := _SUBJECT.match(line.lstrip())) and subject[1] is not None:
                yield subject[1], number
            elif subject and subject[2] in prefixes:
                yield prefixes[subject[2]] + subject[3].rstrip(".").replace("\\", ""), number
        if '"""' in line or "'''" in line:
            inside ^= len(_LONG.findall(line)) % 2 == 1


def _lines(source: Source) -> Iterator[str]:
    if not source.path:
        yield from source.data.decode("utf-8", "replace").split("\n")
        return
    opener = gzip.open if source.zipped else open
    with opener(source.path, "rt", encoding="utf-8", errors="replace", newline="\n") as file:
        yield from file

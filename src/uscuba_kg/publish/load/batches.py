"""A graph file as batches of N-Triples lines, each of which can be sent on its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, Triple

from uscuba_kg.rdf.reading import reading


def read_lines(path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The triples of a file, each once and in order: those without blank nodes, those with.

    Raises InputError for a file that is not there or not well-formed.
    """
    plain: set[str] = set()
    blank: set[str] = set()
    with reading(path) as form:
        base = path.absolute().as_uri()
        for quad in pyoxigraph.parse(path=str(path), format=form, base_iri=base):
            (blank if _has_blank(quad.triple) else plain).add(line_of(quad.triple))
    return tuple(sorted(plain)), tuple(sorted(blank))


def _has_blank(triple: Triple) -> bool:
    return isinstance(triple.subject, BlankNode) or isinstance(triple.object, BlankNode)


def line_of(triple: Triple) -> str:
    """A triple as a line of N-Triples."""
    return f"{triple} ."


def batches(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """The lines in batches of so many."""
    for start in range(0, len(lines), size):
        yield lines[start : start + size]

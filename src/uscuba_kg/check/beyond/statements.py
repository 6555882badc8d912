"""The statements in which two files differ, found without reading the others.

In Turtle without long strings and comments, ``.`` at the end of a line ends a statement: no string or
name goes beyond its line. Such files are cut there and compared as bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.graph.loading import opened

_END = b".\n"
_UNSURE = (b'"""', b"'''", b" #", b"\t#", b"\n#")
_DECLARES = re.compile(rb"\s*@?(?:prefix|base)\b", re.IGNORECASE)
_NAMELESS = re.compile(rb"[\[(]")


class _Cut(msgspec.Struct, frozen=True):
    """A file: what it declares at its beginning, and its statements."""

    declared: bytes
    statements: frozenset[bytes]


def changed_statements(
    old: Sequence[Source], new: Sequence[Source]
) -> tuple[Source, Source] | None:
    """What one file of Turtle or N-Triples has and the other has not; None where that is not sure."""
    if not len(old) == len(new) == 1 or {old[0].form, new[0].form} not in ({".nt"}, {".ttl"}):
        return None
    before, after = _cut(old[0]), _cut(new[0])
    if before is None or after is None or before.declared != after.declared:
        return None
    gone, come = before.statements - after.statements, after.statements - before.statements
    if any(_NAMELESS.search(s) for s in (*gone, *come)):  # nodes that would get other names
        return None
    return _source(old[0], before.declared, gone), _source(new[0], before.declared, come)


def _cut(source: Source) -> _Cut | None:
    with opened(source) as stream:
        text = stream.read()
    pieces = text.split(_END)
    if source.form == ".nt":  # a statement is a line, whatever stands there
        return _Cut(b"", frozenset(pieces))
    if text.startswith(b"#") or any(sign in text for sign in _UNSURE):
        return None
    first = next((n for n, p in enumerate(pieces) if not _DECLARES.match(p)), len(pieces))
    declared = _END.join((*pieces[:first], b""))
    statements = frozenset(pieces[first:])
    if any(map(_DECLARES.match, statements)):
        return None
    return _Cut(declared, statements)


def _source(of: Source, declared: bytes, statements: frozenset[bytes]) -> Source:
    whole = [s for s in sorted(statements) if s.strip()]
    text = declared + b"".join(s if s.rstrip().endswith(b".") else s + _END for s in whole)
    return Source(of.name, of.form, data=text)

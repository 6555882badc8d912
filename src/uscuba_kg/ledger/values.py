"""What one source, an article or a meeting, says of a subject that others may speak of, too."""

from __future__ import annotations

import msgspec

from uscuba_kg.kept import packed, unpacked_as
from uscuba_kg.model import Fact, Label, PartialDate, Predicate, Ref, Thing, ThingKind
from uscuba_kg.rdf.terms import Literal, Term

_THINGS = frozenset(
    (kind.__module__, kind.__name__)
    for kind in (Fact, Label, PartialDate, Predicate, Ref, Thing, ThingKind)
)
_Packed = tuple[bool, list[tuple[str, str | tuple[str, str, str]]], bytes, tuple[str, ...]]
_read = msgspec.msgpack.Decoder(_Packed).decode
_write = msgspec.msgpack.Encoder().encode


class Said(msgspec.Struct, frozen=True, gc=False):
    """Facts as pairs of predicate and object; ``things`` name it by the words of an article.

    ``live`` tells that the graph speaks of it, so that it is told what it is. ``replaced_by`` are
    the names that stand for it where nothing is called so any more.
    """

    live: bool = False
    facts: tuple[tuple[str, Term], ...] = ()
    things: tuple[Thing, ...] = ()
    replaced_by: tuple[str, ...] = ()

    def pack(self) -> bytes:
        """Give it as a table holds it."""
        facts = [
            (predicate, value if isinstance(value, str) else msgspec.structs.astuple(value))
            for predicate, value in self.facts
        ]
        things = packed(self.things) if self.things else b""
        return _write((self.live, facts, things, self.replaced_by))

    @classmethod
    def unpack(cls, content: bytes) -> Said:
        """Give it back from a table."""
        live, facts, things, replaced_by = _read(content)
        return cls(
            live,
            tuple((p, value if isinstance(value, str) else Literal(*value)) for p, value in facts),
            unpacked_as(things, _THINGS) if things else (),
            replaced_by,
        )

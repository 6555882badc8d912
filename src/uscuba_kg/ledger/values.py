"""What one source, an article or a meeting, says of a subject that others may speak of, too."""

from __future__ import annotations

import msgspec

from uscuba_kg.model import Thing
from uscuba_kg.rdf.terms import Term


class Said(msgspec.Struct, frozen=True, gc=False):
    """Facts as pairs of predicate and object; ``things`` name it by the words of an article.

    ``live`` tells that the graph speaks of it, so that it is told what it is. ``replaced_by`` are
    the names that stand for it where nothing is called so any more.
    """

    live: bool = False
    facts: tuple[tuple[str, Term], ...] = ()
    things: tuple[Thing, ...] = ()
    replaced_by: tuple[str, ...] = ()

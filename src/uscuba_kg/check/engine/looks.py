"""Which triples are looked at along a path, and the ways that lead to them from its beginning."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from uscuba_kg.check.engine.paths import Alternative, InTurn, Inverse, Path, Repeat, Step

ANY = ""
"""The predicate of a step over any triple; it stands only at the end of a path."""
NOWHERE = InTurn(())
"""The path that stays at its beginning."""


class Look(msgspec.Struct, frozen=True):
    """Triples of one property (any, where that is empty) that are looked at.

    ``ways`` lead to them from the focus node, each to their subjects, or to their objects where the
    flag says ``backward``. All of the ways lead there, so that the shortest may be taken.
    """

    predicate: str
    ways: tuple[tuple[Path, bool], ...]

    def behind(self, path: Path) -> Look:
        """The same, looked at from the end of a path."""
        ways = tuple((joined(path, way), backward) for way, backward in self.ways)
        return Look(self.predicate, ways)


def joined(*paths: Path) -> Path:
    """Paths one after the other."""
    flat = [p for path in paths for p in (path.paths if isinstance(path, InTurn) else (path,))]
    return flat[0] if len(flat) == 1 else InTurn(tuple(flat))


def looks_along(path: Path, before: Path = NOWHERE, backward: bool = False) -> Iterator[Look]:
    """What is looked at where a path is walked from the end of another one."""
    match path:
        case Step(predicate):
            yield Look(predicate, ((before, backward),))
        case Inverse(inner):
            yield from looks_along(inner, before, not backward)
        case InTurn(paths):
            for part in reversed(paths) if backward else paths:
                yield from looks_along(part, before, backward)
                before = joined(before, Inverse(part) if backward else part)
        case Alternative(paths):
            for part in paths:
                yield from looks_along(part, before, backward)
        case Repeat(inner, sign):
            again = Repeat(Inverse(inner) if backward else inner, "*")
            yield from looks_along(
                inner, before if sign == "?" else joined(before, again), backward
            )

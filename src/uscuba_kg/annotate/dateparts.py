"""What every match of a form of dates holds, so that most forms need not be tried.

A form with a month and a figure fits nowhere that has no figure beside its month, whatever else the
form says: that is read off the form itself, before its parts are put in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

_SIGN = re.compile(
    r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?P=\w+\)|(?P<look>\(\?<?[=!])|(?P<open>\((?:\?(?:P<\w+>|:))?)"
    r"|(?P<close>\))|(?P<bar>\|)|\{(?P<part>[A-Za-z]\w*)\}|(?P<may>[?*]|\{0?,\d*\})|.",
    re.DOTALL,
)
_KINDS = {
    "m": ("month",),
    "w": ("weekday",),
    "d": ("number", "figure"),
    "o": ("number", "day"),
    "Y": ("figure",),
}

Atoms = frozenset[tuple[str, str]]
"""Kinds of words that a match holds, each with the part of the form that asks for it."""
Asked = tuple[tuple[str, int], ...]
"""Of each kind, how many words or figures a match holds at least."""
Place = tuple[int, int]


def asked_by(form: str) -> Asked:
    """Give what every match of a form holds; its base parts are not put in yet.

    >>> asked_by("(?:{w1}, )?(?:{d1}|{o1}) de {m1}(?: y {m2})?")
    (('month', 1), ('number', 1))
    """
    atoms = _alternatives(_SIGN.finditer(form))
    return tuple(sorted(Counter(kind for kind, _ in atoms).items()))


def _alternatives(signs: Iterator[re.Match[str]]) -> Atoms:
    """What all branches up to the bracket that closes them have in common."""
    branches: list[Atoms] = [Atoms()]
    last = Atoms()
    for sign in signs:
        if sign["may"]:
            last = Atoms()
            continue
        branches[-1] |= last
        last = Atoms()
        if sign["close"]:
            break
        if sign["bar"]:
            branches.append(Atoms())
        elif sign["look"]:
            _alternatives(signs)
        elif sign["open"]:
            last = _alternatives(signs)
        elif sign["part"]:
            last = _atoms(sign["part"])
    branches[-1] |= last
    return frozenset.intersection(*branches)


def _atoms(part: str) -> Atoms:
    if part in ("mod", "behind"):
        return Atoms({("modifier", "")})
    if part.startswith("r"):
        return Atoms({(part, "")})
    number = "year" if part.startswith("Y") else part[1:]
    return Atoms((kind, number) for kind in _KINDS.get(part[0], ()) if part[1:].isdigit())


class Near:
    """The words and figures of dates in a text, asked what a stretch of it holds."""

    def __init__(self, places: Mapping[str, Sequence[Place]]) -> None:
        self._bounds = {
            kind: ([start for start, _ in found], [end for _, end in found])
            for kind, found in places.items()
        }

    def has(self, asked: Asked, start: int, end: int) -> bool:
        """Tell whether a stretch has all that a form asks for."""
        return all(self._count(kind, start, end) >= count for kind, count in asked)

    def _count(self, kind: str, start: int, end: int) -> int:
        starts, ends = self._bounds[kind]
        return bisect_left(starts, end) - bisect_right(ends, start)

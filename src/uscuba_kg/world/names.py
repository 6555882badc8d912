"""Which wordings name what: the labels of all entries, and the forms that follow from them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from uscuba_kg.model import ThingKind
from uscuba_kg.text import fold
from uscuba_kg.world.entries import Entry, Name

_LONGEST_ACRONYM = 5
_INITIAL = re.compile(r"(?:[A-Z]\.)+")
_GENERATION = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"})


def match_names(entries: Iterable[Entry]) -> tuple[Name, ...]:
    """Give every wording once, with all entries that bear it, in the order of the wordings."""
    found = []
    for entry in entries:
        for text, adjective in _wordings(entry):
            exact = needs_capitals(text)
            found.append((text if exact else fold(text), exact, adjective, entry.id, text))
    found.sort()
    return tuple(
        _name(exact, adjective, [(key, text) for *_, key, text in alike])
        for (_, exact, adjective), alike in groupby(found, key=itemgetter(0, 1, 2))
    )


def _name(exact: bool, adjective: bool, alike: list[tuple[str, str]]) -> Name:
    if len(alike) == 1:
        return Name(alike[0][1], (alike[0][0],), exact, adjective)
    bearers = tuple(sorted({key for key, _ in alike}))
    return Name(min(text for _, text in alike), bearers, exact, adjective)


def needs_capitals(text: str) -> bool:
    """Tell whether a wording is an acronym so short that small letters make a word of it.

    An acronym with points in it ("U.S.", "EE. UU.") is none: small letters do not hide it, and its
    spaces may be of any sort.

    >>> [needs_capitals(name) for name in ("LED", "ICE", "MINREX", "U.S.", "Cuba")]
    [True, True, False, False, False]
    """
    if "." in text or not text.isupper():
        return False
    return sum(char.isalpha() for char in text) <= _LONGEST_ACRONYM


def short_form(name: str) -> str | None:
    """Give a person's name without initials and generation, where at least two words remain.

    >>> short_form("Thomas A. Shannon, Jr.")
    'Thomas Shannon'
    >>> short_form("H.R. McMaster"), short_form("Jake Sullivan")
    (None, None)
    """
    words = name.replace(",", " ").split()
    kept = [w for w in words if w not in _GENERATION and not _INITIAL.fullmatch(w)]
    return " ".join(kept) if 2 <= len(kept) < len(words) else None


def _wordings(entry: Entry) -> Iterator[tuple[str, bool]]:
    for label in entry.labels:
        yield label.text, False
        if entry.kind == ThingKind.PERSON and (short := short_form(label.text)):
            yield short, False
    for demonym in entry.demonyms:
        yield demonym.text, True

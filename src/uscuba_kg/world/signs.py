"""Wordings that name a state in whatever way: whether a text is about it, before anything is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ahocorasick
import msgspec

from uscuba_kg.model import ThingKind
from uscuba_kg.text import fold
from uscuba_kg.world.entries import Entry, World

_CAPITAL = "capital"
_STEM = 4
"""Fewer letters ("us") stand inside too many other words."""


class Sign(msgspec.Struct, frozen=True, order=True):
    """What a folded wording must be to name the state; the one that asks least comes first.

    ``exact`` is the very wording where small letters make another word of it. What need not be
    ``whole`` words counts inside others too: "cubano", "afrocubana", "habanero".
    """

    length: int
    exact: str = ""
    whole: bool = True


def signs_of(world: World, state: str) -> Any:
    """Compile the wordings that name the state, or a place, body, or person of it.

    The names of the state are found in any word, those of its capital by all but the last letter:
    so are the words made of them that no list holds.
    """
    automaton = ahocorasick.Automaton()
    for form, sign in sorted(_signs(world, state), reverse=True):
        automaton.add_word(form, sign)  # of several for one form the last, which asks least, stands
    automaton.make_automaton()
    return automaton


def people_of(world: World, state: str) -> Any:
    """Compile the names of the people of a state, which tell of it where nothing else names it."""
    automaton = ahocorasick.Automaton()
    for name in world.names:
        bearers = [world.entries[e] for e in name.entries]
        if all(e.kind == ThingKind.PERSON and _is_of(state, e) for e in bearers):
            form = fold(name.text)
            automaton.add_word(form, Sign(len(form), name.text if name.exact_case else ""))
    automaton.make_automaton()
    return automaton


def stems_of(world: World, state: str) -> tuple[str, ...]:
    """Give the folded letters that nearly every text about a state holds: its name, its capital's."""
    return tuple(sorted({form for form, sign in _signs(world, state) if not sign.whole}))


def _signs(world: World, state: str) -> Iterator[tuple[str, Sign]]:
    for name in world.names:
        bearers = [world.entries[e] for e in name.entries]
        if any(_is_of(state, e) for e in bearers):
            form = fold(name.text)
            yield form, Sign(len(form), name.text if name.exact_case else "")
    for entry in world.entries.values():
        for label in entry.labels if _is_of(state, entry) else ():
            form = fold(label.text)
            if entry.subtype == _CAPITAL:
                form = form[:-1]
            elif entry.kind != ThingKind.STATE:
                continue
            if form.isalpha() and len(form) >= _STEM:
                yield form, Sign(len(form), whole=False)


def _is_of(state: str, entry: Entry) -> bool:
    return state in (entry.id, entry.state)


def is_named(text: str, signs: Any) -> bool:
    """Tell whether a text holds one of the wordings."""
    folded = fold(text)
    for last, sign in signs.iter(folded):
        start, end = last - sign.length + 1, last + 1
        if not sign.whole:
            return True
        if sign.exact and text[start:end] != sign.exact:
            continue
        if not folded[start - 1 : start].isalnum() and not folded[end : end + 1].isalnum():
            return True
    return False

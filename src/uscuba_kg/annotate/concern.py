"""Whether an article is about something else altogether, told before anything is read in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ahocorasick
import msgspec

from uscuba_kg.model import Article, ThingKind
from uscuba_kg.text import fold
from uscuba_kg.world import Entry, World

STATE = "cuba"
"""Of the two states the one that articles about something else hardly ever name."""
_CAPITAL = "capital"


class Sign(msgspec.Struct, frozen=True, order=True):
    """What a folded wording must be to name the state; the one that asks least comes first.

    ``exact`` is the very wording where small letters make another word of it. What need not be
    ``whole`` words counts inside others too: "cubano", "afrocubana", "habanero".
    """

    length: int
    exact: str = ""
    whole: bool = True


def signs_of(world: World) -> Any:
    """Compile the wordings that name the state, or a place, body, or person of it.

    The names of the state are found in any word, those of its capital by all but the last letter:
    so are the words made of them that no list holds.
    """
    automaton = ahocorasick.Automaton()
    for form, sign in sorted(_signs(world), reverse=True):
        automaton.add_word(form, sign)  # of several for one form the last, which asks least, stands
    automaton.make_automaton()
    return automaton


def _signs(world: World) -> Iterator[tuple[str, Sign]]:
    for name in world.names:
        bearers = [world.entries[e] for e in name.entries]
        if any(_is_of_state(e) for e in bearers):
            form = fold(name.text)
            yield form, Sign(len(form), name.text if name.exact_case else "")
    for entry in world.entries.values():
        for label in entry.labels if _is_of_state(entry) else ():
            form = fold(label.text)
            if " " not in form and entry.kind == ThingKind.STATE:
                yield form, Sign(len(form), whole=False)
            elif " " not in form and entry.subtype == _CAPITAL:
                yield form[:-1], Sign(len(form) - 1, whole=False)


def _is_of_state(entry: Entry) -> bool:
    return STATE in (entry.id, entry.state)


def is_about_something_else(article: Article, signs: Any) -> bool:
    """Tell whether neither the article's text nor what is known about it names the state."""
    told = (article.title, article.url, article.publisher, article.text)
    return not any(_is_named(text, signs) for text in told if text)


def _is_named(text: str, signs: Any) -> bool:
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

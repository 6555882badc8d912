"""Places that a sentence points at without their names: "here", "esta capital", "the Cuban capital"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from uscuba_kg.model import Named, Span, ThingKind
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.text import fold, word_choice
from uscuba_kg.world import World

_BEFORE = 30


class Whereabouts(msgspec.Struct, frozen=True):
    """A place that words stand for, by what they point at it (``here`` or ``capital``)."""

    called: Named
    entity: str
    rule: str
    span: Span


def find_whereabouts(
    folded: str, sentence: Span, states: Iterable[Node], home: Node | None, names: Names, pack: Pack
) -> tuple[Whereabouts, ...]:
    """Give the places that a sentence points at, in text order.

    ``home`` is the place of the article's date-line, which "here" stands for; without one "here"
    stands for nothing. A state's capital is what its name beside that word tells.
    """
    here, before, after = _words(pack)
    found: dict[Span, Whereabouts] = {}
    for state in states:
        match = after.match(folded, state.span.end, sentence.end)
        span = Span(state.span.start, match.end()) if match else None
        if match is None:
            lead = max(sentence.start, state.span.start - _BEFORE)
            match = before.search(folded[lead : state.span.start])
            span = Span(lead + match.start(), state.span.end) if match else None
        capital = _capitals(names.world).get(names.side(state) or "")
        if span is not None and capital is not None:
            found[span] = Whereabouts(capital, capital.entity or "", "capital", span)
    if home is not None and home.mention is not None:
        called = names.named(home)
        entity = called.entity or fold(called.name)
        for match in here.finditer(folded, sentence.start, sentence.end):
            span = Span(match.start(), match.end())
            if not any(span.overlaps(other) for other in found):
                found[span] = Whereabouts(called, entity, "here", span)
    return tuple(found[span] for span in sorted(found))


def city_of(place: str, cities: Iterable[str], world: World) -> str | None:
    """The one of some cities that a building or a quarter lies in; None for any other place."""
    entry, known = world.entries.get(place), set(cities)
    if entry is None or entry.subtype not in ("venue", "region"):
        return None
    return next((above for above in _above(entry.parent, world) if above in known), None)


def _above(place: str | None, world: World) -> Iterator[str]:
    """The cities that hold a place, the narrowest first."""
    while place is not None and place in world.entries:
        entry = world.entries[place]
        if entry.subtype in ("city", "capital"):
            yield place
        place = entry.parent


@lru_cache(maxsize=4)
def _capitals(world: World) -> dict[str, Named]:
    return {
        entry.state: Named(ThingKind.PLACE, entry.labels[0].text, entry.id, entry.state, "capital")
        for entry in world.entries.values()
        if entry.kind == ThingKind.PLACE and entry.subtype == "capital" and entry.state
    }


@lru_cache(maxsize=16)
def _words(pack: Pack) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    here, capital, joins = (
        word_choice(map(fold, pack.words("places", key)), " ")
        for key in ("here", "capital", "joins")
    )
    return (
        re.compile(rf"(?<!\w)(?:{here})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{capital})\s+(?:(?:{joins})\s+)?$"),
        re.compile(rf"(?:['’]s)?\s+(?:{capital})(?!\w)"),
    )

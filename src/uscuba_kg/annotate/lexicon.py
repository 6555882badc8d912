"""Known names found in one pass over the folded text (Aho and Corasick, 1975).

Overlapping hits come first, word boundaries second, the longest last: chosen in another order,
"U.S." would be lost in "U.S. Coast Guardsmen".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any

import ahocorasick
import msgspec

from uscuba_kg.annotate.concern import STATE
from uscuba_kg.annotate.topic_cues import cue_index, find_cues
from uscuba_kg.kept import kept
from uscuba_kg.model import Mention, MentionKind, Span, ThingKind
from uscuba_kg.text import fold
from uscuba_kg.world import World, load_world, world_files
from uscuba_kg.world.signs import signs_of

_KINDS = {
    ThingKind.STATE: MentionKind.STATE,
    ThingKind.ORGANIZATION: MentionKind.BODY,
    ThingKind.PERSON: MentionKind.PERSON,
    ThingKind.PLACE: MentionKind.PLACE,
    ThingKind.SERIES: MentionKind.SERIES,
    ThingKind.AGREEMENT: MentionKind.AGREEMENT,
}
_CAPITALISED = frozenset({MentionKind.BODY, MentionKind.PERSON, MentionKind.PLACE})
_NEAR = 28


class Entry(msgspec.Struct, frozen=True):
    """What one folded form may stand for."""

    kind: MentionKind
    text: str
    entities: tuple[str, ...]
    exact_case: bool = False
    adjective: bool = False


class Lexicon(msgspec.Struct, frozen=True):
    """The automata of names, of topic cues and of what tells that an article is of concern.

    ``states`` holds the state that each entity acts for.
    """

    names: Any
    topics: Any
    signs: Any
    states: dict[str, str]


def _automaton(entries: dict[str, list[Entry]]) -> Any:
    automaton = ahocorasick.Automaton()
    for form, found in sorted(entries.items()):
        automaton.add_word(form, (len(form), tuple(found)))
    automaton.make_automaton()
    return automaton


@lru_cache(maxsize=4)
def lexicon_of(world: World) -> Lexicon:
    """Compile the gazetteer's names and the topics' labels; that of the shipped world is kept."""
    if world is not load_world():
        return _compiled(world)
    sources, code = world_files()
    own = (Path(__file__), *map(Path(__file__).with_name, ("concern.py", "topic_cues.py")))
    return kept("lexicon", sources, [*code, *own], Lexicon, lambda: _compiled(world))


def _compiled(world: World) -> Lexicon:
    names: dict[str, list[Entry]] = {}
    states: dict[str, str] = {}
    for name in world.names:
        if "'s " in fold(name.text):
            continue  # "the Department of Justice's Office" names two bodies, and how they belong
        kinds = {world.entries[e].kind for e in name.entries}
        for kind in sorted(kinds):
            of_kind = tuple(e for e in name.entries if world.entries[e].kind == kind)
            entry = Entry(_KINDS[kind], name.text, of_kind, name.exact_case, name.adjective)
            names.setdefault(fold(name.text), []).append(entry)
    for entity, record in world.entries.items():
        if record.kind == ThingKind.STATE:
            states[entity] = entity
        elif record.state:
            states[entity] = record.state
    return Lexicon(_automaton(names), cue_index(world.topics), signs_of(world, STATE), states)


def _hits(automaton: Any, folded: str) -> list[tuple[Span, tuple[Entry, ...]]]:
    found = []
    for last, (length, entries) in automaton.iter(folded):
        start, end = last - length + 1, last + 1
        before = folded[start - 1] if start else " "
        after = folded[end] if end < len(folded) else " "
        if before.isalnum() or (after.isalnum() and folded[end - 1].isalnum()):
            continue
        found.append((Span(start, end), entries))
    return found


def _admissible(entry: Entry, surface: str) -> bool:
    if entry.exact_case:
        return surface == entry.text
    if entry.kind in _CAPITALISED or (entry.kind == MentionKind.STATE and not entry.adjective):
        return any(c.isupper() for c in surface)
    return True


def _begins(side: tuple[Span, str]) -> int:
    return side[0].start


def _chosen(
    entities: tuple[str, ...], span: Span, sides: list[tuple[Span, str]], lexicon: Lexicon
) -> str | None:
    """The one entity whose state is named beside the span, where several bear the name."""
    if len(entities) == 1:
        return entities[0]
    first = bisect_right(sides, span.end - _NEAR, key=_begins)
    last = bisect_left(sides, span.end + _NEAR, key=_begins)
    near = sorted(
        (max(span.start - s.end, s.start - span.end), state)
        for s, state in sides[first:last]
        if -_NEAR < span.start - s.end < _NEAR
    )
    for _, state in near:
        fitting = [e for e in entities if lexicon.states.get(e) == state]
        if len(fitting) == 1:
            return fitting[0]
    return None


def find_names(text: str, folded: str, lexicon: Lexicon) -> list[Mention]:
    """Give every admissible mention of a known name, overlapping ones included.

    ``entity`` is None where several things bear the name and no side named beside it decides.
    """
    hits = [
        (span, entry)
        for span, entries in _hits(lexicon.names, folded)
        for entry in entries
        if _admissible(entry, text[span.start : span.end])
    ]
    sides = sorted(
        (span, entry.entities[0])
        for span, entry in hits
        if entry.kind == MentionKind.STATE and len(entry.entities) == 1
    )
    mentions = []
    for span, entry in hits:
        kind = entry.kind
        if kind == MentionKind.STATE and entry.adjective:
            kind = MentionKind.SIDE
        entity = _chosen(entry.entities, span, sides, lexicon)
        surface = text[span.start : span.end]
        mentions.append(Mention(kind, span, surface, surface, entity, "name.known"))
    return mentions


def find_topics(text: str, folded: str, lexicon: Lexicon) -> tuple[Mention, ...]:
    """Give the topic cues, the longest where they overlap; rule ``topic.weak`` marks common words."""
    return find_cues(text, folded, lexicon.topics)

"""Which parties a sentence names: the people, bodies and states that act for a side in it.

Where both states are named, it takes more to tell that they met: a place, a speaker or a state's
private people are no party to an encounter.
"""

from __future__ import annotations

import msgspec

from uscuba_kg.model import MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line

_WEIGHTS = {
    "Official": "person",
    "Officials": "person",
    "Person": "person",
    "Post": "people",
    "Posts": "people",
    "Delegation": "people",
    "Body": "body",
    "Bodies": "body",
}


class Party(msgspec.Struct, frozen=True):
    """Somebody who acts for a state, and as what: a person, its people, a body, or the state."""

    side: str
    weight: str
    span: Span


def find_parties(
    line: Line, names: Names, pack: Pack, datelines: frozenset[int]
) -> tuple[Party, ...]:
    """Give the parties of a sentence in text order; who only speaks, and a place, are none."""
    speakers = _captured(line, "speech", "speaker")
    people, private = _captured(line, "party", "side"), private_states(line)
    found: list[Party] = []
    for node in line.nodes:
        if id(node) in datelines or id(node) in speakers or id(node) in private:
            continue
        weight = _WEIGHTS.get(node.type)
        if node.type in ("State", "Place") and not is_place(node, names, pack):
            weight = "people" if id(node) in people else "state"
        if weight is not None:
            found.extend(Party(side, weight, node.span) for side in _sides(node, names))
    return tuple(found)


def private_states(line: Line) -> frozenset[int]:
    """The states, by identity, that only say whose private people somebody is."""
    return _captured(line, "private", "side") - _captured(line, "party", "side")


def _captured(line: Line, kind: str, slot: str) -> frozenset[int]:
    """The nodes that rules of one kind capture in a slot, by identity."""
    return frozenset(id(n) for m in line.of(kind) for n in m.captures.get(slot, ()))


def _sides(node: Node, names: Names) -> tuple[str, ...]:
    """The states that a node acts for; a capital stands for its state, another place for none."""
    mention = node.mention
    if mention is not None and mention.kind == MentionKind.PLACE:
        entry = names.world.entries.get(mention.entity or "")
        state = entry.state if entry is not None and entry.subtype == "capital" else None
        return (state,) if state is not None else ()
    sides = (names.side(leaf) for leaf in (*node.leaves(), node))
    return tuple(dict.fromkeys(s for s in sides if s is not None))


def is_place(node: Node, names: Names, pack: Pack) -> bool:
    """Tell whether the word before a name says that it is a place: "in Panama"."""
    before = names.annotated.folded[max(0, node.span.start - 16) : node.span.start]
    words = before.rstrip(" '").rsplit(" ", 2)[-2:]
    locative = pack.folded("places", "locative")
    return bool(words) and (words[-1] in locative or " ".join(words) in locative)

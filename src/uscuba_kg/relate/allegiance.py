"""For which state each actor of an article acts: told by its name, title or body, or by its company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from uscuba_kg.model import MentionKind, Span
from uscuba_kg.relate.cast import Actor, Appearance
from uscuba_kg.relate.naming import OUR_STATES, Names

Key = tuple[str, str]
_SAME, _SLOTS, _MUTUAL = "same", "slots", "mutual"
_ROUNDS = 2


class _Company(msgspec.Struct, frozen=True):
    """Actors whom one match of a rule casts together, and by which slot each of them.

    They are of one side ("same"), of one side in each slot ("slots": A met B), or, where they are
    two, of both ("mutual": A and B met). ``subject`` is the person told before them.
    """

    kind: str
    members: tuple[tuple[Key, str], ...]
    subject: Key | None = None


def allegiances(cast: Sequence[Actor], names: Names) -> dict[Key, str]:
    """Give the side of each actor that has one, by the actor's key.

    Whom no word assigns to a state is on the side of those in whose company a rule casts it ("she
    was accompanied by"), or on the other of the two where the rule tells of both ("A met B").
    """
    sides = {a.key: side for a in cast if (side := _told(a, names)) is not None}
    companies = _companies(cast)
    for _ in range(_ROUNDS):
        for company in companies:
            sides.update(_learnt(company, sides))
    for actor in cast:
        side = None if actor.key in sides else _of_delegation(actor, names)
        if side is not None:
            sides[actor.key] = side
    return sides


def _told(actor: Actor, names: Names) -> str | None:
    """The state an actor acts for: by its name, title or body, else by a rule that cast it."""
    for appearance in actor.appearances:
        for node in (appearance.node, *reversed(appearance.around[-1:])):
            side = names.side(node) if appearance.keys[-1:] != ("parent",) else None
            if side is not None:
                return side
    castings = (c for a in actor.appearances for c in a.castings)
    return next((c.side for c in castings if c.side is not None), None)


def _companies(cast: Sequence[Actor]) -> list[_Company]:
    """Who is cast together: by one match of a rule that says so, or by standing in one list."""
    matched: dict[tuple[str, int, str, Span], list[tuple[Key, str]]] = {}
    people: dict[int, list[tuple[int, Key]]] = {}
    listed: dict[int, list[tuple[Key, str]]] = {}
    apart: set[int] = set()
    for actor in cast:
        for appearance in actor.appearances:
            if actor.mention.kind == MentionKind.PERSON:
                place = (appearance.node.span.start, actor.key)
                people.setdefault(appearance.line.number, []).append(place)
            lists = [n for n in appearance.around if n.type == "Officials"][:1]
            for one in lists if appearance.castings else ():
                listed.setdefault(id(one), []).append((actor.key, ""))
            for casting in appearance.castings:
                if casting.company == _MUTUAL:
                    apart.update(map(id, lists))
                key = (casting.company, appearance.line.number, casting.rule, casting.span)
                if casting.company:
                    matched.setdefault(key, []).append((actor.key, casting.slot))
    return [
        *(
            _Company(kind, tuple(who), _subject(line, span, people))
            for (kind, line, _, span), who in matched.items()
        ),
        *(_Company(_SAME, tuple(who)) for one, who in listed.items() if one not in apart),
    ]


def _subject(line: int, span: Span, people: Mapping[int, list[tuple[int, Key]]]) -> Key | None:
    """Whom a match is about: the last person before it in its sentence, else the first before that."""
    before = [place for place in people.get(line, ()) if place[0] < span.start]
    if before:
        return max(before)[1]
    earlier = people.get(line - 1)
    return min(earlier)[1] if earlier else None


def _learnt(company: _Company, sides: Mapping[Key, str]) -> dict[Key, str]:
    """The sides of those of a company who had none."""
    known = {sides[key] for key, _ in company.members if key in sides}
    if not known and company.kind == _SAME and company.subject is not None:
        known = {sides[company.subject]} if company.subject in sides else set()
    if len(known) != 1 or not known <= {*OUR_STATES}:
        return {}
    (side,) = known
    new = [(key, slot) for key, slot in company.members if key not in sides]
    if company.kind == _SAME:
        return {key: side for key, _ in new}
    if company.kind == _MUTUAL:
        pair = len({key for key, _ in company.members}) == _PAIR
        return {key: _other(side) for key, _ in new} if pair else {}
    slots = {slot for key, slot in company.members if key in sides}
    return {key: side if slot in slots else _other(side) for key, slot in new}


_PAIR = 2


def _other(side: str) -> str:
    return OUR_STATES[1 - OUR_STATES.index(side)]


def _of_delegation(actor: Actor, names: Names) -> str | None:
    """The side of the delegation in whose sentence a rule casts an actor, where there is one."""
    if actor.mention.kind != MentionKind.PERSON:
        return None
    for appearance in actor.appearances:
        side = _delegation_before(appearance, names)
        if side not in OUR_STATES or not appearance.castings:
            continue
        apart = any(c.company in (_SLOTS, _MUTUAL) for c in appearance.castings)
        return _other(side) if apart else side
    return None


def _delegation_before(appearance: Appearance, names: Names) -> str | None:
    before: Iterable[str | None] = (
        names.side(node)
        for node in reversed(appearance.line.typed("Delegation"))
        if node.span.end <= appearance.node.span.start
    )
    return next((side for side in before if side is not None), None)

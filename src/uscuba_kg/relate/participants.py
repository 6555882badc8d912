"""Who took part in the encounter that a sentence speaks of, in what role, for which side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uscuba_kg.model import MentionKind, Named, Role, Slot
from uscuba_kg.relate.candidates import OUR_STATES
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line


def add_participants(line: Line, lines: Sequence[Line], draft: Draft, names: Names) -> None:
    """Add everybody whom a role rule finds in a sentence to a draft; a speaker is no participant."""
    speaking = {id(n) for m in line.of("speech") for n in m.captures.get("speaker", ())}
    _add_telling_nodes(line, draft, names)
    for match in line.of("role"):
        if match.rule.sets.get("family", draft.family) != draft.family:
            continue
        side = _side_of(match, names)
        if "pronoun" in match.rule.sets:
            subject = _subject_before(match, line, lines)
            if subject is not None:
                _add(subject, Role(match.rule.sets["pronoun"]), side, match, draft, names)
        for slot, role in _roles(match):
            for node in match.captures.get(slot, ()):
                if id(node) in speaking and role == Role.MEMBER and match.rule.confidence < 0.9:
                    continue
                _add(node, role, side, match, draft, names)


def add_both_sides(line: Line, draft: Draft, names: Names) -> None:
    """Add the officials of a telling sentence that names some of each side: they met each other.

    Whoever only speaks there, or stands in a quotation, is left out.
    """
    speaking = {id(n) for m in line.of("speech") for found in m.captures.values() for n in found}
    by_side: dict[str, list[Node]] = {}
    for node in line.typed("Official", "Officials", "Person"):
        quoted = any(q.span.covers(node.span) for q in line.quotations)
        barred = any(node in found for m in line.of("aside") for found in m.captures.values())
        if id(node) in speaking or quoted or barred:
            continue
        for actor in actors_in(node):
            side = names.side(actor) or names.side(node)
            if side in OUR_STATES and side is not None:
                by_side.setdefault(side, []).append(actor)
    if len(by_side) < 2:
        return
    for side, actors in sorted(by_side.items()):
        for actor in actors:
            if actor.mention is None or actor.mention.kind != MentionKind.PERSON:
                continue
            evidence = names.evidence(actor.span, "role.both-sides-named", 0.75)
            who = names.named(actor, side)
            draft.add_participant(
                Slot(who, evidence), Role.MEMBER, Slot(names.state(side), evidence), evidence
            )


def _add_telling_nodes(line: Line, draft: Draft, names: Names) -> None:
    """Parts whose very wording says that they came: "the Department sent people of its Office"."""
    waiting = list(line.nodes)
    while waiting:
        node = waiting.pop()
        waiting.extend(part for _, part in node.parts)
        if node.role is None:
            continue
        for unit in node.part("unit"):
            side = names.side(unit)
            if side not in OUR_STATES or side is None:
                continue
            evidence = names.evidence(unit.span, node.rule)
            draft.add_participant(
                Slot(names.named(unit), evidence),
                Role(node.role),
                Slot(names.state(side), evidence),
                names.evidence(node.span, node.rule),
            )


def _roles(match: Match) -> list[tuple[str, Role]]:
    """Which slot of a rule takes part in which role."""
    sets = match.rule.sets
    return [(slot, Role(sets[slot])) for slot in ("who", "other", "host") if slot in sets]


def _subject_before(match: Match, line: Line, lines: Sequence[Line]) -> Node | None:
    """Whom a pronoun at the head of a clause means: the person told before it."""
    before = [n for n in line.typed("Official", "Person") if n.span.end <= match.span.start]
    if before:
        return before[-1]
    if line.number and lines[line.number - 1].typed("Official", "Person"):
        return lines[line.number - 1].typed("Official", "Person")[0]
    return None


def _side_of(match: Match, names: Names) -> str | None:
    """The side that the rule's own delegation or side slot names."""
    for slot in ("delegation", "side"):
        node = match.one(slot)
        if node is None:
            continue
        for leaf in (node, *node.leaves()):
            found = names.side(leaf)
            if found is not None:
                return found
    return None


def actors_in(node: Node) -> Iterable[Node]:
    """The people of a node, or its bodies where it has no people; officials count as persons."""
    if node.type == "Official":
        people = node.part("person")
        return people if people else node.part("body")
    if node.type in ("Officials", "Bodies"):
        found: list[Node] = []
        for key, part in node.parts:
            if key in ("who", "unit"):
                found.extend(actors_in(part))
        return found
    return (node,)


def _add(
    node: Node, role: Role, side: str | None, match: Match, draft: Draft, names: Names
) -> None:
    for actor in actors_in(node):
        mention = actor.mention
        if mention is None or mention.kind not in (MentionKind.PERSON, MentionKind.BODY):
            continue
        own = names.side(actor) or names.side(node) or side
        if own is None and mention.kind == MentionKind.PERSON:
            continue
        if own is not None and own not in OUR_STATES and own not in draft.states:
            continue
        if own is not None:
            names.learn_side(actor, own)
        who = names.named(actor, own)
        evidence = names.evidence(actor.span, match.rule.id, match.rule.confidence)
        side_slot = None
        if own is not None:
            side_slot = Slot(names.state(own), evidence)
        draft.add_participant(
            Slot(Named(who.kind, who.name, who.entity, own, who.subtype), evidence),
            role,
            side_slot,
            names.evidence(match.span, match.rule.id, match.rule.confidence),
        )

"""The cast of one article: every person and body, with all the places where it is spoken of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from uscuba_kg.model import Mention, MentionKind, Role, Span
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.rosters import listed_under
from uscuba_kg.relate.scene import Line
from uscuba_kg.text import fold

_ACTORS = (MentionKind.PERSON, MentionKind.BODY)


class Casting(msgspec.Struct, frozen=True, eq=False):
    """A rule that gives an actor a role in the encounter of its sentence, for a side if it says so.

    ``span`` holds the words by which it does. ``company`` is "same" where all whom it casts are of
    one side, "slots" where those of one ``slot`` are, "mutual" where two of one slot are of two.
    """

    rule: str
    role: Role
    side: str | None
    span: Span
    slot: str = "who"
    company: str = ""


class Appearance(msgspec.Struct, frozen=True, eq=False):
    """One mention of an actor: its sentence, the nodes around it from outside in, what rules say.

    ``keys`` name the part that each inner node is of the node around it ("person", "body", "unit").
    """

    line: Line
    node: Node
    around: tuple[Node, ...]
    keys: tuple[str, ...]
    castings: tuple[Casting, ...]


class Actor(msgspec.Struct, frozen=True, eq=False):
    """A person or a body of one article with all its appearances, in text order."""

    key: tuple[str, str]
    appearances: tuple[Appearance, ...]

    @property
    def mention(self) -> Mention:
        """The mention of its first appearance."""
        mention = self.appearances[0].node.mention
        assert mention is not None
        return mention


def cast_of(lines: Sequence[Line], names: Names) -> tuple[Actor, ...]:
    """Give the actors of an article in the order in which they first appear."""
    found: dict[tuple[str, str], list[Appearance]] = {}
    castings: dict[int, list[Casting]] = {}
    for line in lines:
        for place, given in _castings(line, lines, names).items():
            castings.setdefault(place, []).extend(given)
    for line in lines:
        if line.is_footnote:
            continue
        for node, around, keys in _leaves(line.nodes):
            mention = node.mention
            if mention is None or mention.kind not in _ACTORS:
                continue
            key = (str(mention.kind), names.entity(mention) or fold(mention.value))
            cast = tuple(castings.get(id(node), ()))
            found.setdefault(key, []).append(Appearance(line, node, around, keys, cast))
    return tuple(Actor(key, tuple(places)) for key, places in found.items())


def _leaves(
    nodes: Iterable[Node], around: tuple[Node, ...] = (), keys: tuple[str, ...] = ()
) -> Iterator[tuple[Node, tuple[Node, ...], tuple[str, ...]]]:
    for node in nodes:
        if not node.parts:
            yield node, around, keys
            continue
        for key, part in node.parts:
            yield from _leaves((part,), (*around, node), (*keys, key))


def _castings(line: Line, lines: Sequence[Line], names: Names) -> dict[int, list[Casting]]:
    """By actor's node, the roles that rules give."""
    found: dict[int, list[Casting]] = {}
    for match in line.of("role"):
        for node, casting in _cast_by_rule(match, line, lines, names):
            for actor in actors_in(node):
                found.setdefault(id(actor), []).append(casting)
    for match in line.of("roster"):
        role, side = Role(match.rule.sets["who"]), _side_of(match, names)
        for node in listed_under(match, line, lines, names.annotated.article.text):
            for actor in actors_in(node):
                casting = Casting(match.rule.id, role, side, match.span, company="same")
                found.setdefault(id(actor), []).append(casting)
    for node in line.nodes:
        _cast_by_wording(node, found)
    for place in _kept_out(line):
        found.pop(place, None)
    return found


def _cast_by_rule(
    match: Match, line: Line, lines: Sequence[Line], names: Names
) -> Iterator[tuple[Node, Casting]]:
    side, rule = _side_of(match, names), match.rule
    company = rule.sets.get("company", "")
    for slot in ("who", "other", "host"):
        if slot in rule.sets:
            casting = Casting(rule.id, Role(rule.sets[slot]), side, match.span, slot, company)
            for node in match.captures.get(slot, ()):
                yield node, casting
    subject = _subject_before(match, line, lines) if "pronoun" in rule.sets else None
    if subject is not None:
        yield subject, Casting(rule.id, Role(rule.sets["pronoun"]), side, match.span)


def _kept_out(line: Line) -> Iterator[int]:
    """The actors of whom the sentence says that they were not there, whatever other rules find."""
    for match in line.of("aside"):
        if "out" in match.rule.sets:
            for node in match.captures.get("who", ()):
                yield from map(id, actors_in(node))


def _cast_by_wording(node: Node, found: dict[int, list[Casting]]) -> None:
    """Parts whose very wording says that they came: "the Department sent people of its Office"."""
    for _, part in node.parts:
        _cast_by_wording(part, found)
    if node.role is not None:
        for unit in node.part("unit"):
            casting = Casting(node.rule, Role(node.role), None, node.span)
            found.setdefault(id(unit), []).append(casting)


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

"""Officials with their titles and bodies, lists of them, parts of bodies, and delegations."""

from __future__ import annotations

import re

import msgspec

from uscuba_kg.model import Annotated, PositionFrame, Span, UnitFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Node, reduce
from uscuba_kg.relate.naming import Names, nodes_of
from uscuba_kg.text import fold

LAYERS = (
    ("body", "Body"),
    ("parts", "Bodies"),
    ("official", "Official"),
    ("officials", "Officials"),
    ("actors", "Officials"),
    ("bodies", "Bodies"),
    ("delegation", "Delegation"),
)


class Actors(msgspec.Struct, frozen=True, eq=False):
    """The nodes after all layers, and the facts that making them told."""

    nodes: tuple[Node, ...]
    positions: tuple[PositionFrame, ...]
    units: tuple[UnitFrame, ...]


def find_actors(annotated: Annotated, pack: Pack, names: Names) -> Actors:
    """Reduce mentions to officials, lists and delegations, layer by layer."""
    nodes = nodes_of(annotated, pack)
    made: list[Node] = []
    for kind, to in LAYERS:
        rules = pack.rules.get(kind, ())
        sentences = annotated.sentences
        layer = reduce(annotated.folded, sentences, nodes, rules, to)
        before = {id(n) for n in nodes}
        made.extend(n for n in layer if id(n) not in before)
        nodes = [_merged_body(n) if kind == "body" else n for n in layer]
    for node in made:
        _learn(node, names)
    positions = [
        p for n in made if n.type in ("Official", "Officials") for p in _positions(n, names)
    ]
    positions = _telling(positions, pack)
    units = [u for n in made if n.type in ("Bodies", "Body") for u in _units(n, names)]
    return Actors(tuple(nodes), tuple(positions), tuple(units))


def _merged_body(node: Node) -> Node:
    """A body written with its acronym is one body: the first name stands for both."""
    if node.type != "Body" or node.mention is not None:
        return node
    body = node.part("body")[0]
    known = next((p for p in node.part("acronym") if p.mention and p.mention.entity), None)
    mention = body.mention
    if mention is not None and mention.entity is None and known is not None:
        mention = msgspec.structs.replace(mention, entity=known.mention.entity)  # type: ignore[union-attr]
    return Node("Body", node.span, mention, rule=node.rule)


def _learn(node: Node, names: Names) -> None:
    """Sides told by what stands beside a name: "Cuban Deputy Minister X", "the U.S. Office Y"."""
    told = [names.side(p) for key, p in node.parts if key in ("side", "parent", "body", "post")]
    side = next((s for s in told if s is not None), None)
    if side is None:
        return
    parent = next(iter(node.part("parent")), None)
    for key, part in node.parts:
        if key == "unit" and parent is not None:
            names.learn_part(part, parent)
        if key in ("person", "unit", "body"):
            names.learn_side(part, side)


def _positions(node: Node, names: Names) -> list[PositionFrame]:
    """The post that each person of an official or of a titled list holds."""
    people, posts = node.part("person"), node.part("post")
    if not people or not posts:
        return []
    frames = []
    text = names.annotated.article.text
    for person in people:
        for post in posts:
            if post.mention is None:
                continue
            body = _body_of(post, node)
            title, shorter = _title(text, post, body, node)
            span = Span(
                min(person.span.start, post.span.start), max(person.span.end, post.span.end)
            )
            organization = names.named(body) if body is not None else None
            who = names.named(person)
            evidence = names.evidence(span, node.rule)
            frames.append(PositionFrame(who, title, organization, evidence, shorter, who.side))
    return frames


def _telling(positions: list[PositionFrame], pack: Pack) -> list[PositionFrame]:
    """Leave out what another position of the same person says better: "Secretary", or a rank."""
    ranks = {fold(w) for w in pack.words("posts", "ranks")}
    kept: list[PositionFrame] = []
    by_person: dict[str, list[PositionFrame]] = {}
    for position in positions:
        key = position.person.entity or fold(position.person.name)
        by_person.setdefault(key, []).append(position)
    for position in positions:
        others = by_person[position.person.entity or fold(position.person.name)]
        words = set(fold(position.post).split())
        if len(others) > 1 and words <= ranks:
            continue
        better = [
            o
            for o in others
            if o is not position
            and (
                words < set(fold(o.post).split())
                or (words == set(fold(o.post).split()) and o in kept)
            )
        ]
        if not better:
            kept.append(position)
    return kept


def _body_of(post: Node, node: Node) -> Node | None:
    """The body a title belongs to: the next one after it, else the nearest before it."""
    bodies = [_lead(b) for b in node.part("body")]
    after = [b for b in bodies if b.span.start >= post.span.end]
    return after[0] if after else (bodies[-1] if bodies else None)


def _lead(body: Node) -> Node:
    """The first body of a list, or the part where a part and its whole are named."""
    while body.parts:
        parts = body.part("unit") or body.part("who") or body.part("body")
        if not parts:
            break
        body = parts[0]
    return body


def _title(text: str, post: Node, body: Node | None, node: Node) -> tuple[str, str | None]:
    """The title as worded, with the body where the title alone is one word."""
    assert post.mention is not None
    title = re.sub(r"\s+", " ", post.mention.value)
    if body is None or body.span.start < post.span.end:
        return title, None
    field = text[post.span.end : body.span.start].split() in (["for"], ["para"])
    if len(title.split()) > 1 and not field:
        return title, None
    between = text[post.span.end : body.span.start]
    if len(between) > 12 or "," in between:
        return title, None
    return re.sub(r"\s+", " ", text[post.span.start : body.span.end]), title


def _units(node: Node, names: Names) -> list[UnitFrame]:
    """Each stated part with the body it belongs to."""
    frames, parent = [], None
    for key, part in node.parts:
        if key == "parent":
            parent = part
    order = sorted(node.parts, key=lambda p: p[1].span)
    after = any(key == "unit" for key, _ in order) and order[0][0] == "unit"
    for place, (key, part) in enumerate(order):
        if key == "parent":
            parent = part
        if key != "unit":
            continue
        of = next((p for k, p in order[place:] if k == "parent"), parent) if after else parent
        if of is None or of.mention is None or part.mention is None:
            continue
        span = Span(min(of.span.start, part.span.start), max(of.span.end, part.span.end))
        frames.append(
            UnitFrame(names.named(part), names.named(of), names.evidence(span, node.rule))
        )
    return frames

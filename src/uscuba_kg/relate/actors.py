"""Officials with their titles and bodies, lists of them, parts of bodies, and delegations."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from uscuba_kg.model import Annotated, MentionKind, PositionFrame, Span, UnitFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Masked, Node, mask, reduce
from uscuba_kg.relate.naming import Names, nodes_of
from uscuba_kg.relate.tenures import head_of, held_as_well, in_charge
from uscuba_kg.relate.wholes import find_units, is_whole_of, pairs_of
from uscuba_kg.text import fold

LAYERS = (
    ("body", "Body"),
    ("parts", "Bodies"),
    ("held", ""),
    ("official", "Official"),
    ("officials", "Officials"),
    ("actors", "Officials"),
    ("bodies", "Bodies"),
    ("delegation", "Delegation"),
)


_IMPLYING = frozenset({"post", "free"})


class Actors(msgspec.Struct, frozen=True, eq=False):
    """The nodes after all layers, the text masked before the last, and the facts they told.

    ``made`` are all nodes that rules made, those among them that only told included.
    """

    nodes: tuple[Node, ...]
    made: tuple[Node, ...]
    masked: Masked
    positions: tuple[PositionFrame, ...]
    units: tuple[UnitFrame, ...]


def find_actors(annotated: Annotated, pack: Pack, names: Names) -> Actors:
    """Reduce mentions to officials, lists and delegations, layer by layer.

    A layer without a type of its own ("NAME was appointed director") only tells; what it finds
    stays in place for the later layers.
    """
    nodes = sorted(nodes_of(annotated, pack), key=lambda n: n.span)
    made: list[Node] = []
    titles: dict[int, Node] = {}
    masked = mask(annotated.folded, annotated.sentences, nodes, pack.gate)
    for kind, to in LAYERS:
        rules = pack.rules.get(kind, ())
        if not rules:
            continue
        if kind == "official":
            nodes = _with_titles(annotated.article.text, nodes)
            titles = {n.span.end + 1: n for n in nodes if n.type == "Title"}
        masked = mask(annotated.folded, annotated.sentences, nodes, pack.gate, masked)
        layer = reduce(masked, nodes, rules, to or "Official")
        before = {id(n) for n in nodes}
        made.extend(n for n in layer if id(n) not in before)
        if to:
            layer = [_renamed(n, "Post") if n.type == "Title" else n for n in layer]
            nodes = [_merged_body(n, names, pack) if kind == "body" else n for n in layer]
    for node in made:
        _learn(node, names)
    held = pack.rules.get("held", ())
    implied = {r.id: r.sets for r in held if not _IMPLYING.isdisjoint(r.sets)}
    positions = [
        p
        for n in made
        if n.type in ("Official", "Officials")
        for p in (
            _implied(n, names, pack, implied[n.rule])
            if n.rule in implied
            else _positions(n, names, titles)
        )
    ]
    positions = [_plainly_titled(p, pack) for p in positions]
    ties = {r.id: r.sets["same"] for r in held if "same" in r.sets}
    positions += held_as_well(made, ties, names, pack, positions)
    people = frozenset(fold(m.value) for m in annotated.mentions if m.kind == MentionKind.PERSON)
    positions = _telling(positions, pack, people)
    units = find_units(made, names, pack)
    return Actors(tuple(nodes), tuple(made), masked, tuple(positions), tuple(units))


def _with_titles(text: str, nodes: list[Node]) -> list[Node]:
    """Tell the titles that stand before a name: in "A, President B" it is B's alone."""
    order = sorted(nodes, key=lambda n: n.span)
    titles = {
        id(node)
        for place, node in enumerate(order[:-1])
        if node.type == "Post" and order[place + 1].type == "Person"
        if text[node.span.end : order[place + 1].span.start].isspace()
        or _takes_turns(text, order, place)
    }
    return [_renamed(n, "Title") if id(n) in titles else n for n in nodes]


def _takes_turns(text: str, order: list[Node], place: int) -> bool:
    """Tell whether names follow their titles: "the minister X, A, and the director of Y, B"."""
    if place < 2 or order[place - 1].type != "Person":
        return False
    earlier = order[place - 2]
    if earlier.type not in ("Post", "Body", "Bodies", "State"):
        return False
    behind = text[earlier.span.end : order[place - 1].span.start]
    between = text[order[place - 1].span.end : order[place].span.start]
    before = text[order[place].span.end : order[place + 1].span.start]
    article = re.fullmatch(r",?\s+(?:\w{1,3}\s+)?\w{1,3}\s", between)
    return behind in (", ", " ") and before == ", " and article is not None


def _renamed(node: Node, to: str) -> Node:
    return Node(to, node.span, node.mention, node.parts, node.rule, node.role)


def _merged_body(node: Node, names: Names, pack: Pack) -> Node:
    """A body written with its acronym is one body: the first name stands for both."""
    if node.type != "Body" or node.mention is not None:
        return node
    body = node.part("body")[0]
    acronyms = (
        p.mention.entity
        for p in node.part("acronym")
        if p.mention and not is_whole_of(p.mention, body.mention, names.world, pack)
    )
    known = next((entity for entity in acronyms if entity), None)
    mention = body.mention
    if mention is not None and mention.entity is None and known is not None:
        mention = msgspec.structs.replace(mention, entity=known)
    return Node("Body", node.span, mention, rule=node.rule)


def _learn(node: Node, names: Names) -> None:
    """Sides told by what stands beside a name: "Cuban Deputy Minister X", "the U.S. Office Y"."""
    for unit, parent in pairs_of(node):
        names.learn_part(unit, parent)
    acting = next((s for p in node.part("person") if (s := names.side(p)) is not None), None)
    if acting is not None:
        for body in node.part("body"):
            names.learn_body(body, acting)
    told = [names.side(p) for key, p in node.parts if key in ("side", "parent", "body", "post")]
    side = next((s for s in told if s is not None), None)
    if side is None:
        return
    for key, part in node.parts:
        if key in ("person", "unit", "body"):
            names.learn_side(part, side)


def _positions(node: Node, names: Names, titles: dict[int, Node]) -> list[PositionFrame]:
    """The post that each person of an official or of a titled list holds.

    In a list of one title, who has a title of their own before the name holds that one.
    """
    people, posts = node.part("person"), node.part("post")
    if not people or not posts:
        return []
    frames = []
    text = names.annotated.article.text
    for person in people:
        own = titles.get(person.span.start) if posts[0].type == "Posts" else None
        for post in posts if own is None else (own,):
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


def _implied(node: Node, names: Names, pack: Pack, sets: dict[str, str]) -> list[PositionFrame]:
    """The post that a verb tells: of a body's head, or of who has charge of something else."""
    if len(node.part("person")) != 1:
        return []
    bodies = node.part("body")
    if bodies:
        body = _lead(bodies[-1])
        return [head_of(node, body, names, pack, sets)] if body.mention is not None else []
    told = in_charge(node, names, pack, sets)
    return [told] if told is not None else []


def _plainly_titled(position: PositionFrame, pack: Pack) -> PositionFrame:
    """The same post by its name alone, in full: "former Sen." is a senator's."""
    return msgspec.structs.replace(
        position,
        post=_plain(position.post, pack),
        shorter=_plain(position.shorter, pack) if position.shorter else None,
    )


def _plain(title: str, pack: Pack) -> str:
    passing = pack.folded("posts", "passing")
    written = pack.tables["posts"]["written"]
    words = [w for w in title.split() if fold(w) not in passing]
    return " ".join(written.get(fold(w), w) for w in words) or title


def _telling(
    positions: list[PositionFrame], pack: Pack, people: frozenset[str]
) -> list[PositionFrame]:
    """Leave out what another position of the same person says better: "Secretary", or a rank.

    A bare surname that several people of the text bear is nobody's name.
    """
    ranks = pack.folded("posts", "ranks")
    alike = _alike(pack)
    kept: list[PositionFrame] = []
    by_person: dict[str, list[tuple[PositionFrame, frozenset[str]]]] = {}
    for position in positions:
        words = frozenset(alike.get(w, w) for w in fold(position.post).split())
        by_person.setdefault(_bearer(position), []).append((position, words))
    for bearer, held in by_person.items():
        if " " not in bearer and any(bearer in other.split() for other in people - {bearer}):
            continue
        firm = [w for _, w in held if not w <= ranks]
        for number, (position, words) in enumerate(held):
            if words <= ranks and firm:
                continue
            better = any(
                words < other or (words == other and earlier < number)
                for earlier, (_, other) in enumerate(held)
            )
            if not better:
                kept.append(position)
    return kept


@lru_cache(maxsize=16)
def _alike(pack: Pack) -> dict[str, str]:
    """For each word of a post that has others of its meaning, the one that stands for all."""
    return {fold(w): fold(group[0]) for group in pack.tables["posts"]["same"] for w in group}


def _bearer(position: PositionFrame) -> str:
    return position.person.entity or fold(position.person.name)


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

"""Posts told without their title: by what somebody has charge of, and by who held them as well.

"Who heads the Office of Tides" is its head, "who directs criminal investigations" a director; "her
predecessor" held what she holds, and a senator's colleague is a senator.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from uscuba_kg.model import MentionKind, PositionFrame, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.given import sex_of
from uscuba_kg.relate.naming import Names
from uscuba_kg.text import fold, word_choice

_NEAR = 600
_LINKED = 12
_CUTTING = (MentionKind.BODY, MentionKind.PERSON, MentionKind.DATE, MentionKind.POST)
_PLACES = (MentionKind.STATE, MentionKind.PLACE)
_ANY = "any"
_OWNER = re.compile(r"[’']s?\s")


def head_of(
    node: Node, body: Node, names: Names, pack: Pack, sets: Mapping[str, str]
) -> PositionFrame:
    """The post of who "heads", "chairs" or "commands" a body: its head, its chair, its commander."""
    who, organization = names.named(node.part("person")[0]), names.named(body)
    text = names.annotated.article.text
    post = _duty(text[node.span.start : node.span.end], pack) or sets["post"]
    post = _gendered(post, who.name, pack)
    title = f"{post} {sets['link']} {organization.name}"
    evidence = names.evidence(node.span, node.rule)
    return PositionFrame(who, title, organization, evidence, post, who.side)


def in_charge(
    node: Node, names: Names, pack: Pack, sets: Mapping[str, str]
) -> PositionFrame | None:
    """The post of who has charge of what is no body's name: "directs criminal investigations".

    ``node`` ends where that begins. None where it names nothing that one can have charge of.
    """
    text = names.annotated.article.text
    person = node.part("person")[0]
    who = names.named(person)
    told = sets.get("post") or _duty(text[person.span.end : node.span.end], pack)
    if told is None:
        return None
    post = _gendered(told, who.name, pack)
    if "alone" in sets:
        return PositionFrame(who, post, None, names.evidence(node.span, node.rule), None, who.side)
    field = _field(node.span.end, names, pack)
    if field is None and "post" in sets:
        field = _place(node.span.end, names)
    if field is None:
        return None
    link = sets.get("link") or pack.words("posts", "complement")[0]
    title = f"{post} {link} {' '.join(text[field.start : field.end].split())}"
    body = _body_behind(field, names)
    organization = names.named(body) if body is not None else None
    evidence = names.evidence(Span(node.span.start, field.end), node.rule)
    return PositionFrame(who, title, organization, evidence, post, who.side)


def _gendered(post: str, name: str, pack: Pack) -> str:
    """A title as it is worded for a woman or a man, where the given name tells which."""
    feminine: dict[str, str] = pack.tables["posts"]["feminine"]
    sex = sex_of(name, pack)
    words = feminine if sex == "she" else {she: he for he, she in feminine.items() if sex == "he"}
    head, _, rest = post.partition(" ")
    return " ".join(filter(None, (words.get(head, head), rest)))


def _duty(words: str, pack: Pack) -> str | None:
    """The post that the last verb of some words tells."""
    duties: dict[str, str] = pack.tables["posts"]["duties"]
    folded = f" {fold(words)} "
    told = ((folded.rfind(f" {fold(verb)} "), len(verb), post) for verb, post in duties.items())
    place, _, post = max(told)
    return post if place >= 0 else None


@lru_cache(maxsize=16)
def _charges(pack: Pack) -> re.Pattern[str]:
    """An article, some words, what one may have charge of, and the words that tell it closer."""

    def some(name: str) -> str:
        return word_choice(pack.words("posts", name))

    word = r"(?:[\w’'&\-]+|(?:[A-Z]\.)+)"
    known = rf"(?i:{some('fields')}|{some('charges')})(?!\w)"
    closer = rf"(?:(?:{some('joiners')})\s+){{0,2}}(?:{known}|[A-Z][\w\-.]*\w)"
    return re.compile(
        rf"\s+(?:(?i:{some('owners')})\s+)?"
        rf"(?P<field>(?:{word}\s+){{0,4}}?(?i:{some('charges')})(?!\w)(?:\s+{closer}){{0,5}})"
    )


def _field(start: int, names: Names, pack: Pack) -> Span | None:
    """What somebody has charge of, from a place on, up to the next name; None where it is no charge."""
    text = names.annotated.article.text
    found = _charges(pack).match(text, start)
    if found is None:
        return None
    begin, end = found.span("field")
    mentions = names.annotated.mentions
    for mention in mentions[bisect_left(mentions, begin, key=lambda m: m.span.start) :]:
        if mention.span.start >= end or mention.kind in _CUTTING:
            end = min(end, mention.span.start)
            break
    words = list(re.finditer(r"[^\s,]+", text[begin:end]))
    if _OWNER.match(text, end) is not None:
        words.pop()
    small = pack.folded("posts", "joiners") | pack.folded("posts", "owners")
    while words and fold(words[-1][0]) in small:
        words.pop()
    told, charges = {fold(w[0]) for w in words}, pack.folded("posts", "charges")
    if not told & charges or told & (pack.folded("posts", "unlike") - small - charges):
        return None
    return Span(begin, begin + words[-1].end())


def _place(start: int, names: Names) -> Span | None:
    """The state or place named there: "in charge of Cuba"."""
    mentions = names.annotated.mentions
    number = bisect_left(mentions, start, key=lambda m: m.span.start)
    near = next((m for m in mentions[number : number + 1] if m.kind in _PLACES), None)
    return near.span if near is not None and near.span.start - start <= len(" las ") else None


def _body_behind(field: Span, names: Names) -> Node | None:
    """The body named directly behind a span: "investigations at the Interior Ministry"."""
    mentions = names.annotated.mentions
    number = bisect_left(mentions, field.end, key=lambda m: m.span.start)
    near = next((m for m in mentions[number : number + 2] if m.kind == MentionKind.BODY), None)
    if near is None or near.span.start - field.end > _LINKED:
        return None
    return Node("Body", near.span, near)


def held_as_well(
    nodes: Iterable[Node],
    ties: Mapping[str, str],
    names: Names,
    pack: Pack,
    told: Sequence[PositionFrame],
) -> Iterator[PositionFrame]:
    """Give the posts of predecessors, successors and colleagues: those told of whom they are tied to.

    ``ties`` holds for each rule the list of the pack's posts that such a tie shares, or "any"; of two
    whom it names the one without a post gets the other's, a colleague the last told before, anybody
    else that of the person named last.
    """
    ranks = pack.folded("posts", "ranks")
    firm = [p for p in told if not {*fold(p.post).split()} <= ranks]
    for node in nodes:
        tie = ties.get(node.rule)
        if tie is None:
            continue
        shared = None if tie == _ANY else pack.folded("posts", tie)
        fit = [p for p in firm if shared is None or shared & {*fold(p.post).split()}]
        peers = {_key(who.entity, who.name): who for who in map(names.named, node.part("peer"))}
        mine = [p for p in fit if _key(p.person.entity, p.person.name) in peers]
        if len(peers) == 2 and tie == _ANY:
            source = min(mine, key=lambda p: _far(p, node), default=None)
        else:
            others = [p for p in fit if p not in mine]
            if tie != "peers":
                named = _named_before(node, names, peers)
                others = [p for p in others if _key(p.person.entity, p.person.name) == named]
            source = _last_before(node, others)
        having = {_key(p.person.entity, p.person.name) for p in mine}
        for key, who in peers.items():
            if source is not None and key not in having:
                body = source.organization if tie == _ANY else None
                evidence = names.evidence(node.span, node.rule)
                post = _gendered(source.post, who.name, pack)
                shorter = _gendered(source.shorter, who.name, pack) if source.shorter else None
                yield PositionFrame(who, post, body, evidence, shorter, who.side)


def _named_before(node: Node, names: Names, peers: Mapping[str, object]) -> str | None:
    """The person named last before a node, but for those whom it names."""
    people = (m for m in names.annotated.mentions if m.kind == MentionKind.PERSON)
    before = (_key(names.entity(m), m.value) for m in people if m.span.end <= node.span.start)
    return next((key for key in reversed([*before]) if key not in peers), None)


def _last_before(node: Node, positions: Sequence[PositionFrame]) -> PositionFrame | None:
    """The post told last before a node, if that was not long ago."""
    near = [p for p in positions if 0 <= node.span.start - p.evidence.span.start <= _NEAR]
    return max(near, key=lambda p: p.evidence.span, default=None)


def _far(position: PositionFrame, node: Node) -> int:
    return abs(position.evidence.span.start - node.span.start)


def _key(entity: str | None, name: str) -> str:
    return entity or fold(name)

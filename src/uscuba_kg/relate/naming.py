"""Who a node is and for whom it acts: names, sides, and the words that are the evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

from uscuba_kg.model import (
    Annotated,
    Evidence,
    Mention,
    MentionKind,
    Named,
    Span,
    ThingKind,
)
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Node
from uscuba_kg.text import fold
from uscuba_kg.world import World

_CONTEXT = 300
_KINDS = {
    MentionKind.STATE: ThingKind.STATE,
    MentionKind.SIDE: ThingKind.STATE,
    MentionKind.BODY: ThingKind.ORGANIZATION,
    MentionKind.PERSON: ThingKind.PERSON,
    MentionKind.PLACE: ThingKind.PLACE,
    MentionKind.SERIES: ThingKind.SERIES,
    MentionKind.AGREEMENT: ThingKind.AGREEMENT,
}


class Names:
    """The names and sides of one article's nodes; built once, then only asked."""

    def __init__(self, annotated: Annotated, world: World) -> None:
        self.annotated = annotated
        self.world = world
        self._starts = [s.start for s in annotated.sentences]
        self._sides: dict[str, str] = {}
        self._entities: dict[Span, str] = {}
        self._titles = _titles(world)
        self._nested_starts = [m.span.start for m in annotated.nested]

    def sentence(self, span: Span) -> Span:
        """The sentence in which a span begins; the span itself outside all sentences."""
        place = bisect_right(self._starts, span.start) - 1
        if place < 0:
            return span
        found = self.annotated.sentences[place]
        return found if found.start <= span.start < found.end else span

    def evidence(self, span: Span, rule: str, confidence: float = 0.9) -> Evidence:
        """The evidence that stands at a span, with the rest of its sentence around it."""
        text = self.annotated.article.text
        sentence = self.sentence(span)
        before = max(min(sentence.start, span.start), span.start - _CONTEXT)
        after = min(max(sentence.end, span.end), span.end + _CONTEXT)
        return Evidence(
            self.annotated.article.sha256,
            span,
            text[span.start : span.end],
            rule,
            confidence,
            text[before : span.start],
            text[span.end : after],
        )

    def learn_side(self, node: Node, side: str) -> None:
        """Remember the state that an unlisted person or body acts for, where nothing told it."""
        if node.mention is not None and self.own_side(node) is None:
            self._sides.setdefault(_key(node.mention), side)

    def learn_part(self, unit: Node, parent: Node) -> None:
        """Remember which of several bodies of one name is meant: the one that is a part of this."""
        mention, whole = unit.mention, parent.mention
        if mention is None or mention.entity is not None or whole is None or not whole.entity:
            return
        wanted = {
            entity
            for entity in _bearers(self.world).get(fold(mention.value), ())
            if self.world.entries[entity].parent == whole.entity
        }
        if len(wanted) == 1:
            self._entities[mention.span] = wanted.pop()

    def entity(self, mention: Mention) -> str | None:
        """The entity of a mention, learnt ones included."""
        return mention.entity or self._entities.get(mention.span)

    def side(self, node: Node) -> str | None:
        """The state a node acts for: told by itself, its title or body, or learnt elsewhere."""
        own = self.own_side(node)
        if own is not None:
            return own
        if node.mention is not None and _key(node.mention) in self._sides:
            return self._sides[_key(node.mention)]
        for _, part in node.parts:
            found = self.side(part)
            if found is not None:
                return found
        return None

    def own_side(self, node: Node) -> str | None:
        """The state that the name itself tells: authority data, or a state's name inside it."""
        mention = node.mention
        if mention is None:
            return None
        entity = self.entity(mention)
        if entity is not None and entity in self.world.entries:
            entry = self.world.entries[entity]
            return entity if entry.kind == ThingKind.STATE else entry.state
        inside = next((m for m in self.nested_in(mention.span) if self._is_state(m.entity)), None)
        if inside is not None:
            return inside.entity
        if mention.kind == MentionKind.POST:
            words = fold(mention.value).split()
            return self._titles.get(" ".join(words)) or self._titles.get(words[-1])
        return None

    def nested_in(self, span: Span) -> Iterator[Mention]:
        """The names inside a span that lie within another name, in text order."""
        nested = self.annotated.nested
        for place in range(bisect_left(self._nested_starts, span.start), len(nested)):
            if nested[place].span.start >= span.end:
                return
            if span.covers(nested[place].span):
                yield nested[place]

    def _is_state(self, entity: str | None) -> bool:
        entry = self.world.entries.get(entity or "")
        return entry is not None and entry.kind == ThingKind.STATE

    def named(self, node: Node, side: str | None = None) -> Named:
        """The node of a mention as a name for the next stage."""
        mention = node.mention
        if mention is None:
            raise ValueError("only the node of a mention has a name")
        kind = _KINDS[mention.kind]
        acts_for = self.side(node) or side
        subtype = None
        entity = self.entity(mention)
        entry = self.world.entries.get(entity or "")
        if entry is not None:
            subtype = entry.subtype
        name = re.sub(r"\s+", " ", mention.value).strip(" ,;")
        return Named(kind, name, entity, acts_for, subtype)

    def state(self, entity: str) -> Named:
        """A state as a name."""
        labels = self.world.entries[entity].labels
        return Named(ThingKind.STATE, labels[0].text, entity, entity)


def _key(mention: Mention) -> str:
    return f"{mention.kind}:{fold(mention.value)}"


@lru_cache(maxsize=4)
def _bearers(world: World) -> dict[str, tuple[str, ...]]:
    """The entries that bear a name, by its folded form."""
    found: dict[str, list[str]] = {}
    for name in world.names:
        found.setdefault(fold(name.text), []).extend(name.entries)
    return {form: tuple(entries) for form, entries in found.items()}


@lru_cache(maxsize=4)
def _titles(world: World) -> dict[str, str]:
    """The titles that only one state's officials bear in the authority data, folded."""
    found: dict[str, set[str]] = {}
    for post in world.posts:
        person = world.entries.get(post.person)
        if person is None or person.state is None:
            continue
        for label in post.labels:
            found.setdefault(fold(label.text), set()).add(person.state)
    return {title: next(iter(states)) for title, states in found.items() if len(states) == 1}


def nodes_of(annotated: Annotated, pack: Pack) -> list[Node]:
    """The first layer of nodes: one for each mention that rules may speak of.

    A person's node takes in the honorific before the name and the party, age or suffix behind it:
    "Mr. Kozak", "Amos Kittredge (I-ME)"; a body's node the acronym in brackets behind its name.
    """
    honorific, tail = _honorific(pack), _tail(pack)
    types = {
        MentionKind.STATE: "State",
        MentionKind.SIDE: "State",
        MentionKind.PLACE: "Place",
        MentionKind.BODY: "Body",
        MentionKind.PERSON: "Person",
        MentionKind.POST: "Post",
        MentionKind.SERIES: "Series",
        MentionKind.AGREEMENT: "Agreement",
        MentionKind.DATE: "Date",
    }
    starts = frozenset(m.span.start for m in annotated.mentions)
    nodes = []
    for mention in annotated.mentions:
        kind = "Posts" if mention.rule == "post.plural" else types[mention.kind]
        span = mention.span
        if mention.kind == MentionKind.PERSON:
            before = honorific.search(annotated.folded, max(0, span.start - 20), span.start)
            behind = tail.match(annotated.folded, span.end)
            end = behind.end() if behind else span.end
            span = Span(before.start() if before else span.start, end)
        elif mention.kind == MentionKind.BODY:
            acronym = _ACRONYM.match(annotated.article.text, span.end)
            if acronym and starts.isdisjoint(range(acronym.start(), acronym.end())):
                span = Span(span.start, acronym.end())
        nodes.append(Node(kind, span, mention))
    return nodes


@lru_cache(maxsize=16)
def _honorific(pack: Pack) -> re.Pattern[str]:
    words = sorted(map(fold, pack.words("people", "honorifics")), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s+$")


_ACRONYM = re.compile(r"\s\([A-Z][\w\-]{1,14}\)")


@lru_cache(maxsize=16)
def _tail(pack: Pack) -> re.Pattern[str]:
    """What may stand between a name and its title: a party with its state, an age, a suffix."""
    parties = "|".join(
        re.escape(fold(w))
        for w in sorted(pack.words("people", "parties"), key=lambda w: (-len(w), w))
    )
    suffixes = "|".join(re.escape(fold(w)) for w in pack.words("people", "suffixes"))
    return re.compile(
        rf"(?:,? (?:{suffixes})(?!\w))?"
        rf"(?:\s?\((?:{parties})(?:\W[^()\n]{{0,24}})?\)|, (?:{parties})[-–—][a-z]{{2,6}}\.?(?=,)"
        rf"|, \d\d(?=[,;])| \(ret\.?\))?"
    )

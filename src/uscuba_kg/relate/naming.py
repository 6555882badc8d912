"""Who a node is and for whom it acts: names, sides, and the words that are the evidence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from uscuba_kg.model import (
    Annotated,
    Evidence,
    Mention,
    MentionKind,
    Named,
    Span,
    ThingKind,
)
from uscuba_kg.packs.load import Pack, pack_for
from uscuba_kg.relate.cascade import Node
from uscuba_kg.text import fold
from uscuba_kg.world import World
from uscuba_kg.world.entries import Entry

_CONTEXT = 300
OUR_STATES = ("cuba", "united-states")
_BEARERS = 3
_BETWEEN = re.compile(r"\s(?:\w{1,5}\s){1,2}")
_SMALL = frozenset({"de", "del", "of", "the", "la", "el", "los", "las", "in"})
_ARTICLES = ("the", "la", "el", "los", "las")
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
        self._entities: dict[Span, str | None] = {}
        self._worded: dict[tuple[Span, MentionKind], str | None] = {}
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
        before = min(sentence.start, span.start)
        if span.start - before > _CONTEXT:
            before = _next_word(text, span.start - _CONTEXT, span.start)
        after = max(sentence.end, span.end)
        if after - span.end > _CONTEXT:
            after = _last_word(text, span.end, span.end + _CONTEXT)
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
        """Remember which body is meant by a name, as its whole or its part tells.

        Of several bodies of one name it is the one within this whole; a known office that is told
        to be another body's is not that office; and a whole that no list knows is the known whole
        of the part, where its name is among those of that whole, but for the state.
        """
        part, whole = unit.mention, parent.mention
        if part is None or whole is None:
            return
        known, above = self.entity(part), self.entity(whole)
        if above is not None and known is None:
            bearers = _bearers(self.world).get(fold(part.value), ())
            wanted = [e for e in bearers if above in wholes_of(e, self.world)]
            if len(wanted) == 1:
                self._entities[part.span] = wanted[0]
        elif known is not None and above is None:
            state = self.world.entries[known].state if known in self.world.entries else None
            if state is not None:
                fitting = _stateless(self.world).get((state, _content(whole.value)), frozenset())
                if len(fitting) == 1 and fitting <= {*wholes_of(known, self.world)}:
                    self._entities[whole.span] = next(iter(fitting))
        elif known is not None and above is not None and _is_another(known, above, self.world):
            self._entities[part.span] = None

    def learn_body(self, node: Node, side: str) -> None:
        """Remember the known body of a state whose name was told without the state's own."""
        mention = node.mention
        if mention is None or mention.kind != MentionKind.BODY or self.entity(mention) is not None:
            return
        if self.own_side(node) in (None, side):
            known = _stateless(self.world).get((side, _content(mention.value)), frozenset())
            if len(known) == 1:
                self._entities[mention.span] = next(iter(known))

    def entity(self, mention: Mention) -> str | None:
        """The entity of a mention, learnt ones included."""
        return self._entities.get(mention.span, mention.entity)

    def side(self, node: Node) -> str | None:
        """The state a node acts for: told by itself, its title or body, or learnt elsewhere."""
        own = self.own_side(node)
        if own is not None:
            return own
        if node.mention is not None and self._sides:
            learnt = self._sides.get(_key(node.mention))
            if learnt is not None:
                return learnt
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
        key = mention.span, mention.kind
        if key not in self._worded:
            self._worded[key] = self._side_in_words(mention)
        return self._worded[key]

    def _side_in_words(self, mention: Mention) -> str | None:
        """The state named inside a name, or told by a title."""
        title = mention.kind == MentionKind.POST
        states = (m for m in self.nested_in(mention.span) if self._is_state(m.entity))
        inside = next((m for m in states if not (title and self._is_field(m.span))), None)
        if inside is not None:
            return inside.entity
        return self._side_of_title(mention) if title else None

    def _side_of_title(self, title: Mention) -> str | None:
        """The state of a title's place ("governor of Kansas"), or of all known to have borne it."""
        table = pack_for(self.annotated.article.language).tables["posts"]
        words = fold(title.value).split()
        place = self._place_behind(title)
        if place is not None and place.state in OUR_STATES:
            return place.state
        borne: dict[str, str] = table["borne"]
        last = fold(table["written"].get(words[-1], words[-1]))
        return borne.get(words[-1]) or self._titles.get(" ".join(words)) or self._titles.get(last)

    def _place_behind(self, title: Mention) -> Entry | None:
        """The place that a title is borne in: the name of one, a word or two behind it."""
        mentions = self.annotated.mentions
        number = bisect_left(mentions, title.span.end, key=lambda m: m.span.start)
        if number >= len(mentions) or mentions[number].kind != MentionKind.PLACE:
            return None
        between = self.annotated.article.text[title.span.end : mentions[number].span.start]
        if _BETWEEN.fullmatch(between) is None:
            return None
        return self.world.entries.get(mentions[number].entity or "")

    def _is_field(self, state: Span) -> bool:
        """Tell whether a state in a title is what it deals with: "coordinator of Cuban affairs"."""
        pack, text = pack_for(self.annotated.article.language), self.annotated.folded
        before = text[max(0, state.start - 24) : state.start].split()
        after = text[state.end : state.end + 24].split()
        while before and before[-1] in _ARTICLES:
            before.pop()
        return not {*before[-1:]}.isdisjoint(pack.words("posts", "field_before")) or not {
            *(w.strip(",.;") for w in after[:1])
        }.isdisjoint(pack.words("posts", "field_after"))

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
        name = " ".join(mention.value.split()).strip(" ,;")
        return Named(kind, name, entity, acts_for, subtype)

    def state(self, entity: str) -> Named:
        """A state as a name."""
        labels = self.world.entries[entity].labels
        return Named(ThingKind.STATE, labels[0].text, entity, entity)


@lru_cache(maxsize=4)
def _bearers(world: World) -> dict[str, tuple[str, ...]]:
    """The entities that bear each name, by the folded name."""
    found: dict[str, set[str]] = {}
    for name in world.names:
        found.setdefault(fold(name.text), set()).update(name.entries)
    return {name: tuple(sorted(entries)) for name, entries in found.items()}


@lru_cache(maxsize=4)
def _stateless(world: World) -> dict[tuple[str, frozenset[str]], frozenset[str]]:
    """The bodies of each state by the words of their names, without the words for the state."""
    found: dict[tuple[str, frozenset[str]], set[str]] = {}
    for entry in world.entries.values():
        state = world.entries.get(entry.state or "")
        if entry.kind != ThingKind.ORGANIZATION or state is None:
            continue
        words = {w for la in (*state.labels, *state.demonyms) for w in fold(la.text).split()}
        for label in entry.labels:
            name = _content(label.text)
            if name & words and len(name - words) > 1:
                found.setdefault((state.id, name - words), set()).add(entry.id)
    return {name: frozenset(entries) for name, entries in found.items()}


def _content(name: str) -> frozenset[str]:
    """The words of a name, articles and prepositions aside."""
    return frozenset(fold(name).replace(",", " ").split()) - _SMALL


def wholes_of(entity: str, world: World) -> Iterator[str]:
    """The bodies of the authority data that a body lies in, from the nearest to the widest."""
    entry = world.entries.get(entity)
    while entry is not None and entry.parent is not None:
        yield entry.parent
        entry = world.entries.get(entry.parent)


def _is_another(unit: str, whole: str, world: World) -> bool:
    """Tell whether a known office cannot be the one of its name that belongs to another body."""
    entry = world.entries[unit]
    above = tuple(wholes_of(unit, world))
    return entry.subtype == "unit" and bool(above) and whole not in above and whole != unit


def _next_word(text: str, start: int, end: int) -> int:
    """Where the first whole word begins behind a place inside a word."""
    space = text.find(" ", start, end)
    return end if space < 0 else space + 1


def _last_word(text: str, start: int, end: int) -> int:
    """Where the last whole word ends before a place inside a word."""
    space = text.rfind(" ", start, end)
    return start if space < 0 else space


def _key(mention: Mention) -> str:
    return f"{mention.kind}:{fold(mention.value)}"


@lru_cache(maxsize=4)
def _titles(world: World) -> dict[str, str]:
    """The titles that only one state's officials bear in the authority data, folded.

    Of "Senator for Maine" that is "senator" as well, where several people bore it.
    """
    found: dict[str, set[str]] = {}
    heads: dict[str, dict[str, str]] = {}
    places = {
        fold(name.text)
        for name in world.names
        if any(world.entries[e].kind == ThingKind.PLACE for e in name.entries)
    }
    for post in world.posts:
        person = world.entries.get(post.person)
        if person is None or person.state is None:
            continue
        for label in post.labels:
            found.setdefault(fold(label.text), set()).add(person.state)
            head, _, place = fold(label.text).partition(" ")
            if any(" ".join(place.split()[n:]) in places for n in range(1, 3)):
                heads.setdefault(head, {})[person.id] = person.state
    for head, bearers in heads.items():
        everywhere = (states for title, states in found.items() if head in title.split())
        if len(bearers) >= _BEARERS and len(set(bearers.values()).union(*everywhere)) == 1:
            found.setdefault(head, set()).update(bearers.values())
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
        if mention.kind == MentionKind.PERSON and mention.entity is None:
            mention = _without_property(mention)
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


def _without_property(mention: Mention) -> Mention:
    """The owner alone of a title in capitals: "Kittredge" of "Kittredge's Second Trip"."""
    owner = _OWNER.search(mention.surface)
    if owner is None:
        return mention
    surface = mention.surface[: owner.start()]
    span = Span(mention.span.start, mention.span.start + len(surface))
    value = re.sub(r"\s+", " ", surface)
    return msgspec.structs.replace(mention, span=span, surface=surface, value=value)


_OWNER = re.compile(r"(?<=\w)(?:[’']s|(?<=s)[’'])\s")
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
        rf"(?:\s?\((?:{parties})(?:\W[^()\n]{{0,24}})?\)|"
        rf", (?:{parties})[-–—](?:[a-z]{{2,6}}\.?|[a-z]\.\s?[a-z]\.)(?=[,;.)]|\s(?:and|said)\s)"
        rf"|, \d\d(?=[,;])| \(ret\.?\))?"
    )

"""The values of the gazetteer: entries, posts, names, topics, and the world that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from uscuba_kg.model import Fact, Label, PartialDate, Predicate, Ref, Thing, ThingKind
from uscuba_kg.world.outlets import Outlet

ORGANIZATION_SUBTYPES = frozenset(
    {"ministry", "agency", "unit", "mission", "government", "parliament", "other"}
)
"""What the authority data call an organization."""

_CLASSES = frozenset({"ministry", "agency", "unit", "mission"})
_WHOLES = frozenset({"government", "parliament", "other"})
_ACTORS = frozenset({ThingKind.ORGANIZATION, ThingKind.PERSON})


class Entry(msgspec.Struct, frozen=True):
    """One known thing.

    ``subtype`` is one of :data:`ORGANIZATION_SUBTYPES`, or the sort of place. ``parent`` is the id
    of the body or place it lies in, ``state`` that of the state it acts for or lies in. For an
    agreement ``valid_from`` is the day it was signed. ``demonyms`` are the adjectives of a state;
    they are not its names. ``topics`` are what a series of meetings is about by its very name.
    """

    id: str
    kind: ThingKind
    subtype: str | None
    labels: tuple[Label, ...]
    parent: str | None = None
    state: str | None = None
    valid_from: PartialDate | None = None
    valid_to: PartialDate | None = None
    wikidata: str | None = None
    demonyms: tuple[Label, ...] = ()
    topics: tuple[str, ...] = ()


class PostRecord(msgspec.Struct, frozen=True):
    """Who held which post in which body; an end that is ``None`` is unknown, not open."""

    person: str
    labels: tuple[Label, ...]
    body: str
    start: PartialDate | None = None
    end: PartialDate | None = None


class Name(msgspec.Struct, frozen=True):
    """A wording and the entries that bear it.

    ``exact_case`` asks for the very capitals: "LED", "DIE" and "US" are words in small letters.
    ``adjective`` marks the words that tell a state without naming it: "Cuban", "estadounidense".
    """

    text: str
    entries: tuple[str, ...]
    exact_case: bool = False
    adjective: bool = False


class Topic(msgspec.Struct, frozen=True):
    """A subject of talks.

    ``weak`` holds the folded labels that need context to be believed, ``exact`` those that mean
    the topic in their own number only: "embassies", but no single embassy.
    """

    id: str
    labels: tuple[Label, ...]
    weak: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()


class World(msgspec.Struct, frozen=True, eq=False):
    """What exists, as far as the authority data know; read-only, and hashed by identity.

    ``titles`` tells by language and wording which titles say the same.
    """

    entries: dict[str, Entry]
    posts: tuple[PostRecord, ...]
    names: tuple[Name, ...]
    topics: tuple[Topic, ...]
    outlets: tuple[Outlet, ...] = ()
    titles: Mapping[tuple[str, str], str] = msgspec.field(default_factory=dict)

    def thing(self, entry_id: str) -> Thing:
        """Give an entry or a topic as the graph names it; ``KeyError`` where the id is unknown.

        A topic's hidden labels are the cues by which a text is read, and no names of it.
        Of an organization or a person the state it acts for, of an organization the one that it is
        a part of, and of a series its first and last known day are background; a ministry of a
        government, or a house of a parliament, is not a part in the sense of an organizational unit.
        """
        entry = self.entries.get(entry_id)
        if entry is None:
            topic = {t.id: t for t in self.topics}[entry_id]
            names = tuple(label for label in topic.labels if label.rank != "hidden")
            return Thing(Ref(ThingKind.TOPIC, topic.id), names)
        return Thing(
            ref=Ref(entry.kind, entry.id),
            labels=entry.labels,
            subtype=entry.subtype if entry.subtype in _CLASSES else None,
            background=self._background(entry),
            wikidata=entry.wikidata,
        )

    def posts_of(self, person: str) -> tuple[PostRecord, ...]:
        """Give the posts that a person is known to have held, the earliest first."""
        return tuple(post for post in self.posts if post.person == person)

    def _background(self, entry: Entry) -> tuple[Fact, ...]:
        facts = []
        if entry.kind == ThingKind.SERIES:
            span = ((Predicate.START, entry.valid_from), (Predicate.END, entry.valid_to))
            return tuple(Fact(predicate, date) for predicate, date in span if date is not None)
        parent = self.entries[entry.parent] if entry.parent else None
        within = parent is not None and parent.kind == entry.kind == ThingKind.ORGANIZATION
        if parent and within and (parent.subtype not in _WHOLES or entry.subtype == "unit"):
            facts.append(Fact(Predicate.UNIT_OF, Ref(parent.kind, parent.id)))
        if entry.state is not None and entry.kind in _ACTORS:
            facts.append(Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, entry.state)))
        return tuple(facts)


def names_around(entries: Mapping[str, Entry], entry_id: str) -> Iterator[str]:
    """Give the names of an entry, of what it is a part of, and of its state."""
    entry = entries.get(entry_id)
    while entry is not None:
        yield from (label.text for label in entry.labels)
        entry = entries.get(entry.parent or entry.state or "")

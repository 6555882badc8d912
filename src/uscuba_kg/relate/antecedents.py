"""Whom "he", "the diplomat", "la nota" or a bare surname stands for among what was told before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from uscuba_kg.model import MentionKind, Named, Slot, ThingKind
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.voices import Stretch
from uscuba_kg.text import fold

_NEAR = 3
_WORD = re.compile(r"\w+")


class Memory:
    """What a reader remembers at one place of an article: who was named, who spoke last."""

    def __init__(self, stretches: Sequence[Stretch], before: Iterable[Node], names: Names) -> None:
        self.names = names
        self._early = tuple(before)
        self._stretches = stretches
        self._spoken: list[tuple[int, Slot]] = []

    def speaks(self, stretch: Stretch, speaker: Slot) -> None:
        """Remember who spoke in a stretch."""
        self._spoken.append((stretch.number, speaker))

    def last(self) -> Slot | None:
        """Whoever spoke last."""
        return self._spoken[-1][1] if self._spoken else None

    def last_near(self, stretch: Stretch, kinds: Sequence[ThingKind]) -> Slot | None:
        """The last speaker of some kinds, if not too many sentences ago."""
        for number, slot in reversed(self._spoken):
            if stretch.number - number > _NEAR:
                return None
            if isinstance(slot.value, Named) and slot.value.kind in kinds:
                return slot
        return None

    def person(self, stretch: Stretch, at: int) -> Named | None:
        """Whom "he" or "she" means: this sentence's person, the last speaker, the last subject."""
        here = [n for n in self._people(stretch) if n.span.start < at]
        if here:
            return self.names.named(here[0])
        number, slot = self._spoken[-1] if self._spoken else (-9, None)
        if slot is not None and stretch.number - number <= 1 and _is(slot, ThingKind.PERSON):
            return slot.value  # type: ignore[return-value]
        for back in range(1, _NEAR + 1):
            place = stretch.number - back
            if place < 0:
                break
            if place == number and slot is not None and _is(slot, ThingKind.PERSON):
                return slot.value  # type: ignore[return-value]
            people = self._people(self._stretches[place])
            if people:
                return self.names.named(people[0])
        if slot is not None and isinstance(slot.value, Named) and slot.value.kind in _SOMEBODY:
            return slot.value
        return None

    def titled(self, stretch: Stretch, at: int, word: str, side: str | None) -> Named | None:
        """The last person told before who bears a title with this word, and acts for this side."""
        for node in reversed(self._told(stretch, at)):
            for person, titles in self._titled(node):
                if word in titles and side in (None, self.names.side(person)):
                    return self.names.named(person)
        return None

    def surname(self, word: str) -> Named | None:
        """The person of the article who bears this name, where exactly one does."""
        found = {}
        for node in [*self._early, *(n for s in self._stretches for n in s.nodes)]:
            for leaf in node.leaves():
                mention = leaf.mention
                if mention is None or mention.kind != MentionKind.PERSON:
                    continue
                if word in fold(mention.value).split():
                    found[mention.entity or fold(mention.value)] = leaf
        return self.names.named(next(iter(found.values()))) if len(found) == 1 else None

    def body(self, stretch: Stretch, at: int, word: str) -> Named | None:
        """The last body named with this word ("the ministry"), in whatever language."""
        for node in reversed(self._told(stretch, at)):
            for leaf in reversed(node.leaves()):
                mention = leaf.mention
                if mention is None or mention.kind != MentionKind.BODY:
                    continue
                if word in self._words_of(leaf):
                    return self.names.named(leaf)
        return None

    def _told(self, stretch: Stretch, at: int) -> list[Node]:
        before = [n for s in self._stretches[: stretch.number] for n in s.nodes]
        return [*self._early, *before, *(n for n in stretch.nodes if n.span.start < at)]

    def _people(self, stretch: Stretch) -> list[Node]:
        found = []
        for node in stretch.nodes:
            if node.type in ("Person", "Official"):
                found.extend(_person(node))
        return found

    def _titled(self, node: Node) -> list[tuple[Node, set[str]]]:
        people = [n for n in node.leaves() if n.mention and n.mention.kind == MentionKind.PERSON]
        posts = [n for n in node.leaves() if n.mention and n.mention.kind == MentionKind.POST]
        words = {w for p in posts if p.mention for w in _WORD.findall(fold(p.mention.value))}
        return [(p, words | self._posts(p)) for p in people]

    def _posts(self, person: Node) -> set[str]:
        entity = self.names.entity(person.mention) if person.mention else None
        if entity is None:
            return set()
        posts = [p for p in self.names.world.posts if p.person == entity]
        return {w for p in posts for label in p.labels for w in _WORD.findall(fold(label.text))}

    def _words_of(self, body: Node) -> set[str]:
        assert body.mention is not None
        texts = [body.mention.value]
        entry = self.names.world.entries.get(self.names.entity(body.mention) or "")
        if entry is not None:
            texts.extend(label.text for label in entry.labels)
        return {w for text in texts for w in _WORD.findall(fold(text))}


_SOMEBODY = (ThingKind.PERSON, ThingKind.SPEAKER)


def _person(node: Node) -> tuple[Node, ...]:
    return node.part("person") if node.type == "Official" else (node,)


def _is(slot: Slot, kind: ThingKind) -> bool:
    return isinstance(slot.value, Named) and slot.value.kind == kind

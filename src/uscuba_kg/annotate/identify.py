"""Which known thing a found name is: one candidate or none."""

from __future__ import annotations

from functools import lru_cache

from uscuba_kg.model import Mention, ThingKind
from uscuba_kg.text import fold
from uscuba_kg.world import World

_SMALL = frozenset({"de", "del", "la", "las", "los", "y", "of", "the", "for"})


class Identifier:
    """Looks names up in the gazetteer; holds its indexes and nothing else."""

    def __init__(self, world: World) -> None:
        self._bodies: dict[tuple[str, ...], set[str]] = {}
        self._surnames: dict[str, set[str]] = {}
        self._tokens: dict[str, list[frozenset[str]]] = {}
        for name in world.names:
            for entity in name.entries:
                kind = world.entries[entity].kind
                if kind == ThingKind.ORGANIZATION:
                    self._bodies.setdefault(_content(name.text), set()).add(entity)
                elif kind == ThingKind.PERSON:
                    self._add_person(entity, name.text)
        self._titles: dict[str, list[frozenset[str]]] = {}
        for post in world.posts:
            words = frozenset(w for label in post.labels for w in _words(label.text))
            self._titles.setdefault(post.person, []).append(words)

    def _add_person(self, entity: str, name: str) -> None:
        words = [w for w in fold(name).split() if w not in _SMALL]
        if len(words) < 2:
            return
        for surname in words[1:]:
            self._surnames.setdefault(surname, set()).add(entity)
        self._tokens.setdefault(entity, []).append(frozenset(words))

    def body(self, name: str) -> str | None:
        """The one body that bears this full name, articles and prepositions aside."""
        found = self._bodies.get(_content(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def person(self, mention: Mention, title: Mention | None) -> Mention:
        """The mention with its entity, where its words and the title before it leave one person.

        A fuller or shorter form of a known full name is that person; a bare surname only together
        with a title that this person is known to have held.
        """
        if mention.entity is not None:
            return mention
        words = [w for w in fold(mention.value).split() if w not in _SMALL]
        candidates = set().union(*(self._surnames.get(w, set()) for w in words))
        if len(words) >= 2:
            fitting = {c for c in candidates if self._same_name(words, c)}
        else:
            held = _words(title.value) if title is not None else frozenset()
            fitting = {c for c in candidates if held and self._held(c, held)}
        if len(fitting) != 1:
            return mention
        return Mention(
            mention.kind, mention.span, mention.surface, mention.value, fitting.pop(), mention.rule
        )

    def _same_name(self, words: list[str], entity: str) -> bool:
        mine = frozenset(w for w in words if len(w.strip(".")) > 1)
        if len(mine) < 2:
            return False
        for known in self._tokens[entity]:
            theirs = frozenset(w for w in known if len(w.strip(".")) > 1)
            if len(theirs) >= 2 and (mine <= theirs or theirs <= mine):
                return words[0] in known or len(mine & theirs) >= 3
        return False

    def _held(self, entity: str, title: frozenset[str]) -> bool:
        return any(title <= held for held in self._titles.get(entity, ()))


@lru_cache(maxsize=4)
def identifier_of(world: World) -> Identifier:
    """Index the gazetteer's names; done once for a world."""
    return Identifier(world)


def _content(name: str) -> tuple[str, ...]:
    return tuple(w for w in fold(name).replace(",", " ").split() if w not in _SMALL)


def _words(title: str) -> frozenset[str]:
    return frozenset(w for w in fold(title).replace(",", " ").split() if w not in _SMALL)

"""Whom "he", "the diplomat", "la nota" or a bare surname stands for among what was told before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache

from uscuba_kg.model import MentionKind, Named, Slot, ThingKind
from uscuba_kg.packs.load import Pack, pack_for
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.given import sex_of
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.voices import Stretch, kind_of_voice
from uscuba_kg.text import fold
from uscuba_kg.world import World

_NEAR = 3
_OPENING = 30
_WORD = re.compile(r"\w+")
_Told = tuple[int, int, Node]
"""A node with the number of its stretch and its place."""


class Memory:
    """What a reader remembers at one place of an article: who was named, who spoke last."""

    def __init__(self, stretches: Sequence[Stretch], before: Iterable[Node], names: Names) -> None:
        self.names = names
        self.early = tuple(before)
        self._stretches = stretches
        self._spoken: list[tuple[int, Slot]] = []
        self._introduced: list[tuple[set[str], Named]] = []

    def speaks(self, stretch: Stretch, speaker: Slot) -> None:
        """Remember who spoke in a stretch."""
        self._spoken.append((stretch.number, speaker))

    def introduces(self, title: str, who: Named) -> None:
        """Remember the title under which somebody was made to speak."""
        self._introduced.append((set(_WORD.findall(fold(title))), who))

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

    def person(self, stretch: Stretch, at: int, sex: str | None = None) -> Named | None:
        """Whom "he" or "she" means: the last subject or speaker, else the nearest person.

        Nobody whose given name is known to be of the other ``sex``.
        """
        slot = next((s for _, s in reversed(self._spoken) if self.may_be(s.value, sex)), None)
        spoke = slot.value if slot is not None else None
        subject = self._subject_since(stretch, sex)
        if subject is not None:
            return subject
        if isinstance(spoke, Named) and spoke.kind == ThingKind.PERSON:
            return spoke
        asked = self._subject(stretch, at)
        people = [asked] if asked is not None else self._people(stretch, at)
        people = self._of(people, sex)
        for before in reversed(self._stretches[max(0, stretch.number - _NEAR) : stretch.number]):
            people = people or self._of(self._people(before, None), sex)
        if people:
            return self.named(people[0])
        unnamed = isinstance(spoke, Named) and spoke.kind == ThingKind.SPEAKER
        return spoke if unnamed and isinstance(spoke, Named) else None

    def may_be(self, value: object, sex: str | None) -> bool:
        """Tell whether somebody may be a he or a she, by the given name where it is known."""
        if sex is None or not isinstance(value, Named) or value.kind != ThingKind.PERSON:
            return True
        known = sex_of(value.name, pack_for(self.names.annotated.article.language))
        return known in (None, sex)

    def _of(self, people: Sequence[Node], sex: str | None) -> list[Node]:
        return [p for p in people if sex is None or self.may_be(self.named(p), sex)]

    def _subject_since(self, stretch: Stretch, sex: str | None = None) -> Named | None:
        """The person who spoke in, or opens, the nearest of the sentences before."""
        number, slot = self._spoken[-1] if self._spoken else (-9, None)
        for place in range(stretch.number - 1, max(-1, stretch.number - _NEAR - 1), -1):
            if place == number and slot is not None and self._is_somebody(slot):
                if self.may_be(slot.value, sex):
                    return slot.value if isinstance(slot.value, Named) else None
            subject = self._subject(self._stretches[place], None)
            if subject is not None and self.may_be(self.named(subject), sex):
                return self.named(subject)
        return None

    def _is_somebody(self, slot: Slot) -> bool:
        """Tell one person, named or not ("another official"), from a body, a text or several."""
        if not _is(slot, ThingKind.SPEAKER) or not isinstance(slot.value, Named):
            return _is(slot, ThingKind.PERSON)
        pack = pack_for(self.names.annotated.article.language)
        kind = kind_of_voice(slot.value.name, pack)
        return kind == "person" and not slot.value.name.endswith("s")

    def dropped(self, stretch: Stretch, quoted: int | None = None) -> Named | None:
        """The subject that a verb leaves out: who spoke or opened a sentence last.

        ``quoted`` is the verb's place where it follows a quotation: whoever opens its own sentence
        is quoted there.
        """
        own = self._subject(stretch, quoted) if quoted is not None else None
        if own is not None:
            return self.named(own)
        number, slot = self._spoken[-1] if self._spoken else (-9, None)
        for back in range(1, _NEAR + 1):
            place = stretch.number - back
            if place == number and slot is not None and isinstance(slot.value, Named):
                return slot.value
            subject = self._subject(self._stretches[place], None) if place >= 0 else None
            if subject is not None:
                return self.named(subject)
        return None

    def named(self, node: Node) -> Named:
        """A person's node as a name; a name that no list knows is an unnamed speaker's label."""
        if node.mention is not None:
            return self.names.named(node)
        text = self.names.annotated.article.text[node.span.start : node.span.end]
        known = self.surname(fold(text).split()[-1])
        if known is not None and not set(fold(text).split()) <= set(fold(known.name).split()):
            known = None
        return known or Named(ThingKind.SPEAKER, re.sub(r"\s+", " ", text))

    def _subject(self, stretch: Stretch, before: int | None) -> Node | None:
        """The person with whom a sentence opens."""
        if not stretch.is_sentence:
            return None
        first = next((n for n in stretch.nodes if n.type not in ("Date", "Place")), None)
        if first is None or (before is not None and first.span.start >= before):
            return None
        if first.span.start - stretch.span.start > _OPENING:
            return None
        if first.type == "Officials":
            return None
        return next(iter(_person(first)), None)

    def titled(
        self, stretch: Stretch, at: int, word: str, side: str | None, sex: str | None = None
    ) -> Named | None:
        """Who of those told before bears a title with this word and acts for this side."""
        for words, who in reversed(self._introduced):
            if word in words and self.may_be(who, sex):
                return who
        entries = self._under(word)
        told = bisect_left(entries, (stretch.number, at), key=_place)
        found = self._bearers(entries[:told], side, sex)
        last = self.last()
        if last is not None and isinstance(last.value, Named) and _key(last.value) in found:
            return last.value
        if not found:
            later = bisect_left(entries, (stretch.number, -1), key=_place)
            found = self._bearers(entries[later:], side, sex)
            if len(found) > 1:
                return None
        return self.names.named(next(iter(found.values()))) if found else None

    def _under(self, word: str) -> list[_Told]:
        """Where those are told who bear a title with this word, or one that says the same."""
        pack = pack_for(self.names.annotated.article.language)
        found = [t for w in _same_titles(pack, word) for t in self._titles.get(w, ())]
        return sorted(found, key=_place)

    def _bearers(
        self, told: Sequence[_Told], side: str | None, sex: str | None = None
    ) -> dict[str, Node]:
        """The people told who act for a side, each once, in text order."""
        found: dict[str, Node] = {}
        for _, _, person in told:
            named = self.names.named(person)
            if side in (None, self.names.side(person)) and self.may_be(named, sex):
                found.setdefault(_key(named), person)
        return found

    def _nodes(self) -> Iterator[tuple[int, int, Node]]:
        """All nodes with the stretch and the place where they are told, in order."""
        yield from ((-1, node.span.start, node) for node in self.early)
        for stretch in self._stretches:
            yield from ((stretch.number, node.span.start, node) for node in stretch.nodes)

    @cached_property
    def _titles(self) -> dict[str, list[_Told]]:
        """By each word of a title, the people who bear it, wherever they are told."""
        found: dict[str, list[_Told]] = {}
        for number, start, node in self._nodes():
            for person, words in self._titled(node):
                for word in words:
                    found.setdefault(word, []).append((number, start, person))
        return found

    @cached_property
    def _bodies(self) -> dict[str, list[_Told]]:
        """By each word of a body's names, in whatever language, where it is told."""
        found: dict[str, list[_Told]] = {}
        for number, start, node in self._nodes():
            for leaf in node.leaves():
                if leaf.mention is not None and leaf.mention.kind == MentionKind.BODY:
                    for word in self._words_of(leaf):
                        found.setdefault(word, []).append((number, start, leaf))
        return found

    def native(self, stretch: Stretch, at: int, side: str | None, sex: str | None) -> Named | None:
        """The person of a state whom "the Cuban" means: who spoke or was told of last."""
        for number, slot in reversed(self._spoken):
            if stretch.number - number > _NEAR:
                break
            if isinstance(slot.value, Named) and _is(slot, ThingKind.PERSON):
                if slot.value.side == side and self.may_be(slot.value, sex):
                    return slot.value
        for back in range(_NEAR + 1):
            place = stretch.number - back
            people = (
                self._people(self._stretches[place], None if back else at) if place >= 0 else []
            )
            found = self._bearers([(0, 0, p) for p in people if p.mention], side, sex)
            if found:
                return self.names.named(next(iter(found.values()))) if len(found) == 1 else None
        return None

    def opener(self, stretch: Stretch, side: str | None, sex: str | None) -> Named | None:
        """The person of a side who opens the sentence before ("the diplomat")."""
        before = self._stretches[stretch.number - 1] if stretch.number else None
        subject = self._subject(before, None) if before is not None else None
        if subject is None:
            return None
        named = self.named(subject)
        return named if side in (None, named.side) and self.may_be(named, sex) else None

    def issuer(self, stretch: Stretch) -> Named | None:
        """The body that opens the last sentence with a text in it: "the ministry issued a note"."""
        for back in range(1, _NEAR + 1):
            place = stretch.number - back
            nodes = self._stretches[place].nodes if place >= 0 else ()
            texts = [n for n in nodes if n.type == "Voice" and self._is_text(n)]
            bodies = [n for n in nodes if n.type == "Body"]
            if texts and bodies:
                return self.names.named(bodies[0])
        return None

    def _is_text(self, voice: Node) -> bool:
        article = self.names.annotated.article
        words = article.text[voice.span.start : voice.span.end]
        return kind_of_voice(words, pack_for(article.language)) == "text"

    def surname(self, word: str) -> Named | None:
        """The person of the article who bears this name, where exactly one does."""
        found = self._surnames.get(word, {})
        return self.names.named(next(iter(found.values()))) if len(found) == 1 else None

    @cached_property
    def _surnames(self) -> dict[str, dict[str, Node]]:
        """By each word of a name, the people who bear it, each with the last mention."""
        bearers: dict[str, dict[str, Node]] = {}
        for _, _, node in self._nodes():
            for leaf in node.leaves():
                mention = leaf.mention
                if mention is None or mention.kind != MentionKind.PERSON:
                    continue
                for word in fold(mention.value).split():
                    known = bearers.setdefault(word, {})
                    known[mention.entity or fold(mention.value)] = leaf
        return bearers

    def body(self, stretch: Stretch, at: int, word: str) -> Named | None:
        """The last body named with this word ("the ministry"), in whatever language."""
        entries = self._bodies.get(word, [])
        told = bisect_left(entries, (stretch.number, at), key=_place)
        return self.names.named(entries[told - 1][2]) if told else None

    def any_body(self, stretch: Stretch, at: int) -> Named | None:
        """The one body told of in a sentence, or in the nearest before that tells of any."""
        for back in range(_NEAR):
            place = stretch.number - back
            nodes = self._stretches[place].nodes if place >= 0 else ()
            leaves = [leaf for n in nodes if back or n.span.start < at for leaf in n.leaves()]
            bodies = [n for n in leaves if n.mention and n.mention.kind == MentionKind.BODY]
            if bodies:
                found = {_key(named): named for named in map(self.names.named, bodies)}
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def silent(self, stretch: Stretch) -> Named | None:
        """The person who opens a sentence in which nobody speaks."""
        if self._spoken and self._spoken[-1][0] == stretch.number:
            return None
        subject = self._subject(stretch, None)
        return self.named(subject) if subject is not None else None

    def latter(self, stretch: Stretch, at: int) -> Named | None:
        """The person told of last ("este último"), in the same sentence or the one before."""
        for back in (0, 1):
            place = stretch.number - back
            told = self._people(self._stretches[place], None if back else at) if place >= 0 else []
            if told:
                return self.named(told[-1])
        return None

    def _people(self, stretch: Stretch, before: int | None) -> list[Node]:
        limit = stretch.span.end if before is None else before
        if not stretch.is_sentence:
            return []
        near = [n for n in stretch.nodes if n.span.start < limit and n.type != "Name"]
        return [p for n in near for p in _person(n)]

    def _titled(self, node: Node) -> list[tuple[Node, set[str]]]:
        people = [n for n in node.leaves() if n.mention and n.mention.kind == MentionKind.PERSON]
        posts = [n for n in node.leaves() if n.mention and n.mention.kind == MentionKind.POST]
        words = {w for p in posts if p.mention for w in _WORD.findall(fold(p.mention.value))}
        return [(p, words | self._posts(p)) for p in people]

    def _posts(self, person: Node) -> set[str]:
        entity = self.names.entity(person.mention) if person.mention else None
        if entity is None:
            return set()
        return set(_post_words(self.names.world).get(entity, ()))

    def _words_of(self, body: Node) -> set[str]:
        assert body.mention is not None
        texts = [body.mention.value]
        entry = self.names.world.entries.get(self.names.entity(body.mention) or "")
        if entry is not None:
            texts.extend(label.text for label in entry.labels)
        return {w for text in texts for w in _WORD.findall(fold(text))}


def sex_told(words: str, pack: Pack) -> str | None:
    """The sex that a pronoun, an article or a noun tells; None where none or both."""
    told = {w.strip(",.;:") for w in words.lower().split()}
    found = [s for s in ("she", "he") if told & set(pack.words("voices", "telling", s))]
    return found[0] if len(found) == 1 else None


def _place(told: _Told) -> tuple[int, int]:
    return told[:2]


@lru_cache(maxsize=256)
def _same_titles(pack: Pack, word: str) -> frozenset[str]:
    """A word of a title with those that say the same ("Sen." for "senator")."""
    groups = pack.words("posts", "same")
    told = ({fold(title).rstrip(".") for title in group} for group in groups)
    return frozenset({word}).union(*(words for words in told if word in words))


@lru_cache(maxsize=4)
def _post_words(world: World) -> dict[str, set[str]]:
    """The words of all titles that the authority data give to a person."""
    found: dict[str, set[str]] = {}
    for post in world.posts:
        for label in post.labels:
            found.setdefault(post.person, set()).update(_WORD.findall(fold(label.text)))
    return found


def _person(node: Node) -> tuple[Node, ...]:
    """The person in a node, if it is one person's."""
    if node.type == "Official":
        return node.part("person")
    return (node,) if node.type in ("Person", "Name") else ()


def _key(named: Named) -> str:
    return named.entity or fold(named.name)


def _is(slot: Slot, kind: ThingKind) -> bool:
    return isinstance(slot.value, Named) and slot.value.kind == kind

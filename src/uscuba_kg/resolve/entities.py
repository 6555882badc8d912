"""Which thing a name means, over all articles: authority data first, then the names themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from uscuba_kg.model import (
    Fact,
    Label,
    Named,
    Predicate,
    Ref,
    Slot,
    Thing,
    ThingKind,
)
from uscuba_kg.resolve.judged_names import renamed
from uscuba_kg.resolve.labels import capitalised
from uscuba_kg.resolve.people import Form, form_of, join_people
from uscuba_kg.text import fold, slug
from uscuba_kg.world import World
from uscuba_kg.world.entries import names_around
from uscuba_kg.world.judgements import Judgement


class Wordings(msgspec.Struct, frozen=True, gc=False):
    """How a thing that no authority file lists is worded: forms with their language, and sorts.

    Each with the number of times that it stands in the articles.
    """

    forms: Counter[tuple[str, str]]
    subtypes: Counter[str]


class Entities:
    """The references of names, and the things they mean; asked by name, never changed.

    ``people`` gives the keys of people whom the authority data do not list, ``worded`` how things
    are worded in all articles.
    """

    def __init__(
        self,
        world: World,
        people: Mapping[Form, str],
        worded: Mapping[Ref, Wordings] | None = None,
        judgements: Sequence[Judgement] = (),
    ) -> None:
        self.world, self._judged = world, renamed(judgements)
        self._people = people
        self._worded = {} if worded is None else worded

    def worded_as(self, worded: Mapping[Ref, Wordings]) -> Entities:
        """The same references, with the wordings of things."""
        other = Entities(self.world, self._people, worded)
        other._judged = self._judged
        return other

    def ref(self, named: Named, article: str) -> Ref:
        """The reference of a name in an article: an authority id, or a slug of the name itself.

        What a person judged to be the same bears the name of the first.
        """
        found = self._ref(named, article)
        return self._judged.get(found, found)

    def _ref(self, named: Named, article: str) -> Ref:
        entry = self.world.entries.get(named.entity or "")
        if entry is not None:
            return Ref(entry.kind, entry.id)
        if named.kind == ThingKind.PERSON:
            key = self._people[form_of(fold(named.name), named.side, article)]
        else:
            key = slug(named.name) or "unnamed"
            if named.kind == ThingKind.ORGANIZATION and named.side:
                key = f"{named.side}/{key}"
        if self.is_listed(Ref(named.kind, key)):
            # a name that fits several known things is none of them, whatever its slug
            key = f"unlisted/{key}"
        return Ref(named.kind, key)

    def of(self, slot: Slot | None) -> Ref | None:
        """The reference of the name in a slot; ``None`` where it holds no name."""
        if slot is None or not isinstance(slot.value, Named):
            return None
        return self.ref(slot.value, slot.evidence.article)

    def is_judged(self, ref: Ref) -> bool:
        """Tell whether a person judged a thing to be the same as another, whose name it bears."""
        return ref in self._judged

    def within(self, place: Ref) -> tuple[str, ...]:
        """The ids of a place, of the places it lies in, and of its state."""
        found = [place.key]
        entry = self.world.entries.get(place.key) if self.is_listed(place) else None
        while entry is not None:
            for above in (entry.parent, entry.state):
                if above is not None and above not in found:
                    found.append(above)
            entry = self.world.entries.get(entry.parent or "")
        return tuple(found)

    def breadth(self, place: Ref) -> int:
        """How little a place says: 0 for a city or a venue, 1 for a region, 2 for a state."""
        if place.kind == ThingKind.STATE:
            return 2
        return int(self.is_listed(place) and self.world.entries[place.key].subtype == "region")

    def names_around(self, body: Ref | None, side: str | None) -> list[str]:
        """The names of a body, of what it is a part of, and of the state."""
        own = [label.text for label in self.thing(body).labels] if body is not None else []
        return [*own, *names_around(self.world.entries, body.key if body else side or "")]

    def thing(self, ref: Ref) -> Thing:
        """A thing with its names: those of the authority data, else every form in the articles."""
        if self.is_listed(ref):
            return self.world.thing(ref.key)
        worded = self._worded.get(ref, _UNWORDED)
        subtypes = worded.subtypes
        subtype = min(subtypes, key=lambda s: (-subtypes[s], s)) if subtypes else None
        return Thing(ref, _labels(ref.kind, worded.forms), subtype, self._background(ref))

    def is_listed(self, ref: Ref) -> bool:
        """Tell whether the authority data know a thing."""
        entry = self.world.entries.get(ref.key)
        return entry is not None and entry.kind == ref.kind

    def _background(self, ref: Ref) -> tuple[Fact, ...]:
        """The state of an unlisted body: its name tells it, so that no claim is needed."""
        side, found, _ = ref.key.partition("/")
        if ref.kind == ThingKind.ORGANIZATION and found and side in self.world.entries:
            return (Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, side)),)
        return ()


def _labels(kind: ThingKind, forms: Counter[tuple[str, str]]) -> tuple[Label, ...]:
    """The fullest form in each language is preferred; a person has one name in all languages."""
    order = sorted(forms, key=lambda f: (-len(f[0]), -forms[f], f))
    by_language: dict[str, list[str]] = {}
    for text, language in order:
        texts = by_language.setdefault(language, [])
        if capitalised(text) not in texts:
            texts.append(capitalised(text))
    labels = []
    for language, texts in sorted(by_language.items()):
        best = order[0][0] if kind == ThingKind.PERSON else texts[0]
        labels.append(Label(best, language))
        labels.extend(Label(text, language, "alternative") for text in texts if text != best)
    return tuple(labels)


_UNWORDED = Wordings(Counter(), Counter())


def people_forms(names: Iterable[tuple[Named, int]], article: str, world: World) -> Iterator[Form]:
    """The forms of the people in an article whom the authority data do not list."""
    for name, _ in names:
        if name.kind == ThingKind.PERSON and name.entity not in world.entries:
            yield form_of(fold(name.name), name.side, article)


def own_people(names: Iterable[tuple[Named, int]], article: str, world: World) -> dict[Form, str]:
    """The keys that an article alone would give its people."""
    return join_people((form, article) for form in people_forms(names, article, world))


def wordings(
    named: Iterable[tuple[Named, int, str, str]], entities: Entities
) -> dict[Ref, Wordings]:
    """Give how things are worded, of names with their number, article and its language."""
    found: dict[Ref, Wordings] = {}
    for name, count, article, language in named:
        ref = entities.ref(name, article)
        worded = found.setdefault(ref, Wordings(Counter(), Counter()))
        worded.forms[name.name, language] += count
        if name.subtype:
            worded.subtypes[name.subtype] += count
    return found

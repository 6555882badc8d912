"""Which thing a name means, over all articles: authority data first, then the names themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from uscuba_kg.model import (
    Fact,
    Label,
    Named,
    Predicate,
    Reading,
    Ref,
    Slot,
    Thing,
    ThingKind,
)
from uscuba_kg.resolve.judged_names import people_apart, renamed
from uscuba_kg.resolve.labels import capitalised
from uscuba_kg.resolve.people import form_of, join_people
from uscuba_kg.text import fold, slug
from uscuba_kg.world import World
from uscuba_kg.world.entries import names_around
from uscuba_kg.world.judgements import Judgement


class Entities:
    """The references of all names of a set of readings; asked by name, never changed."""

    def __init__(
        self, readings: Iterable[Reading], world: World, judgements: Sequence[Judgement] = ()
    ) -> None:
        self.world, self._judged = world, renamed(judgements)
        named = [(name, r.article) for r in readings for name in names_of(r)]
        self._people = join_people(
            (
                (form_of(fold(name.name), name.side, article.sha256), article.sha256)
                for name, article in named
                if name.kind == ThingKind.PERSON and name.entity not in world.entries
            ),
            people_apart(judgements),
        )
        self._forms: defaultdict[Ref, Counter[tuple[str, str]]] = defaultdict(Counter)
        self._subtypes: defaultdict[Ref, Counter[str]] = defaultdict(Counter)
        for name, article in named:
            ref = self.ref(name, article.sha256)
            self._forms[ref][name.name, article.language] += 1
            if name.subtype:
                self._subtypes[ref][name.subtype] += 1

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
        forms = self._forms.get(ref, Counter())
        subtypes = self._subtypes.get(ref, Counter())
        subtype = min(subtypes, key=lambda s: (-subtypes[s], s)) if subtypes else None
        return Thing(ref, _labels(ref.kind, forms), subtype, self._background(ref))

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


def names_of(reading: Reading) -> Iterator[Named]:
    """All names in the frames of one article, unnamed speakers left out."""
    for meeting in reading.meetings:
        slots = [meeting.series, meeting.place, *meeting.states]
        for part in meeting.participants:
            slots.extend((part.who, part.side))
        yield from _values(slots)
    for position in reading.positions:
        yield position.person
        if position.organization is not None:
            yield position.organization
    for unit in reading.units:
        yield unit.unit
        yield unit.parent
    for agreement in reading.agreements:
        yield from _values(agreement.parties)
    yield from _values(s.speaker for s in reading.statements)


def _values(slots: Iterable[Slot | None]) -> Iterator[Named]:
    for slot in slots:
        if slot is not None and isinstance(slot.value, Named):
            if slot.value.kind != ThingKind.SPEAKER:
                yield slot.value

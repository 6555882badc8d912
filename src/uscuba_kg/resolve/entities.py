"""Which thing a name means, over all articles: authority data first, then the names themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from uscuba_kg.model import Label, Named, Reading, Ref, Slot, Thing, ThingKind
from uscuba_kg.text import fold, slug
from uscuba_kg.world import World


class Entities:
    """The references of all names of a set of readings; asked by name, never changed."""

    def __init__(self, readings: Iterable[Reading], world: World) -> None:
        self.world = world
        self._forms: dict[Ref, Counter[tuple[str, str]]] = {}
        self._subtypes: dict[Ref, str] = {}
        self._people: dict[tuple[str, str | None], Ref] = {}
        named = [(n, r.article.language) for r in readings for n in _names(r)]
        self._join_people({n for n, _ in named if n.kind == ThingKind.PERSON and not n.entity})
        for name, language in named:
            ref = self.ref(name)
            self._forms.setdefault(ref, Counter())[name.name, language] += 1
            if name.subtype:
                self._subtypes.setdefault(ref, name.subtype)

    def ref(self, named: Named) -> Ref:
        """The reference of a name: an authority id, or a slug of the name itself."""
        entry = self.world.entries.get(named.entity or "")
        if entry is not None:
            return Ref(entry.kind, entry.id)
        if named.kind == ThingKind.PERSON:
            return self._people[fold(named.name), named.side]
        key = slug(named.name) or "unnamed"
        if named.kind == ThingKind.ORGANIZATION and named.side:
            key = f"{named.side}/{key}"
        return Ref(named.kind, key)

    def _join_people(self, people: set[Named]) -> None:
        """Give one reference to the forms of one unlisted person.

        A form joins a fuller one that has all its words, if only one such person is there and their
        sides don't differ; a single word never joins anybody.
        """
        forms = sorted({(fold(p.name), p.side or "") for p in people})
        for form, side in forms:
            words = set(form.split())
            fuller = {
                (other, theirs)
                for other, theirs in forms
                if len(words) > 1
                and words < set(other.split())
                and (not side or not theirs or side == theirs)
            }
            longest = {
                f for f in fuller if not any(set(f[0].split()) < set(g[0].split()) for g in fuller)
            }
            name = next(iter(longest))[0] if len({f[0] for f in longest}) == 1 else form
            sides = {theirs for other, theirs in forms if other == name and theirs}
            key = slug(name) or "unnamed"
            if len(sides) > 1 and side:
                key = f"{side}/{key}"
            self._people[form, side or None] = Ref(ThingKind.PERSON, key)

    def thing(self, ref: Ref) -> Thing:
        """A thing with its names; what articles call it is added to what the authority data say."""
        if ref.key in self.world.entries:
            known = self.world.thing(ref.key)
            return known
        forms = self._forms.get(ref, Counter())
        by_language: dict[str, list[str]] = {}
        order = sorted(forms, key=lambda f: (-len(f[0]), -forms[f], f))
        for text, language in order:
            by_language.setdefault(language, []).append(text)
        labels = []
        for language, texts in sorted(by_language.items()):
            labels.append(Label(texts[0], language))
            labels.extend(Label(t, language, "alternative") for t in texts[1:])
        return Thing(ref, tuple(labels), self._subtypes.get(ref))

    def refs(self) -> Iterable[Ref]:
        """Every reference that a name of an article has."""
        return self._forms.keys()


def _names(reading: Reading) -> Iterable[Named]:
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


def _values(slots: Iterable[Slot | None]) -> Iterable[Named]:
    for slot in slots:
        if slot is not None and isinstance(slot.value, Named):
            if slot.value.kind != ThingKind.SPEAKER:
                yield slot.value

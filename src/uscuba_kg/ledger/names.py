"""Whom and what names mean in all articles, looked up for those that a change can touch."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Set

from uscuba_kg.ledger.arrivals import Moves, gist_in
from uscuba_kg.ledger.tables import blob, column, ref_of, ref_text, value_of
from uscuba_kg.model import Ref, Thing
from uscuba_kg.resolve.entities import Entities, Wordings, people_forms, wordings
from uscuba_kg.resolve.gist import Gist
from uscuba_kg.resolve.people import Form, join_people
from uscuba_kg.world import World

_AT_HAND = 1 << 14


class Worded(Mapping[Ref, Wordings]):
    """How unlisted things are worded in all articles, read when it is asked for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self._known: dict[Ref, Wordings] = {}

    def __getitem__(self, ref: Ref) -> Wordings:
        known = self._known.get(ref)
        if known is None:
            known = Wordings(Counter(), Counter())
            query = "SELECT words FROM wording WHERE ref = ?"
            for content in column(self.db, query, (ref_text(ref),)):
                forms, subtypes = value_of(content, tuple)
                known.forms.update(forms)
                known.subtypes.update(subtypes)
            if len(self._known) >= _AT_HAND:
                self._known.clear()
            self._known[ref] = known
        return known

    def forget(self, ref: Ref) -> None:
        """Read a thing's wordings anew when they are asked for again."""
        self._known.pop(ref, None)

    def __iter__(self) -> Iterator[Ref]:
        return map(ref_of, column(self.db, "SELECT DISTINCT ref FROM wording"))

    def __len__(self) -> int:
        return int(next(column(self.db, "SELECT COUNT(DISTINCT ref) FROM wording")))


class Names:
    """The references of the names in each article, and the names of things."""

    def __init__(self, db: sqlite3.Connection, world: World) -> None:
        self.db, self.world = db, world
        self.worded = Worded(db)
        self.people: dict[Form, str] = {}
        self.anywhere = Entities(world, {}, self.worded)
        """What needs no article: the names of things, what lies where."""

    def within(self, gist: Gist) -> Entities:
        """The entities as one article names them; a single word means somebody there alone."""
        forms = set(people_forms(gist.names, gist.article, self.world))
        single = join_people((form, gist.article) for form in forms if form.article)
        people = {form: self.people[form] for form in forms if not form.article}
        return Entities(self.world, people | single, self.worded)

    def recall_people(self) -> None:
        """Take who is whom as it was settled."""
        told = self.db.execute("SELECT name, side, key FROM person")
        self.people = {Form(name, side): key for name, side, key in told}

    def settle_people(self) -> set[int]:
        """Find who is whom; gives the articles in which a name means somebody else than before."""
        told = self.db.execute("SELECT name, side, article FROM form")
        people = join_people((Form(name, side), article) for name, side, article in told)
        query = "SELECT name, side, key FROM person"
        before = {Form(name, side): key for name, side, key in self.db.execute(query)}
        self.people = {form: key for form, key in people.items() if not form.article}
        changed: set[int] = set()
        for form in before.keys() | self.people.keys():
            key = self.people.get(form)
            if key == before.get(form):
                continue
            self.db.execute(
                "DELETE FROM person WHERE name = ? AND side = ?", (form.name, form.side)
            )
            if key is not None:
                self.db.execute("INSERT INTO person VALUES (?, ?, ?)", (form.name, form.side, key))
            query = "SELECT article FROM form WHERE name = ? AND side = ?"
            changed.update(column(self.db, query, (form.name, form.side)))
        return changed

    def settle_wordings(self, moves: Moves, moved: Set[int]) -> set[Ref]:
        """Count anew how things are worded; gives those whose names are others than before."""
        before: dict[Ref, Thing] = {}
        for article in sorted({*moves.gone, *moved}):
            old, new = self._wordings(article, is_there=article in moved)
            if not moves.is_first:
                before |= {ref: self.anywhere.thing(ref) for ref in {*old, *new} - before.keys()}
            self.db.execute("DELETE FROM wording WHERE article = ?", (article,))
            rows = (
                (ref_text(r), article, blob((dict(w.forms), dict(w.subtypes))))
                for r, w in new.items()
            )
            self.db.executemany("INSERT INTO wording VALUES (?, ?, ?)", rows)
        changed = set()
        for ref, thing in before.items():
            self.worded.forget(ref)
            if self.anywhere.thing(ref) != thing:
                changed.add(ref)
        return changed

    def _wordings(self, article: int, *, is_there: bool) -> tuple[set[Ref], dict[Ref, Wordings]]:
        """The unlisted things that an article named, and how it words them now."""
        query = "SELECT ref FROM wording WHERE article = ?"
        old = set(map(ref_of, column(self.db, query, (article,))))
        if not is_there:
            return old, {}
        gist = gist_in(self.db, article)
        entities = self.within(gist)
        named = ((name, n, gist.article, gist.language) for name, n in gist.names)
        worded = wordings(named, entities)
        return old, {ref: w for ref, w in worded.items() if not entities.is_listed(ref)}

    def naming(self, ref: Ref) -> set[int]:
        """The articles that name a thing which is not listed."""
        query = "SELECT article FROM wording WHERE ref = ?"
        return set(column(self.db, query, (ref_text(ref),)))

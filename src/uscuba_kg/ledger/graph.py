"""What changed, written down: lines of the subjects of one article, and of those that many share."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter

from uscuba_kg.ledger.arrivals import gist_in
from uscuba_kg.ledger.articles import TRIPLES, write_meeting
from uscuba_kg.ledger.clerks import Batch, Desk, Wrote, write_here, write_there
from uscuba_kg.ledger.meetings import members_of
from uscuba_kg.ledger.names import Names
from uscuba_kg.ledger.settling import Change, digest_of, settled_of
from uscuba_kg.ledger.subjects import (
    Shown,
    spans,
    write_subject,
    write_subjects,
    write_subjects_there,
)
from uscuba_kg.ledger.tables import blob, column, let_others_read, note, noted, value_of
from uscuba_kg.model import Reading, Ref, ThingKind
from uscuba_kg.rdf.dataset import dataset
from uscuba_kg.rdf.iris import iri_of
from uscuba_kg.rdf.terms import in_order
from uscuba_kg.rdf.vocab import ID
from uscuba_kg.resolve.claims import Chosen
from uscuba_kg.workers import Crew

WORTH_WORKERS = 200
"""Fewer articles are written down before a worker process has started."""
WORTH_SHARING = 8
"""And fewer parts of the subjects of which several speak."""
_COUNTS, _DESCRIBED = "counts", "described"


class Scribe:
    """Writes down articles and meetings; what becomes of each subject stands in ``line`` at the end.

    Lines that are empty are of subjects that are gone. Where all is written ``anew``, what stood
    there is forgotten first, and what sources say is sorted once at the end.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        names: Names,
        readings: Callable[[str], Sequence[Reading]],
        desk: Desk,
        crew: Crew | None,
        *,
        anew: bool,
    ) -> None:
        self.db, self.names, self.readings = db, names, readings
        self.desk, self.crew, self.block = desk, crew, desk.block
        self.anew = anew
        self.dirty: set[str] = set()
        self.removed: set[str] = set()
        self.added: set[str] = set()
        self.counts = Counter[str]()
        if anew:
            for table in ("written", "fact", "shown"):
                db.execute(f"DELETE FROM {table}")
        else:
            self.counts = noted(db, _COUNTS, Counter) or Counter()

    def write(self, change: Change) -> None:
        """Write down a change, or all where it is written anew."""
        if not self.anew:
            self._forget(change)
        meetings = iter(self._meetings(change))
        for batch, wrote in self._written(self._batches(change)):
            for one in wrote or self._write_here(batch):
                self._enter(one)
                for number in islice(meetings, 1):  # while workers are at the next articles
                    self._write_meeting(number)
        for number in meetings:
            self._write_meeting(number)
        self.db.execute("INSERT INTO written SELECT * FROM wrote")
        self.db.execute(
            "UPDATE meeting SET subjects = (SELECT subjects FROM spoke WHERE spoke.id = meeting.id) "
            "WHERE id IN (SELECT id FROM spoke)"
        )
        if self.anew:
            self.db.execute("INSERT INTO fact SELECT * FROM saying ORDER BY subject, source")
            self.db.execute("DELETE FROM saying")
            for shown in self._all_shown():
                self._show(shown)
        else:
            for iri in sorted(self.dirty):
                self._unshow(iri)
                rows = self.db.execute("SELECT source, said FROM fact WHERE subject = ?", (iri,))
                self._show(write_subject(self.db, self.names, iri, rows, self.block))
        note(self.db, _COUNTS, self.counts)
        self._describe()
        self._line((iri, "") for iri in self.removed - self.added)

    def _forget(self, change: Change) -> None:
        """Take out what articles and meetings said that are gone."""
        self.dirty |= {iri_of(ref) for ref in change.things}
        for number in change.gone:
            self._unwrite(number)
        for number, subjects in change.lost.items():
            self._unsay(-number, map(_iri, subjects.split()))

    def _meetings(self, change: Change) -> Iterable[int]:
        if not self.anew:
            return sorted(change.meetings)
        return list(column(self.db, "SELECT id FROM meeting"))

    def _batches(self, change: Change) -> Iterator[Batch]:
        """The articles that have to be written down, source by source."""
        query = "SELECT entry, id, place FROM article WHERE live = 1"
        if self.anew:
            rows: Iterable[tuple[str, int, int]] = self.db.execute(f"{query} ORDER BY entry, place")
        else:
            rows = sorted(
                row
                for article in change.articles
                for row in self.db.execute(f"{query} AND id = ?", (article,))
                if not self._is_settled(article)
            )
        for entry, group in groupby(rows, key=itemgetter(0)):
            yield Batch(entry, tuple((article, place) for _, article, place in group))

    def _written(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Iterable[Wrote] | None]]:
        """Have batches written down by workers, where there are some and it is worth it."""
        if self.crew is None or not self.anew:
            return ((batch, None) for batch in batches)
        all_of_them = list(batches)
        if sum(len(batch.articles) for batch in all_of_them) < WORTH_WORKERS:
            return ((batch, None) for batch in all_of_them)
        let_others_read(self.db)
        return write_there(all_of_them, self.desk, self.crew)

    def _write_here(self, batch: Batch) -> Iterator[Wrote]:
        readings = self.readings(batch.entry)
        return write_here(self.db, self.names, batch, readings, self.block)

    def _is_settled(self, article: int) -> bool:
        """Tell whether an article was written down when it was settled as it is now."""
        query = "SELECT settled FROM written WHERE article = ?"
        before = next(column(self.db, query, (article,)), None)
        if before is None:
            return False
        gist = gist_in(self.db, article)
        settled = settled_of(self.db, article, gist)
        return bool(before == digest_of(gist, settled, self.names.within(gist)))

    def _enter(self, wrote: Wrote) -> None:
        """Enter what was written down of an article, in the place of what stood there."""
        if not self.anew:
            self._unwrite(wrote.article)
            self.added |= wrote.lines.keys()
        self._say(wrote.article, wrote.said)
        self._line(wrote.lines.items())
        counts = Counter(wrote.counts)
        self.counts += counts
        row = (wrote.article, wrote.settled, blob(counts), _listed([*wrote.lines, *wrote.said]))
        self.db.execute("INSERT INTO wrote VALUES (?, ?, ?, ?)", row)

    def _unwrite(self, article: int) -> None:
        """Take out what an article said."""
        query = "SELECT counts, subjects FROM written WHERE article = ?"
        for counts, subjects in self.db.execute(query, (article,)).fetchall():
            self.counts -= value_of(counts, Counter)
            self._unsay(article, map(_iri, subjects.split()))
            self.db.execute("DELETE FROM written WHERE article = ?", (article,))

    def _write_meeting(self, meeting: int) -> None:
        query = "SELECT ref, chosen, subjects FROM meeting WHERE id = ?"
        key, content, before = self.db.execute(query, (meeting,)).fetchone()
        if before and not self.anew:
            self._unsay(-meeting, map(_iri, before.split()))
        ref, chosen = Ref(ThingKind.MEETING, key), value_of(content, Chosen)
        said = write_meeting(ref, chosen, members_of(self.db, meeting), self.names.anywhere)
        self._say(-meeting, {iri: one.pack() for iri, one in said.items()})
        self.db.execute("INSERT INTO spoke VALUES (?, ?)", (meeting, _listed(said)))

    def _say(self, source: int, said: Mapping[str, bytes]) -> None:
        table = "saying" if self.anew else "fact"
        self.db.executemany(
            f"INSERT INTO {table} VALUES (?, ?, ?)",
            ((iri, source, one) for iri, one in said.items()),
        )
        if not self.anew:
            self.dirty |= said.keys()

    def _unsay(self, source: int, subjects: Iterable[str]) -> None:
        """Take out what a source said of subjects, its own among them."""
        for iri in subjects:
            query = "DELETE FROM fact WHERE subject = ? AND source = ?"
            if self.db.execute(query, (iri, source)).rowcount:
                self.dirty.add(iri)
            else:
                self.removed.add(iri)

    def _all_shown(self) -> Iterator[Shown]:
        """Write down all subjects of which several sources may speak; many by workers."""
        parts = spans(self.db)
        if self.crew is None or len(parts) < WORTH_SHARING:
            for span in parts:
                yield from write_subjects(self.db, self.names, span, self.block)
            return
        let_others_read(self.db)
        for span, shown in write_subjects_there(parts, self.desk, self.crew):
            here = shown is None
            yield from (
                write_subjects(self.db, self.names, span, self.block) if here else shown or ()
            )

    def _unshow(self, iri: str) -> None:
        """Take out what was counted of a subject."""
        for counts in column(self.db, "SELECT counts FROM shown WHERE subject = ?", (iri,)):
            self.counts -= value_of(counts, Counter)
        self.db.execute("DELETE FROM shown WHERE subject = ?", (iri,))

    def _show(self, shown: Shown) -> None:
        """Enter a subject of which several sources may speak."""
        if not shown.text:
            self.removed.add(shown.iri)
            return
        counts = Counter(shown.counts)
        self.counts += counts
        self.db.execute("INSERT INTO shown VALUES (?, ?)", (shown.iri, blob(counts)))
        if not self.anew:
            self.added.add(shown.iri)
        self._line([(shown.iri, shown.text)])

    def _describe(self) -> None:
        """Write down what the graph says of itself."""
        shas = list(column(self.db, "SELECT sha FROM article WHERE live = 1"))
        classes = {name: n for name, n in self.counts.items() if name != TRIPLES and n}
        triples = in_order(dataset(shas, classes, self.counts[TRIPLES]))
        self.removed |= set(noted(self.db, _DESCRIBED, tuple) or ())
        told = [(iri, tuple(facts)) for iri, facts in groupby(triples, lambda t: t.subject)]
        self.added |= {iri for iri, _ in told}
        self._line((iri, self.block(iri, facts)) for iri, facts in told)
        note(self.db, _DESCRIBED, tuple(iri for iri, _ in told))
        note(self.db, TRIPLES, self.counts[TRIPLES] + len(triples))

    def _line(self, lines: Iterable[tuple[str, str]]) -> None:
        self.db.executemany("INSERT INTO line VALUES (?, ?)", lines)


def _listed(subjects: Iterable[str]) -> str:
    """Subjects as a table holds them."""
    return " ".join(iri.removeprefix(ID) for iri in subjects)


def _iri(listed: str) -> str:
    return ID + listed

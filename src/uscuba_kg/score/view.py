"""What a graph says, read through its public vocabulary, each item with the triple that says it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Generic, TypeAlias, TypeVar

import msgspec

from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.terms import Literal, Term, Triple

T = TypeVar("T")
Names: TypeAlias = frozenset[str]
Fact: TypeAlias = tuple[str, str, Term]

_LABELS = (
    vocab.LABEL, vocab.SKOS + "prefLabel", vocab.SKOS + "altLabel", vocab.SKOS + "hiddenLabel",
    vocab.FOAF + "name", vocab.SCHEMA + "name", vocab.SCHEMA + "alternateName",
)  # fmt: skip
_START, _END = vocab.SCHEMA + "startDate", vocab.SCHEMA + "endDate"
_HOLDS, _UNIT_OF = vocab.ORG + "holds", vocab.ORG + "unitOf"
_SPEAKER, _SIGNED = vocab.USCUBA + "speaker", vocab.USCUBA + "signed"
_STATUS, _ROLE = vocab.USCUBA + "status", vocab.USCUBA + "role"
_SIDE, _WHO = vocab.USCUBA + "onBehalfOf", vocab.USCUBA + "participant"
_DAY = len("2023-01-18")


class Said(msgspec.Struct, Generic[T], frozen=True):
    """One value that the graph gives, and the triple that gives it."""

    value: T
    fact: Fact


class FoundPart(msgspec.Struct, frozen=True):
    """One participant of a meeting in the graph."""

    who: Said[Names]
    role: Said[str] | None
    side: Said[Names] | None


class FoundMeeting(msgspec.Struct, frozen=True):
    """One meeting of the graph; a ``status`` that is not told is held."""

    node: Said[str]
    series: tuple[Said[Names], ...]
    ordinal: tuple[Said[int], ...]
    start: Said[str] | None
    end: Said[str] | None
    place: tuple[Said[Names], ...]
    states: tuple[Said[Names], ...]
    status: Said[str]
    participants: tuple[FoundPart, ...]
    topics: tuple[Said[str], ...]


class View:
    """A graph to be asked; the order of its answers is that of its triples."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._objects: dict[tuple[str, str], list[Term]] = defaultdict(list)
        self._pairs: dict[str, list[tuple[str, Term]]] = defaultdict(list)
        for triple in sorted(triples, key=Triple.key):
            self._objects[triple.subject, triple.predicate].append(triple.object)
            self._pairs[triple.predicate].append((triple.subject, triple.object))

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """The objects of a subject and a predicate."""
        return self._objects.get((str(subject), predicate), [])

    def one(self, subject: Term, predicate: str) -> Term | None:
        """The first of them."""
        return next(iter(self.objects(subject, predicate)), None)

    def text(self, subject: Term, predicate: str) -> str:
        """The first of them in words; empty where there is none."""
        found = self.one(subject, predicate)
        return "" if found is None else _text(found)

    def instances(self, name: str) -> list[str]:
        """All things of one of the project's classes, by IRI."""
        wanted = vocab.USCUBA + name
        return sorted({s for s, o in self._pairs[vocab.TYPE] if o == wanted})

    def names(self, node: Term) -> Names:
        """The names of a thing; one without any is called by the end of its IRI."""
        if isinstance(node, Literal):
            return frozenset({node.lexical})
        labels = {_text(o) for p in _LABELS for o in self.objects(node, p)}
        return frozenset(labels or {node.rsplit("/", 1)[-1].replace("-", " ")})

    def claims(self) -> Iterator[tuple[str, Fact]]:
        """Every claim, with the fact that it makes."""
        for claim in self.instances("Claim"):
            subject, predicate, value = (
                self.one(claim, vocab.RDF + part) for part in ("subject", "predicate", "object")
            )
            if value is not None:
                yield claim, (str(subject), str(predicate), value)

    def date(self, node: str, predicate: str) -> Said[str] | None:
        """The latest date given; a day without a year dates nothing."""
        found = [o for o in self.objects(node, predicate) if not _text(o).startswith("--")]
        if not found:
            return None
        last = max(found, key=_text)
        return Said(_text(last)[:_DAY], (node, predicate, last))

    def meetings(self) -> list[FoundMeeting]:
        """All meetings, by IRI."""
        return [self._meeting(node) for node in self.instances("Meeting")]

    def _meeting(self, node: str) -> FoundMeeting:
        kind, status = self.one(node, vocab.USCUBA + "meetingKind"), self.one(node, _STATUS)
        start = self.date(node, _START)
        ordinals = self.objects(node, vocab.USCUBA + "ordinal")[:1]
        return FoundMeeting(
            node=Said(node, (node, vocab.USCUBA + "meetingKind", kind or "")),
            series=self._named(node, vocab.SCHEMA + "superEvent"),
            ordinal=tuple(
                Said(int(_text(o)), (node, vocab.USCUBA + "ordinal", o)) for o in ordinals
            ),
            start=start,
            end=self.date(node, _END) or start,
            place=self._named(node, vocab.SCHEMA + "location"),
            states=self._named(node, vocab.USCUBA + "involves"),
            status=Said(_tail(status) if status else "held", (node, _STATUS, status or "")),
            participants=tuple(self._parts(node)),
            topics=tuple(self._topics(node)),
        )

    def _named(self, node: str, predicate: str) -> tuple[Said[Names], ...]:
        found = self.objects(node, predicate)
        return tuple(Said(self.names(o), (node, predicate, o)) for o in found)

    def _topics(self, node: str) -> list[Said[str]]:
        about = vocab.SCHEMA + "about"
        found = {
            _text(n): Said(_text(n), (node, about, topic))
            for topic in self.objects(node, about)
            for n in self.objects(topic, vocab.SKOS + "notation")
        }
        return [found[name] for name in sorted(found)]

    def _parts(self, meeting: str) -> Iterator[FoundPart]:
        for part in self.objects(meeting, vocab.USCUBA + "participation"):
            node = _text(part)
            who, role, side = (self.one(node, p) for p in (_WHO, _ROLE, _SIDE))
            if who is not None:
                yield FoundPart(
                    who=Said(self.names(who), (node, _WHO, who)),
                    role=Said(_tail(role), (node, _ROLE, role)) if role else None,
                    side=Said(self.names(side), (node, _SIDE, side)) if side else None,
                )

    def positions(self) -> list[Said[tuple[Names, Names]]]:
        """Who holds which post, as articles claim it."""
        return self._claimed(_HOLDS)

    def units(self) -> list[Said[tuple[Names, Names]]]:
        """Which body is part of which, as articles claim it: the background does not count."""
        return self._claimed(_UNIT_OF)

    def _claimed(self, predicate: str) -> list[Said[tuple[Names, Names]]]:
        claimed = {fact for _, fact in self.claims() if fact[1] == predicate}
        pairs = sorted({(s, o) for s, o in self._pairs[predicate] if isinstance(o, str)})
        return [
            Said((self.names(s), self.names(o)), (s, predicate, o))
            for s, o in pairs
            if (s, predicate, o) in claimed
        ]

    def agreements(self) -> list[Said[tuple[Names, str | None]]]:
        """The agreements, with the days on which they were signed."""
        found = []
        for node in self.instances("Agreement"):
            signed = self.date(node, _SIGNED)
            fact = signed.fact if signed else (node, vocab.TYPE, vocab.USCUBA + "Agreement")
            found.append(Said((self.names(node), signed.value if signed else None), fact))
        return found

    def statements(self) -> list[Said[Names]]:
        """The speakers of the statements."""
        found = []
        for node in self.instances("Statement"):
            speaker = self.one(node, _SPEAKER)
            names = self.names(speaker) if speaker is not None else frozenset[str]()
            found.append(Said(names, (node, _SPEAKER, speaker or "")))
        return found


def _text(term: Term) -> str:
    return term.lexical if isinstance(term, Literal) else term


def _tail(term: Term) -> str:
    return re.split(r"[#/]", _text(term))[-1].lower()

"""Which facts came, went or changed between two graphs, told by article and in people's terms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path

import msgspec

from uscuba_kg.publish.ask import one_line
from uscuba_kg.publish.facts import Fact, Facts, facts_of
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import ID, ORG, SCHEMA, USCUBA

_SINGLE = frozenset(
    {
        SCHEMA + "startDate", SCHEMA + "endDate", SCHEMA + "location", SCHEMA + "superEvent",
        USCUBA + "ordinal", USCUBA + "status", USCUBA + "meetingKind", USCUBA + "role",
        USCUBA + "onBehalfOf", USCUBA + "signed", USCUBA + "speaker", ORG + "postIn",
    }
)  # fmt: skip
_ALIKE = 0.5
_COMMON = 200
"""What more things than these have is said of too many to tell them apart."""


class Change(msgspec.Struct, frozen=True, order=True):
    """One fact that came, went or changed: in words, by the article that speaks for it.

    ``old`` is empty where it came, ``new`` where it went. ``sources`` are the titles and days of
    the articles that state it, in the new graph, or in the old one for what went.
    """

    sources: tuple[str, ...]
    subject: str
    predicate: str
    old: str
    new: str
    iri: str

    @property
    def kind(self) -> str:
        """``came``, ``went`` or ``changed``."""
        return "changed" if self.old and self.new else "came" if self.new else "went"


class Renamed(msgspec.Struct, frozen=True, order=True):
    """A thing of the old graph that bears another IRI in the new one."""

    label: str
    old: str
    new: str


class Difference(msgspec.Struct, frozen=True):
    """All that differs between two graphs.

    ``claims_came`` and ``claims_went`` count claims, ``others`` the triples that are neither facts
    of articles nor claims: names, background, articles' own data.
    """

    came: tuple[Change, ...]
    went: tuple[Change, ...]
    changed: tuple[Change, ...]
    renamed: tuple[Renamed, ...]
    articles_came: tuple[str, ...]
    articles_went: tuple[str, ...]
    claims_came: int
    claims_went: int
    others: int

    @property
    def lost(self) -> bool:
        """Tell whether a fact of the old graph is asserted no more."""
        return bool(self.went or self.changed)

    @property
    def same(self) -> bool:
        """Tell whether the two graphs hold the same triples."""
        return not (self.lost or self.came or self.renamed or self.others) and not (
            self.claims_came or self.claims_went
        )


def diff(old: Path, new: Path) -> Difference:
    """Compare two graph files of any format.

    Raises InputError for a file that is not there or not well-formed.
    """
    return compare(facts_of(old), facts_of(new))


def compare(old: Facts, new: Facts) -> Difference:
    """Compare what two graphs assert; a thing that only changed its IRI keeps its facts."""
    known_as = _known_as(old, new)
    before = {_renamed(fact, known_as): found for fact, found in old.sources.items()}
    gone = before.keys() - new.sources.keys()
    arrived = new.sources.keys() - before.keys()
    pairs = dict(_changed(gone, arrived))
    nameless = {a: b for a, b in pairs.items() if _is_same(a.object, b.object, old, new)}
    gone, arrived = gone - nameless.keys(), arrived - set(nameless.values())
    pairs = {a: b for a, b in pairs.items() if a not in nameless}
    paired = set(pairs.values())
    return Difference(
        came=_sorted(_change(None, f, before, old, new) for f in arrived - paired),
        went=_sorted(_change(f, None, before, old, new) for f in gone - pairs.keys()),
        changed=_sorted(_change(a, b, before, old, new) for a, b in pairs.items()),
        renamed=tuple(
            sorted(
                Renamed(one_line(old.labels.get(a, a)), _short(a), _short(b))
                for a, b in known_as.items()
                if "/participation/" not in a
            )
        ),
        articles_came=_titles(new, new.articles.keys() - old.articles.keys()),
        articles_went=_titles(old, old.articles.keys() - new.articles.keys()),
        claims_came=len(new.claims - old.claims),
        claims_went=len(old.claims - new.claims),
        others=len(old.rest ^ new.rest),
    )


def _known_as(old: Facts, new: Facts) -> dict[str, str]:
    """For things of the old graph that the new one knows otherwise, the IRI that they have there.

    Told by ``dcterms:isReplacedBy`` in either graph; else a thing that is gone and one of its class
    that has come are one where they share most of what is said of them.
    """
    aliases: dict[str, list[str]] = defaultdict(list)
    for alias, iri in old.replaced.items():
        aliases[iri].append(alias)
    found = {}
    for iri in old.things.keys() - new.things.keys():
        live = [a for a in aliases[iri] if a in new.things]
        if iri in new.replaced:
            found[iri] = new.replaced[iri]
        elif len(live) == 1:
            found[iri] = live[0]
    while True:
        more = dict(_paired(old, new, found))
        if not more:
            return found
        found |= more  # what is said of other things may be alike now


def _paired(old: Facts, new: Facts, known_as: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The likest pairs of a thing gone and one come; every thing once."""
    gone = old.things.keys() - new.things.keys() - known_as.keys()
    come = new.things.keys() - old.things.keys() - set(known_as.values())
    taken: set[str] = set()
    for _, before, after in sorted(_alike(old, new, gone, come, known_as)):
        if before not in taken and after not in taken:
            taken |= {before, after}
            yield before, after


def _alike(
    old: Facts, new: Facts, gone: Set[str], come: Set[str], known_as: Mapping[str, str]
) -> Iterator[tuple[float, str, str]]:
    """Pairs of a thing gone and one come that share half of their facts or more, likest first."""
    before, after = _said(old, gone, known_as), _said(new, come, {})
    holders: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for iri, said in after.items():
        for what in said:
            holders[what].append(iri)
    for iri, said in before.items():
        shared = Counter(
            other
            for what in said
            if len(holders[what]) <= _COMMON
            for other in holders[what]
            if new.things[other] == old.things[iri]
        )
        for other in shared:
            likeness = len(said & after[other]) / len(said | after[other])
            if likeness >= _ALIKE:
                yield -likeness, iri, other


def _said(
    graph: Facts, things: Set[str], known_as: Mapping[str, str]
) -> dict[str, set[tuple[str, str, str]]]:
    found: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    for fact in graph.sources:
        if fact.subject in things:
            now = _renamed(fact, known_as)
            found[fact.subject].add((now.predicate, now.of, now.object))
    return found


def _renamed(fact: Fact, known_as: Mapping[str, str]) -> Fact:
    def now(iri: str) -> str:
        return known_as.get(iri, iri)

    return Fact(now(fact.subject), fact.predicate, now(fact.of), now(fact.object))


def _changed(gone: Iterable[Fact], arrived: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts that tell another value of what has one value only."""
    values: dict[tuple[str, str, str], tuple[list[Fact], list[Fact]]] = {}
    for side, facts in enumerate((gone, arrived)):
        for fact in facts:
            if fact.predicate in _SINGLE:
                key = (fact.subject, fact.predicate, fact.of)
                values.setdefault(key, ([], []))[side].append(fact)
    for before, after in values.values():
        if len(before) == len(after) == 1:
            yield before[0], after[0]


def _is_same(gone: str, come: str, old: Facts, new: Facts) -> bool:
    """Tell whether two things that each graph alone knows are of one class and bear one name."""
    return (
        gone in old.labels
        and gone not in new.things
        and come not in old.things
        and old.labels[gone] == new.labels.get(come)
        and old.things.get(gone) == new.things.get(come)
    )


def _change(
    gone: Fact | None,
    arrived: Fact | None,
    before: Mapping[Fact, frozenset[str]],
    old: Facts,
    new: Facts,
) -> Change:
    fact = arrived or gone
    assert fact is not None
    side = new if arrived is not None else old
    articles = new.sources[arrived] if arrived is not None else before[fact]
    verb = _label(fact.predicate, new)
    if fact.of:
        verb = f"{_label(fact.of, new, old)}, {verb}"
    return Change(
        sources=_titles(side, articles),
        subject=_label(fact.subject, new, old),
        predicate=verb,
        old=_label(gone.object, old, new) if gone is not None else "",
        new=_label(arrived.object, new, old) if arrived is not None else "",
        iri=_short(fact.subject),
    )


def _label(name: str, *graphs: Facts) -> str:
    """What people call a thing, or the words of a literal, in the first graph that knows it."""
    for graph in graphs:
        if name in graph.labels:
            return one_line(graph.labels[name])
    for graph in graphs:
        if graph.words.get(name, name) != name:
            return one_line(graph.words[name])
    return _short(name)


def _short(iri: str) -> str:
    if iri.startswith(ID):
        return "id:" + iri.removeprefix(ID)
    return short_iri(iri)


def _titles(graph: Facts, articles: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(one_line(graph.articles.get(iri, _short(iri))) for iri in articles))


def _sorted(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes))

"""What articles tell, as pages show it: sentences with the words marked, and the facts read there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from uscuba_kg.publish.explain import Source, Told
from uscuba_kg.publish.explorer.visit import Thing, Visit, side
from uscuba_kg.rdf.vocab import DCTERMS, OUTLET_OF, PREDICATES, SCHEMA, USCUBA

_PARTICIPATION, _PARTICIPANT, _ROLE, _FOR, _SPEAKER = (
    USCUBA + name for name in ("participation", "participant", "role", "onBehalfOf", "speaker")
)
_START, _END = SCHEMA + "startDate", SCHEMA + "endDate"
_DATES = {_START, _END, USCUBA + "signed"}
_ORDER = {predicate: place for place, predicate in enumerate(PREDICATES.values())}


@dataclass(frozen=True, slots=True)
class Fact:
    """What one or several claims say together: ``about`` has as its ``verb`` the ``value``.

    ``side`` colours who takes part. ``accepted`` is False where the graph asserts another reading.
    """

    number: int
    about: Thing
    verb: str
    value: Thing
    side: str
    accepted: bool
    confidence: float
    rules: tuple[str, ...]
    claim: Told

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What is the same where two articles tell the same."""
        return (self.about.iri, self.verb, self.value.iri, self.value.name)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence, with the numbers of the facts that they are the evidence of."""

    text: str
    facts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence with its marks and its facts; ``gap`` where words between it and the last lack."""

    pieces: tuple[Piece, ...]
    facts: tuple[Fact, ...]
    gap: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """One article: what is known of it, the side whose outlet brought it, and its passages."""

    number: int
    thing: Thing
    source: Source
    days: str
    outlet_of: Thing | None
    side: str
    language: str
    passages: tuple[Passage, ...]

    @property
    def facts(self) -> Iterator[Fact]:
        """All facts of the article."""
        for passage in self.passages:
            yield from passage.facts


def tellings(visit: Visit, claims: Sequence[Told]) -> tuple[Telling, ...]:
    """Give the articles behind claims, in the order of the claims, with their passages."""
    found = []
    count = 0
    for number, (source, of) in enumerate(groupby(claims, key=lambda t: t.source), start=1):
        passages = tuple(_passages(visit, list(of), count))
        count += sum(len(passage.facts) for passage in passages)
        home = visit.one(source.iri, OUTLET_OF)
        found.append(
            Telling(
                number,
                visit.thing(source.iri),
                source,
                visit.days(source.issued),
                visit.thing(home) if home else None,
                side(home),
                visit.one(source.iri, DCTERMS + "language"),
                passages,
            )
        )
    return tuple(found)


def _passages(visit: Visit, claims: Sequence[Told], count: int) -> Iterator[Passage]:
    """The sentences of one article; facts are numbered on from ``count``."""
    last = 0
    for start, end, of in _sentences(claims):
        facts = tuple(_facts(visit, of, count))
        count += len(facts)
        yield Passage(tuple(_pieces(start, end, of, facts)), facts, start - last > 2)
        last = end


def _sentences(claims: Iterable[Told]) -> Iterator[tuple[int, int, list[Told]]]:
    """The claims by the stretch of text that they show; stretches that overlap are one."""
    reach = sorted(
        ((t.start - len(t.before), t.end + len(t.after), t) for t in claims), key=lambda r: r[:2]
    )
    begin = finish = 0
    together: list[Told] = []
    for start, end, told in reach:
        if together and start >= finish:
            yield begin, finish, together
            together = []
        if not together:
            begin, finish = start, end
        finish = max(finish, end)
        together.append(told)
    if together:
        yield begin, finish, together


def _facts(visit: Visit, claims: Sequence[Told], count: int) -> Iterator[Fact]:
    """Claims put together where one alone says too little: somebody's part, first and last day.

    Facts about one thing stand together, in the order in which the things come up.
    """
    together = [list(of) for _, of in groupby(sorted(claims, key=_sort), key=_sort)]
    said = [(of, *_said(visit, of)) for of in together]
    first: dict[str, int] = {}
    for of, about, *_ in said:
        start = min(t.start for t in of)
        first[about.iri] = min(first.get(about.iri, start), start)
    said.sort(key=lambda s: (first[s[1].iri], s[1].iri, min(t.start for t in s[0]), _sort(s[0][0])))
    for number, (of, about, verb, value, state) in enumerate(said, start=count + 1):
        yield Fact(
            number=number,
            about=about,
            verb=verb,
            value=value,
            side=side(state) if state else "",
            accepted=all(t.accepted for t in of),
            confidence=min(t.confidence for t in of),
            rules=tuple(sorted({t.rule for t in of})),
            claim=of[0],
        )


def _sort(told: Told) -> tuple[str, int, str, str]:
    """What makes claims one fact: of a part in a meeting or a statement all, of a date both ends."""
    part = told.object if told.predicate == _PARTICIPATION else told.subject
    if told.predicate == _PARTICIPATION or "/participation/" in told.subject:
        return (part, 0, "", "")
    if "/statement/" in told.subject:
        return (part, 1, "", "")
    if told.predicate in (_START, _END):
        return (part, _ORDER[_START], "", str(told.accepted))
    return (part, _ORDER.get(told.predicate, len(_ORDER)), told.predicate, told.object)


def _said(visit: Visit, claims: Sequence[Told]) -> tuple[Thing, str, Thing, str]:
    """What a fact is about, its verb, its value, and the state that somebody acts for."""
    said = {t.predicate: t.object for t in claims}
    first = claims[0]
    if first.predicate == _PARTICIPATION or "/participation/" in first.subject:
        return _part(visit, first, said)
    if "/statement/" in first.subject:
        speaker = said.get(_SPEAKER) or visit.one(first.subject, _SPEAKER)
        return visit.thing(first.subject), visit.term(_SPEAKER), visit.thing(speaker), ""
    if first.predicate in (_START, _END):
        words = visit.days(said.get(_START, ""), said.get(_END, ""))
        return visit.thing(first.subject), visit.term(_START), Thing("", words, ""), ""
    value = visit.thing(first.object)
    if first.predicate in _DATES:
        value = Thing("", visit.days(first.object), "")
    return visit.thing(first.subject), visit.term(first.predicate), value, ""


def _part(visit: Visit, first: Told, said: dict[str, str]) -> tuple[Thing, str, Thing, str]:
    part = said.get(_PARTICIPATION) or first.subject
    if first.predicate == _PARTICIPATION:
        meeting = first.subject
    else:
        meeting = next(iter(visit.view.subjects(_PARTICIPATION, visit.view.node(part))), part)
    role = said.get(_ROLE) or visit.one(part, _ROLE)
    who = said.get(_PARTICIPANT) or visit.one(part, _PARTICIPANT) or part
    state = said.get(_FOR) or visit.one(part, _FOR)
    verb = visit.thing(role).name if role else visit.term(_PARTICIPANT)
    return visit.thing(meeting), verb, visit.thing(who), state or "other"


def _pieces(start: int, end: int, claims: Sequence[Told], facts: Sequence[Fact]) -> Iterator[Piece]:
    """The stretch of text cut where marks begin and end."""
    letters: dict[int, str] = {}
    for told in claims:
        for place, words in (
            (told.start - len(told.before), told.before),
            (told.start, told.exact),
            (told.end, told.after),
        ):
            letters.update(enumerate(words, place))
    of_key = {_sort(fact.claim): fact.number for fact in facts}
    numbers = {id(told): of_key[_sort(told)] for told in claims}
    cuts = sorted({start, end, *(t.start for t in claims), *(t.end for t in claims)})
    for here, there in pairwise(cuts):
        marked = {numbers[id(t)] for t in claims if t.start <= here and there <= t.end}
        text = "".join(letters.get(place, " ") for place in range(here, there))
        yield Piece(text, tuple(sorted(marked)))

"""A graph against the annotation of its article: a verdict on every fact of either.

Meetings are paired by how well they fit; everything else is paired one to one, in order. A fact of
the annotation that finds no partner is missed, one of the graph is spurious.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

import msgspec

from uscuba_kg.score.gold import Annotation, Meeting, Participant, Utterance
from uscuba_kg.score.names import same_name, same_person, same_title
from uscuba_kg.score.view import Fact, FoundMeeting, FoundPart, Names, Said, View

G = TypeVar("G")
F = TypeVar("F")

SLOTS = (
    "meeting", "series", "ordinal", "start", "end", "place", "state", "status", "participant",
    "role", "side", "topic", "position", "unit", "agreement", "statement",
)  # fmt: skip
_FULL = len("2023-01-18")
_ENOUGH = 2.0
"""How well two meetings must fit to be one."""
_MOST_FOR_PEOPLE = 2.0


class Outcome(StrEnum):
    """Whether a fact stands in both, in the graph alone, or in the annotation alone."""

    HIT = "hit"
    SPURIOUS = "spurious"
    MISSED = "missed"


class Verdict(msgspec.Struct, frozen=True):
    """One fact of one slot; ``fact`` is the graph's triple, None for what was missed."""

    slot: str
    outcome: Outcome
    what: str
    fact: Fact | None = None


def compare(gold: Annotation, view: View) -> list[Verdict]:
    """Give a verdict on every fact of an annotation and of the graph of its article."""
    found = view.meetings()
    partner = partners(gold.meetings, found)
    verdicts: list[Verdict] = []
    for number, meeting in enumerate(gold.meetings):
        place = partner.get(number)
        verdicts += _meeting(meeting, found[place] if place is not None else None)
    for place, one in enumerate(found):
        if place not in partner.values():
            verdicts += _meeting(None, one)
    return [*verdicts, *_records(gold, view)]


def _records(gold: Annotation, view: View) -> Iterable[Verdict]:
    yield from _pair(
        "position",
        [((p.person, p.position), _first(p.person)) for p in gold.positions],
        [(s, _both(s.value)) for s in view.positions()],
        lambda g, f: same_person(g[0], f.value[0]) and same_title(g[1], f.value[1]),
    )[0]
    yield from _pair(
        "unit",
        [((u.unit, u.parent), _first(u.unit)) for u in gold.units],
        [(s, _both(s.value)) for s in view.units()],
        lambda g, f: same_name(g[0], f.value[0]) and same_name(g[1], f.value[1]),
    )[0]
    yield from _pair(
        "agreement",
        [(a, f"{_first(a.name)} {a.date or ''}") for a in gold.agreements],
        [(s, f"{_longest(s.value[0])} {s.value[1] or ''}") for s in view.agreements()],
        lambda g, f: _alike(g.name, f.value[0]) and (not g.date or g.date == f.value[1]),
    )[0]
    yield from _pair(
        "statement",
        [(s, f"{_first(s.speaker)}: {s.cue}") for s in gold.statements],
        [(s, _longest(s.value)) for s in view.statements()],
        _same_speaker,
    )[0]


def _same_speaker(gold: Utterance, found: Said[Names]) -> bool:
    return gold.speaker_type == "unnamed" or same_person(gold.speaker, found.value)


def _alike(gold: Sequence[str], found: Names) -> bool:
    return same_name(gold, found) or same_title(gold, found)


def _pair(
    slot: str,
    gold: Iterable[tuple[G, str]],
    found: Iterable[tuple[Said[F], str]],
    same: Callable[[G, Said[F]], bool],
) -> tuple[list[Verdict], list[tuple[G, Said[F]]]]:
    """Pair what is the same one to one, in order, each item with the words that tell of it."""
    left, verdicts, pairs = list(found), [], []
    for item, told in gold:
        place = next((n for n, (one, _) in enumerate(left) if same(item, one)), None)
        if place is None:
            verdicts.append(Verdict(slot, Outcome.MISSED, told))
            continue
        partner, words = left.pop(place)
        verdicts.append(Verdict(slot, Outcome.HIT, words, partner.fact))
        pairs.append((item, partner))
    verdicts += [Verdict(slot, Outcome.SPURIOUS, words, one.fact) for one, words in left]
    return verdicts, pairs


def partners(gold: Sequence[Meeting], found: Sequence[FoundMeeting]) -> dict[int, int]:
    """Pair meetings, the best fit first."""
    fits = ((_fit(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found))
    partner: dict[int, int] = {}
    for value, i, j in sorted(fits, reverse=True):
        if value > 0 and i not in partner and j not in partner.values():
            partner[i] = j
    return partner


def _fit(gold: Meeting, found: FoundMeeting) -> float:
    """How well a found meeting fits one of the annotation; 0 where they cannot be the same."""
    score = _fit_of_days(gold, found)
    if score is None:
        return 0.0
    if gold.series and any(_alike(gold.series, s.value) for s in found.series):
        score += 2
    if gold.ordinal and [gold.ordinal] == [o.value for o in found.ordinal]:
        score += 1
    if gold.place and any(same_name(gold.place, p.value) for p in found.place):
        score += 1
    shared = sum(
        any(same_person(p.name, q.who.value) for q in found.participants) for p in gold.participants
    )
    score += min(_MOST_FOR_PEOPLE, 0.5 * shared)
    if gold.status == found.status.value:
        score += 0.25
    return score if score >= _ENOUGH else 0.0


def _fit_of_days(gold: Meeting, found: FoundMeeting) -> float | None:
    """What the first days add; None where they speak against one meeting."""
    one, other = gold.start, found.start.value if found.start else None
    if not one or not other:
        return 0.5 if not one and not other else 0.0
    shared = min(len(one), len(other))
    if one[:shared] == other[:shared]:
        return 3.0 if len(one) == len(other) else 2.0
    if len(one) != _FULL or len(other) != _FULL:
        return None
    end = found.end.value if found.end else other
    return 1.0 if one <= end and other <= (gold.end or one) else None


def _meeting(gold: Meeting | None, found: FoundMeeting | None) -> list[Verdict]:
    """The verdicts on a pair of meetings, or on one that has no partner."""
    verdicts = []
    if gold is None and found is not None:
        told = f"{found.start.value if found.start else 'undated'} {found.node.value}"
        verdicts.append(Verdict("meeting", Outcome.SPURIOUS, told, found.node.fact))
    elif gold is not None:
        told = f"{gold.start or 'undated'} {_first(gold.series) or gold.kind}"
        outcome = Outcome.HIT if found else Outcome.MISSED
        fact = found.node.fact if found else None
        verdicts.append(Verdict("meeting", outcome, told, fact))
    return [*verdicts, *_names(gold, found), *_values(gold, found), *_parts(gold, found)]


def _names(gold: Meeting | None, found: FoundMeeting | None) -> Iterable[Verdict]:
    yield from _pair(
        "series",
        [(gold.series, _first(gold.series))] if gold and gold.series else [],
        [(s, _longest(s.value)) for s in found.series] if found else [],
        lambda g, f: _alike(g, f.value),
    )[0]
    yield from _pair(
        "place",
        [(gold.place, _first(gold.place))] if gold and gold.place else [],
        [(s, _longest(s.value)) for s in found.place] if found else [],
        lambda g, f: same_name(g, f.value),
    )[0]
    yield from _pair(
        "state",
        [((s,), s) for s in gold.states] if gold else [],
        [(s, _longest(s.value)) for s in found.states] if found else [],
        lambda g, f: same_name(g, f.value),
    )[0]


def _values(gold: Meeting | None, found: FoundMeeting | None) -> Iterable[Verdict]:
    """The slots whose values are the same or not."""

    def of(
        slot: str, wanted: Iterable[str | None], said: Iterable[Said[str] | None]
    ) -> list[Verdict]:
        items = [(value, value) for value in wanted if value]
        values = [(s, s.value) for s in said if s is not None]
        return _pair(slot, items, values, lambda g, f: g == f.value)[0]

    yield from of("topic", gold.topics if gold else (), found.topics if found else ())
    ordinal = [gold.ordinal] if gold and gold.ordinal else []
    numbers = found.ordinal if found else ()
    yield from _pair(
        "ordinal",
        [(n, str(n)) for n in ordinal],
        [(n, str(n.value)) for n in numbers if n.value],
        lambda g, f: g == f.value,
    )[0]
    yield from of("start", [gold.start] if gold else [], [found.start] if found else [])
    yield from of("end", [gold.end] if gold else [], [found.end] if found else [])
    yield from of("status", [gold.status] if gold else [], [found.status] if found else [])


def _parts(gold: Meeting | None, found: FoundMeeting | None) -> Iterable[Verdict]:
    """Who took part; role and side only of those who are in both."""
    parts = list(found.participants) if found else []
    verdicts, pairs = _pair(
        "participant",
        [(p, _first(p.name)) for p in gold.participants] if gold else [],
        [(Said(p, p.who.fact), _longest(p.who.value)) for p in parts],
        _same_part,
    )
    yield from verdicts
    for one, other in pairs:
        role, side = other.value.role, other.value.side
        name = _first(one.name)
        yield from _pair(
            "role",
            [(one.role, f"{name} {one.role}")] if one.role else [],
            [(role, f"{name} {role.value}")] if role else [],
            lambda g, f: g == f.value,
        )[0]
        yield from _pair(
            "side",
            [((one.side,), f"{name} {one.side}")] if one.side else [],
            [(side, f"{name} {_longest(side.value)}")] if side else [],
            lambda g, f: same_name(g, f.value),
        )[0]


def _same_part(gold: Participant, found: Said[FoundPart]) -> bool:
    same = same_person if gold.type == "person" else same_name
    return same(gold.name, found.value.who.value)


def _first(names: Sequence[str]) -> str:
    return names[0] if names else ""


def _longest(names: Iterable[str]) -> str:
    return min(names, key=lambda n: (-len(n), n), default="")


def _both(pair: tuple[Names, Names]) -> str:
    return f"{_longest(pair[0])} | {_longest(pair[1])}"

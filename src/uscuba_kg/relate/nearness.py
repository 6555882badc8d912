"""How near the sentences of an article stand to each of its encounters.

Most encounters of a long article are far from most of what it names, and all of those look alike
to the cues: so they are judged together, and time does not grow with the number of pairs.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator

from uscuba_kg.model import PartialDate
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.judgement import Judgement
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import Setting

WHERE = ("told", "told-among", "title", "under", "main", "away")
"""How closely a sentence speaks of a draft, the closest first."""
STEPS = 3
"""From so many sentences on, one distance is as good as another."""
_NEXT, _TRIP_DAYS = 3, 6

DAYS = 4
"""Encounters within so many days may be parts of one visit."""


class _Within(dict[str, str]):
    """Cues as they are called where a sentence speaks of a draft; each is named once."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def __missing__(self, cue: str) -> str:
        named = self[cue] = f"{self.where}.{cue}"
        return named


_WITHIN = {where: _Within(where) for where in (*WHERE, "beside")}


def within(where: str, cues: Iterable[str]) -> Iterator[str]:
    """Cues of a sentence, named by how closely it speaks of a draft."""
    return map(_WITHIN[where].__getitem__, cues)


class Nearness:
    """Where each draft of an article is told, and from which sentences it is spoken of."""

    def __init__(
        self,
        setting: Setting,
        drafts: list[Draft],
        told: dict[int, list[Draft]],
        focus: dict[int, Draft],
    ) -> None:
        self._drafts, self._told, self._focus = drafts, told, focus
        self._lines: dict[int, list[int]] = {}
        self._siblings = _siblings(drafts)
        self._spoken = _spoken(drafts, told, focus)
        self._beside: dict[int, frozenset[int]] = {}
        self._paragraphs: dict[int, dict[int, Draft]] = {}
        self._by_day: dict[int, list[Draft]] = {}
        self._day = {id(draft): _day(draft) for draft in drafts}
        for draft in drafts:
            day = self._day[id(draft)]
            if day is not None:
                self._by_day.setdefault(day, []).append(draft)
        for number in sorted(told):
            for draft in told[number]:
                self._lines.setdefault(id(draft), []).append(number)
                paragraph = setting.lines[number].paragraph
                self._paragraphs.setdefault(paragraph, {})[id(draft)] = draft

    def steps(self, line: Line, draft: Draft) -> int:
        """How many sentences lie between one sentence and the nearest telling of the draft."""
        told, number = self._lines.get(id(draft), ()), line.number
        place = bisect_left(told, number)
        if place == len(told):
            return number - told[-1] if told else 9
        ahead = told[place] - number
        return min(ahead, number - told[place - 1]) if place else ahead

    def distances(self, lines: Iterable[Line]) -> dict[int, int]:
        """By their identity the drafts told close to some sentences, and how many steps away.

        Those that lie ``STEPS`` or more away are left out.
        """
        numbers = [line.number for line in lines]
        found: dict[int, int] = {}
        for step in range(STEPS):
            for number in numbers:
                for place in (number - step, number + step):
                    for draft in self._told.get(place, ()):
                        found.setdefault(id(draft), step)
        return found

    def telling(self, draft: Draft) -> tuple[int, ...]:
        """The numbers of the sentences that tell of a draft, in text order."""
        return tuple(self._lines.get(id(draft), ()))

    def in_visit(self, line: Line, draft: Draft) -> bool:
        """Tell whether a sentence tells of a visit in whose days the draft falls."""
        visits = (d for d in self._told.get(line.number, ()) if d.family == "visit")
        return any(d is not draft and holds(d, draft) for d in visits)

    def where(self, line: Line, draft: Draft) -> str:
        """Whether a sentence tells of the draft, only speaks on under it, or is about another."""
        if line.is_title:
            return "title"
        spoken = self._spoken.get(line.number)
        return spoken.get(id(draft), "away") if spoken is not None else "away"

    def beside(self, line: Line) -> frozenset[int]:
        """By their identity the siblings of what a sentence is about: the other stops of one trip."""
        known = self._beside.get(line.number)
        if known is None:
            focus = self._focus.get(line.number)
            about = self._told.get(line.number) or ([focus] if focus is not None else [])
            found = (id(s) for draft in about for s in self._siblings.get(id(draft), ()))
            known = self._beside[line.number] = frozenset(found)
        return known

    def days_told(self, lines: Iterable[Line]) -> Iterator[tuple[int, int]]:
        """The drafts, by their identity, of which some sentences tell, each with its day."""
        for line in lines:
            for draft in self._told.get(line.number, ()):
                day = self._day[id(draft)]
                if day is not None:
                    yield id(draft), day

    def in_time(self, told: Iterable[tuple[int, int]], draft: Draft) -> bool:
        """Tell whether one of the drafts told is another, within few days of this one."""
        day = self._day[id(draft)]
        return day is not None and any(
            abs(other - day) <= DAYS and one != id(draft) for one, other in told
        )

    def in_paragraph(self, line: Line, draft: Draft) -> bool:
        """Tell whether a sentence of the same paragraph tells of the draft."""
        return id(draft) in self._paragraphs.get(line.paragraph, ())

    def likely(
        self,
        lines: Iterable[Line],
        cues: Callable[[Draft], frozenset[str]],
        judge: Judgement,
        alike: dict[Hashable, list[Draft]],
    ) -> Iterator[tuple[Draft, float]]:
        """Give the drafts that something in these sentences is likely to belong to.

        ``alike`` holds the drafts by all that cues see of them but where they are told.
        """
        near = self._near(lines)
        for draft in near.values():
            probability = judge.probability(cues(draft))
            if judge.accepts(probability):
                yield draft, probability
        for drafts in alike.values():
            far = next((d for d in drafts if id(d) not in near), None)
            probability = judge.probability(cues(far)) if far is not None else 0.0
            if judge.accepts(probability):
                yield from ((d, probability) for d in drafts if id(d) not in near)

    def _near(self, lines: Iterable[Line]) -> dict[int, Draft]:
        """The drafts that these sentences tell of, or are close to, and the article's first."""
        found = {id(draft): draft for draft in self._drafts[:1]}
        for line in lines:
            if len(found) == len(self._drafts):
                break
            for number in range(line.number - STEPS + 1, line.number + STEPS):
                for draft in self._told.get(number, ()):
                    found[id(draft)] = draft
            here, focus = self._told.get(line.number, ()), self._focus.get(line.number)
            for told in here:
                found.update((id(draft), draft) for draft in self._close(told))
            if focus is not None:
                found[id(focus)] = focus
            for draft in (*here, focus) if focus is not None else here:
                found.update((id(other), other) for other in self._siblings.get(id(draft), ()))
            if line.is_title:
                found.update(self._paragraphs.get(line.paragraph, ()))
        return found

    def _close(self, draft: Draft) -> Iterator[Draft]:
        """The drafts within few days of one."""
        day = self._day[id(draft)]
        if day is not None:
            for near in range(day - DAYS, day + DAYS + 1):
                yield from self._by_day.get(near, ())


def _spoken(
    drafts: list[Draft], told: dict[int, list[Draft]], focus: dict[int, Draft]
) -> dict[int, dict[int, str]]:
    """By a sentence's number and a draft's identity, how closely that sentence speaks of it."""
    found = {n: {id(drafts[0]): "main", id(draft): "under"} for n, draft in focus.items()}
    for number, here in told.items():
        found[number] = {id(d): "told" if len(here) == 1 else "told-among" for d in here}
    return found


def _day(draft: Draft) -> int | None:
    """The number of the first day, where it is known in full."""
    date = draft.date()
    first = date.first_day() if date is not None and date.day is not None else None
    return first.toordinal() if first is not None else None


def _siblings(drafts: list[Draft]) -> dict[int, list[Draft]]:
    """For each draft the few told next to it of the same days or days close by."""
    found: dict[int, list[Draft]] = {}
    for number, draft in enumerate(drafts):
        for other in drafts[number + 1 : number + 1 + _NEXT]:
            if _days_between(draft, other) <= _TRIP_DAYS:
                found.setdefault(id(draft), []).append(other)
                found.setdefault(id(other), []).append(draft)
    return found


def holds(visit: Draft, draft: Draft) -> bool:
    """Whether all days of a draft are days of a visit."""
    outer, inner = _days(visit), _days(draft)
    if not outer or not inner:
        return False
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _days_between(one: Draft, other: Draft) -> int:
    """How many days lie between two drafts; very many where one of them has no full day."""
    first, second = sorted((_days(one), _days(other)))
    if not first or not second:
        return _TRIP_DAYS + 1
    return max(0, (second[0] - first[1]).days)


def _days(draft: Draft) -> tuple[dt.date, dt.date] | tuple[()]:
    start, end = draft.date(), (draft.end or draft.start)
    if start is None or start.day is None or end is None or not isinstance(end.value, PartialDate):
        return ()
    first, last = start.first_day(), end.value.last_day()
    return (first, last) if first is not None and last is not None else ()

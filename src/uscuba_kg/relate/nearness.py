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

    def nearer(self, lines: Iterable[Line], steps: int) -> int:
        """How many drafts are told fewer than so many steps from one of some sentences."""
        told = self._told
        near = (n for li in lines for n in range(li.number - steps + 1, li.number + steps))
        return len({id(draft) for number in near for draft in told.get(number, ())})

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
        told = self._told.get(line.number, ())
        if any(d is draft for d in told):
            return "told" if len(told) == 1 else "told-among"
        if told:
            return "away"
        if self._focus.get(line.number) is draft:
            return "under"
        return "main" if draft is self._drafts[0] and line.number in self._focus else "away"

    def is_beside(self, line: Line, draft: Draft) -> bool:
        """Tell whether a sentence is about a sibling of the draft: another stop of one trip."""
        focus = self._focus.get(line.number)
        about = self._told.get(line.number) or ([focus] if focus is not None else [])
        siblings = self._siblings.get(id(draft), ())
        return any(other is sibling for other in about for sibling in siblings)

    def of_others(self, line: Line, draft: Draft) -> bool:
        """Tell whether a sentence of the text tells of other drafts and not of this one."""
        told = self._told.get(line.number, ())
        return bool(told) and not line.is_title and all(d is not draft for d in told)

    def in_time(self, line: Line, draft: Draft) -> bool:
        """Tell whether a sentence tells of another draft within few days of this one."""
        told, day = self._told.get(line.number), self._day[id(draft)]
        if day is None or not told:
            return False
        others = (self._day[id(d)] for d in told if d is not draft)
        return any(other is not None and abs(other - day) <= DAYS for other in others)

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
            for number in range(line.number - STEPS + 1, line.number + STEPS):
                found.update((id(draft), draft) for draft in self._told.get(number, ()))
            for told in self._told.get(line.number, ()):
                found.update((id(draft), draft) for draft in self._close(told))
            focus = self._focus.get(line.number)
            if focus is not None:
                found[id(focus)] = focus
            about = [*self._told.get(line.number, ()), *([focus] if focus is not None else ())]
            for draft in about:
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

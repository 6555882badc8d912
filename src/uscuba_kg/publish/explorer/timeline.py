"""Where meetings stand in a picture of time: lanes by series, dots stacked where days are close.

Places across are per cent of the picture's width, so that one picture serves a phone and a wide
screen without stretching its words; heights are CSS pixels.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uscuba_kg.publish.explorer.meetings import Filters, Meeting, within
from uscuba_kg.publish.explorer.visit import Thing

_LEFT, _RIGHT = 1.2, 98.8
_APART, _STEP = 1.45, 11
_LABEL, _FOOT, _AXIS = 20, 14, 26
_SPREAD = 1.5
"""From what width on the days that a meeting may have taken are drawn as a bar."""
_YEARS = ((60, 10), (25, 5), (12, 2))
_DAYS_OF_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Mark:
    """A meeting's dot at ``x``, ``y``, and the bar of days that it may have taken."""

    meeting: Meeting
    x: float
    y: int
    bar: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Lane:
    """A series, or what stands outside of any, with its marks; ``y`` is that of its base line."""

    series: Thing | None
    label_y: int
    y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis: a year, or a month (1 to 12) within it."""

    x: float
    year: int
    month: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole picture, and the days from which to which it reaches."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    height: int
    start: dt.date
    end: dt.date


def timeline(found: Sequence[Meeting], asked: Filters) -> Timeline | None:
    """Place meetings on the line of time; None where no meeting has a year.

    Each series keeps its lane where none of its meetings fall into the days asked for: what one
    looks at does not jump while one zooms.
    """
    dated = sorted((m for m in found if m.first), key=lambda m: (m.first, m.thing.iri))
    days = [day for m in dated for day in (m.first, m.last) if day]
    if not days:
        return None
    start = min(
        asked.start or min(days).replace(month=1, day=1), dt.date.max - dt.timedelta(days=1)
    )
    end = max(asked.end or max(days).replace(month=12, day=31), start + dt.timedelta(days=1))
    lanes: list[Lane] = []
    height = _AXIS
    for series, of in _lanes(dated):
        lane = _lane(series, [m for m in of if within(m, asked)], height, start, end)
        lanes.append(lane)
        height = lane.y + _FOOT
    return Timeline(tuple(lanes), tuple(_ticks(start, end)), height, start, end)


def _lanes(dated: Sequence[Meeting]) -> list[tuple[Thing | None, list[Meeting]]]:
    """The meetings by series, the longest row first, what belongs to none last."""
    rows: dict[Thing | None, list[Meeting]] = {}
    for meeting in dated:
        rows.setdefault(meeting.series, []).append(meeting)
    return sorted(rows.items(), key=lambda r: (r[0] is None, -len(r[1]), r[0].name if r[0] else ""))


def _across(day: dt.date, start: dt.date, end: dt.date) -> float:
    share = (day - start).days / (end - start).days
    return round(_LEFT + (_RIGHT - _LEFT) * min(max(share, 0.0), 1.0), 2)


def _lane(
    series: Thing | None, found: Sequence[Meeting], top: int, start: dt.date, end: dt.date
) -> Lane:
    ends: list[float] = []
    placed: list[tuple[Meeting, float, int, tuple[float, float] | None]] = []
    for meeting in found:
        first, last = meeting.first or start, meeting.last or meeting.first or end
        left, right = _across(first, start, end), _across(last, start, end)
        x = round((left + right) / 2, 2)
        row = next((i for i, at in enumerate(ends) if x - at >= _APART), len(ends))
        ends[row : row + 1] = [x]
        placed.append((meeting, x, row, (left, right) if right - left >= _SPREAD else None))
    base = top + _LABEL + _STEP * len(ends)
    marks = tuple(Mark(m, x, base - _STEP // 2 - _STEP * row, bar) for m, x, row, bar in placed)
    return Lane(series, top + _LABEL - 6, base, marks)


def _ticks(start: dt.date, end: dt.date) -> Iterator[Tick]:
    years = (end - start).days / _DAYS_OF_YEAR
    if years > 4:
        step = next((step for least, step in _YEARS if years > least), 1)
        for year in range(start.year, end.year + 1):
            if year % step == 0 and dt.date(year, 1, 1) >= start:
                yield Tick(_across(dt.date(year, 1, 1), start, end), year, 0)
        return
    step = 3 if years > 1.2 else 1
    for count in range(start.year * 12, end.year * 12 + 12, step):
        day = dt.date(count // 12, count % 12 + 1, 1)
        if start <= day <= end:
            yield Tick(_across(day, start, end), day.year, 0 if day.month == 1 else day.month)


def zoomed(start: dt.date, end: dt.date) -> dict[str, tuple[dt.date, dt.date]]:
    """Give the days to show next: nearer and farther around the middle, earlier and later."""
    half = (end - start) / 2
    middle = start + half
    quarter = half / 2
    return {
        "nearer": (middle - quarter, middle + quarter),
        "farther": (_shifted(start, -half), _shifted(end, half)),
        "earlier": (_shifted(start, -half), _shifted(end, -half)),
        "later": (_shifted(start, half), _shifted(end, half)),
    }


def _shifted(day: dt.date, by: dt.timedelta) -> dt.date:
    """A day moved, within what the calendar holds."""
    try:
        return day + by
    except OverflowError:
        return day

"""Cues for and against a date being that of an encounter of the two states."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from uscuba_kg.model import DateRange
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.party_cues import party_cues
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import Setting, gap, parse_edtf

NEAR = 25
"""So many code points are near."""
_FAR = 70
_BREAK = re.compile(r"[,;:()–—]")
_PRECISIONS = ("", "year", "month", "day")


def bucket(distance: int) -> str:
    """A distance in code points as one of three words."""
    return "near" if distance <= NEAR else ("mid" if distance <= _FAR else "far")


def day_cues(date: Node, line: Line, setting: Setting) -> frozenset[str]:
    """What speaks for and against a date in a sentence being that of an encounter."""
    return frozenset(_cues(date, line, setting))


def _cues(date: Node, line: Line, setting: Setting) -> Iterator[str]:
    assert date.mention is not None
    dates = parse_edtf(date.mention.value)
    assert dates is not None
    yield from _of_date(date, dates, line, setting)
    yield from _of_triggers(date, line, setting)
    yield from _of_sides(line, setting)
    yield from _of_wording(date, line, setting)
    yield f"people.{min(2, len(line.typed('Official', 'Officials', 'Person')))}"
    if line.typed("Delegation"):
        yield "delegation"
    if line.is_title:
        yield "title"
    if any(q.span.covers(date.span) for q in line.quotations):
        yield "quoted"
    yield f"place-in-text.{'lede' if line.number <= 2 else 'early' if line.number <= 5 else 'late'}"


def _of_sides(line: Line, setting: Setting) -> Iterator[str]:
    """The states that act in the sentence, and what the sentences beside it hold."""
    told = setting.told[line.number]
    yield f"sides.{len(told.ours)}"
    if told.others:
        yield "third-state"
        yield f"third-state.{len(told.ours)}"
    if line.of("both-sides"):
        yield "both-sides"
    around = set(told.ours)
    for step, name in ((-1, "before"), (1, "after")):
        beside = setting.near(line, step)
        if beside is None:
            continue
        other = setting.told[beside.number]
        around |= other.ours
        if other.triggers:
            yield f"trigger-{name}"
        if other.dates:
            yield f"date-{name}"
    yield f"sides-around.{len(around)}"


def _of_wording(date: Node, line: Line, setting: Setting) -> Iterator[str]:
    """What the rules find in the sentence: whether it stands nearest to this date, and how near."""
    dates = setting.told[line.number].dates
    for kind in ("agenda", "role", "speech", "agreement", "venue", "status", "count"):
        for match in qualifiers(line) if kind == "status" else line.of(kind):
            name = name_of(match) if kind in ("status", "count") else kind
            distance = gap(match.span, date.span)
            mine = all(gap(match.span, d.span) >= distance for d in dates)
            yield f"{name}.{bucket(distance) if mine else 'of-another'}"


def qualifiers(line: Line) -> list[Match]:
    """What a sentence says of whether things came about, but for a pause that is over."""
    pauses = [m.span for m in line.of("pause")]
    return [
        match
        for match in line.of("status")
        if match.rule.sets["status"] != "none" or not any(p.overlaps(match.span) for p in pauses)
    ]


def _of_date(date: Node, dates: DateRange, line: Line, setting: Setting) -> Iterator[str]:
    told = setting.told[line.number]
    assert date.mention is not None
    precision = _PRECISIONS[min(3, dates.start.precision)]
    yield f"precision.{precision}"
    if dates.start != dates.end:
        yield "range"
    yield f"date-rule.{date.mention.rule}"
    for match in (*line.of("date-aside"), *line.of("date-of-event")):
        if any(date is found for found in match.captures.get("date", ())):
            yield name_of(match)
    yield f"age.{_age(dates, setting.today)}.{precision}"
    alone = [d for d in told.dates if d is not date]
    yield "only-date" if not alone else "one-of-dates"
    if told.dates and date is told.dates[0]:
        yield "first-date"
    yield f"told.{min(3, setting.times_told[date.mention.value])}"


def _age(dates: DateRange, today: dt.date | None) -> str:
    """How long before the article's own day it lies, in words."""
    day = dates.start.first_day()
    if today is None or day is None:
        return "unknown"
    days = (today - day).days
    for limit, word in ((-1, "future"), (0, "today"), (4, "days"), (14, "weeks"), (62, "months")):
        if days <= limit:
            return word
    return "year" if days <= 400 else "long-ago"


def _of_triggers(date: Node, line: Line, setting: Setting) -> Iterator[str]:
    told = setting.told[line.number]
    nearest = min(told.triggers, key=lambda t: (gap(t.span, date.span), t.span), default=None)
    yield from party_cues(line, setting, nearest)
    if nearest is None:
        yield "no-trigger"
        return
    distance = gap(nearest.span, date.span)
    where = "after" if nearest.span.start > date.span.start else "before"
    yield f"trigger.{event_of(nearest)}.{bucket(distance)}"
    clause = setting.names.annotated.folded[
        min(nearest.span.end, date.span.end) : max(nearest.span.start, date.span.start)
    ]
    yield "same-clause" if not _BREAK.search(clause) else "other-clause"
    yield f"trigger-{where}.{bucket(distance)}"
    rivals = [d for d in told.dates if gap(nearest.span, d.span) < distance]
    yield "rival-date" if rivals else "nearest-date"
    for trigger in told.triggers:
        mine = all(gap(trigger.span, d.span) >= gap(trigger.span, date.span) for d in told.dates)
        yield f"{'has' if mine else 'beside'}.{event_of(trigger)}"


def event_of(trigger: Match | Node) -> str:
    """The kind of encounter that a word or a series' name tells of."""
    return "series" if isinstance(trigger, Node) else name_of(trigger)


def name_of(match: Match) -> str:
    """A rule's name without its language: a cue means the same in all of them."""
    return match.rule.id.split(".", 1)[1]

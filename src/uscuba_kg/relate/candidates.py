"""Where a sentence tells of an encounter: when, where, in which series, in what state of affairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.model import DateRange, Slot, Span, Status
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.day_cues import day_cues, name_of, qualifiers
from uscuba_kg.relate.judgement import judgement
from uscuba_kg.relate.ordinals import Ordinal
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import DATELINE, Setting, gap, parse_edtf

_DENIAL, _BESIDE = 60, 8
_CALLED_OFF, _IN = 240, len(" in")
"""How far from a planned encounter a sentence may say that it was called off."""
_LONGEST_DAYS = 100
"""How long an encounter may take that is told by its first and its last month."""
_ELSE, _SURE = ("date.of-something-else", "date.of-speech"), 0.75
"""The day of something else, or of a statement, is an encounter's only where that is far likelier."""
_BEGINS, _ENDS, _SINCE = "date.begins", "date.ends", "date.since"
_ORDINAL_REACH = 34
_CLAUSE = 30
_BRIEF = ("signing", "call", "ceremony")
_KIND_RANK = {
    kind: rank
    for rank, kind in enumerate(
        ("signing", "call", "technical-exchange", "commission", "summit", "dialogue", "ceremony",
         "talks", "visit", "meeting")
    )
}  # fmt: skip


class Candidate(msgspec.Struct, frozen=True, eq=False):
    """One telling of an encounter inside one sentence, before it is known which encounter it is."""

    line: Line
    trigger: Span
    kind: str
    rule: str
    dates: DateRange | None = None
    date_node: Node | None = None
    series: Node | None = None
    ordinal: Ordinal | None = None
    status: Slot | None = None
    sides: frozenset[str] = frozenset()
    both: bool = False
    counted: bool = False
    is_worded: bool = False
    likely: float = 0.0


def candidates(line: Line, setting: Setting) -> list[Candidate]:
    """Give the tellings of one sentence: one for each date of an encounter, or one without date."""
    told = setting.told[line.number]
    judge = judgement("encounter-day")
    judged = [(d, judge.probability(day_cues(d, line, setting))) for d in told.dates]
    days = []
    for date, own in judged:
        # the day to which an encounter was moved is as likely its own as the one that it left
        is_moved = any(_is_caught(date, m) for m in line.of("moved"))
        if date.mention is not None and date.mention.rule == DATELINE:
            continue  # the day of the telling, not of what is told
        if _is_period(date):
            continue
        if _is_left(date, line) or (_is_of_stop(date, line) and not is_moved):
            continue
        likely = max(p for _, p in judged) if is_moved else own
        stands = judge.accepts(likely) and not _denied(date, line, setting)
        stands = stands and (likely >= _SURE or not any(_is_aside(date, line, n) for n in _ELSE))
        if stands or ends(date, line) or begins(date, line):
            days.append((date, likely))
    triggers = _triggers(line, setting) if days else told.triggers
    shared = _Shared(line, setting, triggers)
    if not days:
        return [shared.candidate(triggers, None, 0.0)] if triggers else []
    groups: dict[int, list[Match | Node]] = {i: [] for i in range(len(days))}
    for trigger in triggers:
        nearest = min(groups, key=lambda i: gap(days[i][0].span, trigger.span))
        groups[nearest].append(trigger)
    return [shared.candidate(groups[i] or triggers, *days[i]) for i in groups]


def _denied(date: Node, line: Line, setting: Setting) -> bool:
    """Tell whether what a date stands beside is said to be denied or only proposed.

    So it is where encounters are counted since that date: "a dozen rounds since May".
    """
    told = setting.told[line.number]
    if not told.triggers:
        return False
    nearest = min(told.triggers, key=lambda t: (gap(t.span, date.span), t.span))
    counted = any(c.span.overlaps(nearest.span) for c in line.of("count"))
    if counted and _is_aside(date, line, _SINCE):
        return True
    return any(
        match.rule.sets["status"] == "none"
        and gap(match.span, nearest.span) <= _BESIDE
        and gap(match.span, date.span) <= _DENIAL
        for match in qualifiers(line)
    )


def ends(date: Node, line: Line) -> bool:
    """Tell whether the words before a date make it the last day of something: "until May 27"."""
    return _is_aside(date, line, _ENDS)


def begins(date: Node, line: Line) -> bool:
    """Tell whether the words before a date make it the first day of something: "opened on Monday"."""
    return _is_aside(date, line, _BEGINS)


def _is_period(date: Node) -> bool:
    """Tell whether a date is a stretch of many months, in which much may happen: a fiscal year."""
    dates = parse_edtf(date.mention.value) if date.mention is not None else None
    if dates is None or dates.start == dates.end:
        return False
    first, last = dates.start.first_day(), dates.end.last_day()
    return first is not None and last is not None and (last - first).days > _LONGEST_DAYS


def _is_left(date: Node, line: Line) -> bool:
    """Tell whether an encounter was moved from this day to another that the sentence gives."""
    return any(
        date.span.end <= match.span.start and match.span.start - date.span.end <= _CALLED_OFF
        for match in line.of("moved")
    )


def _is_of_stop(date: Node, line: Line) -> bool:
    """Tell whether it is when something was stopped: "suspended since 2011", "suspended in 2003"."""
    assert date.mention is not None
    dates = parse_edtf(date.mention.value)
    vague = dates is not None and dates.start.day is None
    asides = [m for m in line.of("date-aside") if name_of(m) == _SINCE and _is_caught(date, m)]
    starts = [m.span.start for m in asides] + ([date.span.start - _IN] if vague else [])
    return any(
        status.rule.sets["status"] == "cancelled" and abs(start - status.span.end) <= 1
        for status in line.of("status")
        for start in starts
    )


def _is_aside(date: Node, line: Line, name: str) -> bool:
    return any(_is_caught(date, m) for m in line.of("date-aside") if name_of(m) == name)


def _is_caught(date: Node | None, match: Match) -> bool:
    """Tell whether a rule found its date in this one."""
    return any(date is node for node in match.captures.get("date", ()))


def _triggers(line: Line, setting: Setting) -> tuple[Match | Node, ...]:
    """The words of encounters in a sentence, else of the one before or after it."""
    for step in (0, -1, 1):
        beside = setting.near(line, step)
        if beside is not None and setting.told[beside.number].triggers:
            return setting.told[beside.number].triggers
    return ()


class _Shared:
    """What all tellings of one sentence have in common."""

    def __init__(self, line: Line, setting: Setting, triggers: Sequence[Match | Node]) -> None:
        self.line, self.names, self.today = line, setting.names, setting.today
        told = setting.told[line.number]
        self.ordinals = told.ordinals
        self.triggers = triggers
        self.sides = told.sides
        self.both = bool(line.of("both-sides"))

    def candidate(
        self, triggers: Iterable[Match | Node], date: Node | None, likely: float
    ) -> Candidate:
        """One telling, made of the triggers that stand nearest to one date."""
        told = sorted(triggers, key=lambda t: t.span)
        if not told and date is not None:
            told = [date]
        series = [t for t in told if isinstance(t, Node) and t.type == "Series"]
        words = [t for t in told if isinstance(t, Match)]
        if series:
            words = [w for w in words if w.rule.sets["event"] != "visit"]
        dates = parse_edtf(date.mention.value) if date is not None and date.mention else None
        if (
            dates is not None and dates.start != dates.end
        ):  # what takes days may end with a signature
            words = [w for w in words if w.rule.sets["event"] not in _BRIEF] or words
        main = min(words, key=lambda m: _KIND_RANK.get(m.rule.sets["event"], 99), default=None)
        if main is not None and date is not None and main.rule.sets["event"] == "visit":
            # who is received on a day during a visit is not visiting on that day alone
            main = min(words, key=lambda m: (gap(m.span, date.span), m.span))
        kind = main.rule.sets["event"] if main is not None else "talks" if series else "meeting"
        trigger = series[0].span if series else (main.span if main else told[0].span)
        return Candidate(
            line=self.line,
            trigger=trigger,
            kind=kind,
            rule=main.rule.id if main is not None else f"encounter.{'series' if series else 'day'}",
            dates=dates,
            date_node=date,
            series=series[0] if series else None,
            ordinal=self._ordinal(told),
            status=self._status(trigger, told, date),
            sides=self.sides,
            both=self.both,
            is_worded=main is not None and self.line.span.covers(main.span),
            counted=any(c.span.overlaps(t.span) for c in self.line.of("count") for t in told),
            likely=likely,
        )

    def _speaks_of(self, status: Match, told: Sequence[Match | Node]) -> bool:
        """Tell whether no trigger of another telling stands nearer to a qualifier."""
        others = [t.span for t in self.triggers if all(t is not own for own in told)]
        own = min(gap(status.span, t.span) for t in told)
        nearest = min((gap(status.span, o) for o in others), default=own)
        return own <= nearest or nearest > _CLAUSE

    def _is_since(self, status: Match, date: Node | None) -> bool:
        """Tell whether it has been off since another day: "talks, suspended since 2011"."""
        return any(
            0 <= aside.span.start - status.span.end <= 1 and not _is_caught(date, aside)
            for aside in self.line.of("date-aside")
            if name_of(aside) == _SINCE
        )

    def _has_begun(self, date: Node | None) -> bool:
        """Tell whether it began on a day that has come: "they opened talks that will go on"."""
        dates = parse_edtf(date.mention.value) if date is not None and date.mention else None
        first = dates.start.first_day() if dates is not None and dates.start.day else None
        if date is None or first is None or self.today is None:
            return False
        return begins(date, self.line) and first <= self.today

    def _ordinal(self, told: Sequence[Match | Node]) -> Ordinal | None:
        """The number that stands directly before a trigger word, or inside a series' name."""
        text = self.names.annotated.folded
        for trigger in told:
            near = [
                o
                for o in self.ordinals
                if not o.blocked
                and trigger.span.start - _ORDINAL_REACH <= o.span.start < trigger.span.end
                and "," not in text[o.span.end : trigger.span.start]
            ]
            if near:
                return near[-1]
        return None

    def _status(
        self, trigger: Span, told: Sequence[Match | Node], date: Node | None
    ) -> Slot | None:
        """What the sentence says of its coming about: the qualifier nearest to the trigger."""
        moved = next((m for m in self.line.of("moved") if _is_caught(date, m)), None)
        if moved is not None:
            evidence = self.names.evidence(moved.span, moved.rule.id)
            return Slot(Status.PLANNED, evidence)
        hits = sorted(
            (
                (
                    match.rule.sets["status"] not in ("none", "cancelled"),
                    gap(match.span, trigger),
                    match,
                )
                for match in qualifiers(self.line)
            ),
            key=lambda h: h[:2],
        )
        text = self.names.annotated.folded
        is_planned = any(match.rule.sets["status"] == "planned" for *_, match in hits)
        for _, distance, match in hits:
            value = match.rule.sets["status"]
            between = text[min(match.span.end, trigger.end) : max(match.span.start, trigger.start)]
            if value in ("planned", "cancelled") and (
                ";" in between or not self._speaks_of(match, told)
            ):
                continue
            if value == "cancelled" and self._is_since(match, date):
                continue
            if value == "planned" and self._has_begun(date):
                continue
            if value == "none" and distance > _DENIAL:
                continue
            if value == "cancelled" and distance > (_CALLED_OFF if is_planned else _DENIAL):
                continue
            evidence = self.names.evidence(match.span, match.rule.id)
            return Slot("none" if value == "none" else Status(value), evidence)
        return None

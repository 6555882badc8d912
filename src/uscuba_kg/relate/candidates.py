"""Where a sentence tells of an encounter: when, where, in which series, in what state of affairs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.model import DateRange, MentionKind, PartialDate, Slot, Span, Status, ThingKind
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line, mention_of
from uscuba_kg.text import fold

OUR_STATES = ("cuba", "united-states")
_ORDINAL_REACH = 34
_CLAUSE = 30
_YEAR_REACH = 40
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
    ordinal: tuple[int, Span] | None = None
    place: Node | None = None
    status: Slot | None = None
    sides: frozenset[str] = frozenset()
    both: bool = False
    counted: bool = False


def parse_edtf(value: str) -> DateRange | None:
    """Read back the value of a date mention; None where it names no day, month or year."""
    ends = []
    for part in value.split("/"):
        found = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d\d))?(?:-(\d\d))?", part)
        if found is None:
            return None
        year = None if found[1] == "XXXX" else int(found[1])
        month, day = (int(g) if g else None for g in (found[2], found[3]))
        if year is None and (month is None or day is None):
            return None
        ends.append(PartialDate(year, month, day))
    return DateRange(ends[0], ends[-1])


def candidates(line: Line, names: Names, pack: Pack) -> list[Candidate]:
    """Give the tellings of one sentence: one for each date of an encounter, or one without date."""
    triggers: list[Match | Node] = [*line.of("encounter"), *line.typed("Series")]
    if not triggers:
        return []
    aside = _aside(line)
    dates = [
        n
        for n in line.typed("Date")
        if id(n) not in aside and n.mention is not None and parse_edtf(n.mention.value) is not None
    ]
    shared = _Shared(line, names, pack, aside, triggers)
    if not dates:
        return [shared.candidate(triggers, None)]
    groups: dict[int, list[Match | Node]] = {i: [] for i in range(len(dates))}
    for trigger in triggers:
        nearest = min(range(len(dates)), key=lambda i: _gap(dates[i].span, trigger.span))
        groups[nearest].append(trigger)
    told = [i for i in groups if groups[i] and _dates_it(dates[i], groups[i])]
    return [shared.candidate(groups[i], dates[i]) for i in told]


def _dates_it(date: Node, triggers: Iterable[Match | Node]) -> bool:
    """Tell whether a date can be that of the encounter: a bare year must stand close."""
    value = parse_edtf(date.mention.value) if date.mention is not None else None
    if value is None or value.start.month is not None:
        return True
    return min(_gap(date.span, t.span) for t in triggers) <= _YEAR_REACH


def _gap(a: Span, b: Span) -> int:
    return max(a.start - b.end, b.start - a.end, 0)


def _aside(line: Line) -> frozenset[int]:
    """Nodes that belong to a date-line or to something else than an encounter."""
    found = set()
    for match in line.of("dateline"):
        if match.span.start <= line.span.start + 2:
            found |= {id(n) for n in line.nodes if match.span.covers(n.span)}
    for match in line.of("date-aside"):
        found |= {id(n) for n in match.captures.get("date", ())}
    for match in line.of("date-of-event"):
        found -= {id(n) for n in match.captures.get("date", ())}
    return frozenset(found)


class _Shared:
    """What all tellings of one sentence have in common."""

    def __init__(
        self,
        line: Line,
        names: Names,
        pack: Pack,
        aside: frozenset[int],
        triggers: Sequence[Match | Node],
    ) -> None:
        self.line, self.names, self.pack, self.aside = line, names, pack, aside
        self.triggers = triggers
        self.sides = frozenset(_sides(line, names, aside, pack))
        self.both = bool(line.of("both-sides"))

    def candidate(self, triggers: Iterable[Match | Node], date: Node | None) -> Candidate:
        """One telling, made of the triggers that stand nearest to one date."""
        told = sorted(triggers, key=lambda t: t.span)
        series = [t for t in told if isinstance(t, Node)]
        words = [t for t in told if isinstance(t, Match)]
        if series:
            words = [w for w in words if w.rule.sets["event"] != "visit"]
        main = min(words, key=lambda m: _KIND_RANK.get(m.rule.sets["event"], 99), default=None)
        kind = main.rule.sets["event"] if main is not None else "talks"
        trigger = series[0].span if series else (main.span if main else told[0].span)
        dates = parse_edtf(date.mention.value) if date is not None and date.mention else None
        place = self._place(date, trigger)
        return Candidate(
            line=self.line,
            trigger=trigger,
            kind=kind,
            rule=main.rule.id if main is not None else "encounter.series",
            dates=dates,
            date_node=date,
            series=series[0] if series else None,
            ordinal=self._ordinal(told),
            place=place,
            status=self._status(trigger, told),
            sides=self.sides | self._visited(kind, place),
            both=self.both,
            counted=any(c.span.overlaps(t.span) for c in self.line.of("count") for t in told),
        )

    def _speaks_of(self, status: Match, told: Sequence[Match | Node]) -> bool:
        """Tell whether no trigger of another telling stands nearer to a qualifier."""
        others = [t.span for t in self.triggers if all(t is not own for own in told)]
        own = min(_gap(status.span, t.span) for t in told)
        nearest = min((_gap(status.span, o) for o in others), default=own)
        return own <= nearest or nearest > _CLAUSE

    def _visited(self, kind: str, place: Node | None) -> frozenset[str]:
        """The state to which a visit goes: whoever comes from the other side meets it there."""
        if kind != "visit" or place is None or place.mention is None:
            return frozenset()
        entry = self.names.world.entries.get(place.mention.entity or "")
        return frozenset({entry.state}) if entry is not None and entry.state else frozenset()

    def _ordinal(self, told: list[Match | Node]) -> tuple[int, Span] | None:
        """The number that stands directly before a trigger word."""
        text = self.names.annotated.folded
        table = {fold(k): int(v) for k, v in self.pack.tables["ordinals"]["words"].items()}
        blockers = [fold(w) for w in self.pack.words("ordinals", "blockers")]
        shape = re.compile(
            r"(?<!\w)("
            + "|".join(sorted(map(re.escape, table), key=len, reverse=True))
            + r")(?!\w)"
        )
        for trigger in told:
            before = text[
                max(self.line.span.start, trigger.span.start - _ORDINAL_REACH) : trigger.span.start
            ]
            hits = list(shape.finditer(before))
            inside = list(shape.finditer(text[trigger.span.start : trigger.span.end]))
            offset = trigger.span.start if inside and not hits else trigger.span.start - len(before)
            hit = hits[-1] if hits else (inside[0] if inside else None)
            if hit is None:
                continue
            between = before[hit.end() :] if hits else ""
            after = text[trigger.span.end : trigger.span.end + 30]
            if "," in between or any(
                re.match(rf"\s*{re.escape(b)}(?!\w)", after) for b in blockers
            ):
                continue
            if any(re.match(rf"\s*{re.escape(b)}(?!\w)", between) for b in blockers):
                continue
            return table[hit[1]], Span(offset + hit.start(1), offset + hit.end(1))
        return None

    def _place(self, date: Node | None, trigger: Span) -> Node | None:
        """The place that a locative word introduces, nearest to the trigger."""
        for venue in self.line.of("venue"):
            node = venue.one("place")
            if node is not None and id(node) not in self.aside:
                return node
        locative = tuple(fold(w) for w in self.pack.words("places", "locative"))
        found = []
        for node in self.line.typed("Place", "State"):
            if id(node) in self.aside or node.mention is None:
                continue
            if node.mention.kind == MentionKind.SIDE:
                continue
            before = self.names.annotated.folded[max(0, node.span.start - 16) : node.span.start]
            words = before.rstrip(" '").rsplit(" ", 2)[-2:]
            last, pair = words[-1] if words else "", " ".join(words)
            if last not in locative and pair not in locative:
                continue
            rank = 1 if node.type == "State" else 0
            found.append((rank, _gap(node.span, trigger), node.span, node))
        return min(found, key=lambda f: f[:3])[3] if found else None

    def _status(self, trigger: Span, told: Sequence[Match | Node]) -> Slot | None:
        """What the sentence says of its coming about: the qualifier nearest to the trigger."""
        hits = sorted(
            (
                (
                    match.rule.sets["status"] not in ("none", "cancelled"),
                    _gap(match.span, trigger),
                    match,
                )
                for match in self.line.of("status")
            ),
            key=lambda h: h[:2],
        )
        text = self.names.annotated.folded
        for _, gap, match in hits:
            value = match.rule.sets["status"]
            between = text[min(match.span.end, trigger.end) : max(match.span.start, trigger.start)]
            if value == "planned" and (";" in between or not self._speaks_of(match, told)):
                continue
            if value in ("none", "cancelled") and gap > 60:
                continue
            evidence = self.names.evidence(match.span, match.rule.id)
            return Slot("none" if value == "none" else Status(value), evidence)
        return None


def _sides(line: Line, names: Names, aside: frozenset[int], pack: Pack) -> set[str]:
    """The states that act in a sentence: named themselves, or through people, bodies, delegations."""
    found = set()
    for node in line.nodes:
        if id(node) in aside:
            continue
        for leaf in node.leaves():
            if leaf.mention is not None and leaf.mention.kind == MentionKind.PLACE:
                entry = names.world.entries.get(leaf.mention.entity or "")
                if entry is not None and entry.subtype == "capital" and entry.state:
                    found.add(entry.state)
                continue
            if leaf.mention is not None and leaf.mention.kind in (
                MentionKind.DATE, MentionKind.SERIES, MentionKind.AGREEMENT
            ):  # fmt: skip
                continue
            side = names.side(leaf)
            if side in OUR_STATES or (side is not None and not _is_place(leaf, names, pack)):
                found.add(side)
    return found


def _is_place(node: Node, names: Names, pack: Pack) -> bool:
    """Tell whether a state's name only says where: "in Panama"."""
    if node.mention is None or node.mention.kind != MentionKind.STATE:
        return False
    before = names.annotated.folded[max(0, node.span.start - 12) : node.span.start].split()
    words = {fold(w) for w in pack.words("places", "locative")}
    return bool(before) and (before[-1] in words or (len(before) > 1 and before[-2] in words))


def is_state(node: Node, names: Names) -> bool:
    """Tell whether a node names a state rather than a place."""
    mention = mention_of(node, MentionKind.STATE)
    entry = names.world.entries.get(mention.entity or "") if mention else None
    return entry is not None and entry.kind == ThingKind.STATE

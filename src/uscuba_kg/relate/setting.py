"""What each sentence of one article has to do with an encounter, computed once for all questions."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, lru_cache

import msgspec

from uscuba_kg.model import DateRange, MentionKind, PartialDate, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.actors import Actors
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.described import Described, find_described
from uscuba_kg.relate.naming import OUR_STATES, Names
from uscuba_kg.relate.ordinals import Ordinal, find_ordinals
from uscuba_kg.relate.parties import Party, find_parties, is_place, private_states
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.whereabouts import Whereabouts, find_whereabouts

DATELINE = "date.dateline"
_NUMBERED = ("Series", "Body", "Bodies")
"""Names that may hold the number of an encounter."""
_SHAPED = ("body.head-first", "body.head-last")


class Told(msgspec.Struct, frozen=True, eq=False):
    """What one sentence holds: words of encounters, dates, numbers, and the states that act.

    The date of a date-line counts only where the sentence has no other.
    """

    triggers: tuple[Match | Node, ...]
    dates: tuple[Node, ...]
    sides: frozenset[str]
    datelines: frozenset[int]
    ordinals: tuple[Ordinal, ...]
    described: tuple[Described, ...]
    whereabouts: tuple[Whereabouts, ...]

    @property
    def ours(self) -> frozenset[str]:
        """Which of our two states act here."""
        return self.sides & frozenset(OUR_STATES)

    @property
    def others(self) -> frozenset[str]:
        """Which other states act here."""
        return self.sides - frozenset(OUR_STATES)


class Setting:
    """The sentences of one article with what each of them holds; only asked, never changed."""

    def __init__(self, lines: Sequence[Line], names: Names, pack: Pack, actors: Actors) -> None:
        self.lines, self.names, self.pack, self.actors = tuple(lines), names, pack, actors
        self.home = _home(self.lines)
        self._parties: dict[int, tuple[Party, ...]] = {}
        self.told = tuple(self._told(line) for line in lines)
        self.times_told = Counter(
            d.mention.value for told in self.told for d in told.dates if d.mention is not None
        )

    @cached_property
    def today(self) -> dt.date | None:
        """The day from which the article speaks: its publication's, else its date-line's."""
        lines = (n.mention for told in self.told for n in told.dates if n.mention is not None)
        dated = (parse_edtf(m.value) for m in lines if m.rule == DATELINE)
        known = (self.names.annotated.article.published, *(d.start for d in dated if d))
        return next((d.first_day() for d in known if d is not None and d.day and d.year), None)

    def near(self, line: Line, step: int) -> Line | None:
        """The sentence so many steps on; None beyond either end, and for footnotes."""
        place = line.number + step
        if not 0 <= place < len(self.lines) or self.lines[place].is_footnote:
            return None
        return self.lines[place]

    def parties(self, line: Line) -> tuple[Party, ...]:
        """Who acts for a state in a sentence; found when it is first asked."""
        known = self._parties.get(line.number)
        if known is None:
            datelines = self.told[line.number].datelines
            known = find_parties(line, self.names, self.pack, datelines)
            self._parties[line.number] = known
        return known

    def is_locative(self, node: Node) -> bool:
        """Tell whether the word before a name says that it is a place: "in Panama"."""
        return is_place(node, self.names, self.pack)

    def _told(self, line: Line) -> Told:
        datelines = _datelines(line)
        dates = tuple(
            n
            for n in line.typed("Date")
            if n.mention is not None and parse_edtf(n.mention.value) is not None
        )
        body = tuple(d for d in dates if d.mention and d.mention.rule != DATELINE)
        triggers: tuple[Match | Node, ...] = (*line.of("encounter"), *line.typed("Series"))
        aside = datelines | private_states(line)
        sides = frozenset(_sides(line, self.names, aside, self.pack))
        annotated = self.names.annotated
        text = annotated.article.text
        named = [n.span for n in line.nodes if n.type not in _NUMBERED]
        ordinals = tuple(
            o
            for o in find_ordinals(text, annotated.folded, line.span, self.pack)
            if not any(name.covers(o.span) for name in named)
        )
        described = find_described(
            text, line.span, line.topics, _barred(line), self.pack, self.names.world
        )
        whereabouts = find_whereabouts(
            annotated.folded, line.span, line.typed("State"), self.home, self.names, self.pack
        )
        return Told(triggers, body or dates, sides, datelines, ordinals, described, whereabouts)


@lru_cache(maxsize=1 << 12)
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


def gap(a: Span, b: Span) -> int:
    """How many code points lie between two spans; 0 where they touch or overlap."""
    return max(a.start - b.end, b.start - a.end, 0)


def _barred(line: Line) -> list[Span]:
    """Where names stand that no series is described in."""
    types = ("Series", "Body", "Post", "Official")
    return [
        n.span for n in line.typed(*types) if n.mention is None or n.mention.rule not in _SHAPED
    ]


def _datelines(line: Line) -> frozenset[int]:
    """Nodes of the date-line at a sentence's head; a place by itself is one."""
    found: set[int] = set()
    for match in line.of("dateline"):
        if match.span.start <= line.span.start + 2:
            found |= {id(n) for n in line.nodes if match.span.covers(n.span)}
    first = next(iter(line.nodes), None)
    if first is not None and first.type == "Place" and not line.is_title:
        if line.span.end - line.span.start <= first.span.end - first.span.start + 1:
            found.add(id(first))
    return frozenset(found)


def _home(lines: Sequence[Line]) -> Node | None:
    """The place of the article's date-line: that from which the article says "here"."""
    for line in lines:
        heads = _datelines(line)
        found = next((n for n in line.typed("Place") if id(n) in heads and n.mention), None)
        if found is not None:
            return found
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
            state = leaf.mention is not None and leaf.mention.kind == MentionKind.STATE
            if side in OUR_STATES or (
                side is not None and not (state and is_place(leaf, names, pack))
            ):
                found.add(side)
    return found

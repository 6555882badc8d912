"""Which tellings are one encounter, and which encounters an article identifies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from uscuba_kg.model import Named, Role, Slot, Span, Status
from uscuba_kg.relate.allegiance import allegiances
from uscuba_kg.relate.candidates import Candidate, begins, candidates, ends
from uscuba_kg.relate.cast import cast_of
from uscuba_kg.relate.days import (
    is_another_of_the_day,
    is_of_another_series,
    is_same_number,
    is_told_beside,
    is_within,
    more_precise,
    overlaps,
    same_day,
    series_key,
    widens,
)
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.judgement import judgement
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.nearness import Nearness, holds
from uscuba_kg.relate.outright import is_outright
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import Setting, parse_edtf

_FULL_STOPS = (".", "!", "?", "”", '"', "]", "»")
_SENTENCE_WORDS = 7
_LONGEST_DAYS = 14
_MOVED = ".status.moved"
_FAMILY = {"visit": "visit", "signing": "signing", "call": "call"}


T = TypeVar("T")
R = TypeVar("R")


class Story:
    """The drafts of one article, and which of them each sentence speaks of.

    ``outright`` holds by identity those of which a sentence says all: that both states met, and when.
    """

    def __init__(self, setting: Setting) -> None:
        self.setting, self.names = setting, setting.names
        self.cast = cast_of(setting.lines, setting.names)
        self.sides = allegiances(self.cast, setting.names)
        lines = setting.lines
        self.drafts: list[Draft] = []
        self._once: dict[tuple[Hashable, ...], tuple[object, tuple[Any, ...]]] = {}
        self.focus: dict[int, Draft] = {}
        self.told: dict[int, list[Draft]] = {}
        self.anchors: dict[tuple[int, int], list[Span]] = {}
        self.likely: dict[int, float] = {}
        self.numbers: dict[int, set[Span]] = {}
        self.outright: set[int] = set()
        article_sides: set[str] = set()
        tellings = [(line, candidates(line, setting)) for line in lines if not line.is_footnote]
        for _, found in tellings:
            for candidate in found:
                article_sides |= candidate.sides & set(OUR_STATES)
        self.both_in_article = len(article_sides) == 2
        current: Draft | None = None
        for line, found in sorted(tellings, key=lambda t: (t[0].is_title, t[0].number)):
            for told in found:
                candidate = told
                if told.dates is None and not self.drafts and not line.is_title:
                    candidate = self._with_neighbour_date(told, tellings)
                draft = self._place(candidate, current)
                if draft is not None:
                    self._anchor(line, candidate, draft)
                    if len(found) == 1 and is_outright(candidate, setting):
                        self.outright.add(id(draft))
                    current = draft
            if current is not None and not line.is_title:
                self.focus[line.number] = current
        for draft in self.drafts:
            self._look_ahead(draft)
        self._call_off()
        self.nearness = Nearness(setting, self.drafts, self.told, self.focus)
        self.hosts = self._hosts()

    def _hosts(self) -> dict[int, frozenset[str]]:
        """By draft, the states whose people receive somebody where it is told."""
        hosts: dict[int, frozenset[str]] = {}
        for actor in self.cast:
            for seen in actor.appearances:
                around = (seen.node, *seen.around[-1:])
                side = next(filter(None, map(self.names.side, around)), None)
                if side is not None and any(c.role == Role.HOST for c in seen.castings):
                    for draft in self.told.get(seen.line.number, ()):
                        hosts[id(draft)] = hosts.get(id(draft), frozenset()) | {side}
        return hosts

    def once(self, thing: T, told: Callable[..., Iterable[R]], *more: Hashable) -> tuple[R, ...]:
        """What is told of a thing, the story and ``more``; found once, in the order given."""
        key = id(thing), told, *more
        known = self._once.get(key)
        if known is None:
            known = self._once[key] = (thing, tuple(told(thing, self, *more)))
        return known[1]

    def _anchor(self, line: Line, candidate: Candidate, draft: Draft) -> None:
        """Remember where a sentence tells of a draft."""
        told = self.told.setdefault(line.number, [])
        if all(d is not draft for d in told):
            told.append(draft)
        spans = self.anchors.setdefault((line.number, id(draft)), [])
        spans.append(candidate.trigger)
        self.likely[id(draft)] = max(candidate.likely, self.likely.get(id(draft), 0.0))
        if candidate.date_node is not None:
            spans.append(candidate.date_node.span)

    def _is_over(self, candidate: Candidate) -> bool:
        """Tell whether what is told as to come lies before the article's own day."""
        today = self.setting.today
        if candidate.status is None or candidate.status.value != Status.PLANNED:
            return candidate.status is not None and candidate.status.value == "none"
        if candidate.dates is None or today is None:
            return False
        last = candidate.dates.end.last_day()
        return last is not None and last < today

    def _look_ahead(self, draft: Draft) -> None:
        """What lies after the article's own day cannot have been held."""
        start, today = draft.date(), self.setting.today
        first = start.first_day() if start is not None else None
        if draft.status.value == Status.HELD and first is not None and today is not None:
            if first > today and draft.start is not None:
                draft.status = Slot(Status.PLANNED, draft.start.evidence)

    def _call_off(self) -> None:
        """What was to come within the days of a visit that was called off was called off with it."""
        for visit in self.drafts:
            if visit.family == "visit" and visit.status.value == Status.CANCELLED:
                for draft in self.drafts:
                    if draft.status.value == Status.PLANNED and holds(visit, draft):
                        draft.status = visit.status

    def _with_neighbour_date(
        self, candidate: Candidate, tellings: Sequence[tuple[Line, list[Candidate]]]
    ) -> Candidate:
        """The article's first telling with the one full date of the sentence beside it.

        A lede often gives the day in a sentence of its own. Only where that sentence tells of no
        encounter itself, and the candidate is of both sides.
        """
        text = self.names.annotated.article.text
        told = text[candidate.line.span.start : candidate.line.span.end]
        if not told.endswith(_FULL_STOPS) or (
            len(candidate.sides & set(OUR_STATES)) < 2 and not candidate.both
        ):
            return candidate
        place = bisect_left(tellings, candidate.line.number, key=lambda t: t[0].number)
        for line, found in (*tellings[max(0, place - 1) : place], *tellings[place + 1 : place + 2]):
            dates = [
                n
                for n in line.typed("Date")
                if n.mention is not None
                and (known := parse_edtf(n.mention.value)) is not None
                and known.start.day is not None
                and known.start.year is not None
            ]
            aside = line.of("date-aside") or line.of("dateline")
            if len(text[line.span.start : line.span.end].split()) < _SENTENCE_WORDS:
                continue
            if len(dates) == 1 and not found and not aside and not line.is_title:
                node = dates[0]
                assert node.mention is not None
                return msgspec.structs.replace(
                    candidate, dates=parse_edtf(node.mention.value), date_node=node
                )
        return candidate

    def _place(self, candidate: Candidate, current: Draft | None) -> Draft | None:
        """The draft that a telling belongs to, a new one, or none."""
        if candidate.dates is None and self._is_denied(candidate):
            return None
        ended = self._ended_by(candidate, current) or self._begun_by(candidate, current)
        if ended is not None:
            return ended
        if candidate.dates is not None and not judgement("encounter-day").accepts(candidate.likely):
            return None
        known = [d for d in self.drafts if self._same(candidate, d)]
        if known:
            draft = self._best(candidate, known, current)
        elif candidate.dates is None and not (
            self._numbered(candidate) and self._of_both_sides(candidate, current)
        ):
            return None
        else:
            draft = self._new(candidate)
        self._tell(candidate, draft)
        return draft

    def _ended_by(self, candidate: Candidate, current: Draft | None) -> Draft | None:
        """The draft spoken of, begun shortly before, whose last day a telling gives."""
        node = candidate.date_node
        if node is None or candidate.dates is None or current is None or current.start is None:
            return None
        start, last = current.date(), candidate.dates.start
        if not ends(node, candidate.line) or start is None or last != candidate.dates.end:
            return None
        first_day, last_day = start.first_day(), last.first_day()
        if start.day is None or last.day is None or first_day is None or last_day is None:
            return None
        if not 0 < (last_day - first_day).days <= _LONGEST_DAYS or current.end != current.start:
            return None
        assert node.mention is not None
        current.end = Slot(last, self.names.evidence(node.span, "date.ends"))
        return current

    def _begun_by(self, candidate: Candidate, current: Draft | None) -> Draft | None:
        """The draft spoken of by its last day, whose first day a telling gives."""
        node, dates = candidate.date_node, candidate.dates
        if node is None or dates is None or current is None or not current.closes:
            return None
        last, start = current.date(), dates.start
        if not begins(node, candidate.line) or last is None or start != dates.end:
            return None
        first_day, last_day = start.first_day(), last.first_day()
        if start.day is None or last.day is None or first_day is None or last_day is None:
            return None
        if not 0 < (last_day - first_day).days <= _LONGEST_DAYS or current.end != current.start:
            return None
        current.start = Slot(start, self.names.evidence(node.span, "date.begins"))
        return current

    @staticmethod
    def _is_denied(candidate: Candidate) -> bool:
        """Tell whether a telling without a day is only of a number of encounters, or of none."""
        status = candidate.status
        return candidate.counted or (status is not None and status.value == "none")

    @staticmethod
    def _best(candidate: Candidate, known: list[Draft], current: Draft | None) -> Draft:
        """Of the drafts that fit, one of the same series or day first, then the one spoken of last."""
        series = series_key(candidate.series)
        is_title, status = candidate.line.is_title, candidate.status

        def rank(numbered: tuple[int, Draft]) -> tuple[bool, bool, bool, bool, int]:
            number, draft = numbered
            same_series = (
                series is not None
                and draft.series is not None
                and isinstance(draft.series.value, Named)
                and series == (draft.series.value.entity or draft.series.value.name.casefold())
            )
            its_day = candidate.dates is not None and same_day(candidate.dates, draft)
            # a headline speaks of the article's main encounter, which is told first
            unlike = is_title and status is not None and status.value != draft.status.value
            far = not is_title and draft is not current
            return not its_day, not same_series, unlike, far, number if is_title else -number

        return min(enumerate(known), key=rank)[1]

    @staticmethod
    def _numbered(candidate: Candidate) -> bool:
        return candidate.series is not None and candidate.ordinal is not None

    def _of_both_sides(self, candidate: Candidate, current: Draft | None) -> bool:
        """Tell whether both of our states meet there: said in the sentence or by its series."""
        ours = candidate.sides & set(OUR_STATES)
        others = candidate.sides - set(OUR_STATES)
        if len(ours) == 2:
            return True
        if candidate.series is not None and candidate.series.mention is not None:
            entity = candidate.series.mention.entity
            if entity is not None and self.names.world.entries[entity].subtype == "bilateral":
                return self.both_in_article or not others
        if others and len(ours) < 2:
            return False
        if candidate.both and self.both_in_article:
            return True
        return current is not None and len(ours) == 1 and self.both_in_article

    def _same(self, candidate: Candidate, draft: Draft) -> bool:
        """Tell whether a telling can be of the encounter that a draft describes."""
        if candidate.ordinal and draft.ordinal and candidate.ordinal.number != draft.ordinal.value:
            return False
        if self._is_next(candidate, draft) or is_another_of_the_day(candidate, draft):
            return False
        if is_of_another_series(candidate, draft) or is_told_beside(candidate, draft):
            return False
        if is_same_number(candidate, draft):
            return True
        family = _FAMILY.get(candidate.kind, "talks")
        if "signing" in (family, draft.family) and family != draft.family:
            if "visit" in (family, draft.family):
                return False
            return candidate.dates is not None and same_day(candidate.dates, draft)
        if candidate.dates is None:
            return family == draft.family or draft.family != "visit"
        if draft.start is None or draft.date() is None:
            return family == draft.family
        if is_within(candidate, draft):
            return False
        return overlaps(candidate.dates, draft) and (
            family == draft.family or "visit" not in (family, draft.family)
        )

    def _is_next(self, candidate: Candidate, draft: Draft) -> bool:
        """Tell whether what is to come in a month or year cannot be what was held on a day of it."""
        status, dates, today = candidate.status, candidate.dates, self.setting.today
        if status is None or status.value != Status.PLANNED or dates is None or today is None:
            return False
        known = draft.date()
        first = known.first_day() if known is not None and known.day is not None else None
        vague = dates.start.day is None and not self._is_over(candidate)
        held = draft.status.value == Status.HELD and first is not None and first <= today
        return vague and held

    def _new(self, candidate: Candidate) -> Draft:
        evidence = self.names.evidence(candidate.trigger, candidate.rule)
        told = candidate.status
        held = Slot(Status.HELD, evidence)
        draft = Draft(
            kind=candidate.kind,
            evidence=evidence,
            status=told if told is not None and not self._is_over(candidate) else held,
            family=_FAMILY.get(candidate.kind, "talks"),
        )
        self.drafts.append(draft)
        for state in OUR_STATES:
            draft.states[state] = Slot(
                self.names.state(state),
                self.names.evidence(candidate.line.span, candidate.rule),
            )
        return draft

    def _tell(self, candidate: Candidate, draft: Draft) -> None:
        """Add what a telling says to its draft; what is already known stands."""
        names = self.names
        node = candidate.date_node
        if candidate.dates is not None and node is not None and node.mention is not None:
            evidence = names.evidence(node.span, node.mention.rule)
            surer = is_same_number(candidate, draft) and candidate.likely > self.likely[id(draft)]
            again = any(d is draft for d in self.told.get(candidate.line.number, ()))
            fuller = more_precise(candidate.dates, draft) or (
                (again or draft.closes) and widens(candidate.dates, draft)
            )
            if draft.start is None or surer or fuller:
                draft.start = Slot(candidate.dates.start, evidence)
                draft.end = Slot(candidate.dates.end, evidence)
                draft.closes = ends(node, candidate.line)
        if candidate.series is not None and candidate.series.mention is not None:
            if draft.series is None:
                series = names.named(candidate.series)
                rule = candidate.series.mention.rule
                draft.series = Slot(series, names.evidence(candidate.series.span, rule))
        if candidate.ordinal is not None:
            self.numbers.setdefault(id(draft), set()).add(candidate.ordinal.span)
        if candidate.ordinal is not None and draft.ordinal is None:
            evidence = names.evidence(candidate.ordinal.span, "ordinal.before-encounter")
            draft.ordinal = Slot(candidate.ordinal.number, evidence)
        if candidate.status is not None and not self._is_over(candidate):
            called_off = candidate.status.value == Status.CANCELLED and not self._stands(draft)
            if candidate.dates is not None or called_off:
                draft.add_status(candidate.status)

    def _stands(self, draft: Draft) -> bool:
        """Tell whether a draft was told as held on a day that lies behind, or as moved to its day."""
        if draft.status.evidence.rule.endswith(_MOVED):
            return True
        known, today = draft.date(), self.setting.today
        last = known.last_day() if known is not None else None
        is_behind = last is not None and today is not None and last < today
        return draft.status.value == Status.HELD and is_behind

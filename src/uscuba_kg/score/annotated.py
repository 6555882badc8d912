"""An annotation as a reading, as if the article had been read without a slip.

With it identity is measured by itself: whatever is parted or wrongly merged then is no fault of the
reader.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from uscuba_kg.model import (
    Article,
    Evidence,
    MeetingFrame,
    Named,
    PartialDate,
    ParticipantFrame,
    Reading,
    Role,
    Slot,
    Span,
    Status,
    ThingKind,
)
from uscuba_kg.score.gold import GoldArticle, Meeting, Names, Participant
from uscuba_kg.score.names import plain
from uscuba_kg.world import World

_KINDS = {"person": ThingKind.PERSON, "organization": ThingKind.ORGANIZATION}
_RULE = "annotated"


def annotated_reading(one: GoldArticle, article: Article, world: World) -> Reading:
    """Give the meetings of an annotation as frames; frame n tells of annotated meeting n.

    A name that the authority data give to one thing of its kind is known as that.
    """
    known = _index(world)
    frames = [
        _Frame(meeting, number, article, known).frame()
        for number, meeting in enumerate(one.annotation.meetings)
    ]
    return Reading(article, tuple(frames))


def _index(world: World) -> Mapping[tuple[ThingKind, str], set[str]]:
    found: dict[tuple[ThingKind, str], set[str]] = defaultdict(set)
    for name in world.names:
        for key in name.entries:
            found[world.entries[key].kind, plain(name.text)].add(key)
    for entry in world.entries.values():
        for label in entry.labels:
            found[entry.kind, plain(label.text)].add(entry.id)
    return found


class _Frame:
    """One annotated meeting on its way to a frame; its evidence is a place of its own."""

    def __init__(
        self,
        meeting: Meeting,
        number: int,
        article: Article,
        known: Mapping[tuple[ThingKind, str], set[str]],
    ) -> None:
        self.meeting, self.known = meeting, known
        span = Span(number, number + 1)
        exact = article.text[number : number + 1]
        self.evidence = Evidence(article.sha256, span, exact, _RULE, 1.0)

    def frame(self) -> MeetingFrame:
        """All that identifies the meeting."""
        told = self.meeting
        return MeetingFrame(
            kind=told.kind,
            evidence=self.evidence,
            status=self._slot(Status(told.status)),
            series=self._name(ThingKind.SERIES, told.series),
            ordinal=self._slot(told.ordinal) if told.ordinal else None,
            start=self._date(told.start),
            end=self._date(told.end),
            place=self._name(ThingKind.PLACE, told.place)
            or self._name(ThingKind.STATE, told.place),
            states=tuple(s for n in told.states if (s := self._name(ThingKind.STATE, (n,)))),
            participants=tuple(map(self._participant, told.participants)),
            topics=tuple(self._slot(topic) for topic in told.topics),
        )

    def _slot(self, value: Named | PartialDate | Status | Role | int | str) -> Slot:
        return Slot(value, self.evidence)

    def _date(self, lexical: str | None) -> Slot | None:
        return self._slot(PartialDate(*map(int, lexical.split("-")))) if lexical else None

    def _name(self, kind: ThingKind, names: Names, side: str | None = None) -> Slot | None:
        """The one thing of that kind that bears one of the names; a place must be a known one."""
        for name in names:
            entries = self.known.get((kind, plain(name)), set())
            if len(entries) == 1:
                return self._slot(Named(kind, name, next(iter(entries)), side))
        if not names or kind in (ThingKind.PLACE, ThingKind.STATE):
            return None
        return self._slot(Named(kind, names[0], None, side))

    def _participant(self, part: Participant) -> ParticipantFrame:
        side = self._name(ThingKind.STATE, (part.side,)) if part.side else None
        state = side.value.entity if side is not None and isinstance(side.value, Named) else None
        who = self._name(_KINDS[part.type], part.name, state)
        return ParticipantFrame(
            who or self._slot(Named(_KINDS[part.type], "?")),
            self._slot(Role(part.role or "member")),
            side,
        )

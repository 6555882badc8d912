"""A meeting while it is being put together from the sentences that speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from uscuba_kg.model import (
    Evidence,
    MeetingFrame,
    Named,
    PartialDate,
    ParticipantFrame,
    Role,
    Slot,
    Status,
)

_ROLE_RANK = {Role.CHAIR: 0, Role.HOST: 1, Role.MEMBER: 2}
_STATUS_RANK = {Status.CANCELLED: 0, Status.PLANNED: 1, Status.HELD: 2}


@dataclass
class Draft:
    """What is known so far of one encounter; private to the room, frozen by :meth:`frame`.

    ``closes`` says that the day known is told as its last one.
    """

    kind: str
    evidence: Evidence
    status: Slot
    family: str
    series: Slot | None = None
    ordinal: Slot | None = None
    start: Slot | None = None
    end: Slot | None = None
    closes: bool = False
    place: Slot | None = None
    states: dict[str, Slot] = field(default_factory=dict)
    participants: dict[tuple[str, str], ParticipantFrame] = field(default_factory=dict)
    topics: dict[str, Slot] = field(default_factory=dict)

    def date(self) -> PartialDate | None:
        """The first day so far."""
        return (
            self.start.value if self.start and isinstance(self.start.value, PartialDate) else None
        )

    def add_participant(self, who: Slot, role: Role, side: Slot | None, evidence: Evidence) -> None:
        """Add somebody, or give somebody already there the stronger role."""
        named = who.value
        assert isinstance(named, Named)
        key = (named.kind, named.entity or named.name.casefold())
        new = ParticipantFrame(who, Slot(role, evidence), side)
        old = self.participants.get(key)
        if old is None:
            self.participants[key] = new
        elif _ROLE_RANK[role] < _ROLE_RANK[Role(str(old.role.value))]:
            self.participants[key] = ParticipantFrame(old.who, new.role, old.side or side)

    def add_status(self, status: Slot) -> None:
        """Let what is said to be cancelled or still to come weigh more than what is merely told."""
        if _STATUS_RANK[Status(str(status.value))] < _STATUS_RANK[Status(str(self.status.value))]:
            self.status = status

    def frame(self) -> MeetingFrame:
        """The finished frame."""
        return MeetingFrame(
            kind=self.kind,
            evidence=self.evidence,
            status=self.status,
            series=self.series,
            ordinal=self.ordinal,
            start=self.start,
            end=self.end or self.start,
            place=self.place,
            states=tuple(self.states[k] for k in sorted(self.states)),
            participants=tuple(self.participants.values()),
            topics=tuple(self.topics[k] for k in sorted(self.topics)),
        )

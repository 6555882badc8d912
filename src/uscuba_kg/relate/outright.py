"""What a sentence says outright: that officials of both states met, and on what day."""

from __future__ import annotations

from uscuba_kg.relate.candidates import Candidate
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.setting import Setting

_ACTING = ("person", "people", "body")
_LIKELY = 0.5
"""How likely the day must be that of the encounter."""


def is_outright(candidate: Candidate, setting: Setting) -> bool:
    """Tell whether a sentence says in words that officials of both states met on a day.

    Or, of a visit, that those of one state were in the other.
    """
    dates, status, line = candidate.dates, candidate.status, candidate.line
    if dates is None or dates.start.day is None or dates.start.year is None:
        return False
    if line.is_title or not candidate.is_worded or candidate.likely < _LIKELY:
        return False
    if line.private() or (status is not None and status.value == "none"):
        return False
    ours = frozenset(OUR_STATES)
    acting = {p.side for p in setting.parties(line) if p.weight in _ACTING}
    visiting = candidate.kind == "visit" and len(acting & ours) == 1
    return acting == ours or (visiting and candidate.sides == ours)


def has_actors(setting: Setting) -> bool:
    """Tell whether some sentence has somebody who acts for one of the states, or a series of both."""
    return any(
        line.typed("Series")
        or line.of("both-sides")
        or any(p.weight in _ACTING for p in setting.parties(line))
        for line in setting.lines
    )

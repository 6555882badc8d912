"""Encounters that a sentence tells outright, and those in which nobody acts for a state."""

from __future__ import annotations

from collections.abc import Sequence

from uscuba_kg.relate.candidates import Candidate
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.scene import Line
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


def is_private(draft: Draft, lines: Sequence[Line], setting: Setting) -> bool:
    """Tell whether nobody in an article that tells of one encounter alone acts in it for a state.

    Tourists arrive, dissidents meet: ``lines`` are those that tell of it.
    """
    acting = {p.side for li in setting.lines for p in setting.parties(li) if p.weight in _ACTING}
    if not acting and (draft.family == "visit" or not any(map(_names_both, setting.lines))):
        return True
    private = any(line.private() for line in lines)
    return private and not draft.participants and not acting >= frozenset(OUR_STATES)


def _names_both(line: Line) -> bool:
    """Tell whether a sentence names both states together, or a series of theirs."""
    return bool(line.typed("Series") or line.of("both-sides"))

"""How the days of a telling stand to those of an encounter that is known."""

from __future__ import annotations

from uscuba_kg.model import DateRange, Named, PartialDate
from uscuba_kg.relate.candidates import Candidate, begins, ends
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.draft import Draft

_THAT_DAY = "date.relative-after"
_LOOSE = ("meeting", "ceremony")
_VISITED = ".encounter.visit"
_STAY_DAYS, _SLIP_DAYS = 2, 7


def overlaps(dates: DateRange, draft: Draft) -> bool:
    """Tell whether a date range can be that of the draft; any can where it has none."""
    if draft.start is None:
        return True
    start, end = draft.start.value, (draft.end or draft.start).value
    if not isinstance(start, PartialDate) or not isinstance(end, PartialDate):
        return True
    if dates.start.meets(start):
        return True
    first, last = dates.start.first_day(), dates.end.last_day()
    low, high = start.first_day(), end.last_day()
    if first is None or last is None or low is None or high is None:
        return False
    return bool(first <= high and low <= last)


def is_another_of_the_day(candidate: Candidate, draft: Draft) -> bool:
    """Tell whether "that same day" tells of a second encounter beside the one of that day."""
    node, dates = candidate.date_node, candidate.dates
    if node is None or node.mention is None or dates is None or not candidate.is_worded:
        return False
    return node.mention.rule == _THAT_DAY and same_day(dates, draft)


def is_told_beside(candidate: Candidate, draft: Draft) -> bool:
    """Tell whether a day is that of one more encounter: "it followed another round on May 3".

    So it says nothing of an encounter whose own day is not known.
    """
    node, dates = candidate.date_node, candidate.dates
    if node is None or dates is None or (draft.start is not None and same_day(dates, draft)):
        return False
    return any(node in m.captures.get("date", ()) for m in candidate.line.of("another"))


def is_of_another_series(candidate: Candidate, draft: Draft) -> bool:
    """Tell whether both name a series, and not the same one."""
    told, known = series_key(candidate.series), _known_series(draft)
    return told is not None and known is not None and told != known


def widens(dates: DateRange, draft: Draft) -> bool:
    """Tell whether a stretch of days begins or ends with the one day that is known of a draft.

    "They concluded their round yesterday; it had met from 8 to 10 May."
    """
    if draft.start is None or draft.end is None or draft.start.value != draft.end.value:
        return False
    days = dates.start.day is not None and dates.end.day is not None
    return days and dates.start != dates.end and draft.start.value in (dates.start, dates.end)


def is_same_number(candidate: Candidate, draft: Draft) -> bool:
    """Tell whether both are of one number in one series, and told within days of each other.

    One of the days is then not its own: that of an announcement, or a slip.
    """
    known, dates = draft.date(), candidate.dates
    if candidate.ordinal is None or draft.ordinal is None or known is None or dates is None:
        return False
    if candidate.ordinal.number != draft.ordinal.value or candidate.series is None:
        return False
    first, second = known.first_day(), dates.start.first_day()
    if first is None or second is None or series_key(candidate.series) != _known_series(draft):
        return False
    return abs((first - second).days) <= _SLIP_DAYS


def _known_series(draft: Draft) -> str | None:
    named = draft.series.value if draft.series is not None else None
    return named.entity or named.name.casefold() if isinstance(named, Named) else None


def series_key(node: Node | None) -> str | None:
    """What a series is known by: its entry, else its name."""
    if node is None or node.mention is None:
        return None
    return node.mention.entity or node.mention.value.casefold()


def is_within(candidate: Candidate, draft: Draft) -> bool:
    """Tell whether a telling in words of its own is of one day of what went on for several.

    Talks of three days are one encounter; whoever is somewhere for three days meets many.
    """
    dates, start, end = candidate.dates, draft.date(), draft.end
    if not candidate.is_worded or dates is None or start is None or end is None:
        return False
    loose = draft.kind in _LOOSE or (draft.kind == "visit" and _calls_on(candidate))
    if not loose or not isinstance(end.value, PartialDate) or dates.start != dates.end:
        return False
    first, last = start.first_day(), end.value.last_day()
    day = dates.start.first_day()
    if start.day is None or first is None or last is None or day is None or dates.start.day is None:
        return False
    return first <= day <= last and (last - first).days >= _STAY_DAYS


def _calls_on(candidate: Candidate) -> bool:
    """Tell whether somebody is visited on a day of its own, not begun or left on it."""
    node = candidate.date_node
    if node is None or begins(node, candidate.line) or ends(node, candidate.line):
        return False
    return candidate.rule.endswith(_VISITED)


def same_day(dates: DateRange, draft: Draft) -> bool:
    """Tell whether both are one and the same full day."""
    known = draft.date()
    return known is not None and known.day is not None and dates.start == known


def more_precise(dates: DateRange, draft: Draft) -> bool:
    """Tell whether a date range says more than the draft's, and fits it."""
    known = draft.date()
    if known is None:
        return True
    return dates.start.fits(known) and dates.start.precision > known.precision

"""What was on the table: topics in a sentence that says what an encounter dealt with."""

from __future__ import annotations

from collections.abc import Iterable

from uscuba_kg.model import Mention, Slot
from uscuba_kg.relate.cascade import Match
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line

_REACH = 70


def add_topics(line: Line, draft: Draft, names: Names, direct: bool) -> None:
    """Add the topics of a sentence to a draft.

    ``direct`` tells that the sentence itself tells of the encounter: then topics directly after the
    encounter's word count too ("talks on migration"). A weak cue counts only behind an agenda word.
    """
    agenda = line.of("agenda")
    barred = line.of("not-agenda")
    for topic in line.topics:
        if any(_near(b, topic) for b in barred):
            continue
        match = next((m for m in agenda if _behind(m, topic)), None)
        rule = match.rule.id if match else None
        if rule is None and direct and topic.rule != "topic.weak":
            trigger = next(
                (t for t in _triggers(line) if 0 <= topic.span.start - t <= _REACH), None
            )
            rule = "topic.after-encounter" if trigger is not None else None
        if rule is not None and topic.value not in draft.topics:
            draft.topics[topic.value] = Slot(topic.value, names.evidence(topic.span, rule, 0.8))


def _triggers(line: Line) -> Iterable[int]:
    return (m.span.end for m in line.of("topic-lead"))


def _behind(match: Match, topic: Mention) -> bool:
    """Tell whether a topic stands where the agenda word points: after it, or before it if it says so."""
    if match.rule.sets.get("points", "after") == "before":
        return topic.span.end <= match.span.end
    if match.rule.sets.get("points") == "both":
        return True
    return topic.span.end >= match.span.start


def _near(match: Match, topic: Mention) -> bool:
    return -40 <= topic.span.start - match.span.end <= 60 or match.span.overlaps(topic.span)

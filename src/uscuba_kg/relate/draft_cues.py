"""Cues for and against a draft, once it is filled, being an encounter of the two states at all."""

from __future__ import annotations

from collections.abc import Iterator

from uscuba_kg.relate.day_cues import event_of
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.party_cues import party_cues
from uscuba_kg.relate.setting import gap

_PRECISIONS = ("none", "year", "month", "day")


def draft_cues(draft: Draft, story: Story) -> frozenset[str]:
    """What speaks for and against a draft being an encounter, from all that was found of it."""
    return frozenset(_cues(draft, story))


def _cues(draft: Draft, story: Story) -> Iterator[str]:
    yield f"family.{draft.family}"
    yield f"kind.{draft.kind}"
    yield f"status.{draft.status.value}"
    yield f"told.{min(3, len(_lines(draft, story)))}"
    yield f"drafts.{min(4, len(story.drafts))}"
    yield "first-draft" if draft is story.drafts[0] else "later-draft"
    date = draft.date()
    yield f"precision.{_PRECISIONS[date.precision if date is not None else 0]}"
    yield f"likely.{int(story.likely.get(id(draft), 0.0) * 10)}"
    for name in ("series", "ordinal", "place"):
        yield f"{'with' if getattr(draft, name) is not None else 'no'}-{name}"
    yield f"topics.{min(3, len(draft.topics))}"
    yield from _of_participants(draft)
    yield from _of_lines(draft, story)


def _lines(draft: Draft, story: Story) -> list[int]:
    return [n for n, told in story.told.items() if any(d is draft for d in told)]


def _of_participants(draft: Draft) -> Iterator[str]:
    sides = {getattr(p.side.value, "entity", None) for p in draft.participants.values() if p.side}
    yield f"sides-taking-part.{len(sides & set(OUR_STATES))}"
    yield f"participants.{min(4, len(draft.participants))}"
    if any(p.role.value != "member" for p in draft.participants.values()):
        yield "chaired-or-hosted"


def _of_lines(draft: Draft, story: Story) -> Iterator[str]:
    sides: set[str] = set()
    others = False
    for number in _lines(draft, story):
        told = story.setting.told[number]
        line = story.setting.lines[number]
        sides |= told.ours
        others = others or bool(told.others)
        for trigger in told.triggers:
            yield f"has.{event_of(trigger)}"
        anchors = story.anchors[number, id(draft)]
        nearest = min(told.triggers, key=lambda t: gap(t.span, anchors[0]), default=None)
        yield from party_cues(line, story.setting, nearest)
        if not told.triggers:
            yield "no-trigger"
        for kind in ("both-sides", "speech", "count", "agreement", "venue", "role", "agenda"):
            if line.of(kind):
                yield f"in.{kind}"
        if line.is_title:
            yield "title"
    yield f"sides.{len(sides)}"
    if others:
        yield "third-state"

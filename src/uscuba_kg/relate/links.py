"""Where each encounter took place, in which series, and what was on its table."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

import msgspec

from uscuba_kg.model import Evidence, Slot, Span, ThingKind
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.judgement import judgement
from uscuba_kg.relate.link_cues import link_cues, look_of
from uscuba_kg.relate.nearness import WHERE
from uscuba_kg.relate.subjects import Occurrence, Subject, subjects_of


def add_links(story: Story) -> None:
    """Give every draft its number, series, place and topics: the one likeliest, all likely ones."""
    if story.drafts:
        for kind in ("ordinal", "series", "place", "topic"):
            link(kind, story)


def link(kind: str, story: Story) -> None:
    """Give every draft its number, series, place or topics, whichever the kind says."""
    judge = judgement(f"its-{kind}")
    chosen: dict[int, list[tuple[float, int, Subject]]] = {}
    alike: dict[Hashable, list[Draft]] = {}
    for draft in story.drafts:
        alike.setdefault(look_of(draft, story), []).append(draft)
    for number, subject in enumerate(subjects_of(kind, story)):
        lines = [o.line for o in subject.occurrences]
        cues = partial(link_cues, subject, story=story)
        for draft, likely in story.nearness.likely(lines, cues, judge, alike):
            chosen.setdefault(id(draft), []).append((likely, number, subject))
    for draft in story.drafts:
        found = chosen.get(id(draft), [])
        if kind == "place" and draft.family == "call":
            found = []
        if kind in ("ordinal", "series") and draft.start is not None:
            setattr(draft, kind, None)
        if kind != "topic":
            found = sorted(found, key=lambda f: (-f[0], f[1]))[:1]
        for probability, _, subject in found:
            _link(subject, round(probability, 2), draft, story)


def _link(subject: Subject, confidence: float, draft: Draft, story: Story) -> None:
    names = story.names
    occurrence = min(subject.occurrences, key=lambda o: _telling(o, draft, story))
    evidence: Evidence = names.evidence(occurrence.span, f"{subject.kind}.by-context", confidence)
    if subject.kind == "topic":
        draft.topics[subject.key] = Slot(subject.key, evidence)
        return
    if subject.kind == "ordinal":
        draft.ordinal = Slot(int(subject.key), evidence)
        return
    named = occurrence.called
    assert named is not None
    if subject.kind == "series":
        draft.series = Slot(named, evidence)
        return
    subtype = None if named.kind == ThingKind.STATE else named.subtype
    draft.place = Slot(msgspec.structs.replace(named, subtype=subtype), evidence)


def _telling(occurrence: Occurrence, draft: Draft, story: Story) -> tuple[int, bool, bool, Span]:
    """How little a mention tells of a draft: the one that says "in Havana" before the date-line."""
    line, node = occurrence.line, occurrence.node
    near = WHERE.index(story.nearness.where(line, draft))
    heads = node is not None and id(node) in story.setting.told[line.number].datelines
    places = node is not None and story.setting.is_locative(node)
    return near, heads, not places, occurrence.span

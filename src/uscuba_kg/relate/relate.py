"""One article's reading: actors first, then encounters, who took part, what about, what was said."""

from __future__ import annotations

import msgspec

from uscuba_kg.model import Annotated, Issue, MeetingFrame, Reading, StatementFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.accords import find_agreements
from uscuba_kg.relate.actors import find_actors
from uscuba_kg.relate.agenda import add_topics
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.participants import add_both_sides, add_participants
from uscuba_kg.relate.scene import Line, lay_out
from uscuba_kg.relate.speech import find_statements
from uscuba_kg.world import World

_KINDS = (
    "encounter", "status", "count", "both-sides", "dateline", "date-aside", "role", "agenda",
    "not-agenda", "topic-lead", "speech", "agreement", "venue", "date-of-event", "aside",
)  # fmt: skip


def relate(annotated: Annotated, pack: Pack, world: World) -> Reading:
    """Give all that one article says, as frames with their evidence."""
    names = Names(annotated, world)
    actors = find_actors(annotated, pack, names)
    lines = lay_out(annotated, actors.nodes, pack, _KINDS)
    story = Story(lines, names, pack)
    for line in lines:
        _fill(line, lines, story, names)
    drafts = [d for d in story.drafts if d.start is not None or d.ordinal is not None]
    meetings = tuple(d.frame() for d in drafts)
    statements = [_about(s, story, drafts, lines) for s in find_statements(lines, names)]
    return Reading(
        article=annotated.article,
        meetings=meetings,
        positions=actors.positions,
        units=actors.units,
        agreements=tuple(find_agreements(lines, names)),
        statements=tuple(statements),
        issues=_issues(annotated, meetings),
    )


def _fill(line: Line, lines: list[Line], story: Story, names: Names) -> None:
    """Give what a sentence says of participants and topics to the encounter it speaks of."""
    if line.is_footnote:
        return
    told = story.told.get(line.number, [])
    draft: Draft | None = told[0] if told else story.focus.get(line.number)
    if draft is None:
        return
    add_participants(line, lines, draft, names)
    if told:
        add_both_sides(line, draft, names)
    add_topics(line, draft, names, direct=bool(told))


def _about(
    statement: StatementFrame, story: Story, drafts: list[Draft], lines: list[Line]
) -> StatementFrame:
    """Say which encounter a statement is about, where its sentence tells of one."""
    for line in lines:
        if line.span.start <= statement.words.span.start < line.span.end:
            told = [d for d in story.told.get(line.number, []) if d in drafts]
            about = tuple(sorted({drafts.index(d) for d in told}))
            return msgspec.structs.replace(statement, about=about)
    return statement


def _issues(annotated: Annotated, meetings: tuple[MeetingFrame, ...]) -> tuple[Issue, ...]:
    """Notes for a person: days without a year."""
    notes = []
    for meeting in meetings:
        start = meeting.start
        if start is not None and getattr(start.value, "year", 0) is None:
            notes.append(
                Issue(
                    "no-year",
                    annotated.article.source,
                    f"“{start.evidence.exact}” has no year that the text or its metadata give; "
                    "add `published` to the front matter to date it.",
                    start.evidence.span,
                )
            )
    return tuple(notes)

"""One article's reading: actors first, then encounters, who took part, what about, what was said."""

from __future__ import annotations

import msgspec

from uscuba_kg.model import Annotated, Issue, MeetingFrame, Reading, StatementFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.accords import find_agreements
from uscuba_kg.relate.actors import find_actors
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.links import add_links
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.participants import add_participants
from uscuba_kg.relate.scene import Line, lay_out
from uscuba_kg.relate.setting import Setting
from uscuba_kg.relate.speech import find_statements
from uscuba_kg.world import World

_KINDS = (
    "encounter", "status", "count", "both-sides", "dateline", "date-aside", "role", "agenda",
    "not-agenda", "topic-lead", "speech", "agreement", "venue", "date-of-event", "aside",
)  # fmt: skip


def set_scene(annotated: Annotated, pack: Pack, world: World) -> Setting:
    """Give the sentences of one article with what each holds, before anything is judged."""
    names = Names(annotated, world)
    actors = find_actors(annotated, pack, names)
    lines = lay_out(annotated, actors.nodes, pack, _KINDS)
    return Setting(lines, names, pack, actors)


def relate(annotated: Annotated, pack: Pack, world: World) -> Reading:
    """Give all that one article says, as frames with their evidence."""
    setting = set_scene(annotated, pack, world)
    lines, names, actors = list(setting.lines), setting.names, setting.actors
    story = Story(setting)
    add_links(story)
    add_participants(story)
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

"""One article's reading: actors first, then encounters, who took part, what about, what was said."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from uscuba_kg.model import Annotated, Issue, MeetingFrame, Reading, StatementFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.accords import find_agreements
from uscuba_kg.relate.actors import find_actors
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.draft_cues import draft_cues
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.judgement import judgement
from uscuba_kg.relate.links import add_links
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.outright import is_private
from uscuba_kg.relate.participants import add_participants
from uscuba_kg.relate.parts import joined, parts_of
from uscuba_kg.relate.scene import Line, lay_out
from uscuba_kg.relate.setting import Setting
from uscuba_kg.relate.speech import find_statements
from uscuba_kg.world import World

_POSSIBLE = 0.15
"""How likely an encounter must be that is told outright, in an article that tells of no other."""


def set_scene(annotated: Annotated, pack: Pack, world: World) -> Setting:
    """Give the sentences of one article with what each holds, before anything is judged."""
    names = Names(annotated, world)
    actors = find_actors(annotated, pack, names)
    lines = lay_out(annotated, actors.nodes, pack, actors.masked)
    return Setting(lines, names, pack, actors)


def relate(annotated: Annotated, pack: Pack, world: World) -> Reading:
    """Give all that one article says, as frames with their evidence."""
    parts = (_related(part, pack, world) for part in parts_of(annotated))
    return joined(annotated.article, parts)


def _related(annotated: Annotated, pack: Pack, world: World) -> Reading:
    setting = set_scene(annotated, pack, world)
    lines, names, actors = list(setting.lines), setting.names, setting.actors
    story = Story(setting)
    add_links(story)
    add_participants(story)
    drafts = [d for d in story.drafts if _is_encounter(d, story)]
    meetings = tuple(d.frame() for d in drafts)
    numbers = {id(d): number for number, d in enumerate(drafts)}
    statements = [_about(s, story, numbers, lines) for s in find_statements(lines, names)]
    return Reading(
        article=annotated.article,
        meetings=meetings,
        positions=actors.positions,
        units=actors.units,
        agreements=tuple(find_agreements(lines, names)),
        statements=tuple(statements),
        issues=_issues(annotated, meetings),
    )


def _is_encounter(draft: Draft, story: Story) -> bool:
    """Tell whether a draft is likely to be one of the two states.

    Where an article tells of one alone, somebody must act for a state in it; and if both meet there
    outright, that it is possible is enough: the weights have learnt doubt from longer stories.
    """
    alone = len(story.drafts) == 1
    if alone and draft.series is None:
        lines = [story.setting.lines[number] for number in story.nearness.telling(draft)]
        if is_private(draft, lines, story.setting):
            return False
    judge = judgement("is-encounter")
    likely = judge.probability(draft_cues(draft, story))
    return judge.accepts(likely) or (alone and id(draft) in story.outright and likely >= _POSSIBLE)


def _about(
    statement: StatementFrame, story: Story, drafts: dict[int, int], lines: list[Line]
) -> StatementFrame:
    """Say which encounter a statement is about, where its sentence tells of one.

    ``drafts`` holds the numbers of drafts by their identity.
    """
    at = statement.words.span.start
    place = bisect_right(lines, at, key=lambda line: line.span.start) - 1
    if place < 0 or at >= lines[place].span.end:
        return statement
    told = story.told.get(lines[place].number, ())
    about = sorted({drafts[id(d)] for d in told if id(d) in drafts})
    return msgspec.structs.replace(statement, about=tuple(about))


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

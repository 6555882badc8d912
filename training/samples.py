"""What a gold article teaches: for each question, the cues of every case and the right answer."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from gold import Lesson
from logistic import Sample
from uscuba_kg.model import DateRange, MentionKind
from uscuba_kg.relate.cast import Actor
from uscuba_kg.relate.day_cues import day_cues
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.draft_cues import draft_cues
from uscuba_kg.relate.elsewhere import is_out_of_office
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.link_cues import link_cues
from uscuba_kg.relate.links import add_links, link
from uscuba_kg.relate.part_cues import is_out, part_cues
from uscuba_kg.relate.participants import add_participants
from uscuba_kg.relate.setting import parse_edtf
from uscuba_kg.relate.subjects import Subject, subjects_of
from uscuba_kg.score.names import same_name, same_person, same_title
from uscuba_kg.world import load_world

Meeting = dict[str, Any]
_DAY = len("2023-01-18")
_UNCAST = 2
_EARLIER = {"ordinal": (), "series": ("ordinal",), "place": (), "topic": ("ordinal", "series")}


def encounter_days(lesson: Lesson) -> Iterator[Sample]:
    """Every date of the text, and whether it is that of an encounter in the annotation."""
    setting = lesson.setting
    for line in setting.lines:
        if line.is_footnote:
            continue
        for date in setting.told[line.number].dates:
            dates = parse_edtf(date.mention.value)
            answer = _is_day(dates, lesson.gold["meetings"])
            if answer is not None:
                yield Sample(day_cues(date, line, setting), answer, lesson.name)


def _is_day(dates: DateRange, meetings: Iterable[Meeting]) -> bool | None:
    """Whether a date is a meeting's; None where it only might be.

    That is a year for a day in it, and a day that has been read a year or a week off: the words may
    well tell of the meeting, and it is the words that are to be learnt.
    """
    unsure = False
    start, end = dates.start.lexical, dates.end.lexical
    for meeting in meetings:
        first, last = meeting["start"], meeting["end"] or meeting["start"]
        if first is None or first.startswith("--"):
            if dates.start.year is None:
                return True
            continue
        whole = len(start) == len(first) == _DAY
        if start == first or (whole and start < first <= end):
            return True
        if whole and first < start <= last:
            unsure = True
        if first.startswith(start):
            if len(start) > len("2023"):
                return True
            unsure = True
        unsure = unsure or _is_slip(start, first)
    return None if unsure else False


def _is_slip(start: str, first: str) -> bool:
    """Tell whether two dates differ by the year or by one week alone."""
    if len(first) == len("2023"):
        return False
    if start[1 if start.startswith("-") else 4 :] == first[4:]:
        return True
    if len(first) < _DAY or len(start) < _DAY:
        return False
    return abs((dt.date.fromisoformat(start) - dt.date.fromisoformat(first)).days) == 7


def took_part(lesson: Lesson) -> Iterator[Sample]:
    """Every actor with every encounter found that the annotation has too, and whether it took part.

    The rules that cast actors were written with these articles in view, so that they know them
    better than others: for one actor in ``_UNCAST`` they are left out, as if they did not know the
    wording.
    """
    story = Story(lesson.setting)
    add_links(story)
    story.cast = tuple(_uncast(actor, lesson.name) for actor in story.cast)
    for draft, meeting in _known(story, lesson):
        for actor in story.cast:
            person = actor.mention.kind == MentionKind.PERSON
            if is_out(actor, story) or is_out_of_office(actor, draft, story):
                continue
            kind = "person" if person else "organization"
            same = same_person if person else same_name
            names = [p["name"] for p in meeting["participants"] if p["type"] == kind]
            answer = any(same(name, _names(actor.key[1], actor.mention.value)) for name in names)
            yield Sample(part_cues(actor, draft, story), answer, lesson.name)


def is_encounter(lesson: Lesson) -> Iterator[Sample]:
    """Every encounter found, filled with all that was found of it, and whether it is annotated."""
    story = Story(lesson.setting)
    add_links(story)
    add_participants(story)
    taken: list[int] = []
    for draft in story.drafts:
        meeting = _meeting_of(draft, lesson.gold["meetings"])
        nameless = draft.start is None or draft.date() is None or draft.date().year is None
        if meeting is None and nameless:
            continue
        fresh = meeting is not None and id(meeting) not in taken
        if meeting is not None:
            taken.append(id(meeting))
        yield Sample(draft_cues(draft, story), fresh, lesson.name)


def _uncast(actor: Actor, article: str) -> Actor:
    """The actor, or for some of them the actor as no rule casts it."""
    digest = hashlib.sha256(f"{article} {actor.key}".encode()).digest()
    if digest[0] % _UNCAST:
        return actor
    bare = (msgspec.structs.replace(a, castings=()) for a in actor.appearances)
    return Actor(actor.key, tuple(bare))


def its_place(lesson: Lesson) -> Iterator[Sample]:
    """Every place with every encounter found, and whether that took place there."""
    return _links("place", lesson)


def its_series(lesson: Lesson) -> Iterator[Sample]:
    """Every series with every encounter found, and whether that is one of them."""
    return _links("series", lesson)


def its_ordinal(lesson: Lesson) -> Iterator[Sample]:
    """Every number of the text with every encounter found, and whether it is that one's."""
    return _links("ordinal", lesson)


def its_topic(lesson: Lesson) -> Iterator[Sample]:
    """Every topic with every encounter found, and whether it was on the table."""
    return _links("topic", lesson)


def _links(kind: str, lesson: Lesson) -> Iterator[Sample]:
    story = Story(lesson.setting)
    for earlier in _EARLIER[kind]:
        link(earlier, story)
    for draft, meeting in _known(story, lesson):
        for subject in subjects_of(kind, story):
            cues = link_cues(subject, draft, story)
            yield Sample(cues, _belongs(subject, meeting), lesson.name)


def _belongs(subject: Subject, meeting: Meeting) -> bool:
    if subject.kind == "topic":
        return subject.key in meeting["topics"]
    if subject.kind == "ordinal":
        return int(subject.key) == meeting["ordinal"]
    called = subject.occurrences[0].called
    assert called is not None
    names, gold = _names(subject.key, called.name), meeting[subject.kind]
    return same_name(gold, names) or (subject.kind == "series" and same_title(gold, names))


def _names(entity: str, name: str) -> list[str]:
    """All the names of a thing: as it stands in the text, and as the authority data know it."""
    entry = load_world().entries.get(entity)
    return [name, *(label.text for label in entry.labels if entry)] if entry else [name]


def _known(story: Story, lesson: Lesson) -> Iterator[tuple[Draft, Meeting]]:
    """The encounters found that the annotation has too."""
    for draft in story.drafts:
        meeting = _meeting_of(draft, lesson.gold["meetings"])
        if meeting is not None:
            yield draft, meeting


def _meeting_of(draft: Draft, meetings: Iterable[Meeting]) -> Meeting | None:
    """The annotated meeting that a draft is: of the same first day, else of an overlapping time."""
    if draft.start is None:
        return None
    start = draft.start.value.lexical
    end = draft.end.value.lexical if draft.end is not None else start
    same = [m for m in meetings if m["start"] == start]
    if len(same) > 1:
        same = [m for m in same if (m["kind"] == "visit") == (draft.family == "visit")] or same
    if same:
        return same[0]
    over = [m for m in meetings if m["start"] and _overlap(start, end, m)]
    return over[0] if len(over) == 1 else None


def _overlap(start: str, end: str, meeting: Meeting) -> bool:
    first, last = meeting["start"], meeting["end"] or meeting["start"]
    return first[: len(start)] <= end and start[: len(first)] <= last

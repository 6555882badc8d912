"""What a gold article teaches: for each question, the cues of every case and the right answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from logistic import Sample

from names import same_name, same_person, same_title

from uscuba_kg.model import Article, DateRange, MentionKind
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article
from uscuba_kg.relate.day_cues import day_cues
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.link_cues import Subject, link_cues, subjects_of
from uscuba_kg.relate.part_cues import part_cues, side_of
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.relate.setting import parse_edtf
from uscuba_kg.world import load_world


def encounter_days(gold: dict[str, Any], article: Article) -> Iterator[Sample]:
    """Every date of the text: is it that of an encounter in the annotation?"""
    setting = set_scene(read_article(article), pack_for(article.language), load_world())
    for line in setting.lines:
        if line.is_footnote:
            continue
        for date in setting.told[line.number].dates:
            dates = parse_edtf(date.mention.value)
            answer = _is_day(dates, gold["meetings"])
            if answer is not None:
                yield day_cues(date, line, setting), answer, gold["article"]["id"]


def _is_day(dates: DateRange, meetings: list[dict[str, Any]]) -> bool | None:
    """Whether a date is a meeting's; None where it only might be.

    That is a year for a day in it, and a day that has been read a year or a week off: the words may
    well tell of the meeting, and it is the words that are to be learnt.
    """
    unsure = False
    start, end = dates.start.lexical, dates.end.lexical
    for meeting in meetings:
        first, last = meeting["start"], meeting["end"] or meeting["start"]
        if first is None:
            if dates.start.year is None:
                return True
            continue
        if start == first or (len(start) == len(first) == 10 and start <= last and first <= end):
            return True
        if first.startswith(start):
            if len(start) >= 7:
                return True
            unsure = True
        unsure = unsure or (len(start) == len(first) and len(first) > 4 and _is_slip(start, first))
    return None if unsure else False


def _is_slip(start: str, first: str) -> bool:
    """Tell whether two dates differ by the year or by one week alone."""
    if start[4 if start[0] != "-" else 1 :] == first[4:]:
        return True
    if len(first) < 10 or start.startswith("--"):
        return False
    return abs((dt.date.fromisoformat(start) - dt.date.fromisoformat(first)).days) == 7


def took_part(gold: dict[str, Any], article: Article) -> Iterator[Sample]:
    """Every actor with every encounter found that the annotation has too: did it take part?"""
    setting = set_scene(read_article(article), pack_for(article.language), load_world())
    story = Story(setting)
    entries = load_world().entries
    for draft in story.drafts:
        meeting = _meeting_of(draft, gold["meetings"])
        if meeting is None:
            continue
        for actor in story.cast:
            person = actor.mention.kind == MentionKind.PERSON
            if side_of(actor, story) is None and person:
                continue
            entry = entries.get(actor.key[1])
            known = {actor.mention.value, *(label.text for label in entry.labels if entry)} if entry else {actor.mention.value}
            kind = "person" if person else "organization"
            names = [p["name"] for p in meeting["participants"] if p["type"] == kind]
            same = same_person if person else same_name
            answer = any(same(name, known) for name in names)
            yield part_cues(actor, draft, story), answer, gold["article"]["id"]


def _meeting_of(draft: Draft, meetings: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The annotated meeting that a draft is: of the same first day, else of an overlapping time."""
    start = draft.start.value.lexical if draft.start is not None else None
    if start is None:
        return None
    same = [m for m in meetings if m["start"] == start]
    if len(same) > 1:
        family = [m for m in same if (m["kind"] == "visit") == (draft.family == "visit")]
        same = family or same
    if same:
        return same[0]
    end = draft.end.value.lexical if draft.end is not None else start
    over = [m for m in meetings if m["start"] and m["start"][: len(start)] <= end and start[: len(m["start"])] <= (m["end"] or m["start"])]
    return over[0] if len(over) == 1 else None


def its_place(gold: dict[str, Any], article: Article) -> Iterator[Sample]:
    """Every place with every encounter found: did it take place there?"""
    entries = load_world().entries

    def right(subject: Subject, meeting: dict[str, Any]) -> bool:
        mention, entry = subject.occurrences[0].mention, entries.get(subject.key)
        known = [mention.value, *(label.text for label in entry.labels)] if entry else [mention.value]
        return same_name(meeting["place"], known)

    return _links("place", right, gold, article)


def its_series(gold: dict[str, Any], article: Article) -> Iterator[Sample]:
    """Every series with every encounter found: is it one of that series?"""
    entries = load_world().entries

    def right(subject: Subject, meeting: dict[str, Any]) -> bool:
        mention, entry = subject.occurrences[0].mention, entries.get(subject.key)
        known = [mention.value, *(label.text for label in entry.labels)] if entry else [mention.value]
        return same_name(meeting["series"], known) or same_title(meeting["series"], known)

    return _links("series", right, gold, article)


def its_topic(gold: dict[str, Any], article: Article) -> Iterator[Sample]:
    """Every topic with every encounter found: was it on the table?"""
    return _links("topic", lambda s, meeting: s.key in meeting["topics"], gold, article)


def _links(
    kind: str,
    right: Callable[[Subject, dict[str, Any]], bool],
    gold: dict[str, Any],
    article: Article,
) -> Iterator[Sample]:
    setting = set_scene(read_article(article), pack_for(article.language), load_world())
    story = Story(setting)
    for draft in story.drafts:
        meeting = _meeting_of(draft, gold["meetings"])
        if meeting is not None:
            for subject in subjects_of(kind, story):
                yield link_cues(subject, draft, story), right(subject, meeting), gold["article"]["id"]

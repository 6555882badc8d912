"""Who took part in each encounter of an article, in what role, for which side."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Sequence
from functools import partial

from uscuba_kg.model import Evidence, Named, Role, Slot, Span
from uscuba_kg.relate.cast import Actor, Appearance, Casting
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.elsewhere import is_out_of_office
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.judgement import judgement
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.part_cues import at_home, is_out, part_cues, side_of

_RANK = (Role.CHAIR, Role.HOST, Role.MEMBER)
_BY_CONTEXT = "participant.by-context"
_FIRM = frozenset(
    {
        "role.signed",
        "role.for-the-side",
        "role.phoned",
        "role.took-part",
        "role.opposite",
        "role.led-for-side",
        "role.met-with",
        "role.delegation-included",
        "role.in-the-delegation",
        "role.including",
        "role.opened",
        "role.delegation-led-by",
    }
)
"""Wordings that were right in .87 to 1.0 of their cases, in a sentence that tells of one encounter."""
_ROSTERS = frozenset({"role.roster", "role.roster-led"})
"""Lines above a list of people."""
_LEAST = 0.2
"""How likely it must be all the same."""
_CLOSE = 2


def add_participants(story: Story) -> None:
    """Add everybody to the drafts in which he or it is likely to have taken part."""
    judge = judgement("took-part")
    for actor in story.cast if story.drafts else ():
        if is_out(actor, story):
            continue
        side = side_of(actor, story)
        lines = [a.line for a in actor.appearances]
        cues = partial(part_cues, actor, story=story)
        alike: dict[Hashable, list[Draft]] = {}
        for draft in story.drafts:
            look = draft.family, draft.status.value, at_home(actor, draft, story)
            alike.setdefault(look, []).append(draft)
        likely_in = story.nearness.likely(lines, cues, judge, alike)
        found = {id(draft): (draft, likely) for draft, likely in likely_in}
        for draft in _firmly_cast(actor, story):
            if id(draft) not in found and (likely := judge.probability(cues(draft))) >= _LEAST:
                found[id(draft)] = draft, likely
        for draft, likely in found.values():
            if is_out_of_office(actor, draft, story):
                continue
            if side is None or side in OUR_STATES or side in draft.states:
                _add(actor, side, likely, draft, story)


def _firmly_cast(actor: Actor, story: Story) -> Iterator[Draft]:
    """The encounters of which a firm wording that casts an actor can tell no other.

    It stands in a sentence that tells of one alone; or close to it, in an article that tells of one;
    or heads a list, and the text has come to one.
    """
    for appearance in actor.appearances:
        rules = {c.rule.split(".", 1)[1]: c for c in appearance.castings}
        if not appearance.line.is_title and not _FIRM.isdisjoint(rules):
            told = story.told.get(appearance.line.number, ()) or _only_one(appearance, story)
            yield from told if len(told) == 1 else ()
        for rule in _ROSTERS & rules.keys():
            yield from _spoken_of(rules[rule].span, story)


def _spoken_of(span: Span, story: Story) -> Sequence[Draft]:
    """The one encounter that the sentence of a span tells of, or goes on about."""
    lines = story.setting.lines
    number = bisect_right(lines, span.start, key=lambda line: line.span.start) - 1
    told, focus = story.told.get(number, ()), story.focus.get(number)
    return told if len(told) == 1 else [focus] if focus is not None and not told else ()


def _only_one(appearance: Appearance, story: Story) -> Sequence[Draft]:
    """The one encounter of an article, where a sentence without a day stands close to its telling."""
    number = appearance.line.number
    if len(story.drafts) != 1 or story.setting.told[number].dates:
        return ()
    return story.drafts if story.nearness.steps(appearance.line, story.drafts[0]) <= _CLOSE else ()


def _add(actor: Actor, side: str | None, likely: float, draft: Draft, story: Story) -> None:
    names = story.names
    places = [a for a in actor.appearances if story.nearness.where(a.line, draft) != "away"]
    places = places or list(actor.appearances)
    cast = [(a, c) for a in places for c in a.castings]
    best = min(cast, key=lambda ac: _RANK.index(ac[1].role), default=None)
    appearance = best[0] if best else places[0]
    role = best[1].role if best else Role.MEMBER
    confidence = round(likely, 2)
    evidence = names.evidence(
        appearance.node.span, best[1].rule if best else _BY_CONTEXT, confidence
    )
    who = names.named(appearance.node, side)
    draft.add_participant(
        Slot(Named(who.kind, who.name, who.entity, side, who.subtype), evidence),
        role,
        Slot(names.state(side), evidence) if side is not None else None,
        _role_evidence(appearance, best[1] if best else None, story, confidence),
    )


def _role_evidence(
    appearance: Appearance, casting: Casting | None, story: Story, confidence: float
) -> Evidence:
    if casting is None:
        return story.names.evidence(appearance.node.span, _BY_CONTEXT, confidence)
    return story.names.evidence(casting.span, casting.rule, confidence)

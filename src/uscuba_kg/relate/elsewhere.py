"""What the other encounters of an article tell of an actor having taken part in one of them."""

from __future__ import annotations

from collections.abc import Iterator

from uscuba_kg.model import DateRange, MentionKind, PartialDate, Role
from uscuba_kg.relate.cast import Actor, Appearance
from uscuba_kg.relate.days import overlaps
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.setting import gap

_RANKS = ("told-cast", "under-cast", "told", "under", "none")
"""How firmly a sentence puts an actor into an encounter, the firmest first."""
_NONE = len(_RANKS) - 1
_MANY = 3


def elsewhere_cues(actor: Actor, draft: Draft, story: Story) -> Iterator[str]:
    """Whether an actor is put into another encounter more firmly than into this one.

    Who came for a visit is likely to have sat in the meetings within its days, and who took part in
    these may have come for it; who was at one of several tables was not at the others.
    """
    kind = str(actor.mention.kind)
    told = story.once(actor, _told_of)
    here = next((rank for rank, other, _ in told if other is draft), _NONE)
    others = [(rank, other, role) for rank, other, role in told if other is not draft]
    best = others[0][0] if others else _NONE
    order = "firmest" if here < best else "as-firm" if here == best else "less-firm"
    yield f"here.{_RANKS[here]}.elsewhere.{_RANKS[best]}.{kind}"
    yield f"elsewhere.{_RANKS[best]}.{kind}"
    yield f"{order}.{kind}"
    number = min(_MANY, len(story.drafts))
    yield f"drafts.{number}.here.{_RANKS[here]}.{kind}"
    yield f"drafts.{number}.{order}.{kind}"
    main = "first" if draft is story.drafts[0] else "later"
    yield f"{main}.here.{_RANKS[here]}.elsewhere.{_RANKS[best]}"
    seen = set()
    for rank, other, role in others:
        how = _relation(draft, other)
        if how is not None and how not in seen:
            seen.add(how)
            yield f"{how}.{_RANKS[rank]}.{kind}"
            yield f"{how}.{role}.{kind}"


def _told_of(actor: Actor, story: Story) -> list[tuple[int, Draft, str]]:
    """The encounters that an actor is put into, the firmest first, each with how and in what role."""
    ranks: dict[int, tuple[int, Draft, str]] = {}
    for appearance in actor.appearances:
        for other, rank in _put_into(appearance, story):
            if rank < ranks.get(id(other), (_NONE, other, ""))[0]:
                ranks[id(other)] = (rank, other, _role(appearance))
    return sorted(ranks.values(), key=lambda r: r[0])


def _put_into(appearance: Appearance, story: Story) -> Iterator[tuple[Draft, int]]:
    """The encounters that an appearance may put an actor into, and how firmly."""
    number = appearance.line.number
    uncast = 0 if appearance.castings else _RANKS.index("told")
    told = story.told.get(number, ())
    if appearance.line.is_title:
        return
    if not told and number in story.focus:
        yield story.focus[number], uncast + 1
    at = appearance.node.span
    gaps = {id(d): min(gap(s, at) for s in story.anchors[number, id(d)]) for d in told}
    for draft in told:
        yield draft, uncast + (gaps[id(draft)] > min(gaps.values()))


def _role(appearance: Appearance) -> str:
    roles = {c.role for c in appearance.castings}
    return str(Role.HOST if Role.HOST in roles else min(roles, default="uncast"))


def _relation(draft: Draft, other: Draft) -> str | None:
    """Whether another encounter is a visit around this one, lies within this visit, or beside it."""
    start, end = other.date(), (other.end or other.start)
    if start is None or end is None or not isinstance(end.value, PartialDate):
        return None
    if draft.start is None or not overlaps(DateRange(start, end.value), draft):
        return None
    if other.family == draft.family:
        return "beside"
    if other.family == "visit":
        return "around"
    return "within" if draft.family == "visit" else "beside"


def is_out_of_office(actor: Actor, draft: Draft, story: Story) -> bool:
    """Tell whether a listed person whom no rule casts held no known post on an encounter's day.

    A beginning or an end that is not known leaves it open. Such a person is named in passing ("in
    the years of Obama"), whatever the cues.
    """
    if any(a.castings for a in actor.appearances):
        return False
    entity = story.names.entity(actor.mention)
    day = draft.date()
    if actor.mention.kind != MentionKind.PERSON or entity is None or day is None:
        return False
    posts = story.names.world.posts_of(entity)
    first, last = day.first_day(), day.last_day()
    if not posts or first is None or last is None:
        return False
    begins = ((p.start.first_day() if p.start else None, p.end) for p in posts)
    return all(
        (start is not None and start > last)
        or (end is not None and (until := end.last_day()) is not None and until < first)
        for start, end in begins
    )

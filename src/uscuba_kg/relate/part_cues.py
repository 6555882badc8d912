"""Cues for and against an actor of an article having taken part in one of its encounters."""

from __future__ import annotations

from collections.abc import Iterator

from uscuba_kg.model import MentionKind, Named
from uscuba_kg.relate.cast import Actor, Appearance
from uscuba_kg.relate.day_cues import bucket, name_of
from uscuba_kg.relate.days import overlaps
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.elsewhere import elsewhere_cues
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.nearness import STEPS
from uscuba_kg.relate.setting import Setting, gap, parse_edtf
from uscuba_kg.text import fold


def part_cues(actor: Actor, draft: Draft, story: Story) -> frozenset[str]:
    """What speaks for and against an actor having taken part in the encounter of a draft."""
    return frozenset(_cues(actor, draft, story))


def side_of(actor: Actor, story: Story) -> str | None:
    """The state an actor acts for, as far as the article tells."""
    return story.sides.get(actor.key)


def at_home(actor: Actor, draft: Draft, story: Story) -> str:
    """Whether an encounter took place in the state for which an actor acts, as far as is told."""
    side, place = side_of(actor, story), draft.place.value if draft.place is not None else None
    entry = story.names.world.entries.get(place.entity or "") if isinstance(place, Named) else None
    state = (entry.state or entry.id) if entry is not None else None
    if side is None or state is None:
        return "somewhere"
    return "at-home" if state == side else "abroad" if state in OUR_STATES else "on-third-soil"


def _cues(actor: Actor, draft: Draft, story: Story) -> Iterator[str]:
    kind = str(actor.mention.kind)
    yield from story.once(actor, _of_actor)
    yield f"drafts.{min(3, len(story.drafts))}"
    yield "first-draft" if story.drafts and draft is story.drafts[0] else "later-draft"
    yield f"draft.{draft.family}.{kind}"
    yield f"{draft.family}.{at_home(actor, draft, story)}.{kind}"
    yield f"draft.{draft.status.value}"
    near = story.nearness
    nearest = min(near.steps(a.line, draft) for a in actor.appearances)
    yield f"steps.{min(STEPS, nearest)}"
    nearer = near.nearer((a.line for a in actor.appearances), min(STEPS, nearest))
    yield f"nearer.{min(3, nearer)}"
    yield f"first-in.{_where(actor.appearances[0], draft, story)}"
    yield from _at_best(actor, draft, story)
    yield from elsewhere_cues(actor, draft, story)
    cast_elsewhere = False
    for appearance in actor.appearances:
        where = _where(appearance, draft, story)
        if where == "away":
            cast_elsewhere = cast_elsewhere or bool(appearance.castings)
            yield "away"
            continue
        yield where
        yield from (f"{where}.{cue}" for cue in _of_telling(appearance, draft, story))
        if near.in_paragraph(appearance.line, draft):
            yield f"{where}.in-paragraph"
        for cue in story.once(appearance, _of_appearance):
            if not cue.startswith("role."):
                yield f"{where}.{cue}"
            yield cue
    if cast_elsewhere:
        yield "cast-elsewhere"


def _of_telling(appearance: Appearance, draft: Draft, story: Story) -> Iterator[str]:
    """Whether the sentence has a day of the draft or others, and which telling stands nearest."""
    number = appearance.line.number
    dates = [parse_edtf(d.mention.value) for d in story.setting.told[number].dates if d.mention]
    known = [d for d in dates if d is not None]
    if known:
        yield "its-date" if any(overlaps(d, draft) for d in known) else "other-date"
    told = story.told.get(number, ())
    if len(told) > 1:
        at = appearance.node.span
        gaps = {id(d): min(gap(s, at) for s in story.anchors[number, id(d)]) for d in told}
        yield "nearest" if gaps.get(id(draft)) == min(gaps.values()) else "not-nearest"


def _at_best(actor: Actor, draft: Draft, story: Story) -> Iterator[str]:
    """The strongest that is told of an actor: where, cast in what role, and how often it appears."""
    kind = str(actor.mention.kind)
    told = [(_where(a, draft, story), a) for a in actor.appearances]
    cast = any(a.castings for a in actor.appearances)
    where, best = min(told, key=lambda t: (not t[1].castings, _WHERE.index(t[0]), t[1].node.span))
    roles = sorted(str(c.role) for c in best.castings)
    role = roles[0] if roles else "none"
    often = "once" if len(told) == 1 else "again"
    yield f"best.{where}.{role}.{kind}"
    yield f"best.{where}.{'cast' if cast else 'uncast'}.{often}.{kind}"
    yield f"best.{'cast' if cast else 'uncast'}.{often}.{kind}"
    barred = {cue for a in actor.appearances for cue in story.once(a, _of_appearance)} & _BARRED
    if not barred:
        yield f"unbarred.{'cast' if cast else 'uncast'}.{kind}"
    for cue in barred:
        yield f"{cue}.{'cast' if cast else 'uncast'}.{kind}"


def _where(appearance: Appearance, draft: Draft, story: Story) -> str:
    where = story.nearness.where(appearance.line, draft)
    beside = where == "away" and story.nearness.is_beside(appearance.line, draft)
    return "beside" if beside else where


_WHERE = ("told", "told-among", "under", "title", "main", "beside", "away")
_BARRED = frozenset({"speaks", "quoted", "aside"})


def _of_actor(actor: Actor, story: Story) -> Iterator[str]:
    side = side_of(actor, story)
    mention = actor.mention
    kind = str(mention.kind)
    yield f"is.{kind}"
    yield f"side.{'ours' if side in OUR_STATES else 'none' if side is None else 'third'}"
    entry = story.names.world.entries.get(story.names.entity(mention) or "")
    if mention.kind == MentionKind.BODY:
        yield f"body.{entry.subtype if entry is not None else 'unlisted'}"
    elif entry is None:
        yield "person.unlisted"
    if _is_titled(actor):
        yield f"titled.{kind}"
    yield f"appears.{min(3, len(actor.appearances))}"


def _of_appearance(appearance: Appearance, story: Story) -> Iterator[str]:
    line, node, setting = appearance.line, appearance.node, story.setting
    assert node.mention is not None
    kind = str(node.mention.kind)
    for casting in appearance.castings:
        yield casting.rule.split(".", 1)[1]
        yield f"cast.{casting.role}.{kind}"
    if not appearance.castings:
        yield f"not-cast.{kind}"
    yield from story.once(appearance, _barred)
    for outer, key in zip(appearance.around, appearance.keys, strict=True):
        yield f"in.{outer.type}.{key}"
    lists = [n for n in appearance.around if n.type in ("Officials", "Bodies")]
    if lists:
        yield f"listed.{min(4, len(lists[0].parts))}"
    if line.typed("Delegation"):
        yield f"delegation.{kind}"
    yield from _beside_triggers(appearance, setting)
    for match in line.of("status"):
        yield name_of(match)
    yield f"sides.{len(setting.told[line.number].ours)}.{kind}"
    if line.of("agenda"):
        yield "agenda"


def _is_titled(actor: Actor) -> bool:
    """Tell whether an actor is named with a post somewhere."""
    return any("Official" in [n.type for n in a.around] for a in actor.appearances)


def is_out(actor: Actor, story: Story) -> bool:
    """Tell whether an actor takes part in nothing, whatever the cues: a law.

    That is a government or a parliament as a whole, which sends others; and of those whom no rule
    casts who only speaks or is only named in passing ("under Obama"), who is a bare name and acts for
    no state that the article tells, and who is once said to stand apart: to be in prison, or to
    comment by profession.
    """
    entry = story.names.world.entries.get(story.names.entity(actor.mention) or "")
    if entry is not None and entry.subtype in _SENDERS:
        return True
    if any(a.castings for a in actor.appearances):
        return False
    person = actor.mention.kind == MentionKind.PERSON
    return (
        _only_speaks(actor, story)
        or (person and side_of(actor, story) is None and not _is_titled(actor))
        or any(_stands_apart(a, story) for a in actor.appearances)
    )


_SENDERS = frozenset({"government", "parliament"})


def _stands_apart(appearance: Appearance, story: Story) -> bool:
    inside = {id(n) for n in (*appearance.around, appearance.node)}
    for match in appearance.line.of("aside"):
        if match.rule.sets.get("out") == "article" and any(
            id(n) in inside for n in match.captures.get("who", ())
        ):
            return True
    speaking = frozenset(map(fold, story.setting.pack.words("posts", "commenting")))
    titles = (p.mention.value for n in appearance.around for p in n.part("post") if p.mention)
    return any(not speaking.isdisjoint(fold(title).split()) for title in titles)


def _only_speaks(actor: Actor, story: Story) -> bool:
    """Tell whether an actor does nothing but speak, or stand aside, wherever it appears."""
    return all(
        not {"speaks", "aside"}.isdisjoint(story.once(a, _barred)) for a in actor.appearances
    )


def _barred(appearance: Appearance, _: Story) -> Iterator[str]:
    line, node = appearance.line, appearance.node
    inside = {id(n) for n in (*appearance.around, node)}
    speech = line.of("speech")
    if any(id(n) in inside for m in speech for found in m.captures.values() for n in found):
        yield "speaks"
    elif speech:
        yield "beside-speech"
    if any(q.span.covers(node.span) for q in line.quotations):
        yield "quoted"
    elif line.quotations:
        yield "beside-quotation"
    if any(
        id(n) in inside for m in line.of("aside") for found in m.captures.values() for n in found
    ):
        yield "aside"


def _beside_triggers(appearance: Appearance, setting: Setting) -> Iterator[str]:
    line, node = appearance.line, appearance.node
    told = setting.told[line.number]
    if not told.triggers:
        yield "no-trigger"
        return
    nearest = min(told.triggers, key=lambda t: (gap(t.span, node.span), t.span))
    where = "before" if node.span.start < nearest.span.start else "after"
    yield f"{where}-trigger.{bucket(gap(nearest.span, node.span))}"
    actors = [
        n for n in line.nodes if n.type in ("Official", "Officials", "Person", "Body", "Bodies")
    ]
    outer = appearance.around[0] if appearance.around else node
    if actors and actors[0] is outer:
        yield "first-actor"

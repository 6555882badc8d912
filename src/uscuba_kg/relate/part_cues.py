"""Cues for and against an actor of an article having taken part in one of its encounters."""

from __future__ import annotations

from collections.abc import Iterator

from uscuba_kg.model import MentionKind
from uscuba_kg.relate.cast import Actor, Appearance
from uscuba_kg.relate.day_cues import bucket, name_of
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.nearness import STEPS
from uscuba_kg.relate.setting import OUR_STATES, Setting, gap


def part_cues(actor: Actor, draft: Draft, story: Story) -> frozenset[str]:
    """What speaks for and against an actor having taken part in the encounter of a draft."""
    return frozenset(_cues(actor, draft, story))


def side_of(actor: Actor, story: Story) -> str | None:
    """The state an actor acts for: by its name, title or body, else by a rule that cast it."""
    names = story.names
    for appearance in actor.appearances:
        for node in (appearance.node, *reversed(appearance.around[-1:])):
            side = names.side(node) if appearance.keys[-1:] != ("parent",) else None
            if side is not None:
                return side
    for appearance in actor.appearances:
        for casting in appearance.castings:
            if casting.side is not None:
                return casting.side
    return None


def _cues(actor: Actor, draft: Draft, story: Story) -> Iterator[str]:
    kind = str(actor.mention.kind)
    yield from story.once(actor, _of_actor)
    yield f"drafts.{min(3, len(story.drafts))}"
    yield "first-draft" if story.drafts and draft is story.drafts[0] else "later-draft"
    yield f"draft.{draft.family}.{kind}"
    yield f"draft.{draft.status.value}"
    near = story.nearness
    nearest = min(near.steps(a.line, draft) for a in actor.appearances)
    yield f"steps.{min(STEPS, nearest)}"
    yield f"first-in.{near.where(actor.appearances[0].line, draft)}"
    cast_elsewhere = False
    for appearance in actor.appearances:
        where = near.where(appearance.line, draft)
        if where == "away":
            cast_elsewhere = cast_elsewhere or bool(appearance.castings)
            yield "away"
            continue
        yield where
        if near.in_paragraph(appearance.line, draft):
            yield f"{where}.in-paragraph"
        for cue in story.once(appearance, _of_appearance):
            yield f"{where}.{cue}"
            yield cue
    if cast_elsewhere:
        yield "cast-elsewhere"


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
    if any("Official" in [n.type for n in a.around] for a in actor.appearances):
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
    inside = {id(n) for n in (*appearance.around, node)}
    yield from _barred(appearance, inside)
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


def only_speaks(actor: Actor) -> bool:
    """Tell whether an actor does nothing but speak, or stand aside, wherever it appears."""
    return all(
        not a.castings
        and not {"speaks", "aside"}.isdisjoint(_barred(a, {id(n) for n in (*a.around, a.node)}))
        for a in actor.appearances
    )


def _barred(appearance: Appearance, inside: set[int]) -> Iterator[str]:
    line, node = appearance.line, appearance.node
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

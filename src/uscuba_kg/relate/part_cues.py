"""Cues for and against an actor of an article having taken part in one of its encounters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uscuba_kg.model import DateRange, MentionKind, Named
from uscuba_kg.relate.cast import Actor, Appearance
from uscuba_kg.relate.day_cues import bucket, name_of
from uscuba_kg.relate.days import overlaps
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.elsewhere import elsewhere_cues
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.nearness import STEPS, within
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import Setting, gap, parse_edtf
from uscuba_kg.text import fold


def part_cues(actor: Actor, draft: Draft, story: Story) -> frozenset[str]:
    """What speaks for and against an actor having taken part in the encounter of a draft."""
    return frozenset().union(*_cues(actor, draft, story))


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


def _cues(actor: Actor, draft: Draft, story: Story) -> Iterator[Iterable[str]]:
    """What is told of the actor, of the encounter, and of both by where it is spoken of."""
    kind = str(actor.mention.kind)
    places = tuple(_where(a, draft, story) for a in actor.appearances)
    yield story.once(actor, _of_actor)
    yield _of_draft(draft, story, kind, at_home(actor, draft, story))
    yield _by_distance(actor, draft, story)
    yield _at_best(actor, story, places)
    yield elsewhere_cues(actor, draft, story)
    yield places
    for appearance, where in zip(actor.appearances, places, strict=True):
        if where == "away":
            yield ("cast-elsewhere",) if appearance.castings else ()
        else:
            yield story.once(appearance, _of_appearance)
            yield within(where, story.once(appearance, _but_roles))
            yield within(where, _of_telling(appearance, draft, story))


def _of_draft(draft: Draft, story: Story, kind: str, home: str) -> Iterator[str]:
    yield f"drafts.{min(3, len(story.drafts))}"
    yield "first-draft" if draft is story.drafts[0] else "later-draft"
    yield f"draft.{draft.family}.{kind}"
    yield f"{draft.family}.{home}.{kind}"
    yield f"draft.{draft.status.value}"


def _by_distance(actor: Actor, draft: Draft, story: Story) -> tuple[str, str]:
    """How far from the actor the encounter is told, and how many others are told nearer."""
    told = dict(story.once(actor, _distances))
    steps = told.get(id(draft), STEPS)
    nearer = sum(other < steps for other in told.values())
    return f"steps.{steps}", f"nearer.{min(3, nearer)}"


def _distances(actor: Actor, story: Story) -> Iterable[tuple[int, int]]:
    return story.nearness.distances(a.line for a in actor.appearances).items()


def _of_telling(appearance: Appearance, draft: Draft, story: Story) -> Iterator[str]:
    """Whether the sentence has a day of the draft or others, and which telling stands nearest."""
    number = appearance.line.number
    known = story.once(appearance.line, _dates)
    if known:
        yield "its-date" if any(overlaps(d, draft) for d in known) else "other-date"
    told = story.told.get(number, ())
    if len(told) > 1:
        at = appearance.node.span
        gaps = {id(d): min(gap(s, at) for s in story.anchors[number, id(d)]) for d in told}
        yield "nearest" if gaps.get(id(draft)) == min(gaps.values()) else "not-nearest"
    if story.nearness.in_paragraph(appearance.line, draft):
        yield "in-paragraph"


def _dates(line: Line, story: Story) -> Iterator[DateRange]:
    for date in story.setting.told[line.number].dates:
        known = parse_edtf(date.mention.value) if date.mention is not None else None
        if known is not None:
            yield known


def _at_best(actor: Actor, story: Story, places: tuple[str, ...]) -> Iterator[str]:
    """The strongest that is told of an actor: where, cast in what role, and how often it appears."""
    kind = str(actor.mention.kind)
    told = list(zip(places, actor.appearances, strict=True))
    cast = any(a.castings for a in actor.appearances)
    where, best = min(told, key=lambda t: (not t[1].castings, _WHERE.index(t[0]), t[1].node.span))
    role = min((str(c.role) for c in best.castings), default="none")
    often = "once" if len(told) == 1 else "again"
    firm = "cast" if cast else "uncast"
    yield f"first-in.{places[0]}"
    yield f"best.{where}.{role}.{kind}"
    yield f"best.{where}.{firm}.{often}.{kind}"
    yield f"best.{firm}.{often}.{kind}"
    yield from story.once(actor, _bars)


def _bars(actor: Actor, story: Story) -> Iterator[str]:
    """What speaks against an actor wherever it appears, for one whom rules cast and for others."""
    kind = str(actor.mention.kind)
    firm = "cast" if any(a.castings for a in actor.appearances) else "uncast"
    barred = {cue for a in actor.appearances for cue in story.once(a, _barred)} & _BARRED
    for cue in barred or ("unbarred",):
        yield f"{cue}.{firm}.{kind}"


def _where(appearance: Appearance, draft: Draft, story: Story) -> str:
    near, line = story.nearness, appearance.line
    where = near.where(line, draft)
    return "beside" if where == "away" and id(draft) in near.beside(line) else where


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


def _but_roles(appearance: Appearance, story: Story) -> Iterator[str]:
    cues = story.once(appearance, _of_appearance)
    return (cue for cue in cues if not cue.startswith("role."))


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
    speaking = story.setting.pack.folded("posts", "commenting")
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

"""Which body is a part of which: as worded, as listed names carry it, as headings and brackets tell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from uscuba_kg.model import Annotated, Mention, MentionKind, Named, Span, ThingKind, UnitFrame
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.naming import Names, wholes_of
from uscuba_kg.text import fold, word_choice
from uscuba_kg.world import World

_SOVEREIGN = ("ministry", "government")
_LINK_WORDS = 2
_PARTS = ("ministry", "agency", "unit", "mission", "other")
_HEADING = 80
_APART = re.compile(r"(?:\s*\([^()]*\))?,\s+(\w+)(?:\s\w+)?\s")


def find_units(made: Iterable[Node], names: Names, pack: Pack) -> list[UnitFrame]:
    """Give the parts of bodies that an article states; ``made`` are what the rules made of it."""
    told = [n for n in made if n.type in ("Bodies", "Body") or n.part("unit")]
    units = [u for n in told for u in _units(n, names, pack)]
    units += (u for n in told for u in _in_brackets(n, names, pack))
    units += _units_inside(names.annotated, names)
    units += _units_of_heading(names)
    units += _units_in_small(names, pack)
    return [u for u in units if can_be_part(u, names.world)]


def _units(node: Node, names: Names, pack: Pack) -> list[UnitFrame]:
    """Each stated part with the body it belongs to."""
    return [
        _unit(part, whole, node, names)
        for part, whole in pairs_of(node)
        if not _are_listed(names, pack, part, whole)
    ]


def _are_listed(names: Names, pack: Pack, part: Node, whole: Node) -> bool:
    """Tell whether two bodies are items of one list: "of the Customs, of the Ministry, and of ..."."""
    text = names.annotated.article.text
    between = _APART.fullmatch(text, part.span.end, whole.span.start)
    if between is None or between[1] not in pack.words("bodies", "joining", "prepositions"):
        return False
    joints = word_choice(pack.words("bodies", "joining", "and"))
    again = rf"(?:,|\s(?:{joints}))\s+{re.escape(between[1][:2])}\w*\s"
    behind = re.compile(again).search(text, whole.span.end, whole.span.end + _HEADING)
    start = max(0, part.span.start - len(", de la "))
    before = re.compile(rf"{again}(?:\w+\s)?$").search(text, start, part.span.start)
    ends = {m.span.end for m in names.annotated.mentions if m.kind == MentionKind.BODY}
    stop = re.compile(r"[.;:]\s").search(text, whole.span.end, whole.span.end + _HEADING)
    listed = behind is not None and (stop is None or behind.start() < stop.start())
    return listed or (before is not None and before.start() in ends)


def pairs_of(node: Node) -> list[tuple[Node, Node]]:
    """The parts that a wording names, each with its whole."""
    order = sorted(
        ((k, p) for k, p in node.parts if k in ("unit", "parent", "whole") and p.mention),
        key=lambda p: p[1].span,
    )
    first_unit = next((i for i, (key, _) in enumerate(order) if key == "unit"), None)
    if first_unit is None:
        return []
    pairs: list[tuple[Node, Node]] = []
    parents = [p for key, p in order if key == "parent"]
    for place, (key, part) in enumerate(order):
        if key == "whole" and place + 1 < len(order):
            pairs.append((order[place + 1][1], part))
        elif key == "unit":
            later = [p for p in parents if p.span.start > part.span.start]
            earlier = [p for p in parents if p.span.start < part.span.start]
            of = later[:1] if first_unit == 0 else earlier[-1:]
            pairs.extend((part, parent) for parent in of)
    if first_unit == 0:
        pairs.extend(itertools.pairwise(parents))
    return pairs


def _units_inside(annotated: Annotated, names: Names) -> list[UnitFrame]:
    """The wholes that listed names of their parts carry: "Dirección General de ... del Minrex"."""
    frames = []
    nested: dict[str, list[Mention]] = {}
    for inner in annotated.nested:
        if inner.kind == MentionKind.BODY and inner.entity is not None:
            nested.setdefault(inner.entity, []).append(inner)
    for mention in annotated.mentions:
        entry = names.world.entries.get(mention.entity or "")
        if mention.kind != MentionKind.BODY or entry is None or entry.parent is None:
            continue
        for inner in nested.get(entry.parent, ()):
            if inner.span != mention.span and mention.span.covers(inner.span):
                part, whole = Node("Body", mention.span, mention), Node("Body", inner.span, inner)
                frames.append(_unit(part, whole, part, names))
                break
    return frames


def _units_of_heading(names: Names) -> Iterator[UnitFrame]:
    """The part whose name stands alone in the line under its whole's: "DEPARTMENT / Office"."""
    text = names.annotated.article.text
    bodies = [m for m in names.annotated.mentions if m.kind == MentionKind.BODY]
    for whole, part in itertools.pairwise(bodies):
        if part.span.start > _HEADING * 4:
            break
        first, last = text.rfind("\n", 0, whole.span.start) + 1, text.find("\n", part.span.end)
        lines = text[first : last if last >= 0 else len(text)].split("\n")
        if (
            len(lines) == 2
            and lines[0].strip() == whole.surface
            and lines[1].strip() == part.surface
        ):
            above, below = Node("Body", whole.span, whole), Node("Body", part.span, part)
            yield _unit(
                below, above, Node("Body", part.span, part, rule="name.under-heading"), names
            )


@lru_cache(maxsize=16)
def _in_small(pack: Pack) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A part in small letters before "of" its whole, and behind the whole that owns it."""
    small = word_choice(pack.words("bodies", "joining", "small"))
    owners = word_choice(pack.words("posts", "owners"))
    prepositions = word_choice(pack.words("bodies", "joining", "prepositions"))
    part = rf"(?P<part>(?:[a-záéíóúñ][\w\-]+\s){{1,3}}(?:{small}))"
    return (
        re.compile(rf"(?<!\w)(?:{owners})\s{part}\s(?:{prepositions})\s(?:[A-Z]\w+[’']s\s)?$"),
        re.compile(rf"[’']s?\s{part}(?!\w)"),
    )


def _units_in_small(names: Names, pack: Pack) -> Iterator[UnitFrame]:
    """Parts without a name of their own: "the forecast center of NAME", "NAME's consular section"."""
    if not pack.words("bodies", "joining", "small"):
        return
    text = names.annotated.article.text
    before, behind = _in_small(pack)
    barred = pack.folded("posts", "unlike") | pack.folded("bodies", "joining", "common")
    for mention in names.annotated.mentions:
        if mention.kind != MentionKind.BODY:
            continue
        start = max(0, mention.span.start - _HEADING)
        found = before.search(text, start, mention.span.start)
        found = found or behind.match(text, mention.span.end)
        if found is None or not barred.isdisjoint(map(fold, found["part"].split())):
            continue
        span = Span(*found.span("part"))
        whole = Node("Body", mention.span, mention)
        named = Named(ThingKind.ORGANIZATION, found["part"], None, names.side(whole))
        both = Span(min(span.start, mention.span.start), max(span.end, mention.span.end))
        yield UnitFrame(named, names.named(whole), names.evidence(both, "name.part-in-small"))


def _in_brackets(node: Node, names: Names, pack: Pack) -> Iterator[UnitFrame]:
    """The ministry that stands in brackets behind a part of it: "Dirección de Mareas (MININT)"."""
    for body, acronym in itertools.product(node.part("body"), node.part("acronym")):
        if is_whole_of(acronym.mention, body.mention, names.world, pack):
            yield _unit(body, acronym, node, names)


def is_whole_of(acronym: Mention | None, body: Mention | None, world: World, pack: Pack) -> bool:
    """Tell whether what stands in brackets behind a body's name is its ministry, not its acronym."""
    entry = world.entries.get(acronym.entity or "") if acronym is not None else None
    if entry is None or acronym is None or body is None or entry.id == body.entity:
        return False
    if body.entity is not None:
        return entry.id in wholes_of(body.entity, world)
    heads = {fold(head): kind for head, kind in pack.tables["bodies"]["prefix"].items()}
    small = heads.get(fold(body.value).split()[0]) == "unit"
    return entry.subtype in _SOVEREIGN and small and fold(acronym.value)[0] != fold(body.value)[0]


def can_be_part(frame: UnitFrame, world: World) -> bool:
    """Tell whether what is known of both bodies lets one be a part of the other.

    No ministry is a part of a ministry, an agency or an office; no whole is a part of its own part;
    and what is known to be a part of one body is one of another only where it is told so directly.
    """
    part = world.entries.get(frame.unit.entity or "")
    whole = world.entries.get(frame.parent.entity or "")
    if part is None or whole is None:
        return True
    if part.subtype in _SOVEREIGN and whole.subtype in _PARTS:
        return False
    if part.id == whole.id or part.id in wholes_of(whole.id, world):
        return False
    above = tuple(wholes_of(part.id, world))
    words = len(frame.unit.name.split()) + len(frame.parent.name.split())
    is_direct = len(frame.evidence.exact.split()) <= words + _LINK_WORDS
    return not above or whole.id in above or is_direct


def _unit(part: Node, whole: Node, node: Node, names: Names) -> UnitFrame:
    span = Span(min(whole.span.start, part.span.start), max(whole.span.end, part.span.end))
    rule = node.rule or "name.part-inside"
    return UnitFrame(names.named(part), names.named(whole), names.evidence(span, rule))

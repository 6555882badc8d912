"""The places, series, ordinals and topics of an article, that its encounters may belong to."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from uscuba_kg.model import MentionKind, Named, Span
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.whereabouts import city_of
from uscuba_kg.text import fold

_DENIED = 60


class Occurrence(msgspec.Struct, frozen=True, eq=False):
    """One mention of a place, series, ordinal or topic; only the first two are called something."""

    kind: str
    line: Line
    span: Span
    name: str
    rule: str = ""
    node: Node | None = None
    called: Named | None = None


class Subject(msgspec.Struct, frozen=True, eq=False):
    """A place, series, ordinal or topic of one article with its occurrences, in text order.

    ``rivals`` counts the other subjects of its kind in the article; ``foremost`` is the one that
    is named most often.
    """

    kind: str
    key: str
    occurrences: tuple[Occurrence, ...]
    rivals: int = 0
    foremost: bool = False


def subjects_of(kind: str, story: Story) -> tuple[Subject, ...]:
    """Give the places, series, ordinals or topics of an article, in order of appearance."""
    found: dict[str, list[Occurrence]] = {}
    for line in story.setting.lines:
        if not line.is_footnote:
            for occurrence in occurrences(kind, line, story):
                found.setdefault(occurrence.name, []).append(occurrence)
    if kind == "place":
        found = _in_cities(found, story)
    most = max(map(len, found.values()), default=0)
    return tuple(
        Subject(kind, key, tuple(places), len(found) - 1, len(places) == most)
        for key, places in found.items()
    )


def _in_cities(found: dict[str, list[Occurrence]], story: Story) -> dict[str, list[Occurrence]]:
    """The places, buildings and quarters as mentions of their city where the text names that."""
    merged: dict[str, list[Occurrence]] = {}
    for name, places in found.items():
        city = city_of(name, found, story.names.world)
        called = found[city][0].called if city is not None else None
        if city is not None:
            places = [replace(o, name=city, rule="within", called=called) for o in places]
        merged.setdefault(city or name, []).extend(places)
    return {n: sorted(o, key=lambda x: x.span) for n, o in merged.items()}


def occurrences(kind: str, line: Line, story: Story) -> tuple[Occurrence, ...]:
    """Give the mentions of one kind in a sentence, those that only point at a place among them."""
    return story.once(line, _occurrences, kind)


def _occurrences(line: Line, story: Story, kind: str) -> Iterator[Occurrence]:
    told = story.setting.told[line.number]
    if kind == "topic":
        for topic in line.topics:
            if not _denied(topic.span, line, story):
                yield Occurrence(kind, line, topic.span, topic.value, topic.rule)
    elif kind == "ordinal":
        for ordinal in told.ordinals:
            rule = "blocked" if ordinal.blocked else "free"
            yield Occurrence(kind, line, ordinal.span, str(ordinal.number), rule)
    elif kind == "place":
        yield from _named(kind, ("Place", "State"), line, story)
        for there in told.whereabouts:
            yield Occurrence(kind, line, there.span, there.entity, there.rule, None, there.called)
    else:
        yield from _named(kind, ("Series",), line, story)
        for one in told.described:
            name = one.entity or fold(one.name)
            yield Occurrence(kind, line, one.span, name, one.rule, None, one.named())


def _named(kind: str, types: tuple[str, ...], line: Line, story: Story) -> Iterator[Occurrence]:
    for node in line.typed(*types):
        mention = node.mention
        if mention is not None and mention.kind != MentionKind.SIDE:
            name, called = mention.entity or fold(mention.value), story.names.named(node)
            yield Occurrence(kind, line, mention.span, name, mention.rule, node, called)


def _denied(span: Span, line: Line, story: Story) -> bool:
    """Tell whether a sentence says of a topic that it was not discussed, or is not affected."""
    folded = story.names.annotated.folded
    for match in line.of("not-agenda"):
        between = folded[min(span.end, match.span.end) : max(span.start, match.span.start)]
        if match.rule.sets.get("points") == "after":
            if match.span.end <= span.start:
                return True
        elif len(between) <= _DENIED and not any(c in between for c in ",;:"):
            return True
    return False

"""Which rules fired in one article and where, whether or not a fact came of it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from uscuba_kg.model import Annotated, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.relate.scene import KINDS
from uscuba_kg.relate.voices import listen
from uscuba_kg.world import World


class Firing(msgspec.Struct, frozen=True, order=True):
    """One place in an article where a rule fits."""

    rule: str
    span: Span


def fired(annotated: Annotated, pack: Pack, world: World) -> tuple[Firing, ...]:
    """Give every place where a rule of a pack fits an article, each once, by rule."""
    return tuple(sorted(set(_firings(annotated, pack, world))))


def _firings(annotated: Annotated, pack: Pack, world: World) -> Iterator[Firing]:
    setting = set_scene(annotated, pack, world)
    for node in setting.actors.made:
        yield Firing(node.rule, node.span)
    for line in setting.lines:
        for kind in KINDS:
            yield from (Firing(match.rule.id, match.span) for match in line.of(kind))
    for stretch in listen(setting.lines, setting.names, pack):
        yield from (Firing(match.rule.id, match.span) for match in stretch.matches)

"""How people's judgements overrule the program: which names are of one thing, and which are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.world.judgements import Judgement


def renamed(judgements: Iterable[Judgement]) -> Mapping[Ref, Ref]:
    """Give, for people, bodies, places and series judged the same, the name that stands: the first."""
    found: dict[Ref, Ref] = {}
    for judgement in judgements:
        if judgement.same and judgement.one.ref.kind != ThingKind.MEETING:
            found[judgement.other.ref] = judgement.one.ref
    return {ref: _last(ref, found) for ref in found}


def _last(ref: Ref, found: Mapping[Ref, Ref]) -> Ref:
    seen = {ref}
    while (following := found.get(ref)) is not None and following not in seen:
        seen.add(following)
        ref = following
    return ref


def people_apart(judgements: Iterable[Judgement]) -> frozenset[frozenset[str]]:
    """Give the pairs of people's keys that are judged two persons."""
    return frozenset(
        frozenset({j.one.ref.key, j.other.ref.key})
        for j in judgements
        if not j.same and j.one.ref.kind == ThingKind.PERSON
    )

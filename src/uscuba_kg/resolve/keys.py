"""The keys of meetings, made from what identifies them and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.resolve.choose import choose_dates, choose_kind
from uscuba_kg.resolve.tellings import Told
from uscuba_kg.text import slug


def meeting_refs(meetings: Sequence[Sequence[Told]]) -> list[Ref]:
    """Give each meeting a reference of its own.

    Where two would share one, the place is added, then the people, then the place in the text.
    """
    keys = dict(enumerate(map(base_key, meetings)))
    told_apart(keys, meetings.__getitem__)
    return [Ref(ThingKind.MEETING, key) for key in keys.values()]


N = TypeVar("N", bound=Hashable)


def told_apart(keys: dict[N, str], members: Callable[[N], Sequence[Told]]) -> None:
    """Lengthen the keys that several meetings share; ``members`` gives the tellings of one."""
    for extend in (_place, _people, _words):
        shared = Counter(keys.values())
        for name, key in keys.items():
            if shared[key] > 1:
                part = extend(members(name))
                keys[name] = f"{key}-{part}" if part else key


def base_key(members: Sequence[Told]) -> str:
    """The series, where the authority data know it, or the kind; and the first day.

    A day without a year, or no day at all, identifies nothing beyond its own article, whose hash is
    added then.
    """
    series = next((m.series for m in members if m.listed), None)
    name = slug(series.key if series else choose_kind(members))
    sha = min(m.article for m in members)[:8]
    dates = choose_dates(members)
    if dates is None:
        ordinal = next((m.ordinal for m in members if m.ordinal), None)
        return f"{name}-{ordinal}-{sha}" if ordinal else f"{name}-undated-{sha}"
    if dates.start.year is None:
        return f"{name}-xxxx{dates.start.lexical[1:]}-{sha}"
    return f"{name}-{dates.start.lexical}"


def _place(members: Sequence[Told]) -> str:
    places = sorted({m.place.key for m in members if m.place})
    return slug(places[0]) if places else ""


def _people(members: Sequence[Told]) -> str:
    people = sorted({p.key for m in members for p in m.people})
    return "-".join(slug(p) for p in people[:3])


def _words(members: Sequence[Told]) -> str:
    sha, start, number = min((m.article, m.telling.span.start, m.number) for m in members)
    return f"{sha[:8]}-{start}-{number}"

"""The keys of meetings, made from what identifies them and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.resolve.choose import choose_dates, choose_kind
from uscuba_kg.resolve.tellings import Told
from uscuba_kg.text import slug


def meeting_refs(meetings: Sequence[Sequence[Told]]) -> list[Ref]:
    """Give each meeting a reference of its own.

    Where two would share one, the place is added, then the people, then the place in the text.
    """
    keys = [_base(members) for members in meetings]
    for extend in (_place, _people, _words):
        shared = Counter(keys)
        keys = [
            f"{key}-{part}" if shared[key] > 1 and (part := extend(members)) else key
            for key, members in zip(keys, meetings, strict=True)
        ]
    return [Ref(ThingKind.MEETING, key) for key in keys]


def _base(members: Sequence[Told]) -> str:
    """The series, where the authority data know it, or the kind; and the first day.

    A day without a year, or no day at all, identifies nothing beyond its own article, whose hash is
    added then.
    """
    series = next((m.series for m in members if m.listed), None)
    name = slug(series.key if series else choose_kind(members))
    sha = min(m.article.sha256 for m in members)[:8]
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
    sha, start, number = min(
        (m.article.sha256, m.frame.evidence.span.start, m.number) for m in members
    )
    return f"{sha[:8]}-{start}-{number}"

"""How people's judgements overrule the program: which meetings are one, and which are not."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

import msgspec

from uscuba_kg.model import Issue, Ref, ThingKind
from uscuba_kg.resolve.keys import meeting_refs
from uscuba_kg.resolve.tellings import Told
from uscuba_kg.world.judgements import Judged, Judgement


def judged(
    tellings: Iterable[Told], alone: Mapping[str, Sequence[Ref]], judgements: Sequence[Judgement]
) -> list[Told]:
    """Give the tellings with the keys that their articles alone would give them.

    And with the meetings that a person judged them not to be of.
    """
    found = []
    for told in tellings:
        article = told.article
        key = alone[article][told.number].key
        apart = _apart_from(key, article, judgements)
        found.append(msgspec.structs.replace(told, alone=key, apart=apart))
    return found


def _apart_from(key: str, article: str, judgements: Iterable[Judgement]) -> frozenset[Judged]:
    found = set()
    for judgement in judgements:
        if judgement.same:
            continue
        for mine, other in (
            (judgement.one, judgement.other), (judgement.other, judgement.one)
        ):  # fmt: skip
            if _means(mine, key, article):
                found.add(other)
    return frozenset(found)


def _means(name: Judged, key: str, article: str) -> bool:
    """Tell whether a judgement names the telling of an article, which alone would have this key."""
    return (
        name.ref.kind == ThingKind.MEETING
        and name.ref.key == key
        and article.startswith(name.article)
    )


def join_judged(
    groups: Sequence[tuple[Told, ...]], judgements: Iterable[Judgement]
) -> list[tuple[Told, ...]]:
    """Give the groups with those made one that hold meetings judged the same."""
    found = list(groups)
    for judgement in judgements:
        if not judgement.same or judgement.one.ref.kind != ThingKind.MEETING:
            continue
        refs = meeting_refs(found)
        meant = [
            n
            for n, members in enumerate(found)
            if any(_is_meant(name, refs[n], members) for name in (judgement.one, judgement.other))
        ]
        if len(meant) > 1:
            joined = tuple(sorted((t for n in meant for t in found[n]), key=Told.order))
            found = [members for n, members in enumerate(found) if n not in meant]
            found.append(joined)
    return sorted(found, key=lambda members: members[0].order())


def _is_meant(name: Judged, ref: Ref, members: Iterable[Told]) -> bool:
    if name.ref == ref and not name.article:
        return True
    return any(_means(name, t.alone, t.article) for t in members)


def judged_notes(
    judgements: Iterable[Judgement],
    known: Container[Ref],
    meetings: Mapping[tuple[str, int], Ref],
    tellings: Iterable[Told],
) -> Iterator[tuple[Ref, str]]:
    """Give what was judged of each thing that the graph holds, in words, with the reason."""
    told = list(tellings)
    for judgement in judgements:
        for name, other in (
            (judgement.one, judgement.other), (judgement.other, judgement.one)
        ):  # fmt: skip
            refs = {meetings[t.article, t.number] for t in told if _means(name, t.alone, t.article)}
            if name.ref in known and not name.article:
                refs.add(name.ref)
            verdict = "the same as" if judgement.same else "not the same as"
            words = f"Judged {verdict} {other.ref.kind.value}/{other.ref.key}: {judgement.reason}"
            yield from ((ref, words) for ref in sorted(refs))


def idle(
    judgements: Iterable[Judgement], known: Iterable[Ref], tellings: Iterable[Told]
) -> list[Issue]:
    """Give a note for each judgement that names something of which no article tells."""
    refs, told = set(known), list(tellings)
    found = []
    for judgement in judgements:
        for name in (judgement.one, judgement.other):
            if name.ref in refs and not name.article:
                continue
            if any(_means(name, t.alone, t.article) for t in told):
                continue
            found.append(
                Issue(
                    "idle-judgement",
                    judgement.place,
                    f"no article tells of {name.ref.kind.value}/{name.ref.key}; "
                    "the judgement waits until one does.",
                )
            )
    return found

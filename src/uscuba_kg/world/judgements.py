"""What people have judged to be one thing, or two, over what the program would find."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from uscuba_kg.errors import SeedError
from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.world.tables import Row, read_rows

_COLUMNS = frozenset({"verdict", "one", "other", "reason"})
_NAME = re.compile(r"(?:id:)?([a-z]+)/([a-z0-9/-]+)(?:@(?:article/)?([0-9a-f]{8,64}))?")
_KINDS = {
    kind.value: kind
    for kind in (
        ThingKind.MEETING, ThingKind.PERSON, ThingKind.ORGANIZATION, ThingKind.PLACE,
        ThingKind.SERIES,
    )
}  # fmt: skip


class Judged(msgspec.Struct, frozen=True, order=True):
    """A thing as a judgement names it: by a name it bears, or would bear from one article alone.

    ``article`` is the beginning of the hash of the only article meant, empty where all are.
    """

    ref: Ref
    article: str = ""


class Judgement(msgspec.Struct, frozen=True):
    """A person's verdict on two things, ``same`` or not, with the reason; ``place`` says where."""

    same: bool
    one: Judged
    other: Judged
    reason: str
    place: str


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a file of judgements: CSV with the columns verdict, one, other, reason.

    Things are named as in the graph (``meeting/migration-talks-2022-04-21``), a meeting as a single
    article tells it with the article behind (``...@article/0123456789abcdef``). Raises SeedError,
    with file, line and remedy, at the first thing that is wrong.
    """
    found = tuple(_judgement(row) for row in read_rows(path, _COLUMNS))
    _check_agreement(found)
    return found


def _judgement(row: Row) -> Judgement:
    verdict, reason = row.get("verdict"), row.get("reason")
    if verdict not in ("same", "different"):
        raise SeedError(
            f"verdict {verdict!r} is neither same nor different",
            place=row.place,
            remedy="Write one of the two.",
        )
    if reason is None:
        raise SeedError(
            "there is no reason", place=row.place, remedy="Say why, for those who come after you."
        )
    one, other = _judged(row, "one"), _judged(row, "other")
    if one.ref.kind != other.ref.kind or one == other:
        raise SeedError(
            "these are not two things of one kind",
            place=row.place,
            remedy="Name two meetings, two people, two bodies, two places or two series.",
        )
    return Judgement(verdict == "same", one, other, reason, row.place)


def _judged(row: Row, column: str) -> Judged:
    text = row.get(column) or ""
    found = _NAME.fullmatch(text)
    kind = _KINDS.get(found[1]) if found is not None else None
    if found is None or kind is None or (found[3] and kind != ThingKind.MEETING):
        raise SeedError(
            f"{column} {text!r} names nothing that can be judged",
            place=row.place,
            remedy="Name it as its IRI ends: meeting/..., person/..., organization/..., place/..., "
            "series/...; only a meeting may have @article/... behind.",
        )
    return Judged(Ref(kind, found[2]), found[3] or "")


def _check_agreement(judgements: Iterable[Judgement]) -> None:
    known: dict[frozenset[Judged], Judgement] = {}
    for judgement in judgements:
        pair = frozenset({judgement.one, judgement.other})
        if pair in known and known[pair].same != judgement.same:
            raise SeedError(
                f"this is judged otherwise at {known[pair].place}",
                place=judgement.place,
                remedy="Keep one of the two verdicts.",
            )
        known[pair] = judgement

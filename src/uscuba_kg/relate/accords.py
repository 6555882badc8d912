"""Agreements that bind both sides: named or described, with parties and the day they were signed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uscuba_kg.model import AgreementFrame, MentionKind, Slot, Span
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.cast import actors_in
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import OUR_STATES, parse_edtf


def find_agreements(lines: Sequence[Line], names: Names) -> list[AgreementFrame]:
    """Give the agreements that a sentence says were signed, reached or in force, with its date.

    Only where the sentence names a party of each side, or both states; one that is only wished for
    has no date and no signature, and is not recorded.
    """
    frames: dict[str, AgreementFrame] = {}
    for line in lines:
        if line.is_footnote:
            continue
        for match in line.of("agreement"):
            if any(
                m.rule.sets["status"] in ("none", "planned") and _close(m, match)
                for m in line.of("status")
            ):
                continue
            frame = _frame(match, line, names)
            if frame is None:
                continue
            key = f"{frame.entity or frame.name.casefold()}"
            old = frames.get(key)
            if old is None or (old.signed is None and frame.signed is not None):
                frames[key] = frame
    return [f for f in frames.values() if f.signed is not None]


def _close(status: Match, match: Match) -> bool:
    return -40 <= status.span.start - match.span.start <= 40


def _frame(match: Match, line: Line, names: Names) -> AgreementFrame | None:
    text = names.annotated.article.text
    node = match.one("name")
    span = node.span if node is not None else _name_span(match, names)
    entity = node.mention.entity if node is not None and node.mention is not None else None
    name = re.sub(r"\s+", " ", text[span.start : span.end]).strip(" ,;.")
    parties = _parties(line, names)
    sides = {s for _, s in parties}
    if not set(OUR_STATES) <= sides and not (line.of("both-sides")):
        return None
    date = match.one("date") or _only_date(line)
    signed = None
    if date is not None and date.mention is not None:
        dates = parse_edtf(date.mention.value)
        if dates is not None and dates.start.year is not None:
            signed = Slot(dates.start, names.evidence(date.span, date.mention.rule))
    return AgreementFrame(
        name=name,
        evidence=names.evidence(span, match.rule.id),
        entity=entity,
        parties=tuple(slot for slot, _ in parties),
        signed=signed,
    )


def _name_span(match: Match, names: Names) -> Span:
    """The words of the agreement inside the match: those from its noun on, as the rule marks them."""
    return match.span


def _only_date(line: Line) -> Node | None:
    dates = line.typed("Date")
    return dates[0] if len(dates) == 1 else None


def _parties(line: Line, names: Names) -> list[tuple[Slot, str]]:
    """The bodies that the sentence names of our states, or the states where it names no body."""
    found: dict[str, list[tuple[Slot, str]]] = {}
    for node in line.typed("Body", "Bodies", "State"):
        for actor in actors_in(node):
            side = names.side(actor)
            if side not in OUR_STATES or actor.mention is None or side is None:
                continue
            rank = "body" if actor.mention.kind == MentionKind.BODY else "state"
            value = names.named(actor) if rank == "body" else names.state(side)
            slot = Slot(value, names.evidence(actor.span, "agreement.party"))
            found.setdefault(f"{side}:{rank}", []).append((slot, side))
    chosen: list[tuple[Slot, str]] = []
    for side in OUR_STATES:
        bodies = found.get(f"{side}:body") or found.get(f"{side}:state", [])[:1]
        chosen.extend(bodies)
    return chosen

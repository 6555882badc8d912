"""Agreements that bind both sides: named or described, with parties and the day they were signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from uscuba_kg.model import AgreementFrame, MentionKind, PartialDate, Slot, Span
from uscuba_kg.packs.load import pack_for
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.cast import actors_in
from uscuba_kg.relate.naming import OUR_STATES, Names
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import parse_edtf
from uscuba_kg.text import fold

_NEAR = 40
_BACK, _AHEAD = 2, 1
_JOINING = 3
_TELLING = ("Body", "Bodies", "State", "Delegation", "Official", "Officials", "Person")


def find_agreements(lines: Sequence[Line], names: Names) -> list[AgreementFrame]:
    """Give the agreements that a sentence dates, or says were signed or reached, with their dates.

    Only where the sentences around name both sides, or no other state takes part; one that is only
    wished for has no date and no signature, and is not recorded.
    """
    frames: list[AgreementFrame] = []
    for line in lines:
        if line.is_footnote:
            continue
        for node in line.typed("Agreement"):
            named = [m for m in line.of("agreement") if node in m.captures.get("name", ())]
            if _is_only_wished(node, line) or any(map(_is_unsigned, named)):
                continue
            told = [m for m in named if _is_its_own(m, node, line, names)]
            rule = told[0].rule.id if told else "agreement.named"
            for signed in _signed(node, told, line, lines, names):
                frame = _frame(node, signed, rule, line, lines, names)
                if frame is not None and not any(_is_same(frame, f) for f in frames):
                    frames.append(frame)
    return frames


def _is_only_wished(node: Node, line: Line) -> bool:
    return any(
        m.rule.sets["status"] in ("none", "planned")
        and -_NEAR <= m.span.start - node.span.start <= _NEAR
        for m in line.of("status")
    )


def _is_unsigned(match: Match) -> bool:
    """Tell a wording by which an agreement is refused, drafted or still to come."""
    return match.rule.sets.get("bond") == "unsigned"


def _is_its_own(match: Match, node: Node, line: Line, names: Names) -> bool:
    """Tell whether a signing is this agreement's, not one's that stands nearer to the verb."""
    text = names.annotated.article.text
    pack = pack_for(names.annotated.article.language)
    joining = {",", *pack.words("bodies", "joining", "and")}
    for other in line.typed("Agreement"):
        if other is node or not match.span.covers(other.span):
            continue
        if other.span.start > node.span.start:
            between = text[node.span.end : other.span.start]
            if not joining & set(between.replace(",", " , ").split()):
                return False
    return True


def _is_same(one: AgreementFrame, other: AgreementFrame) -> bool:
    """Tell whether two mentions are of one agreement: one date, and one name within the other."""
    if one.entity is not None and one.entity == other.entity:
        return True
    if one.signed is None or other.signed is None:
        return False
    first, second = one.signed.value, other.signed.value
    if not (isinstance(first, PartialDate) and isinstance(second, PartialDate)):
        return False
    words, others = set(fold(one.name).split()), set(fold(other.name).split())
    return first.fits(second) and (
        words <= others or others <= words or min(len(words), len(others)) == 1
    )


def _signed(
    node: Node, told: Sequence[Match], line: Line, lines: Sequence[Line], names: Names
) -> list[Slot]:
    """The days at which an agreement was signed: more than one where one noun stands for several."""
    own = _dates_in_name(node, names)
    if own:
        return own
    dated = [m for m in told if m.rule.sets.get("bond") == "dated" and m.captures.get("date")]
    if dated:
        best = min(dated, key=_length)
        longest = max(
            (m for m in dated if m.captures["date"][0] in best.captures["date"]), key=_length
        )
        return _slots(longest.captures["date"], names)
    signing = [m for m in told if m.rule.sets.get("bond") != "dated"]
    if not signing:
        return []
    with_date = [m for m in signing if m.captures.get("date")]
    if with_date:
        return _slots(min(with_date, key=_length).captures["date"][:1], names)
    dates = list(line.typed("Date"))
    if not dates:
        dates = _borrowed(line, lines)
    return _slots(dates, names) if len(dates) == 1 else []


def _length(match: Match) -> int:
    return match.at[1] - match.at[0]


def _borrowed(line: Line, lines: Sequence[Line]) -> list[Node]:
    """The dates of the sentence before, where the one that tells of the signing has none."""
    for before in reversed(lines[max(0, line.number - _BACK) : line.number]):
        if before.is_footnote or before.paragraph < line.paragraph - 1:
            break
        dates = list(before.typed("Date"))
        if dates:
            return [d for d in dates if _has_month(d)]
    return []


def _has_month(date: Node) -> bool:
    found = parse_edtf(date.mention.value) if date.mention is not None else None
    return found is not None and found.start.month is not None


def _dates_in_name(node: Node, names: Names) -> list[Slot]:
    """The date that a name carries: "the Joint Communiqué of September 9, 1994"."""
    inside = [
        Node("Date", m.span, m) for m in names.nested_in(node.span) if m.kind == MentionKind.DATE
    ]
    if inside or node.mention is None:
        return _slots(inside[:1], names)
    entry = names.world.entries.get(names.entity(node.mention) or "")
    if entry is None or entry.valid_from is None:
        return []
    signed, words = entry.valid_from, re.findall(r"\d+", node.mention.surface)
    if str(signed.year) not in words:
        return []
    known = signed if str(signed.day) in words else PartialDate(signed.year)
    return [Slot(known, names.evidence(node.span, "agreement.named"))]


def _slots(dates: Iterable[Node], names: Names) -> list[Slot]:
    found = []
    for date in dates:
        dates_of = parse_edtf(date.mention.value) if date.mention is not None else None
        if dates_of is not None and dates_of.start.year is not None and date.mention is not None:
            found.append(Slot(dates_of.end, names.evidence(date.span, date.mention.rule)))
    return found


def _frame(
    node: Node, signed: Slot, rule: str, line: Line, lines: Sequence[Line], names: Names
) -> AgreementFrame | None:
    entity = names.entity(node.mention) if node.mention is not None else None
    around = lines[max(0, line.number - _BACK) : line.number + _AHEAD + 1]
    if entity is None and not _binds_both(node, line, around, lines, names):
        return None
    text = names.annotated.article.text
    end = _name_end(node, signed, text) if rule.endswith("dated") else node.span.end
    name = re.sub(r"\s+", " ", text[node.span.start : end]).strip(" ,;.")
    parties = _parties(line, names)
    if {s for _, s in parties} != set(OUR_STATES):
        parties = []
    return AgreementFrame(
        name=name,
        evidence=names.evidence(node.span, rule),
        entity=entity,
        parties=tuple(slot for slot, _ in parties),
        signed=signed,
        sort=_sort(node, names),
    )


def _name_end(node: Node, signed: Slot, text: str) -> int:
    """Where the name of a bare noun ends: with the day by which alone it is known."""
    day = signed.evidence.span
    bare = len(text[node.span.start : node.span.end].split()) == 1
    between = text[node.span.end : max(day.start, node.span.end)]
    near = 0 < len(between.split()) <= _JOINING and "," not in between
    return day.end if bare and near else node.span.end


def _sort(node: Node, names: Names) -> str | None:
    """The sort of instrument that a bare description tells; a name with a day in it tells more."""
    mention = node.mention
    if mention is None or mention.rule != "agreement.described":
        return None
    words = f" {fold(mention.value)}"
    kinds = pack_for(names.annotated.article.language).tables["instruments"]["kinds"]
    told = (sort for sort, stems in kinds.items() if any(f" {stem}" in words for stem in stems))
    return next(told, None)


def _binds_both(
    node: Node, line: Line, around: Sequence[Line], lines: Sequence[Line], names: Names
) -> bool:
    """Tell whether an agreement is between our two states, by the sentences around it."""
    here = _sides((line,), names)
    ours = set(OUR_STATES)
    if ours <= here:
        clause = _sides((line,), names, _clause(node, line, names))
        return not clause - ours or ours <= clause
    if here - ours:
        return False
    if line.of("both-sides"):
        return True
    near = _sides(around, names)
    if ours <= near or any(other.of("both-sides") for other in around):
        return True
    return bool(near & ours) and not near - ours and ours <= _sides(lines, names)


def _clause(node: Node, line: Line, names: Names) -> Span:
    """The stretch of a sentence between semicolons that holds a node."""
    text = names.annotated.article.text
    start = text.rfind(";", line.span.start, node.span.start)
    end = text.find(";", node.span.end, line.span.end)
    return Span(max(start, line.span.start), end if end >= 0 else line.span.end)


def _sides(lines: Iterable[Line], names: Names, within: Span | None = None) -> set[str]:
    found: set[str] = set()
    for line in lines:
        for node in line.typed(*_TELLING):
            if within is not None and not within.covers(node.span):
                continue
            found.update(side for leaf in node.leaves() if (side := names.side(leaf)) is not None)
    return found


def _parties(line: Line, names: Names) -> list[tuple[Slot, str]]:
    """The bodies that the sentence names of both our states, or the states themselves.

    Who only speaks of the agreement is no party to it.
    """
    speaking = [m.span for m in line.of("speech") if m.captures.get("speaker")]
    found: dict[str, list[tuple[Slot, str]]] = {}
    for node in line.typed("Body", "Bodies", "State"):
        for actor in actors_in(node):
            side = names.side(actor)
            if side not in OUR_STATES or actor.mention is None or side is None:
                continue
            is_body = actor.mention.kind == MentionKind.BODY
            if is_body and any(s.covers(actor.span) for s in speaking):
                continue
            if is_body and names.named(actor).subtype == "other":
                continue
            rank = "body" if is_body else "state"
            value = names.named(actor) if rank == "body" else names.state(side)
            slot = Slot(value, names.evidence(actor.span, "agreement.party"))
            found.setdefault(f"{side}:{rank}", []).append((slot, side))
    if all(f"{side}:body" in found for side in OUR_STATES):
        return [party for side in OUR_STATES for party in found[f"{side}:body"]]
    chosen: list[tuple[Slot, str]] = []
    for side in OUR_STATES:
        told = found.get(f"{side}:state") or found.get(f"{side}:body", [])
        chosen.extend((_as_state(slot, side, names), side) for slot, _ in told[:1])
    return chosen


def _as_state(slot: Slot, side: str, names: Names) -> Slot:
    """The state itself, by the words that name it or a body of its own."""
    return Slot(names.state(side), slot.evidence)

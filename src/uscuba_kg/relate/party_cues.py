"""Cues from the parties of a sentence: who they are, and how they stand to a word of encounters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.parties import Party
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import Setting, gap

_ORDER = ("person", "people", "body", "state", "none")
_REACH = 160


def party_cues(line: Line, setting: Setting, trigger: Match | Node | None) -> Iterator[str]:
    """What speaks for and against the two sides having met in a sentence; ``trigger`` tells of it."""
    told = setting.parties(line)
    best = (_best(told, state) for state in OUR_STATES)
    yield f"parties.{'+'.join(sorted(best, key=_ORDER.index))}"
    if any(p.side not in OUR_STATES for p in told):
        yield "party.third"
    if trigger is None:
        return
    near = [p for p in told if gap(p.span, trigger.span) <= _REACH]
    before = [p for p in near if p.span.start < trigger.span.start]
    after = [p for p in near if p.span.start >= trigger.span.start]
    yield f"parties-stand.{_stand(before, after)}"
    if after:
        yield f"object.{_object(before, after[0])}.{after[0].weight}"
    elif any(0 <= m.span.start - trigger.span.end <= _REACH for m in line.private()):
        yield "object.private"
    else:
        yield "object.none"


def _best(told: Sequence[Party], state: str) -> str:
    """As what a state acts at best."""
    return min((p.weight for p in told if p.side == state), key=_ORDER.index, default="none")


def _stand(before: Sequence[Party], after: Sequence[Party]) -> str:
    """Whether the two sides stand on either side of a word, both on one, or only one of them."""
    first, last = ({p.side for p in part} & set(OUR_STATES) for part in (before, after))
    if len(first | last) < 2:
        return "one" if first | last else "none"
    if len(first) == 2:
        return "before"
    return "after" if len(last) == 2 and not first else "astride"


def _object(before: Sequence[Party], first: Party) -> str:
    """Whether what follows a word is a third party, of the side told before it, or of another."""
    if first.side not in OUR_STATES:
        return "third"
    return "same" if before and before[-1].side == first.side else "ours"

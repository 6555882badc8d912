"""What looks like speech and is none: denied, passive, idle, or told by another speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uscuba_kg.model import Slot
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.voices import Stretch, any_of, heard
from uscuba_kg.text import fold

_LAST_WORDS = 3
_AHEAD = 24
_TAIL = 25
_THAT = 2
_BEHIND = ("said-by", "said-later-by", "opens-with-verb")
_CLOSING = 40
_STOPS = (".", ";", "")
_COMMAS = (",", ";", "-")


def captured(match: Match) -> list[Node]:
    """The nodes that a wording captures, whatever for."""
    return [n for found in match.captures.values() for n in found]


def is_barred(match: Match, stretch: Stretch, names: Names, pack: Pack) -> bool:
    """Tell whether a wording is denied, passive or reaches over another clause."""
    text = names.annotated.folded
    opening = text[stretch.span.start : match.span.start].rstrip()
    if match.rule.sets.get("place") == "open" and opening and opening[-1] not in ",;:.-":
        return True
    if _is_idle(match, text, pack):
        return True
    if match.rule.sets.get("order") == "after" or not match.captures:
        return _is_barred_behind(match, opening, text, pack)
    if _is_object(match, stretch, text, pack):
        return True
    return _is_barred_before(match, opening, text, pack)


def _is_object(match: Match, stretch: Stretch, text: str, pack: Pack) -> bool:
    """Tell a text that somebody else writes: "la nota que escribió Vidal"."""
    voice = match.one("voice")
    if voice is None or match.captures.get("speaker"):
        return False
    inside = text[voice.span.end : match.span.end].split()
    behind = (n for n in stretch.nodes if 0 <= n.span.start - match.span.end <= _THAT)
    people = any(n.type in ("Person", "Official", "Name") for n in behind)
    return people and bool(set(inside[:1]) & heard(pack, "clause"))


def _is_idle(match: Match, text: str, pack: Pack) -> bool:
    """Tell a verb of saying that tells of no speech here: "wrote nothing", "contó con"."""
    pattern = any_of(pack.words("voices", "idle"))
    end = match.span.end
    return any(
        hit.end() > end or match.rule.sets.get("order") == "after"
        for hit in pattern.finditer(text, match.span.start, end + _AHEAD)
        if hit.start() < end
    )


def _is_barred_behind(match: Match, opening: str, text: str, pack: Pack) -> bool:
    """The same for a verb with its speaker behind it, or without one."""
    barring = heard(pack, "negation") | heard(pack, "impersonal")
    apart = text[match.span.start : match.span.start + 1] in _COMMAS
    if not apart and set(opening.split()[-1:]) & barring:
        return True
    last = set(opening.split()[-1:])
    if match.rule.id.endswith("opens-with-verb") and last & heard(pack, "passive"):
        return True
    if match.rule.id.endswith(_BEHIND) and _is_adverbial(match, text, pack):
        return True
    if match.rule.sets.get("gap") != "clear":
        return False
    nodes = captured(match)
    inside = text[match.span.start : min(n.span.start for n in nodes)].split()
    behind = text[max(n.span.end for n in nodes) :][:1]
    if inside[1:] and inside[-1].endswith(",") and behind not in _STOPS:
        return True
    if any(word.endswith(",") for word in inside[1:2]) and len(inside) > _THAT:
        return True
    return bool(set(inside[1:-1]) & heard(pack, "object"))


def _is_adverbial(match: Match, text: str, pack: Pack) -> bool:
    """Tell a noun behind a verb that only says where, to whom or in what somebody spoke."""
    nodes = captured(match)
    if not nodes:
        return False
    first = min(n.span.start for n in nodes)
    determiners = heard(pack, "definite") | heard(pack, "leading")
    determiners -= heard(pack, "prepositions")
    words = [w for w in text[match.span.start : first].split() if w not in determiners]
    if set(words[-2:-1]) & heard(pack, "share"):
        return False
    return bool(set(words[-1:]) & heard(pack, "prepositions"))


def _is_barred_before(match: Match, opening: str, text: str, pack: Pack) -> bool:
    """The same for a verb with its subject before it."""
    nodes = captured(match)
    determiners = (heard(pack, "definite") | heard(pack, "leading")) - heard(pack, "object")
    before = text[max(0, min(n.span.start for n in nodes) - 24) : min(n.span.start for n in nodes)]
    lead = [w for w in before.split() if w not in determiners]
    apart = before.rstrip()[-1:] in (",", ";", ":", ".")
    if set(lead[-1:]) & heard(pack, "neither"):
        return True
    barring = heard(pack, "prepositions")
    if match.captures.get("speaker"):
        barring |= heard(pack, "passive") & heard(pack, "object")
    inside = text[max(n.span.end for n in nodes) : match.span.end].split()
    if not apart and set(lead[-1:]) & barring and not _is_relative(inside, pack):
        return True
    if match.captures.get("voice") and match.rule.sets.get("gap") == "clear":
        if not (apart or match.captures.get("speaker")) and _is_within(before.split(), pack):
            return True
    return _is_barred_within(match, inside, pack)


def _is_within(before: Sequence[str], pack: Pack) -> bool:
    """Tell a noun that ends a phrase with a preposition: "from a four-day trade (mission)"."""
    leading = heard(pack, "definite") | heard(pack, "leading")
    places = [n for n, word in enumerate(before) if word in leading]
    if not places or len(before) - places[-1] > _LAST_WORDS:
        return False
    first = before[places[-1]]
    return bool({first, *before[: places[-1]][-1:]} & heard(pack, "prepositions"))


def _is_relative(inside: Sequence[str], pack: Pack) -> bool:
    """Tell a clause that makes a subject of whoever stands before it: "with Vidal, who said"."""
    return inside[:1] == [","] and bool(set(inside[1:2]) & heard(pack, "asides"))


def _is_barred_within(match: Match, inside: Sequence[str], pack: Pack) -> bool:
    """The same by the words between a subject and the end of its verb."""
    commas = [n for n, word in enumerate(inside) if word.endswith(",")]
    near = inside[commas[-1] + 1 :] if commas else inside
    if set(near[-_LAST_WORDS:]) & heard(pack, "negation"):
        return True
    if any(word.endswith(";") for word in inside):
        return True
    if set(inside[-3:-1]) & heard(pack, "impersonal"):
        if " ".join(inside[-2:]) not in heard(pack, "reflexive"):
            return True
    if match.rule.sets.get("gap") != "clear":
        return False
    passive = heard(pack, "passive")
    aside = {word.rstrip(",") or word for word in inside[:2]}
    return bool(set(inside[:-1]) & passive) and not aside & heard(pack, "asides")


def is_told_inside(
    before: Sequence[tuple[Slot, Match]], told: tuple[Slot, Match], names: Names
) -> bool:
    """Tell whether a speaker is only what another one speaks of: "she said that Cuba had asked"."""
    match = told[1]
    for _, outer in before:
        if outer is match or outer.rule.sets.get("order") == "after":
            continue
        between = names.annotated.article.text[outer.span.end : match.span.start]
        if len(between.split()) <= _THAT and not set(between) & set(",;:—"):
            return outer.span.end <= match.span.start
    return False


def is_said_again(
    match: Match, told: Sequence[tuple[Slot, Match]], slot: Slot, names: Names, pack: Pack
) -> bool:
    """Tell a second utterance of one speaker in a sentence: it has a mark or subject of its own."""
    before = [m for s, m in told if s.value == slot.value and m.span.end < match.span.end]
    if not before or any(
        s.value == slot.value and m.span.start > match.span.start for s, m in told
    ):
        return False
    last = max(before, key=lambda m: m.span.end)
    text = names.annotated.article.text
    between = text[last.span.end : match.span.start]
    if between.rstrip().endswith(";"):
        return True
    pronoun = match.rule.sets.get("speaker") == "person" and not match.captures
    joined = set(fold(between).split()[-1:]) & heard(pack, "anew")
    if (
        pronoun
        and joined
        and between.rstrip().rpartition(" ")[0].endswith((",", ";", "»", "”", '"'))
    ):
        return True
    return last.rule.sets.get("order") == "after" and _is_relative_again(match, last, text, pack)


def _is_relative_again(match: Match, last: Match, text: str, pack: Pack) -> bool:
    """Tell what whoever is named behind a quotation says besides: "said Vidal, who added that"."""
    shared = {n.span for n in captured(match)} & {n.span for n in captured(last)}
    if not shared:
        return False
    inside = fold(text[max(s.end for s in shared) : match.span.end]).replace(",", " ,").split()
    return _is_relative(inside, pack) and _is_reported(match, text, pack)


def is_handed_on(
    told: tuple[Slot, Match],
    others: Sequence[tuple[Slot, Match]],
    stretch: Stretch,
    names: Names,
    pack: Pack,
) -> bool:
    """Tell who is only spoken of by whoever closes the sentence: "Cuba had asked, an aide said"."""
    text, match = names.annotated.article.text, told[1]
    if match.rule.sets.get("order") == "after" or _is_reported(match, text, pack):
        return False
    for slot, outer in others:
        nodes = captured(outer)
        if outer.span.start < match.span.end or slot.value == told[0].value or not nodes:
            continue
        start = min(outer.span.start, *(n.span.start for n in nodes))
        between = text[match.span.end : start + 1]
        if set(between) & set(".;:") or text[outer.span.end : stretch.span.end].count(","):
            continue
        if outer.rule.id.endswith("according-to"):
            continue
        closes = len(text[outer.span.end : stretch.span.end]) <= _CLOSING
        if closes and _is_apart(between, pack):
            return True
    return False


def _is_reported(match: Match, text: str, pack: Pack) -> bool:
    """Tell a verb of saying with a clause of its own behind it: "he told them that"."""
    that = heard(pack, "clause")
    told = fold(text[match.span.start : match.span.end]).split()[-1:]
    behind = re.split(r"[.,;:]", text[match.span.end :][:_CLOSING], maxsplit=1)[0]
    return bool({*told, *fold(behind).split()} & that)


def _is_apart(between: str, pack: Pack) -> bool:
    """Tell a clause that nothing but a comma, and articles, part from the one before."""
    _, comma, lead = between[:-1].rpartition(",")
    if not comma:
        return between.endswith(",")
    determiners = heard(pack, "definite") | heard(pack, "leading")
    return set(fold(lead).split()) <= determiners


def is_only_source(
    told: tuple[Slot, Match],
    others: Sequence[tuple[Slot, Match]],
    stretch: Stretch,
    names: Names,
) -> bool:
    """Tell who only hands on what another one said: "he told them so, according to the agency"."""
    text, span = names.annotated.article.text, told[1].span
    if told[1].rule.id.endswith("according-to"):
        opened = not text[stretch.span.start : span.start].strip(' "“«')
        ahead = [m.span.start for _, m in others if m.span.start > span.end]
        if opened and ahead and not text[span.end : min(ahead)].strip(" ,"):
            return True
        if any(m is not told[1] and m.span.covers(span) for _, m in others):
            return True
    if len(text[span.end : stretch.span.end]) > _TAIL or stretch.quotes:
        return False
    before = [m.span.end for _, m in others if m is not told[1] and m.span.end < span.start]
    if not before:
        return False
    between = text[max(before) : span.start + 1]
    return "," in between[-3:] and not set(between) & set(".;:")

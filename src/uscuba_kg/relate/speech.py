"""Statements: who says what, directly or reported, one for each utterance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from uscuba_kg.model import (
    Evidence,
    Mention,
    MentionKind,
    Named,
    Slot,
    Span,
    StatementFrame,
    ThingKind,
)
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line

_QUOTE_WORDS = 3


def find_statements(lines: Sequence[Line], names: Names) -> list[StatementFrame]:
    """Give the utterances of an article in text order; ``about`` is filled in by the caller.

    A quotation that runs over several sentences is one utterance. A pronoun stands for the speaker
    before, and a quotation that opens a paragraph without a speaker goes on with him.
    """
    frames: list[StatementFrame] = []
    last: Slot | None = None
    quoted: set[Span] = set()
    for line in lines:
        if line.is_title or line.is_footnote:
            continue
        fresh = [q for q in line.quotations if q.span not in quoted and _is_speech(q)]
        inside = any(
            q.span.start < line.span.start and q.span.end >= line.span.end - 2
            for q in line.quotations
        )
        if inside:
            continue
        speaker = _speaker(line, names, last, _nearest_person(lines, line))
        if speaker is None and fresh and last is not None and _opens_paragraph(line, fresh[0]):
            speaker = last
        if speaker is None:
            continue
        last = speaker
        quoted.update(q.span for q in line.quotations)
        words = _words(line, fresh)
        evidence = names.evidence(words, speaker.evidence.rule)
        frames.append(StatementFrame(speaker, evidence))
    return frames


def _is_speech(quotation: Mention) -> bool:
    return len(quotation.surface.split()) >= _QUOTE_WORDS


def _opens_paragraph(line: Line, quotation: Mention) -> bool:
    return quotation.span.start - line.span.start <= 2


def _words(line: Line, fresh: Sequence[Mention]) -> Span:
    """The utterance: the quotations from first to last, else the sentence."""
    if fresh:
        return Span(fresh[0].span.start, fresh[-1].span.end)
    return line.span


def _nearest_person(lines: Sequence[Line], line: Line) -> Node | None:
    """The first person of this sentence outside quotations, else of the sentence before."""
    for candidate in (line, *(lines[line.number - 1 : line.number] if line.number else ())):
        for node in candidate.typed("Official", "Person"):
            if not any(q.span.covers(node.span) for q in candidate.quotations):
                return node
    return None


def _speaker(line: Line, names: Names, last: Slot | None, person: Node | None) -> Slot | None:
    """The speaker of a sentence: named, unnamed, or the one before."""
    outside = [m for m in line.of("speech") if not _in_quotation(m, line)]
    named = [m for m in outside if m.captures.get("speaker")]
    for match in named:
        node = _speaking(match.captures["speaker"][0])
        if node is not None:
            return _slot(node, match, names)
    unnamed = [m for m in outside if not m.captures.get("speaker") and len(m.rule.id)]
    told = [m for m in unnamed if m.captures]
    if told:
        return _unnamed(told[0], names)
    words = [m for m in unnamed if m.rule.sets.get("speaker") == "group"]
    if words:
        return _unnamed(words[0], names)
    pronoun = [m for m in unnamed if m.rule.sets.get("speaker") == "before"]
    fresh = last is None or (
        isinstance(last.value, Named) and last.value.kind != ThingKind.PERSON and person is not None
    )
    if pronoun and person is not None and fresh:
        node = _speaking(person)
        if node is not None:
            return _slot(node, pronoun[0], names)
    if pronoun and last is not None:
        evidence = names.evidence(pronoun[0].span, pronoun[0].rule.id, 0.75)
        return Slot(last.value, evidence)
    return None


def _in_quotation(match: Match, line: Line) -> bool:
    return any(q.span.covers(match.span) for q in line.quotations)


def _speaking(node: Node) -> Node | None:
    """The person, body or state that speaks in a node."""
    if node.type == "Official":
        return next(iter(node.part("person")), None)
    if node.type == "Delegation":
        return next(iter(node.part("side")), None)
    if node.mention is not None:
        return node
    return None


def _slot(node: Node, match: Match, names: Names) -> Slot:
    named = names.named(node)
    evidence: Evidence = names.evidence(match.span, match.rule.id)
    entry = names.world.entries.get(named.entity or "")
    if entry is not None and entry.subtype == "government" and entry.state is not None:
        named = names.state(entry.state)
    return Slot(named, evidence)


def _unnamed(match: Match, names: Names) -> Slot:
    """A speaker without a name: the words that describe him, and his side."""
    text = names.annotated.article.text
    nodes = [n for found in match.captures.values() for n in found]
    side = next((s for n in nodes for leaf in n.leaves() if (s := names.side(leaf))), None)
    span = match.span
    if nodes:
        span = Span(min(n.span.start for n in nodes), max(n.span.end for n in nodes))
    kinds = {leaf.mention.kind for n in nodes for leaf in n.leaves() if leaf.mention}
    if kinds <= {MentionKind.STATE, MentionKind.SIDE}:
        span = match.span
    label = re.sub(r"\s+", " ", text[span.start : span.end]).strip(' ,;:"“”')
    named = Named(ThingKind.SPEAKER, label, None, side)
    return Slot(named, names.evidence(match.span, match.rule.id, 0.85))

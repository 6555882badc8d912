"""Interviews and transcripts: who has the word, turn by turn.

Turns open with a label and a colon ("KERRY:", "Q:", "R:") or with a dash. Whoever asks says nothing
that is recorded; of a transcript's labels only those count whom the text knows by a post.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from uscuba_kg.model import MentionKind, Named, Slot, Span, StatementFrame, ThingKind
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.antecedents import Memory
from uscuba_kg.relate.cascade import Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.voices import Stretch, kind_of_voice
from uscuba_kg.text import fold

_LABEL = re.compile(
    r"^[ \t*_]*([A-ZÁÉÍÓÚÑ][^\n:¿?!“”\"«]{0,60}?)[*_]*:[*_]*[ \t]+(?=\S)", re.MULTILINE
)
_DASH = re.compile(r"^[ \t]*[—–―][ \t]*(?=\S)", re.MULTILINE)
_HEADED = re.compile(r"^([A-ZÁÉÍÓÚÑ][\w.’'-]+(?: [\w.’'-]+){1,4}):\s*[«“\"]")
_FEWEST = 3
_RULE = "speech.turn"


class Turn(msgspec.Struct, frozen=True):
    """One contribution: its words, and its label, empty for the answers of an interview."""

    span: Span
    label: str
    asks: bool


def turns_of(
    stretches: Sequence[Stretch], memory: Memory, names: Names, pack: Pack
) -> dict[int, StatementFrame | None]:
    """Give the utterance that begins in a stretch, by its number; None where one only asks."""
    if not stretches:
        return {}
    text = names.annotated.article.text
    turns = _labelled(text, stretches, pack) or _dashed(text, stretches)
    if not turns:
        return {}
    frames: dict[int, StatementFrame | None] = {}
    start = turns[0].span.start
    asked = _asked(stretches, start, names) if len(turns) < _FEWEST else None
    interviewee = asked or _interviewee(stretches, start, memory, names)
    for turn in turns:
        number = _stretch_at(stretches, turn.span.start)
        if number is None:
            continue
        if turn.asks:
            frames.setdefault(number, None)
            continue
        answers = not turn.label or _initials(turn.label, interviewee)
        who = interviewee if answers else _known(turn.label, stretches, memory, names, pack)
        if who is not None:
            speaker = Slot(who, names.evidence(turn.span, _RULE))
            frames[number] = StatementFrame(speaker, names.evidence(turn.span, _RULE))
    return frames


def _stretch_at(stretches: Sequence[Stretch], at: int) -> int | None:
    return next((s.number for s in stretches if s.span.start <= at < s.span.end), None)


def _cut(text: str, opens: Sequence[tuple[int, int]], end: int) -> list[Span]:
    """The words of each turn: from behind its sign to the end of its last paragraph."""
    spans = []
    for (_, start), (limit, _) in zip(opens, [*opens[1:], (end, end)], strict=True):
        words = text[start:limit].rstrip()
        spans.append(Span(start, start + len(words)))
    return spans


def _labelled(text: str, stretches: Sequence[Stretch], pack: Pack) -> list[Turn]:
    """The turns that open with a label; none where labels do not take turns."""
    hits = [h for h in _LABEL.finditer(text) if stretches[0].span.start <= h.start(1)]
    keys = [_key(h[1]) for h in hits]
    counts = Counter(keys)
    asking, answering = pack.words("voices", "asking"), pack.words("voices", "answering")
    kept = [
        (h, k)
        for h, k in zip(hits, keys, strict=True)
        if counts[k] > 1 or h[1] == h[1].upper() or k in asking or k in answering
    ]
    fewest = _FEWEST - any(k in asking for _, k in kept)
    if len(kept) < fewest or len({k for _, k in kept}) < 2:
        return []
    spans = _cut(text, [(h.start(), h.end()) for h, _ in kept], stretches[-1].span.end)
    asked = Counter(k for (_, k), s in zip(kept, spans, strict=True) if _is_question(text, s))
    turns = []
    for (hit, key), span in zip(kept, spans, strict=True):
        asks = key in asking or asked[key] * 2 > counts[key]
        turns.append(Turn(span, "" if key in answering else hit[1], asks))
    return turns if any(t.asks for t in turns) else []


def _key(label: str) -> str:
    """What a label is known by: its last word, anything behind a comma left out."""
    words = fold(label.split(",")[0]).replace(".", "").split()
    return words[-1] if words else ""


def _is_question(text: str, span: Span) -> bool:
    return text[span.start : span.end].rstrip(" .…").endswith("?")


def _dashed(text: str, stretches: Sequence[Stretch]) -> list[Turn]:
    """The turns of an interview whose answers, or questions and answers, open with dashes."""
    hits = [h for h in _DASH.finditer(text) if h.start() >= stretches[0].span.start]
    if len(hits) < 2:
        return []
    turns: list[Turn] = []
    for place, hit in enumerate(hits):
        end = text.find("\n\n", hit.end())
        end = stretches[-1].span.end if end < 0 else end
        if place + 1 < len(hits):
            end = min(end, hits[place + 1].start())
        span = Span(hit.end(), hit.end() + len(text[hit.end() : end].rstrip()))
        if span.end <= span.start:
            continue
        follows = bool(turns) and "\n\n" not in text[turns[-1].span.end : hit.start()]
        paired = place + 1 < len(hits) and "\n\n" not in text[span.end : hits[place + 1].start()]
        answers = follows and turns[-1].asks
        turns.append(Turn(span, "", not answers and (paired or _is_question(text, span))))
    answered = sum(not t.asks for t in turns)
    if len(turns) < _FEWEST:
        return turns if [t.asks for t in turns] == [True, False] else []
    questions = sum(t.asks for t in turns) or text.count("?\n")
    return turns if questions and answered > 1 else []


def _initials(label: str, who: Named | None) -> bool:
    """Tell a label made of the first letters of somebody's name: "MT" for Margaret Thornquist."""
    if who is None:
        return False
    return label.replace(".", "") == "".join(w[0] for w in who.name.split() if w[0].isupper())


def _people(nodes: Iterable[Node]) -> list[Node]:
    return [
        leaf
        for node in nodes
        for leaf in node.leaves()
        if leaf.mention is not None and leaf.mention.kind == MentionKind.PERSON
    ]


def _interviewee(
    stretches: Sequence[Stretch], start: int, memory: Memory, names: Names
) -> Named | None:
    """Whom an interview is with: the person of its title, else whom its opening names first."""
    title = names.annotated.article.title or ""
    headed = _HEADED.match(title)
    if headed is not None:
        known = memory.surname(fold(headed[1]).split()[-1])
        return known or Named(ThingKind.SPEAKER, headed[1])
    opening = [s for s in stretches if s.is_sentence or not s.number]
    before = [n for s in opening for n in s.nodes if n.span.start < start]
    titled = [n for n in before if n.type == "Official"]
    for group in (memory.early, titled, before):
        people = _people(group)
        if people:
            return names.named(people[0])
    return None


def _asked(stretches: Sequence[Stretch], start: int, names: Names) -> Named | None:
    """Whom a single question is put to: the person named last before it or in it."""
    told = [s for s in stretches if s.is_sentence and s.span.start <= start]
    for stretch in reversed(told[-_FEWEST:]):
        people = _people(stretch.nodes)
        if people:
            return names.named(people[-1])
    return None


def _known(
    label: str, stretches: Sequence[Stretch], memory: Memory, names: Names, pack: Pack
) -> Named | None:
    """Whom a label names, where the text knows somebody of that name, or by a post."""
    key = _key(label)
    for node in (n for s in stretches for n in s.nodes):
        if node.type not in ("Official", "Officials"):
            continue
        for person in _people((node,)):
            if person.mention is not None and key in fold(person.mention.value).split():
                return names.named(person)
    plain = re.sub(r"\s+", " ", label.split(",")[0]).strip()
    if len(plain.split()) > 1 and memory.surname(key) is not None:
        return memory.surname(key)
    titled = len(plain.split()) > _FEWEST - 1 or kind_of_voice(plain, pack) == "person"
    return Named(ThingKind.SPEAKER, plain.title()) if titled else None

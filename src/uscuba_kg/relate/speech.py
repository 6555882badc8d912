"""Statements: who says what, directly or reported, one for each utterance.

An utterance is what one speaker says in one sentence, or in one quotation however long. Wordings
compete for a verb of saying: a subject beside it goes before one behind it, before one with an
apposition between, before a pronoun, before a verb without a subject.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from uscuba_kg.model import MentionKind, Named, Slot, Span, StatementFrame, ThingKind
from uscuba_kg.packs.load import Pack, pack_for
from uscuba_kg.relate.antecedents import Memory, sex_told
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.subjectless import introduces, is_open, is_tag
from uscuba_kg.relate.turns import turns_of
from uscuba_kg.relate.unsaid import (
    captured,
    is_barred,
    is_handed_on,
    is_only_source,
    is_said_again,
    is_told_inside,
)
from uscuba_kg.relate.voices import Stretch, head_of_voice, heard, kind_of_voice, listen
from uscuba_kg.text import fold

_OPENING = 45
_NEXT = 4
_BEFORE = 16
_OWNERS = re.compile(r"(?:(?<!\w)(?:[A-ZÁÉÍÓÚÑ][\w-]+|\w+['’]s) )*$")
_WORDS = 6
_ALONE = "speech.alone"
_TAKEN_UP = ("person", "dropped")
_INSTITUTIONS = (ThingKind.ORGANIZATION, ThingKind.STATE)


def find_statements(lines: Sequence[Line], names: Names) -> list[StatementFrame]:
    """Give the utterances of an article in text order; ``about`` is filled in by the caller."""
    pack = pack_for(names.annotated.article.language)
    stretches = listen(lines, names, pack)
    early = [n for line in lines if line.is_title for n in line.nodes]
    memory = Memory(stretches, early, names)
    turns = turns_of(stretches, memory, names, pack)
    frames: list[StatementFrame] = []
    for stretch in stretches:
        turn = turns.get(stretch.number)
        if turn is not None:
            frames.append(turn)
        if turn is not None or _is_question(stretch, names):
            continue
        told = _told(stretch, memory, names, pack)
        if not told:
            alone = _quoted_alone(stretch, stretches, memory, names)
            if alone is not None:
                frames.append(alone)
            continue
        for slot, _ in told:
            memory.speaks(stretch, slot)
        frames.extend(_frames(told, stretch, names))
    return frames


def _quoted_alone(
    stretch: Stretch, stretches: Sequence[Stretch], memory: Memory, names: Names
) -> StatementFrame | None:
    """What whoever opens the sentence before says in a quotation that stands alone."""
    text = names.annotated.article.text
    words = text[stretch.span.start : stretch.span.end].split()
    if len(stretch.quotes) != 1 or len(words) < _WORDS or not stretch.number:
        return None
    quote, before = stretch.quotes[0], stretches[stretch.number - 1]
    outside = text[stretch.span.start : quote.span.start] + text[quote.span.end : stretch.span.end]
    who = memory.silent(before)
    if who is None or quote.mention is None or outside.strip(" .\n"):
        return None
    speaker = Slot(who, names.evidence(before.span, _ALONE, 0.6))
    memory.speaks(stretch, speaker)
    return StatementFrame(speaker, names.evidence(quote.mention.span, _ALONE))


def _is_question(stretch: Stretch, names: Names) -> bool:
    """Tell a question that the article itself asks; it reports nothing."""
    text = names.annotated.article.text
    return text[stretch.span.start : stretch.span.end].lstrip("—–- ").startswith("¿")


def _told(stretch: Stretch, memory: Memory, names: Names, pack: Pack) -> list[tuple[Slot, Match]]:
    """The speakers of one stretch with the wording that tells each, in text order."""
    taken: list[Span] = []
    told: list[tuple[Slot, Match]] = []
    for match in sorted(stretch.matches, key=_rank):
        zone = _zone(match)
        if is_barred(match, stretch, names, pack):
            continue
        if any(zone.overlaps(t) for t in taken):
            continue
        before = [s for s, m in told if m.span.start < match.span.start]
        speakers = _speakers(match, stretch, memory, names, pack)
        if before and _takes_up(match, speakers, stretch, names, pack):
            speakers = before[-1:]
        if not speakers:
            continue
        taken.append(zone)
        new = [
            s
            for s in speakers
            if all(s.value != t.value for t, _ in told)
            or is_said_again(match, told, s, names, pack)
        ]
        told.extend((slot, match) for slot in new)
    ordered = sorted(told, key=lambda t: (t[1].span, t[0].evidence.span))
    first = [t for n, t in enumerate(ordered) if not is_told_inside(ordered[:n], t, names)]
    own = [t for t in first if not is_handed_on(t, first, stretch, names, pack)]
    return [t for t in own if not is_only_source(t, own, stretch, names)]


def _takes_up(
    match: Match, speakers: Sequence[Slot], stretch: Stretch, names: Names, pack: Pack
) -> bool:
    """Tell a pronoun, or a verb without a subject, that goes on with who spoke just before it."""
    kind = match.rule.sets.get("speaker")
    if kind == "dropped" and not speakers:
        text = names.annotated.article.text[stretch.span.start : match.span.start].rstrip()
        return text.endswith(";") and is_open(match, stretch, names, pack)
    return kind in _TAKEN_UP and bool(speakers)


def _rank(match: Match) -> tuple[int, int, int]:
    """What is tried first: of wordings with a gap between subject and verb the shorter."""
    length = match.at[1] if match.rule.sets.get("gap") == "clear" else -match.at[1]
    return int(match.rule.sets.get("rank", "5")), match.at[0], length


def _zone(match: Match) -> Span:
    """The words that a wording needs: those between its speaker and its verb, or the other way."""
    nodes = captured(match)
    if not nodes:
        return match.span
    last = max(n.span.end for n in nodes)
    if match.rule.id.endswith("according-to"):
        return match.span
    if match.rule.sets.get("order") == "after" or last >= match.span.end:
        return Span(match.span.start, last)
    return Span(last, match.span.end)


def _speakers(
    match: Match, stretch: Stretch, memory: Memory, names: Names, pack: Pack
) -> list[Slot]:
    """Whom a wording makes speak; nobody where it cannot be told."""
    if match.captures.get("speaker"):
        node = match.captures["speaker"][0]
        native = _native(node, match, stretch, memory, names, pack)
        if native is not None:
            return native
        _introduce(node, match, memory, names)
        return [s for n in _speaking(node) if (s := _named(n, match, memory, names)) is not None]
    voice = match.one("voice")
    if voice is not None:
        return [_described(voice, match, stretch, memory, names, pack)]
    value = _pointed_at(match, stretch, memory, names, pack)
    if value is None:
        return []
    return [Slot(value, names.evidence(match.span, match.rule.id, 0.75))]


def _somebody(who: Named | None, pack: Pack) -> Named | None:
    """Nobody where "he" or "she" would stand for a text or a body."""
    if who is None or who.kind != ThingKind.SPEAKER:
        return who
    return None if kind_of_voice(who.name, pack) in ("text", "medium", "body") else who


def _pointed_at(
    match: Match, stretch: Stretch, memory: Memory, names: Names, pack: Pack
) -> Named | None:
    """Whom a pronoun, a verb without a subject or an unlisted noun makes speak."""
    value: Named | None = None
    kind = match.rule.sets.get("speaker")
    if kind == "person":
        told = names.annotated.article.text[match.span.start : match.span.end]
        value = _somebody(memory.person(stretch, match.span.start, sex_told(told, pack)), pack)
    elif kind == "institution":
        last = memory.last_near(stretch, (*_INSTITUTIONS, ThingKind.SPEAKER))
        value = last.value if last is not None and isinstance(last.value, Named) else None
    elif kind == "latter":
        value = memory.latter(stretch, match.span.start)
    elif kind == "somebody":
        value = _unnamed(match, stretch, names, pack)
    elif kind == "dropped" and is_open(match, stretch, names, pack):
        quoted = any(0 <= match.span.start - q.span.end < _NEXT for q in stretch.quotes)
        if match.rule.sets.get("after") == "quote" and not quoted:
            return None
        if introduces(match, stretch, names):
            return memory.latter(stretch, match.span.start)
        own = quoted or is_tag(match, stretch, names, pack)
        value = memory.dropped(stretch, match.span.start if own else None)
    return value


def _unnamed(match: Match, stretch: Stretch, names: Names, pack: Pack) -> Named | None:
    """Somebody told by words that no list knows: "a forwarder"; None where nobody is told."""
    text = names.annotated.article.text[match.span.end : stretch.span.end]
    words = re.split(r"[,.;:()—–«“\"]", text, maxsplit=1)[0].split()
    stops = (n for n, w in enumerate(words) if fold(w) in heard(pack, "asides"))
    label = " ".join(words[: min(_WORDS, next(stops, _WORDS))])
    return Named(ThingKind.SPEAKER, label) if label else None


def _introduce(node: Node, match: Match, memory: Memory, names: Names) -> None:
    """Remember the title that a wording gives to a name that no list knows."""
    voice = match.one("voice")
    if voice is not None and node.type in ("Name", "Person"):
        title = names.annotated.article.text[voice.span.start : voice.span.end]
        memory.introduces(title, memory.named(node))


def _speaking(node: Node) -> list[Node]:
    """The people, bodies or state that speak in a node."""
    if node.type == "Official":
        return list(node.part("person")[:1])
    if node.type == "Delegation":
        return list(node.part("side")[:1])
    if node.type in ("Officials", "Bodies"):
        members = [m for who in node.part("who") or (node,) for m in who.leaves()]
        wanted = MentionKind.PERSON if node.type == "Officials" else MentionKind.BODY
        return [m for m in members if m.mention is not None and m.mention.kind == wanted]
    return [node]


def _native(
    node: Node, match: Match, stretch: Stretch, memory: Memory, names: Names, pack: Pack
) -> list[Slot] | None:
    """Whom "the Cuban" makes speak; None where the words mean no single person."""
    if node.type != "State" or node.mention is None:
        return None
    text = names.annotated.article.text
    before = text[max(0, node.span.start - _BEFORE) : node.span.start].split()[-1:]
    natives, single = heard(pack, "natives"), heard(pack, "single")
    if node.mention.surface.islower() and not set(map(fold, before)) & heard(pack, "definite"):
        return []
    if fold(node.mention.surface) not in natives or fold("".join(before)) not in single:
        return None
    sex = sex_told("".join(before), pack)
    who = memory.native(stretch, node.span.start, names.side(node), sex)
    return [Slot(who, names.evidence(match.span, match.rule.id, 0.75))] if who is not None else []


def _named(node: Node, match: Match, memory: Memory, names: Names) -> Slot | None:
    start = min(node.span.start, match.span.end - 1)
    within = node.span.start > match.span.start and len(captured(match)) == 1
    told = Span(start, max(match.span.end, node.span.end)) if within else match.span
    evidence = names.evidence(told, match.rule.id)
    if node.type == "Name":
        return Slot(memory.named(node), evidence)
    if node.mention is None:
        return None
    named = names.named(node)
    if node.type == "Place":
        words = fold(node.mention.surface)
        pack = pack_for(names.annotated.article.language)
        side = names.side(node) if words in heard(pack, "capitals") else None
        return Slot(names.state(side), evidence) if side is not None else None
    entry = names.world.entries.get(named.entity or "")
    if entry is not None and entry.subtype == "government" and entry.state is not None:
        named = names.state(entry.state)
    return Slot(named, evidence)


def _described(
    voice: Node, match: Match, stretch: Stretch, memory: Memory, names: Names, pack: Pack
) -> Slot:
    """A speaker told by a noun: who was told before under it, else the words themselves."""
    text = names.annotated.article.text
    side = next(
        (s for n in captured(match) for leaf in n.leaves() if (s := names.side(leaf))), None
    )
    phrase = Span(
        min(n.span.start for n in captured(match)), max(n.span.end for n in captured(match))
    )
    evidence = names.evidence(match.span, match.rule.id, 0.85)
    before = fold(text[max(0, phrase.start - 14) : phrase.start]).split()
    kind = kind_of_voice(text[voice.span.start : voice.span.end], pack)
    issuer = _issuer(match, stretch, memory, names, pack) if kind == "text" else None
    if issuer is not None:
        return Slot(issuer, evidence)
    definite = bool(before) and before[-1] in heard(pack, "definite")
    if definite and not match.captures.get("owner"):
        value = _known(voice, phrase, side, stretch, memory, names, pack)
        if value is not None:
            return Slot(value, evidence)
    start = phrase.start
    if kind == "body":
        start -= len(_owners(text[max(stretch.span.start, start - _OPENING) : start], pack))
    label = re.sub(r"\s+", " ", text[start : phrase.end]).strip(' ,;:"“”')
    return Slot(Named(ThingKind.SPEAKER, label, None, side), evidence)


def _owners(before: str, pack: Pack) -> str:
    """The names right before a noun that tell whose it is: "Trump " of "the Trump administration"."""
    hit = _OWNERS.search(before)
    words = hit[0] if hit is not None else ""
    possessive = before.split()[-1:]
    if set(map(fold, possessive)) & heard(pack, "owning"):
        return f"{possessive[0]} "
    first, _, rest = words.partition(" ")
    return rest if fold(first) in heard(pack, "definite") else words


def _issuer(
    match: Match, stretch: Stretch, memory: Memory, names: Names, pack: Pack
) -> Named | None:
    """Whose text speaks: "the ministry's note", "a department statement", "a book by Vidal"."""
    body, owner, office = match.one("body"), match.one("owner"), match.one("issuer")
    if body is not None:
        return names.named(body)
    if owner is not None:
        return next((memory.named(n) for n in _speaking(owner)), None)
    if office is None:
        return None
    words = names.annotated.article.text[office.span.start : office.span.end]
    return memory.body(stretch, office.span.start, head_of_voice(words, pack))


def _known(
    voice: Node,
    phrase: Span,
    side: str | None,
    stretch: Stretch,
    memory: Memory,
    names: Names,
    pack: Pack,
) -> Named | None:
    """Who was told before whom "the minister", "the note" or "the ministry" takes up again."""
    surface = names.annotated.article.text[voice.span.start : voice.span.end]
    bodied = any(n.type == "Body" for n in stretch.nodes if phrase.covers(n.span))
    kind, head = kind_of_voice(surface, pack), head_of_voice(surface, pack)
    if voice.type == "Posts" or kind == "group" or (bodied and kind is not None):
        return None
    if kind in ("text", "medium", "body"):
        last = memory.last_near(stretch, _INSTITUTIONS)
        if kind == "text":
            issued = memory.issuer(stretch) if last is None else None
        else:
            issued = memory.body(stretch, phrase.start, head)
        value = issued or (last.value if last is not None else None)
        if value is None and kind == "body":
            value = memory.any_body(stretch, phrase.start)
        return value if isinstance(value, Named) else None
    before = names.annotated.article.text[max(0, phrase.start - 14) : phrase.start].split()[-1:]
    sex = sex_told(" ".join([*before, surface]), pack)
    titled = memory.titled(stretch, phrase.start, head, side, sex)
    if titled is not None or kind != "person":
        return titled
    last = memory.last_near(stretch, (ThingKind.PERSON, ThingKind.SPEAKER))
    if last is not None and isinstance(last.value, Named) and memory.may_be(last.value, sex):
        if side in (None, last.value.side):
            return last.value
    return memory.opener(stretch, side, sex)


def _frames(
    told: Sequence[tuple[Slot, Match]], stretch: Stretch, names: Names
) -> Iterable[StatementFrame]:
    """One frame for each speaker, with the words that are his: quoted ones where there are any."""
    used: set[Span] = set()
    for (slot, _), piece in zip(told, _pieces(told, stretch, names), strict=True):
        inside = [q for q in stretch.quotes if piece.start <= q.span.start < piece.end]
        quotes = [q.mention.span for q in inside if q.mention is not None]
        words = Span(quotes[0].start, quotes[-1].end) if quotes else piece
        if words in used:
            words = Span(max(piece.start, slot.evidence.span.start), piece.end)
        if words not in used and words.end > words.start:
            used.add(words)
            yield StatementFrame(slot, names.evidence(words, slot.evidence.rule))


def _pieces(told: Sequence[tuple[Slot, Match]], stretch: Stretch, names: Names) -> list[Span]:
    """The stretch cut between its speakers, at the last mark before the next one's wording."""
    text = names.annotated.article.text
    cuts = [stretch.span.start]
    for (_, first), (_, second) in itertools.pairwise(told):
        if first is second or second.span.start <= cuts[-1]:
            cuts.append(cuts[-1])
            continue
        start = max(first.span.end, cuts[-1])
        marks = [m.end() for m in re.finditer(r"[,;—]\s", text[start : second.span.start])]
        cuts.append(start + marks[-1] if marks else second.span.start)
    ends = [*cuts[1:], stretch.span.end]
    return [Span(a, b) if b > a else stretch.span for a, b in zip(cuts, ends, strict=True)]

"""People that no list knows, found by title, apposition, given name or speech; surnames alone later."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from uscuba_kg.annotate.bodies import word_choice
from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold

_CAP = r"[A-ZÁÉÍÓÚÑÜ][a-záéíóúñüçãö’'\-]*[\w’\-]*"
_INITIAL = r"[A-Z]\.(?:\s?[A-Z]\.)?"


class Places(msgspec.Struct, frozen=True):
    """What stands around a candidate: where titles, other names and sentences begin and end."""

    post_ends: frozenset[int]
    post_starts: frozenset[int]
    taken: tuple[Span, ...]
    sentence_starts: frozenset[int]


@lru_cache(maxsize=16)
def _patterns(pack: Pack) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    particles = word_choice(pack.words("people", "particles"))
    honorifics = word_choice(pack.words("people", "honorifics"))
    verbs = word_choice(pack.words("people", "speech"))
    name = rf"(?:{_CAP}|{_INITIAL})(?:[ \n](?:(?:{particles})[ \n])?(?:{_CAP}|{_INITIAL}))*"
    return (
        re.compile(rf"(?<![\w@#.’'])(?:{name})(?!\w)"),
        re.compile(rf"(?<!\w)(?i:{honorifics})\s+$"),
        re.compile(rf"(?:,?\s+(?i:{verbs})(?!\w))"),
    )


def is_surname_like(mention: Mention, text: str, pack: Pack) -> bool:
    """Tell whether what looks like a state's adjective is a surname: "Alex Alemán"."""
    if mention.kind != MentionKind.SIDE or not mention.surface[0].isupper():
        return False
    before = re.search(rf"({_CAP}) $", text[max(0, mention.span.start - 20) : mention.span.start])
    return before is not None and fold(before[1]) in _given(pack)


def _given(pack: Pack) -> frozenset[str]:
    return frozenset(fold(w) for w in pack.words("people", "given"))


def find_people(text: str, pack: Pack, places: Places) -> list[Mention]:
    """Give the unlisted people of a text; ``value`` is the name as written, spaces made single."""
    shape, honorific, speech = _patterns(pack)
    given = _given(pack)
    found = []
    for match in shape.finditer(text):
        for span in _free(text, Span(match.start(), match.end()), places.taken):
            candidate = _strip(text, span, pack)
            if candidate is not None and candidate.start in places.sentence_starts:
                candidate = _from_given_name(text, candidate, given)
            if candidate is None:
                continue
            rule = _evidence(text, candidate, given, places, honorific, speech)
            if rule is not None:
                surface = text[candidate.start : candidate.end]
                value = re.sub(r"\s+", " ", surface)
                found.append(Mention(MentionKind.PERSON, candidate, surface, value, None, rule))
    return found


def _free(text: str, span: Span, taken: Sequence[Span]) -> list[Span]:
    """The parts of a span that no settled name covers."""
    parts, start = [], span.start
    for block in taken:
        if block.end <= start or block.start >= span.end:
            continue
        if block.start > start:
            parts.append(Span(start, block.start))
        start = max(start, block.end)
    if start < span.end:
        parts.append(Span(start, span.end))
    return [p for p in parts if text[p.start : p.end].strip()]


def _strip(text: str, span: Span, pack: Pack) -> Span | None:
    """Leave out white space, words that begin sentences and particles at either end."""
    skip = {fold(w) for w in (*pack.words("sentences", "openers"), *pack.words("people", "never"))}
    particles = {fold(w) for w in pack.words("people", "particles")}
    tokens = [
        (m.start() + span.start, m.end() + span.start)
        for m in re.finditer(r"\S+", text[span.start : span.end])
    ]
    while tokens and fold(text[tokens[0][0] : tokens[0][1]]) in skip | particles:
        tokens.pop(0)
    while tokens and fold(text[tokens[-1][0] : tokens[-1][1]].rstrip("’'s")) in skip | particles:
        tokens.pop()
    if not tokens or any(fold(text[a:b]) in skip for a, b in tokens):
        return None
    end = tokens[-1][1]
    surface = text[tokens[0][0] : end]
    possessive = re.search(r"[’'](?:s)?$", surface)
    return Span(tokens[0][0], end - (len(possessive[0]) if possessive else 0))


def _from_given_name(text: str, span: Span, given: frozenset[str]) -> Span:
    """Leave out the capitalised verb that begins a sentence before a name: "Habló Lara ..."."""
    tokens = list(re.finditer(r"\S+", text[span.start : span.end]))
    if len(tokens) < 3 or fold(tokens[0][0]) in given:
        return span
    first = next((t for t in tokens[1:-1] if fold(t[0]) in given), None)
    return span if first is None else Span(span.start + first.start(), span.end)


def _evidence(
    text: str,
    span: Span,
    given: frozenset[str],
    places: Places,
    honorific: re.Pattern[str],
    speech: re.Pattern[str],
) -> str | None:
    """The reason to hold a candidate for a person, or None."""
    surface = text[span.start : span.end]
    tokens = surface.split()
    if not any(len(t) > 2 and not t.isupper() for t in tokens):
        return None
    before = text[max(0, span.start - 24) : span.start]
    link = re.search(r"[^\w]*$", before)
    if link and link[0] in (" ", ", ", "\n") and span.start - len(link[0]) in places.post_ends:
        if link[0] != ", " or len(tokens) > 1:
            return "person.after-title"
    if honorific.search(before):
        return "person.after-honorific"
    if len(tokens) < 2:
        return None
    if fold(tokens[0]) in given:
        return "person.given-name"
    opening = re.match(
        r",?\s+\(?(?:the|el|la|an|a|un|una|quien es|who is|su)?\s*", text[span.end :]
    )
    if opening and opening[0].strip(" \n") and span.end + opening.end() in places.post_starts:
        return "person.before-title"
    if speech.match(text, span.end) and len(tokens) <= 4:
        return "person.speaks"
    return None


def find_surnames(text: str, people: Sequence[Mention], taken: Sequence[Span]) -> list[Mention]:
    """Give later mentions by surname: "Vidal" after "Josefina Vidal Ferreiro" stood in the text.

    ``value`` and ``entity`` are those of the one fuller name that ends in these words, or has them as
    its first surname; where two people share them, nothing is found.
    """
    bearers: dict[str, set[tuple[str, str | None]]] = {}
    for person in people:
        for form in _short_forms(fold(person.value).split()):
            bearers.setdefault(form, set()).add((person.value, person.entity))
    one = {form: _fullest(found) for form, found in bearers.items()}
    forms = sorted((f for f, who in one.items() if who is not None), key=lambda f: (-len(f), f))
    if not forms:
        return []
    folded = fold(text)
    pattern = re.compile(r"(?<![\w@#-])(?:" + "|".join(map(re.escape, forms)) + r")(?!\w)")
    found = []
    for match in pattern.finditer(folded):
        span = Span(match.start(), match.end())
        surface = text[span.start : span.end]
        if not surface[-1].isalpha() or not any(c.isupper() for c in surface):
            continue
        if not surface.split()[-1][0].isupper() or any(span.overlaps(t) for t in taken):
            continue
        who = one[match[0]]
        if who is not None:
            found.append(
                Mention(MentionKind.PERSON, span, surface, who[0], who[1], "person.surname")
            )
    return found


def _short_forms(tokens: list[str]) -> set[str]:
    """The surnames under which a full name may come back: the last words, or the first surname."""
    if len(tokens) < 2:
        return set(tokens) if tokens and len(tokens[0]) > 3 else set()
    forms = {" ".join(tokens[start:]) for start in range(1, len(tokens))}
    if len(tokens) >= 3:
        forms.add(tokens[-2])
        forms.add(" ".join(tokens[1:-1]))
    return {
        f
        for f in forms
        if (
            len(f) > 2 and not re.fullmatch(r"(?:\w\.?|de|del|la|van|von|y|jr\.?|sr\.?)(?: .*)?", f)
        )
        or re.fullmatch(r"(?:de|del|de la|van|von) \w{3,}(?: \w+)*", f)
    }


def _fullest(found: set[tuple[str, str | None]]) -> tuple[str, str | None] | None:
    """The one person among forms of one name; None where they are two people."""
    ranked = sorted(found, key=lambda f: (-len(f[0]), f[0], f[1] or ""))
    fullest = set(fold(ranked[0][0]).split())
    entities = {entity for _, entity in ranked if entity}
    one = len(entities) == 1 and all(entity for _, entity in ranked)
    if one or all(set(fold(name).split()) <= fullest for name, _ in ranked):
        return ranked[0][0], (entities.pop() if len(entities) == 1 else None)
    return None

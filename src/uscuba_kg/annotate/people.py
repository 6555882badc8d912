"""People that no list knows, found by title, apposition, given name or speech; surnames alone later."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

import ahocorasick
import msgspec

from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import Spans, fold, word_choice

_CAP = r"[A-ZÁÉÍÓÚÑÜ][a-záéíóúñüçãö’'\-]{0,60}[\w’\-]{0,60}"
_INITIAL = r"[A-Z]\.(?:\s?[A-Z]\.)?(?=\s)"
_SINGLE_INITIAL = re.compile(r"[A-Z]\.")
_NICKNAME = r"[“\"«(][A-Z]\w+[”\"»)]"
_LIST_LINK, _MOST_WORDS = 60, 16
_start = attrgetter("start")
_GLUED, _WORD = re.compile(r"[\w@#-]"), re.compile(r"\w")
_LINK_BEFORE = re.compile(r"[^\w.]*$")
_TITLE_CASE = re.compile(r"\s[A-Z]\w+")
_LONG_WORD = re.compile(r"(?<!\w)[^\W\d_]{4,}")
_HEADLINE = 120
_SENTENCE_SIGNS = (".", "!", "?", ",", ";", ":", ")")


class Places(msgspec.Struct, frozen=True):
    """What stands around a candidate: where titles, other names and sentences begin and end."""

    post_ends: frozenset[int]
    post_starts: frozenset[int]
    taken: tuple[Span, ...]
    sentence_starts: frozenset[int]
    plural_ends: frozenset[int] = frozenset()
    body_starts: frozenset[int] = frozenset()


class Patterns(msgspec.Struct, frozen=True):
    """The compiled shapes around names of people in one language."""

    name: re.Pattern[str]
    honorific: re.Pattern[str]
    speech: re.Pattern[str]
    speech_before: re.Pattern[str]
    naming: re.Pattern[str]
    relation: re.Pattern[str]
    opening: re.Pattern[str]
    charge: re.Pattern[str]
    party: re.Pattern[str]
    affiliation: re.Pattern[str]
    listing: re.Pattern[str]
    joint: re.Pattern[str]
    given: frozenset[str]
    heads: frozenset[str]
    verbs: tuple[str, ...]


@lru_cache(maxsize=16)
def _patterns(pack: Pack) -> Patterns:
    def some(name: str) -> str:
        return word_choice(pack.words("people", name))

    part = rf"(?:{_INITIAL}|{_CAP})"
    nickname = rf"(?:{_NICKNAME}[ \n])?"
    joints = word_choice(tuple(w for w in pack.words("bodies", "joining", "and") if " " not in w))
    return Patterns(
        name=re.compile(
            rf"(?<![\w@#.’'])(?:{part}(?:[ \n](?:(?:{some('particles')})[ \n])?{nickname}{part})*)"
            rf"(?!\w)"
        ),
        honorific=re.compile(rf"(?<!\w)(?i:{some('honorifics')})\s+$"),
        speech=re.compile(rf"(?:,?\s+(?i:{some('speech')})(?!\w))"),
        speech_before=re.compile(rf"(?<!\w)(?i:{some('saying')})\s+$"),
        naming=re.compile(rf",?\s+(?i:{some('naming')})\s+$"),
        relation=re.compile(rf"(?<!\w)(?i:{some('relations')})(?:\s+\w+)?,?\s+$"),
        opening=re.compile(
            rf"(?:,?\s+(?i:{some('suffixes')})(?!\w))?,?\s+\(?(?:(?i:{some('opening')})\s+){{0,3}}"
        ),
        charge=re.compile(rf",?\s+\(?(?i:{some('charge')})(?!\w)"),
        party=re.compile(
            rf"\s*[(,]\s*(?:{some('parties')})(?:\s?[-–—/]\s?|\W+(?:de|por|of|from)\s+)[A-Z]"
            rf"|\s*\((?:{some('parties')})\)|,\s\d\d[,;]"
        ),
        affiliation=re.compile(rf",\s+(?i:{some('affiliation')})\s+"),
        listing=re.compile(
            rf"(?:\s*\([^()]{{1,30}}\)|,?\s+(?:of|from|de|por)\s+[^,;.()]{{1,24}})?"
            rf"\s*(?:[,;]\s+|[,;]?\s+(?:{joints})\s+)"
        ),
        joint=re.compile(rf"\s(?:{joints})\s"),
        given=frozenset(fold(w) for w in pack.words("people", "given")),
        heads=frozenset(
            fold(head)
            for part in ("prefix", "prefix-capitalised", "suffix")
            for head in pack.tables["bodies"][part]
        ),
        verbs=pack.words("people", "verb_endings"),
    )


def is_surname_like(mention: Mention, text: str, pack: Pack) -> bool:
    """Tell whether what looks like a state's adjective is a surname: "Alex Alemán"."""
    if mention.kind != MentionKind.SIDE or not mention.surface[0].isupper():
        return False
    before = re.search(rf"({_CAP}) $", text[max(0, mention.span.start - 20) : mention.span.start])
    return before is not None and fold(before[1]) in _patterns(pack).given


def find_people(text: str, pack: Pack, places: Places) -> list[Mention]:
    """Give the unlisted people of a text; ``value`` is the name as written, spaces made single."""
    patterns = _patterns(pack)
    found: list[Mention] = []
    listed = -1
    for match in patterns.name.finditer(text):
        for span in _pieces(text, Span(match.start(), match.end()), places, patterns):
            candidate = _strip(text, span, pack)
            if candidate is not None and candidate.start in places.sentence_starts:
                candidate = _from_given_name(text, candidate, patterns)
            if candidate is None:
                continue
            rule = _evidence(text, candidate, places, patterns)
            goes_on = _goes_on(text, listed, candidate, patterns)
            if rule is None and not goes_on:
                continue
            rule = rule or "person.listed"
            if rule == "person.initial":
                candidate = _from_initial(text, candidate)
            if goes_on or _opens_list(text, candidate, places, patterns):
                listed = candidate.end
            found.append(_person(text, candidate, rule))
    return found


def _person(text: str, span: Span, rule: str) -> Mention:
    surface = text[span.start : span.end]
    value = re.sub(r"\s+", " ", re.sub(_NICKNAME, " ", surface))
    return Mention(MentionKind.PERSON, span, surface, value, None, rule)


def _opens_list(text: str, span: Span, places: Places, patterns: Patterns) -> bool:
    """Tell whether a plural stands before a name: "Senators X", "her colleagues X"."""
    tie = patterns.relation.search(text, max(0, span.start - 32), span.start)
    if tie is not None and tie[0].split()[0].endswith("s"):
        return True
    return _follows(text, span, places.plural_ends)


def _follows(text: str, span: Span, ends: frozenset[int]) -> bool:
    link = _LINK_BEFORE.search(text[max(0, span.start - 4) : span.start])
    return link is not None and span.start - len(link[0]) in ends


def _goes_on(text: str, listed: int, span: Span, patterns: Patterns) -> bool:
    """Tell whether a candidate is the next of several people who share one title."""
    if listed < 0 or not 0 < span.start - listed < _LIST_LINK:
        return False
    if " " not in text[span.start : span.end]:
        return False
    return patterns.listing.fullmatch(text, listed, span.start) is not None


def _pieces(text: str, span: Span, places: Places, patterns: Patterns) -> list[Span]:
    """A candidate's parts: no settled name, no start of a sentence and no "and" inside."""
    pieces = []
    for free in _free(text, span, places.taken):
        starts = places.sentence_starts.intersection(range(free.start + 1, free.end))
        edges = [free.start, *sorted(starts), free.end]
        for first, last in itertools.pairwise(edges):
            for joint in patterns.joint.finditer(text, first, last):
                pieces.append(Span(first, joint.start()))
                first = joint.end()
            pieces.append(Span(first, last))
    return pieces


def _free(text: str, span: Span, taken: Sequence[Span]) -> list[Span]:
    """The parts of a span that no settled name covers; those stand in order, apart."""
    parts, start = [], span.start
    first = max(0, bisect_right(taken, span.start, key=_start) - 1)
    for block in itertools.islice(taken, first, None):
        if block.start >= span.end:
            break
        if block.end <= start:
            continue
        if block.start > start:
            parts.append(Span(start, block.start))
        start = max(start, block.end)
    if start < span.end:
        parts.append(Span(start, span.end))
    return [p for p in parts if text[p.start : p.end].strip()]


@lru_cache(maxsize=16)
def _left_out(pack: Pack) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Words of no name, particles, and all that may be left out before a name."""
    words = (*pack.words("sentences", "openers"), *pack.words("people", "never"))
    skip = frozenset(map(fold, words))
    particles = frozenset(map(fold, pack.words("people", "particles")))
    degrees = map(fold, pack.words("people", "degrees"))
    return skip, particles, skip | particles | {*degrees, "'s"}


def _strip(text: str, span: Span, pack: Pack) -> Span | None:
    """Leave out white space, honorifics, words that begin sentences, particles at either end.

    None where no name is left; what runs on and on is no name either.
    """
    skip, particles, leading = _left_out(pack)
    tokens = deque(
        (m.start() + span.start, m.end() + span.start)
        for m in re.finditer(r"\S+", text[span.start : span.end])
    )
    while tokens and fold(text[tokens[0][0] : tokens[0][1]]) in leading:
        tokens.popleft()
    while tokens and fold(text[tokens[-1][0] : tokens[-1][1]].rstrip("’'s")) in skip | particles:
        tokens.pop()
    words = [text[a:b] for a, b in tokens]
    if not 0 < len(tokens) <= _MOST_WORDS or any(
        fold(w) in skip and fold(w) not in particles for w in words
    ):
        return None
    end = tokens[-1][1]
    surface = text[tokens[0][0] : end]
    possessive = re.search(r"[’'](?:s)?$", surface)
    return Span(tokens[0][0], end - (len(possessive[0]) if possessive else 0))


def _from_given_name(text: str, span: Span, patterns: Patterns) -> Span:
    """Leave out the capitalised verb that begins a sentence before a name: "Habló Lara ..."."""
    tokens = list(re.finditer(r"\S+", text[span.start : span.end]))
    if len(tokens) < 3 or fold(tokens[0][0]) in patterns.given:
        return span
    first = next((t for t in tokens[1:-1] if fold(t[0]) in patterns.given), None)
    if first is None and tokens[0][0].endswith(patterns.verbs):
        first = tokens[1]
    return span if first is None else Span(span.start + first.start(), span.end)


def _from_initial(text: str, span: Span) -> Span:
    """Leave out what stands before the first name: "Group Supervisor Luis F. Tirado"."""
    tokens = list(re.finditer(r"\S+", text[span.start : span.end]))
    second = next(n for n, t in enumerate(tokens) if n and _SINGLE_INITIAL.fullmatch(t[0]))
    return Span(span.start + tokens[second - 1].start(), span.end)


def _evidence(text: str, span: Span, places: Places, patterns: Patterns) -> str | None:
    """The reason to hold a candidate for a person, or None."""
    tokens = text[span.start : span.end].split()
    if not any(len(t) > 2 and not t.isupper() for t in tokens):
        return None
    before = text[max(0, span.start - 32) : span.start]
    rule = _told_before(text, span, before, places, patterns)
    if rule is not None or len(tokens) < 2:
        return rule
    if fold(tokens[0]) in patterns.given:
        return "person.given-name"
    if len(tokens) <= 5 and any(map(_SINGLE_INITIAL.fullmatch, tokens[1:-1])):
        return "person.initial"
    rule = _told_behind(text, span, len(tokens), places, patterns)
    if rule is not None:
        return rule
    if len(tokens) <= 4 and patterns.speech_before.search(before):
        return "person.speaks"
    return "person.related" if patterns.relation.search(before) else None


def _told_before(
    text: str, span: Span, before: str, places: Places, patterns: Patterns
) -> str | None:
    """What stands before a name: a title, a title and "named", an honorific."""
    link = _LINK_BEFORE.search(before)
    if link and link[0] in (" ", ", ", "\n") and span.start - len(link[0]) in places.post_ends:
        first, _, rest = text[span.start : span.end].partition(" ")
        alone = not rest and (
            link[0] == ", "
            or fold(first) in patterns.heads
            or _TITLE_CASE.match(text, span.end) is not None
        )
        if not alone and (fold(first) in patterns.given or not _in_headline(text, span)):
            return "person.after-title"
    named = patterns.naming.search(before)
    if named and span.start - len(named[0]) in places.post_ends:
        return "person.named"
    return "person.after-honorific" if patterns.honorific.search(before) else None


def _in_headline(text: str, span: Span) -> bool:
    """Tell whether a name would stand in a heading that writes all its words with capitals."""
    first, last = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    line = text[first : last if last >= 0 else len(text)].strip()
    others = _LONG_WORD.findall(text[first : span.start] + " " + line[span.end - first :])
    return (
        len(line) < _HEADLINE
        and line[-1:] not in _SENTENCE_SIGNS
        and len(others) > (2 if " " in text[span.start : span.end] else 0)
        and all(w[0].isupper() for w in others)
    )


def _told_behind(
    text: str, span: Span, words: int, places: Places, patterns: Patterns
) -> str | None:
    """What stands behind a name: a title, a body, a party or an age, a charge, a verb of speech."""
    opening = patterns.opening.match(text, span.end)
    if opening and opening[0].strip(" \n") and opening.end() in places.post_starts:
        return "person.before-title"
    affiliation = patterns.affiliation.match(text, span.end) if words <= 5 else None
    if affiliation and affiliation.end() in places.body_starts:
        return "person.affiliated"
    if words <= 5 and patterns.party.match(text, span.end):
        return "person.party"
    if words <= 5 and patterns.charge.match(text, span.end):
        return "person.in-charge"
    if words <= 4 and patterns.speech.match(text, span.end):
        return "person.speaks"
    return None


def find_surnames(
    text: str, folded: str, people: Sequence[Mention], taken: Sequence[Span]
) -> list[Mention]:
    """Give later mentions by surname: "Vidal" after "Josefina Vidal Ferreiro" stood in the text.

    ``value`` and ``entity`` are those of the one fuller name that ends in these words, or has them as
    its first surname; where two people share them, nothing is found.
    """
    bearers: dict[str, set[tuple[str, str | None]]] = {}
    for person in people:
        for form in _short_forms(fold(person.value).split()):
            bearers.setdefault(form, set()).add((person.value, person.entity))
    one = {form: _fullest(found) for form, found in bearers.items()}
    settled = Spans(taken)
    found = []
    for form, span in _places(folded, [f for f, who in one.items() if who is not None]):
        surface = text[span.start : span.end]
        if not surface[-1].isalpha() or not any(c.isupper() for c in surface):
            continue
        if not surface.split()[-1][0].isupper() or settled.overlap(span):
            continue
        who = one[form]
        if who is not None:
            found.append(
                Mention(MentionKind.PERSON, span, surface, who[0], who[1], "person.surname")
            )
    return found


def _places(folded: str, forms: Sequence[str]) -> Iterator[tuple[str, Span]]:
    """Where some forms stand as words, the leftmost, then longest, first."""
    automaton = ahocorasick.Automaton()
    for form in forms:
        automaton.add_word(form, form)
    if not forms:
        return
    automaton.make_automaton()
    hits = ((last + 1 - len(form), last + 1, form) for last, form in automaton.iter(folded))
    at = 0
    for start, end, form in sorted(hits, key=lambda h: (h[0], -h[1])):
        before, after = folded[start - 1 : start] if start else "", folded[end : end + 1]
        glued = _GLUED.match(before) or _WORD.match(after)
        if start >= at and not glued:
            at = end
            yield form, Span(start, end)


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
    if len(found) == 1:
        return next(iter(found))
    ranked = sorted(found, key=lambda f: (-len(f[0]), f[0], f[1] or ""))
    fullest = set(fold(ranked[0][0]).split())
    entities = {entity for _, entity in ranked if entity}
    one = len(entities) == 1 and all(entity for _, entity in ranked)
    if one or all(set(fold(name).split()) <= fullest for name, _ in ranked):
        return ranked[0][0], (entities.pop() if len(entities) == 1 else None)
    return None

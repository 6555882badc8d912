"""Bodies that no list knows, by the heads that a pack names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold, overlapping, word_choice

_LISTED_WORDS = 6
_WORD = re.compile(r"\S+\s+")
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_SHORT_LINE = 60
_SEATED = re.compile(r"(?:[A-Z][\w&\-]*\s)+(?P<head>\w+)\s+\w{2}\s+(?P<place>[A-Z].*)", re.DOTALL)
_SEATS = ("agency", "other")
_ABBREVIATED = r"(?:[A-Z]{1,2}\.\s?)+[A-Z]{1,2}\.|(?:[A-Z]\.){2,}"
AND = re.compile(r"\s+(?:and|y|e|&)\s+(?:(?:de|del|of)\s+)?(?:(?:la|el|the)\s+)?")
OWNER = re.compile(r"[’']s\s")
CAPITALISED = rf"(?:{_ABBREVIATED}|[A-ZÁÉÍÓÚÑÜ][\w'’&\-]{{0,60}})"


class BodyPatterns(msgspec.Struct, frozen=True):
    """The compiled shapes of body names in one language."""

    prefix: re.Pattern[str]
    described: re.Pattern[str]
    inner_head: re.Pattern[str]
    suffix: re.Pattern[str] | None
    heads: dict[str, str]


@lru_cache(maxsize=16)
def _patterns(pack: Pack) -> BodyPatterns:
    prefix = dict(pack.tables["bodies"]["prefix"])
    capital = dict(pack.tables["bodies"]["prefix-capitalised"])
    suffix = dict(pack.tables["bodies"]["suffix"])
    prepositions = word_choice(pack.words("bodies", "joining", "prepositions"))
    inner = word_choice(pack.words("bodies", "joining", "inner"))
    chain = rf"{CAPITALISED}(?:,?\s+(?:(?:{inner})\s+){{0,3}}{CAPITALISED}){{0,7}}"
    endings = "|".join(map(re.escape, pack.words("bodies", "joining", "adjectives"))) or "(?!)"
    described = rf"(?:\s+[A-ZÁÉÍÓÚÑÜ]\w+(?:{endings})(?!\w))"
    return BodyPatterns(
        prefix=re.compile(
            rf"(?<!\w)(?:[A-ZÁÉÍÓÚÑÜ][\w&\-]{{0,60}}\s+){{0,2}}"
            rf"(?P<head>(?i:{word_choice(tuple(prefix))})"
            rf"|{word_choice(tuple(w.title() for w in capital))}){described}*\s+"
            rf"(?:(?:{prepositions})\s+)(?P<rest>{chain})"
        ),
        described=re.compile(
            rf"(?<!\w)(?:{word_choice(tuple(w.capitalize() for w in (*prefix, *capital)))})"
            rf"{described}+"
        ),
        inner_head=re.compile(
            rf"\s+(?:{prepositions})\s+"
            rf"(?={word_choice(tuple(w.capitalize() for w in (*prefix, *capital)))}(?!\w))"
        ),
        suffix=re.compile(
            rf"(?<!\w)(?:{CAPITALISED}|\d{{1,2}}(?:st|nd|rd|th)\b)"
            rf"(?:\s+(?:(?:and|of|for|&)\s+)?{CAPITALISED}){{0,4}}?"
            rf"\s+(?P<head>{word_choice(tuple(w.title() for w in suffix))})(?!\w)"
        )
        if suffix
        else None,
        heads={fold(k): v for k, v in {**capital, **prefix, **suffix}.items()},
    )


def find_bodies(text: str, pack: Pack) -> list[Mention]:
    """Give the spans that look like names of bodies; ``value`` is the name, ``entity`` is unknown."""
    patterns = _patterns(pack)
    found = []
    openers = pack.folded("sentences", "openers")
    last: list[Span] = []
    if patterns.suffix is not None:
        for match in patterns.suffix.finditer(text):
            start = max(
                (b.end() for b in _lines(text, Span(match.start(), match.end()))),
                default=match.start(),
            )
            span = _after_openers(text, Span(start, match.end()), openers)
            if " " in text[span.start : span.end].strip():
                last.append(span)
    starts = frozenset(s.start for s in last)
    last.extend(Span(m.start(), m.end()) for m in patterns.described.finditer(text))
    at = 0
    while (first := patterns.prefix.search(text, at)) is not None:
        span = _trim_list(text, first, patterns)
        at = max(span.end, first.end("head"))
        breaks = [*_lines(text, span)]
        start = max((b.end() for b in breaks if b.end() <= first.start("head")), default=span.start)
        end = min((b.start() for b in breaks if b.end() > start), default=span.end)
        if end <= first.start("rest") or _are_two(
            text, first, _after_openers(text, span, openers), starts
        ):
            continue
        span = Span(start, end)
        cut = [j.start() for j in AND.finditer(text, span.start, span.end) if j.end() in starts]
        span = Span(span.start, min([span.end, *cut]))
        found.append(_mention(text, _after_openers(text, span, openers), "body.head-first"))
    return [*found, *(_mention(text, span, "body.head-last") for span in last)]


def _lines(text: str, span: Span) -> Iterator[re.Match[str]]:
    """The breaks in a span that end a paragraph or a line too short to run on: no name goes over them."""
    for found in _BREAK.finditer(text, span.start, span.end):
        first = text.rfind("\n", 0, found.start()) + 1
        if found[0].count("\n") > 1 or found.start() - first < _SHORT_LINE:
            yield found


def _are_two(text: str, match: re.Match[str], span: Span, starts: frozenset[int]) -> bool:
    """Tell whether both sides of "of" are names with their head last: "X Committee of the Y Center"."""
    before = text[span.start : match.start("head")].strip()
    both = span.start in starts and match.start("rest") in starts
    return bool(before) and both and span.end == match.end("rest")


def _after_openers(text: str, span: Span, openers: frozenset[str]) -> Span:
    """Leave out a capitalised article or preposition that only begins the sentence."""
    start = span.start
    while True:
        first = _WORD.match(text, start, span.end)
        if first is None or fold(first[0].strip()) not in openers:
            return Span(start, span.end)
        start = first.end()


def _trim_list(text: str, match: re.Match[str], patterns: BodyPatterns) -> Span:
    """End the name before another body's head, and before a comma that does not belong to it.

    Only "A, B(,) and C" keeps commas.
    """
    end = match.end("rest")
    inner = patterns.inner_head.search(text, match.start("rest"), end + 1)
    if inner is not None and inner.end() < end:
        end = inner.start()
        while (joined := _JOINED.search(text, match.start("rest"), end)) is not None:
            end = joined.start()
    owner = OWNER.search(text, match.start("rest"), end)
    end = owner.start() if owner is not None else end
    closing = _PLURAL_STATES.search(text, match.start("rest"), end)
    end = closing.end() if closing is not None else end
    rest = text[match.start("rest") : end]
    if "," in rest:
        tail = rest[rest.rfind(",") + 1 :]
        pair = rest.count(",") == 1 and AND.match(tail) is not None
        if pair or not AND.search(f" {tail}") or len(tail.split()) > _LISTED_WORDS:
            end = match.start("rest") + rest.find(",")
    return Span(match.start(), end)


def _mention(text: str, span: Span, rule: str) -> Mention:
    surface = text[span.start : span.end]
    value = re.sub(r"\s+", " ", surface)
    return Mention(MentionKind.BODY, span, surface, value, None, rule)


_JOINED = re.compile(r"(?:\s+(?:and|of|the|y|e|de|del|la|&)|,)\s*$")
_PLURAL_STATES = re.compile(r"([A-Z])\1\.\s?([A-Z])\2\.")
_POSSESSIVE = re.compile(r"[’']s?\s+")


_SIDES = (MentionKind.SIDE, MentionKind.STATE)
_TELLING = (MentionKind.BODY, MentionKind.PERSON, MentionKind.SERIES, MentionKind.DATE)


def trim_at_names(
    text: str, found: Sequence[Mention], known: Sequence[Mention], pack: Pack
) -> list[Mention]:
    """Shorten names that ran into a known one: "Ministry of the Interior and Homeland Security".

    A known name at the same start stands for itself; one directly behind the head and its
    preposition is a part of the name ("Committee on Homeland Security").
    """
    joiners = pack.folded("bodies", "joining", "inner")
    loose = joiners | pack.folded("posts", "heads")
    kept = []
    alone = pack.folded("bodies", "joining", "alone")
    sides = frozenset(k.span for k in known if k.kind in _SIDES)
    telling = [k for k in known if k.kind in _TELLING]
    around = overlapping([m.span for m in found], [k.span for k in telling])
    places = frozenset(k.span for k in known if k.kind == MentionKind.PLACE)
    for mention, numbers in zip(found, around, strict=True):
        mention = _without_place(mention, places, pack)
        inside = [telling[number] for number in numbers]
        if (
            _is_head_of_side(text, mention, sides, alone)
            or _before_owner(text, mention, sides)
            or any(_is_owned(text, mention, k) for k in inside)
        ):
            continue
        if any(k.span.start <= mention.span.start for k in inside):
            rest = _rest(text, mention, inside, joiners, _patterns(pack).heads)
            if rest is not None and not any(k.span.overlaps(rest) for k in inside):
                kept.append(_mention(text, rest, mention.rule))
            continue
        cuts = [
            k.span.start
            for k in inside
            if len(text[mention.span.start : k.span.start].split()) > 2
            or k.kind != MentionKind.BODY
        ]
        if not cuts:
            kept.append(mention)
            continue
        words = text[mention.span.start : min(cuts)].split()
        while words and fold(words[-1]).strip(",;") in loose:
            words.pop()
        if len(words) < 3:
            continue
        end = mention.span.start + len(text[mention.span.start : min(cuts)].rstrip())
        surface = text[mention.span.start : end]
        while surface and fold(surface.split()[-1]).strip(",;") in loose | {""}:
            surface = surface[: -len(surface.split()[-1])].rstrip()
        surface = surface.rstrip(" ,;")
        span = Span(mention.span.start, mention.span.start + len(surface))
        kept.append(_mention(text, span, mention.rule))
    return kept


def _is_owned(text: str, mention: Mention, known: Mention) -> bool:
    """Tell a known body with its owner before it: "Cuba's Border Guard Troops" is none of its own."""
    inside = known.kind == MentionKind.BODY and known.span.start > mention.span.start
    is_behind_owner = OWNER.fullmatch(text, mention.span.start, known.span.start)
    return inside and known.span.end >= mention.span.end + (0 if is_behind_owner else 1)


def _is_head_of_side(
    text: str, mention: Mention, sides: frozenset[Span], alone: frozenset[str]
) -> bool:
    """Tell a name that is a state's adjective and a bare head; it only names another one again.

    "The Cuban Ministry" is none of its own; "the Mexican Embassy" is.
    """
    side, _, head = mention.value.rpartition(" ")
    span = Span(mention.span.start, mention.span.start + len(side))
    return span in sides and fold(head) in alone - {"embassy"}


def _without_place(mention: Mention, places: frozenset[Span], pack: Pack) -> Mention:
    """Leave out where a body sits that has a name before its head: "Canine Center in El Paso"."""
    found = _SEATED.fullmatch(mention.surface)
    if found is None or mention.rule != "body.head-first":
        return mention
    place = Span(mention.span.start + found.start("place"), mention.span.end)
    kind = {**pack.tables["bodies"]["prefix"], **pack.tables["bodies"]["prefix-capitalised"]}
    if place not in places or kind.get(fold(found["head"])) not in _SEATS:
        return mention
    return _cut(mention, mention.span.start + found.end("head"))


def _cut(mention: Mention, end: int) -> Mention:
    surface = mention.surface[: end - mention.span.start]
    value = re.sub(r"\s+", " ", surface)
    span = Span(mention.span.start, end)
    return msgspec.structs.replace(mention, span=span, surface=surface, value=value)


def _before_owner(text: str, mention: Mention, sides: frozenset[Span]) -> bool:
    """Tell a head with the state that owns what follows: "the center of Cuba's Institute of Tides"."""
    if mention.rule != "body.head-first" or _POSSESSIVE.match(text, mention.span.end) is None:
        return False
    words = mention.value.split()
    owner = Span(mention.span.end - len(words[-1]), mention.span.end)
    return owner in sides and len(words) > 2


def _rest(
    text: str,
    mention: Mention,
    inside: Sequence[Mention],
    joiners: frozenset[str],
    heads: Mapping[str, str],
) -> Span | None:
    """What a name keeps behind a known name that it had run over: "HHS Office of Tides"."""
    start = max(k.span.end for k in inside if k.span.start <= mention.span.start)
    words = text[start : mention.span.end].split()
    if mention.rule != "body.head-last" and (not words or fold(words[0]) not in heads):
        return None
    owner = _POSSESSIVE.match(text, start)
    start = owner.end() if owner is not None else start
    while start < mention.span.end:
        word = re.compile(r"[\s,;]*(\S+)").match(text, start, mention.span.end)
        if word is None or fold(word[1]) not in joiners:
            break
        start = word.end()
    surface = text[start : mention.span.end]
    start += len(surface) - len(surface.lstrip(" \n,;"))
    return (
        Span(start, mention.span.end) if len(text[start : mention.span.end].split()) > 1 else None
    )

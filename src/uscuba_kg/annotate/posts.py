"""Titles of posts: a head word of the pack with what stands before and after it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from uscuba_kg.annotate.bodies import CAPITALISED, word_choice
from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack

_WORDS_AT_MOST = 7
_TOLD = (MentionKind.STATE, MentionKind.PLACE, MentionKind.BODY, MentionKind.PERSON)
_ACTORS = (MentionKind.BODY, MentionKind.PERSON)


@lru_cache(maxsize=16)
def _pattern(pack: Pack) -> re.Pattern[str]:
    """One pattern for a language: modifiers, head, trailing words, complement."""
    heads = word_choice(pack.words("posts", "heads"))
    modifiers = word_choice(pack.words("posts", "modifiers"))
    trailing = word_choice(pack.words("posts", "trailing"))
    complement = word_choice(pack.words("posts", "complement"))
    joiners = word_choice(pack.words("posts", "joiners"))
    fields = word_choice(pack.words("posts", "fields"))
    chain = (
        rf"(?:{CAPITALISED}(?:\s+(?:(?:{joiners})\s+){{0,3}}{CAPITALISED}){{0,{_WORDS_AT_MOST}}}"
        rf"(?:\s+(?:{fields})(?!\w))?|\w+\s+(?:{fields})(?!\w))"
    )
    listed = (
        rf"{CAPITALISED}(?:\s+{CAPITALISED})?(?:,\s+{CAPITALISED}(?:\s+{CAPITALISED})?)+"
        rf",?\s+(?:{joiners})\s+{CAPITALISED}(?:\s+{CAPITALISED}){{0,2}}"
    )
    return re.compile(
        rf"(?<![\w.])(?P<before>(?:(?i:{modifiers})(?:\s+|-)){{0,4}})"
        rf"(?P<head>(?i:{heads}))(?![\w’'])(?P<trailing>(?:\s+(?i:{trailing})(?!\w)){{0,3}})"
        rf"(?P<complement>\s+(?:(?i:{complement}))\s+(?:(?:the|la|el|los|las)\s+)?"
        rf"(?P<field>{listed}|{chain}))?"
    )


def find_posts(text: str, pack: Pack, names: Sequence[Mention]) -> list[Mention]:
    """Give the titles in a text; ``value`` is the title in the singular, with single spaces.

    A complement ("for Western Hemisphere Affairs") belongs to the title, unless it starts with one
    of ``names``, a state, place, body or person: the name tells that. A head that means a post only
    with more words ("head", "chief") needs a complement, or a body's name behind it.
    """
    starts = frozenset(m.span.start for m in names if m.kind in _TOLD)
    adjectives = frozenset(m.span for m in names if m.kind == MentionKind.SIDE)
    kinds = (MentionKind.SIDE, MentionKind.STATE)
    sides = frozenset(m.span for m in names if m.kind in kinds)
    actors = frozenset(m.span.start for m in names if m.kind in _ACTORS)
    people = frozenset(m.span.start for m in names if m.kind == MentionKind.PERSON)
    bodies = frozenset(m.span.start for m in names if m.kind == MentionKind.BODY)
    bound = frozenset(w.casefold() for w in pack.words("posts", "bound"))
    plural: dict[str, str] = pack.tables["posts"]["plural"]
    found = []
    for match in _pattern(pack).finditer(text):
        adjective = match["complement"] and any(
            s.start == match.start("field") and s.end < match.end("field") for s in adjectives
        )
        end = match.end() if adjective else _end(text, match, starts, actors, pack)
        if match["complement"] and _only_sides(text, Span(*match.span("field")), sides):
            end = match.start("complement")
        named = text[end : end + 1] == " " and end + 1 in people
        if _is_bare(match, end, bound) and not named and not _before_body(text, end, pack, bodies):
            continue
        surface = text[match.start() : end]
        value, rule = re.sub(r"\s+", " ", surface), "post.head"
        if match["head"].casefold() in plural:
            rule = "post.plural"
            value = value.replace(match["head"], _singular(match["head"], plural), 1)
        span = Span(match.start(), end)
        found.append(Mention(MentionKind.POST, span, surface, value, None, rule))
    return found


def _only_sides(text: str, field: Span, sides: frozenset[Span]) -> bool:
    """Tell whether a complement names states alone: "representatives of the Cuban and US ..."."""
    words = [
        Span(field.start + m.start(), field.start + m.end())
        for m in re.finditer(CAPITALISED, text[field.start : field.end])
    ]
    return bool(words) and all(any(s.covers(w) for s in sides) for w in words)


def _end(
    text: str, match: re.Match[str], starts: frozenset[int], actors: frozenset[int], pack: Pack
) -> int:
    """Where the title ends: before a name that its complement starts with or runs into."""
    if match["complement"] is None:
        return match.end()
    start, end = match.span("field")
    if start in starts:
        return match.start("complement")
    inside = [cut for cut in actors if start < cut < end]
    if inside:
        return start + len(_without_joiners(text[start : min(inside)], pack))
    return match.end()


def _singular(head: str, plural: dict[str, str]) -> str:
    """The singular of a plural head, capitalised as it was."""
    one = plural[head.casefold()]
    return one[0].upper() + one[1:] if head[0].isupper() else one


def _is_bare(match: re.Match[str], end: int, bound: frozenset[str]) -> bool:
    """Tell whether nothing but a head stands there, and one that needs more than a name behind it."""
    text = match.string
    titled = (
        match["head"][0].isupper()
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].isupper()
    )
    if titled:
        return False
    return match.end("head") == end and not match["before"] and match["head"].casefold() in bound


def _before_body(text: str, end: int, pack: Pack, bodies: frozenset[int]) -> bool:
    """Tell whether a complement's preposition and a body's name follow."""
    complement = word_choice(pack.words("posts", "complement"))
    link = re.compile(rf"\s+(?i:{complement})\s+(?:(?:the|la|el|los|las)\s+)?").match(text, end)
    return link is not None and link.end() in bodies


def _without_joiners(field: str, pack: Pack) -> str:
    """Leave out the joining words at the end of a shortened complement."""
    joiners = {w.casefold() for w in (*pack.words("posts", "joiners"), "the")}
    words = field.rstrip(" \n,;")
    while words and words.split()[-1].casefold() in joiners:
        words = words[: -len(words.split()[-1])].rstrip(" \n,;")
    return words

"""Titles of posts: a head word of the pack with what stands before and after it."""

from __future__ import annotations

import re
from functools import lru_cache

from uscuba_kg.annotate.bodies import CAPITALISED, word_choice
from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack

_WORDS_AT_MOST = 7


@lru_cache(maxsize=16)
def _pattern(pack: Pack) -> re.Pattern[str]:
    """One pattern for a language: modifiers, head, trailing words, complement."""
    heads = word_choice(pack.words("posts", "heads"))
    modifiers = word_choice(pack.words("posts", "modifiers"))
    trailing = word_choice(pack.words("posts", "trailing"))
    complement = word_choice(pack.words("posts", "complement"))
    joiners = word_choice(pack.words("posts", "joiners"))
    chain = rf"{CAPITALISED}(?:\s+(?:(?:{joiners})\s+){{0,3}}{CAPITALISED}){{0,{_WORDS_AT_MOST}}}"
    listed = (
        rf"{CAPITALISED}(?:\s+{CAPITALISED})?(?:,\s+{CAPITALISED}(?:\s+{CAPITALISED})?)+"
        rf",?\s+(?:{joiners})\s+{CAPITALISED}(?:\s+{CAPITALISED}){{0,2}}"
    )
    return re.compile(
        rf"(?<![\w.])(?P<before>(?:(?i:{modifiers})(?:\s+|-)){{0,4}})"
        rf"(?P<head>(?i:{heads}))(?![\w’'])(?P<trailing>(?:\s+(?i:{trailing})(?!\w)){{0,3}})"
        rf"(?P<complement>\s+(?:(?i:{complement}))\s+(?:(?:the|la|el|los|las)\s+)?(?P<field>{listed}|{chain}))?"
    )


def find_posts(
    text: str, pack: Pack, cuts: frozenset[int], bodies: frozenset[int]
) -> list[Mention]:
    """Give the titles in a text; ``value`` is the title with single spaces.

    A head that means a post only with more words ("head", "chief") needs a complement, or one of
    ``bodies``, the offsets where a body's name begins, behind it.

    A complement ("for Western Hemisphere Affairs") belongs to the title, unless it starts at one of
    ``cuts``, the offsets where a known body, person or state begins: that is told by the name.
    """
    found = []
    bound = frozenset(w.casefold() for w in pack.words("posts", "bound"))
    plural = frozenset(w.casefold() for w in pack.words("posts", "plural"))
    for match in _pattern(pack).finditer(text):
        end = match.end()
        if match["complement"] is not None:
            field = Span(match.start("field"), match.end("field"))
            inside = [cut for cut in cuts if field.start <= cut < field.end]
            if field.start in inside:
                end = match.start("complement")
            elif inside:
                end = field.start + len(_before_cut(text[field.start : min(inside)], pack))
        if _is_bare(match, end, bound) and not _before_body(text, end, pack, bodies):
            continue
        surface = text[match.start() : end]
        value = re.sub(r"\s+", " ", surface)
        span = Span(match.start(), end)
        rule = "post.plural" if match["head"].casefold() in plural else "post.head"
        found.append(Mention(MentionKind.POST, span, surface, value, None, rule))
    return found


def _is_bare(match: re.Match[str], end: int, bound: frozenset[str]) -> bool:
    """Tell whether nothing but a head stands there, and one that needs more."""
    return match.end("head") == end and not match["before"] and match["head"].casefold() in bound


def _before_body(text: str, end: int, pack: Pack, bodies: frozenset[int]) -> bool:
    """Tell whether a complement's preposition and a body's name follow."""
    complement = word_choice(pack.words("posts", "complement"))
    link = re.compile(rf"\s+(?i:{complement})\s+(?:(?:the|la|el|los|las)\s+)?").match(text, end)
    return link is not None and link.end() in bodies


def _before_cut(field: str, pack: Pack) -> str:
    """Leave out the joining words at the end of a shortened complement."""
    words = field.rstrip()
    joiners = {w.casefold() for w in (*pack.words("posts", "joiners"), "the")}
    while words and (words.split()[-1].casefold() in joiners or words[-1] in ",;"):
        words = words[: -len(words.split()[-1])].rstrip() if words[-1] not in ",;" else words[:-1]
    return words

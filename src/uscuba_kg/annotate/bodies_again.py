"""Bodies named again in short: by an acronym told before, or by the head of their name alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from uscuba_kg.annotate.bodies import CAPITALISED
from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold, word_choice

_ACRONYM = re.compile(r"\s\(([A-Z][\w\-]{1,14})\)")
_SIDES = (MentionKind.SIDE, MentionKind.STATE)


def find_acronyms(text: str, names: Sequence[Mention]) -> list[Mention]:
    """Give the later mentions of bodies by the acronym or short name in brackets behind the first.

    ``value`` and ``entity`` are those of the full name; what two bodies share is left out.
    """
    settled = frozenset(m.span.start for m in names)
    bearers: dict[str, set[tuple[str, str | None]]] = {}
    for mention in names:
        if mention.kind == MentionKind.BODY and " " in mention.value:
            short = _ACRONYM.match(text, mention.span.end)
            if short is not None and short.start(1) not in settled:
                bearers.setdefault(short[1], set()).add((mention.value, mention.entity))
    found = []
    for form, bodies in sorted(bearers.items()):
        if len(bodies) != 1:
            continue
        value, entity = next(iter(bodies))
        for match in re.finditer(rf"(?<![\w(]){re.escape(form)}(?!\w)", text):
            span = Span(match.start(), match.end())
            found.append(Mention(MentionKind.BODY, span, form, value, entity, "body.acronym"))
    return found


def find_heads_alone(text: str, pack: Pack, names: Sequence[Mention]) -> list[Mention]:
    """Give the bodies named again by their head alone: "the department's Office of Tides".

    A state's adjective may stand before the head: "the Cuban Ministry".
    Only the one body of that head that stands earlier in the text is meant; of two, none.
    """
    earlier: dict[str, dict[str, Mention]] = {}
    bodies = iter(sorted((m for m in names if m.kind == MentionKind.BODY), key=lambda m: m.span))
    taken = {
        place for m in names if m.kind not in _SIDES for place in range(m.span.start, m.span.end)
    }
    sides = frozenset(m.span for m in names if m.kind in _SIDES)
    body = next(bodies, None)
    found = []
    for match in _heads_alone(pack).finditer(text):
        group = next(g for g in ("head", "name", "again") if match[g])
        span = Span(*match.span(group))
        if group == "again" and Span(*match.span("side")) not in sides:
            continue
        while body is not None and body.span.end <= span.start:
            for word in fold(body.value).split():
                earlier.setdefault(word, {})[body.entity or fold(body.value)] = body
            body = next(bodies, None)
        surface = text[span.start : span.end]
        known = earlier.get(fold(surface), {})
        if len(known) == 1 and taken.isdisjoint(range(span.start, span.end)):
            (one,) = known.values()
            found.append(
                Mention(MentionKind.BODY, span, surface, one.value, one.entity, "body.head-alone")
            )
    return found


@lru_cache(maxsize=16)
def _heads_alone(pack: Pack) -> re.Pattern[str]:
    """A head alone before a part of it, or written as a name: "the Ministry", "la Fiscalía"."""
    alone = pack.words("bodies", "joining", "alone")
    heads, names = word_choice(alone), word_choice(tuple(w.capitalize() for w in alone))
    return re.compile(
        rf"(?<!\w)(?i:the|la|el|del|al)\s+(?:(?P<head>(?i:{heads}))(?=[’']s?\s+\w)"
        rf"|(?P<name>{names})(?!\w|\s+(?:of|for|on|de|del|para|sobre|to)\s|[ \-][A-Z])"
        rf"|(?P<side>{CAPITALISED}) (?P<again>{names})"
        rf"(?!\w|\s+(?:of|for|on|de|del|para|sobre|to)\s|[ \-][A-Z]))"
    )

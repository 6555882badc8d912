"""The compiled shapes of titles in one language: a head with what stands before and after it."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from uscuba_kg.annotate.bodies import CAPITALISED
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import first_words, fold, word_choice

_WORDS_AT_MOST = 7
_LOWER = r"[a-záéíóúñü][\w’'\-]{0,60}"


class Shapes(msgspec.Struct, frozen=True):
    """The compiled shapes of titles in one language."""

    title: re.Pattern[str]
    firsts: frozenset[str]
    free: re.Pattern[str]
    apposed: re.Pattern[str]
    naming: re.Pattern[str]
    fields: frozenset[str]
    joiners: frozenset[str]
    unlike: frozenset[str]
    barred: frozenset[str]
    given: frozenset[str]
    degrees: frozenset[str]
    opening: frozenset[str]
    titled_name: re.Pattern[str]
    charged: re.Pattern[str]
    retinue: re.Pattern[str]
    further: re.Pattern[str]


@lru_cache(maxsize=16)
def shapes_of(pack: Pack) -> Shapes:
    """The patterns for a language: modifiers, head, trailing words, state, complement."""

    def some(name: str) -> str:
        return word_choice(pack.words("posts", name))

    joiners, fields = some("joiners"), some("fields")
    chain = (
        rf"(?:{CAPITALISED}(?:\s+(?:(?:{joiners})\s+){{0,3}}{CAPITALISED}){{0,{_WORDS_AT_MOST}}}"
        rf"(?:\s+(?:{fields})(?!\w))?"
        rf"|(?:{fields})(?!\w)(?:(?:,?\s+(?:{joiners}))?\s+(?:{fields})(?!\w)){{0,5}}"
        rf"|\w+\s+(?:{fields})(?!\w))"
    )
    listed = (
        rf"{CAPITALISED}(?:\s+{CAPITALISED})?(?:,\s+{CAPITALISED}(?:\s+{CAPITALISED})?)+"
        rf",?\s+(?:{joiners})\s+{CAPITALISED}(?:\s+{CAPITALISED}){{0,2}}"
    )
    openings = word_choice(pack.words("people", "opening"))
    joining = frozenset(fold(w) for w in (*pack.words("posts", "joiners"), "the"))
    unlike = pack.folded("posts", "unlike")
    links = (*pack.words("people", "opening"), *pack.words("posts", "complement"))
    return Shapes(
        title=re.compile(
            rf"(?<![\w.])(?P<before>(?:(?i:{some('modifiers')})(?:\s+|-)){{0,4}})"
            rf"(?P<head>(?i:{some('heads')}))(?![\w’'])"
            rf"(?P<trailing>(?:\s+(?i:{some('trailing')})(?!\w)){{0,3}})(?P<side>\s+\w+)?"
            rf"(?P<complement>\s+(?P<link>(?i:{some('complement')}))"
            rf"\s+(?:(?:the|la|el|los|las)\s+)?(?P<field>{listed}|{chain}))?"
        ),
        firsts=first_words((*pack.words("posts", "modifiers"), *pack.words("posts", "heads"))),
        free=re.compile(
            rf"\s+(?:of|for|de|para)\s+(?P<field>{_LOWER}(?:(?:\s+(?:{joiners}))?\s+{_LOWER}){{0,4}}?)"
            r"(?=\s*[,;.)]|\s+(?:at|in|within|del|de la|de los|of the|for the)\s)"
        ),
        apposed=re.compile(rf"[,(]\s+(?:{CAPITALISED}[’']s\s+)?(?:(?i:{openings})\s+){{0,2}}$"),
        naming=re.compile(
            rf",?\s+(?i:{word_choice(pack.words('people', 'naming'))})\s+{CAPITALISED}"
        ),
        fields=frozenset(map(fold, pack.words("posts", "fields"))),
        joiners=joining,
        unlike=unlike,
        barred=joining | unlike | {w for one in links for w in fold(one).split()},
        given=frozenset(map(fold, pack.words("people", "given"))),
        titled_name=re.compile(
            rf",\s(?:(?i:{word_choice(pack.words('people', 'honorifics'))})\s)?"
        ),
        opening=frozenset(w for w in pack.words("people", "opening") if " " not in w),
        degrees=pack.folded("people", "degrees") | pack.folded("people", "honorifics"),
        charged=re.compile(
            rf"\s+(?i:{some('complement')})\s+(?:(?i:{some('owners')})\s+)?"
            rf"(?:[A-Z][\w.]{{0,20}}\s){{0,2}}(?i:{some('charges')})(?!\w)"
            rf"(?:\s+(?i:{some('trailing')})(?!\w))?"
        ),
        retinue=re.compile(
            rf"\s+(?i:{some('complement')})\s+(?:(?i:{some('owners')})\s+)?(?:[\w.’'-]+\s+){{0,3}}?"
            rf"(?:{some('retinues')})(?!\w)"
        ),
        further=re.compile(rf"\s+(?:(?i:{joiners})\s+){{0,2}}(?=[A-ZÁÉÍÓÚÑ])"),
    )

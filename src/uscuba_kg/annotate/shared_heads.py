"""Bodies of a list that share one head: "the Departments of State and Justice"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec

from uscuba_kg.annotate.bodies import AND, CAPITALISED, OWNER
from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import fold, word_choice

Known = Callable[[str], str | None]
"""The entity that bears a full name."""
_MOST = 8
_LISTED = re.compile(
    r"\s*(?:,|;)?\s*(?:and|y|e|&|o|or)\s+(?:(?:de|del|of)\s+)?(?:(?:la|el|the)\s+)?|\s*[,;]\s+"
)
_BEFORE = re.compile(
    rf"(?:{CAPITALISED}(?: {CAPITALISED}){{0,3}}(?:,|,? and|,? &) ){{1,{_MOST}}}"
    rf"{CAPITALISED}(?: {CAPITALISED}){{0,3}} $"
)
_NAME = re.compile(rf"{CAPITALISED}(?: {CAPITALISED})*")
_REACH = 200


class _Shapes(msgspec.Struct, frozen=True):
    """``singular`` and ``behind`` tell what one name of a list is called; ``certain`` only if known."""

    head: re.Pattern[str]
    behind: re.Pattern[str] | None
    element: re.Pattern[str]
    heads: frozenset[str]
    singular: dict[str, str]
    certain: frozenset[str]


@lru_cache(maxsize=16)
def _shapes(pack: Pack) -> _Shapes:
    tables = pack.tables["bodies"]
    certain, behind = dict(tables["distributive-if-known"]), dict(tables["distributive-behind"])
    singular = {**tables["distributive"], **certain}
    inner = word_choice(pack.words("bodies", "joining", "inner"))
    plain = rf"{CAPITALISED}(?:\s+(?:(?:{inner})\s+){{0,2}}{CAPITALISED}){{0,5}}"
    return _Shapes(
        re.compile(rf"(?<!\w)(?P<head>(?i:{word_choice(tuple(singular))}))\s+"),
        re.compile(rf"(?<= )(?i:{word_choice(tuple(behind))})(?!\w)") if behind else None,
        re.compile(rf"(?:(?:the|la|el|los|las)\s+)?(?P<name>{plain})"),
        frozenset(fold(head) for part in _PARTS for head in tables[part]),
        {fold(k): v for k, v in {**singular, **behind}.items()},
        frozenset(map(fold, certain)),
    )


_PARTS = ("prefix", "prefix-capitalised", "suffix")


def find_distributed(text: str, pack: Pack, known: Known) -> list[Mention]:
    """Give each name of a list that shares one head, before it or behind.

    The span of the one beside the head includes it; ``value`` is the head's singular and the name.
    A name that is ``known`` whole is not split at "and"; before a head behind all must be known.
    """
    shapes = _shapes(pack)
    return [*_with_head_before(text, shapes, known), *_with_head_behind(text, shapes, known)]


def _with_head_behind(text: str, shapes: _Shapes, known: Known) -> Iterator[Mention]:
    """Of "the State, Homeland Security and Justice departments" each, where all are known."""
    for head in shapes.behind.finditer(text) if shapes.behind is not None else ():
        first = max(0, head.start() - _REACH)
        listed = _BEFORE.search(text[first : head.start()])
        if listed is None:
            continue
        spans = [
            Span(first + listed.start() + m.start(), first + listed.start() + m.end())
            for m in _NAME.finditer(listed[0])
        ]
        singular = shapes.singular[fold(head[0])]
        names = [f"{singular} {text[s.start : s.end]}" for s in spans]
        if all(map(known, names)):
            yield from _mentions(text, spans, names, spans[0].start, head.end(), known)


def _with_head_before(text: str, shapes: _Shapes, known: Known) -> Iterator[Mention]:
    for head in shapes.head.finditer(text):
        singular = shapes.singular[re.sub(r"\s+", " ", fold(head["head"]))]
        items: list[Span] = []
        at = head.end()
        while len(items) < _MOST:
            element = shapes.element.match(text, at)
            if element is None or _names_itself(text, element.span("name"), shapes):
                break
            items.append(Span(element.start("name"), element.end("name")))
            link = _LISTED.match(text, element.end())
            if link is None:
                break
            at = link.end()
        items = _split_joined(text, items, singular, known)
        names = [f"{singular} {_between(text, [span])}" for span in items]
        alone = len(items) == 1 and _opens_new_name(text, at, shapes) and known(names[0])
        if (len(items) < 2 and not alone) or (
            fold(head["head"]) in shapes.certain and not all(map(known, names))
        ):
            continue
        yield from _mentions(text, items, names, head.start(), items[-1].end, known)


def _mentions(
    text: str, spans: Sequence[Span], names: Sequence[str], start: int, end: int, known: Known
) -> Iterator[Mention]:
    """The bodies of a list from ``start`` to ``end``, of which the head is part of the next one."""
    last = len(spans) - 1
    for number, (span, name) in enumerate(zip(spans, names, strict=True)):
        whole = Span(start if number == 0 else span.start, end if number == last else span.end)
        surface = text[whole.start : whole.end]
        yield Mention(MentionKind.BODY, whole, surface, name, known(name), "body.shared-head")


def _names_itself(text: str, span: tuple[int, int], shapes: _Shapes) -> bool:
    """Tell whether an item of a list has a head of its own, or is a whole with its part.

    "The Bureaus of Consular Affairs and Office of Visas; the Department of Justice's Office of ..."
    """
    name = text[span[0] : span[1]]
    return fold(name.split()[0]) in shapes.heads or OWNER.search(name) is not None


def _opens_new_name(text: str, at: int, shapes: _Shapes) -> bool:
    """Tell whether a list is broken off by a name with a head of its own."""
    element = shapes.element.match(text, at)
    return element is not None and _names_itself(text, element.span("name"), shapes)


def _split_joined(text: str, items: list[Span], head: str, known: Known) -> list[Span]:
    """Split names at "and", but for names that are known whole.

    "Interior and Justice" are two, "Foreign Trade and Foreign Investment" is one.
    """
    split: list[Span] = []
    for item in items:
        pieces, start = [], item.start
        for joint in AND.finditer(text, item.start, item.end):
            pieces.append(Span(start, joint.start()))
            start = joint.end()
        pieces.append(Span(start, item.end))
        while pieces:
            size = next(
                (
                    n
                    for n in range(len(pieces), 1, -1)
                    if known(f"{head} {_between(text, pieces[:n])}")
                ),
                1,
            )
            split.append(Span(pieces[0].start, pieces[size - 1].end))
            pieces = pieces[size:]
    return split


def _between(text: str, pieces: Sequence[Span]) -> str:
    return re.sub(r"\s+", " ", text[pieces[0].start : pieces[-1].end])

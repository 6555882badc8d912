"""Quoted speech: the spans between quotation marks of every style that news texts use."""

from __future__ import annotations

import re

from uscuba_kg.model import Mention, MentionKind, Span

_OPEN = {"“": '”"', "«": "»", "„": "”“", "”": '”"', "``": "''", "``'": "''"}
_MARK = re.compile(r"``|''|[“”«»\"„]")
_LONGEST = 2500
_SHORTEST_WORDS = 1


def find_quotations(text: str) -> tuple[Mention, ...]:
    """Give the words inside each pair of quotation marks, the marks left out.

    A mark that is opened and never closed ends at its paragraph's end. Nested marks of another
    style belong to the outer quotation.

    >>> [m.surface for m in find_quotations('They were “frank”, she said; "useful" too.')]
    ['frank', 'useful']
    """
    found: list[Mention] = []
    opened: tuple[int, str] | None = None
    paragraph_end = -1
    for mark in _MARK.finditer(text):
        if opened is not None and mark.start() > paragraph_end:
            _keep(text, opened[0], paragraph_end, found)
            opened = None
        if opened is None:
            closing = '"' if mark[0] == '"' else _OPEN.get(mark[0])
            if closing is None or _only_closes(text, mark):
                continue
            opened = (mark.end(), closing)
            blank = text.find("\n\n", mark.end(), mark.end() + _LONGEST)
            paragraph_end = blank if blank >= 0 else min(len(text), mark.end() + _LONGEST)
        elif mark[0] in opened[1] or (opened[1] == '"' and mark[0] in "”''"):
            _keep(text, opened[0], mark.start(), found)
            opened = None
    if opened is not None:
        _keep(text, opened[0], paragraph_end, found)
    return tuple(found)


def _only_closes(text: str, mark: re.Match[str]) -> bool:
    """Tell whether a mark stands at a word's end, so that it can't open a quotation."""
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    return bool(before.strip()) and before not in "([—–-" and not (after.isalnum() or after in "¿¡")


def _keep(text: str, start: int, end: int, found: list[Mention]) -> None:
    surface = text[start:end]
    left = len(surface) - len(surface.lstrip())
    surface = surface.strip()
    if len(surface.split()) < _SHORTEST_WORDS:
        return
    span = Span(start + left, start + left + len(surface))
    found.append(
        Mention(MentionKind.QUOTATION, span, surface, value=surface, rule="quotation.marks")
    )

"""Lists of people under a line that says what they did: "The round was co-chaired by:"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.scene import Line

_MARK = re.compile(r"[-–—•·*▪●◦]|\(?(?:\d{1,2}|[a-z])[.)]")
_NUMBER_ALONE = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]?")
_ACTORS = ("Official", "Officials", "Person", "Body", "Bodies")
_NEAR = 24
"""Within so many characters an item without a mark names whom it lists: "Her Excellency ..."."""
_LONGEST = 200


def listed_under(match: Match, line: Line, lines: Sequence[Line], text: str) -> Iterator[Node]:
    """Give whom each item of a list names first; the list follows the line that a rule fits."""
    if not text.startswith(":", match.span.end - 1) or match.span.end < line.span.end:
        return
    for item in lines[line.number + 1 :]:
        told = text[item.span.start : item.span.end]
        if _NUMBER_ALONE.fullmatch(told):
            continue
        named = next(iter(item.typed(*_ACTORS)), None)
        marked = _MARK.match(told) is not None
        if named is None or len(told) > _LONGEST or told.endswith(":"):
            return
        if not marked and named.span.start - item.span.start > _NEAR:
            return
        yield named
        if not marked and told.endswith("."):
            return

"""What became of the pages of a web archive, in one note, whatever parts it was read in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from uscuba_kg.ingest.funnel import Step
from uscuba_kg.model import Issue

CRAWL = "crawl"
"""The code of these notes."""
_LEFT = {
    Step.PAGE: "are no web pages",
    Step.NAMED: "name Cuba nowhere",
    Step.TOLD: "do not name both states in their text",
    Step.LANGUAGE: "are in other languages",
    Step.ARTICLE: "hold no article",
    Step.NEW: "repeat another",
}
_STEPS = {words: step for step, words in _LEFT.items()}
_SAID = re.compile(r"of [\d,]+ pages ([\d,]+) were read(?:; (.*))?\.")

Fates = Counter[Step | None]
"""How many pages each step stopped; None counts those that were read."""


def note_of(name: str, stopped: Fates) -> Issue:
    """Give the note on an archive, or a part of one."""
    left = [f"{stopped[step]:,} {words}" for step, words in _LEFT.items() if stopped[step]]
    said = f"of {stopped.total():,} pages {stopped[None]:,} were read"
    return Issue(CRAWL, name, f"{'; '.join([said, ', '.join(left)] if left else [said])}.")


def together(issues: Iterable[Issue]) -> list[Issue]:
    """Make one note of those on the parts of each archive, none where all was read; others stay."""
    found: list[Issue] = []
    fates: dict[str, Fates] = defaultdict(Counter)
    for issue in issues:
        if issue.code == CRAWL:
            fates[issue.source] += _fates(issue.message)
        else:
            found.append(issue)
    left = {name: stopped for name, stopped in fates.items() if stopped.total() > stopped[None]}
    return [*found, *(note_of(name, stopped) for name, stopped in left.items())]


def _fates(message: str) -> Fates:
    """What a note says."""
    said = _SAID.fullmatch(message)
    assert said is not None
    stopped: Fates = Counter({None: _number(said[1])})
    for part in said[2].split(", ") if said[2] else ():
        number, _, words = part.partition(" ")
        stopped[_STEPS[words]] = _number(number)
    return stopped


def _number(text: str) -> int:
    return int(text.replace(",", ""))

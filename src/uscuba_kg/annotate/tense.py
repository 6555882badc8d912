"""Whether the words around a date look ahead or back, and how long they say that something lasts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from uscuba_kg.annotate.dates import DateExpression
from uscuba_kg.annotate.datewords import DateWords
from uscuba_kg.model import Span

_REACH = 400
_CLOSE = 22
_LASTS = 320
_AGAIN = 160
_PAUSE = re.compile(r"[,;:()]")
_BEGINS = 45
_LEADS = 12
_AFTER = 16
_RIGHT_BEFORE = 4
_STOP = re.compile(r"[.!?;:][\"”»)]*\s+(?=[\"“«¿¡(\[]*[^\W\d_a-zà-ÿ]|[\"“«])|;\s+|\n")
_OPENS = re.compile(r"(?:^|,)\s*(?:\w{1,4}\s+){0,2}$")
_LAST_WORD = re.compile(r"\w+$")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_BEGINS_SENTENCE = ("", ".", "!", "?", ":", "\n", "“", "«", '"', "—", "–", "-", "¿", "¡")


@lru_cache(maxsize=16)
def sentence_around(text: str, span: Span, words: DateWords) -> tuple[int, int]:
    """The part of the sentence that stands within reach of an expression."""
    start, end = max(0, span.start - _REACH), min(len(text), span.end + _REACH)
    for stop in _STOP.finditer(text, start, span.start + 3):
        if stop.end() <= span.start and _ends(text, stop, words):
            start = stop.end()
    for stop in _STOP.finditer(text, span.end, end):
        if _ends(text, stop, words):
            return start, stop.start()
    return start, end


def _ends(text: str, stop: re.Match[str], words: DateWords) -> bool:
    if not stop[0].startswith("."):
        return True
    word = _LAST_WORD.search(text, max(0, stop.start() - 12), stop.start())
    known = words.tense.abbreviations
    return word is None or (len(word[0]) > 1 and word[0].casefold() not in known)


def tense_of(text: str, folded: str, span: Span, words: DateWords) -> str:
    """What the verb that governs an expression says: ``future``, ``past`` or ``open``.

    The last cue before it in its sentence counts, and the first one after it where none stands
    before or where it opens a clause. "To meet" looks ahead unless something past governs it, and a
    word of saying counts only right beside the date ("said Tuesday").
    """
    start, end = sentence_around(text, span, words)
    if words.tense.behind.search(folded, max(start, span.start - _BEGINS), span.start):
        return "past"
    if words.tense.ahead.search(folded, max(start, span.start - _LEADS), span.start):
        return "future"
    before = _cues(text, folded, (start, span.start), words)
    lead = folded[max(start, span.start - _BEGINS) : span.start]
    if _is_said(before, span) and not words.tense.clause.search(lead):
        return "past"
    after = _cues(text, folded, (span.end, end), words)
    while len(after) > 1 and after[0][1] == "speech" and "," in text[after[0][0] : after[1][0]]:
        after = after[1:]  # "On Tuesday, officials said, both sides will meet"
    ruled = bool(before) and span.start - before[-1][0] <= _RIGHT_BEFORE
    if not ruled and (_OPENS.search(lead) or words.tense.clause.search(lead)):
        order = after[:1] + before[::-1]
    else:
        order = before[::-1] + after[:1]
    kinds = [kind for _, kind in order if kind != "speech"]
    if not kinds and words.tense.until.search(lead):
        return "future"
    if not kinds:
        return "past" if order else "open"
    if kinds[0] == "weak":
        firm = [kind for _, kind in before if kind in ("past", "future")]
        return firm[-1] if firm else "future"
    return kinds[0]


def failed_tense(
    tense: str, folded: str, around: tuple[int, int], span: Span, words: DateWords
) -> str:
    """The tense, but ``unmet`` where the sentence says that what was to come did not.

    Its day may then lie on either side; behind where somebody was missed on it. A day to which
    something was moved is still to come.
    """
    start, end = around
    fails = words.tense.supposed.search(folded, start, span.start) is not None
    if tense == "future":
        fails = fails or words.tense.unmet.search(folded, start, end) is not None
        fails = fails and words.tense.moved.search(folded, start, span.start) is None
    elif tense == "open":
        fails = False
    if not fails:
        return tense
    return "past" if words.tense.missed.search(folded, start, end) else "unmet"


def is_of_speech(text: str, folded: str, span: Span, words: DateWords) -> bool:
    """Tell whether it is the day on which somebody said so: "said Tuesday"."""
    start, _ = sentence_around(text, span, words)
    return _is_said(_cues(text, folded, (start, span.start), words), span)


def _is_said(before: Sequence[tuple[int, str]], span: Span) -> bool:
    """Tell whether the last cue before an expression is a word of saying right beside it."""
    return bool(before) and before[-1][1] == "speech" and span.start - before[-1][0] <= _CLOSE


def has_past(text: str, folded: str, span: Span, words: DateWords) -> bool:
    """Tell whether some words tell of something past."""
    return any(kind == "past" for _, kind in _cues(text, folded, (span.start, span.end), words))


def is_ending(folded: str, span: Span, words: DateWords) -> bool:
    """Tell whether the words right before a date make it a last day: "through Sept. 22"."""
    return words.duration.end.search(folded, max(0, span.start - _LEADS), span.start) is not None


def is_of_latest(text: str, folded: str, span: Span, words: DateWords) -> bool:
    """Tell whether the sentence speaks of the last one, which is near the article's own day."""
    start, _ = sentence_around(text, span, words)
    return words.latest.search(folded, start, span.start) is not None


def is_of_story(expression: DateExpression, folded: str, words: DateWords) -> bool:
    """Tell whether a bare year is the one in which a story plays: "that spring of 1977"."""
    start = expression.span.start
    before = words.story_before.search(folded[max(0, start - _BEGINS) : start])
    return expression.form == "season" or before is not None


def _cues(text: str, folded: str, part: tuple[int, int], words: DateWords) -> list[tuple[int, str]]:
    """Where each cue ends and what it says, in order; what is quoted beside a date says nothing of it."""
    told = [(m.span(), m.lastgroup) for m in words.tense.cues.finditer(folded, *part)]
    taken = [span for span, _ in told]
    lowered = text[part[0] : part[1]].lower()
    if words.tense.endings is not None and len(lowered) == part[1] - part[0]:
        for match in words.tense.endings.finditer(lowered):
            first, last = part[0] + match.start(), part[0] + match.end()
            if any(a < last <= b for a, b in taken) or not _is_verb(
                text, folded, first, last, words
            ):
                continue
            told.append(((first, last), match.lastgroup))
    quoted = [m.span() for m in _QUOTED.finditer(text, *part)] if told else []
    return sorted(
        (last, str(kind))
        for (first, last), kind in told
        if not any(a < first and last < b for a, b in quoted)
    )


def _is_verb(text: str, folded: str, first: int, last: int, words: DateWords) -> bool:
    """Tell whether a word that ends as a verb does can be one: not in a name, not behind "the"."""
    if folded[first:last] in words.tense.no_verbs:
        return False
    before = text[max(0, first - 12) : first].rstrip(" ")
    if text[first].isupper() and before[-1:] not in _BEGINS_SENTENCE:
        return False  # "the United States"
    return words.tense.noun_before.search(folded, max(0, first - 12), first) is None


def lasting(text: str, folded: str, span: Span, words: DateWords) -> int:
    """How many days the words give to what begins (or, below zero, ends) on the day at ``span``.

    The length may stand in the next sentence, which speaks of it again ("the two-day meeting").
    """
    start, end = sentence_around(text, span, words)
    near = max(start, span.start - _LASTS), min(end, span.end + _LASTS)
    found = [*words.duration.form.finditer(folded, *near)]
    lead = max(start, span.start - _BEGINS)
    if found and not _PAUSE.search(folded, found[-1].end(), span.start):
        lead = max(start, min(lead, found[-1].start() - _BEGINS))
    found = found or [*words.duration.again.finditer(folded, end, min(len(text), end + _AGAIN))]
    lengths = {int(m["n"]) if m["n"].isdigit() else words.numbers[m["n"]] for m in found}
    if len(lengths) != 1 or not 1 < max(lengths) <= 14:
        return 0
    begins, ends = (
        cue.search(folded, lead, span.start) is not None
        or cue.match(folded, span.end + 1, min(end, span.end + _AFTER)) is not None
        for cue in (words.duration.begin, words.duration.end)
    )
    since = words.duration.since.search(folded, lead, span.start)
    begins = begins or (not ends and since is not None)
    if begins == ends:
        return 0
    return max(lengths) if begins else -max(lengths)

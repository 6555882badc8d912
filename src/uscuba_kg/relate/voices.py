"""An article laid out for its speech: quotations become signs, and nouns of speakers become nodes.

A sentence and the quotation that runs beyond it are one stretch, so that whoever is named after
five quoted sentences is found beside the quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from functools import lru_cache

import msgspec

from uscuba_kg.model import Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Match, Node, mask, matches_in
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.scene import Line, by_start
from uscuba_kg.text import Spans, fold, word_choice

_KIND = "speech"
_SHORTEST = 3
_FEWEST_WORDS = 2
_MARKS = "\"“”«»„`'’‘"
_STOPS = (".", "!", "?", "…", ":", ";", ",")
_GOES_ON = re.compile(r"\s*(?:[,;]|[a-záéíóúñ])")
_CAPITAL = r"[A-ZÁÉÍÓÚÑ][\w.'’\-]{0,60}\w"
_RUN = re.compile(rf"(?<![\w@#]){_CAPITAL}(?: (?:(?:de|del|la|los|van|von) )*{_CAPITAL}){{0,5}}")


class Stretch(msgspec.Struct, frozen=True, eq=False):
    """Sentences that belong together, with what stands in them outside quotations."""

    number: int
    span: Span
    nodes: tuple[Node, ...]
    quotes: tuple[Node, ...]
    matches: tuple[Match, ...]
    paragraph: int
    is_sentence: bool


def listen(lines: Sequence[Line], names: Names, pack: Pack) -> list[Stretch]:
    """Give the stretches of an article's body with what the rules of speech find in them."""
    body = [line for line in lines if not (line.is_title or line.is_footnote)]
    standing = [n for line in body for n in line.nodes]
    quotes = _quotes(body, names, standing)
    text = names.annotated.article.text
    groups = _joined(body, quotes, text)
    quoted_spans = Spans(q.span for q in quotes)
    free = [n for n in standing if not quoted_spans.overlap(n.span)]
    spoken = _nouns(groups, names, pack, [*free, *quotes])
    runs = [r for g in groups for r in _RUN.finditer(text, g[0].span.start, g[-1].span.end)]
    openings = frozenset(line.span.start for line in body)
    free = _with_first_names(free, runs, openings, pack)
    unlisted = _unlisted(runs, openings, pack, [*free, *quotes, *spoken])
    nodes = sorted([*free, *quotes, *spoken, *unlisted], key=lambda n: n.span)
    spans = [Span(g[0].span.start, max(g[-1].span.end, g[0].span.end)) for g in groups]
    begun, quoted = by_start(spans, nodes), by_start(spans, quotes)
    found = _found(groups, spans, begun, names, pack)
    return [
        Stretch(
            number=number,
            span=span,
            nodes=tuple(begun[number]),
            quotes=tuple(quoted[number]),
            matches=found[number],
            paragraph=groups[number][0].paragraph,
            is_sentence=_is_sentence(text, span),
        )
        for number, span in enumerate(spans)
    ]


def _found(
    groups: Sequence[Sequence[Line]],
    spans: Sequence[Span],
    begun: Sequence[Sequence[Node]],
    names: Names,
    pack: Pack,
) -> list[tuple[Match, ...]]:
    """What the rules of speech find in each stretch; a sentence that nothing changed knows it."""
    folded, plain = names.annotated.folded, _without_homographs(names, pack)
    rules = pack.rules.get(_KIND, ())
    found: list[tuple[Match, ...]] = []
    for group, span, nodes in zip(groups, spans, begun, strict=True):
        row = group[0].matches.row
        same = folded[span.start : span.end] == plain[span.start : span.end]
        if same and row.span == span and row.given == nodes:
            found.append(group[0].of(_KIND))
            continue
        masked = mask(plain, [span], nodes, pack.gate)
        found.append(tuple(matches_in(masked.rows[0], rules, pack.gate)))
    return found


def _is_sentence(text: str, span: Span) -> bool:
    """Tell a sentence from a by-line, a caption or a heading."""
    words = text[span.start : span.end].rstrip(_MARKS + ")]([* 0123456789")
    return words[-1:] in _STOPS and len(words.split()) >= _FEWEST_WORDS


def _without_homographs(names: Names, pack: Pack) -> str:
    """The folded text with the words blanked that only folding makes verbs of saying."""
    deaf = pack.words("voices", "deaf")
    folded = names.annotated.folded
    sentences = names.annotated.sentences
    if not deaf or not sentences:
        return folded
    first, last = sentences[0].start, sentences[-1].end
    text = names.annotated.article.text[first:last].lower()
    if len(text) != last - first:
        return folded
    pieces, at = [], 0
    for hit in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, deaf))})(?!\w)", text):
        pieces += [folded[at : first + hit.start()], "_" * (hit.end() - hit.start())]
        at = first + hit.end()
    return "".join(pieces) + folded[at:]


def _quotes(lines: Sequence[Line], names: Names, standing: Sequence[Node]) -> list[Node]:
    """One node for each quotation, its marks included; a nickname inside a name is none."""
    text = names.annotated.article.text
    found: dict[Span, Node] = {}
    taken = Spans(n.span for n in standing)
    for quotation in (q for line in lines for q in line.quotations):
        if taken.cover(quotation.span):
            continue
        start, end = quotation.span.start, quotation.span.end
        while start > 0 and text[start - 1] in _MARKS:
            start -= 1
        while end < len(text) and text[end] in _MARKS:
            end += 1
        found[quotation.span] = Node("Quote", Span(start, end), quotation)
    return [found[span] for span in sorted(found)]


def _joined(lines: Sequence[Line], quotes: Sequence[Node], text: str) -> list[list[Line]]:
    """Sentences in groups: those that one quotation runs through, and what goes on after a mark."""
    groups: list[list[Line]] = []
    opening = frozenset(q.span.start for q in quotes)
    through_borders = Spans(Span(q.span.start, q.span.end - 1) for q in quotes)
    for line in lines:
        before = groups[-1][-1] if groups else None
        if before is not None and before.number + 1 == line.number:
            border = line.span.start
            through = through_borders.cover(Span(before.span.end - 1, border))
            closed = text[before.span.end - 1] in _MARKS and _GOES_ON.match(text, border)
            led_in = text[before.span.end - 1] == ":" and border in opening
            if through or led_in or (closed and "\n\n" not in text[before.span.end : border]):
                groups[-1].append(line)
                continue
        groups.append([line])
    return groups


@lru_cache(maxsize=64)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for whole words, or runs of words, in folded text; the longest first."""
    return re.compile(rf"(?<!\w)(?:{word_choice(tuple(map(fold, words))) or '(?!)'})(?!\w)")


@lru_cache(maxsize=256)
def heard(pack: Pack, name: str) -> frozenset[str]:
    """One of the pack's lists of words about speakers, folded as the text is that they meet."""
    return frozenset(map(fold, pack.words("voices", name)))


@lru_cache(maxsize=16)
def _noun_pattern(pack: Pack) -> re.Pattern[str]:
    return any_of(tuple(w for kind in VOICES for w in pack.words("voices", kind)))


VOICES = ("person", "group", "text", "medium", "body")


@lru_cache(maxsize=16)
def _kinds(pack: Pack) -> dict[str, str]:
    return {fold(w): kind for kind in VOICES for w in pack.words("voices", kind)}


def head_of_voice(words: str, pack: Pack) -> str:
    """The word of a description by which a speaker is known ("embassy" of "U.S. embassy")."""
    kinds, told = _kinds(pack), fold(words).split()
    return next((w for w in (told[0], told[-1]) if w in kinds), told[-1])


def kind_of_voice(words: str, pack: Pack) -> str | None:
    """What kind of speaker a description names: a person, a group, a text, ..."""
    kinds = _kinds(pack)
    return kinds.get(" ".join(fold(words).split())) or kinds.get(head_of_voice(words, pack))


def _nouns(
    groups: Sequence[Sequence[Line]], names: Names, pack: Pack, taken: Sequence[Node]
) -> list[Node]:
    """Nodes for the nouns that stand for a speaker ("the organizers", "the note")."""
    spans = sorted(n.span for n in taken)
    found: list[Node] = []
    nouns = _noun_pattern(pack)
    for group in groups:
        for hit in nouns.finditer(names.annotated.folded, group[0].span.start, group[-1].span.end):
            span = Span(hit.start(), hit.end())
            if not _hits(span, spans):
                found.append(Node("Voice", span))
    return found


def _hits(span: Span, ordered: Sequence[Span]) -> bool:
    """Tell whether a span overlaps one of many in order that do not overlap each other."""
    place = bisect_right(ordered, span)
    return any(o.overlaps(span) for o in ordered[max(0, place - 2) : place + 1])


def _unlisted(
    runs: Sequence[re.Match[str]], openings: Set[int], pack: Pack, taken: Sequence[Node]
) -> list[Node]:
    """Nodes for capitalised words that no list knows; the rules use them beside a verb of saying.

    The first word of a sentence counts only where it is capitalised inside a sentence too.
    """
    never = pack.folded("people", "never")
    spans = sorted(n.span for n in taken)
    pronouns = pack.folded("voices", "definite") | pack.folded("voices", "pronouns")
    leading = pack.folded("voices", "definite") | pack.folded("voices", "leading")
    inside: set[str] = set()
    found: list[Node] = []
    for hit in runs:
        if hit.start() not in openings:
            inside.update(fold(hit[0]).split())
    for hit in runs:
        words = fold(hit[0]).replace(".", "").split()
        start = hit.start()
        if words[0] in leading and len(words) > _SHORTEST:
            start, words = start + hit[0].index(" ") + 1, words[1:]
        elif start in openings and not (words[-1] in inside or _is_mixed(hit[0])):
            continue
        if words[0] in pronouns or len(words[0]) < _SHORTEST:
            continue
        span = Span(start, hit.end())
        told = len(words) - len(never.intersection(words))
        if (told == len(words) or told > 1) and not _hits(span, spans):
            found.append(Node("Name", span))
    return found


def _with_first_names(
    nodes: Sequence[Node], runs: Sequence[re.Match[str]], openings: Set[int], pack: Pack
) -> list[Node]:
    """The nodes, surnames with the first name before them that no list knows."""
    never = pack.folded("people", "never")
    surnames = {n.span.end: n for n in nodes if n.type == "Person"}
    taken = Spans(n.span for n in nodes)
    wider: dict[Span, Node] = {}
    for hit in runs:
        node = surnames.get(hit.end())
        if node is None or not hit.start() < node.span.start or hit.start() in openings:
            continue
        first = Span(hit.start(), node.span.start)
        words = set(fold(hit[0]).split())
        if not taken.overlap(first) and not words & never:
            same = node.mention is not None and words <= set(fold(node.mention.value).split())
            span = Span(hit.start(), hit.end())
            wider[node.span] = Node("Person", span, node.mention) if same else Node("Name", span)
    return [wider.get(n.span, n) for n in nodes]


def _is_mixed(word: str) -> bool:
    """Tell whether a word is written as only names are: TeleSUR, OnCuba."""
    return word[1:] != word[1:].lower() and word != word.upper()

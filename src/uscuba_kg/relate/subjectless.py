"""Verbs of saying without a subject: where they stand, and so whether somebody told before speaks."""

from __future__ import annotations

from collections.abc import Sequence

from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Match
from uscuba_kg.relate.naming import Names
from uscuba_kg.relate.voices import Stretch, heard
from uscuba_kg.text import fold

_OPENING = 45
_LONGEST = 12
_AHEAD = 6
_SHORTEST = 3
_PEOPLE = ("Person", "Official")


def is_open(match: Match, stretch: Stretch, names: Names, pack: Pack) -> bool:
    """Tell whether a verb without a subject opens its sentence, or stands between commas."""
    text = names.annotated.article.text
    before = text[stretch.span.start : match.span.start].rstrip()
    after = text[match.span.end : match.span.end + 2].lstrip()
    nodes = [n for n in stretch.nodes if n.span.start < match.span.start]
    if not before or before[-1] in ":;—–-" or is_tag(match, stretch, names, pack):
        return True
    if _is_fronted(before, match, names, pack):
        return True
    if all(n.type == "Date" for n in nodes) and len(before) <= _OPENING:
        return before[-1] == "," or fold(before) in heard(pack, "links")
    word = names.annotated.article.text[match.span.end : match.span.end + 16].split()[:1]
    follows = fold("".join(word)).strip(".,;:") in heard(pack, "follows")
    closed = not after or after[0] in ",.;:—–)" or follows
    if not closed and not text[match.span.start : match.span.end].rstrip().endswith(("que", ":")):
        return False
    quoted = bool(nodes) and nodes[-1].type == "Quote" and match.span.start - nodes[-1].span.end < 4
    return quoted or (before[-1] in ',»”"' and (not after or after[0] in ",.;:—–"))


def introduces(match: Match, stretch: Stretch, names: Names) -> bool:
    """Tell a colon before a verb behind which the one person named before it goes on to speak."""
    text = names.annotated.article.text
    colon = text.rfind(":", stretch.span.start, match.span.start)
    people = [n for n in stretch.nodes if n.type in _PEOPLE and n.span.start < match.span.start]
    if colon < 0 or not people:
        return False
    return people[-1].span.end == colon or (len(people) == 1 and people[0].span.end <= colon)


def is_tag(match: Match, stretch: Stretch, names: Names, pack: Pack) -> bool:
    """Tell a verb that says whence the sentence before it is known: "según dijo a la prensa"."""
    text = names.annotated.article.text
    before = fold(text[stretch.span.start : match.span.start]).split()
    end = text.find(",", match.span.end, stretch.span.end)
    behind = text[match.span.end : end if end >= 0 else stretch.span.end]
    if len(before) <= 1 or not set(before[-1:]) & heard(pack, "tagging"):
        return False
    return not _has_subject(behind.split(), pack)


def _is_fronted(before: str, match: Match, names: Names, pack: Pack) -> bool:
    """Tell a verb with nothing before it but where, to whom or about what: "en una nota explicó"."""
    words = fold(before).replace(",", " ,").split()
    text = names.annotated.article.text
    verb = fold(text[match.span.start : match.span.end]).split()
    plural = any(w.endswith("n") and len(w) > _SHORTEST for w in verb[:1])
    if not words or words[0] not in heard(pack, "fronting") or plural or len(words) > _LONGEST:
        return False
    if set(words) & (heard(pack, "clause") | heard(pack, "asides") - {","}) or _has_subject(
        words, pack
    ):
        return False
    behind = fold(text[match.span.end : match.span.end + _AHEAD]).split()[:1]
    return bool({*verb[-1:], *behind} & (heard(pack, "clause") | {":"}))


def _has_subject(words: Sequence[str], pack: Pack) -> bool:
    """Tell a noun with its article among words, behind no preposition: what else could speak."""
    determiners = heard(pack, "definite") | heard(pack, "leading")
    prepositions = heard(pack, "prepositions") | heard(pack, "fronting")
    folded = [fold(w) for w in words]
    return any(
        word in determiners - prepositions
        and (not n or folded[n - 1] not in prepositions | determiners)
        for n, word in enumerate(folded)
    )

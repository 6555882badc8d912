"""Titles of posts: a head word of the pack with what stands before and after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from uscuba_kg.annotate.bodies import CAPITALISED
from uscuba_kg.annotate.post_shapes import Shapes, shapes_of
from uscuba_kg.model import Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import Spans, Words, fold, word_choice

_NAMED = re.compile(rf"{CAPITALISED}(?:\s?\(.{{1,8}}\))?$")
_FULL_NAME = re.compile(rf",?\s({CAPITALISED})\s(?:[A-Z]\.\s)?{CAPITALISED}")
_DESCRIBING = re.compile(r"(?:(?<=\s)[a-záéíóúñ\-]{3,}\s){1,2}$")
_TOLD = (MentionKind.STATE, MentionKind.PLACE, MentionKind.BODY, MentionKind.PERSON)
_ACTORS = (MentionKind.BODY, MentionKind.PERSON)
_CUTTING = (*_ACTORS, MentionKind.DATE)


class Names(msgspec.Struct, frozen=True):
    """Where the names of a text begin, by what their kind tells about a title beside them."""

    told: frozenset[int]
    adjectives: frozenset[Span]
    sides: Spans
    actors: frozenset[int]
    people: frozenset[int]
    bodies: frozenset[int]
    ends: frozenset[int]
    inside: dict[int, int]


def _sorted_names(names: Sequence[Mention]) -> Names:
    def starts(*kinds: MentionKind) -> frozenset[int]:
        return frozenset(m.span.start for m in names if m.kind in kinds)

    states = (MentionKind.SIDE, MentionKind.STATE)
    return Names(
        told=starts(*_TOLD),
        adjectives=frozenset(m.span for m in names if m.kind == MentionKind.SIDE),
        sides=Spans(m.span for m in names if m.kind in states),
        actors=starts(*_CUTTING),
        people=starts(MentionKind.PERSON),
        bodies=starts(MentionKind.BODY),
        ends=frozenset(m.span.end for m in names if m.kind in (*_ACTORS, *states)),
        inside={
            place: m.span.end
            for m in names
            if m.kind in _ACTORS
            for place in range(m.span.start + 1, m.span.end)
        },
    )


def _described_from(text: str, start: int, pack: Pack) -> int:
    """Where the words begin that describe a title in apposition: "NAME, a marine biologist"."""
    shapes = shapes_of(pack)
    words = _DESCRIBING.search(text, max(0, start - 60), start)
    if words is None:
        return start
    begin = words.start()
    while begin < start and text[begin : text.find(" ", begin)] in shapes.opening:
        begin = text.find(" ", begin) + 1
    if shapes.apposed.search(text, max(0, start - 60), begin) is None:
        return start
    plain = not any(fold(w) in shapes.barred for w in text[begin:start].split())
    named = _NAMED.search(text, max(0, begin - 40), text.rfind(",", 0, begin))
    return begin if plain and named is not None else start


def _told_of(words: str, pack: Pack) -> str:
    """Those words before a title that tell what it deals with: "marine" of "a tall marine biologist"."""
    told = shapes_of(pack).fields | pack.folded("posts", "modifiers")
    return "".join(f"{w} " for w in words.split() if fold(w) in told)


def _named_behind(text: str, end: int, shapes: Shapes) -> bool:
    """Tell whether a person is named there: "a lieutenant named Sosa", "the observer, Phoebe Lanza"."""
    if shapes.naming.match(text, end) is not None:
        return True
    name = _FULL_NAME.match(text, end)
    if name is None:
        return False
    lower = text[end - 1].islower() and text[text.rfind(" ", 0, end) + 1].islower()
    return fold(name[1]) in shapes.given or (lower and not name[0].startswith(","))


def _charge_end(text: str, end: int, known: Names, pack: Pack) -> int | None:
    """Where a head ends that tells a charge ("head of the embassy"); None where it tells none."""
    shapes = shapes_of(pack)
    charge = shapes.charged.match(text, end)
    if charge is None:
        return None
    further = shapes.further.match(text, charge.end())
    if further is not None and further.end() not in known.told - known.bodies:
        return None
    return charge.end()


def _owned(text: str, start: int, end: int, known: Names, pack: Pack) -> bool:
    """Tell whether a known person is told to be it for somebody: "before its head, Dr. NAME"."""
    shapes = shapes_of(pack)
    before = fold(text[max(0, start - 12) : start]).split()
    name = shapes.titled_name.match(text, end)
    owners = pack.folded("posts", "owners")
    if name is None or not before:
        return False
    return before[-1] in owners and name.end() in known.people


def opens_with_title(text: str, span: Span, pack: Pack) -> bool:
    """Tell whether a title begins there: "Deputy Assistant Secretary for Trade Administration"."""
    match = _without_side(pack).match(text, span.start)
    bound = pack.words("posts", "bound")
    return (
        match is not None
        and match["head"].casefold() not in bound
        and match.end("trailing") < span.end
        and text[match.end("trailing")].isspace()
    )


@lru_cache(maxsize=16)
def _bound(pack: Pack) -> frozenset[str]:
    """The heads that mean a post only with more words."""
    return frozenset(w.casefold() for w in pack.words("posts", "bound"))


def find_posts(text: str, index: Words, pack: Pack, names: Sequence[Mention]) -> list[Mention]:
    """Give the titles in a text; ``value`` is the title in the singular, with single spaces.

    A complement ("for Western Hemisphere Affairs") belongs to the title, unless it starts with one
    of ``names``, a state, place, body or person: the name tells that. A head that means a post only
    with more words ("head", "chief") needs a complement, or a body's name behind it. ``index`` holds
    the words of the folded text.
    """
    known = _sorted_names(names)
    bound = _bound(pack)
    crowds = pack.folded("posts", "crowds")
    plural: dict[str, str] = pack.tables["posts"]["plural"]
    found = []
    places = index.among(shapes_of(pack).firsts)
    at = 0
    while (match := _title_at(text, places, at, pack, known)) is not None:
        at = max(match.end("trailing"), match.start() + 1)
        end = _title_end(text, match, known, pack)
        named = text[end : end + 1] == " " and end + 1 in known.people
        named = named or _owned(text, match.start(), end, known, pack)
        named = named or _named_behind(text, end, shapes_of(pack))
        if not named and fold(match["head"]) in crowds:
            continue
        if fold(match["head"]) in bound and shapes_of(pack).retinue.match(text, match.end("head")):
            continue
        bare = _is_bare(match, end, bound) and not _beside_name(text, match, known, pack)
        telling = fold(match["head"]) not in bound or named or end > match.end("trailing")
        if not telling and not _before_body(text, end, pack, known.bodies):
            charged = _charge_end(text, end, known, pack)
            end, bare = charged or end, bare and charged is None
        if bare and not named and not _before_body(text, end, pack, known.bodies):
            continue
        at = max(at, end)
        value, rule = _worded(text, match, end), "post.head"
        if match["head"].casefold() in plural:
            rule = "post.plural"
            for word in match["trailing"].split():
                value = value.replace(f" {word}", "", 1) if word.endswith("s") else value
            value = value.replace(match["head"], _singular(match["head"], plural), 1)
        start = _described_from(text, match.start(), pack) if rule == "post.head" else match.start()
        value = _told_of(text[start : match.start()], pack) + value
        span = Span(start, end)
        found.append(Mention(MentionKind.POST, span, text[start:end], value, None, rule))
    return found


def _title_at(
    text: str, places: Sequence[tuple[int, int]], at: int, pack: Pack, known: Names
) -> re.Match[str] | None:
    """The next title at one of some places.

    A word between head and complement is a state's adjective or none of it.
    """
    title = shapes_of(pack).title
    for number in range(bisect_left(places, (at, 0)), len(places)):
        start, _ = places[number]
        match = title.match(text, start) if start >= at else None
        if match is None:
            continue
        end = known.inside.get(start)
        if end is not None and end <= match.end():
            at = end
            continue
        if match["side"] is None:
            return match
        side = Span(match.end("side") - len(match["side"].strip()), match.end("side"))
        if match["complement"] and side in known.adjectives:
            return match
        return _without_side(pack).match(text, start)
    return None


@lru_cache(maxsize=16)
def _without_side(pack: Pack) -> re.Pattern[str]:
    return re.compile(shapes_of(pack).title.pattern.replace(r"(?P<side>\s+\w+)?", "(?P<side>)", 1))


def _worded(text: str, match: re.Match[str], end: int) -> str:
    """The title's words, a state's adjective inside them left out."""
    if match["side"] and end > match.end("side"):
        surface = text[match.start() : match.start("side")] + text[match.end("side") : end]
    else:
        surface = text[match.start() : end]
    return re.sub(r"\s+", " ", surface)


def _title_end(text: str, match: re.Match[str], known: Names, pack: Pack) -> int:
    """Where a title ends: with its complement, or before what another name tells."""
    bare = match.start("side") if match["side"] else match.start("complement")
    if not match["complement"]:
        return _free_end(text, match, known, pack)
    field = Span(*match.span("field"))
    ends = range(field.start + 1, field.end)
    adjective = any(Span(field.start, end) in known.adjectives for end in ends)
    end = match.end() if adjective else _end(text, match, known, pack)
    if opens_with_title(text, Span(field.start, len(text)), pack) and _before_name(
        text, field, pack
    ):
        return bare
    if end <= match.start("complement") or _only_sides(text, field, known.sides):
        return bare
    return _before_person(text, field, _before_degree(text, field, end, pack), pack)


def _before_degree(text: str, field: Span, end: int, pack: Pack) -> int:
    """Leave out the degree of whoever is named behind: "Minister of Agriculture Dr. Salas"."""
    degrees = shapes_of(pack).degrees
    words = list(re.finditer(r"\S+", text[field.start : end]))
    cut = next((n for n, w in enumerate(words) if n and fold(w[0]) in degrees), None)
    return end if cut is None else field.start + words[cut - 1].end()


def _free_end(text: str, match: re.Match[str], known: Names, pack: Pack) -> int:
    """Where a title in apposition ends: "NAME, director of plant health, ..." has no verb in it."""
    shapes = shapes_of(pack)
    end = match.end("trailing")
    if shapes.apposed.search(text, max(0, match.start() - 40), match.start()) is None:
        return end
    free = shapes.free.match(text, end)
    if free is None or any(fold(w).strip(",") in shapes.unlike for w in free["field"].split()):
        return end
    if any(place in known.told for place in range(free.start() + 1, free.end())):
        return end
    return free.end()


def _before_person(text: str, field: Span, end: int, pack: Pack) -> int:
    """Leave out a name that a complement ran into: "Minister of Agriculture Pedro Salas"."""
    shapes = shapes_of(pack)
    words = list(re.finditer(r"\S+", text[field.start : end]))
    for number, word in enumerate(words[:-1]):
        form, before = fold(word[0]), words[number - 1][0] if number else ""
        if number == 0 or fold(before) in shapes.joiners or not word[0][0].isupper():
            continue
        rest = [fold(w[0]).strip(",") for w in words[number:]]
        if form in shapes.given and words[number + 1][0][0].isupper():
            return field.start + words[number - 1].end()
        earlier = all(
            fold(w[0]).strip(",") in shapes.fields | shapes.joiners for w in words[:number]
        )
        if earlier and len(rest) < 5 and not shapes.fields & set(rest):
            return field.start + words[number - 1].end()
    return end


def _before_name(text: str, field: Span, pack: Pack) -> bool:
    """Tell whether a title stands directly before a name: "deputy to Assistant Secretary Watson"."""
    inner = _without_side(pack).match(text, field.start)
    if inner is None:
        return False
    name = re.compile(rf"\s{CAPITALISED}").match(text, inner.end("trailing"))
    return name is not None and fold(name[0].strip()) not in shapes_of(pack).fields


def _only_sides(text: str, field: Span, sides: Spans) -> bool:
    """Tell whether a complement names states alone: "representatives of the Cuban and US ..."."""
    words = [
        Span(field.start + m.start(), field.start + m.end())
        for m in re.finditer(CAPITALISED, text[field.start : field.end])
    ]
    return bool(words) and all(map(sides.cover, words))


def _end(text: str, match: re.Match[str], known: Names, pack: Pack) -> int:
    """Where the title ends: before a name that its complement starts with or runs into."""
    start, end = match.span("field")
    if start in known.told:
        return match.start("complement")
    cut = next((place for place in range(start + 1, end) if place in known.actors), None)
    if cut is not None:
        return start + len(_without_joiners(text[start:cut], pack))
    return match.end()


def _singular(head: str, plural: dict[str, str]) -> str:
    """The singular of a plural head, capitalised as it was."""
    one = plural[head.casefold()]
    return one[0].upper() + one[1:] if head[0].isupper() else one


def _is_bare(match: re.Match[str], end: int, bound: frozenset[str]) -> bool:
    """Tell whether nothing but a head stands there, and one that needs more than a name behind it."""
    text = match.string
    titled = (
        match["head"][0].isupper()
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].isupper()
    )
    if titled:
        return False
    return match.end("head") == end and not match["before"] and match["head"].casefold() in bound


def _beside_name(text: str, match: re.Match[str], known: Names, pack: Pack) -> bool:
    """Tell whether a head stands behind a body's or state's name, or in apposition to a name."""
    before = text[max(0, match.start() - 60) : match.start()].rstrip()
    at = match.start() - 1
    if at in known.ends or (before.endswith(("’s", "'s")) and at - 2 in known.ends):
        return True
    link = shapes_of(pack).apposed.search(text, max(0, match.start() - 40), match.start())
    return (
        link is not None
        and _NAMED.search(text, max(0, link.start() - 24), link.start()) is not None
    )


def _before_body(text: str, end: int, pack: Pack, bodies: frozenset[int]) -> bool:
    """Tell whether a complement's preposition and a body's name follow."""
    link = _complement(pack).match(text, end)
    return link is not None and bool({link.end(), link.start("owner")} & bodies)


@lru_cache(maxsize=16)
def _complement(pack: Pack) -> re.Pattern[str]:
    words = word_choice((*pack.words("posts", "complement"), *pack.words("people", "affiliation")))
    return re.compile(rf"\s+(?i:{words})\s+(?:(?:the|la|el|los|las)\s+)?(?P<owner>\w+[’']s\s+)?")


def _without_joiners(field: str, pack: Pack) -> str:
    """Leave out the joining words at the end of a shortened complement."""
    joiners = {w.casefold() for w in (*pack.words("posts", "joiners"), "the")}
    words = field.rstrip(" \n,;")
    while words and words.split()[-1].casefold() in joiners:
        words = words[: -len(words.split()[-1])].rstrip(" \n,;")
    return words

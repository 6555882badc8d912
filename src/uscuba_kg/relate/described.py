"""Series named by what they are about: "talks on direct mail", "conversaciones pesqueras".

No list holds them all. A word for encounters that come in rounds ("talks", "technical exchange")
beside a topic, or in a name in capitals, is one; what a listed series is called is that series.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from uscuba_kg.model import Mention, Named, Span, ThingKind
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import cue_key, fold, word_choice
from uscuba_kg.world import World

_BETWEEN = 80


class Described(msgspec.Struct, frozen=True):
    """A series by its description, how it was found, and where it stands."""

    name: str
    entity: str | None
    rule: str
    span: Span

    def named(self) -> Named:
        """The series as a name for the next stage."""
        return Named(ThingKind.SERIES, self.name, self.entity, None, None)


class _Words(msgspec.Struct, frozen=True):
    head: re.Pattern[str]
    ending: re.Pattern[str]
    joined: re.Pattern[str]
    partners: re.Pattern[str]
    linked: re.Pattern[str]
    after: re.Pattern[str]
    capitals: re.Pattern[str]
    plain: frozenset[str]


def find_described(
    text: str, sentence: Span, topics: Sequence[Mention], taken: Iterable[Span], pack: Pack,
    world: World,
) -> tuple[Described, ...]:  # fmt: skip
    """Give the series that a sentence describes, none of them where a known name already stands."""
    words, known = _words(pack), _listed(world)
    barred = tuple(taken)
    found: dict[Span, Described] = {}
    for one in (
        *_by_topic(text, sentence, topics, words, known),
        *_in_capitals(text, sentence, words),
    ):
        if not any(one.span.overlaps(s) for s in (*barred, *found)):
            found[one.span] = one
    return tuple(found[span] for span in sorted(found))


def _by_topic(
    text: str, sentence: Span, topics: Sequence[Mention], words: _Words, known: dict[str, str]
) -> Iterator[Described]:
    if not topics:
        return
    heads = list(words.head.finditer(text, sentence.start, sentence.end))
    ends = [h.end() for h in heads]
    for number, topic in enumerate(topics):
        start, end = topic.span.start, _extended(text, topics, number, words)
        entity = known.get(cue_key(text[start:end])) or known.get(cue_key(topic.surface))
        after = words.ending.match(text, end, sentence.end)
        if after is not None:
            yield Described(
                _flat(text[start : after.end()]), entity, "series.topic-first",
                Span(start, after.end()),
            )  # fmt: skip
            continue
        place = bisect_right(ends, start) - 1
        if place < 0 or start - ends[place] > _BETWEEN:
            continue
        head = heads[place]
        between, span = text[head.end() : start], Span(head.start(), end)
        join = words.joined.search(between)
        if between.isspace():
            yield Described(_flat(text[head.start() : end]), entity, "series.adjective", span)
        elif join is not None and words.partners.match(between[: join.start()]):
            name = f"{head[0]} {between[join.start() :]}{text[start:end]}"
            listed = entity if words.after.match(text, end, sentence.end) else None
            yield Described(_flat(name), listed, "series.topic-joined", span)


def _extended(text: str, topics: Sequence[Mention], number: int, words: _Words) -> int:
    """Where the subject of a topic ends that others follow at once: "cybersecurity and fraud"."""
    end = topics[number].span.end
    for other in topics[number + 1 :]:
        if other.span.start < end:
            end = max(end, other.span.end)
        elif words.linked.fullmatch(text, end, other.span.start):
            end = other.span.end
        else:
            break
    return end


def _in_capitals(text: str, sentence: Span, words: _Words) -> Iterator[Described]:
    for match in words.capitals.finditer(text, sentence.start, sentence.end):
        span = Span(match.start(), match.end())
        if any(fold(w) not in words.plain for w in re.findall(r"[^\W\d][\w-]+", match[0])):
            yield Described(_flat(match[0]), None, "series.capitals", span)


def _flat(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()


@lru_cache(maxsize=4)
def _listed(world: World) -> dict[str, str]:
    """The listed series by the words for their topics, where one series alone is called so."""
    bearers: dict[str, set[str]] = {}
    keys = {cue_key(label.text): t.id for t in world.topics for label in t.labels}
    for entry in world.entries.values():
        if entry.kind != ThingKind.SERIES:
            continue
        names = [f" {cue_key(label.text)} " for label in entry.labels]
        for key, topic in keys.items():
            if topic in entry.topics and any(f" {key} " in name for name in names):
                bearers.setdefault(key, set()).add(entry.id)
    return {key: next(iter(ids)) for key, ids in bearers.items() if len(ids) == 1}


@lru_cache(maxsize=16)
def _words(pack: Pack) -> _Words:
    heads = word_choice(pack.words("series", "heads"))
    before = word_choice(pack.words("series", "before"))
    close = word_choice(pack.words("series", "close"))
    joins = word_choice(pack.words("series", "joins"))
    names = word_choice(tuple(w.title() for w in pack.words("series", "names")))
    links = word_choice(pack.words("series", "links"))
    carrying = word_choice(pack.words("series", "carrying"))
    partners = word_choice(pack.words("series", "partners"))
    after = word_choice(pack.words("series", "after"))
    capital = r"(?:[A-ZÁÉÍÓÚÑ][\w’'-]+|[A-Z]{2,})"
    plain = (
        *pack.words("series", "names"), *pack.words("series", "before"), *pack.words("series", "links"),
        *pack.words("series", "joins"), *pack.tables["ordinals"]["words"],
    )  # fmt: skip
    run = rf"{capital}(?:\s+(?:(?:{links})\s+)*{capital}){{0,5}}"
    return _Words(
        re.compile(rf"(?<!\w)(?:(?:{before})\s+){{0,2}}(?:{heads})(?!\w)", re.IGNORECASE),
        re.compile(rf"\s+(?:(?:{before})\s+){{0,2}}(?:{heads})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?:^\s+(?:{close})\s+(?:[^\W\d]+\s+)?"
            rf"|(?<!\w)(?:{joins})\s+(?:[^\W\d]+\s+){{0,4}}"
            rf"|(?<!\w)(?:{joins})\s+(?:{carrying})\s+(?:[\w.-]+\s+){{0,6}})$",
            re.IGNORECASE,
        ),
        re.compile(rf"\s*(?:$|[A-ZÁÉÍÓÚÑ(]|(?i:{partners})(?!\w))"),
        re.compile(rf"\s+(?:(?:{links})\s+){{0,2}}", re.IGNORECASE),
        re.compile(rf"$|\W*[^\w\s]|\s+(?:{after})(?!\w)", re.IGNORECASE),
        re.compile(
            rf"(?<!\w)(?:{capital}\s+(?:(?:{links}|{capital})\s+){{0,4}}(?:{names})(?!\w)"
            rf"|(?:{names})\s+(?:{joins})\s+(?:(?:{links})\s+)?{run})"
        ),
        frozenset(part for word in plain for part in fold(word).split()),
    )

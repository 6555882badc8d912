"""One text, read for names, titles, dates, places, topics and quotations: the stage itself."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from uscuba_kg.annotate.bodies import find_bodies, trim_at_names
from uscuba_kg.annotate.bodies_again import find_acronyms, find_heads_alone
from uscuba_kg.annotate.calendar import resolve_dates
from uscuba_kg.annotate.dates import find_dates, load_date_words
from uscuba_kg.annotate.identify import Identifier, identifier_of
from uscuba_kg.annotate.instruments import find_instruments
from uscuba_kg.annotate.lexicon import find_names, find_topics, lexicon_of
from uscuba_kg.annotate.overlap import settle, up_to_dates
from uscuba_kg.annotate.people import Places, find_people, find_surnames, is_surname_like
from uscuba_kg.annotate.posts import find_posts, opens_with_title
from uscuba_kg.annotate.quotations import find_quotations
from uscuba_kg.annotate.sentences import find_sentences
from uscuba_kg.annotate.shared_heads import find_distributed
from uscuba_kg.model import Annotated, Article, Mention, MentionKind, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.text import Spans, Words, fold, word_choice
from uscuba_kg.world import World

_LINK = 16
_TITLED = (MentionKind.BODY, MentionKind.STATE, MentionKind.SIDE, MentionKind.PLACE)
_BESIDE = re.compile(r"(?:[’']s?)?\s")


def annotate(article: Article, pack: Pack, world: World) -> Annotated:
    """Give the sentences and mentions of an article; page noise and overlaps are settled here."""
    text, folded = article.text, fold(article.text)
    index, noise = Words(folded), Spans(article.noise)
    lexicon = lexicon_of(world)
    identifier = identifier_of(world)
    words = load_date_words(pack.folder)
    dates = resolve_dates(article, find_dates(text, folded, words, index), words)
    begun = [d.span.start for d in dates]
    known = _without_parties(text, find_names(text, folded, lexicon), pack)
    shaped = [b for b in find_bodies(text, pack) if not opens_with_title(text, b.span, pack)]
    unlisted = trim_at_names(text, shaped, [*known, *dates], pack)
    shared = find_distributed(text, pack, identifier.body)
    bodies = [*(m for b in shared if (m := up_to_dates(b, begun)) is not None), *unlisted]
    instruments = find_instruments(text, index, pack)
    names, _ = settle(
        m for m in (*known, *bodies, *dates, *instruments) if not noise.overlap(m.span)
    )
    again = [*find_acronyms(text, names), *find_heads_alone(text, pack, names)]
    names, _ = settle((*names, *(m for m in again if not noise.overlap(m.span))))
    titles = (up_to_dates(p, begun) for p in find_posts(text, index, pack, names))
    posts = [p for p in titles if p is not None and not noise.overlap(p.span)]
    firm, _ = settle((*names, *posts))
    sentences = find_sentences(text, pack)
    people = _people(text, folded, noise, pack, firm, sentences, identifier)
    standing, nested = settle((*firm, *posts, *names, *people, *known))
    topics = [t for t in find_topics(text, folded, lexicon) if not noise.overlap(t.span)]
    return Annotated(
        article=article,
        folded=folded,
        sentences=tuple(s for s in sentences if not noise.overlap(s)),
        mentions=standing,
        nested=nested,
        topics=tuple(_outside_names(topics, standing)),
        quotations=tuple(q for q in find_quotations(text) if not noise.overlap(q.span)),
    )


@lru_cache(maxsize=16)
def _party_link(pack: Pack) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{word_choice(pack.words('series', 'parties'))})\s")


def _without_parties(text: str, known: list[Mention], pack: Pack) -> list[Mention]:
    """End a series before those whom its name tells: both of "technical meeting between X and Y" met."""
    bodies = sorted(m.span for m in known if m.kind == MentionKind.BODY)
    link = _party_link(pack)
    shortened = []
    for mention in known:
        found = link.search(text, mention.span.start, mention.span.end)
        inside = found is not None and any(mention.span.covers(b) for b in bodies)
        if mention.kind == MentionKind.SERIES and inside and found is not None:
            surface = text[mention.span.start : found.start()]
            span = Span(mention.span.start, found.start())
            mention = msgspec.structs.replace(mention, span=span, surface=surface, value=surface)
        shortened.append(mention)
    return shortened


def _people(
    text: str,
    folded: str,
    noise: Spans,
    pack: Pack,
    firm: tuple[Mention, ...],
    sentences: tuple[Span, ...],
    identifier: Identifier,
) -> list[Mention]:
    """Known people, unlisted people, and both again by surname."""
    taken = tuple(m.span for m in firm if not is_surname_like(m, text, pack))
    places = Places(
        post_ends=_title_ends(text, firm),
        post_starts=_title_starts(text, firm),
        taken=taken,
        sentence_starts=frozenset(s.start for s in sentences),
        plural_ends=frozenset(m.span.end for m in firm if m.rule == "post.plural"),
        body_starts=frozenset(m.span.start for m in firm if m.kind == MentionKind.BODY),
    )
    title = {m.span.end: m for m in reversed(firm) if m.kind == MentionKind.POST}
    unlisted = [
        identifier.person(p, title.get(p.span.start - 2) or title.get(p.span.start - 1))
        for p in find_people(text, pack, places)
        if not noise.overlap(p.span)
    ]
    listed = [m for m in firm if m.kind == MentionKind.PERSON]
    everyone = sorted([*listed, *unlisted], key=lambda m: m.span)
    full = [p for p in everyone if len(p.value.split()) > 1 or p.rule != "person.after-title"]
    settled = [*taken, *(p.span for p in unlisted if " " in p.value)]
    again = find_surnames(text, folded, full, settled)
    renamed = {m.span: m for m in again if not noise.overlap(m.span)}
    merged = [renamed.pop(p.span, p) for p in unlisted]
    return [*merged, *renamed.values()]


def _title_starts(text: str, firm: tuple[Mention, ...]) -> frozenset[int]:
    """Where titles begin, the bodies and states before them included: "the U.S. Embassy's chief"."""
    starts: set[int] = set()
    after: Mention | None = None
    for mention in reversed(firm):
        if mention.kind == MentionKind.POST:
            after = mention
        elif (
            after is None
            or mention.kind not in _TITLED
            or not _BESIDE.fullmatch(text, mention.span.end, after.span.start)
        ):
            after = None
            continue
        else:
            after = mention
        starts.add(mention.span.start)
    return frozenset(starts)


def _title_ends(text: str, firm: tuple[Mention, ...]) -> frozenset[int]:
    """Where titles end, the bodies and states that they name included."""
    ends = set()
    open_until = -1
    for mention in firm:
        if mention.kind == MentionKind.POST:
            open_until = mention.span.end
        elif mention.kind in _TITLED:
            link = text[open_until : mention.span.start] if open_until >= 0 else ""
            if open_until < 0 or len(link) > _LINK or any(c in link for c in ".;:()"):
                open_until = -1
                continue
            open_until = mention.span.end
        else:
            open_until = -1
            continue
        ends.add(open_until)
    return frozenset(ends)


def _outside_names(topics: list[Mention], standing: tuple[Mention, ...]) -> list[Mention]:
    """Leave out the cues that are part of a body's, person's or post's name."""
    names = Spans(
        m.span
        for m in standing
        if m.kind in (MentionKind.BODY, MentionKind.PERSON, MentionKind.POST)
    )
    return [t for t in topics if not names.cover(t.span)]

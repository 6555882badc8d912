"""Cues for and against a place, a series or a topic belonging to one encounter of an article."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache

from uscuba_kg.model import Named, Span
from uscuba_kg.packs.load import Pack
from uscuba_kg.relate.cascade import Match, Node
from uscuba_kg.relate.day_cues import NEAR, bucket, event_of, name_of
from uscuba_kg.relate.draft import Draft
from uscuba_kg.relate.encounters import Story
from uscuba_kg.relate.naming import OUR_STATES
from uscuba_kg.relate.nearness import STEPS, WHERE, within
from uscuba_kg.relate.scene import Line
from uscuba_kg.relate.setting import gap
from uscuba_kg.relate.subjects import Occurrence, Subject, occurrences
from uscuba_kg.text import fold

_NEXT = 12
_LISTED = 30
_BEARER = 40
_POINTING = ("here", "capital", "within")


def link_cues(subject: Subject, draft: Draft, story: Story) -> frozenset[str]:
    """What speaks for and against a place, series or topic being that of a draft."""
    return frozenset().union(*_cues(subject, draft, story))


def _cues(subject: Subject, draft: Draft, story: Story) -> Iterator[Iterable[str]]:
    """What is told of the subject, of the draft, and of both by where they are spoken of."""
    near = story.nearness
    places = tuple(near.where(o.line, draft) for o in subject.occurrences)
    best = min(places, key=WHERE.index)
    yield story.once(subject, _of_subject)
    yield _of_draft(draft, story, best)
    yield _from_places(subject, story, places, best)
    yield places
    steps = dict(story.once(subject, _distances)).get(id(draft), STEPS)
    yield (f"steps.{steps}",)
    if near.in_time(story.once(subject, _days_told), draft):
        yield (f"in-time.{best}",)
    yield _of_kind(subject, best, draft, story)
    for occurrence, where in zip(subject.occurrences, places, strict=True):
        if where != "away":
            cues = (
                *story.once(occurrence, _of_occurrence),
                *_of_anchors(occurrence, draft, story),
                *_of_sentence(occurrence.line, draft, story),
            )
            yield cues
            yield within(where, cues)
            if near.in_paragraph(occurrence.line, draft):
                yield within(where, ("in-paragraph",))


def _of_draft(draft: Draft, story: Story, best: str) -> Iterator[str]:
    yield f"draft.{draft.family}"
    yield f"kind.{draft.kind}"
    yield f"kind.{draft.kind}.{best}"
    yield f"draft.{draft.status.value}"
    yield f"drafts.{min(3, len(story.drafts))}"
    yield "first-draft" if draft is story.drafts[0] else "later-draft"


def _of_subject(subject: Subject, story: Story) -> Iterator[str]:
    yield f"occurs.{min(3, len(subject.occurrences))}"
    yield f"rivals.{min(3, subject.rivals)}"
    if subject.foremost:
        yield "foremost"
    if any(o.line.is_title for o in subject.occurrences):
        yield "in-title"
    entry = story.names.world.entries.get(subject.key)
    if subject.kind == "place" and entry is not None:
        yield f"place.{entry.kind}.{entry.subtype or 'plain'}"
        if any(o.node is not None and _heads(o, story) for o in subject.occurrences):
            yield "is-dateline"
        yield f"of.{'ours' if entry.state in OUR_STATES or entry.id in OUR_STATES else 'third'}"
    if subject.kind == "series":
        yield f"series.{entry.subtype if entry is not None else 'unlisted'}"


def _distances(subject: Subject, story: Story) -> Iterable[tuple[int, int]]:
    return story.nearness.distances(o.line for o in subject.occurrences).items()


def _days_told(subject: Subject, story: Story) -> Iterable[tuple[int, int]]:
    return story.nearness.days_told(o.line for o in subject.occurrences)


def _from_places(
    subject: Subject, story: Story, places: tuple[str, ...], best: str
) -> Iterator[str]:
    """What is told by how the sentences that mention a subject speak of a draft."""
    yield f"first-in.{places[0]}"
    yield f"best.{best}"
    mentions = list(zip(subject.occurrences, places, strict=True))
    if any(where == "away" and o.line.number in story.told for o, where in mentions):
        yield f"of-others.{best}"
    if subject.kind == "topic":
        near = [o for o, where in mentions if where != "away"]
        pointed = any(c.startswith("pointed.") for o in near for c in story.once(o, _of_occurrence))
        yield f"{'ever' if pointed else 'never'}-pointed"
        yield f"{'ever' if pointed else 'never'}-pointed.{best}"
        near_by = sum(p not in ("away", "main") for p in places)
        yield f"near-by.{min(4, near_by)}"


def _of_kind(subject: Subject, best: str, draft: Draft, story: Story) -> Iterator[str]:
    """What the place, series or topic is to what else is known of a draft."""
    if subject.kind == "place":
        entry = story.names.world.entries.get(subject.key)
        if entry is not None:
            yield from _of_hosts(entry.state or entry.id, draft, story)
        yield from _of_scene(subject, best, draft, story)
    elif subject.kind == "series":
        yield "numbered" if draft.ordinal is not None else "unnumbered"
        told = draft.series.value if draft.series is not None else None
        if isinstance(told, Named):
            same = subject.key in (told.entity, fold(told.name))
            yield "told-series" if same else "other-series"
    elif subject.kind == "topic" and draft.series is not None:
        of = "of-series" if _is_of_series(subject, draft, story) else "beside-series"
        yield of
        yield f"{of}.{best}"


def _is_of_series(subject: Subject, draft: Draft, story: Story) -> bool:
    """Tell whether a topic is what the series of a draft is about."""
    told = draft.series.value if draft.series is not None else None
    entry = story.names.world.entries.get(getattr(told, "entity", None) or "")
    return entry is not None and subject.key in entry.topics


def _heads(occurrence: Occurrence, story: Story) -> bool:
    return id(occurrence.node) in story.setting.told[occurrence.line.number].datelines


def _of_scene(subject: Subject, best: str, draft: Draft, story: Story) -> Iterator[str]:
    """Whether a visit in whose days the draft falls is told there, and what lies where it is told."""
    if any(story.nearness.in_visit(o.line, draft) for o in subject.occurrences):
        yield "in-visit"
        yield f"in-visit.{best}"
    placed = story.once(draft, _placed)
    around = {subject.key, *story.once(subject, _around)}
    if not around.issuperset(placed):
        yield f"placed-elsewhere.{best}"
    if subject.key in placed:
        yield "placed-here"


def _around(subject: Subject, story: Story) -> Iterator[str]:
    """The ids of what a place lies in: where that is said as well, nothing else is meant."""
    entries = story.names.world.entries
    entry = entries.get(subject.key)
    while entry is not None:
        yield from (above for above in (entry.parent, entry.state) if above is not None)
        entry = entries.get(entry.parent or "")


def _placed(draft: Draft, story: Story) -> Iterator[str]:
    """The places in which something is said to be where the draft is told."""
    for number in story.nearness.telling(draft):
        yield from story.once(story.setting.lines[number], _lying)


def _lying(line: Line, story: Story) -> Iterator[str]:
    """The cities and states in which a sentence says that something is, "here" among them."""
    for occurrence in occurrences("place", line, story):
        if occurrence.node is None or story.setting.is_locative(occurrence.node):
            yield occurrence.name


def _of_hosts(state: str, draft: Draft, story: Story) -> Iterator[str]:
    """Whether those who receive, where a draft is told, are at home in a place's state."""
    hosts = story.hosts.get(id(draft), frozenset())
    if hosts:
        yield "at-hosts" if state in hosts else "not-at-hosts"


def look_of(draft: Draft, story: Story) -> Hashable:
    """All that the cues see of a draft but where it is told."""
    told = draft.series.value if draft.series is not None else None
    series = (told.entity or fold(told.name)) if isinstance(told, Named) else None
    hosts = tuple(sorted(story.hosts.get(id(draft), ())))
    return draft.family, draft.kind, draft.status.value, draft.ordinal is not None, series, hosts


def _of_anchors(occurrence: Occurrence, draft: Draft, story: Story) -> Iterator[str]:
    """Cues by the words with which a sentence tells of the draft."""
    line, span = occurrence.line, occurrence.span
    anchors = story.anchors.get((line.number, id(draft)), ())
    if anchors:
        nearest = min(anchors, key=lambda a: (gap(a, span), a))
        side = "before" if span.start < nearest.start else "after"
        yield f"{side}.{bucket(gap(nearest, span))}"
        yield from _of_rivals(occurrence, gap(nearest, span), draft, story)
    if occurrence.kind == "ordinal":
        if span in story.numbers.get(id(draft), ()):
            yield "told-number"
        told = story.setting.told[line.number]
        dates = [d for d in told.dates if d.mention is not None]
        if dates:
            date = min(dates, key=lambda d: (gap(d.span, span), d.span))
            own = any(a == date.span for a in anchors)
            yield f"{'own' if own else 'other'}-date.{bucket(gap(date.span, span))}"


def _of_rivals(occurrence: Occurrence, near: int, draft: Draft, story: Story) -> Iterator[str]:
    """Whether another draft of the sentence stands nearer, or another thing of the kind to this."""
    line, kind = occurrence.line, occurrence.kind
    told = story.told.get(line.number, ())
    if len(told) > 1:
        others = (a for d in told if d is not draft for a in story.anchors[line.number, id(d)])
        yield (
            "draft-nearest" if all(gap(a, occurrence.span) >= near for a in others) else "draft-far"
        )
    if kind in ("place", "ordinal"):
        own = story.anchors[line.number, id(draft)]
        rivals = (o.span for o in occurrences(kind, line, story) if o.name != occurrence.name)
        nearest = all(min(gap(a, r) for a in own) >= near for r in rivals)
        yield "nearest-of-kind" if nearest else "farther-of-kind"


def _of_sentence(line: Line, draft: Draft, story: Story) -> Iterator[str]:
    """Cues by whether a sentence that tells of no day of the draft has another day or status."""
    if (line.number, id(draft)) not in story.anchors and not line.is_title:
        if story.setting.told[line.number].dates:
            yield "another-date"
        if any(m.rule.sets["status"] != draft.status.value for m in line.of("status")):
            yield "another-status"


def _of_occurrence(occurrence: Occurrence, story: Story) -> Iterator[str]:
    kind, line, span = occurrence.kind, occurrence.line, occurrence.span
    if kind == "topic":
        alone = all(t.span == span for t in line.topics)
    else:
        alone = all(o.span == span for o in occurrences(kind, line, story))
    yield "alone" if alone else "among"
    yield from (f"pointing.{rule}" for rule in _POINTING if rule == occurrence.rule)
    if any(q.span.covers(span) for q in line.quotations):
        yield "quoted"
    if line.of("speech"):
        yield "in-speech"
    if line.typed("Delegation"):
        yield "delegation"
    for match in line.of("status"):
        yield name_of(match)
    if kind == "topic":
        yield from _of_topic(occurrence, line, story)
    elif kind == "ordinal":
        yield from _of_ordinal(occurrence, story)
    elif occurrence.node is not None:
        yield from _of_place(occurrence, occurrence.node, story)
    if kind == "series":
        yield f"rule.{occurrence.rule}"


def _of_topic(occurrence: Occurrence, line: Line, story: Story) -> Iterator[str]:
    span = occurrence.span
    yield occurrence.rule
    yield f"topic.{occurrence.name}"
    listed = _list_around(occurrence, line)
    pointed = False
    for match in line.of("agenda"):
        if _points_to(match, span):
            yield f"agenda.{bucket(gap(match.span, span))}"
            yield f"{name_of(match)}.{bucket(gap(match.span, span))}"
            yield f"listed.{name_of(match)}.{bucket(gap(match.span, listed))}"
            pointed = pointed or gap(match.span, listed) <= NEAR
    for match in line.of("topic-lead"):
        if match.span.end <= span.start:
            yield f"lead.{bucket(gap(match.span, span))}"
            yield f"{name_of(match)}.{bucket(gap(match.span, span))}"
            yield f"listed.{name_of(match)}.{bucket(gap(match.span, listed))}"
            pointed = pointed or gap(match.span, listed) <= NEAR
    yield f"{'pointed' if pointed else 'unpointed'}.{occurrence.rule}"
    if _is_attribute(span, line, story):
        yield "attribute"
    yield "in-list" if listed != span else "no-list"
    for kind in ("not-agenda", "agreement"):
        for match in line.of(kind):
            yield f"{name_of(match)}.{bucket(gap(match.span, span))}"
    yield f"topics.{min(4, len({t.value for t in line.topics}))}"


@lru_cache(maxsize=16)
def _bearers(pack: Pack) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = "|".join(re.escape(fold(w)) for w in pack.words("topics", "bearers"))
    links = "|".join(re.escape(fold(w)) for w in pack.words("topics", "links"))
    after = re.compile(rf"\s+(?:[^\W\d]+\s+)?(?:{words})(?!\w)")
    return after, re.compile(rf"(?<!\w)(?:{words})\s+(?:{links})\s+(?:(?:{links})\s+)?$")


def _is_attribute(span: Span, line: Line, story: Story) -> bool:
    """Tell whether a topic only says who somebody is: "human rights activists"."""
    folded = story.names.annotated.folded
    after, before = _bearers(story.setting.pack)
    if after.match(folded, span.end, line.span.end):
        return True
    return (
        before.search(folded[max(line.span.start, span.start - _BEARER) : span.start]) is not None
    )


def _list_around(occurrence: Occurrence, line: Line) -> Span:
    """The stretch of topics, each close behind the last, that a topic stands in."""
    spans = sorted(t.span for t in line.topics)
    place = spans.index(occurrence.span)
    first = last = place
    while first > 0 and gap(spans[first - 1], spans[first]) <= _LISTED:
        first -= 1
    while last + 1 < len(spans) and gap(spans[last], spans[last + 1]) <= _LISTED:
        last += 1
    return Span(spans[first].start, max(s.end for s in spans[first : last + 1]))


def _of_ordinal(occurrence: Occurrence, story: Story) -> Iterator[str]:
    line, span = occurrence.line, occurrence.span
    told = story.setting.told[line.number]
    yield occurrence.rule
    after = [t for t in told.triggers if t.span.end > span.end]
    if after:
        nearest = min(after, key=lambda t: t.span)
        distance = max(0, nearest.span.start - span.end)
        yield f"orders.{event_of(nearest)}.{'next' if distance <= _NEXT else bucket(distance)}"
    else:
        yield "orders.nothing"
    if line.of("count"):
        yield "count"
    following = next((n for n in line.nodes if n.span.start >= span.end), None)
    if following is not None and following.span.start - span.end <= 1:
        yield f"before.{following.type}"


def _points_to(match: Match, span: Span) -> bool:
    """Tell whether a span stands where an agenda word points: after it, before it, or either."""
    points = match.rule.sets.get("points", "after")
    if points == "before":
        return span.end <= match.span.end
    return points == "both" or span.end >= match.span.start


def _of_place(occurrence: Occurrence, node: Node, story: Story) -> Iterator[str]:
    line = occurrence.line
    heads, lies = _heads(occurrence, story), story.setting.is_locative(node)
    venues = [
        name_of(match)
        for match in line.of("venue")
        if any(node is found for found in match.captures.get("place", ()))
    ]
    if heads:
        yield "dateline"
    yield from venues
    if lies:
        yield "locative"
    yield f"is.{node.type}"
    entry = story.names.world.entries.get(occurrence.name)
    if entry is not None and not (heads or lies or venues):
        yield f"bare.{entry.subtype or 'plain'}"

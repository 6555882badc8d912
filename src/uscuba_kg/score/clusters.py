"""Are the meetings of many articles rightly one? Measured on annotated articles built as one graph.

A file of clusters (JSON) says which annotated meetings of different articles are one encounter; all
others are encounters of their own. What the reader did not find is no matter of identity and is
left out of the figures.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.ingest import Source, read_source
from uscuba_kg.model import Article, Evidence, Knowledge, Predicate, Reading, Ref
from uscuba_kg.pipeline import build_readings, read_text
from uscuba_kg.rdf.iris import iri_of
from uscuba_kg.score.annotated import annotated_reading
from uscuba_kg.score.compare import partners
from uscuba_kg.score.figures import Figures, share
from uscuba_kg.score.gold import GoldArticle
from uscuba_kg.score.view import View
from uscuba_kg.world import load_world

K = TypeVar("K", bound=Hashable)


class Telling(msgspec.Struct, frozen=True, order=True):
    """One meeting as one article is annotated to tell it: the article's id and the key in it."""

    article: str
    key: str


class Cluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tellings of one meeting, and why they are that."""

    tellings: tuple[Telling, ...]
    why: str


class BCubed(msgspec.Struct, frozen=True):
    """Precision and recall averaged over elements (Bagga and Baldwin 1998), and their F1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Merged(msgspec.Struct, frozen=True):
    """What became of annotated meetings in one graph; pairs are of tellings that the reader found.

    ``wrong`` pairs are one in the graph and two in truth, ``parted`` ones the other way round.
    """

    found: int
    pairs: Figures
    b_cubed: BCubed
    wrong: tuple[tuple[Telling, Telling], ...]
    parted: tuple[tuple[Telling, Telling], ...]


def b_cubed(truth: Mapping[K, Hashable], found: Mapping[K, Hashable]) -> BCubed:
    """Compare two groupings of the same elements; of no elements both are 1.

    >>> b_cubed({1: "a", 2: "a", 3: "b"}, {1: "x", 2: "x", 3: "x"}).recall
    1.0
    """
    wanted, given = _members(truth), _members(found)
    if not found:
        return BCubed(1.0, 1.0)
    common = {k: len(wanted[truth[k]] & given[found[k]]) for k in found}
    return BCubed(
        sum(common[k] / len(given[found[k]]) for k in found) / len(found),
        sum(common[k] / len(wanted[truth[k]]) for k in found) / len(found),
    )


def _members(groups: Mapping[K, Hashable]) -> dict[Hashable, set[K]]:
    members: dict[Hashable, set[K]] = defaultdict(set)
    for element, name in groups.items():
        members[name].add(element)
    return members


def read_clusters(path: Path, gold: Sequence[GoldArticle]) -> tuple[Cluster, ...]:
    """Read a file of clusters; every telling in it must be an annotated one, in one cluster only.

    Raises InputError where it is not so or the file is not well-formed.
    """
    try:
        clusters = msgspec.json.decode(path.read_bytes(), type=tuple[Cluster, ...])
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except msgspec.DecodeError as error:
        raise InputError(f"not a file of clusters: {error}", place=str(path)) from error
    annotated = set(_tellings(gold))
    told = [telling for cluster in clusters for telling in cluster.tellings]
    for telling in told:
        where = f"{telling.article} {telling.key}"
        if telling not in annotated:
            raise InputError(f"no annotated meeting is called {where}", place=str(path))
        if told.count(telling) > 1:
            raise InputError(f"{where} is in two clusters", place=str(path))
    return clusters


def _tellings(gold: Iterable[GoldArticle]) -> Iterable[Telling]:
    for one in gold:
        for meeting in one.annotation.meetings:
            yield Telling(one.path.stem, meeting.key)


def merge_read(gold: Sequence[GoldArticle], clusters: Iterable[Cluster]) -> Merged:
    """Read all annotated articles, build them as one graph, and compare it with the clusters."""
    read = [(one, reading) for one in gold for reading in map(read_text, _articles(one))]
    subjects = _subjects(build_readings((r for _, r in read), check=False).knowledge)
    found: dict[Telling, Ref] = {}
    for one, reading in read:
        for number, evidence in _partners(one, reading):
            found[_telling(one, number)] = subjects[evidence]
    return _judge(found, clusters)


def merge_annotated(gold: Sequence[GoldArticle], clusters: Iterable[Cluster]) -> Merged:
    """Build the annotations themselves as one graph: identity without the slips of the reader.

    Meetings without a date are left out: an annotation cannot tell a day whose year is unknown, by
    which the text itself may be identified.
    """
    told = [
        (one, annotated_reading(one, article, load_world()))
        for one in gold
        for article in _articles(one)[:1]
    ]
    subjects = _subjects(build_readings((r for _, r in told), check=False).knowledge)
    found = {
        _telling(one, number): subjects[frame.evidence]
        for one, reading in told
        for number, frame in enumerate(reading.meetings)
        if frame.start is not None
    }
    return _judge(found, clusters)


def _telling(one: GoldArticle, number: int) -> Telling:
    return Telling(one.path.stem, one.annotation.meetings[number].key)


def _judge(found: Mapping[Telling, Ref], clusters: Iterable[Cluster]) -> Merged:
    name_of = {t: str(n) for n, cluster in enumerate(clusters) for t in cluster.tellings}
    return compare_groups({t: name_of.get(t, f"{t}") for t in found}, found)


def compare_groups(truth: Mapping[Telling, str], found: Mapping[Telling, Ref]) -> Merged:
    """Count the pairs of tellings that are one in the graph, in truth, and in both."""
    pairs = list(combinations(sorted(found), 2))
    same = [(a, b) for a, b in pairs if found[a] == found[b]]
    wanted = [(a, b) for a, b in pairs if truth[a] == truth[b]]
    wrong, parted = sorted(set(same) - set(wanted)), sorted(set(wanted) - set(same))
    figures = Figures(len(same) - len(wrong), len(wrong), len(parted))
    return Merged(len(found), figures, b_cubed(truth, found), tuple(wrong), tuple(parted))


def merged_lines(words: str, merged: Merged) -> Iterable[str]:
    """Tell in lines what became of the tellings, and which pairs went wrong."""
    pairs, cubed = merged.pairs, merged.b_cubed
    yield (
        f"{words}: {merged.found} meetings found; pairs merged: precision "
        f"{share(pairs.precision).strip()}, recall {share(pairs.recall).strip()} "
        f"({pairs.tp} right, {pairs.fp} wrong, {pairs.fn} parted); B3 F1 {cubed.f1:.3f}"
    )
    for sign, found in (("+", merged.wrong), ("-", merged.parted)):
        for one, other in found:
            yield f"  {sign} {one.article} {one.key} and {other.article} {other.key}"


def _articles(one: GoldArticle) -> list[Article]:
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{one.path.stem}.txt")
        path.write_text(one.given(), encoding="utf-8")
        return list(read_source(Source(str(path)))[0])


def _subjects(knowledge: Knowledge) -> dict[Evidence, Ref]:
    """The meeting of each frame, by the words that tell of the encounter."""
    claims = [c for c in knowledge.claims if c.predicate == Predicate.MEETING_KIND]
    return {claim.evidence: claim.subject for claim in claims}


def _partners(one: GoldArticle, reading: Reading) -> Iterable[tuple[int, Evidence]]:
    """Pair annotated meetings, by their number, with the words of those that the reader found."""
    built = build_readings([reading], check=False)
    meetings = View(built.triples).meetings()
    words = {iri_of(ref): evidence for evidence, ref in _subjects(built.knowledge).items()}
    for number, place in partners(one.annotation.meetings, meetings).items():
        yield number, words[meetings[place].node.value]

"""How often each rule fires, on how many articles, and how many of the facts resting on it are right.

A fact rests on a rule where one of its claims names it. Some kinds of rule never stand in a claim,
since what they find is a cue among others; on these rest the facts of the slot that they speak of,
where the words of the fact stand in a sentence in which the rule fired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from uscuba_kg.ingest import list_inputs
from uscuba_kg.model import Span
from uscuba_kg.packs.load import languages, pack_for
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.iris import article_iri
from uscuba_kg.relate.fired import fired
from uscuba_kg.score.compare import Outcome, Verdict
from uscuba_kg.score.figures import share
from uscuba_kg.score.gold import GoldArticle
from uscuba_kg.score.run import Read, read, read_annotated
from uscuba_kg.score.view import Fact, View
from uscuba_kg.world import load_world

_SPEAKS_OF = {
    "agenda": "topic",
    "agreement": "agreement",
    "topic-lead": "topic",
    "venue": "place",
    "date-of-event": "start",
    "both-sides": "state",
}
"""The kinds of rule that give cues alone, and the slot that each speaks of."""

_Place: TypeAlias = tuple[str, Span]
_Step: TypeAlias = tuple[str, _Place]


class RuleUse(msgspec.Struct, frozen=True):
    """One rule: its pack (none for what the reader does by itself), its kind, what came of it.

    ``facts`` are those resting on it in annotated articles, ``confirmed`` the right ones of them.
    """

    rule: str
    pack: str
    kind: str
    fired: int
    articles: int
    facts: int
    confirmed: int

    @property
    def precision(self) -> float | None:
        """The share of the facts resting on it that the annotations confirm."""
        return self.confirmed / self.facts if self.facts else None


def rule_uses(gold: Iterable[GoldArticle], others: Sequence[Path] = ()) -> list[RuleUse]:
    """Give every rule with its use in annotated and other articles, the most used first.

    Raises InputError where none of the other places exists.
    """
    kinds = _kinds()
    places: dict[str, set[_Place]] = defaultdict(set)
    resting: dict[str, list[Verdict]] = defaultdict(list)
    for found, verdicts in _read(gold, others):
        bounds = {article_iri(a.article.sha256): a.sentences for a in found.annotated}
        behind = _behind(found.view)
        fired_at = _fired(found)
        own = {step for claims in behind.values() for step in claims if step[0] not in kinds}
        for rule, place in fired_at | own:
            places[rule].add(place)
        cues = _cues(fired_at, kinds, bounds)
        for verdict in verdicts:
            claims = behind.get(verdict.fact, []) if verdict.fact is not None else []
            for rule in _rules_of(verdict, claims, cues, kinds, bounds):
                resting[rule].append(verdict)
    uses = [
        RuleUse(
            rule=rule,
            pack=pack,
            kind=kind,
            fired=len(places[rule]),
            articles=len({article for article, _ in places[rule]}),
            facts=len(resting[rule]),
            confirmed=sum(v.outcome == Outcome.HIT for v in resting[rule]),
        )
        for rule in {*kinds, *places}
        for pack, kind in [kinds.get(rule, ("", rule.partition(".")[0]))]
    ]
    return sorted(uses, key=lambda use: (-use.fired, use.rule))


def _kinds() -> dict[str, tuple[str, str]]:
    """The pack and the kind of every rule."""
    return {
        rule.id: (language, kind)
        for language in languages()
        for kind, rules in pack_for(language).rules.items()
        for rule in rules
    }


def _read(
    gold: Iterable[GoldArticle], others: Sequence[Path]
) -> Iterator[tuple[Read, Sequence[Verdict]]]:
    yield from read_annotated(gold)
    if others:
        for source in list_inputs([str(path) for path in others]):
            yield read(source), ()


def _fired(found: Read) -> set[_Step]:
    """Where the rules of the packs fired in one input."""
    return {
        (one.rule, (article_iri(annotated.article.sha256), one.span))
        for annotated in found.annotated
        for one in fired(annotated, pack_for(annotated.article.language), load_world())
    }


def _cues(
    fired_at: Iterable[_Step],
    kinds: Mapping[str, tuple[str, str]],
    bounds: Mapping[str, Sequence[Span]],
) -> dict[str, set[_Place]]:
    """The sentences in which rules fired that give cues alone."""
    found: dict[str, set[_Place]] = defaultdict(set)
    for rule, place in fired_at:
        if kinds[rule][1] in _SPEAKS_OF:
            found[rule] |= _around(place, bounds)
    return found


def _rules_of(
    verdict: Verdict,
    claims: Sequence[_Step],
    cues: Mapping[str, set[_Place]],
    kinds: Mapping[str, tuple[str, str]],
    bounds: Mapping[str, Sequence[Span]],
) -> set[str]:
    """The rules on which a fact rests."""
    around = {sentence for _, place in claims for sentence in _around(place, bounds)}
    beside = (r for r in cues if _SPEAKS_OF[kinds[r][1]] == verdict.slot)
    return {rule for rule, _ in claims} | {rule for rule in beside if cues[rule] & around}


def _around(place: _Place, bounds: Mapping[str, Sequence[Span]]) -> set[_Place]:
    """The sentences that share a code point with a place."""
    article, span = place
    return {(article, sentence) for sentence in bounds[article] if sentence.overlaps(span)}


def _behind(view: View) -> dict[Fact, list[_Step]]:
    """By fact, the rules that its claims name, each with the place of its words."""
    found: dict[Fact, list[_Step]] = defaultdict(list)
    for node, fact in view.claims():
        rule, start, end = (
            view.text(node, name)
            for name in (vocab.USCUBA + "rule", vocab.OA + "start", vocab.OA + "end")
        )
        article = view.text(node, vocab.PROV + "hadPrimarySource")
        found[fact].append((rule, (article, Span(int(start), int(end)))))
    return found


def rules_table(uses: Iterable[RuleUse]) -> Iterator[str]:
    """Give the rules as a table, line by line."""
    yield f"{'rule':32} {'pack':4} {'kind':14} {'fired':>6} {'articles':>8} {'facts':>6} {'right':>6}"
    for use in uses:
        counts = f"{use.fired:6} {use.articles:8} {use.facts:6} {share(use.precision):>6}"
        yield f"{use.rule:32} {use.pack or '-':4} {use.kind:14} {counts}"


def rules_json(uses: Iterable[RuleUse]) -> str:
    """Give the rules as JSON."""
    rows = [{**msgspec.structs.asdict(use), "precision": use.precision} for use in uses]
    return msgspec.json.format(msgspec.json.encode(rows), indent=1).decode()

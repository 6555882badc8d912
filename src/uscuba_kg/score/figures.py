"""Figures from verdicts: how many facts are right, spurious and missed; precision, recall, F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from uscuba_kg.score.compare import SLOTS, Outcome, Verdict

ALL = "ALL"


class Figures(msgspec.Struct, frozen=True):
    """Right, spurious and missed facts; a share of nothing is None."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the graph's facts that the annotation confirms."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """The share of the annotation's facts that stand in the graph."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two."""
        total = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / total if total else None


class Scored(msgspec.Struct, frozen=True):
    """One annotated article with the verdicts on it; ``problem`` tells why it gave no graph."""

    path: Path
    verdicts: tuple[Verdict, ...]
    problem: str = ""


def figures_of(verdicts: Iterable[Verdict]) -> Figures:
    """Count verdicts, micro-averaged."""
    count = Counter(v.outcome for v in verdicts)
    return Figures(count[Outcome.HIT], count[Outcome.SPURIOUS], count[Outcome.MISSED])


def by_slot(scored: Sequence[Scored]) -> dict[str, Figures]:
    """Give the figures of each slot over all articles, and of all together under ``ALL``."""
    verdicts = [v for one in scored for v in one.verdicts]
    found = {slot: figures_of(v for v in verdicts if v.slot == slot) for slot in SLOTS}
    return {**found, ALL: figures_of(verdicts)}


def share(value: float | None) -> str:
    """Give a share as the tables show it."""
    return "    -" if value is None else f"{value:5.3f}"


def table(figures: Mapping[str, Figures]) -> Iterator[str]:
    """Give the table of slots, line by line."""
    yield f"{'slot':12} {'P':>5} {'R':>5} {'F1':>5} {'tp':>5} {'fp':>5} {'fn':>5}"
    for slot, f in figures.items():
        shares = f"{share(f.precision)} {share(f.recall)} {share(f.f1)}"
        yield f"{slot:12} {shares} {f.tp:5} {f.fp:5} {f.fn:5}"


def errors(scored: Sequence[Scored]) -> Iterator[str]:
    """Give what is spurious (+) and what was missed (-), article by article."""
    signs = {Outcome.SPURIOUS: "+", Outcome.MISSED: "-"}
    for one in scored:
        yield f"{one.path.stem}  F1 {share(figures_of(one.verdicts).f1).strip()}"
        for verdict in one.verdicts:
            if verdict.outcome in signs:
                yield f"  {signs[verdict.outcome]} {verdict.slot}: {verdict.what}"
        yield ""


def figures_json(scored: Sequence[Scored]) -> str:
    """Give the figures as JSON: ``slots``, ``articles`` (F1 by id), ``failed``."""
    slots = {
        slot: {
            "precision": f.precision, "recall": f.recall, "f1": f.f1,
            "tp": f.tp, "fp": f.fp, "fn": f.fn,
        }
        for slot, f in by_slot(scored).items()
    }  # fmt: skip
    document = {
        "slots": slots,
        "articles": {one.path.stem: figures_of(one.verdicts).f1 for one in scored},
        "failed": [(one.path.stem, one.problem) for one in scored if one.problem],
    }
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode()

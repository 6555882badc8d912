"""Make the reader's judgements anew from gold articles: python training/train.py GOLD_DIR...

Writes ``src/uscuba_kg/relate/judgements.json``: the same articles give the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from gold import load
from logistic import Sample, fit, probability
from samples import encounter_days, its_place, its_series, its_topic, took_part

from uscuba_kg.model import Article
from uscuba_kg.relate.judgement import load_judgements
from uscuba_kg.resources import judgements_file

Teacher = Callable[[dict[str, Any], Article], Iterator[Sample]]
QUESTIONS: tuple[tuple[str, Teacher, float, float], ...] = (
    # question, its samples, decay of weights, probability from which on the answer is yes
    ("encounter-day", encounter_days, 3.0, 0.45),
    ("its-series", its_series, 3.0, 0.5),
    ("its-place", its_place, 3.0, 0.5),
    ("its-topic", its_topic, 3.0, 0.5),
    ("took-part", took_part, 3.0, 0.5),
)
_FOLDS = 5


def judged(samples: Sequence[Sample], decay: float) -> str:
    """Precision and recall at some thresholds, on articles left out of the fit in turn."""
    articles = sorted({article for _, _, article in samples})
    fold_of = {article: n % _FOLDS for n, article in enumerate(articles)}
    pairs: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        bias, weights = fit([s for s in samples if fold_of[s[2]] != fold], decay=decay)
        left_out = (s for s in samples if fold_of[s[2]] == fold)
        pairs.extend((probability(bias, weights, cues), answer) for cues, answer, _ in left_out)
    shown = []
    for step in range(30, 95, 10):
        yes = [answer for p, answer in pairs if p >= step / 100]
        precision = sum(yes) / max(1, len(yes))
        recall = sum(yes) / max(1, sum(answer for _, answer in pairs))
        shown.append(f"{step / 100:.1f}: {precision:.2f} {recall:.2f}")
    return "  ".join(shown)


def main() -> int:
    """Fit every question in turn, since the later ones build on what the earlier ones find."""
    gold = list(load([Path(name) for name in sys.argv[1:]]))
    judgements: dict[str, Any] = {}
    for question, teacher, decay, least in QUESTIONS:
        samples = [s for annotation, article in gold for s in teacher(annotation, article)]
        bias, weights = fit(samples, decay=decay)
        shown = judged(samples, decay)
        judgements[question] = {
            "bias": round(bias, 3),
            "threshold": least,
            "weights": dict(sorted(weights.items())),
        }
        print(f"{question}: {len(samples)} cases, {sum(a for _, a, _ in samples)} yes, "
              f"{len(weights)} weights, threshold {least}; {shown}")
        judgements_file().write_text(
            json.dumps(judgements, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
        load_judgements.cache_clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())

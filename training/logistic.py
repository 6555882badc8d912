"""Logistic regression over named binary cues, in plain Python: same samples, same weights."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from uscuba_kg.relate.judgement import Judgement

_RATE, _EPOCHS, _LEAST, _ARTICLES = 0.3, 60, 0.02, 4


class Sample(NamedTuple):
    """The cues of one case, the answer, and the article that it comes from."""

    cues: frozenset[str]
    answer: bool
    article: str


def fit(samples: Sequence[Sample], decay: float, threshold: float) -> Judgement:
    """Bias and weights by AdaGrad over the samples in their order, with L2 decay on every weight.

    Cues that stand in fewer than four articles are left out, and weights too small to matter.
    """
    index = {cue: i for i, cue in enumerate(_frequent(samples))}
    rows = [sorted(index[c] for c in s.cues if c in index) for s in samples]
    times = Counter(i for row in rows for i in row)
    weights, past = [0.0] * len(index), [1e-8] * len(index)
    bias, bias_past = 0.0, 1e-8
    for _ in range(_EPOCHS):
        for row, sample in zip(rows, samples, strict=True):
            total = bias + sum(weights[i] for i in row)
            error = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))) - sample.answer
            bias_past += error * error
            bias -= _RATE * error / math.sqrt(bias_past)
            for i in row:
                slope = error + decay * weights[i] / times[i]
                past[i] += slope * slope
                weights[i] -= _RATE * slope / math.sqrt(past[i])
    kept = {cue: round(weights[i], 3) for cue, i in index.items() if abs(weights[i]) >= _LEAST}
    return Judgement(round(bias, 3), threshold, kept)


def _frequent(samples: Sequence[Sample]) -> list[str]:
    seen: dict[str, set[str]] = {}
    for sample in samples:
        for cue in sample.cues:
            seen.setdefault(cue, set()).add(sample.article)
    return sorted(cue for cue, where in seen.items() if len(where) >= _ARTICLES)

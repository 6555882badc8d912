"""Logistic regression over named binary cues, in plain Python: same samples, same bytes."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

Sample = tuple[frozenset[str], bool, str]
"""The cues, the answer, and the article that they come from."""


def frequent(samples: Sequence[Sample], articles: int) -> frozenset[str]:
    """The cues that occur in at least so many articles."""
    seen: dict[str, set[str]] = {}
    for cues, _, article in samples:
        for cue in cues:
            seen.setdefault(cue, set()).add(article)
    return frozenset(cue for cue, where in seen.items() if len(where) >= articles)


def fit(
    samples: Sequence[Sample], *, decay: float, articles: int = 4, epochs: int = 60
) -> tuple[float, dict[str, float]]:
    """Bias and weights by AdaGrad over the samples in their order, with L2 decay on every weight."""
    kept = frequent(samples, articles)
    index = {cue: i for i, cue in enumerate(sorted(kept))}
    rows = [sorted(index[c] for c in cues if c in index) for cues, _, _ in samples]
    answers = [answer for _, answer, _ in samples]
    weights = [0.0] * len(index)
    past = [1e-8] * len(index)
    bias, bias_past = 0.0, 1e-8
    times = Counter(i for row in rows for i in row)
    for _ in range(epochs):
        for row, answer in zip(rows, answers, strict=True):
            total = bias + sum(weights[i] for i in row)
            error = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))) - answer
            bias_past += error * error
            bias -= 0.3 * error / math.sqrt(bias_past)
            for i in row:
                slope = error + decay * weights[i] / times[i]
                past[i] += slope * slope
                weights[i] -= 0.3 * slope / math.sqrt(past[i])
    return bias, {cue: round(weights[i], 3) for cue, i in index.items() if abs(weights[i]) >= 0.02}


def probability(bias: float, weights: dict[str, float], cues: frozenset[str]) -> float:
    """How likely the answer is yes."""
    total = bias + sum(weights.get(c, 0.0) for c in sorted(cues))
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

"""How likely a reading is, from the cues that speak for and against it.

A logistic model for each question ("is this the day of an encounter?"). Cues are named after what
they are ("role.chair", "quoted"), never after a language; their weights lie in
``judgements.json``, made by ``training/train.py`` from articles that the project wrote itself.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import repeat

import msgspec

from uscuba_kg.errors import PackError
from uscuba_kg.resources import judgements_file


class Judgement(msgspec.Struct, frozen=True):
    """One question's model: the weights of its cues, its bias, and from where on it says yes."""

    bias: float
    threshold: float
    weights: dict[str, float]

    def probability(self, cues: frozenset[str]) -> float:
        """How likely the answer is yes, between 0 and 1; unknown cues weigh nothing.

        The weights are summed up exactly, so that their order does not matter.
        """
        total = self.bias + math.fsum(map(self.weights.get, cues, repeat(0.0)))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def accepts(self, probability: float) -> bool:
        """Tell whether that is likely enough to be stated."""
        return probability >= self.threshold


@lru_cache(maxsize=1)
def load_judgements() -> dict[str, Judgement]:
    """The shipped models by question; PackError where the file is damaged."""
    path = judgements_file()
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Judgement])
    except (OSError, msgspec.DecodeError) as error:
        raise PackError(
            str(error), place=str(path), remedy="Make it anew: python training/train.py."
        ) from error


def judgement(question: str) -> Judgement:
    """The model of one question; PackError where the file has none."""
    known = load_judgements()
    if question not in known:
        raise PackError(
            f"no judgement on {question!r}",
            place=str(judgements_file()),
            remedy="Make it anew: python training/train.py.",
        )
    return known[question]

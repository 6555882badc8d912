"""Make the reader's judgements anew: ``python training/train.py [--held-out] [FOLDER...]``.

Writes ``src/uscuba_kg/relate/judgements.json``; the same articles give the same bytes. With
``--held-out`` also shows precision and recall at some thresholds on articles left out in turn.
Without a folder the made articles of ``tests/gold/made`` are read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parent))

from gold import Lesson, lessons
from logistic import Sample, fit
from samples import (
    encounter_days,
    is_encounter,
    its_ordinal,
    its_place,
    its_series,
    its_topic,
    took_part,
)
from uscuba_kg.relate.judgement import Judgement, load_judgements
from uscuba_kg.resources import judgements_file

Teacher = Callable[[Lesson], Iterator[Sample]]
Days = tuple[Sequence[Sample], float, float]
QUESTIONS: tuple[tuple[str, Teacher, float, float, float], ...] = (
    # question, its samples, decay of weights, probability from which on the answer is yes: while
    # the later ones are fitted, which build on what the earlier ones find, and when it is asked
    ("encounter-day", encounter_days, 1.0, 0.5, 0.34),
    ("its-ordinal", its_ordinal, 3.0, 0.5, 0.5),
    ("its-series", its_series, 3.0, 0.55, 0.55),
    ("its-place", its_place, 3.0, 0.35, 0.35),
    ("its-topic", its_topic, 6.0, 0.422, 0.39),
    ("took-part", took_part, 12.0, 0.57, 0.66),
    ("is-encounter", is_encounter, 3.0, 0.55, 0.64),
)
_STACKED = (is_encounter,)
_FIRST = "encounter-day"
_MADE = Path(__file__).parent.parent / "tests" / "gold" / "made"
_SHORT = _MADE.parent / "short"
_FOLDS = 5
_SHORT_TOO = (encounter_days, its_place, is_encounter)
"""What single paragraphs teach as well as whole articles do."""


def held_out(samples: Sequence[Sample], decay: float) -> str:
    """Precision and recall at some thresholds, on articles left out of the fit in turn."""
    folds = fold_of(samples)
    pairs: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        judge = fit([s for s in samples if folds[s.article] != fold], decay, 0.5)
        left_out = (s for s in samples if folds[s.article] == fold)
        pairs.extend((judge.probability(s.cues), s.answer) for s in left_out)
    shown = []
    for step in range(30, 95, 10):
        yes = [answer for p, answer in pairs if p >= step / 100]
        precision = sum(yes) / max(1, len(yes))
        recall = sum(yes) / max(1, sum(answer for _, answer in pairs))
        shown.append(f"{step / 100:.1f}: {precision:.2f} {recall:.2f}")
    return "  ".join(shown)


def fold_of(samples: Sequence[Sample]) -> dict[str, int]:
    """The part to which each article belongs when some are left out in turn."""
    return {article: n % _FOLDS for n, article in enumerate(sorted({s.article for s in samples}))}


def keep(judgements: dict[str, Judgement]) -> None:
    """Write judgements to where the reader finds them."""
    raw = msgspec.json.encode(judgements, order="sorted")
    judgements_file().write_bytes(msgspec.json.format(raw, indent=1) + b"\n")
    load_judgements.cache_clear()


def stacked(
    read: Sequence[Lesson], teacher: Teacher, judgements: dict[str, Judgement], days: Days
) -> Iterator[Sample]:
    """The samples of a question that leans on the days found, as on articles that nobody saw.

    Each article's days are judged by weights from the other articles: else the question would learn
    to trust them more than they deserve.
    """
    samples, decay, threshold = days
    folds = fold_of(samples)
    for fold in range(_FOLDS):
        rest = [s for s in samples if folds[s.article] != fold]
        keep({**judgements, _FIRST: fit(rest, decay, threshold)})
        for lesson in read:
            if folds.get(lesson.name, 0) == fold:
                yield from teacher(lesson)


def main(arguments: Sequence[str]) -> int:
    """Fit every question in turn and write all of them."""
    folders = [Path(name) for name in arguments if not name.startswith("-")] or [_MADE]
    course = list(lessons(folders))
    train(course, list(lessons([_SHORT])), show="--held-out" in arguments)
    return 0


def train(course: Sequence[Lesson], short: Sequence[Lesson], show: bool = False) -> None:
    """Fit every question on articles, some on single paragraphs too, and keep the judgements."""
    judgements: dict[str, Judgement] = {}
    days: Days = ([], 1.0, 0.5)
    for question, teacher, decay, fitting, _ in QUESTIONS:
        read = [*course, *short] if teacher in _SHORT_TOO else course
        if teacher in _STACKED:
            samples = list(stacked(read, teacher, judgements, days))
        else:
            samples = [sample for lesson in read for sample in teacher(lesson)]
        if question == _FIRST:
            days = (samples, decay, fitting)
        judgements[question] = fit(samples, decay, fitting)
        print(f"{question}: {len(samples)} cases, {sum(s.answer for s in samples)} yes")
        if show:
            print(f"  {held_out(samples, decay)}")
        keep(judgements)
    asked = {question: threshold for question, *_, threshold in QUESTIONS}
    keep({q: msgspec.structs.replace(j, threshold=asked[q]) for q, j in judgements.items()})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

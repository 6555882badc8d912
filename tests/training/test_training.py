"""The reader's judgements come from the made articles, by the script that says so."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from uscuba_kg.errors import PackError
from uscuba_kg.packs.load import languages, pack_for
from uscuba_kg.relate import judgement as room
from uscuba_kg.relate.judgement import Judgement, judgement
from uscuba_kg.resources import judgements_file

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from gold import lessons  # noqa: E402  the scripts lie outside the package
from logistic import Sample, fit  # noqa: E402
from samples import _is_day, encounter_days  # noqa: E402
from uscuba_kg.relate.setting import parse_edtf  # noqa: E402

MADE = ROOT / "tests" / "gold" / "made"


def test_every_made_article_has_its_annotation_and_the_other_way_round() -> None:
    texts = {p.stem for p in MADE.rglob("*.txt")}
    annotations = {p.stem for p in MADE.rglob("*.json")}
    assert len(texts) >= 180
    assert texts == annotations
    for path in MADE.rglob("*.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert gold["article"]["id"] == path.stem
        assert gold["article"]["language"] == path.parent.name


def test_the_shipped_judgement_of_days_is_what_training_makes() -> None:
    read = [*lessons([MADE]), *lessons([MADE.parent / "short"])]
    samples = [s for lesson in read for s in encounter_days(lesson)]
    shipped = judgement("encounter-day")
    made = fit(samples, 1.0, shipped.threshold)
    assert len(samples) > 900
    assert made == shipped


def test_weights_lean_to_the_side_of_the_answers() -> None:
    samples = [
        Sample(
            frozenset({"led", "lede"} if n % 2 else {"quoted", "lede"}), bool(n % 2), f"a{n % 9}"
        )
        for n in range(60)
    ]
    made = fit(samples, 1.0, 0.5)
    assert made.weights["led"] > 0 > made.weights["quoted"]
    assert made.accepts(made.probability({"led", "lede"}))
    assert not made.accepts(made.probability({"quoted", "lede"}))
    assert fit(samples, 1.0, 0.5) == made


def test_a_cue_of_few_articles_is_not_learnt() -> None:
    samples = [Sample(frozenset({"rare"}), True, f"a{n % 3}") for n in range(30)]
    assert fit(samples, 1.0, 0.5).weights == {}


@pytest.mark.parametrize(
    ("value", "start", "end", "answer"),
    [
        ("2023-01-18", "2023-01-18", "2023-01-18", True),
        ("2023-01-18/2023-01-19", "2023-01-18", "2023-01-19", True),
        ("2023-01", "2023-01-18", "2023-01-19", True),
        ("2023-01-19", "2023-01-18", "2023-01-19", None),
        ("2023", "2023-01-18", "2023-01-18", None),
        ("2022-01-18", "2023-01-18", "2023-01-18", None),
        ("2023-01-25", "2023-01-18", "2023-01-18", None),
        ("2023-01-21", "2023-01-18", "2023-01-18", False),
        ("2021", "2023-01-18", "2023-01-18", False),
        ("XXXX-01-18", None, None, True),
    ],
)
def test_which_dates_are_a_meetings(
    value: str, start: str | None, end: str | None, answer: bool | None
) -> None:
    dates = parse_edtf(value)
    assert dates is not None
    assert _is_day(dates, [{"start": start, "end": end}]) is answer


def test_no_cue_names_a_language_or_a_word_of_a_text() -> None:
    rules = {r.id for lang in languages() for found in pack_for(lang).rules.values() for r in found}
    cues = {cue for j in room.load_judgements().values() for cue in j.weights}
    assert len(cues) > 300
    assert not [c for c in cues if c.split(".")[0] in languages() or "=" in c]
    assert not cues & rules


def test_a_damaged_file_of_judgements_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "judgements.json"
    path.write_text(judgements_file().read_text(encoding="utf-8")[:-40], encoding="utf-8")
    monkeypatch.setattr(room, "judgements_file", lambda: path)
    room.load_judgements.cache_clear()
    with pytest.raises(PackError, match="train"):
        judgement("encounter-day")
    room.load_judgements.cache_clear()


def test_a_probability_never_overflows() -> None:
    sure = Judgement(0.0, 0.5, {"yes": 1e6, "no": -1e6})
    assert sure.probability({"yes"}) == pytest.approx(1.0)
    assert sure.probability({"no"}) == pytest.approx(0.0)
    assert sure.probability({"unknown"}) == 0.5

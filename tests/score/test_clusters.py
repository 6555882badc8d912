"""Which meetings of the annotated articles are one in the graph of all of them, against the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from uscuba_kg.errors import InputError
from uscuba_kg.model import Ref, ThingKind
from uscuba_kg.score.clusters import (
    BCubed,
    Telling,
    b_cubed,
    compare_groups,
    merge_annotated,
    merge_read,
    read_clusters,
)
from uscuba_kg.score.gold import read_gold

GOLD = Path(__file__).resolve().parents[1] / "gold"
READ = read_gold([GOLD / "read"])
CLUSTERS = read_clusters(GOLD / "clusters.json", READ)


def test_the_clusters_are_of_several_articles_each_and_say_why() -> None:
    assert len(CLUSTERS) == 4
    for cluster in CLUSTERS:
        articles = [telling.article for telling in cluster.tellings]
        assert len(set(articles)) == len(articles) > 1
        assert cluster.why.endswith(".")


def test_annotated_meetings_of_several_articles_are_one_where_they_should_be() -> None:
    merged = merge_annotated(READ, CLUSTERS)
    assert merged.found >= 70
    assert merged.wrong == ()
    assert merged.pairs.precision == 1.0
    assert (merged.pairs.recall or 0) >= 0.95


def test_meetings_that_the_reader_found_are_one_where_they_should_be() -> None:
    merged = merge_read(READ, CLUSTERS)
    assert merged.found >= 45
    assert merged.wrong == ()
    # one of four pairs is parted: a preview recalls the talks of ten months before
    assert (merged.pairs.f1 or 0) >= 0.85
    assert merged.b_cubed.f1 >= 0.98


def test_pairs_are_counted_once_and_named() -> None:
    a, b, c, d = (Telling("article", key) for key in "abcd")
    one, other = (Ref(ThingKind.MEETING, key) for key in ("one", "other"))
    merged = compare_groups({a: "x", b: "x", c: "x", d: "y"}, {a: one, b: one, c: other, d: other})
    assert (merged.pairs.tp, merged.pairs.fp, merged.pairs.fn) == (1, 1, 2)
    assert merged.wrong == ((c, d),)
    assert merged.parted == ((a, c), (b, c))


def test_b_cubed_is_that_of_its_inventors() -> None:
    """The example of Amigó et al., "A comparison of extrinsic clustering evaluation metrics"."""
    truth = dict(enumerate("aaaabbcd"))
    assert b_cubed(truth, truth) == BCubed(1.0, 1.0)
    alone = b_cubed(truth, {n: n for n in truth})
    assert (alone.precision, alone.recall) == (1.0, (4 / 4 + 2 / 2 + 2) / 8)
    lump = b_cubed(truth, dict.fromkeys(truth, "all"))
    assert (lump.precision, lump.recall) == ((16 + 4 + 1 + 1) / 64, 1.0)
    assert b_cubed({}, {}).f1 == 1.0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not a file of clusters"),
        ('[{"tellings": [{"article": "nowhere", "key": "m1"}], "why": "."}]', "no annotated meeting"),
        ('[{"tellings": [T, T], "why": "."}]', "in two clusters"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_told(tmp_path: Path, content: str, message: str) -> None:
    known = CLUSTERS[0].tellings[0]
    told = f'{{"article": "{known.article}", "key": "{known.key}"}}'
    path = tmp_path / "clusters.json"
    path.write_text(content.replace("T", told) if "nowhere" not in content else content)
    with pytest.raises(InputError, match=message):
        read_clusters(path, READ)
    with pytest.raises(InputError):
        read_clusters(tmp_path / "none.json", READ)

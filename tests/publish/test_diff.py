"""What two graphs tell differently, shown on graphs of small articles."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from articles import MIGRATION, RESUMED, SPANISH, article, built
from uscuba_kg.model import Article
from uscuba_kg.publish.diff import Difference, diff
from uscuba_kg.publish.diff_report import (
    difference_json,
    difference_lines,
    difference_markdown,
    headline,
)
from uscuba_kg.publish.formats import write_graph
from uscuba_kg.rdf.dataset import DATASET

TALKS = (
    "The United States and Cuba held migration talks in Washington on {day}. "
    "Cuban Deputy Foreign Minister Carlos Fernández de Cossío led the Cuban delegation. "
    "“The talks were useful,” Fernández de Cossío said."
)


def compared(tmp_path: Path, old: list[Article], new: list[Article]) -> Difference:
    paths = []
    for name, articles in (("old.nt", old), ("new.ttl", new)):
        write_graph(built(*articles).triples, tmp_path / name)
        paths.append(tmp_path / name)
    return diff(*paths)


def test_one_graph_in_two_formats_is_the_same(tmp_path: Path) -> None:
    found = compared(tmp_path, [RESUMED, MIGRATION], [MIGRATION, RESUMED])
    assert found.same
    assert not found.lost
    assert list(difference_lines(found)) == ["The two graphs are the same."]


def test_what_a_graph_says_of_itself_is_no_difference(tmp_path: Path) -> None:
    triples = built(RESUMED).triples
    write_graph(triples, tmp_path / "new.nt")
    older = [t for t in triples if not t.subject.startswith(DATASET)]
    write_graph(older, tmp_path / "old.nt")
    assert len(older) < len(triples)
    assert diff(tmp_path / "old.nt", tmp_path / "new.nt").same


def test_an_article_that_comes_brings_its_facts_and_loses_none(tmp_path: Path) -> None:
    found = compared(tmp_path, [RESUMED], [RESUMED, MIGRATION])
    assert found.came
    assert not found.lost
    assert not found.same
    assert len(found.articles_came) == 1
    assert found.articles_went == ()
    assert all(len(change.sources) == 1 and change.kind == "came" for change in found.came)
    assert any(c.predicate == "start date" and c.new == "2022-04-21" for c in found.came)


def test_an_article_that_goes_takes_only_what_it_alone_supported(tmp_path: Path) -> None:
    found = compared(tmp_path, [RESUMED, SPANISH], [RESUMED])
    lost = {(c.predicate, c.old) for c in found.went}
    assert ("start date", "2023-01-18") not in lost  # the other article says so too
    assert found.claims_went > len(found.went)
    assert found.came == ()
    assert found.lost == bool(lost)


def test_a_day_that_changes_is_a_change_of_one_meeting(tmp_path: Path) -> None:
    old, new = (article(TALKS.format(day=f"April {d}, 2022"), title="Talks") for d in (21, 22))
    found = compared(tmp_path, [old], [new])
    assert {(c.predicate, c.old, c.new) for c in found.changed} == {
        ("start date", "2022-04-21", "2022-04-22"),
        ("end date", "2022-04-21", "2022-04-22"),
    }
    assert (found.came, found.went) == ((), ())
    assert found.lost
    assert any("2022-04-21" in r.old and "2022-04-22" in r.new for r in found.renamed)


def test_a_thing_known_by_a_better_name_keeps_its_facts(tmp_path: Path) -> None:
    yearless = article(
        "On January 18 officials of the United States and Cuba met in Havana under the U.S.-Cuba Law "
        "Enforcement Dialogue.",
        published=None,
    )
    found = compared(tmp_path, [yearless], [yearless, RESUMED])
    assert [r.new.rpartition("/")[2] for r in found.renamed if r.new.startswith("id:meeting/")] == [
        "law-enforcement-dialogue-2023-01-18"
    ]
    assert not [c for c in found.went if c.predicate in ("superevent", "involves")]


def test_text_and_markdown_tell_every_fact_once_under_its_article(tmp_path: Path) -> None:
    found = compared(tmp_path, [RESUMED], [RESUMED, MIGRATION])
    lines = list(difference_lines(found))
    assert lines[0] == headline(found)
    assert sum(line.startswith("    + ") for line in lines) == len(found.came)
    assert found.articles_came[0] in lines
    marked = list(difference_markdown(found))
    assert marked[0].startswith("### Facts: ")
    assert sum(line.startswith("  - ") for line in marked) == len(found.came)


def test_markdown_takes_words_as_they_stand(tmp_path: Path) -> None:
    hostile = article(TALKS.format(day="April 21, 2022"), title="A <b> [link](x) | `code` *star*")
    shown = "\n".join(difference_markdown(compared(tmp_path, [RESUMED], [RESUMED, hostile])))
    assert "A \\<b\\> \\[link\\](x) \\| \\`code\\` \\*star\\*" in shown


def test_json_holds_the_whole_difference(tmp_path: Path) -> None:
    found = compared(tmp_path, [RESUMED], [RESUMED, MIGRATION])
    assert msgspec.json.decode(difference_json(found), type=Difference) == found
    assert set(json.loads(difference_json(found))) == set(Difference.__struct_fields__)


@pytest.mark.parametrize("name", ["missing.ttl", "graph.xyz"])
def test_a_graph_that_is_not_there_is_named(tmp_path: Path, name: str) -> None:
    from uscuba_kg.errors import InputError

    with pytest.raises(InputError, match=name):
        diff(tmp_path / name, tmp_path / name)

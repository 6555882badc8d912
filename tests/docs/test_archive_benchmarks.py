"""What measures archives still runs, makes the same archive each time, and counts rightly."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from making import Story, stories, tellings, write_archive
from plan import SETS, first_to_hurt, options, plan
from test_benchmarks import run
from truth import score

FUNNEL = {"mb_per_second": 100.0, "seconds_per_named_page": 0.005}
STORE = {"triples_per_second": 100_000.0, "bytes_per_triple": 80.0}


def test_the_same_size_gives_the_same_archive(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        total = write_archive(tmp_path / name, 120, 20)
        made.append({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()})
    assert made[0] == made[1]
    assert {Path(name).suffixes[0] for name in made[0]} == {".jsonl", ".warc"}
    kinds = [telling.kind for telling in tellings(120)]
    assert total == len(kinds)
    assert kinds.count("told") == 120 == sum(story.told for story in stories(120))
    assert set(kinds) == {"told", "copy", "near", "elsewhere", "one-sided"}


def test_a_meeting_is_right_once_and_only_with_its_people(tmp_path: Path) -> None:
    ids, terms = "https://w3id.org/uscuba-kg/id", "https://w3id.org/uscuba-kg/ontology#"
    label, day = "http://www.w3.org/2000/01/rdf-schema#label", "https://schema.org/startDate"
    lines = []
    for meeting, on in (("a", "2000-01-01"), ("b", "2000-01-01"), ("c", "2000-01-02")):
        lines.append(f'<{ids}/meeting/{meeting}> <{day}> "{on}" .')
        for who in ("ann-lee", "eva-sol"):
            part = f"<{ids}/participation/{meeting}-{who}>"
            lines.append(f"<{ids}/meeting/{meeting}> <{terms}participation> {part} .")
            lines.append(f"{part} <{terms}participant> <{ids}/person/{who}> .")
    lines += [f'<{ids}/person/ann-lee> <{label}> "Ann Lee"@en .', f'<{ids}/person/eva-sol> <{label}> "Eva Sol"@es .']  # fmt: skip
    graph = tmp_path / "kg.nq"
    graph.write_text("\n".join(lines) + "\n")
    were = [
        Story(0, dt.date(2000, 1, 1), 0, 0, "Ann Lee", "Eva Sol Paz", 1),
        Story(1, dt.date(2000, 1, 2), 0, 0, "Bo Dee", "Eva Sol Paz", 1),
    ]
    assert score(graph, were) == (3, pytest.approx(1 / 3), 0.5, 1.0)


@pytest.mark.timeout(300)
def test_an_archive_is_measured_end_to_end_and_planned_with(tmp_path: Path) -> None:
    figures = tmp_path / "archive.json"
    args = ("--articles", "40", "--per-file", "2", "--kills", "1", "--json", str(figures))
    told = run("benchmarks/archive.py", *args)
    assert re.search(r"^1 kills .* during \d builds: the same bytes", told, re.MULTILINE)
    first, second = json.loads(figures.read_text())["runs"]
    assert (first["jobs"], second["jobs"]) == (1, 2)
    assert first["recall"] == second["recall"] > 0.7
    assert first["precision"] > 0.6
    (tmp_path / "funnel.json").write_text(json.dumps(FUNNEL))
    (tmp_path / "store.json").write_text(json.dumps(STORE))
    files = [str(tmp_path / f"{name}.json") for name in ("archive", "funnel", "store")]
    told = run("benchmarks/plan.py", *files)
    assert re.search(r"^articles of the two states +[\d,]+ +135,000$", told, re.MULTILINE)


def test_the_funnel_is_measured(tmp_path: Path) -> None:
    figures = tmp_path / "funnel.json"
    told = run("benchmarks/funnel.py", "--pages", "20", "--json", str(figures))
    assert float(re.search(r"recall ([\d.]+)", told)[1]) >= 0.99  # type: ignore[index]
    assert set(json.loads(figures.read_text())) == set(FUNNEL)


def test_a_plan_is_what_its_figures_come_to() -> None:
    archive = {"articles": 100, "read_cpu": 10.0, "cpu": 12.0, "triples": 20_000, "graph_bytes": 2e6, "parent_mb": 50, "ledger": False}  # fmt: skip
    measured = {"archive": archive, "funnel": FUNNEL, "store": STORE}
    given = options().parse_args(["a", "f", "s", "--cores", "10", "--share", "1e-3"])
    _, decade = SETS
    found = plan(decade, measured, given)
    assert found.articles == pytest.approx(1_350_000)
    assert found.reading == pytest.approx(1_350_000 * 0.1 / 3600)
    assert found.triples == pytest.approx(270e6)
    assert found.store == pytest.approx(270e6 * 80)
    assert first_to_hurt(found, given).startswith("memory where all is joined, 675 GB")
    by_ledger = {**measured, "archive": {**archive, "ledger": True}}
    assert plan(decade, by_ledger, given).memory < 50e6 + 1_350_000 * 10_000
    given.memory, given.gbit, given.cores = 1000, 0.1, 1000
    assert first_to_hurt(plan(decade, measured, given), given) == "the line of 0.1 gigabit"

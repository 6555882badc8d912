"""Pictures of small graphs: what they show, the same bytes each time, and what can't be drawn."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from articles import MIGRATION, RESUMED, SPANISH, article, built
from uscuba_kg.errors import InputError, OutputError
from uscuba_kg.publish.chart_data import Point, Tie, network, timeline, topics_by_year
from uscuba_kg.publish.charts import KINDS, draw
from uscuba_kg.publish.formats import write_graph

BETWEEN = article(
    "U.S. Secretary of State John Kerry met Cuban Foreign Minister Bruno Rodríguez in Havana on August 14, 2015.",
    published="2015-08-15",
)
GRAPH = built(RESUMED, SPANISH, MIGRATION, BETWEEN).triples


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("charts") / "graph.nt"
    write_graph(GRAPH, file)
    return file


def test_meetings_stand_in_time_with_their_series() -> None:
    days = {point.day: point for point in timeline(GRAPH)}
    assert list(days) == sorted(days)
    assert days[dt.date(2022, 4, 21)] == Point(
        dt.date(2022, 4, 21), "Held", "U.S.-Cuba Migration Talks"
    )
    assert days[dt.date(2023, 1, 18)].series == "U.S.-Cuba Law Enforcement Dialogue"
    assert days[dt.date(2015, 8, 14)].series == ""
    spanish = {point.series for point in timeline(GRAPH, "es")}
    assert "Diálogo sobre Aplicación y Cumplimiento de la Ley" in spanish


def test_people_of_two_sides_at_one_table_are_tied() -> None:
    found = network(GRAPH)
    assert found.ties == (Tie("Bruno Rodríguez Parrilla", "John Kerry", 1),)
    assert found.sides == {"Bruno Rodríguez Parrilla": "cuba", "John Kerry": "united-states"}


def test_topics_are_counted_by_year() -> None:
    found = topics_by_year(GRAPH)
    assert found["counterterrorism"] == Counter({2023: 1})
    totals = [count.total() for count in found.values()]
    assert totals == sorted(totals, reverse=True)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_graph_gives_the_same_svg(
    path: Path, tmp_path: Path, kind: str, language: str
) -> None:
    shown = []
    for seed in ("1", "2"):
        output = tmp_path / f"{seed}.svg"
        code = f"from pathlib import Path; from uscuba_kg.publish.charts import draw; draw(Path({str(path)!r}), {kind!r}, Path({str(output)!r}), {language!r})"
        env = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", code], check=True, env=env)
        shown.append(output.read_bytes())
    assert shown[0] == shown[1]
    words = set(re.findall(r">([^<>]+)</text>", shown[0].decode()))
    wanted = {
        "network": "John Kerry",
        "timeline": "held" if language == "en" else "celebrado",
        "topics": "2023",
    }
    assert wanted[kind] in words


def test_a_png_is_drawn(path: Path, tmp_path: Path) -> None:
    draw(path, "timeline", tmp_path / "t.png")
    data = (tmp_path / "t.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20]) > 600
    assert [p.name for p in tmp_path.iterdir()] == ["t.png"]


@pytest.mark.parametrize("kind", KINDS)
def test_where_there_is_nothing_to_draw_it_is_said(tmp_path: Path, kind: str) -> None:
    (tmp_path / "empty.nt").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="to draw"):
        draw(tmp_path / "empty.nt", kind, tmp_path / "x.svg")
    assert not (tmp_path / "x.svg").exists()


@pytest.mark.parametrize("name", ["x.gif", "nowhere/x.svg"])
def test_a_place_that_cannot_be_written_is_said(path: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=Path(name).suffix):
        draw(path, "timeline", tmp_path / name)

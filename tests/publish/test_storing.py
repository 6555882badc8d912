"""A build that loads its graph into a store, from which a server answers."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from running import running

from uscuba_kg.cli.main import cli
from uscuba_kg.errors import OutputError
from uscuba_kg.publish.stored import check_store, store_graph

TALKS = (
    "Officials of the United States and Cuba held migration talks in Havana on May {day}, 2016.\n"
)


def build(folder: Path, day: int) -> list[Path]:
    """Build one article; gives the stores that are there."""
    (folder / "a.txt").write_text(TALKS.format(day=day))
    args = ["build", str(folder / "a.txt"), "-o", str(folder / "kg.nq"), "--no-check", "-q"]
    told = CliRunner().invoke(cli, [*args, "--store", str(folder / "store")])
    assert told.exit_code == 0, told.output
    return sorted((folder / "store").iterdir(), key=lambda path: path.stat().st_mtime_ns)


def test_a_build_makes_the_store_that_a_server_takes_as_it_is(tmp_path: Path) -> None:
    (made,) = build(tmp_path, 3)
    before = made.stat().st_mtime_ns
    served = str(tmp_path / "kg.nq"), "--store", str(tmp_path / "store")
    with running(*served) as server:
        found = httpx.get(
            f"{server.url}/sparql",
            params={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"},
            headers={"Accept": "text/csv"},
        )
    lines = (tmp_path / "kg.nq").read_text().splitlines()
    assert found.text.split() == ["n", str(len(lines))]
    assert [p.name for p in (tmp_path / "store").iterdir()] == [made.name]
    assert made.stat().st_mtime_ns == before


def test_another_graph_stands_beside_the_last_and_older_ones_are_forgotten(tmp_path: Path) -> None:
    (first,) = build(tmp_path, 3)
    assert build(tmp_path, 3) == [first]
    second = [p for p in build(tmp_path, 4) if p != first]
    assert len(second) == 1
    assert first not in build(tmp_path, 5)


def test_a_graph_that_cannot_be_loaded_leaves_the_stores_that_stand(tmp_path: Path) -> None:
    (made,) = build(tmp_path, 3)
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    with pytest.raises(OutputError, match="no store can be made here"):
        check_store(blocked / "store")
    with pytest.raises(OutputError, match="could not be written"):
        store_graph(tmp_path / "kg.nq", blocked / "store")
    assert made.exists()

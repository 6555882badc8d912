"""The command ``uscuba-kg serve``: what it makes of its options."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from articles import read
from uscuba_kg.cli.main import cli
from uscuba_kg.pipeline import Build, build_readings
from uscuba_kg.publish.serve.settings import Settings

TOKEN = "0123456789abcdef"


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Settings]:
    """What would have been served, in an empty folder."""
    found: list[Settings] = []
    monkeypatch.setattr(
        "uscuba_kg.publish.serve.run.serve", lambda settings, told: found.append(settings)
    )
    monkeypatch.chdir(tmp_path)
    return found


def call(*args: str, token: str = "") -> Result:
    return CliRunner().invoke(cli, ["serve", *args], env={"USCUBA_KG_TOKEN": token})


def test_it_is_for_this_machine_and_reads_only(served) -> None:
    assert call("kg.ttl").exit_code == 0
    (settings,) = served
    assert settings.host == "127.0.0.1"
    assert not settings.writable
    assert settings.allowed == ()
    assert settings.graphs == (Path("kg.ttl"),)


def test_a_token_alone_opens_nothing(served) -> None:
    call("kg.ttl", token=TOKEN)
    assert not served[0].writable


@pytest.mark.parametrize(
    ("args", "token", "words"),
    [
        (("--writable",), TOKEN, "needs --store"),
        (("--writable", "--store", "x"), "", "needs a token of 16"),
        (("--port", "70000"), "", "70000"),
        (("--time-limit", "0"), "", "time-limit"),
    ],
)
def test_what_cannot_be_is_said_before_anything_starts(served, args, token, words) -> None:
    result = call("kg.ttl", *args, token=token)
    assert result.exit_code == 2
    assert words in result.output
    assert served == []


def test_without_a_graph_the_one_that_was_built_is_served(served, monkeypatch) -> None:
    built = []

    def build(inputs: object, check: bool) -> Build:
        built.append(inputs)
        return build_readings([read("Officials of the United States and Cuba met in Havana.")])

    monkeypatch.setattr("uscuba_kg.pipeline.build", build)
    assert call().exit_code == 0
    assert call().exit_code == 0
    assert len(built) == 1
    assert [s.graphs for s in served] == [(Path("graph.ttl"),)] * 2
    assert Path("graph.ttl").is_file()


def test_a_store_that_was_written_to_needs_no_graph(served, tmp_path) -> None:
    (tmp_path / "store" / "written").mkdir(parents=True)
    call("--writable", "--store", "store", token=TOKEN)
    assert served[0].graphs == ()

"""What is large goes by the ledger without being asked to, and leaves nothing behind but the graph."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from uscuba_kg import archiving, pipeline
from uscuba_kg.archiving import beside, is_large
from uscuba_kg.cli.main import cli
from uscuba_kg.ingest import Source, list_inputs

MANY = 12
ANSWER = (
    "Officials of the United States and Cuba met in Havana on {n} May 2016 for migration talks.\n"
)
FEW = "import uscuba_kg.archiving as a; a.MANY_SOURCES = 3; from uscuba_kg.cli.main import main; main()"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    for n in range(1, MANY + 1):
        (tmp_path / "articles" / f"{n:02}.txt").write_text(ANSWER.format(n=n))
    return tmp_path


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "MANY_SOURCES", 3)


def built(folder: Path, *args: str, output: str = "kg.ttl", stdin: str = "") -> tuple[bytes, str]:
    """The graph, and what was told."""
    place = folder / output
    options = [str(folder / "articles"), "--no-check", "--json", "--output", str(place), *args]
    done = CliRunner().invoke(cli, ["build", *options], input=stdin)
    assert done.exit_code == 0, done.output
    return place.read_bytes(), done.stdout


@pytest.mark.parametrize("output", ["kg.ttl", "kg.nq"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_large_is_not_held_in_memory_and_gives_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, output: str, jobs: str
) -> None:
    expected = built(folder, output=output)
    monkeypatch.setattr(archiving, "MANY_SOURCES", 3)
    monkeypatch.setattr(pipeline, "build", lambda *_, **__: pytest.fail("all is held in memory"))
    assert built(folder, "--jobs", jobs, output=output) == expected
    assert sorted(path.name for path in folder.iterdir()) == ["articles", output]


NOT_BY_A_LEDGER = {
    "standard input": (["-"], "kg.ttl", ANSWER.format(n=30)),
    "another format": ([], "kg.jsonld", ""),
    "judgements": (["--judgements", "{folder}/judged.csv"], "kg.ttl", ""),
}


@pytest.mark.parametrize("what", NOT_BY_A_LEDGER)
def test_what_a_ledger_cannot_do_is_done_in_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    (folder / "judged.csv").write_text("verdict,one,other,reason\n")
    given, output, stdin = NOT_BY_A_LEDGER[what]
    args = [arg.format(folder=folder) for arg in given]
    expected = built(folder, *args, output=output, stdin=stdin)
    monkeypatch.setattr(archiving, "MANY_SOURCES", 3)
    assert built(folder, *args, output=output, stdin=stdin) == expected
    assert not beside(folder / output).exists()


def test_a_store_is_filled_from_a_large_archive(folder: Path, large: None) -> None:
    built(folder, "--store", str(folder / "store"))
    assert any((folder / "store").iterdir())
    assert not beside(folder / "kg.ttl").exists()


def test_what_cannot_be_read_is_told_and_changes_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "empty").mkdir()
    more = [str(folder / "empty"), str(folder / "gone-*.txt"), str(folder / "articles" / "99.md")]
    (folder / "articles" / "99.md").symlink_to(folder / "nowhere")
    place = str(folder / "kg.nt")
    command = ["build", str(folder / "articles"), *more, "--no-check", "--json", "-o", place]
    told = []
    for many in (100, 3):
        monkeypatch.setattr(archiving, "MANY_SOURCES", many)
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 2, done.output
        told.append(json.loads(done.stdout))
        told[-1]["graph"] = Path(place).read_bytes()
    assert told[0] == told[1]
    lost = [issue for issue in told[0]["issues"] if issue["code"] == "unreadable"]
    assert len(lost) == 3


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_large_build_that_was_ended_goes_on_where_it_was(
    folder: Path, large: None, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    slow = f"import uscuba_kg.pipeline as p, time; r = p.read_text; p.read_text = lambda a: (time.sleep(0.2), r(a))[1]; {FEW}"
    place = folder / "kg.ttl"
    options = [str(folder / "articles"), "--jobs", "1", "--no-check", "-o", str(place)]
    process = subprocess.Popen(
        [sys.executable, "-c", slow, "build", *options], stderr=subprocess.PIPE, text=True
    )
    while len(kept := list(beside(place).glob(f"*/{'[0-9a-f]' * 64}.kept"))) < 3:
        assert process.poll() is None
        time.sleep(0.02)
    os.kill(process.pid, how)
    _, told = process.communicate()
    assert not place.exists()
    assert (str(beside(place)) in told) == (how == signal.SIGINT)
    read = pipeline.read_text
    again: list[str] = []
    monkeypatch.setattr(pipeline, "read_text", lambda a: again.append(a.source) or read(a))  # type: ignore[func-returns-value]
    graph, _ = built(folder, "--jobs", "1")
    assert len(again) <= MANY - len(kept) + 1
    assert not beside(place).exists()
    monkeypatch.setattr(archiving, "MANY_SOURCES", 100)
    assert built(folder)[0] == graph


def test_what_a_killed_build_left_goes_with_the_next_of_that_graph(folder: Path) -> None:
    left = beside(folder / "kg.ttl") / "readings-0"
    left.mkdir(parents=True)
    (left / "x.kept").write_text("half")
    built(folder)
    assert not left.parent.exists()


SIZES = [
    ("a.txt", 8_000_000, False), ("a.txt", 8_000_001, True), ("a.jsonl.gz", 2_000_000, True),
    ("a.warc.gz", 1_600_000, False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "size", "expected"), SIZES)
def test_what_is_packed_counts_for_what_is_in_it(
    tmp_path: Path, name: str, size: int, expected: bool
) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(size)
    assert is_large([Source(str(tmp_path / name))]) == expected


def test_parts_of_a_file_count_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    line = b'{"text": "%s"}\n' % os.urandom(500_000).hex().encode()
    path.write_bytes(gzip.compress(line * 9, 1))
    parts = list_inputs([str(path)])
    assert sum(part.size or 0 for part in parts) == 9 * len(line)
    assert is_large(parts)

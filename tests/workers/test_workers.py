"""Work in several processes: the order is kept, and a thing that kills its process costs itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articles import article
from uscuba_kg.pipeline import read_inputs
from uscuba_kg.workers import in_order, processes

TOLD = "Officials of Cuba and the United States met in Havana on May 3, 2016."


def _square(number: int) -> str:
    return str(number * number)


def _lost(number: int) -> str:
    return f"lost {number}"


def _square_but_die_at_seven(number: int) -> str:
    if number == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return _square(number)


def _square_but_die_once(thing: tuple[int, str]) -> str:
    number, mark = thing
    if number == 7:
        try:
            Path(mark).touch(exist_ok=False)
        except FileExistsError:
            return _square(number)
        os.kill(os.getpid(), signal.SIGKILL)
    return _square(number)


def _lost_pair(thing: tuple[int, str]) -> str:
    return _lost(thing[0])


def _fail(number: int) -> str:
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 30])
def test_the_order_is_that_of_the_things(jobs: int, count: int) -> None:
    found = in_order(_square, range(count), processes(jobs), _lost)
    assert list(found) == [str(n * n) for n in range(count)]


def test_what_kills_its_process_twice_is_lost_and_nothing_else() -> None:
    found = list(in_order(_square_but_die_at_seven, range(40), processes(2), _lost))
    assert found == [f"lost {n}" if n == 7 else str(n * n) for n in range(40)]


def test_what_killed_its_process_once_is_tried_again(tmp_path: Path) -> None:
    things = [(n, str(tmp_path / "died")) for n in range(40)]
    found = list(in_order(_square_but_die_once, things, processes(2), _lost_pair))
    assert found == [str(n * n) for n in range(40)]
    assert (tmp_path / "died").exists()


def test_an_error_of_the_work_comes_out() -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(in_order(_fail, range(5), processes(2), _lost))


def test_a_source_that_kills_its_reader_becomes_an_issue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = article("Officials of Cuba and the United States met in Havana on May 3, 2016.").text
    for n in range(20):
        (tmp_path / f"{n:02}.txt").write_text(f"{text} {n}")
    import uscuba_kg.pipeline as pipeline

    read = pipeline.read_source

    def deadly(source, *rest):  # type: ignore[no-untyped-def]
        if source.path.endswith("13.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        return read(source, *rest)

    monkeypatch.setattr(pipeline, "read_source", deadly)  # workers are forked and have it too
    readings, issues = read_inputs([tmp_path], jobs=2)
    assert [r.article.source[-6:-4] for r in readings] == [f"{n:02}" for n in range(20) if n != 13]
    assert [(i.code, i.source[-6:]) for i in issues] == [("unreadable", "13.txt")]


@pytest.mark.parametrize("whole_group", [True, False])
def test_ctrl_c_ends_all_at_once_and_says_so(tmp_path: Path, whole_group: bool) -> None:
    for n in range(400):
        lines = "\n\n".join(f"{TOLD} In round {n} they spoke of point {p}." for p in range(40))
        (tmp_path / f"{n:03}.txt").write_text(lines)
    code = "from uscuba_kg.cli.main import main; main()"
    places = [str(tmp_path), "--cache", str(tmp_path / ".kept"), "-o", str(tmp_path / "kg.ttl")]
    process = subprocess.Popen(
        [sys.executable, "-c", code, "build", "--jobs", "2", *places],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not list(tmp_path.glob(".kept/*/*.kept")):
        assert process.poll() is None
        time.sleep(0.05)
    (os.killpg if whole_group else os.kill)(process.pid, signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err.strip()) == (130, "", "Stopped.")
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)  # nobody is left of all that it started
    assert not (tmp_path / "kg.ttl").exists()
    assert 0 < len(list(tmp_path.glob(".kept/*/*.kept"))) < 200

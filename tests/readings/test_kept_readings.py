"""With kept readings a build gives the same bytes as without, whatever became of sources or cache."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import pickle
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import MIGRATION, RESUMED, SPANISH, YEARLESS
from uscuba_kg import model, pipeline, readings
from uscuba_kg.model import Issue
from uscuba_kg.pipeline import Build, build, read_inputs
from uscuba_kg.rdf.turtle import turtle
from uscuba_kg.readings import cache_in

TEXTS = [article.text for article in (RESUMED, YEARLESS, MIGRATION, SPANISH)]
TEXTS += ["\n", "Tags: talks\n", "---\ntitle: [\n---\n" + MIGRATION.text]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for number, text in enumerate(TEXTS):
        (articles / f"{number}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def made(folder: Path, *, cached: bool = True, jobs: int = 1) -> Build:
    cache = folder / "cache" if cached else None
    return build([folder / "articles"], cache=cache, check=False, jobs=jobs)


def same_as_without(folder: Path, jobs: int = 1) -> Build:
    found, anew = made(folder, jobs=jobs), made(folder, cached=False)
    assert "".join(turtle(found.triples)) == "".join(turtle(anew.triples))
    assert found.knowledge == anew.knowledge
    assert found.issues == anew.issues
    return found


def entries(folder: Path) -> list[Path]:
    return sorted((folder / "cache").rglob("*.kept*"))


def no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("this was kept and is read again")

    monkeypatch.setattr(pipeline, "read_text", never)


def test_what_is_kept_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = same_as_without(folder)
    no_reading(monkeypatch)
    assert made(folder) == first


CHANGES: dict[str, Callable[[Path], object]] = {
    "added": lambda a: (a / "x.txt").write_text(f"More. {RESUMED.text}", encoding="utf-8"),
    "removed": lambda a: (a / "0.txt").unlink(),
    "changed": lambda a: (a / "0.txt").write_text(f"{MIGRATION.text} Then.", encoding="utf-8"),
    "renamed": lambda a: (a / "0.txt").rename(a / "z.txt"),
    "of another format": lambda a: (a / "0.txt").rename(a / "0.html"),
    "swapped": lambda a: (a / "0.txt").rename(a / "t").rename(a / "1.txt"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("jobs", [1, 2])
def test_after_a_change_the_same_bytes(folder: Path, change: str, jobs: int) -> None:
    made(folder)
    CHANGES[change](folder / "articles")
    same_as_without(folder, jobs)
    assert len(entries(folder)) == len(list((folder / "articles").iterdir()))


STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([*range(len(TEXTS)), None])), max_size=6
)


@settings(max_examples=20, deadline=None)
@given(STEPS, st.integers())
def test_after_any_changes_and_damages_the_same_bytes(
    steps: list[tuple[int, int | None]], seed: int
) -> None:
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "articles").mkdir()
        (folder / "articles" / "stays.txt").write_text(MIGRATION.text, encoding="utf-8")
        for place, text in steps:
            path = folder / "articles" / f"{place}.txt"
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(TEXTS[text], encoding="utf-8")
            same_as_without(folder)
            damage(draw.choice(entries(folder)), draw)


def damage(path: Path, draw: random.Random) -> None:
    """Flip a bit somewhere, or cut the file off."""
    content = bytearray(path.read_bytes())
    place = draw.randrange(len(content))
    if draw.random() < 0.5:
        content[place] ^= 1 << draw.randrange(8)
    else:
        del content[place:]
    path.write_bytes(content)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_entry_is_seen_and_made_anew(folder: Path, seed: int) -> None:
    made(folder)
    sound = [path.read_bytes() for path in entries(folder)]
    draw = random.Random(seed)
    for path in entries(folder):
        damage(path, draw)
        assert cache_in(folder / "cache").find(path.name) is None
    same_as_without(folder)
    assert [path.read_bytes() for path in entries(folder)] == sound


def test_an_entry_under_the_name_of_another_is_not_trusted(folder: Path) -> None:
    made(folder)
    first, second, *_ = entries(folder)
    second.write_bytes(first.read_bytes())
    assert cache_in(folder / "cache").find(second.name) is None
    same_as_without(folder)


@pytest.mark.parametrize("content", [b"", b"rubbish", pickle.dumps(os.getcwd), pickle.dumps([])])
def test_a_strange_entry_is_not_loaded(folder: Path, content: bytes) -> None:
    made(folder)
    for path in entries(folder):
        label = f"{path.parent.name}/{path.name}".encode()
        path.write_bytes(hashlib.sha256(label + content).digest() + content)
        assert cache_in(folder / "cache").find(path.name) is None
    same_as_without(folder)


def test_entries_of_another_version_are_thrown_away_and_no_others(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = folder / "cache" / "mine.kept"
    mine.parent.mkdir()
    mine.write_text("not yours")
    monkeypatch.setattr(readings, "fingerprint", lambda: "0" * 64)
    made(folder)
    (older,) = (path for path in mine.parent.iterdir() if path.is_dir())
    note = older / "note.txt"
    monkeypatch.undo()
    note.write_text("mine too")
    copied = cache_in(folder / "cache").folder
    for path in older.glob("*.kept"):  # as if somebody had brought them over
        (copied / path.name).write_bytes(path.read_bytes())
        assert cache_in(folder / "cache").find(path.name) is None
    same_as_without(folder)
    assert mine.read_text() == "not yours"
    assert [path.name for path in older.iterdir()] == ["note.txt"]


def test_what_a_killed_build_left_is_swept(folder: Path) -> None:
    made(folder)
    left = entries(folder)[0].with_name("0.keptabcd")
    left.write_bytes(b"half")
    same_as_without(folder)
    assert not left.exists()


def noted(folder: Path) -> tuple[Issue, ...]:
    found, anew = made(folder), made(folder, cached=False)
    assert found.triples == anew.triples
    return tuple(issue for issue in found.issues if issue not in anew.issues)


def test_a_cache_that_cannot_be_made_is_no_reason_to_stop(folder: Path) -> None:
    (folder / "cache").write_text("a file")
    (note,) = noted(folder)
    assert (note.code, note.source) == ("cache", str(folder / "cache"))


def test_a_full_disk_is_no_reason_to_stop(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("uscuba_kg.kept.os.fdopen", full)
    (note,) = noted(folder)
    assert note.code == "cache"
    assert entries(folder) == []


def test_a_cache_that_can_only_be_read_serves(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(folder)
    (folder / "articles" / "0.txt").unlink()
    kept = entries(folder)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    for name in ("kept.tempfile.mkstemp", "readings.Path.mkdir", "readings.Path.unlink"):
        monkeypatch.setattr(f"uscuba_kg.{name}", refused)
    no_reading(monkeypatch)
    assert len(made(folder).knowledge.articles) == len(first.knowledge.articles) - 1
    assert entries(folder) == kept


def test_lines_of_a_file_are_kept_and_standard_input_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b'{"text": "Officials of the United States and Cuba met in Havana on May 4, 2022."}\n'
    (folder / "all.jsonl").write_bytes(lines)
    inputs = [folder / "all.jsonl", "-"]
    first = read_inputs(inputs, stdin=io.BytesIO(lines), cache=folder / "cache")
    assert len(entries(folder)) == 1
    assert read_inputs(inputs, stdin=io.BytesIO(lines), cache=folder / "cache") == first
    no_reading(monkeypatch)
    (again,), _ = read_inputs(inputs[:1], cache=folder / "cache")
    assert again in first[0]


def test_a_pipe_is_read_once(folder: Path) -> None:
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    if os.fork() == 0:
        with pipe.open("w", encoding="utf-8") as file:
            file.write(MIGRATION.text)
        os._exit(0)
    found, _ = read_inputs([pipe], cache=folder / "cache")
    assert [reading.article.text for reading in found] == [MIGRATION.text]
    assert entries(folder) == []


def test_the_fingerprint_is_of_all_that_a_reading_depends_on() -> None:
    names = {path.name for path in readings._files()}
    parts = {part for path in readings._files() for part in path.parts}
    assert {"judgements.json", "topics.ttl", "people.csv", "speech.toml", "pipeline.py"} <= names
    assert "__pycache__" not in parts
    libraries = {line.split()[0] for line in readings._versions()}
    assert {"regex", "pyahocorasick", "msgspec", "pyyaml", "trafilatura"} <= libraries


def test_every_kind_of_value_in_a_reading_may_be_loaded() -> None:
    inside = {"Knowledge", "Thing", "Claim", "Fact", "Label", "Ref", "Witness", "Predicate"}
    inside |= {"Finding", "Report", "Annotated", "Mention", "MentionKind", "DateRange"}
    kinds = {name for name in model.__all__ if isinstance(getattr(model, name), type)} - inside
    assert {name for _, name in readings._NAMES} == kinds

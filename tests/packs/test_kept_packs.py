"""A kept pack is read back as it was, and never trusted when it is damaged or of another kind."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from uscuba_kg.packs.kept import keep, kept_file, read_kept
from uscuba_kg.packs.load import compiled_pattern, load_pack
from uscuba_kg.resources import packs_dir


def test_a_pack_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    pack = load_pack(packs_dir() / "en")
    text = pack.rules["both-sides"][0].patterns[0]
    keep(tmp_path / "en-1.pack", pack, {text: compiled_pattern(text)})
    found = read_kept(tmp_path / "en-1.pack")
    assert found is not None
    again, patterns = found
    assert {k: [r.id for r in v] for k, v in again.rules.items()} == {
        k: [r.id for r in v] for k, v in pack.rules.items()
    }
    assert again.tables == pack.tables
    assert patterns[text].pattern == text


@pytest.mark.parametrize(
    "content", [b"", b"rubbish", pickle.dumps(os.getcwd), pickle.dumps([1, 2])]
)
def test_what_is_damaged_or_strange_is_not_loaded(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "en-1.pack"
    path.write_bytes(content)
    assert read_kept(path) is None


def test_a_cut_off_file_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "en-1.pack"
    keep(path, load_pack(packs_dir() / "en"), {})
    path.write_bytes(path.read_bytes()[:-20])
    assert read_kept(path) is None


def test_older_packs_of_the_language_are_thrown_away(tmp_path: Path) -> None:
    pack = load_pack(packs_dir() / "en")
    for name in ("en-load-1.pack", "es-load-1.pack", "en-dates-1.pack", "en-load-2.pack"):
        keep(tmp_path / name, pack, {})
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "en-dates-1.pack",
        "en-load-2.pack",
        "es-load-1.pack",
    ]


def test_another_wording_is_kept_elsewhere(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "en").mkdir(parents=True)
        (tmp_path / name / "en" / "pack.toml").write_text(f'word = "{name}"\n')
    first, second = (kept_file(tmp_path / name / "en", Path(__file__)) for name in ("one", "two"))
    assert first is not None
    assert second is not None
    assert first.name != second.name

"""A kept pack is read back as it was, and never trusted when it is damaged or of another kind."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import msgspec
import pytest

from uscuba_kg.annotate.lexicon import find_names, find_topics, lexicon_of
from uscuba_kg.kept import keep, kept, kept_file, read_kept
from uscuba_kg.packs.load import compiled_pattern, load_pack
from uscuba_kg.resources import packs_dir
from uscuba_kg.text import fold
from uscuba_kg.world import World, load_world


def test_a_pack_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    pack = load_pack(packs_dir() / "en")
    text = pack.rules["both-sides"][0].patterns[0]
    keep(tmp_path / "en-1.kept", (pack, {text: compiled_pattern(text)}))
    found = read_kept(tmp_path / "en-1.kept")
    assert found is not None
    again, patterns = found
    assert {k: [r.id for r in v] for k, v in again.rules.items()} == {
        k: [r.id for r in v] for k, v in pack.rules.items()
    }
    assert again.tables == pack.tables
    assert patterns[text].pattern == text


@pytest.mark.parametrize("content", [b"", b"rubbish", pickle.dumps(os.getcwd)])
def test_what_is_damaged_or_strange_is_not_loaded(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "en-1.kept"
    path.write_bytes(content)
    assert read_kept(path) is None
    path.write_bytes(hashlib.sha256(content).digest() + content)
    assert read_kept(path) is None


def test_a_cut_off_file_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "en-1.kept"
    keep(path, load_pack(packs_dir() / "en"))
    path.write_bytes(path.read_bytes()[:-20])
    assert read_kept(path) is None


def test_one_wrong_bit_is_seen_before_anything_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "lexicon-1.kept"
    keep(path, lexicon_of(load_world()))
    assert read_kept(path) is not None
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert read_kept(path) is None


def test_the_world_and_its_lexicon_come_back_as_they_were_kept(tmp_path: Path) -> None:
    world = load_world()
    keep(tmp_path / "world-1.kept", world)
    again = read_kept(tmp_path / "world-1.kept")
    assert isinstance(again, World)
    assert msgspec.structs.astuple(again) == msgspec.structs.astuple(world)
    keep(tmp_path / "lexicon-1.kept", lexicon_of(world))
    lexicon = read_kept(tmp_path / "lexicon-1.kept")
    text = "The Cuban foreign minister spoke of visas and migration at the United Nations."
    assert find_names(text, fold(text), lexicon) == find_names(text, fold(text), lexicon_of(again))
    assert find_topics(text, fold(text), lexicon) == find_topics(
        text, fold(text), lexicon_of(again)
    )


def test_what_is_of_another_kind_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "words.toml"
    source.write_text("a = 1")
    monkeypatch.setattr("uscuba_kg.kept.kept_file", lambda *_: tmp_path / "words-1.kept")
    assert kept("words", [source], [], list, lambda: [1]) == [1]
    assert kept("words", [source], [], list, lambda: [2]) == [1]
    assert kept("words", [source], [], dict, lambda: {"a": 2}) == {"a": 2}


def test_older_tables_of_the_name_are_thrown_away(tmp_path: Path) -> None:
    for name in ("en-pack-1.kept", "es-pack-1.kept", "en-dates-1.kept", "en-pack-2.kept"):
        keep(tmp_path / name, [name])
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "en-dates-1.kept",
        "en-pack-2.kept",
        "es-pack-1.kept",
    ]


def test_what_is_made_of_other_files_is_kept_elsewhere(tmp_path: Path) -> None:
    found = []
    for name in ("one", "two"):
        (tmp_path / name).write_text(f'word = "{name}"\n')
        found.append(kept_file("en-pack", [tmp_path / name], [Path(__file__)]))
    first, second = found
    assert first is not None
    assert second is not None
    assert first.name != second.name

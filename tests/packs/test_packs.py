from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from uscuba_kg.errors import PackError
from uscuba_kg.packs.load import languages, load_pack, pack_for
from uscuba_kg.relate.actors import LAYERS
from uscuba_kg.relate.scene import KINDS
from uscuba_kg.resources import packs_dir


def test_both_languages_are_installed_with_the_same_kinds_of_rules() -> None:
    assert languages() == ("en", "es")
    kinds = [set(pack_for(language).rules) for language in languages()]
    assert kinds[0] == kinds[1]


def test_both_packs_have_the_same_tables() -> None:
    def shape(table: object) -> object:
        return {k: shape(v) for k, v in table.items()} if isinstance(table, dict) else None

    fixed = ("sentences", "people", "posts", "instruments", "places", "lists")
    tables = [pack_for(language).tables for language in languages()]
    for name in fixed:
        keys = [set(t[name]) for t in tables]
        assert keys[0] == keys[1], name


def test_an_unknown_language_names_those_installed() -> None:
    with pytest.raises(PackError, match="Installed: en, es"):
        pack_for("fr")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('[[rule]]\nid = "x"\n', "missing"),
        ('[[rule]]\nid = "x"\nkind = "role"\nmatch = "<a:Nobody>"\nyes = []\n', "unknown type"),
        ('[[rule]]\nid = "x"\nkind = "role"\nmatch = "met"\nyes = []\nsorts = 1\n', "unknown keys"),
        ("[[rule]]\nid = ", "rules"),
        (('[[rule]]\nid = "x"\nkind = "role"\nmatch = "met"\nyes = []\n' * 2), "two rules"),
    ],
)
def test_a_broken_rule_file_fails_at_once(tmp_path: Path, rule: str, words: str) -> None:
    folder = tmp_path / "en"
    shutil.copytree(packs_dir() / "en", folder)
    (folder / "rules" / "roles.toml").write_text(rule, encoding="utf-8")
    with pytest.raises(PackError, match=words) as error:
        load_pack(folder)
    assert "roles.toml" in str(error.value)


def test_every_kind_of_rule_is_read_by_a_stage() -> None:
    read = {*KINDS, *(kind for kind, _ in LAYERS)}
    for language in languages():
        assert set(pack_for(language).rules) <= read

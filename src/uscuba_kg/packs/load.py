"""Language packs read from TOML, checked as they are read.

A pack is a folder named by a BCP 47 language: ``pack.toml`` holds the small tables,
``rules/*.toml`` the rules with their examples; other files are read by the rooms that use them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import regex

from uscuba_kg import resources
from uscuba_kg.errors import PackError
from uscuba_kg.kept import kept, packed, unpacked
from uscuba_kg.packs.gate import Gate, gate_of
from uscuba_kg.packs.template import Compiled, Phrases, compile_template, lists_in
from uscuba_kg.text import fold

MATCH_TIMEOUT_SECONDS = 5.0


class Rule(msgspec.Struct, frozen=True, eq=False):
    """One wording: an id, what kind of finding it makes, its templates, and its examples.

    ``sets`` holds what a match means besides what its slots capture (``role = "chair"``). A ``yes``
    example is a sentence with the captures it must yield; a ``no`` example must not match.
    """

    id: str
    kind: str
    patterns: tuple[str, ...]
    sets: dict[str, str]
    confidence: float
    yes: tuple[dict[str, str], ...]
    no: tuple[str, ...]

    def examples(self) -> tuple[str, ...]:
        """The sentences of all examples."""
        return (*(example["text"] for example in self.yes), *self.no)


_PATTERNS: dict[str, Any] = {}
_KEPT: dict[str, bytes] = {}
"""Patterns compiled in an earlier run: few of them are needed for one article."""


def compiled_pattern(pattern: str) -> Any:
    """The pattern of one template, compiled once."""
    found = _PATTERNS.get(pattern)
    if found is None:
        known = _KEPT.pop(pattern, None)
        found = unpacked(known) if known is not None else _compiled(pattern)
        _PATTERNS[pattern] = found
    return found


def _compiled(pattern: str) -> Any:
    return regex.compile(pattern, regex.VERSION1, **lists_in(pattern))


class Pack(msgspec.Struct, frozen=True, eq=False):
    """How one language speaks: tables by name, rules by kind. Equal only to itself.

    The gate tells which of the rules' patterns can fit a sentence.
    """

    language: str
    folder: Path
    tables: Mapping[str, Any]
    rules: Mapping[str, tuple[Rule, ...]]
    gate: Gate

    def words(self, *path: str) -> tuple[str, ...]:
        """Give one list of the tables; PackError where the pack lacks it."""
        table: Any = self.tables
        for step in path:
            if not isinstance(table, dict) or step not in table:
                raise PackError(
                    f"the list {'.'.join(path)} is missing", place=str(self.folder / "pack.toml")
                )
            table = table[step]
        return tuple(table)

    def folded(self, *path: str) -> frozenset[str]:
        """Give one list of the tables as a set of folded words, made once."""
        return _folded(self, path)


@lru_cache(maxsize=512)
def _folded(pack: Pack, path: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, pack.words(*path)))


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise PackError(str(error), place=str(path)) from error


def _rule(raw: dict[str, Any], phrases: Phrases, place: str) -> tuple[Rule, list[Compiled]]:
    unknown = set(raw) - {"id", "kind", "match", "sets", "confidence", "yes", "no"}
    missing = {"id", "kind", "match", "yes"} - set(raw)
    if unknown or missing:
        raise PackError(
            f"rule {raw.get('id', '?')}: unknown keys {sorted(unknown)}, missing {sorted(missing)}",
            place=place,
        )
    where = f"{place} ({raw['id']})"
    templates = [raw["match"]] if isinstance(raw["match"], str) else raw["match"]
    compiled = [compile_template(t, phrases, where) for t in templates]
    rule = Rule(
        id=raw["id"],
        kind=raw["kind"],
        patterns=tuple(c.pattern for c in compiled),
        sets=dict(raw.get("sets", {})),
        confidence=float(raw.get("confidence", 0.9)),
        yes=tuple(raw["yes"]),
        no=tuple(raw.get("no", ())),
    )
    return rule, compiled


def load_pack(folder: Path) -> Pack:
    """Read one language's folder; PackError names the file and what to mend."""
    tables = _read(folder / "pack.toml")
    files = sorted((folder / "rules").glob("*.toml"))
    contents = {path: _read(path) for path in files}
    rules: dict[str, list[Rule]] = {}
    seen: set[str] = set()
    patterns: list[Compiled] = []
    for path, raw in contents.items():
        phrases = Phrases(raw.get("phrases", {}))
        for one in raw.get("rule", ()):
            rule, compiled = _rule(one, phrases, str(path))
            patterns += compiled
            if rule.id in seen:
                raise PackError(f"two rules are called {rule.id}", place=str(path))
            seen.add(rule.id)
            rules.setdefault(rule.kind, []).append(rule)
    by_kind = {kind: tuple(found) for kind, found in rules.items()}
    examples = (s for found in rules.values() for rule in found for s in rule.examples())
    return Pack(folder.name, folder, tables, by_kind, gate_of(patterns, map(fold, examples)))


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages for which a pack is installed, sorted."""
    folders = resources.packs_dir().iterdir()
    return tuple(sorted(f.name for f in folders if (f / "pack.toml").is_file()))


@lru_cache(maxsize=16)
def pack_for(language: str) -> Pack:
    """Give the installed pack of a language; PackError where there is none."""
    if language not in languages():
        raise PackError(
            f"no pack for the language {language!r}",
            place=str(resources.packs_dir()),
            remedy=f"Installed: {', '.join(languages())}.",
        )
    folder = resources.packs_dir() / language
    code = (Path(__file__).with_name(name) for name in ("load.py", "gate.py", "template.py"))
    pack: Pack
    pack, patterns = kept(
        f"{language}-pack", sorted(folder.rglob("*.toml")), code, tuple, lambda: _made(folder)
    )
    _KEPT.update(patterns)
    return pack


def _made(folder: Path) -> tuple[Pack, dict[str, bytes]]:
    pack = load_pack(folder)
    texts = {text for rules in pack.rules.values() for r in rules for text in r.patterns}
    return pack, {text: packed(_compiled(text)) for text in sorted(texts)}

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from uscuba_kg.resources import PACKAGE

MODULES = sorted(PACKAGE.rglob("*.py"))
LANGUAGE_FREE = ("annotate", "relate", "resolve", "world", "ingest")


def test_modules_are_found() -> None:
    assert len(MODULES) > 60


@pytest.mark.parametrize("path", MODULES, ids=[str(m.relative_to(PACKAGE)) for m in MODULES])
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    assert len(source.splitlines()) <= 400
    assert ast.get_docstring(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < 60, (
                f"{path.name}: {node.name} is too long"
            )


@pytest.mark.parametrize("room", LANGUAGE_FREE)
def test_no_code_names_a_language(room: str) -> None:
    modules = sorted((PACKAGE / room).rglob("*.py"))
    assert len(modules) > 3
    for path in modules:
        constants = {
            node.value
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert constants & {"en", "es", "english", "spanish"} == set(), path

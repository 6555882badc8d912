"""The one place that knows where ontology/, shapes/, seeds/ and the language packs lie.

A checkout is looked at first, since an editable install copies the folders and lets them go stale;
otherwise the copies that travel in the wheel are used.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    root = PACKAGE.parent.parent
    if PACKAGE.parent.name == "src" and (root / "pyproject.toml").is_file():
        return root / name
    return PACKAGE / "_data" / name


def ontology_dir() -> Path:
    """Give the folder of ``uscuba.ttl``, ``topics.ttl`` and ``questions/``."""
    return _folder("ontology")


def shapes_dir() -> Path:
    """Give the folder of the SHACL shapes."""
    return _folder("shapes")


def seeds_dir() -> Path:
    """Give the folder of the authority data (``entities/``) and of the shipped ``articles/``."""
    return _folder("seeds")


def packs_dir() -> Path:
    """Give the folder that holds one folder for each language."""
    return PACKAGE / "packs"


def judgements_file() -> Path:
    """Give the file of the weights by which cues are judged."""
    return PACKAGE / "relate" / "judgements.json"

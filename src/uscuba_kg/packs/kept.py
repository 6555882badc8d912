"""Packs kept ready between runs, as Python keeps its own modules in ``__pycache__``.

Reading templates and compiling their patterns takes seconds; reading back what was made takes a
tenth of one. What is kept belongs to exactly these files, this code and these versions of Python and
``regex``: anything else, or anything damaged, is made anew. Nothing but the classes of a pack and
the engine's own constructor is ever loaded from a kept file.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import regex

_NAMES = frozenset(
    {
        ("uscuba_kg.packs.load", "Pack"),
        ("uscuba_kg.packs.load", "Rule"),
        ("uscuba_kg.packs.gate", "Gate"),
        ("uscuba_kg.packs.gate", "Told"),
        ("uscuba_kg.annotate.datewords", "DateWords"),
        ("uscuba_kg.annotate.datewords", "TenseWords"),
        ("uscuba_kg.annotate.datewords", "DurationWords"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
        ("builtins", "frozenset"),
        ("_regex", "compile"),
        ("regex._regex", "compile"),
    }
)


class _Unpickler(pickle.Unpickler):
    """Loads what a pack is made of, and refuses any other name."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _NAMES:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a kept pack")
        return super().find_class(module, name)


def kept_file(folder: Path, maker: Path) -> Path | None:
    """Where what a module makes of a language's folder is kept; None where nothing can be written.

    Beside Python's own cache if that can be written, else in the user's cache folder.
    """
    digest = hashlib.sha256(f"{sys.version} {regex.__version__}".encode())
    code = (Path(__file__).with_name(name) for name in ("kept.py", "template.py", "gate.py"))
    for path in (*sorted(folder.rglob("*.toml")), *code, maker):
        digest.update(path.read_bytes())
    name = f"{folder.name}-{maker.stem}-{digest.hexdigest()[:20]}.pack"
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "uscuba-kg"
    for cache in (Path(__file__).with_name("__pycache__"), user):
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            if os.access(cache, os.W_OK):
                return cache / name
    return None


def read_kept(path: Path) -> tuple[Any, dict[str, Any]] | None:
    """The pack and its compiled patterns; None where nothing sound is kept."""
    try:
        pack, patterns = _Unpickler(io.BytesIO(path.read_bytes())).load()
    except Exception:
        # whatever a damaged file makes the loader raise, the pack is made anew
        return None
    return (pack, patterns) if isinstance(patterns, dict) else None


def keep(path: Path, pack: Any, patterns: dict[str, Any]) -> None:
    """Write a pack for the next run, whole or not at all; a full disk is no reason to stop."""
    with suppress(OSError):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                pickle.dump((pack, patterns), file, protocol=5)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
        for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.pack"):
            if old != path:
                old.unlink(missing_ok=True)

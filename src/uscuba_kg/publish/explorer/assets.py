"""The files that pages need: style, scripts, a sign for the browser's tab."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from uscuba_kg.publish.explorer.page import Page

FOLDER = Path(__file__).parent / "static"
PREFIX = "/assets/"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_FOR_EVER = (("Cache-Control", "public, max-age=31536000, immutable"),)
_DIGITS = 12


def asset(path: str) -> Page | None:
    """Give the file at a path such as ``/assets/explorer.0123456789ab.css``; None where there is none.

    The digits are of the hash of its content: what stands at an address never changes.
    """
    name = _names().get(path)
    if name is None:
        return None
    file = FOLDER / name
    return Page(200, _TYPES[file.suffix], file.read_bytes(), _FOR_EVER)


def asset_path(name: str) -> str:
    """Give the address of a file of ``static/``, with the hash of its content."""
    return _paths()[name]


@cache
def _paths() -> Mapping[str, str]:
    found = {}
    for file in sorted(FOLDER.iterdir()):
        if file.suffix in _TYPES:
            digest = hashlib.sha256(file.read_bytes()).hexdigest()[:_DIGITS]
            found[file.name] = f"{PREFIX}{file.stem}.{digest}{file.suffix}"
    return found


@cache
def _names() -> Mapping[str, str]:
    return {path: name for name, path in _paths().items()}

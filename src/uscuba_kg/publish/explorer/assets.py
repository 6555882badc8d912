"""The files that pages need: style, scripts, a sign for the browser's tab."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


def _read() -> Mapping[str, Page]:
    """The files by their names."""
    files = sorted(file for file in FOLDER.iterdir() if file.suffix in _TYPES)
    return {f.name: Page(200, _TYPES[f.suffix], f.read_bytes(), _FOR_EVER) for f in files}


def _address(name: str) -> str:
    stem, _, ending = name.partition(".")
    digest = hashlib.sha256(_FILES[name].body).hexdigest()[:_DIGITS]
    return f"{PREFIX}{stem}.{digest}.{ending}"


# read once, before a server forks: all its processes speak of the same files
_FILES = _read()
_ADDRESSES = {name: _address(name) for name in _FILES}
_NAMES = {address: name for name, address in _ADDRESSES.items()}


def asset(path: str) -> Page | None:
    """Give the file at a path such as ``/assets/explorer.0123456789ab.css``; None where there is none.

    The digits are of the hash of its content: what stands at an address never changes.
    """
    name = _NAMES.get(path)
    return None if name is None else _FILES[name]


def asset_path(name: str) -> str:
    """Give the address of a file of ``static/``, with the hash of its content."""
    return _ADDRESSES[name]

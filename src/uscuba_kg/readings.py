"""Readings kept between builds: what did not change since is not read again.

An entry belongs to the bytes of one source, to its name, and to everything else that a reading
depends on: this package's code, packs and judgements, the authority data and topics, the versions
of Python and of the libraries that take part. Its digest is taken over all of that, so that an
entry that is damaged, cut off, renamed or of another version is made anew and never trusted.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import struct
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import msgspec

from uscuba_kg import model
from uscuba_kg.kept import read_kept, write_kept
from uscuba_kg.model import Issue, Reading
from uscuba_kg.resources import PACKAGE, ontology_dir, seeds_dir

_LIBRARIES = (
    "anyascii", "lxml_html_clean", "msgspec", "pyahocorasick", "pyoxigraph", "PyYAML", "regex",
    "trafilatura",
)  # fmt: skip
_KINDS = (
    model.AgreementFrame, model.Article, model.DateOrigin, model.Evidence, model.Issue,
    model.MeetingFrame, model.Named, model.PartialDate, model.ParticipantFrame,
    model.PositionFrame, model.Reading, model.Role, model.Slot, model.Span, model.StatementFrame,
    model.Status, model.ThingKind, model.UnitFrame,
)  # fmt: skip
_NAMES = frozenset((kind.__module__, kind.__name__) for kind in _KINDS)
_NOT_CODE = ("__pycache__", "_data")
_FOLDER = re.compile(r"readings-[0-9a-f]{20}")
_REQUIRED = re.compile(r"[A-Za-z0-9._-]+")

Outcome = tuple[tuple[Reading, ...], tuple[Issue, ...]]
"""What a source gives: its readings, and what a person should know."""


_MARK = struct.Struct("QQQqq")
Seen = tuple[bytes, str]
"""The mark of a file, and the entry that its bytes had."""
_SEEN = "seen.kept"
WORKING = "new-"
"""How the names of files begin at which a build is at work."""
_SETTLED = 2_000_000_000
"""A file that changed so many nanoseconds ago has a mark of its own if it changes again."""


def mark_of(path: str) -> bytes | None:
    """Give what tells a file from any that may take its place, and from itself when it is changed.

    Size, inode, and the times at which content and inode changed: nobody can set the last back.
    None where it cannot be told: a file that has just changed may change again within the grain of
    the clock, and what is no file has no such mark.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 (many thousands of them: a Path takes longer than this)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    if max(found.st_mtime_ns, found.st_ctime_ns) > time.time_ns() - _SETTLED:
        return None
    told = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    return _MARK.pack(*told)  # of millions of files: numbers would take thrice as much


class Cache(msgspec.Struct, frozen=True):
    """The entries of one version, each a file in its folder."""

    folder: Path

    def entry(self, name: str, content: bytes) -> str:
        """The name of the entry of a source, from the source's name and bytes."""
        digest = hashlib.sha256(repr(name).encode() + b"\0" + content).hexdigest()
        return f"{digest}.kept"

    def find(self, entry: str) -> Outcome | None:
        """What is kept as an entry; ``None`` where that is nothing sound."""
        found = read_kept(self.folder / entry, _NAMES, f"{self.folder.name}/{entry}")
        return found if isinstance(found, tuple) else None

    def keep(self, entry: str, outcome: Outcome) -> bool:
        """Keep what a source gave; tells whether it could be written."""
        return write_kept(self.folder / entry, outcome, f"{self.folder.name}/{entry}")

    def seen(self) -> dict[str, Seen]:
        """The files of the last build with their marks; none where nothing sound is kept."""
        found = read_kept(self.folder / _SEEN, frozenset(), f"{self.folder.name}/{_SEEN}")
        return found if isinstance(found, dict) else {}

    def note_seen(self, seen: dict[str, Seen]) -> None:
        """Keep which files there were, so that they need not be read to know that they are."""
        write_kept(self.folder / _SEEN, seen, f"{self.folder.name}/{_SEEN}")

    def sweep(self, used: Collection[str]) -> None:
        """Throw away the entries that no source of this build has, and those of other versions."""
        with suppress(OSError):
            for folder in self.folder.parent.iterdir():
                if _FOLDER.fullmatch(folder.name):
                    _empty(folder, {*used, _SEEN} if folder.name == self.folder.name else ())


def _empty(folder: Path, used: Collection[str]) -> None:
    """Remove our own files and nothing else; what cannot be removed, or is in work, stays."""
    for path in folder.glob("*.kept*"):
        if path.name not in used and not (used and path.name.startswith(WORKING)):
            with suppress(OSError):
                path.unlink()
    with suppress(OSError):
        if not used:
            (folder / "lock").unlink(missing_ok=True)
        folder.rmdir()  # where it is empty


def cache_in(folder: Path) -> Cache:
    """Give the cache of this version in a folder, which is made if it is not there."""
    own = folder / f"readings-{fingerprint()[:20]}"
    with suppress(OSError):
        own.mkdir(parents=True, exist_ok=True)
    return Cache(own)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """A hash of all that a reading depends on beside its source."""
    digest = hashlib.sha256("\n".join([sys.version, *_versions()]).encode())
    for path in _files():
        digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and not any(name in path.parts for name in _NOT_CODE):
            yield path
    yield from sorted(path for path in (seeds_dir() / "entities").rglob("*") if path.is_file())
    yield ontology_dir() / "topics.ttl"


def _versions() -> list[str]:
    """The libraries that take part in reading, what those rest on, and their versions."""
    found: dict[str, str] = {}
    waiting = list(_LIBRARIES)
    while waiting:
        name = waiting.pop().lower()
        if name in found:
            continue
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "none"
            continue
        waiting += [match[0] for need in requires(name) or () if (match := _REQUIRED.match(need))]
    return sorted(f"{name} {number}" for name, number in found.items())

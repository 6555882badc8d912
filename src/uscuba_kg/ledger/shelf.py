"""Where a ledger lies: a file whose name is the hash of its bytes, so that damage shows."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from uscuba_kg.readings import WORKING

try:
    import fcntl
except ImportError:  # a system without such locks: nobody else is looked for there
    fcntl = None  # type: ignore[assignment]

WRITTEN = "written-"
"""How the folders begin in which workers leave what they wrote."""

_NAME, _END = "ledger-", ".kept"
_CHUNK = 1 << 22


@contextmanager
def working_copy(folder: Path) -> Iterator[Path]:
    """Give a copy of the ledger to work on, or a place for a new one where none is sound."""
    _sweep(folder)
    handle, name = tempfile.mkstemp(dir=folder, prefix=WORKING, suffix=_END)
    copy = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            is_sound = any(_copied(path, file.fileno()) for path in ledgers(folder))
        if not is_sound:
            copy.unlink()
        yield copy
    finally:
        copy.unlink(missing_ok=True)


@contextmanager
def held(folder: Path) -> Iterator[bool]:
    """Hold the ledger of a folder for oneself; False where another build has it, or it is gone."""
    if fcntl is None:
        yield True
        return
    try:
        file = (folder / "lock").open("w")
    except OSError:  # whoever had it has thrown the folder away
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def put_back(copy: Path, folder: Path) -> None:
    """Let a working copy take the place of the ledger."""
    place = folder / f"{_NAME}{digest_of(copy)}{_END}"
    old = [path for path in ledgers(folder) if path != place]
    copy.replace(place)
    for path in old:
        with suppress(OSError):
            path.unlink()


def ledgers(folder: Path) -> list[Path]:
    """The ledgers in a folder: one, or two where a run was ended before it threw the old one away."""
    return sorted(folder.glob(f"{_NAME}*{_END}"))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file; that of nothing where it cannot be read."""
    digest = hashlib.sha256()
    with suppress(OSError), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _sweep(folder: Path) -> None:
    """Remove what builds left behind that were killed: whoever holds the ledger is alone."""
    for path in folder.glob(f"{WORKING}*{_END}"):
        path.unlink(missing_ok=True)
    for path in folder.glob(f"{WRITTEN}*"):
        shutil.rmtree(path, ignore_errors=True)


def _copied(path: Path, target: int) -> bool:
    """Copy a ledger; tells whether it is sound, and leaves nothing behind where it is not."""
    digest = hashlib.sha256()
    try:
        os.ftruncate(target, 0)
        os.lseek(target, 0, os.SEEK_SET)
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                os.write(target, chunk)
    except OSError:
        return False
    return path.name == f"{_NAME}{digest.hexdigest()}{_END}"

"""Files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from uscuba_kg.errors import OutputError

try:
    import fcntl
except ImportError:  # a system without such locks: nothing is swept there
    fcntl = None  # type: ignore[assignment]

_PREFIX = ".uscuba-kg-"
_FRESH = 1.0
"""Seconds in which a file that is not locked may still be getting its lock."""


def check_place(path: Path) -> None:
    """Raise OutputError where a file could not be written, before any work is done."""
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(
            f"the folder {folder} does not exist", place=str(path), remedy="Make it first."
        )
    if path.is_dir():
        raise OutputError("this is a folder", place=str(path), remedy="Name a file in it.")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(
            "this place cannot be written to",
            place=str(path),
            remedy="Choose another, or its owner.",
        )


def replace_file(path: Path, parts: Iterable[str]) -> None:
    """Write text in UTF-8, whole or not at all (:func:`replace_bytes`)."""
    replace_bytes(path, (part.encode() for part in parts))


def replace_bytes(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write bytes beside its place and rename it into it: what stood there is never lost.

    Raises OutputError where it cannot be written.
    """
    path = path.resolve()  # a link stays a link, and what it leads to is replaced
    temporary: Path | None = None
    try:
        _sweep(path.parent)
        handle, name = tempfile.mkstemp(prefix=_PREFIX, dir=path.parent)
        temporary = Path(name)
        _lock(handle)
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(
            f"could not be written: {error.strerror or error}",
            place=str(path),
            remedy="What stood there is untouched. Free some room or choose another place.",
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _lock(handle: int) -> bool:
    """Mark a file as being written for as long as this process lives; False where another does."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _sweep(folder: Path) -> None:
    """Remove what runs that were killed while they wrote have left in a folder."""
    now = time.time()
    for left in folder.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            # a new file may not yet be locked by the run that has just made it
            if now - left.stat().st_mtime < _FRESH:
                continue
            with left.open("rb") as file:
                if _lock(file.fileno()):
                    left.unlink()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

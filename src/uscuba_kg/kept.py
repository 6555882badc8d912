"""Tables kept ready between runs, as Python keeps its own modules in ``__pycache__``.

Reading templates and compiling their patterns takes seconds, checking the authority data and making
automata tenths of one; reading back what was made takes hundredths. What is kept belongs to exactly
the files it was made from, to this code and these versions of Python and its libraries: anything
else, or anything damaged, is made anew. Nothing but the classes of such tables and the engines' own
constructors is ever loaded from a kept file.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

_NAMES = frozenset(
    {
        ("uscuba_kg.packs.load", "Pack"),
        ("uscuba_kg.packs.load", "Rule"),
        ("uscuba_kg.packs.gate", "Gate"),
        ("uscuba_kg.packs.gate", "Told"),
        ("uscuba_kg.annotate.datewords", "DateWords"),
        ("uscuba_kg.annotate.datewords", "TenseWords"),
        ("uscuba_kg.annotate.datewords", "DurationWords"),
        ("uscuba_kg.annotate.lexicon", "Lexicon"),
        ("uscuba_kg.annotate.lexicon", "Entry"),
        ("uscuba_kg.annotate.topic_cues", "Meaning"),
        ("uscuba_kg.annotate.topic_cues", "Piece"),
        ("uscuba_kg.annotate.topic_cues", "Step"),
        ("uscuba_kg.world.entries", "Entry"),
        ("uscuba_kg.world.entries", "Name"),
        ("uscuba_kg.world.entries", "PostRecord"),
        ("uscuba_kg.world.entries", "Topic"),
        ("uscuba_kg.world.entries", "World"),
        ("uscuba_kg.world.outlets", "Outlet"),
        ("uscuba_kg.world.signs", "Sign"),
        ("uscuba_kg.model.knowledge", "Label"),
        ("uscuba_kg.model.values", "MentionKind"),
        ("uscuba_kg.model.values", "PartialDate"),
        ("uscuba_kg.model.values", "ThingKind"),
        ("ahocorasick", "Automaton"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
        ("builtins", "frozenset"),
        ("re", "_compile"),
        ("_regex", "compile"),
        ("regex._regex", "compile"),
    }
)
_LIBRARIES = ("regex", "pyahocorasick", "msgspec")
_DIGEST = hashlib.sha256().digest_size

T = TypeVar("T")


def kept(
    name: str, sources: Iterable[Path], code: Iterable[Path], kind: type[T], make: Callable[[], T]
) -> T:
    """Give what ``make`` makes from the source files by that code, kept between runs under a name."""
    path = kept_file(name, sources, code)
    found = read_kept(path) if path is not None else None
    if isinstance(found, kind):
        return found
    made = make()
    if path is not None:
        keep(path, made)
    return made


class _Unpickler(pickle.Unpickler):
    """Loads values of the classes that it is told, and refuses any other name."""

    def __init__(self, file: io.BytesIO, names: Set[tuple[str, str]]) -> None:
        super().__init__(file)
        self.names = names

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in self.names:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a kept file")
        return super().find_class(module, name)


def kept_file(name: str, sources: Iterable[Path], code: Iterable[Path]) -> Path | None:
    """Where something is kept; None where nothing can be written.

    Beside Python's own cache if that can be written, else in the user's cache folder.
    """
    digest = hashlib.sha256(_versions().encode())
    for path in (*sources, *code, Path(__file__)):
        digest.update(path.read_bytes())
    user = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "uscuba-kg"
    for cache in (Path(__file__).with_name("__pycache__"), user):
        with suppress(OSError):
            cache.mkdir(parents=True, exist_ok=True)
            if os.access(cache, os.W_OK):
                return cache / f"{name}-{digest.hexdigest()[:20]}.kept"
    return None


@lru_cache(maxsize=1)
def _versions() -> str:
    return " ".join([sys.version, *map(version, _LIBRARIES)])


def read_kept(path: Path, names: Set[tuple[str, str]] = _NAMES, label: str = "") -> Any:
    """What is kept there under that label; None where that is nothing sound.

    Only classes of these ``names``, pairs of module and name, are ever loaded.
    """
    try:
        content = path.read_bytes()
        if _digest(content[_DIGEST:], label) != content[:_DIGEST]:
            return None
        with uncollected():
            return _Unpickler(io.BytesIO(content[_DIGEST:]), names).load()
    except Exception:
        # whatever a damaged or foreign file makes the loader raise, it is made anew
        return None


def packed(made: Any) -> bytes:
    """Give one of many tables as bytes, to be kept with the others and read when it is asked for."""
    return pickle.dumps(made, protocol=5)


def unpacked(content: bytes) -> Any:
    """Give back what was packed, from bytes that were read from a kept file."""
    return _Unpickler(io.BytesIO(content), _NAMES).load()


def unpacked_as(content: bytes, names: Set[tuple[str, str]]) -> Any:
    """Give back what was packed, of no other classes than these."""
    return _Unpickler(io.BytesIO(content), names).load()


def _digest(content: bytes, label: str) -> bytes:
    digest = hashlib.sha256(label.encode())
    digest.update(content)
    return digest.digest()


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the garbage collector rest: it would go through thousands of new values for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep(path: Path, made: Any) -> None:
    """Write tables for the next run, and throw away older ones of the name."""
    write_kept(path, made)
    with suppress(OSError):
        for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.kept"):
            if old != path:
                old.unlink(missing_ok=True)


def write_kept(path: Path, made: Any, label: str = "") -> bool:
    """Write something for the next run, whole or not at all; a full disk is no reason to stop.

    Gives whether it was written.
    """
    content = packed(made)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content, label))
                file.write(content)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            return False
    except OSError:
        return False
    return True

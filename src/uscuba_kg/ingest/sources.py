"""What is to be read: files and folders named by a person, as a sorted list of sources.

A source is small and picklable, so that a worker process can take one and read it. A large .jsonl
file, packed or not, becomes several sources, each a range of its lines, and so does a web archive,
each a span of its bytes.
"""

from __future__ import annotations

import glob
import gzip
import hashlib
import os
import stat
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import IO, cast
from urllib.parse import urlsplit

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.ingest.pagewords import page_words
from uscuba_kg.ingest.places import fetch, files_at, is_address, state_of
from uscuba_kg.ingest.spans import Span, spans_of

STDIN = "-"
WARC = ".warc"
ENDINGS = (".html", ".htm", ".jsonl", ".markdown", ".md", ".txt", WARC)
"""The endings by which files in a folder are taken; a file named by itself may have any."""

PACKED = ".gz"
"""What may stand behind each of them."""

MAX_BYTES = 20_000_000
"""The largest article in bytes; in .jsonl files it holds for each line, not for the file."""

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

_PART_BYTES = 4_000_000
_PACKED_PART_BYTES = 8_000_000
"""Unpacked."""


class Source(msgspec.Struct, frozen=True, order=True):
    """One file, or the lines of a .jsonl file that begin at ``offset`` within ``size`` bytes.

    ``first_line`` is the number of the first of them; ``size`` is ``None`` for the whole file. Where
    the file is packed, offset and size are those of what is in it. Of a web archive they are a span
    of the file's own bytes (:func:`span_of`).
    """

    path: str
    first_line: int = 1
    offset: int = 0
    size: int | None = None


def list_inputs(paths: Sequence[str]) -> tuple[Source, ...]:
    """List what is to be read, sorted by path; each file once, however often it was named.

    A path may be a pattern (``archive/**/*.jsonl.gz``). One that does not exist, or a folder that
    holds nothing to read, stays in the list beside others, so that reading it tells why; where
    there is nothing else InputError is raised, and PackError where a language pack is not
    well-formed, before anything is read.
    """
    page_words()
    found: dict[str, str] = {}
    wrong: list[InputError] = []
    for path in sorted(set(paths)):
        try:
            files = list(_files(path))
        except InputError as error:
            wrong.append(error)
            files = [path]
        for file in files:
            found.setdefault(_place(file), file)
    if wrong and len(wrong) == len(set(paths)):
        raise wrong[0]
    return tuple(source for file in sorted(found.values()) for source in _parts(file))


def opened(source: Source) -> IO[bytes]:
    """Open a source that lies in a file, here or elsewhere, where it begins.

    A whole file is given as it is, packed or not, and so is a web archive. Raises OSError where it
    cannot be opened.
    """
    if is_address(source.path):
        return fetch(source.path)
    if span_of(source) is not None:
        return _as_it_is(source.path)
    file = _unpacked(source.path) if source.size is not None else _as_it_is(source.path)
    if source.offset:  # a pipe begins at its beginning
        file.seek(source.offset)
    return file


def span_of(source: Source) -> Span | None:
    """Give the part of a web archive that a source is; None for a whole one, and for other files."""
    if source.size is None or ending_of(source.path) != WARC:
        return None
    return Span(source.offset, source.size)


def content_of(source: Source) -> bytes | None:
    """Give the bytes of a source that lies in a file of this machine.

    ``None`` where they can be read but once (pipes, standard input), cannot be read, or are more
    than an article may have: whoever reads the source tells why. A span of a web archive has none:
    its last record may end behind it.
    """
    if (source.size or 0) > MAX_BYTES or span_of(source) or not _is_lasting(source.path):
        return None
    try:
        if source.size is not None and is_packed(source.path):
            return _unpacked_part(source.path, source.offset, source.size)
        with opened(source) as file:
            data = file.read(MAX_BYTES + 1 if source.size is None else source.size)
    except (OSError, ValueError, EOFError, zlib.error):
        return None
    return data if len(data) <= MAX_BYTES else None


def identity_of(source: Source) -> bytes | None:
    """Give what tells one state of a source from another: its bytes, or for a large file their hash.

    Of a file elsewhere it is what its server says of its state. ``None`` where nothing does.
    """
    if is_address(source.path):
        return state_of(source.path)
    content = content_of(source)
    if content is not None or not _is_lasting(source.path):
        return content
    if source.size is not None and span_of(source) is None:
        return None
    try:
        found = Path(source.path).stat()
        return _hash_of(source.path, (found.st_ino, found.st_size, found.st_mtime_ns))
    except OSError:
        return None


@lru_cache(maxsize=64)
def _hash_of(path: str, _state: tuple[int, ...]) -> bytes:
    """The hash of a large file, asked for by each of its parts."""
    with _as_it_is(path) as file:
        return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]


def _is_lasting(path: str) -> bool:
    """Tell whether a path leads to a file of this machine that can be read more than once."""
    if path == STDIN or is_address(path):
        return False
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except (OSError, ValueError):
        return False


def is_unreadable(source: Source) -> bool:
    """Tell whether a source is nothing that can be read: gone, forbidden, or a folder."""
    if source.path == STDIN or is_address(source.path):
        return False
    try:
        mode = Path(source.path).stat().st_mode
    except (OSError, ValueError):
        return True
    return stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and not os.access(source.path, os.R_OK))


def _as_it_is(path: str) -> IO[bytes]:
    return Path(path).open("rb")


def _unpacked(path: str) -> IO[bytes]:
    if is_packed(path):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return _as_it_is(path)


def _unpacked_part(path: str, offset: int, size: int) -> bytes:
    """The bytes of a part of a packed file.

    Whoever reads its parts in their order unpacks it once: each would else begin at the beginning.
    """
    found = Path(path).stat()
    file = _kept_open(path, (found.st_ino, found.st_size, found.st_mtime_ns), os.getpid())
    try:
        file.seek(offset)
        return file.read(size)
    except BaseException:
        _kept_open.cache_clear()  # it may stand anywhere now
        raise


@lru_cache(maxsize=1)
def _kept_open(path: str, _state: tuple[int, ...], _process: int) -> IO[bytes]:
    """A packed file that stays open in this process, where it was read to, until it is another."""
    return _unpacked(path)


def ending_of(path: str) -> str:
    """Give the ending that tells a file's format, in small letters: of "A.JSONL.gz" ".jsonl"."""
    name = Path(_within(path)).name.lower()
    return Path(name.removesuffix(PACKED) if is_packed(name) else name).suffix


def is_packed(path: str) -> bool:
    """Tell whether a file is packed by gzip, by its name."""
    return _within(path).lower().endswith(PACKED)


def _within(path: str) -> str:
    """The path of a file within its machine: that of an address has a host before, words behind it."""
    return urlsplit(path).path if is_address(path) else path


def shown(path: str) -> str:
    """Give a path as messages and graphs can hold it: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _place(file: str) -> str:
    return file if file == STDIN or is_address(file) else str(Path(file).absolute())


def _files(path: str) -> Iterator[str]:
    if path == STDIN:
        yield path
        return
    if is_address(path):
        files = [f for f in files_at(path) if f == path or ending_of(f) in ENDINGS]
        yield from _some(files, path)
        return
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        matching = glob.glob(path, recursive=True)  # noqa: PTH207 (pathlib takes no absolute pattern)
        if matching and matching != [path]:  # which a link to nowhere is to itself
            yield from (file for found in matching for file in _matching(found))
            return
        raise InputError(
            "no such file or folder" if isinstance(error, FileNotFoundError) else str(error),
            place=shown(path),
            remedy="Name files, folders, patterns such as '2022/*.html', or - for standard input.",
        ) from error
    if not stat.S_ISDIR(mode):
        yield path
        return
    yield from _some(list(_in_folder(path)), path)


def _some(files: list[str], folder: str) -> list[str]:
    """The files found in a folder, which hold articles if there are any."""
    if not files:
        raise InputError(
            "this folder holds no articles",
            place=shown(folder),
            remedy=f"Articles are files that end in {', '.join(ENDINGS)}.",
        )
    return files


def _matching(path: str) -> Iterator[str]:
    """The files of one path that a pattern found, itself where it has none, to be told of."""
    try:
        yield from _files(path)
    except InputError:
        yield path


def _in_folder(folder: str) -> Iterator[str]:
    """Every article file below ``folder``; hidden ones are left out, as are pipes and sockets.

    What cannot be looked into is listed too, so that reading it tells why.
    """
    unreadable: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=lambda e: unreadable.append(e.filename)):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = str(Path(parent, name))
            if not name.startswith(".") and ending_of(name) in ENDINGS and _may_open(path):
                yield path
    yield from unreadable


def _may_open(path: str) -> bool:
    try:
        return stat.S_ISREG(Path(path).stat().st_mode)
    except OSError:
        return True


def _parts(path: str) -> Iterator[Source]:
    """One source; for a .jsonl file one for every few megabytes of whole lines, of a .warc of bytes."""
    try:
        if ending_of(path) == WARC and not is_address(path):
            spans = spans_of(Path(path), packed=is_packed(path))
            yield from (Source(path, 1, span.start, span.size) for span in spans)
            if not spans:
                yield Source(path)
            return
        if ending_of(path) != ".jsonl" or is_address(path) or not _is_worth_parts(path):
            yield Source(path)
            return
        with _unpacked(path) as file:
            if file.read(2) in UTF16_MARKS:
                yield Source(path)
                return
            file.seek(0)
            lines = iter(lambda: file.readline(MAX_BYTES), b"")
            parts = list(_line_ranges(path, lines))
    except (OSError, EOFError, zlib.error):
        yield Source(path)
    else:
        yield from parts


def _is_worth_parts(path: str) -> bool:
    """Whether lines are looked for: a small packed file is not unpacked only to know where they are."""
    return not is_packed(path) or Path(path).stat().st_size >= _PART_BYTES


def _line_ranges(path: str, pieces: Iterator[bytes]) -> Iterator[Source]:
    most = _PACKED_PART_BYTES if is_packed(path) else _PART_BYTES
    first, line, offset, size = 1, 1, 0, 0
    for piece in pieces:
        size += len(piece)
        if not piece.endswith(b"\n"):
            continue
        line += 1
        if size >= most:
            yield Source(path, first, offset, size)
            first, offset, size = line, offset + size, 0
    if size or not offset:
        yield Source(path, first, offset, size)

"""What is to be read: files and folders named by a person, as a sorted list of sources.

A source is small and picklable, so that a worker process can take one and read it. A .jsonl file
becomes several sources, each a range of its lines.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.ingest.pagewords import page_words

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


class Source(msgspec.Struct, frozen=True, order=True):
    """One file, or the lines of a .jsonl file that begin at ``offset`` within ``size`` bytes.

    ``first_line`` is the number of the first of them; ``size`` is ``None`` for all to the end.
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
            found.setdefault(file if file == STDIN else str(Path(file).absolute()), file)
    if wrong and len(wrong) == len(set(paths)):
        raise wrong[0]
    return tuple(source for file in sorted(found.values()) for source in _parts(file))


def content_of(source: Source) -> bytes | None:
    """Give the bytes of a source that lies in a file.

    ``None`` where they can be read but once (pipes, standard input), cannot be read, or are more
    than an article may have: whoever reads the source tells why.
    """
    if source.path == STDIN or (source.size or 0) > MAX_BYTES:
        return None
    try:
        if not stat.S_ISREG(Path(source.path).stat().st_mode):
            return None
        with Path(source.path).open("rb") as file:
            file.seek(source.offset)
            data = file.read(MAX_BYTES + 1 if source.size is None else source.size)
    except (OSError, ValueError):
        return None
    return data if len(data) <= MAX_BYTES else None


def ending_of(path: str) -> str:
    """Give the ending that tells a file's format, in small letters: of "A.JSONL.gz" ".jsonl"."""
    name = Path(path).name.lower()
    return Path(name.removesuffix(PACKED) if is_packed(name) else name).suffix


def is_packed(path: str) -> bool:
    """Tell whether a file is packed by gzip, by its name."""
    return path.lower().endswith(PACKED)


def shown(path: str) -> str:
    """Give a path as messages and graphs can hold it: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def _files(path: str) -> Iterator[str]:
    if path == STDIN:
        yield path
        return
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError) as error:
        matching = glob.glob(path, recursive=True)  # noqa: PTH207 (pathlib takes no absolute pattern)
        if matching:
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
    files = list(_in_folder(path))
    if not files:
        raise InputError(
            "this folder holds no articles",
            place=shown(path),
            remedy=f"Articles are files that end in {', '.join(ENDINGS)}.",
        )
    yield from files


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
    """One source, or for a .jsonl file one for every few megabytes of whole lines."""
    if ending_of(path) != ".jsonl" or is_packed(path):
        yield Source(path)
        return
    try:
        with Path(path).open("rb") as file:
            if file.read(2) in UTF16_MARKS:
                yield Source(path)
                return
            file.seek(0)
            yield from _line_ranges(path, iter(lambda: file.readline(MAX_BYTES), b""))
    except OSError:
        yield Source(path)


def _line_ranges(path: str, pieces: Iterator[bytes]) -> Iterator[Source]:
    first, line, offset, size = 1, 1, 0, 0
    for piece in pieces:
        size += len(piece)
        if not piece.endswith(b"\n"):
            continue
        line += 1
        if size >= _PART_BYTES:
            yield Source(path, first, offset, size)
            first, offset, size = line, offset + size, 0
    if size or not offset:
        yield Source(path, first, offset, size)

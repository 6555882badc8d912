"""Where graphs come from: files, folders, stores, standard input; plain or gzip, in any format."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.rdf.reading import ENDINGS

_MAGIC = b"\x1f\x8b"
_HEAD = 65_536
_FOUR_TERMS = re.compile(
    rb"\s*(?:#[^\n]*\n\s*)*(?:<[^>\s]*>|_:\S+)\s+<[^>\s]*>\s+"
    rb'(?:<[^>\s]*>|_:\S+|"(?:[^"\\]|\\.)*"(?:\^\^<[^>\s]*>|@[\w-]+)?)\s+(?:<[^>\s]*>|_:\S+)\s*\.'
)


class Source(msgspec.Struct, frozen=True):
    """One graph to read: its name for messages, its place or its bytes, its format by ending.

    ``form`` is one of the endings of graph files, or ``store`` for a folder that Oxigraph keeps.
    """

    name: str
    form: str
    path: str = ""
    data: bytes = b""

    @property
    def zipped(self) -> bool:
        """Tell whether the bytes are compressed."""
        return self.path.lower().endswith(".gz")


def sources_of(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, form: str | None = None
) -> tuple[Source, ...]:
    """Give what files, folders, stores and ``-`` (standard input) hold, in their order.

    ``form`` is an ending that names the format whatever a file is called. Raises InputError for
    what is not there, holds no graph, or is of no format that is known.
    """
    found: list[Source] = []
    for given in inputs:
        if str(given) == "-":
            found.append(_standard_input(stdin, form))
        else:
            found.extend(_of_path(Path(given), form))
    return tuple(found)


def _of_path(path: Path, form: str | None) -> Sequence[Source]:
    if not path.is_dir():
        return (_of_file(path, form),)
    if (path / "CURRENT").is_file():
        return (Source(str(path), "store", str(path)),)
    files = sorted(p for p in path.rglob("*") if p.is_file() and ending_of(p) in ENDINGS)
    if not files:
        raise InputError(
            "there is no graph in this folder",
            place=str(path),
            remedy=f"Graph files end in {' '.join(ENDINGS)}, each perhaps with .gz after it.",
        )
    return [_of_file(file, form) for file in files]


def _of_file(path: Path, form: str | None) -> Source:
    ending = form or ending_of(path)
    if ending not in ENDINGS:
        raise InputError(
            f"no format has the ending {path.suffix!r}",
            place=str(path),
            remedy=f"Use one of {' '.join(ENDINGS)}, or name the format with --input-format.",
        )
    if not path.exists():
        raise InputError(
            "there is no such file", place=str(path), remedy="Make it with: uscuba-kg build"
        )
    return Source(str(path), ending, str(path))


def ending_of(path: Path) -> str:
    """The ending that names the format, ``.gz`` left away, in small letters."""
    name = path.name.lower().removesuffix(".gz")
    return Path(name).suffix


def _standard_input(stdin: BinaryIO | None, form: str | None) -> Source:
    data = stdin.read() if stdin is not None else b""
    if data.startswith(_MAGIC):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError) as error:
            raise InputError(f"not a whole gzip file: {error}", place="standard input") from error
    return Source("standard input", form or _guessed(data[:_HEAD]), data=data)


def _guessed(head: bytes) -> str:
    """The format that the first bytes look like; Turtle and N-Triples are read as TriG."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if re.match(rb"<\?xml|<!DOCTYPE|<!--|<[\w.-]+:RDF", text):
        return ".rdf"
    if re.match(rb'[\[{]\s*["{\]}]', text):
        return ".jsonld"
    return ".nq" if _FOUR_TERMS.match(text) else ".trig"

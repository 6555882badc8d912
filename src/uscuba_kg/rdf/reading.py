"""Graph files as they are found: which format a name means, and what is wrong with a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from uscuba_kg.errors import InputError

if TYPE_CHECKING:
    import pyoxigraph

ENDINGS = (".jsonld", ".nq", ".nt", ".rdf", ".trig", ".ttl")
"""The endings of graph files; each names a format."""


@contextmanager
def reading(path: Path) -> Iterator[pyoxigraph.RdfFormat]:
    """Give the format of a graph file, and turn what goes wrong in reading it into InputError."""
    import pyoxigraph

    ending = path.suffix.lower()
    form = pyoxigraph.RdfFormat.from_extension(ending[1:]) if ending in ENDINGS else None
    if form is None:
        raise InputError(
            f"no format has the ending {path.suffix!r}",
            place=str(path),
            remedy=f"Use one of {' '.join(ENDINGS)}.",
        )
    try:
        yield form
    except FileNotFoundError as error:
        raise InputError(
            "there is no such file", place=str(path), remedy="Make it with: uscuba-kg build"
        ) from error
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except SyntaxError as error:
        where = f"{path}:{error.lineno}:{error.offset}" if error.lineno else str(path)
        raise InputError(f"not well-formed: {error.msg}", place=where) from error

"""A built graph in the embedded store, as ``serve --store`` looks for it: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from uscuba_kg.errors import OutputError


def check_store(folder: Path) -> None:
    """Raise OutputError where no store could be made, before any work is done."""
    above = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise OutputError(
            "no store can be made here",
            place=str(folder),
            remedy="Name a folder that can be written to.",
        )


def store_graph(graph: Path, folder: Path) -> Path:
    """Load a graph's file into a store in this folder, beside the last one; gives where it is.

    The store has the name of the file's state: a server takes it as it is, and one that still
    looks at an earlier state is not disturbed. Raises OutputError where it cannot be written.
    """
    # the server's own way to make it, so that both always agree; few builds ask for it
    from uscuba_kg.publish.serve.keeper import digest_of, fill

    place = folder / digest_of((graph,))
    try:
        fill(place, (graph,))
    except (OSError, RuntimeError) as error:
        raise OutputError(
            f"the store could not be written: {error}",
            place=str(folder),
            remedy="What stood there is untouched. Free some room or choose another place.",
        ) from error
    return place

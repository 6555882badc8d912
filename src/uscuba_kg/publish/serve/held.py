"""What the front tells a keeper and the writer when it starts them."""

from __future__ import annotations

import msgspec

from uscuba_kg.publish.serve.settings import Settings

FORK = b"F"
WRITTEN = "written"
"""The folder in ``--store`` of the graph that is written to; others are named by their files."""


class Held(msgspec.Struct, frozen=True):
    """What a keeper is told to hold: files, or a folder with a store; and the workers' limits."""

    graphs: tuple[str, ...]
    store: str | None
    seconds: float
    result_bytes: int
    allowed: tuple[str, ...]
    writable: bool


def held_of(settings: Settings) -> Held:
    """What of the settings a keeper and the writer need."""
    return Held(
        tuple(map(str, settings.graphs)),
        str(settings.store) if settings.store else None,
        settings.seconds,
        settings.result_bytes,
        settings.allowed,
        settings.writable,
    )

"""What a server may do and how much of it, fixed before it starts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

QUERY_BYTES = 64 * 1024
"""The longest query, in bytes of UTF-8."""

FORM_BYTES = 1024 * 1024
"""The largest body of a request that only reads."""

WRITE_BYTES = 256 * 1024 * 1024
"""The largest body of a request that writes."""

WRITE_SECONDS = 300.0
"""The longest that one writing request may take."""

MEMORY_BYTES = 1024 * 1024 * 1024
"""What a worker may take beside the graph that it shares."""


@dataclass(frozen=True, slots=True)
class Settings:
    """A server: what it serves, where, to whom, and its limits.

    ``graphs`` are files; ``store`` is a folder that holds the graph on disk. ``token`` opens
    writing. ``allowed`` are the endpoints and documents that SERVICE and LOAD may reach.
    ``public`` is the address under which the outside sees the server, where that is another.
    """

    graphs: tuple[Path, ...] = ()
    store: Path | None = None
    host: str = "127.0.0.1"
    port: int = 7878
    token: str | None = None
    allowed: tuple[str, ...] = ()
    watch: bool = False
    seconds: float = 10.0
    result_bytes: int = 64 * 1024 * 1024
    workers: int = 2 * (os.cpu_count() or 1)
    waiting: int = 64
    log: Path | None = None
    public: str | None = None

    @property
    def writable(self) -> bool:
        """Whether requests with the token may write."""
        return self.token is not None

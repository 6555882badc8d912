"""A line of JSON for each request, in ASCII: nothing that was sent can break out of its line."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import TextIO

_TEXT_MOST = 500


class Log:
    """Where lines go: a file, standard error (``-``), or nowhere."""

    def __init__(self, place: Path | None) -> None:
        self._file: TextIO | None = None
        if place is not None:
            self._file = sys.stderr if str(place) == "-" else place.open("a", encoding="ascii")

    def request(self, **told: object) -> None:
        """Write what is told of a request."""
        if self._file is not None:
            self._write({"event": "request", **told})

    def event(self, event: str, **told: object) -> None:
        """Write that something happened to the server itself."""
        if self._file is not None:
            self._write({"event": event, **told})

    @property
    def silent(self) -> bool:
        """Whether nothing is written."""
        return self._file is None

    def _write(self, told: dict[str, object]) -> None:
        assert self._file is not None
        short = {k: v[:_TEXT_MOST] if isinstance(v, str) else v for k, v in told.items()}
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        self._file.write(json.dumps({"time": now, **short}) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None and self._file is not sys.stderr:
            self._file.close()

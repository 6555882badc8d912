"""A server of our own for a measurement: started, waited for, ended."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = "benchmark-token-0123456789"
COMMAND = [sys.executable, "-c", "from uscuba_kg.cli.main import main; main()", "serve"]


@dataclass(frozen=True)
class Server:
    """Where a server listens, and the id of its front."""

    url: str
    pid: int


@contextlib.contextmanager
def running(*args: str, writable: bool = False, token: str = TOKEN) -> Iterator[Server]:
    """Start `uscuba-kg serve` with arguments on a free port, and end it."""
    env = {**os.environ, "USCUBA_KG_TOKEN": token} if writable else None
    process = subprocess.Popen(
        [*COMMAND, "--port", "0", *args], stdout=subprocess.PIPE, text=True, env=env
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+?(?=/ )", line)
        if found is None:
            raise RuntimeError(f"the server did not start: {line!r}")
        yield Server(found[0], process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)

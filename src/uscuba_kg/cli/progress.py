"""How far a build is: a bar on the terminal, with its rate and the time that is left."""

from __future__ import annotations

import sys
import time
from collections import deque
from collections.abc import Callable

import click

_MANY = 20
_WIDTH = 30
_SHOWN_EVERY = 0.1
"""Seconds: of a million sources most go by unseen."""
_LOOKED_BACK = 30.0
"""Seconds whose rate tells the time left: what is kept goes by much faster than what is read."""
_STAGES = {
    "resolve": "Joining what the articles say ...",
    "emit": "Writing down what is known ...",
    "write": "Writing the graph ...",
    "check": "Checking the graph against its shapes ...",
}


class Progress:
    """A bar on the terminal for work that takes more than a moment."""

    def __init__(self, silent: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.silent = silent or not sys.stderr.isatty()
        self.clock = clock
        self.long = False
        self.seen = deque([(clock(), 0)])

    def __enter__(self) -> Progress:
        return self

    def step(self, done: int, total: int) -> None:
        """Show how far the reading is; nothing for a handful of sources."""
        self.long = total >= _MANY
        now = self.clock()
        if self.silent or not self.long or (now - self.seen[-1][0] < _SHOWN_EVERY and done < total):
            return
        self.seen.append((now, done))
        while now - self.seen[0][0] > _LOOKED_BACK and len(self.seen) > 2:
            self.seen.popleft()
        filled = _WIDTH * done // total
        bar = "#" * filled + "." * (_WIDTH - filled)
        self._show(f"Reading [{bar}] {done}/{total}{self._rate(total - done)}")

    def _rate(self, left: int) -> str:
        """How many there are a second, and how long the rest will take at that."""
        (began, before), (now, done) = self.seen[0], self.seen[-1]
        if done == before or now == began:
            return ""
        rate = (done - before) / (now - began)
        return f", {rate:,.{0 if rate >= 10 else 1}f} a second, {in_clock(left / rate)} left"

    def stage(self, name: str) -> None:
        """Say what goes on after the reading."""
        if self.long and not self.silent:
            self._show(_STAGES[name])

    def _show(self, words: str) -> None:
        click.echo(f"\r\x1b[K{words}", nl=False, err=True)

    def __exit__(self, *_: object) -> None:
        if self.long and not self.silent:
            self._show("")  # what is done leaves no trace; the summary follows


def in_clock(seconds: float) -> str:
    """A time as a clock counts it.

    >>> in_clock(65), in_clock(3671)
    ('1:05', '1:01:11')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

"""The bar of a long build: how far it is, how fast, how long it will take."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from uscuba_kg.cli.progress import Progress, in_clock


class Clock:
    """A clock that is set by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    """What a person sees, as written."""

    def isatty(self) -> bool:
        return True

    @property
    def shown(self) -> list[str]:
        return [line for line in self.getvalue().split("\r\x1b[K") if line]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


def test_the_rate_and_the_time_left_are_those_of_the_last_moments(
    clock: Clock, terminal: Terminal
) -> None:
    with redirect_stderr(terminal), Progress(False, clock) as bar:
        for second in range(1, 101):
            clock.now = second
            # what is kept goes by at once: half of all in the first second
            bar.step(500 + 4 * second, 1000)
    lines = terminal.shown
    assert lines[0] == f"Reading [{'#' * 15}{'.' * 15}] 504/1000, 504 a second, 0:01 left"
    assert lines[-1] == f"Reading [{'#' * 27}...] 900/1000, 4.0 a second, 0:25 left"


def test_most_steps_of_very_many_are_not_shown(clock: Clock, terminal: Terminal) -> None:
    with redirect_stderr(terminal), Progress(False, clock) as bar:
        for n in range(1, 100_001):
            clock.now = n / 10_000
            bar.step(n, 100_000)
    assert 90 <= len(terminal.shown) <= 110


def test_a_handful_shows_nothing_and_neither_does_who_is_silent(
    clock: Clock, terminal: Terminal
) -> None:
    for silent, total in ((False, 3), (True, 100)):
        with redirect_stderr(terminal), Progress(silent, clock) as bar:
            for n in range(1, total + 1):
                clock.now += 1
                bar.step(n, total)
            bar.stage("resolve")
    assert terminal.shown == []


def test_stages_are_named_and_the_end_leaves_no_trace(clock: Clock, terminal: Terminal) -> None:
    with redirect_stderr(terminal), Progress(False, clock) as bar:
        clock.now = 1
        bar.step(20, 20)
        bar.stage("check")
    assert terminal.getvalue().endswith("Checking the graph against its shapes ...\r\x1b[K")


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:00"), (59.6, "1:00"), (3599, "59:59"), (360_000, "100:00:00")]
)
def test_times_are_written_as_clocks_do(seconds: float, words: str) -> None:
    assert in_clock(seconds) == words

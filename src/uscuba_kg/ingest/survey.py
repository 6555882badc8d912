"""What the funnel lets through of whole archives, and samples of what it dropped, for a person."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import BinaryIO, cast

import msgspec

from uscuba_kg.errors import InputError
from uscuba_kg.ingest.funnel import Fate, Step, fates
from uscuba_kg.ingest.sources import WARC, Source, ending_of, list_inputs, opened, shown, span_of
from uscuba_kg.ingest.warc import INSTALL, BrokenArchiveError
from uscuba_kg.workers import in_order, processes

UNDATED = "none"
"""Where the day of publication stands of which nothing sound tells."""

Samples = tuple[tuple[str, str], ...]
"""Addresses with what was noted of each."""


class Survey(msgspec.Struct, frozen=True):
    """How many answers of web servers there were, and how many each step stopped.

    ``size`` is in bytes as fetched. ``samples`` of what a step stopped are those whose addresses have
    the least hashes: chance, but the same in any order. ``languages`` are of what was left for its
    language; ``broken`` names archives that could not be read to their end, and why. ``dated`` tells
    of how many articles the day of publication is known, by where it stands (:class:`DateOrigin`).
    """

    pages: int
    size: int
    stopped: Mapping[Step, int]
    articles: int
    samples: Mapping[Step, Samples]
    languages: Mapping[str, int]
    broken: Samples = ()
    dated: Mapping[str, int] = {}

    def left(self, step: Step) -> int:
        """How many pages are left after a step."""
        order = list(Step)
        return self.pages - sum(self.stopped.get(s, 0) for s in order[: order.index(step) + 1])


def survey(paths: Sequence[str], *, samples: int = 3, jobs: int = 1) -> Survey:
    """Send web archives through the funnel, and tell what became of their pages.

    Raises InputError where a path does not exist, is no web archive, or none can be read here.
    """
    files = list_inputs(paths)
    for file in files:
        if ending_of(file.path) != WARC:
            raise InputError(
                "it is no web archive",
                place=shown(file.path),
                remedy="Name .warc or .warc.gz files.",
            )
    work = partial(_of_file, samples=samples)
    try:
        if jobs <= 1 or len(files) < 2:
            return _together(map(work, files), samples)
        return _together(in_order(work, files, processes(jobs), _lost), samples)
    except ImportError as error:
        raise InputError(f"web archives need FastWARC ({error})", remedy=INSTALL) from error


def _of_file(file: Source, samples: int) -> Survey:
    """What became of the pages of one archive, as far as it can be read."""
    counted = _Count(samples)
    broken: Samples = ()
    try:
        with opened(file) as stream:
            for fate in fates(cast("BinaryIO", stream), shown(file.path), span_of(file)):
                counted.add(fate)
    except (OSError, BrokenArchiveError) as error:
        broken = ((shown(file.path), str(error)),)
    return counted.survey(broken)


def _lost(file: Source) -> Survey:
    """What is known of an archive that killed the process which read it."""
    return _Count(0).survey(((shown(file.path), "reading it killed the process, twice"),))


class _Count:
    """Counts fates; what it holds does not grow with their number."""

    def __init__(self, samples: int) -> None:
        self.samples = samples
        self.pages = self.size = self.articles = 0
        self.stopped: Counter[Step] = Counter()
        self.languages: Counter[str] = Counter()
        self.dated: Counter[str] = Counter()
        self.some: dict[Step, Samples] = {}

    def add(self, fate: Fate) -> None:
        self.pages += 1
        self.size += fate.size
        self.articles += len(fate.articles)
        self.dated.update(article.dated_by or UNDATED for article in fate.articles)
        if fate.stopped is None:
            return
        self.stopped[fate.stopped] += 1
        if fate.stopped == Step.LANGUAGE:
            self.languages[fate.detail] += 1
        held = self.some.get(fate.stopped, ())
        self.some[fate.stopped] = _least([*held, (fate.url, fate.detail)], self.samples)

    def survey(self, broken: Samples) -> Survey:
        return Survey(
            self.pages,
            self.size,
            self.stopped,
            self.articles,
            self.some,
            self.languages,
            broken,
            self.dated,
        )


def _least(samples: Iterable[tuple[str, str]], number: int) -> Samples:
    ordered = sorted(set(samples), key=lambda s: (hashlib.sha1(s[0].encode()).digest(), s))
    return tuple(ordered[:number])


def _together(surveys: Iterable[Survey], samples: int) -> Survey:
    stopped: Counter[Step] = Counter()
    languages: Counter[str] = Counter()
    dated: Counter[str] = Counter()
    some: dict[Step, Samples] = {}
    pages = size = articles = 0
    broken: list[tuple[str, str]] = []
    for one in surveys:
        pages, size, articles = pages + one.pages, size + one.size, articles + one.articles
        stopped.update(one.stopped)
        languages.update(one.languages)
        dated.update(one.dated)
        broken += one.broken
        for step, found in one.samples.items():
            some[step] = _least([*some.get(step, ()), *found], samples)
    return Survey(pages, size, stopped, articles, some, languages, tuple(broken), dated)

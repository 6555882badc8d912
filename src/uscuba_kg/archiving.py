"""Archives: graphs brought up to date by what is kept, in memory that does not hold what is read.

What is large goes this way by itself, with a folder of readings beside the graph.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from uscuba_kg.ingest import (
    Source,
    identity_of,
    is_address,
    is_packed,
    is_unreadable,
    list_inputs,
    span_of,
)
from uscuba_kg.kept import uncollected
from uscuba_kg.ledger.archive import Archive, Built, bring_up_to_date
from uscuba_kg.ledger.arrivals import Gists
from uscuba_kg.ledger.shelf import held
from uscuba_kg.model import Reading, Report
from uscuba_kg.pipeline import (
    crew_of,
    is_much,
    lost,
    name_of,
    precedence,
    read_one,
    sweep,
)
from uscuba_kg.publish.splice import FORMS
from uscuba_kg.readings import Cache, Seen, cache_in, mark_of
from uscuba_kg.resolve.gist import gist_of
from uscuba_kg.resources import seeds_dir
from uscuba_kg.workers import PER_TASK, Crew, in_order, processes
from uscuba_kg.world import load_world

Entry = tuple[str, Source]

MANY_SOURCES = 2_000
MANY_BYTES = 8_000_000
"""More sources, or bytes, are not held in memory."""
MANY_TRIPLES = 300_000
"""More triples are not checked all at once: some 200 MB, and as much for queries."""
_UNPACKED = 5
"""So many bytes are taken to be in each packed one."""
_UNREADABLE = b""
"""What stands for the bytes of a file that cannot be read."""


def is_large(sources: Sequence[Source]) -> bool:
    """Tell whether what is read would fill the memory, by number and bytes of the sources."""
    return len(sources) > MANY_SOURCES or sum(map(_bytes_of, sources)) > MANY_BYTES


def _bytes_of(source: Source) -> int:
    """About how many bytes a source has, unpacked; 0 where that cannot be told at once."""
    if source.size is not None:
        return source.size * (_UNPACKED if span_of(source) and is_packed(source.path) else 1)
    with suppress(OSError, ValueError):
        if not is_address(source.path):
            return Path(source.path).stat().st_size * (_UNPACKED if is_packed(source.path) else 1)
    return 0


def beside(output: Path) -> Path:
    """The folder in which readings are kept as long as the graph of a large archive is built."""
    return output.with_name(f".{output.name}.readings")


def forget_readings(output: Path) -> None:
    """Remove the folder beside a graph, unless a build is at work in it."""
    folder = beside(output)
    if not folder.is_dir():
        return
    for own in folder.iterdir():
        with held(own) as is_free:
            if is_free:
                shutil.rmtree(own, ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


def build_archive(
    inputs: Sequence[str | Path],
    output: Path,
    cache: str | Path | None = None,
    *,
    jobs: int = 1,
    cluster: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    stage: Callable[[str], None] | None = None,
) -> Built | None:
    """Write the graph of an archive, touching only what depends on what changed since.

    The bytes are those of a build of all at once (:func:`build`, without a check), in memory that
    does not hold the archive: what articles settle together stands in the folder ``cache`` beside
    their readings. Without one, what is large is kept beside the graph until that is written, so
    that a build which was killed goes on where it was. Gives None, and does nothing, where
    that cannot be, or is not worth it: a source that can be read but once, a folder that cannot be
    written or where another build is at work, a format that cannot be brought up to date.
    """
    if output.suffix.lower() not in FORMS:
        return None
    sources = list_inputs([str(p) for p in inputs] or [str(seeds_dir() / "articles")])
    if cache is None and not is_large(sources):
        return None
    kept = cache_in(Path(cache) if cache is not None else beside(output))
    built = _built(sources, output, kept, crew_of(jobs, cluster), progress, stage)
    if cache is None:
        forget_readings(output)
    return built


def check_archive(output: Path, triples: int, jobs: int = 1) -> Report:
    """Give the shapes' verdict on the graph of an archive, so large: much is checked part by part."""
    from uscuba_kg.check.shapes import check_file, check_graph

    if triples <= MANY_TRIPLES:
        return check_graph(output)
    folder = beside(output) / "check"
    folder.mkdir(parents=True, exist_ok=True)
    with held(folder):
        report = check_file(output, folder, processes(jobs) if jobs > 1 else None)
    forget_readings(output)
    return report


def _built(
    sources: Sequence[Source],
    output: Path,
    kept: Cache,
    crew: Crew | None,
    progress: Callable[[int, int], None] | None,
    stage: Callable[[str], None] | None,
) -> Built | None:
    entries = _entries(sources, kept)
    if entries is None:
        return None

    def fresh(names: Collection[str]) -> Iterator[Gists]:
        missing = [(name, entries[name]) for name in names]
        for done, gists in enumerate(_gists(missing, crew, kept), 1):
            if progress is not None:
                progress(done, len(missing))
            yield gists

    at_hand = partial(_at_hand, kept=kept)
    archive = Archive(
        tuple(entries),
        fresh,
        lambda name: at_hand(name) or read_one(entries[name], kept).outcome[0],
        at_hand,
        load_world,
        crew,
    )
    with held(kept.folder) as is_free, uncollected():
        if not is_free:
            return None
        built = bring_up_to_date(archive, kept.folder, output, stage or (lambda _: None))
    sweep(kept, entries)
    return built


def _at_hand(name: str, kept: Cache) -> Sequence[Reading] | None:
    found = kept.find(name)
    return found[0] if found is not None else None


def _entries(sources: Sequence[Source], kept: Cache) -> dict[str, Source] | None:
    """The sources by their entries; None where one of them has none, or nothing can be kept.

    What cannot be read has one, too: it says nothing until it can.
    """
    if not os.access(kept.folder, os.W_OK):
        return None
    before, seen = kept.seen(), dict[str, Seen]()
    found = {}
    for source in sources:
        name, mark = repr(source), mark_of(source.path)
        known = before.get(name)
        if mark is not None and known is not None and known[0] == mark:
            entry = known[1]
        else:
            identity = identity_of(source)
            if identity is None and not is_unreadable(source):
                return None
            entry = kept.entry(name_of(source), identity or _UNREADABLE)
        found[entry] = source
        if mark is not None:
            seen[name] = (mark, entry)
    kept.note_seen(seen)
    return found


def _gists(entries: Sequence[Entry], crew: Crew | None, kept: Cache) -> Iterator[Gists]:
    """Read sources, or what is kept of them, in their order, for what all articles decide of."""
    work = partial(_gists_of, kept=kept)
    if crew is None or not is_much([source for _, source in entries]):
        return map(work, entries)
    most = 1 if any(source.size is not None for _, source in entries) else PER_TASK
    return in_order(work, entries, crew, _lost_gists, most)


def _gists_of(named: Entry, kept: Cache) -> Gists:
    """What a source says; it has another entry where it was changed since it was listed."""
    entry, source = named
    outcome = kept.find(entry)
    if outcome is None:
        found = read_one(source, kept)
        entry, outcome = found.entry or entry, found.outcome
    readings, issues = outcome
    world = load_world()
    gists = tuple((precedence(reading), gist_of(reading, world)) for reading in readings)
    return Gists(entry, gists, issues)


def _lost_gists(named: Entry) -> Gists:
    entry, source = named
    return Gists(entry, (), lost(source).outcome[1])

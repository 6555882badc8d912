"""The seven calls in order: read, annotate, relate, resolve, emit, check; publish is the caller's.

The only module that sees every room. Articles are read one by one and each is a pure function of
itself; what they say together is resolved once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO

import msgspec

from uscuba_kg.annotate.annotate import annotate
from uscuba_kg.annotate.concern import is_about_something_else
from uscuba_kg.annotate.lexicon import lexicon_of
from uscuba_kg.ingest import (
    STDIN,
    WARC,
    Source,
    content_of,
    ending_of,
    identity_of,
    list_inputs,
    read_source,
    shown,
    span_of,
    together,
)
from uscuba_kg.kept import uncollected
from uscuba_kg.ledger.shelf import ledgers
from uscuba_kg.model import Annotated, Article, Issue, Knowledge, Reading, Report
from uscuba_kg.packs.load import pack_for
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.readings import Cache, Outcome, cache_in, fingerprint
from uscuba_kg.relate.relate import relate
from uscuba_kg.resolve import resolve
from uscuba_kg.resources import seeds_dir
from uscuba_kg.workers import Crew, in_order, processes
from uscuba_kg.workers import cluster as workers_of
from uscuba_kg.world import load_world
from uscuba_kg.world.judgements import Judgement

_WORTH_WORKERS = 16
"""Fewer sources are read before a worker process has started."""
ELSEWHERE = "not-about-cuba"
"""The code of the note on an article that was not read because it is about something else."""
_NOT_NAMED = "it names Cuba nowhere, so that it tells of no meeting, and was not read."


class Build(msgspec.Struct, frozen=True):
    """What a build gives: the knowledge, its triples in canonical order, the shapes' verdict.

    ``report`` is None where the caller asked not to check. ``issues`` are those of all stages.
    """

    knowledge: Knowledge
    triples: tuple[Triple, ...]
    report: Report | None
    issues: tuple[Issue, ...]


def read_article(article: Article) -> Annotated:
    """Give the sentences and mentions of one article, by the pack of its language."""
    return annotate(article, pack_for(article.language), load_world())


def read_text(article: Article) -> Reading:
    """Give all that one article says, as frames with their evidence."""
    known = dismissed(article)
    if known is not None:
        return known
    with uncollected():
        return relate(read_article(article), pack_for(article.language), load_world())


def dismissed(article: Article) -> Reading | None:
    """Give the reading of an article that names Cuba nowhere, a note and no frame; else None.

    It can tell no meeting of the two states (decision 7).
    """
    if not is_about_something_else(article, lexicon_of(load_world()).signs):
        return None
    return Reading(article, issues=(Issue(ELSEWHERE, article.source, _NOT_NAMED),))


def read_inputs(
    inputs: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    cache: str | Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Reading], list[Issue]]:
    """Read files, folders and standard input; with several ``jobs``, in that many processes.

    ``cluster`` is the address or scheduler file of a dask cluster whose workers read instead: they
    see the same paths as this machine.

    What is kept in the folder ``cache`` is not read again, and afterwards it holds what these
    sources give and nothing else. ``progress`` is told how many sources are done, of how many. The
    result depends neither on who reads nor on the cache. Raises InputError where no path
    of them exists.
    """
    sources = list_inputs([str(p) for p in inputs] or [str(seeds_dir() / "articles")])
    kept = cache_in(Path(cache)) if cache is not None else None
    readings: list[Reading] = []
    issues: list[Issue] = []
    used: set[str] = set()
    unkept = False
    for done, read in enumerate(_in_order(sources, stdin, crew_of(jobs, cluster), kept), 1):
        found, notes = read.outcome
        readings.extend(found)
        issues.extend(notes)
        used.add(read.entry)
        unkept = unkept or not read.kept
        if progress is not None:
            progress(done, len(sources))
    if kept is not None:
        sweep(kept, used)
    if unkept:
        message = "not all could be kept here; see to its permissions, or free some room."
        issues.append(Issue("cache", shown(str(cache)), message))
    return readings, issues


def keep_part(
    inputs: Sequence[str | Path],
    cache: str | Path,
    part: tuple[int, int],
    *,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> list[Issue]:
    """Read one part of the sources into a cache from which a later build of them all goes on.

    Part ``(3, 16)`` is the third of sixteen; each may be read by another machine at the same time.
    What others keep there stays. Raises InputError where no path of the inputs exists.
    """
    number, parts = part
    sources = list_inputs([str(path) for path in inputs])[number - 1 :: parts]
    kept = cache_in(Path(cache))
    issues: list[Issue] = []
    for done, read in enumerate(_in_order(sources, None, crew_of(jobs, None), kept), 1):
        issues.extend(read.outcome[1])
        if progress is not None:
            progress(done, len(sources))
    return issues


class _Read(msgspec.Struct, frozen=True):
    """What a source gave, its entry in the cache, and whether it stands there."""

    outcome: Outcome
    entry: str = ""
    kept: bool = True


def _in_order(
    sources: Sequence[Source], stdin: BinaryIO | None, crew: Crew | None, cache: Cache | None
) -> Iterator[_Read]:
    """Give what each source says in their order: what is kept, and the others read now."""
    with uncollected():
        known = [_found(source, cache) for source in sources]
    missing = [source for source, read in zip(sources, known, strict=True) if read is None]
    fresh = _fresh(missing, stdin, crew, cache)
    for read in known:
        yield read if read is not None else next(fresh)


def _found(source: Source, cache: Cache | None) -> _Read | None:
    identity = identity_of(source) if cache is not None else None
    if cache is None or identity is None:
        return None
    entry = cache.entry(name_of(source), identity)
    outcome = cache.find(entry)
    return _Read(outcome, entry) if outcome is not None else None


def name_of(source: Source) -> str:
    """All of a source, beside its bytes, that its reading depends on."""
    if span_of(source) is not None:
        return repr(source)
    return repr((source.path, source.first_line, source.size is None))


def _fresh(
    sources: Sequence[Source], stdin: BinaryIO | None, crew: Crew | None, cache: Cache | None
) -> Iterator[_Read]:
    """Read sources in their order, here or by workers."""
    if crew is None or not is_much(sources):
        yield from (read_one(source, cache, stdin) for source in sources)
        return
    files = [source for source in sources if source.path != STDIN]
    work = partial(read_one, cache=cache)
    read = in_order(work, files, crew, lost)
    for source in sources:  # standard input is this process's own
        yield read_one(source, cache, stdin) if source.path == STDIN else next(read)


def crew_of(jobs: int, cluster: str | None) -> Crew | None:
    """The workers who read: of a cluster, or so many of this machine; None for this process alone."""
    if cluster is not None:
        return workers_of(cluster, fingerprint)
    return processes(jobs) if jobs > 1 else None


def is_much(sources: Sequence[Source]) -> bool:
    """Tell whether there is more to read than worker processes take to start."""
    large = any(s.size is not None or ending_of(s.path) == WARC for s in sources)
    return len(sources) >= (2 if large else _WORTH_WORKERS)


def lost(source: Source) -> _Read:
    """What is left of a source that killed the process which read it, and once more when alone."""
    message = "reading it killed the process, twice, perhaps for want of memory; leave it out."
    return _Read(((), (Issue("unreadable", shown(source.path), message),)), kept=True)


def read_one(source: Source, cache: Cache | None = None, stdin: BinaryIO | None = None) -> _Read:
    """Read one source, and keep what it gives if it can be read twice."""
    content = content_of(source) if cache is not None else None
    identity = identity_of(source) if cache is not None and content is None else content
    articles, issues = read_source(source, stdin, content)
    readings = tuple(read_text(article) for article in articles)
    outcome = readings, (*issues, *(note for r in readings for note in r.issues))
    if cache is None or identity is None:
        return _Read(outcome)
    entry = cache.entry(name_of(source), identity)
    return _Read(outcome, entry, cache.keep(entry, outcome))


def sweep(kept: Cache, entries: Iterable[str]) -> None:
    """Throw away what these inputs do not have; what they settled together stays."""
    kept.sweep({*entries, *(path.name for path in ledgers(kept.folder))})


def build(
    inputs: Sequence[str | Path] = (),
    *,
    stdin: BinaryIO | None = None,
    jobs: int = 1,
    cluster: str | None = None,
    cache: str | Path | None = None,
    check: bool = True,
    judgements: Sequence[Judgement] = (),
    progress: Callable[[int, int], None] | None = None,
    stage: Callable[[str], None] | None = None,
) -> Build:
    """Turn articles into a checked graph; no input means the articles that come with the project.

    ``judgements`` (:func:`read_judgements`) say what is one thing, or two, whatever would be found.
    ``cache`` is a folder of readings kept for the next build of these inputs (:func:`read_inputs`).
    Raises InputError where no path of them exists, PackError or SeedError where the project's own
    data are not well-formed. A bad article becomes an Issue.
    """
    readings, issues = read_inputs(
        inputs, stdin=stdin, jobs=jobs, cluster=cluster, cache=cache, progress=progress
    )
    return build_readings(readings, issues=issues, check=check, judgements=judgements, stage=stage)


def build_readings(
    readings: Iterable[Reading],
    *,
    issues: Iterable[Issue] = (),
    check: bool = True,
    judgements: Sequence[Judgement] = (),
    stage: Callable[[str], None] | None = None,
) -> Build:
    """Resolve, emit and check what has been read; exact copies of a text count once.

    ``stage`` is told what begins: ``"resolve"``, ``"emit"``, then ``"check"``.
    """
    begin = stage or (lambda _: None)
    once = {r.article.sha256: r for r in sorted(readings, key=precedence, reverse=True)}
    with uncollected():
        begin("resolve")
        knowledge = resolve(once.values(), load_world(), judgements)
        begin("emit")
        triples = emit(knowledge)
    report = None
    if check:
        # pySHACL and rdflib take half a second to import: only a build that checks pays for them
        from uscuba_kg.check.shapes import check_graph

        begin("check")
        report = check_graph(triples)
    notes = tuple(sorted({*together(issues), *knowledge.issues}))
    return Build(knowledge, triples, report, notes)


def precedence(reading: Reading) -> tuple[bool, str, str]:
    """Copies with metadata first, then by URL and source: the same one wins in any order."""
    article = reading.article
    return (article.published is None, article.url or "~", article.source)

"""``uscuba-kg build``: articles in, a checked graph out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish
from uscuba_kg.cli.progress import Progress
from uscuba_kg.workers import cores

if TYPE_CHECKING:
    from uscuba_kg.cli.summary import Summary
    from uscuba_kg.model import Issue
    from uscuba_kg.world.judgements import Judgement

_EXAMPLES = (
    "uscuba-kg build",
    "uscuba-kg build page.html notes/ --output kg.nq",
    "uscuba-kg build archive/ --cache .readings --jobs 4",
    "uscuba-kg build 'crawl/**/*.warc.gz' --jobs 4 -o kg.nq --store kg.store",
    "curl -s URL | uscuba-kg build - --quiet",
)


def _part(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """One of several parts, written ``3/16``."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d{1,9})/(\d{1,9})", value)
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise click.BadParameter(f"{value!r} is no part such as 3/16")
    return int(found[1]), int(found[2])


@click.command(
    "build",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("inputs", nargs=-1, metavar="[INPUT]...", type=click.Path(allow_dash=True))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("graph.ttl"),
    show_default=True,
    help="Where to write the graph; the ending names the format (.ttl .nt .nq .trig .jsonld .rdf).",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Load the graph into the store in this folder, too, for `serve GRAPH --store DIR`.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=cores,
    show_default="the cores",
    help="Worker processes.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="A dask cluster whose workers read: tcp://host:port, or its scheduler file.",
)
@click.option(
    "--cache",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="A folder to keep readings in, so that the next build reads only what changed.",
)
@click.option(
    "--part",
    callback=_part,
    metavar="N/M",
    help="Only read the Nth of M parts of the inputs into --cache, for a build of them all later.",
)
@click.option(
    "--list",
    "listed",
    type=click.File("r", encoding="utf-8", errors="surrogateescape"),
    metavar="FILE",
    help="A file that names more inputs, one on each line; - for standard input.",
)
@click.option("--no-check", is_flag=True, help="Do not check the graph against its shapes.")
@click.option(
    "--judgements",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of what people judged to be the same, or different (CSV).",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what could not be read.")
@click.option("--json", "as_json", is_flag=True, help="Give the summary as JSON.")
def command(
    inputs: tuple[str, ...],
    output: Path,
    store: Path | None,
    jobs: int,
    cluster: str | None,
    cache: Path | None,
    part: tuple[int, int] | None,
    listed: TextIO | None,
    no_check: bool,
    judgements: Path | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Turn articles into a checked graph.

    INPUT is a file or folder of .txt, .md, .html, .jsonl or .warc, packed by gzip or not, a pattern
    in quotation marks, or - for standard input. Without INPUT the articles that come with the
    project are read. What cannot be read is told, and the others go through; where nothing can, no
    graph is written. Exit code 1 when that is so or when the shapes find something, 2 when an input
    that was named is not there.
    """
    from uscuba_kg.archiving import forget_readings
    from uscuba_kg.ingest import LOST, shown
    from uscuba_kg.publish.formats import check_output
    from uscuba_kg.publish.stored import check_store, store_graph
    from uscuba_kg.world.judgements import read_judgements

    check_output(output)
    if store is not None:
        check_store(store)
    inputs += _listed(listed)
    if part is not None:
        _keep_part(inputs, cache, part, jobs, quiet)
        return
    judged = read_judgements(judgements) if judgements is not None else ()
    with Progress(quiet or as_json) as progress, _told_where_it_goes_on(output):
        work = _Work(inputs, output, jobs, cluster, cache, not no_check, judged, progress)
        summary = (work.archive() if not judged else None) or work.all_at_once()
    forget_readings(output)  # those of a build that was killed, and is not gone on with
    read = summary.counts["articles"]
    _tell_all(summary, output if read else None, quiet, as_json)
    if not read:
        click.echo(f"uscuba-kg: no article could be read; {output} is left as it was.", err=True)
    elif store is not None:
        store_graph(output, store)
    lost = [issue for issue in summary.issues if issue.code in LOST]
    named = {shown(path) for path in inputs}
    if any(issue.code == "unreadable" and issue.source in named for issue in lost):
        finish(2)
    sound = summary.report is None or summary.report.conforms
    finish(0 if sound and read else 1)


@contextmanager
def _told_where_it_goes_on(output: Path) -> Iterator[None]:
    """Tell whoever stops a large build that what was read is not lost."""
    try:
        yield
    except (KeyboardInterrupt, click.Abort):
        from uscuba_kg.archiving import beside

        if beside(output).is_dir():
            words = (
                f"what was read is kept in {beside(output)}; the same command goes on from there."
            )
            click.echo(f"uscuba-kg: {words}", err=True)
        raise


class _Work(NamedTuple):
    """What was asked for, and the two ways to do it."""

    inputs: tuple[str, ...]
    output: Path
    jobs: int
    cluster: str | None
    cache: Path | None
    check: bool
    judged: Sequence[Judgement]
    progress: Progress

    def archive(self) -> Summary | None:
        """Bring the graph up to date by what is kept; None where that cannot or need not be."""
        from uscuba_kg.archiving import build_archive, check_archive
        from uscuba_kg.cli.summary import summary_of_archive

        built = build_archive(
            self.inputs,
            self.output,
            self.cache,
            jobs=self.jobs,
            cluster=self.cluster,
            progress=self.progress.step,
            stage=self.progress.stage,
        )
        if built is None:
            return None
        report = None
        if self.check and built.articles:
            self.progress.stage("check")
            report = check_archive(self.output, built.triples, self.jobs)
        return summary_of_archive(built, report)

    def all_at_once(self) -> Summary:
        """Build the whole graph in memory, and write it."""
        from uscuba_kg.cli.summary import summary_of
        from uscuba_kg.pipeline import build
        from uscuba_kg.publish.formats import write_graph

        result = build(
            self.inputs,
            stdin=sys.stdin.buffer,
            jobs=self.jobs,
            cluster=self.cluster,
            cache=self.cache,
            check=self.check,
            judgements=self.judged,
            progress=self.progress.step,
            stage=self.progress.stage,
        )
        if result.knowledge.articles:
            write_graph(result.triples, self.output)
        return summary_of(result)


def _keep_part(
    inputs: tuple[str, ...], cache: Path | None, part: tuple[int, int], jobs: int, quiet: bool
) -> None:
    from uscuba_kg.ingest import LOST
    from uscuba_kg.pipeline import keep_part

    if cache is None or not inputs:
        raise click.UsageError("--part needs inputs, and --cache DIR to keep what is read.")
    with Progress(quiet) as progress:
        issues = keep_part(inputs, cache, part, jobs=jobs, progress=progress.step)
    _tell(issue for issue in issues if issue.code in LOST)
    if not quiet:
        click.echo(f"Part {part[0]} of {part[1]} is kept in {cache}; build all with --cache there.")


def _listed(file: TextIO | None) -> tuple[str, ...]:
    """The inputs that a list names; none of them would mean the project's own articles."""
    if file is None:
        return ()
    named = tuple(line for line in file.read().split("\n") if line)
    if not named:
        raise click.UsageError("--list names no input.")
    return named


def _tell_all(summary: Summary, output: Path | None, quiet: bool, as_json: bool) -> None:
    from uscuba_kg.cli.summary import summary_json, write_summary
    from uscuba_kg.ingest import LOST

    if as_json:
        click.echo(summary_json(summary, output))
    elif quiet or output is None:
        _tell(issue for issue in summary.issues if issue.code in LOST)
    else:
        write_summary(summary, output)


def _tell(issues: Iterable[Issue]) -> None:
    for issue in issues:
        click.echo(f"uscuba-kg: {issue.source}: {issue.message}", err=True)

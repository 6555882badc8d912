"""``uscuba-kg build``: articles in, a checked graph out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish

_EXAMPLES = (
    "uscuba-kg build",
    "uscuba-kg build page.html notes/ --output kg.nq",
    "curl -s URL | uscuba-kg build - --quiet",
)


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
    "-j", "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Worker processes."
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--json", "as_json", is_flag=True, help="Give the summary as JSON.")
def command(inputs: tuple[str, ...], output: Path, jobs: int, quiet: bool, as_json: bool) -> None:
    """Turn articles into a checked graph.

    INPUT is a file or folder of .txt, .md, .html or .jsonl, or - for standard input. Without INPUT
    the articles that come with the project are read. The graph is written even when the shapes find
    something; the exit code is then 1.
    """
    from uscuba_kg.pipeline import build
    from uscuba_kg.publish.formats import check_output, write_graph

    check_output(output)
    with _Progress(quiet or as_json) as progress:
        result = build(inputs, stdin=sys.stdin.buffer, jobs=jobs, progress=progress.step)
    write_graph(result.triples, output)
    if not quiet:
        from uscuba_kg.cli.summary import summary_json, write_summary

        if as_json:
            click.echo(summary_json(result, output))
        else:
            write_summary(result, output)
    finish(0 if result.report is None or result.report.conforms else 1)


class _Progress:
    """A bar on the terminal for work that takes more than a moment."""

    def __init__(self, silent: bool) -> None:
        self.silent = silent or not sys.stderr.isatty()
        self.bar: object = None

    def __enter__(self) -> _Progress:
        return self

    def step(self, done: int, total: int) -> None:
        """Show how far the reading is; nothing for a handful of sources."""
        if self.silent or total < 20:
            return
        width = 30
        filled = width * done // total
        end = "\n" if done == total else ""
        click.echo(
            f"\rReading [{'#' * filled}{'.' * (width - filled)}] {done}/{total}{end}",
            nl=False,
            err=True,
        )

    def __exit__(self, *_: object) -> None:
        return None

"""``uscuba-kg load``: a graph into a triplestore."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish

if TYPE_CHECKING:
    from uscuba_kg.publish.load import Result

_EXAMPLES = (
    "uscuba-kg load graph.ttl --to http://localhost:7878",
    "uscuba-kg load graph.ttl --to http://localhost:3030/ds --graph https://example.org/g --replace",
    "USCUBA_KG_PASSWORD=... uscuba-kg load graph.ttl --to URL --user dba --graph IRI",
)


@click.command(
    "load",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("graph", type=click.Path(path_type=Path))
@click.option(
    "--to", "url", required=True, metavar="URL", help="The store, or one of its endpoints."
)
@click.option(
    "--graph", "name", metavar="IRI", help="The graph to load into; else the default one."
)
@click.option(
    "--replace/--add", default=False, help="Empty that graph first, or add to it (default)."
)
@click.option(
    "--user", metavar="NAME", help="A user; the password is read from USCUBA_KG_PASSWORD."
)
@click.option("--batch", type=click.IntRange(1), metavar="N", help="Triples in one request.")
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code.")
def command(
    graph: Path, url: str, name: str | None, replace: bool, user: str | None, batch: int | None,
    quiet: bool,
) -> None:  # fmt: skip
    """Put a graph into a triplestore.

    The store is asked whether it knows the Graph Store Protocol or SPARQL Update. Afterwards
    triples are counted, and samples looked up. A token is read from USCUBA_KG_TOKEN. Exit code 0
    when all is there, 1 when something is missing or changed, 2 when it could not be loaded.
    """
    from uscuba_kg.publish.load import Plan, load
    from uscuba_kg.publish.load.remote import Credentials

    if not url.startswith(("http://", "https://")):
        raise click.UsageError("--to takes an address that begins with http:// or https://")
    credentials = Credentials(
        user or "",
        os.environ.get("USCUBA_KG_PASSWORD", ""),
        "" if user else os.environ.get("USCUBA_KG_TOKEN", ""),
    )
    result = load(Plan(graph, url, name, replace, batch, credentials), _Progress(quiet))
    if not quiet:
        for line in told(result):
            click.echo(line)
    finish(0 if result.sound else 1)


def told(result: Result) -> list[str]:
    """What a person is told of a load."""
    finding = result.finding
    lines = [f"Sent {result.sent:,} triples to {result.url} by {result.way}."]
    if finding.triples is None:
        return [*lines, "The store does not say what it holds: nothing could be checked."]
    held = finding.sampled - len(finding.missing)
    lines.append(
        f"The graph holds {finding.triples:,}; {held} of {finding.sampled} samples are as sent."
    )
    lines += [f"  not as sent: {line}" for line in finding.missing]
    return lines


class _Progress:
    """A bar on the terminal."""

    def __init__(self, quiet: bool) -> None:
        self.silent = quiet or not sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        if not self.silent:
            filled = 30 * done // max(1, total)
            bar = f"Loading [{'#' * filled}{'.' * (30 - filled)}] {done:,}/{total:,}"
            click.echo(f"\r{bar}{'' if done < total else chr(10)}", nl=False, err=True)

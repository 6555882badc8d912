"""``uscuba-kg diff``: which facts came, went or changed between two graphs."""

from __future__ import annotations

from pathlib import Path

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish

_EXAMPLES = (
    "uscuba-kg diff old.ttl graph.ttl",
    "uscuba-kg diff old.ttl graph.ttl --fail-on lost       in CI",
    "uscuba-kg diff old.nq new.nq --format markdown        for a pull request",
)


@click.command(
    "diff",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to show it.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["never", "lost", "any"]),
    default="never",
    show_default=True,
    help="Leave with exit code 1: where a fact went or changed, or where anything differs.",
)
def command(old: Path, new: Path, form: str, fail_on: str) -> None:
    """Tell which facts came, went or changed from graph OLD to graph NEW, article by article.

    A thing that only bears another IRI keeps its facts and is told as renamed.
    """
    from uscuba_kg.publish.diff import diff
    from uscuba_kg.publish.diff_report import (
        difference_json,
        difference_lines,
        difference_markdown,
    )

    found = diff(old, new)
    if form == "json":
        click.echo(difference_json(found))
    else:
        lines = difference_markdown(found) if form == "markdown" else difference_lines(found)
        for line in lines:
            click.echo(line)
    failed = {"never": False, "lost": found.lost, "any": not found.same}[fail_on]
    finish(1 if failed else 0)

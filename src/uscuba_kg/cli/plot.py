"""``uscuba-kg plot``: pictures of a graph."""

from __future__ import annotations

from pathlib import Path

import click

from uscuba_kg.cli.helping import Command

_EXAMPLES = (
    "uscuba-kg plot timeline",
    "uscuba-kg plot network -o who-met-whom.png",
    "uscuba-kg plot topics --language es -o temas.svg",
)


@click.command(
    "plot",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("kind", type=click.Choice(["timeline", "network", "topics"]))
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph.ttl"),
    show_default=True,
    help="The graph to draw.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write it, .svg or .png; by default KIND.svg.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "es"]),
    default="en",
    show_default=True,
    help="Of the words in the picture.",
)
def command(kind: str, graph: Path, output: Path | None, language: str) -> None:
    """Draw a graph: its meetings in time by series, who met whom, or topics over the years.

    Needs the extra plot: pip install 'uscuba-kg[plot]'.
    """
    from uscuba_kg.publish.charts import draw

    path = output or Path(f"{kind}.svg")
    draw(graph, kind, path, language)
    click.echo(f"Written to {path}", err=True)

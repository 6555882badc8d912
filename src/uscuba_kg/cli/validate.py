"""``uscuba-kg validate``: a graph against the shapes."""

from __future__ import annotations

from pathlib import Path

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish

_EXAMPLES = (
    "uscuba-kg validate",
    "uscuba-kg validate kg.nq --language es",
    "uscuba-kg validate theirs.ttl --shapes my-shapes/ --json",
)


@click.command(
    "validate",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("graph", type=click.Path(path_type=Path), default=Path("graph.ttl"))
@click.option(
    "--shapes",
    type=click.Path(path_type=Path, exists=True),
    help="Shapes of your own, a file or folder, instead of the project's.",
)
@click.option(
    "--ontology",
    type=click.Path(path_type=Path, exists=True),
    help="The ontology that goes with them.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "es"]),
    default="en",
    show_default=True,
    help="Of the messages.",
)
@click.option("--json", "as_json", is_flag=True, help="Give the report as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code.")
def command(
    graph: Path,
    shapes: Path | None,
    ontology: Path | None,
    language: str,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check a graph against the shapes, the ontology passed in.

    Says for each finding what is wrong, where, and what to do. Exit code 0 when the graph conforms,
    1 when it does not, 2 when it could not be checked.
    """
    from uscuba_kg.check.report import report_json, report_lines
    from uscuba_kg.check.shapes import check_graph

    report = check_graph(graph, shapes=shapes, ontology=ontology)
    if as_json:
        click.echo(report_json(report))
    elif not quiet:
        for line in report_lines(report, language):
            click.echo(line)
    finish(0 if report.conforms else 1)

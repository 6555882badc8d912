"""``uscuba-kg explain``: every claim about a thing, with the sentences."""

from __future__ import annotations

from pathlib import Path

import click

from uscuba_kg.cli.helping import Command

_EXAMPLES = (
    "uscuba-kg explain id:person/josefina-vidal",
    "uscuba-kg explain law-enforcement-dialogue-2023-01-18",
)


@click.command(
    "explain",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("iri")
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph.ttl"),
    show_default=True,
    help="The graph to look in.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(iri: str, graph: Path, as_json: bool) -> None:
    """Show every claim about a thing: the fact, the sentence, the article, the rule.

    IRI may be written whole, as id:meeting/..., or as its last part where that is unique.
    """
    from uscuba_kg.publish.explain import explain, explanation_json, explanation_lines

    found = explain(graph, iri)
    if as_json:
        click.echo(explanation_json(found))
        return
    for line in explanation_lines(found):
        click.echo(line)

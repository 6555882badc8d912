"""``uscuba-kg query``: SPARQL inline, from a file, or a named question."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("query", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("query", required=False)
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph.ttl"),
    show_default=True,
    help="The graph to ask.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json"]),
    default="table",
    show_default=True,
)
@click.option("-l", "--list", "listing", is_flag=True, help="List the named questions.")
def command(query: str | None, graph: Path, form: str, listing: bool) -> None:
    r"""Ask a graph.

    QUERY is SPARQL, the path of a file that holds it, or the name of a question (see --list).

    \b
    Examples:
      uscuba-kg query --list
      uscuba-kg query who-met-whom
      uscuba-kg query my-question.rq --format csv
      uscuba-kg query 'SELECT ?m WHERE { ?m a uscuba:Meeting }'
    """
    from uscuba_kg.publish.ask import ask, named_questions, to_csv, to_json, to_table, to_tsv

    questions = {question.name: question for question in named_questions()}
    if listing:
        for name, question in sorted(questions.items()):
            click.echo(f"{name:<28} {question.texts.get('en', '')}")
        return
    if query is None:
        raise click.UsageError("give a query, a file or the name of a question; --list shows them")
    text = questions[query].query if query in questions else _text(query)
    result = ask(graph, text)
    writers = {"table": to_table, "csv": to_csv, "tsv": to_tsv, "json": to_json}
    click.echo(writers[form](result), nl=False)


def _text(query: str) -> str:
    """The query itself, or what the file of that name holds."""
    looks_like_sparql = "{" in query or "\n" in query
    if looks_like_sparql:
        return query
    path = Path(query)
    if path.is_file():
        return path.read_text(encoding="utf-8")
    raise click.UsageError(
        f"{query!r} is neither SPARQL, nor a file, nor a named question; --list shows these"
    )

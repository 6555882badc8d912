"""``uscuba-kg explain``: every claim about a thing, a fact or a row, with the sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.errors import InputError

if TYPE_CHECKING:
    from uscuba_kg.publish.explain import Explanation

_EXAMPLES = (
    "uscuba-kg explain id:person/josefina-vidal",
    "uscuba-kg explain law-enforcement-dialogue-2023-01-18",
    "uscuba-kg explain law-enforcement-dialogue-2023-01-18 startDate 2023-01-18",
    "uscuba-kg explain --question meetings-in-order --row 3",
    "uscuba-kg explain law-enforcement-dialogue-2023-01-18 --html why.html",
)


@click.command(
    "explain",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("thing", required=False)
@click.argument("predicate", required=False, default="")
@click.argument("value", required=False, default="")
@click.option(
    "-g",
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph.ttl"),
    show_default=True,
    help="The graph to look in.",
)
@click.option("--question", help="Explain a row of this named question.")
@click.option("--row", type=click.IntRange(min=1), default=1, help="Which row; the first is 1.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--html", type=click.Path(path_type=Path), help="Write a page to this file.")
@click.option(
    "--articles",
    type=click.Path(path_type=Path, exists=True),
    help="The articles, to show them whole on the page.",
)
def command(
    thing: str | None,
    predicate: str,
    value: str,
    graph: Path,
    question: str | None,
    row: int,
    as_json: bool,
    html: Path | None,
    articles: Path | None,
) -> None:
    """Show every claim about a thing: the fact, the sentence, the article, the rule.

    THING may be written whole, as id:meeting/..., or as its last part where that is unique. With
    PREDICATE, or PREDICATE and VALUE, only the claims for and against that fact are shown.
    """
    from uscuba_kg.publish.explain import explain
    from uscuba_kg.publish.explain_report import explanation_json, explanation_lines

    if (thing is None) == (question is None):
        raise click.UsageError("give a thing, or a question with --question")
    found = (
        _row(graph, question, row) if question else explain(graph, thing or "", predicate, value)
    )
    if html is not None:
        _write_page(found, html, articles)
    elif as_json:
        click.echo(explanation_json(found))
    else:
        for line in explanation_lines(found):
            click.echo(line)


def _row(graph: Path, question: str, row: int) -> Explanation:
    """The explanation of one row of a named question."""
    from uscuba_kg.publish.ask import ask, named_questions
    from uscuba_kg.publish.explain import explain_row

    queries = {q.name: q.query for q in named_questions()}
    if question not in queries:
        raise click.UsageError(f"no question is called {question!r}; see uscuba-kg query --list")
    rows = ask(graph, queries[question]).rows
    if row > len(rows):
        raise InputError(f"{question} has {len(rows)} rows, and no row {row}")
    return explain_row(graph, rows[row - 1])


def _write_page(found: Explanation, html: Path, articles: Path | None) -> None:
    from uscuba_kg.publish.explain_page import explanation_page
    from uscuba_kg.publish.files import replace_file

    texts: dict[str, str] = {}
    if articles is not None:
        from uscuba_kg.ingest import list_inputs, read_source
        from uscuba_kg.rdf.iris import article_iri

        for source in list_inputs([str(articles)]):
            texts.update((article_iri(a.sha256), a.text) for a in read_source(source)[0])
    replace_file(html, [explanation_page(found, texts)])
    click.echo(f"Written to {html}", err=True)

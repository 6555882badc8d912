"""``uscuba-kg query``: SPARQL inline, from a file, or a named question."""

from __future__ import annotations

import contextlib
import re
import shutil
import textwrap
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from uscuba_kg.cli.helping import Command
from uscuba_kg.errors import InputError

_SPARQL = re.compile(
    r"\s*(?:#.*\n\s*)*(?:ASK|BASE|CONSTRUCT|DESCRIBE|PREFIX|SELECT)\b(?!\.)", re.IGNORECASE
)
_UNBROKEN = 1_000
_TEXT_AT_LEAST = 30
_EXAMPLES = (
    "uscuba-kg query --list",
    "uscuba-kg query --list --language es",
    "uscuba-kg query who-met-whom",
    "uscuba-kg query my-question.rq --format csv",
    "uscuba-kg query 'SELECT ?m WHERE { ?m a uscuba:Meeting }'",
)


def _completions(ctx: click.Context, param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The named questions that begin so, and files."""
    from uscuba_kg.publish.ask import named_questions

    found = [
        CompletionItem(question.name, help=question.texts.get("en"))
        for question in named_questions()
        if question.name.startswith(typed)
    ]
    return found or [CompletionItem(typed, type="file")]


@click.command(
    "query",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("query", required=False, shell_complete=_completions)
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
    help="How to show what is found.",
)
@click.option("-l", "--list", "listing", is_flag=True, help="List the named questions.")
@click.option("--language", default="en", show_default=True, help="The language of that list.")
def command(query: str | None, graph: Path, form: str, listing: bool, language: str) -> None:
    """Ask a graph.

    QUERY is SPARQL, the path of a file that holds it, or the name of a question (see --list).
    """
    from uscuba_kg.publish.ask import ask, named_questions, to_csv, to_json, to_table, to_tsv

    if listing:
        click.echo(_listed(language))
        return
    questions = {question.name: question for question in named_questions()}
    if query is None:
        raise click.UsageError("give a query, a file or the name of a question; --list shows them")
    text = questions[query].query if query in questions else _text(query)
    result = ask(graph, text)
    writers = {"table": to_table, "csv": to_csv, "tsv": to_tsv, "json": to_json}
    click.echo(writers[form](result), nl=False)


def _listed(language: str) -> str:
    """The named questions in one language, group by group."""
    from uscuba_kg.publish.ask import named_questions, question_themes

    questions, themes = named_questions(), question_themes()
    known = sorted({tongue for question in questions for tongue in question.texts})
    if language not in known:
        raise click.UsageError(f"no question is written in {language!r}; take {' or '.join(known)}")
    width = max(len(question.name) for question in questions)
    room = shutil.get_terminal_size(fallback=(_UNBROKEN, 24)).columns  # no terminal: one line each
    hang = textwrap.TextWrapper(
        max(room, width + _TEXT_AT_LEAST), subsequent_indent=" " * (width + 4)
    )
    groups = []
    for theme, titles in themes.items():
        own = [question for question in questions if question.theme == theme]
        lines = [hang.fill(f"  {q.name:<{width}}  {q.texts[language]}") for q in own]
        groups.append("\n".join([titles[language], *lines]))
    return "\n\n".join(groups)


def _text(query: str) -> str:
    """The query itself, or what the file of that name holds."""
    path = Path(query)
    with contextlib.suppress(OSError, ValueError):  # a long query is no name of a file
        if path.is_file():
            return _written(path)
    if _SPARQL.match(query) or "{" in query or "\n" in query:
        return query
    raise click.UsageError(
        f"{query!r} is neither SPARQL, nor a file, nor a named question; --list shows these"
    )


def _written(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except ValueError as error:
        raise InputError(
            "this is not UTF-8", place=str(path), remedy="Save the query as UTF-8."
        ) from error

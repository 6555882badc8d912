"""``uscuba-kg annotate``: the mentions of a text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby

import click
import msgspec

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish
from uscuba_kg.model import Annotated, Mention

_COLOURS = {
    "state": "cyan",
    "side": "cyan",
    "place": "green",
    "body": "blue",
    "person": "magenta",
    "post": "yellow",
    "series": "red",
    "agreement": "red",
    "topic": "bright_green",
    "date": "bright_yellow",
    "quotation": "white",
}


_EXAMPLES = (
    "uscuba-kg annotate article.txt",
    "uscuba-kg annotate article.txt --no-color | jq .surface",
)


@click.command(
    "annotate",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("input_path", metavar="INPUT", type=click.Path(allow_dash=True))
@click.option(
    "--color/--no-color",
    "colour",
    default=None,
    help="The text in colours; by default on a terminal.",
)
def command(input_path: str, colour: bool | None) -> None:
    """Show the mentions of a text: names, titles, dates, places, topics, quotations.

    INPUT is a file, or - for standard input. Off the terminal each mention is one line of JSON with
    kind, start, end (code points), surface, value and entity. Exit code 1 where no text was found.
    """
    from uscuba_kg.ingest import list_inputs, read_source
    from uscuba_kg.pipeline import read_article

    in_colour = sys.stdout.isatty() if colour is None else colour
    read = 0
    for source in list_inputs([input_path]):
        articles, issues = read_source(source, sys.stdin.buffer)
        for issue in issues:
            click.echo(f"{issue.source}: {issue.message}", err=True)
        for article in articles:
            read += 1
            annotated = read_article(article)
            click.echo(_coloured(annotated) if in_colour else _lines(annotated), color=in_colour)
    finish(0 if read else 1)


def _all(annotated: Annotated) -> Sequence[Mention]:
    layers = (*annotated.mentions, *annotated.topics, *annotated.quotations)
    return sorted(layers, key=lambda m: (m.span, m.kind, m.value))


def _lines(annotated: Annotated) -> str:
    """One JSON object a line."""
    encode = msgspec.json.Encoder().encode
    return "\n".join(
        encode(
            {
                "kind": m.kind,
                "start": m.span.start,
                "end": m.span.end,
                "surface": m.surface,
                "value": m.value,
                "entity": m.entity,
            }
        ).decode()
        for m in _all(annotated)
    )


def _coloured(annotated: Annotated) -> str:
    """The text with each mention in the colour of its kind, and a legend of what is there."""
    text = annotated.article.text
    kinds: list[str] = [""] * len(text)
    for layer in (annotated.quotations, annotated.topics, annotated.mentions):
        for mention in layer:  # what is said later lies on top
            length = mention.span.end - mention.span.start
            kinds[mention.span.start : mention.span.end] = [mention.kind.value] * length
    pieces, at = [], 0
    for kind, group in groupby(kinds):
        end = at + sum(1 for _ in group)
        pieces.append(_styled(text[at:end], kind))
        at = end
    legend = "  ".join(_styled(kind, kind) for kind in _COLOURS if kind in kinds)
    return "".join(pieces) + "\n" + legend


def _styled(words: str, kind: str) -> str:
    """Words in the colour of a kind; what is quoted stands in italics."""
    if not kind:
        return words
    quoted = kind == "quotation"
    return click.style(words, fg=_COLOURS[kind], bold=not quoted, italic=quoted)

"""The command ``uscuba-kg``: its commands are loaded only when they are called."""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module

import click

from uscuba_kg import __version__
from uscuba_kg.cli.helping import write_examples
from uscuba_kg.errors import UscubaError

_COLLECTED_AFTER = 100_000
"""So many new objects: modules and tables stay, and looking for garbage in them costs a fifth."""
_COMMANDS = {
    "annotate": "Show the mentions of a text: names, titles, dates, places, topics.",
    "build": "Turn articles into a checked graph.",
    "diff": "Tell which facts came, went or changed between two graphs.",
    "explain": "Show every claim about a thing, with the sentences that say so.",
    "funnel": "Show what is let through of a crawl, step by step.",
    "load": "Put a graph into a triplestore.",
    "plot": "Draw meetings in time, who met whom, or topics over the years.",
    "query": "Ask a graph in SPARQL, or one of the named questions.",
    "rules": "List the rules with how often they fire and how often rightly.",
    "score": "Score the reader against annotated articles.",
    "serve": "Serve a graph: a SPARQL endpoint, and pages for people.",
    "validate": "Check a graph against the shapes.",
}

_EXAMPLES = (
    "uscuba-kg build                       the articles that come with the project",
    "uscuba-kg build articles/ -o kg.ttl   your own",
    "uscuba-kg query who-met-whom          a named question",
    "uscuba-kg validate graph.ttl          check a graph",
)


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called, so that help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, sorted."""
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"uscuba_kg.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The words about the program, then its examples."""
        super().format_help_text(ctx, formatter)
        write_examples(formatter, _EXAMPLES)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="uscuba-kg")
def cli() -> None:
    """Read articles about U.S.-Cuba diplomacy into a knowledge graph.

    Exit codes: 0 fine, 1 findings, 2 misuse.
    """


def main() -> None:
    """Run the command; an error that a person can mend is one message and exit code 2."""
    gc.set_threshold(_COLLECTED_AFTER)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no accents shows a "?"
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=False)
        sys.stdout.flush()
    except UscubaError as error:
        click.echo(f"uscuba-kg: {error}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        _drop_output()
        sys.exit(0)
    except OSError as error:
        _drop_output()
        place = f"{error.filename}: " if error.filename else "standard output: "
        click.echo(f"uscuba-kg: {place}{error.strerror or error}", err=True)
        sys.exit(2)


def _drop_output() -> None:
    """Let the interpreter find nothing left to write at its end, so that it does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def finish(code: int) -> None:
    """Leave with an exit code."""
    if code:
        sys.exit(code)

"""``uscuba-kg validate``: a graph against the shapes, and what else tells whether to trust it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish

if TYPE_CHECKING:
    from uscuba_kg.check.outcome import Outcome

_EXAMPLES = (
    "uscuba-kg validate                                            graph.ttl, by the project's shapes",
    "uscuba-kg validate kg.nq --language es --max 20",
    "uscuba-kg validate theirs.ttl --shapes my-shapes/ --ontology theirs.ttl",
    "uscuba-kg validate graph.ttl --vocabulary --evidence articles/ --questions floors.toml",
    "uscuba-kg validate graph.ttl --baseline known.json --format sarif --output found.sarif",
    "curl -s URL | uscuba-kg validate - --quiet",
)
_FORMATS = ("text", "github", "json", "jsonld", "junit", "markdown", "sarif", "turtle")
_INPUTS = (".jsonld", ".nq", ".nt", ".rdf", ".trig", ".ttl")
_PLACE = click.Path(path_type=Path, exists=True)


@click.command(
    "validate",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("graphs", nargs=-1, metavar="[GRAPH]...", type=click.Path(allow_dash=True))
@click.option("--shapes", type=_PLACE, multiple=True, help="Shapes of your own, files or folders.")
@click.option("--ontology", type=_PLACE, multiple=True, help="The ontology that goes with them.")
@click.option(
    "--vocabulary", is_flag=True, help="Terms that the ontology lacks, literals that are none."
)
@click.option(
    "--evidence", type=_PLACE, multiple=True, metavar="ARTICLES", help="Look up every claim."
)
@click.option("--questions", type=_PLACE, metavar="TOML", help="Questions with their least rows.")
@click.option(
    "--changed-since", type=_PLACE, multiple=True, metavar="OLD", help="Only what changed."
)
@click.option(
    "-f", "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it there."
)
@click.option("--language", type=click.Choice(["en", "es"]), default="en", show_default=True)
@click.option(
    "--max",
    "most",
    type=click.IntRange(0),
    default=100,
    show_default=True,
    help="How many findings to tell as text; 0 for all.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="What is grave enough for exit code 1.",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Known findings: they do not fail, new ones do.",
)
@click.option("--update-baseline", is_flag=True, help="Write what is found now into the baseline.")
@click.option(
    "--engine",
    type=click.Choice(["auto", "fast", "pyshacl"]),
    default="auto",
    show_default=True,
    help="auto: the fast one, pySHACL where that lacks a feature.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=120.0,
    show_default=True,
    metavar="SECONDS",
    help="What one query of the shapes may take.",
)
@click.option("--input-format", type=click.Choice(_INPUTS), help="Whatever the files are called.")
@click.option("-q", "--quiet", is_flag=True, help="Only the exit code.")
def command(
    graphs: tuple[str, ...],
    form: str,
    as_json: bool,
    output: Path | None,
    language: str,
    most: int,
    fail_on: str,
    baseline: Path | None,
    update_baseline: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Check a graph against the shapes, the ontology passed in.

    GRAPH is a file in any format of RDF (.gz too), a folder of such files, a store, or - for standard
    input; several count as one graph. Says for each finding what is wrong, where, which words are
    behind it, and what to do. Exit code 0 when nothing grave is found, 1 when something is, 2 when it
    could not be checked.
    """  # fmt: skip
    from uscuba_kg.check.outcome import against, baseline_text, read_baseline
    from uscuba_kg.publish.files import check_place, replace_file

    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE")
    for place in (output, baseline if update_baseline else None):
        if place is not None:
            check_place(place)
    known = read_baseline(baseline) if baseline is not None and not update_baseline else ()
    outcome = _checked(graphs or ("graph.ttl",), **options)
    if update_baseline and baseline is not None:
        replace_file(baseline, [baseline_text(outcome.entries)])
        known = read_baseline(baseline)
    outcome = against(outcome, known)
    _show(outcome, "json" if as_json else form, output, language, most, quiet)
    finish(1 if outcome.fails(fail_on) else 0)


def _checked(graphs: tuple[str, ...], **options: Any) -> Outcome:
    from uscuba_kg.check.command import Order, check
    from uscuba_kg.check.graph.inputs import sources_of

    form = options["input_format"]
    return check(
        Order(
            sources=sources_of(graphs, stdin=sys.stdin.buffer, form=form),
            shapes=options["shapes"],
            ontology=options["ontology"],
            engine=options["engine"],
            seconds=options["timeout"],
            vocabulary=options["vocabulary"],
            questions=options["questions"],
            evidence=options["evidence"],
            changed_since=sources_of(options["changed_since"], form=form),
        )
    )


def _show(
    outcome: Outcome, form: str, output: Path | None, language: str, most: int, quiet: bool
) -> None:
    from uscuba_kg.check.reports.formats import MACHINES
    from uscuba_kg.check.reports.text import text_lines
    from uscuba_kg.publish.files import replace_file

    if quiet and output is None:
        return
    if form == "text":
        colour = output is None and sys.stdout.isatty()
        lines = text_lines(outcome, language, most=most, colour=colour)
        report = "".join(f"{line}\n" for line in lines)
    else:
        report = MACHINES[form](outcome, language)
    if output is not None:
        replace_file(output, [report])
    else:
        click.echo(report, nl=False)

"""``uscuba-kg score``: the reader against annotated articles."""

from __future__ import annotations

from pathlib import Path

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish

_EXAMPLES = (
    "uscuba-kg score tests/gold/read",
    "uscuba-kg score tests/gold/read/en tests/gold/read/es --errors",
    "uscuba-kg score my-articles/ --json - | jq .slots.meeting",
    "uscuba-kg score tests/gold/read --clusters tests/gold/clusters.json",
)


@click.command(
    "score",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument(
    "places", metavar="GOLD_DIR...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option("--errors", "listing", is_flag=True, help="List what is spurious (+) or missed (-).")
@click.option(
    "--half",
    type=click.IntRange(0, 1),
    help="Only articles whose id has a SHA-1 of this parity.",
)
@click.option(
    "--clusters",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Measure instead which meetings of the articles, built as one graph, are rightly one.",
)
@click.option(
    "--json",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the figures as JSON to a file, or to standard output with -.",
)
def command(
    places: tuple[Path, ...],
    listing: bool,
    half: int | None,
    clusters: Path | None,
    output: Path | None,
) -> None:
    """Score the reader against annotated articles.

    GOLD_DIR is a folder of ID.json beside ID.txt, with all folders below it, or one such file. Each
    article is read alone; a slot's precision, recall and F1 are micro-averaged over all of them.
    Exit code 1 where an article gave no graph, 2 where the annotations could not be read.
    """
    from uscuba_kg.publish.files import check_place, replace_file
    from uscuba_kg.score.figures import by_slot, errors, figures_json, table
    from uscuba_kg.score.gold import read_gold
    from uscuba_kg.score.run import score

    if clusters is not None:
        _tell_merged(places, clusters)
        return
    to_file = output if output != Path("-") else None
    if to_file is not None:
        check_place(to_file)
    articles = [a for a in read_gold(places) if half is None or a.half == half]
    scored = list(score(articles))
    for one in scored:
        if one.problem:
            click.echo(f"uscuba-kg: no graph for {one.path}: {one.problem}", err=True)
    if to_file is not None:
        replace_file(to_file, (figures_json(scored), "\n"))
    if output is not None and to_file is None:
        click.echo(figures_json(scored))
    else:
        for line in (*(errors(scored) if listing else ()), *table(by_slot(scored))):
            click.echo(line)
        click.echo(f"{len(scored)} article{'' if len(scored) == 1 else 's'}")
    finish(1 if any(one.problem for one in scored) else 0)


def _tell_merged(places: tuple[Path, ...], clusters: Path) -> None:
    from uscuba_kg.score.clusters import merge_annotated, merge_read, merged_lines, read_clusters
    from uscuba_kg.score.gold import read_gold

    gold = read_gold(places)
    known = read_clusters(clusters, gold)
    for words, merge in (("as annotated", merge_annotated), ("as read", merge_read)):
        for line in merged_lines(words, merge(gold, known)):
            click.echo(line)

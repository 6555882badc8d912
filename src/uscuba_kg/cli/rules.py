"""``uscuba-kg rules``: what each rule of the packs is good for."""

from __future__ import annotations

from pathlib import Path

import click

from uscuba_kg.cli.helping import Command

_EXAMPLES = (
    "uscuba-kg rules                          on the articles that come with the project",
    "uscuba-kg rules tests/gold/read          with the share of facts that is right",
    "uscuba-kg rules tests/gold --never       those that never fire",
    "uscuba-kg rules my-articles/ --json",
)


@click.command(
    "rules",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("places", metavar="[GOLD_DIR...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--never", is_flag=True, help="Only the rules that never fire.")
@click.option(
    "--half",
    type=click.IntRange(0, 1),
    help="Of annotated articles, only those whose id has a SHA-1 of this parity.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(places: tuple[Path, ...], never: bool, half: int | None, as_json: bool) -> None:
    """List every rule: its pack and kind, how often it fired, on how many articles.

    GOLD_DIR is a folder of annotated articles (ID.json beside ID.txt), which also tell how many
    facts rest on a rule and what share of them is right, or any other articles to count on. The
    most used rules come first; those without a pack are what the reader does by itself.
    """
    from uscuba_kg.resources import seeds_dir
    from uscuba_kg.score.gold import is_annotated, read_gold
    from uscuba_kg.score.rules import rule_uses, rules_json, rules_table

    named = places or (seeds_dir() / "articles",)
    gold = read_gold([place for place in named if is_annotated(place)])
    chosen = [article for article in gold if half is None or article.half == half]
    uses = rule_uses(chosen, [place for place in named if not is_annotated(place)])
    shown = [use for use in uses if not (never and use.fired)]
    if as_json:
        click.echo(rules_json(shown))
        return
    for line in rules_table(shown):
        click.echo(line)

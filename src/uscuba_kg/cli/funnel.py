"""``uscuba-kg funnel``: what is let through of a crawl, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from uscuba_kg.cli.helping import Command
from uscuba_kg.cli.main import finish
from uscuba_kg.workers import cores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from uscuba_kg.ingest.survey import Survey

_EXAMPLES = (
    "uscuba-kg funnel CC-NEWS-20240301.warc.gz",
    "uscuba-kg funnel 'crawl/**/*.warc.gz' --jobs 4 --samples 10",
    "uscuba-kg funnel crawl.warc.gz --json",
)
_WORDS = {
    "page": "web pages that were found",
    "named": "name Cuba, or somebody of it",
    "told": "their text names both states",
    "language": "in a language that is read",
    "article": "hold an article",
    "new": "not met before",
}
_PLACES = {
    "json-ld": "JSON-LD",
    "meta": "meta tags",
    "url": "the address",
    "text": "the text",
    "none": "nothing sound",
}
_MEGABYTE = 1_000_000


@click.command(
    "funnel",
    cls=Command,
    examples=_EXAMPLES,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.argument("archives", metavar="WARC...", nargs=-1, required=True)
@click.option(
    "--samples",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="How many addresses to show of what each step dropped.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1),
    default=cores,
    show_default="the cores",
    help="Worker processes.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(archives: tuple[str, ...], samples: int, jobs: int, as_json: bool) -> None:
    """Show what each step of the funnel lets through of web archives, and samples of the rest.

    WARC is an archive of pages as crawlers write it, packed or not, a folder of them, or a pattern.
    `build` takes archives too, and reads what is left at the end. Exit code 1 where an archive
    cannot be read to its end.
    """
    from uscuba_kg.ingest.survey import survey

    found = survey(archives, samples=samples, jobs=jobs)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        _write(found)
    for place, why in found.broken:
        click.echo(f"uscuba-kg: {place}: it cannot be read to its end ({why})", err=True)
    finish(1 if found.broken else 0)


def _write(found: Survey) -> None:
    from uscuba_kg.ingest.funnel import Step

    before = found.pages
    click.echo(f"{found.pages:>11,}  answers of web servers, {found.size / _MEGABYTE:,.1f} MB")
    for step in Step:
        left = found.left(step)
        share = f"{left / before:>7.1%}" if before else f"{'-':>7}"
        click.echo(f"{left:>11,}  {share}  {_WORDS[step]}")
        before = left
    click.echo(f"{found.articles:>11,}  articles")
    if found.dated:
        click.echo(f"\nTheir day of publication stands in: {_counted(found.dated)}")
    if found.languages:
        click.echo(f"\nLeft for their language: {_counted(found.languages)}")
    for step in Step:
        samples = found.samples.get(step, ())
        if samples:
            click.echo(f"\nDropped at “{_WORDS[step]}”:")
        for url, detail in samples:
            click.echo(f"  {url}{f'  ({detail})' if detail else ''}")


def _counted(numbers: Mapping[str, int]) -> str:
    """Names with their numbers, the largest first."""
    ordered = sorted(numbers.items(), key=lambda named: (-named[1], named[0]))
    return ", ".join(f"{_PLACES.get(name, name)} {number:,}" for name, number in ordered)

"""What a build tells a person, or a machine, at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click
import msgspec

from uscuba_kg.ingest import LOST
from uscuba_kg.ledger.archive import Built
from uscuba_kg.ledger.rows import Row, first_name
from uscuba_kg.model import (
    Claim,
    Issue,
    Knowledge,
    PartialDate,
    Predicate,
    Ref,
    Report,
    Role,
    ThingKind,
)
from uscuba_kg.pipeline import ELSEWHERE, Build
from uscuba_kg.rdf.vocab import MEETING_KINDS

_ROWS_AT_MOST = 40
_NOTES_AT_MOST = 3
_LOST_AT_MOST = 20
_TOPICS_AT_MOST = 4
_BETWEEN = 3
_WIDTHS = (23, 18, 30, 34, 40)
_HEADS = ("Date", "Place", "Series or kind", "Led by", "Topics")


_COUNTED = (
    "articles", "meetings", "people", "bodies", "agreements", "statements", "claims", "triples",
)  # fmt: skip


class Summary(msgspec.Struct, frozen=True):
    """What is told of a build: how many of what, its meetings, notes, and the shapes' verdict."""

    counts: dict[str, int]
    rows: Sequence[Row]
    issues: Sequence[Issue]
    report: Report | None


def summary_of(result: Build) -> Summary:
    """What is told of a build of all at once."""
    kinds = Counter(t.ref.kind for t in result.knowledge.things)
    counts = {
        "articles": len(result.knowledge.articles),
        "meetings": kinds[ThingKind.MEETING],
        "people": kinds[ThingKind.PERSON],
        "bodies": kinds[ThingKind.ORGANIZATION],
        "agreements": kinds[ThingKind.AGREEMENT],
        "statements": kinds[ThingKind.STATEMENT],
        "claims": len(result.knowledge.claims),
        "triples": len(result.triples),
    }
    return Summary(counts, meeting_rows(result.knowledge), result.issues, result.report)


def summary_of_archive(built: Built, report: Report | None) -> Summary:
    """What is told of a graph that was brought up to date."""
    counts = {name: getattr(built, name) for name in _COUNTED}
    return Summary(counts, built.rows, built.issues, report)


def meeting_rows(knowledge: Knowledge) -> list[Row]:
    """The meetings in the order of their dates, in words."""
    labels = {t.ref: first_name(t.labels, t.ref) for t in knowledge.things}
    kinds = {t.ref: t.subtype or "meeting" for t in knowledge.things}
    about: dict[Ref, list[Claim]] = {}
    for claim in knowledge.claims:
        if claim.accepted:
            about.setdefault(claim.subject, []).append(claim)
    articles: dict[Ref, set[str]] = {}
    for claim in knowledge.claims:
        articles.setdefault(claim.subject, set()).add(claim.evidence.article)
    rows = [
        _row(ref, about, labels, kinds, len(articles[ref]))
        for ref in sorted(about)
        if ref.kind == ThingKind.MEETING
    ]
    return sorted(rows, key=lambda r: (r.date or "~", r.iri_key))


def _row(
    ref: Ref,
    about: dict[Ref, list[Claim]],
    labels: dict[Ref, str],
    kinds: dict[Ref, str],
    sources: int,
) -> Row:
    claims = about[ref]
    chairs = []
    for part in _values(claims, Predicate.PARTICIPATION):
        inside = about.get(part, []) if isinstance(part, Ref) else []
        if Role.CHAIR in _values(inside, Predicate.ROLE):
            chairs.extend(_names(_values(inside, Predicate.PARTICIPANT), labels))
    dates = [
        v.lexical
        for p in (Predicate.START, Predicate.END)
        for v in _values(claims, p)
        if isinstance(v, PartialDate)
    ]
    series = _names(_values(claims, Predicate.SERIES), labels)
    status = [str(v) for v in _values(claims, Predicate.STATUS)]
    return Row(
        iri_key=ref.key,
        date=" – ".join(dict.fromkeys(dates)),
        place=", ".join(_names(_values(claims, Predicate.LOCATION), labels)),
        series=", ".join(sorted(set(series))) or kinds.get(ref, "meeting"),
        led_by=", ".join(sorted(set(chairs))),
        topics=", ".join(sorted(_names(_values(claims, Predicate.ABOUT), labels))),
        status=status[0] if status else "",
        sources=sources,
    )


def _values(claims: Iterable[Claim], predicate: Predicate) -> list[object]:
    return list(dict.fromkeys(c.object for c in claims if c.predicate == predicate))


def _names(values: Iterable[object], labels: dict[Ref, str]) -> list[str]:
    return [labels.get(v, v.key) for v in values if isinstance(v, Ref)]


def summary_json(summary: Summary, output: Path | None) -> str:
    """The summary for machines; ``output`` is None where nothing was written."""
    report = summary.report
    return msgspec.json.encode(
        {
            "output": None if output is None else str(output),
            **summary.counts,
            "table": summary.rows,
            "issues": [
                {"code": i.code, "source": i.source, "message": i.message} for i in summary.issues
            ],
            "conforms": None if report is None else report.conforms,
            "findings": [] if report is None else list(report.findings),
        }
    ).decode()


def write_summary(summary: Summary, output: Path) -> None:
    """The summary for people, on standard output."""
    if summary.rows:
        _write_table(summary.rows)
    parts = {name: _counted(number, name) for name, number in summary.counts.items()}
    click.echo(
        "{articles}: {meetings}, {people}, {bodies}, {agreements}, {statements}; {claims}, "
        "{triples}.".format(**parts)
    )
    for line in _notes(summary.issues):
        click.echo(line)
    if summary.report is not None:
        found = len(summary.report.findings)
        verdict = "conforms to its shapes" if summary.report.conforms else "breaks its shapes"
        click.echo(
            f"The graph {verdict}" + (f" ({_counted(found, 'findings')})." if found else ".")
        )
    click.echo(f"Written to {output}")


_ONE = {"people": "person", "bodies": "body"}


def _counted(number: int, name: str) -> str:
    """A number with its noun: ``1 body``, ``2 bodies``."""
    return f"{number} {_ONE.get(name, name.removesuffix('s')) if number == 1 else name}"


def _notes(issues: Iterable[Issue]) -> Iterator[str]:
    """The issues by kind, each with its file; of many of a kind the first, of some the number."""
    for code, group in groupby(sorted(issues), key=lambda issue: issue.code):
        found = list(group)
        if code == ELSEWHERE:
            yield f"Note, {code}: {_counted(len(found), 'articles')} not read, Cuba named nowhere."
            continue
        most = _LOST_AT_MOST if code in LOST else _NOTES_AT_MOST
        yield from (f"Note, {code}: {issue.source}: {issue.message}" for issue in found[:most])
        if len(found) > most:
            yield f"Note, {code}: ... and {len(found) - most} more; --json lists them all."


def _write_table(rows: Sequence[Row]) -> None:
    # rich takes a tenth of a second to import: only a table on a screen pays for it
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    cells = [_cells(row) for row in rows[:_ROWS_AT_MOST]]
    widths = _fitted(cells, console.width)
    if widths is None:
        for values in cells:
            _write_block(values, console.width)
    else:
        table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
        for head, width in zip(_HEADS, widths, strict=True):
            table.add_column(head, width=width)
        for values in cells:
            table.add_row(*map(Text, values))
        console.print(table)
    if len(rows) > _ROWS_AT_MOST:
        click.echo(f"... and {len(rows) - _ROWS_AT_MOST} more; --json lists them all.")


def _cells(row: Row) -> tuple[str, ...]:
    """What the table shows of a meeting."""
    topics = row.topics.split(", ")
    more = " …" if len(topics) > _TOPICS_AT_MOST else ""
    kind = row.series.replace("-", " ") if row.series in MEETING_KINDS else row.series
    if row.status not in ("", "held"):
        kind += f" ({row.status})"
    date = row.date.replace(" –", "\N{NO-BREAK SPACE}–")
    return date, row.place, kind, row.led_by, ", ".join(topics[:_TOPICS_AT_MOST]) + more


def _fitted(cells: Sequence[Sequence[str]], total: int) -> list[int] | None:
    """The widths of columns in which no word is broken; None where the screen is too narrow.

    Every column gets room for its longest word, then those that want least more get it first.
    """
    columns = list(zip(_HEADS, *cells, strict=True))
    widths = [max(len(word) for cell in c for word in cell.split(" ")) for c in columns]
    wanted = [
        min(most, max(map(len, column))) for most, column in zip(_WIDTHS, columns, strict=True)
    ]
    room = total - _BETWEEN * (len(columns) - 1) - sum(widths)
    if room < 0:
        return None
    lacking = sorted(
        (max(0, w - have), at) for at, (w, have) in enumerate(zip(wanted, widths, strict=True))
    )
    for place, (lack, at) in enumerate(lacking):
        given = min(lack, room // (len(lacking) - place))
        widths[at] += given
        room -= given
    return widths


def _write_block(values: Sequence[str], width: int) -> None:
    """One meeting on a narrow screen: a line of when, where and what, then the rest below it."""
    from textwrap import wrap

    date, place, kind, led_by, topics = values
    click.echo("\n".join(wrap("  ".join(v for v in (date, place, kind) if v), width)))
    for head, words in ((_HEADS[3], led_by), (_HEADS[4], topics)):
        if words:
            lines = wrap(f"{head}: {words}", width, initial_indent="  ", subsequent_indent="    ")
            click.echo("\n".join(lines))
    click.echo()

"""What a build tells a person, or a machine, at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click
import msgspec

from uscuba_kg.ingest import LOST
from uscuba_kg.model import (
    Claim,
    Issue,
    Knowledge,
    Label,
    PartialDate,
    Predicate,
    Ref,
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


class Row(msgspec.Struct, frozen=True):
    """One meeting in the table: plain words, empty where nothing is known."""

    iri_key: str
    date: str
    place: str
    series: str
    led_by: str
    topics: str
    status: str
    sources: int


def meeting_rows(knowledge: Knowledge) -> list[Row]:
    """The meetings in the order of their dates, in words."""
    labels = {t.ref: min(t.labels, key=_naming).text for t in knowledge.things if t.labels}
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


def _naming(label: Label) -> tuple[bool, str]:
    """Preferred names first, then the languages in a fixed order."""
    return label.rank != "preferred", label.language


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
        series=", ".join(series) or kinds.get(ref, "meeting"),
        led_by=", ".join(sorted(set(chairs))),
        topics=", ".join(sorted(_names(_values(claims, Predicate.ABOUT), labels))),
        status=status[0] if status else "",
        sources=sources,
    )


def _values(claims: Iterable[Claim], predicate: Predicate) -> list[object]:
    return list(dict.fromkeys(c.object for c in claims if c.predicate == predicate))


def _names(values: Iterable[object], labels: dict[Ref, str]) -> list[str]:
    return [labels.get(v, v.key) for v in values if isinstance(v, Ref)]


def _counts(result: Build) -> dict[str, int]:
    kinds = Counter(t.ref.kind for t in result.knowledge.things)
    return {
        "articles": len(result.knowledge.articles),
        "meetings": kinds[ThingKind.MEETING],
        "people": kinds[ThingKind.PERSON],
        "bodies": kinds[ThingKind.ORGANIZATION],
        "agreements": kinds[ThingKind.AGREEMENT],
        "statements": kinds[ThingKind.STATEMENT],
        "claims": len(result.knowledge.claims),
        "triples": len(result.triples),
    }


def summary_json(result: Build, output: Path | None) -> str:
    """The summary for machines; ``output`` is None where nothing was written."""
    report = result.report
    return msgspec.json.encode(
        {
            "output": None if output is None else str(output),
            **_counts(result),
            "table": meeting_rows(result.knowledge),
            "issues": [
                {"code": i.code, "source": i.source, "message": i.message} for i in result.issues
            ],
            "conforms": None if report is None else report.conforms,
            "findings": [] if report is None else list(report.findings),
        }
    ).decode()


def write_summary(result: Build, output: Path) -> None:
    """The summary for people, on standard output."""
    rows = meeting_rows(result.knowledge)
    if rows:
        _write_table(rows)
    counts = _counts(result)
    parts = {name: _counted(number, name) for name, number in counts.items()}
    click.echo(
        "{articles}: {meetings}, {people}, {bodies}, {agreements}, {statements}; {claims}, "
        "{triples}.".format(**parts)
    )
    for line in _notes(result.issues):
        click.echo(line)
    if result.report is not None:
        found = len(result.report.findings)
        verdict = "conforms to its shapes" if result.report.conforms else "breaks its shapes"
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


def _write_table(rows: list[Row]) -> None:
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

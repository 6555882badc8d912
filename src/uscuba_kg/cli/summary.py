"""What a build tells a person, or a machine, at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from uscuba_kg.model import Claim, Knowledge, Label, PartialDate, Predicate, Ref, Role, ThingKind
from uscuba_kg.pipeline import Build

_ROWS_AT_MOST = 40
_TOPICS_AT_MOST = 4
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


def summary_json(result: Build, output: Path) -> str:
    """The summary for machines."""
    report = result.report
    return msgspec.json.encode(
        {
            "output": str(output),
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
    click.echo(
        "{articles} articles: {meetings} meetings, {people} people, {bodies} bodies, "
        "{agreements} agreements, {statements} statements; {claims} claims, "
        "{triples} triples.".format(**counts)
    )
    for code, number in sorted(Counter(i.code for i in result.issues).items()):
        first = next(i for i in result.issues if i.code == code)
        more = f" (and {number - 1} more)" if number > 1 else ""
        click.echo(f"Note, {code}: {first.source}: {first.message}{more}")
    if result.report is not None:
        found = len(result.report.findings)
        verdict = "conforms to its shapes" if result.report.conforms else "breaks its shapes"
        click.echo(f"The graph {verdict}" + (f" ({found} findings)." if found else "."))
    click.echo(f"Written to {output}")


def _write_table(rows: list[Row]) -> None:
    # rich takes a tenth of a second to import: only a table on a screen pays for it
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for head, width in zip(_HEADS, _WIDTHS, strict=True):
        table.add_column(head, max_width=width, overflow="fold")
    for row in rows[:_ROWS_AT_MOST]:
        topics = row.topics.split(", ")
        shown = ", ".join(topics[:_TOPICS_AT_MOST]) + (
            " …" if len(topics) > _TOPICS_AT_MOST else ""
        )
        kind = row.series if row.status in ("", "held") else f"{row.series} ({row.status})"
        table.add_row(row.date, row.place, kind, row.led_by, shown)
    console = Console()
    console.print(table)
    if len(rows) > _ROWS_AT_MOST:
        click.echo(f"... and {len(rows) - _ROWS_AT_MOST} more; --json lists them all.")

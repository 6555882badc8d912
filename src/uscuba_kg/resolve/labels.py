"""Names for meetings and agreements, composed of what is known, in all tongues of ``labels.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from uscuba_kg.model import DateRange, Label, PartialDate


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, Any]]:
    with Path(__file__).with_name("labels.toml").open("rb") as file:
        return tomllib.load(file)


def date_words(dates: DateRange, language: str) -> str:
    """A date or range as a person writes it: ``18–19 January 2023``."""
    table = _tables()[language]
    start, end = dates.start, dates.end

    def filled(form: str, date: PartialDate, last: PartialDate | None = None) -> str:
        month = table["months"][date.month - 1] if date.month else ""
        return str(table[form]).format(
            d=date.day, d2=last.day if last else "", month=month, y=date.year
        )

    def one(date: PartialDate) -> str:
        if date.month is None:
            return str(date.year)
        if date.day is None:
            return filled("month", date)
        return filled("yearless" if date.year is None else "day", date)

    if start == end:
        return one(start)
    if (start.year, start.month) == (end.year, end.month) and start.day and end.day:
        return filled("yearless_days" if start.year is None else "days", start, end)
    return one(start) + str(table["between"]) + one(end)


def meeting_labels(
    kind: str,
    series: Sequence[Label],
    dates: DateRange | None,
    place: Sequence[Label],
) -> tuple[Label, ...]:
    """The labels of a meeting: its series or kind, its days, its place."""
    made = []
    for language, table in sorted(_tables().items()):
        parts = [_in(series, language) or str(table["kinds"].get(kind, table["kinds"]["meeting"]))]
        if dates is not None:
            parts.append(date_words(dates, language))
        where = _in(place, language)
        if where:
            parts.append(where)
        made.append(Label(", ".join(parts), language))
    return tuple(made)


def agreement_labels(
    sort: str | None, name: str, language: str, signed: PartialDate | None
) -> tuple[Label, ...]:
    """The labels of an agreement: what it is and its day where it has no name of its own."""
    own = capitalised(name)
    tables = sorted(_tables().items())
    if sort is None or any(sort not in table["agreements"] for _, table in tables):
        return (Label(own, language),)
    made = []
    for tongue, table in tables:
        words = str(table["agreements"][sort])
        if signed is not None:
            words += f", {date_words(DateRange(signed, signed), tongue)}"
        made.append(Label(words, tongue))
    return (*made, Label(own, language, "alternative"))


def part_labels(who: Sequence[Label], meeting: Sequence[Label]) -> tuple[Label, ...]:
    """The labels of one's part in a meeting: one's own names, each with the meeting's."""
    return tuple(
        Label(f"{label.text} ({_in(meeting, label.language)})", label.language)
        for label in who
        if label.rank == "preferred"
    )


def capitalised(name: str) -> str:
    """A name with a capital at its beginning, as a label has it."""
    return name[:1].upper() + name[1:]


def _in(labels: Sequence[Label], language: str) -> str:
    """The preferred label in a language, else in any."""
    preferred: Mapping[str, str] = {
        label.language: label.text for label in reversed(labels) if label.rank == "preferred"
    }
    return preferred.get(language) or next(iter(preferred.values()), "")

"""The authority files as rows: header, ids, dates and references checked before anything is read.

A column whose name ends in a language (``label_en``, ``alternates_es``) holds names in that
language, several of them with ``|`` between; which languages there are is for the header to say.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from uscuba_kg.errors import SeedError
from uscuba_kg.model import Label, PartialDate, ThingKind

_RANKS = {"label": "preferred", "alternates": "alternative", "hidden": "hidden"}
_SPOKEN = re.compile(r"(label|alternates|hidden|demonyms)_([a-z]{2,3})")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_WIKIDATA = re.compile(r"(?:Q[1-9]\d*)?")
_DATED = frozenset({"valid_from", "valid_to"})


class Table(msgspec.Struct, frozen=True):
    """What one file holds: the kind of its rows and its columns beside those for names."""

    file: str
    kind: ThingKind
    columns: frozenset[str]


ENTRY_TABLES = (
    Table("states.csv", ThingKind.STATE, frozenset({"id", "wikidata", "source"}) | _DATED),
    Table(
        "places.csv",
        ThingKind.PLACE,
        frozenset({"id", "kind", "parent", "state", "wikidata", "source"}),
    ),
    Table(
        "organizations.csv",
        ThingKind.ORGANIZATION,
        frozenset({"id", "kind", "parent", "state", "wikidata", "source"}) | _DATED,
    ),
    Table("people.csv", ThingKind.PERSON, frozenset({"id", "state", "wikidata", "source"})),
    Table("series.csv", ThingKind.SERIES, frozenset({"id", "kind", "topics", "source"}) | _DATED),
    Table("agreements.csv", ThingKind.AGREEMENT, frozenset({"id", "source"}) | _DATED),
)
TITLE_COLUMNS = frozenset({"id", "source"})
POST_COLUMNS = frozenset({"person", "body", "start", "end", "source"})
OUTLET_COLUMNS = frozenset({"id", "domains", "state", "official", "source"})


class Row(msgspec.Struct, frozen=True):
    """One line of a file, by column, and where it stands.

    ``spoken`` lists the columns that hold names, each with its field and its language.
    """

    place: str
    cells: dict[str, str]
    spoken: tuple[tuple[str, str, str], ...]

    def get(self, column: str) -> str | None:
        """Give a cell, ``None`` where it is empty or the column is not there."""
        return self.cells.get(column) or None

    def key(self, column: str) -> str:
        """Give an id that the row cannot do without."""
        text = self.cells.get(column, "")
        if not _ID.fullmatch(text):
            raise SeedError(
                f"{column} {text!r} is not an id",
                place=self.place,
                remedy="Use small letters, digits and single hyphens, as in 'state-department'.",
            )
        return text

    def wikidata(self) -> str | None:
        """Give the Wikidata id, if there is one."""
        text = self.cells.get("wikidata", "")
        if not _WIKIDATA.fullmatch(text):
            raise SeedError(
                f"wikidata {text!r} is not an item",
                place=self.place,
                remedy="Write the item's id, such as Q241, or leave the cell empty.",
            )
        return text or None

    def date(self, column: str) -> PartialDate | None:
        """Give a date as precise as the cell, ``None`` where it is empty."""
        text = self.cells.get(column, "")
        if not text:
            return None
        match = _DATE.fullmatch(text)
        if match:
            date = PartialDate(*(int(part) if part else None for part in match.groups()))
            try:
                date.last_day()
            except ValueError:
                pass
            else:
                return date
        raise SeedError(
            f"{column} {text!r} is not a date",
            place=self.place,
            remedy="Write YYYY, YYYY-MM or YYYY-MM-DD, no more than is known; empty means unknown.",
        )

    def period(self, first: str, last: str) -> tuple[PartialDate | None, PartialDate | None]:
        """Give two dates of which the second must not end before the first begins."""
        start, end = self.date(first), self.date(last)
        if start and end:
            opens, closes = start.first_day(), end.last_day()
            if opens and closes and closes < opens:
                raise SeedError(
                    f"{last} {end.lexical} lies before {first} {start.lexical}",
                    place=self.place,
                    remedy="Exchange or correct the two dates.",
                )
        return start, end

    def labels(self) -> tuple[Label, ...]:
        """Give the names in all languages; the preferred ones come first."""
        found = [
            Label(text, language, rank)
            for field, rank in _RANKS.items()
            for language, text in self._names(field)
        ]
        if not found or found[0].rank != "preferred":
            raise SeedError(
                "there is no label", place=self.place, remedy="Fill in at least one label column."
            )
        return tuple(found)

    def demonyms(self) -> tuple[Label, ...]:
        """Give the adjectives of a state."""
        return tuple(Label(text, language) for language, text in self._names("demonyms"))

    def _names(self, wanted: str) -> Iterator[tuple[str, str]]:
        for column, field, language in self.spoken:
            cell = self.cells[column]
            if field != wanted or not cell:
                continue
            for text in cell.split("|"):
                if not text or text != text.strip():
                    raise SeedError(
                        f"{column} holds an empty name or stray white space: {text!r}",
                        place=self.place,
                        remedy="Separate names by a single | and nothing else.",
                    )
                yield language, text


def read_rows(path: Path, columns: frozenset[str]) -> list[Row]:
    """Read one authority file; its header may name ``columns`` and the columns for names."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            _check_header(path, header, columns)
            spoken = tuple((m[0], m[1], m[2]) for c in header if (m := _SPOKEN.fullmatch(c)))
            return [
                Row(
                    f"{path}:{reader.line_num}",
                    _cells(path, reader.line_num, header, cells),
                    spoken,
                )
                for cells in reader
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SeedError(
            f"the file cannot be read: {error}",
            place=str(path),
            remedy="It must be CSV in UTF-8 with a header row.",
        ) from error


def _check_header(path: Path, header: list[str], columns: frozenset[str]) -> None:
    for column in header:
        if column not in columns and not _SPOKEN.fullmatch(column):
            raise SeedError(
                f"unknown column {column!r}",
                place=f"{path}:1",
                remedy="Known are " + ", ".join(sorted(columns)) + ", and label_, alternates_, "
                "hidden_ and demonyms_ with a language: label_en.",
            )
    if len(set(header)) != len(header):
        raise SeedError(
            "a column stands twice in the header",
            place=f"{path}:1",
            remedy="Put all names of one language into one column, with | between.",
        )


def _cells(path: Path, line: int, header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise SeedError(
            f"{len(cells)} cells under {len(header)} columns",
            place=f"{path}:{line}",
            remedy="Put a cell that holds a comma between quotation marks.",
        )
    return dict(zip(header, cells, strict=True))

"""Annotated articles as values: ``ID.json`` beside ``ID.txt`` (docs/gold.md says what they hold)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from uscuba_kg.errors import InputError

_GIVEN = ("title", "url", "publisher", "published", "language")
_REMEDY = "docs/gold.md says what an annotation holds."

Names = tuple[str, ...]
"""All names under which a reader would accept a thing, the fullest first."""


class About(msgspec.Struct, frozen=True):
    """The article; what is known of it is handed to the reader only where ``metadata_given``."""

    id: str
    language: str
    metadata_given: bool
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None


class Participant(msgspec.Struct, frozen=True):
    """Somebody who took part."""

    name: Names
    type: Literal["person", "organization"]
    side: str | None = None
    role: Literal["chair", "host", "member"] | None = None


class Meeting(msgspec.Struct, frozen=True):
    """One encounter of the two sides, with its status as of the article."""

    kind: str
    series: Names
    ordinal: int | None
    start: str | None
    end: str | None
    place: Names
    states: Names
    status: Literal["held", "planned", "cancelled"]
    participants: tuple[Participant, ...]
    topics: Names
    key: str = ""


class Position(msgspec.Struct, frozen=True):
    """A post that the text gives to somebody."""

    person: Names
    position: Names
    organization: Names = ()
    side: str | None = None


class Unit(msgspec.Struct, frozen=True):
    """A body and the one that it is a part of."""

    unit: Names
    parent: Names


class Agreement(msgspec.Struct, frozen=True):
    """An accord that binds both sides."""

    name: Names
    parties: tuple[Names, ...] = ()
    date: str | None = None


class Utterance(msgspec.Struct, frozen=True):
    """Direct or reported speech; ``cue`` holds its first words."""

    speaker: Names
    speaker_type: Literal["person", "organization", "state", "unnamed"]
    cue: str
    side: str | None = None
    about: Names = ()


class Annotation(msgspec.Struct, frozen=True):
    """What a careful reader learns from one article."""

    article: About
    meetings: tuple[Meeting, ...]
    positions: tuple[Position, ...]
    units: tuple[Unit, ...]
    agreements: tuple[Agreement, ...]
    statements: tuple[Utterance, ...]
    negatives: tuple[str, ...] = ()


class GoldArticle(msgspec.Struct, frozen=True):
    """A text, the file of its annotation, and the annotation."""

    path: Path
    text: str
    annotation: Annotation

    @property
    def half(self) -> int:
        """The half of the gold set that it belongs to: 0 or 1, the parity of its id's SHA-1."""
        digest = hashlib.sha1(self.path.stem.encode(), usedforsecurity=False).digest()
        return digest[-1] % 2

    def given(self) -> str:
        """What the reader is given: the text, under front matter where metadata are given."""
        about = self.annotation.article
        if not about.metadata_given:
            return self.text
        head = [
            f"{key}: {value if key == 'published' else json.dumps(value, ensure_ascii=False)}\n"
            for key in _GIVEN
            if (value := getattr(about, key))
        ]
        return f"---\n{''.join(head)}---\n{self.text}"


def is_annotated(place: Path) -> bool:
    """Tell whether a place is an annotation or a folder with some in or below it."""
    return place.suffix == ".json" or any(place.rglob("*.json"))


def annotation_files(places: Iterable[Path]) -> list[Path]:
    """Give the annotations at some places, sorted: files themselves, folders with all below them.

    Raises InputError for a place that is not there or holds no annotation.
    """
    found: set[Path] = set()
    for place in places:
        files = set(place.rglob("*.json")) if place.is_dir() else {place}
        if not place.exists():
            raise InputError("no such file or folder", place=str(place))
        if not files:
            raise InputError(
                "there are no annotated articles here",
                place=str(place),
                remedy=f"Name a folder that holds ID.json beside ID.txt; {_REMEDY}",
            )
        found |= files
    return sorted(found)


def read_gold(places: Sequence[Path]) -> list[GoldArticle]:
    """Read all annotated articles at some places, by path.

    Raises InputError, before anything is measured, for a place without annotations, an annotation
    that is not well-formed, and one whose text is not beside it.
    """
    return [_article(path) for path in annotation_files(places)]


def _article(path: Path) -> GoldArticle:
    try:
        annotation = msgspec.json.decode(_read(path), type=Annotation)
    except msgspec.DecodeError as error:  # a value of a wrong kind, too
        raise InputError(f"not an annotation: {error}", place=str(path), remedy=_REMEDY) from error
    text = path.with_suffix(".txt")
    if not text.exists():
        raise InputError(
            "the text of this annotation is missing",
            place=str(path),
            remedy=f"Put it beside the annotation as {text.name}.",
        )
    return GoldArticle(path, _read(text), annotation)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except ValueError as error:
        raise InputError(
            "this is not UTF-8", place=str(path), remedy="Save the file as UTF-8."
        ) from error

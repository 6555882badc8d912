"""What is known about an article beside its text: front matter, and the keys of a JSON object.

The keys are title, url, publisher, published, language, retold and source; each may be missing,
others are ignored. A value that cannot be used is dropped with a complaint, never guessed at.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from uscuba_kg.ingest.decoding import is_text, repair
from uscuba_kg.model import DateOrigin, PartialDate

_FENCE = re.compile(r"---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|\n|\Z)")
_LIKE_METADATA = re.compile(r"(?:(?:[A-Za-z_][\w-]*[ \t]*:(?:[ \t].*)?|[ \t#-].*)(?:\n|\Z))*")
_LONGEST_BLOCK = 20_000
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TIME = re.compile(r"[T ]\d{2}:\d{2}[\d:.,]*\s*(?:Z|[+-]\d{2}:?\d{2})?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-_]+)?")
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)
_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Metadata(msgspec.Struct, frozen=True):
    """What metadata say of an article; what they do not say is ``None``."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    retold: bool = False
    dated_by: DateOrigin | None = None


class Complaint(msgspec.Struct, frozen=True):
    """Something wrong with metadata: an Issue without its file; ``line`` counts in the text."""

    code: str
    message: str
    line: int | None = None


def parse_date(text: str) -> PartialDate | None:
    """Read YYYY, YYYY-MM, YYYY-MM-DD or an ISO date and time; ``None`` if it is none of these.

    >>> parse_date("2023-01-20T14:05:00Z")
    PartialDate(year=2023, month=1, day=20)
    """
    found = _DATE.match(text.strip())
    if found is None:
        return None
    rest = text.strip()[found.end() :]
    if rest and not (found[3] and _TIME.fullmatch(rest)):
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        dt.date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _language(text: str) -> str | None:
    found = _LANGUAGE.fullmatch(text)
    return found[1].lower() if found else None


def _url(text: str) -> str | None:
    return text if _URL.fullmatch(text) else None


def _words(text: str) -> str | None:
    return " ".join(repair(text).split()) if is_text(text) else None


_READERS: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("title", _words, "a line of text"),
    ("url", _url, "an http or https address"),
    ("publisher", _words, "a name"),
    ("published", parse_date, "YYYY, YYYY-MM, YYYY-MM-DD or an ISO date and time"),
    ("language", _language, "a language tag such as en or es"),
    ("retold", lambda text: _TRUTH.get(text.lower()), "true or false"),
)


def metadata_of(values: Mapping[str, Any]) -> tuple[Metadata, tuple[Complaint, ...]]:
    """Read the known keys of ``values``; each one that cannot be read is a complaint.

    ``source`` is the address of what a text retells; it stands in for a missing ``url``.
    """
    found: dict[str, Any] = {}
    complaints = []
    for key, read, wanted in _READERS:
        written = _scalar(values.get(key))
        if written == "":
            continue
        value = read(written) if written is not None else None
        if value is not None:
            found[key] = value
            continue
        complaints.append(
            Complaint("metadata", f"{key} is not {wanted}; it is left out. Write {wanted}.")
        )
    source = _scalar(values.get("source"))
    if "url" not in found and source and (address := _url(source)):
        found["url"] = address
    if "published" in found:
        found["dated_by"] = DateOrigin.METADATA
    return Metadata(**found), tuple(complaints)


def _scalar(value: object) -> str | None:
    """The value as it would be written; "" for none, ``None`` for a list or an object."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() if isinstance(value, str | int | float) else None


def split_front_matter(text: str) -> tuple[str, Metadata, tuple[Complaint, ...]]:
    """Part a text from the YAML block it opens with; broken blocks are dropped with a complaint.

    A text that opens with a ruler and not with ``key:`` has no front matter.
    """
    opening = _FENCE.match(text)
    if opening is None or not _KEY.match(text, opening.end()):
        return text, Metadata(), ()
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST_BLOCK)
    if closing is None:
        end = _LIKE_METADATA.match(text, opening.end())
        complaint = Complaint(
            "front-matter",
            "the front matter has no closing line; the article is read without it. "
            "Close it with ---",
            1,
        )
        return text[end.end() if end else opening.end() :].lstrip("\n"), Metadata(), (complaint,)
    body = text[closing.end() :].lstrip("\n")
    metadata, complaints = _front_matter(text[opening.end() : closing.start()])
    return body, metadata, complaints


def _front_matter(block: str) -> tuple[Metadata, tuple[Complaint, ...]]:
    import yaml  # most articles have no front matter

    try:
        # every scalar stays the string that was written: no date or number is made of it
        values = yaml.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "this is not YAML"
        return Metadata(), (_broken(problem, mark.line + 2 if mark else 1),)
    except RecursionError:
        return Metadata(), (_broken("too deeply nested", 1),)
    if not isinstance(values, dict):
        return Metadata(), (_broken("these are not keys and values", 2),)
    metadata, complaints = metadata_of({str(k): v for k, v in values.items() if k in _KNOWN})
    return metadata, tuple(
        msgspec.structs.replace(c, line=_line_of(block, c.message.split()[0])) for c in complaints
    )


_KNOWN = frozenset(key for key, _, _ in _READERS) | {"source"}


def _broken(problem: str, line: int) -> Complaint:
    return Complaint(
        "front-matter",
        f"the front matter cannot be read: {problem}; the article is read without it. "
        "Write one key: value on each line, values with a colon in quotation marks.",
        line,
    )


def _line_of(block: str, key: str) -> int:
    found = re.search(rf"^['\"]?{re.escape(key)}['\"]?[ \t]*:", block, re.MULTILINE)
    return block.count("\n", 0, found.start()) + 2 if found else 1

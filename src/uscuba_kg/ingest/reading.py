"""Sources to articles, by their format.

An article that cannot be read becomes an Issue and never an exception. The codes: ``unreadable``,
``too-large``, ``empty``, ``not-text``, ``encoding``, ``front-matter``, ``metadata``, ``json``,
``web-support``, ``language``, ``crawl``.
"""

from __future__ import annotations

import codecs
import gzip
import io
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, cast

from uscuba_kg.ingest.decoding import decode, is_text, repair, with_line_feeds
from uscuba_kg.ingest.drafts import (
    Draft,
    articles_of,
    complaints_of,
    empty,
    not_text,
    page_articles,
)
from uscuba_kg.ingest.funnel import fates
from uscuba_kg.ingest.jsonl import Line, as_utf8, lines_of, parse_object
from uscuba_kg.ingest.metadata import metadata_of, split_front_matter
from uscuba_kg.ingest.places import web_address
from uscuba_kg.ingest.sources import (
    ENDINGS,
    MAX_BYTES,
    STDIN,
    WARC,
    Source,
    ending_of,
    is_packed,
    list_inputs,
    opened,
    shown,
    span_of,
)
from uscuba_kg.ingest.spans import Span
from uscuba_kg.ingest.tally import Fates, note_of
from uscuba_kg.ingest.warc import INSTALL, BrokenArchiveError
from uscuba_kg.model import Article, Issue

_HTML = (".html", ".htm")
_BAD_LINES = 3

LOST = frozenset({
    "empty", "json", "language", "not-text", "too-large", "unreadable", "web-support",
})  # fmt: skip
"""The codes of issues that cost the article, or the line, that they tell of."""


def read(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Article | Issue]:
    """Read files, folders and ``-``, one article or issue after another, sorted by path.

    Raises InputError where no path of them exists, at once and not when iterated.
    """
    sources = list_inputs(paths)
    return (item for source in sources for item in _items(source, stdin))


def read_source(
    source: Source, stdin: BinaryIO | None = None, content: bytes | None = None
) -> tuple[tuple[Article, ...], tuple[Issue, ...]]:
    """Read one source; ``-`` is read from ``stdin``, or from the process's own.

    ``content`` are the bytes of the source (:func:`content_of`) where they are at hand already.
    """
    items = tuple(_items(source, stdin, content))
    return (
        tuple(item for item in items if isinstance(item, Article)),
        tuple(item for item in items if isinstance(item, Issue)),
    )


def _items(
    source: Source, stdin: BinaryIO | None, content: bytes | None = None
) -> Iterator[Article | Issue]:
    name = shown(source.path)
    if source.path == STDIN:
        yield from _stream(stdin if stdin is not None else sys.stdin.buffer, name)
        return
    try:
        with opened(source) if content is None else io.BytesIO(content) as file:
            yield from _file(cast("BinaryIO", file), name, source)
    except (OSError, ValueError, EOFError, zlib.error) as error:
        yield _unreadable(name, error)


def _file(file: BinaryIO, name: str, source: Source) -> Iterator[Article | Issue]:
    ending = ending_of(source.path)
    if ending == WARC:
        yield from _archive(file, name, span_of(source))
        return
    if is_packed(source.path) and source.size is None:
        file = cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb"))
    if ending == ".jsonl":
        yield from _line_range(file, name, source)
    elif ending in ENDINGS:
        yield from _document(file.read(MAX_BYTES + 1), name, html=ending in _HTML)
    else:
        yield from _stream(file, name)


def _archive(file: BinaryIO, name: str, span: Span | None) -> Iterator[Article | Issue]:
    """Read the articles in a web archive; what was not taken is counted in one issue."""
    stopped: Fates = Counter()
    try:
        for fate in fates(file, name, span):
            stopped[fate.stopped] += 1
            yield from fate.articles
            yield from (i for i in fate.issues if fate.stopped is None or i.code == "web-support")
    except ImportError as error:
        yield Issue("web-support", name, f"web archives need FastWARC ({error}). {INSTALL}")
        return
    except BrokenArchiveError as error:
        where = f" from byte {span.start:,} on" if span is not None and span.start else ""
        pages = f"{stopped.total():,} pages{where}"
        message = f"it cannot be read on after {pages} ({error}); fetch it again."
        yield Issue("unreadable", name, message)
    if span is not None or stopped.total() > stopped[None]:
        yield note_of(name, stopped)


def _line_range(file: BinaryIO, name: str, source: Source) -> Iterator[Article | Issue]:
    if source.size == 0:
        yield empty(name)
    elif source.size is None:
        yield from _records(lines_of(as_utf8(file)), name)
    else:
        yield from _records(lines_of(file, source.first_line, source.size), name)


def _stream(stream: BinaryIO, name: str) -> Iterator[Article | Issue]:
    """Read what has no ending that tells its format: HTML by its <, JSON Lines by its {."""
    blank, line = b"", stream.readline(MAX_BYTES + 1)
    while line and not line.strip() and len(blank) <= MAX_BYTES:
        blank += line
        line = stream.readline(MAX_BYTES + 1)
    sign = line.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if sign == b"{":
        lines = lines_of(stream, blank.count(b"\n") + 1, head=line)
        yield from _records(lines, name)
        return
    read = blank + line
    data = read + stream.read(max(MAX_BYTES + 1 - len(read), 0))
    yield from _document(data, name, html=sign == b"<")


def _records(lines: Iterable[Line], name: str) -> Iterator[Article | Issue]:
    """Read JSON Lines; of many lines that are none, the first are told one by one."""
    bad = last = 0
    for line in lines:
        place = f"{name}:{line.number}"
        if line.data is None:
            yield _too_large(place)
            continue
        values, wrong = parse_object(line.data)
        if values is not None:
            yield from _record(values, place)
            continue
        bad, last = bad + 1, line.number
        if bad <= _BAD_LINES:
            yield Issue("json", place, f"{wrong}; write one JSON object on each line.")
    if bad > _BAD_LINES:
        message = f"{bad - _BAD_LINES} more lines up to line {last} are no JSON objects either."
        yield Issue("json", name, message)


def _record(values: dict[str, Any], place: str) -> Iterator[Article | Issue]:
    text = values.get("text")
    if not isinstance(text, str):
        yield Issue("json", place, 'the key "text" is missing; put the text of the article there.')
        return
    if not is_text(text):
        yield not_text(place)
        return
    metadata, complaints = metadata_of(values)
    yield from complaints_of(complaints, place)
    yield from articles_of(Draft(place, repair(with_line_feeds(text)), metadata))


def _document(data: bytes, name: str, *, html: bool) -> Iterator[Article | Issue]:
    """Read one whole file: a text with its front matter, or a web page."""
    if len(data) > MAX_BYTES:
        yield _too_large(name)
        return
    decoded = decode(data, html=html)
    if decoded is None:
        yield not_text(name)
        return
    if decoded.guessed:
        yield Issue("encoding", name, "it is not UTF-8 and was read as cp1252; save it as UTF-8.")
    if decoded.repaired:
        yield Issue(
            "encoding",
            name,
            "it was UTF-8 read in a wrong encoding and was repaired; save it as UTF-8.",
        )
    if not html:
        text, metadata, complaints = split_front_matter(decoded.text)
        yield from complaints_of(complaints, name)
        yield from articles_of(Draft(name, text, metadata))
        return
    yield from page_articles(decoded.text, name, web_address(name))


def _unreadable(source: str, error: Exception) -> Issue:
    reason = getattr(error, "strerror", None) or str(error)
    if isinstance(error, FileNotFoundError):
        return Issue("unreadable", source, "there is no such file or folder; see to its name.")
    if isinstance(error, IsADirectoryError):
        endings = ", ".join(ENDINGS)
        message = f"this folder holds no articles, files that end in {endings}; leave it out."
        return Issue("unreadable", source, message)
    if isinstance(error, PermissionError):
        return Issue("unreadable", source, f"it cannot be read ({reason}); see to its permissions.")
    return Issue("unreadable", source, f"it cannot be read ({reason}); mend it or leave it out.")


def _too_large(source: str) -> Issue:
    limit = MAX_BYTES // 1_000_000
    return Issue("too-large", source, f"it is larger than {limit} MB; split it into articles.")

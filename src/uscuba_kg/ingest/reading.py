"""Sources to articles: what every article goes through, whatever its format.

An article that cannot be read becomes an Issue and never an exception. The codes: ``unreadable``,
``too-large``, ``empty``, ``not-text``, ``encoding``, ``front-matter``, ``metadata``, ``json``,
``web-support``, ``language``.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from uscuba_kg.ingest.decoding import decode, is_text, repair, with_line_feeds
from uscuba_kg.ingest.html import INSTALL, WebSupportMissingError, read_page
from uscuba_kg.ingest.jsonl import Line, as_utf8, lines_of, parse_object
from uscuba_kg.ingest.layout import Layout, layout_of, posts_of
from uscuba_kg.ingest.metadata import Complaint, Metadata, metadata_of, split_front_matter
from uscuba_kg.ingest.pagewords import detect_language, page_words
from uscuba_kg.ingest.sources import ENDINGS, MAX_BYTES, STDIN, Source, list_inputs, shown
from uscuba_kg.model import Article, Issue

_HTML = (".html", ".htm")
_BAD_LINES = 3

MAX_CHARACTERS = 10_000_000
"""The longest article, some fifteen thick books: the memory to read one grows with it."""


class _Draft(msgspec.Struct, frozen=True):
    """A text before it is looked at as a page; ``declared`` is a language only to fall back on."""

    source: str
    text: str
    metadata: Metadata = Metadata()
    declared: str | None = None


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
    ending = Path(source.path).suffix.lower()
    try:
        with Path(source.path).open("rb") if content is None else io.BytesIO(content) as file:
            if content is None and source.offset:  # a pipe begins at its beginning
                file.seek(source.offset)
            if ending == ".jsonl":
                yield from _line_range(file, name, source)
            elif ending in ENDINGS:
                yield from _document(file.read(MAX_BYTES + 1), name, html=ending in _HTML)
            else:
                yield from _stream(file, name)
    except (OSError, ValueError) as error:
        yield _unreadable(name, error)


def _line_range(file: BinaryIO, name: str, source: Source) -> Iterator[Article | Issue]:
    if source.size == 0:
        yield _empty(name)
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
        yield _not_text(place)
        return
    metadata, complaints = metadata_of(values)
    yield from _issues(complaints, place)
    yield from _articles(_Draft(place, repair(with_line_feeds(text)), metadata))


def _document(data: bytes, name: str, *, html: bool) -> Iterator[Article | Issue]:
    """Read one whole file: a text with its front matter, or a web page."""
    if len(data) > MAX_BYTES:
        yield _too_large(name)
        return
    decoded = decode(data, html=html)
    if decoded is None:
        yield _not_text(name)
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
        yield from _issues(complaints, name)
        yield from _articles(_Draft(name, text, metadata))
        return
    try:
        page = read_page(decoded.text) if decoded.text.strip() else None
    except WebSupportMissingError as error:
        yield Issue("web-support", name, f"web pages need trafilatura ({error}). {INSTALL}")
        return
    if page is None:
        yield Issue("empty", name, "no article was found on this page; leave it out.")
        return
    yield from _articles(_Draft(name, page.text, page.metadata, page.declared))


def _articles(draft: _Draft) -> Iterator[Article | Issue]:
    """Give the article of a draft, or one for each of its posts."""
    if not any(map(str.isalnum, draft.text)):
        yield _empty(draft.source)
        return
    posts = posts_of(draft.text)
    if len(posts) == 1:
        yield _article(draft)
        return
    # The title and the day of a whole page are those of none of its posts.
    shared = msgspec.structs.replace(draft.metadata, title=None, published=None)
    for number, post in enumerate(posts, 1):
        source = f"{draft.source}#{number}"
        yield _article(_Draft(source, post, shared, draft.declared))


def _article(draft: _Draft) -> Article | Issue:
    if len(draft.text) > MAX_CHARACTERS:
        message = f"it is longer than {MAX_CHARACTERS:,} characters; split it into articles."
        return Issue("too-large", draft.source, message)
    metadata = draft.metadata
    layout = layout_of(draft.text, metadata.title)
    language = metadata.language or _detected(draft.text, layout) or draft.declared
    known = ", ".join(page_words())
    if language is None:
        message = f"its language was not recognised; say which in its metadata (known: {known})."
        return Issue("language", draft.source, message)
    if language not in page_words():
        message = f"there is no language pack for {language!r}; leave it out (known: {known})."
        return Issue("language", draft.source, message)
    span = layout.title
    heading = " ".join(draft.text[span.start : span.end].split()) if span else None
    return Article(
        text=draft.text,
        sha256=hashlib.sha256(draft.text.encode("utf-8")).hexdigest(),
        source=draft.source,
        language=language,
        title=metadata.title or heading,
        url=metadata.url,
        publisher=metadata.publisher,
        published=metadata.published,
        retold=metadata.retold,
        title_span=span,
        noise=layout.noise,
        footnotes=layout.footnotes,
    )


def _detected(text: str, layout: Layout) -> str | None:
    """The language of the article without the page around it, or else of all there is."""
    kept, at = [], 0
    for span in sorted((*layout.noise, *layout.footnotes)):
        kept.append(text[at : span.start])
        at = span.end
    return detect_language(" ".join([*kept, text[at:]])) or detect_language(text)


def _issues(complaints: Iterable[Complaint], source: str) -> Iterator[Issue]:
    for complaint in complaints:
        place = f"line {complaint.line}: " if complaint.line else ""
        yield Issue(complaint.code, source, place + complaint.message)


def _unreadable(source: str, error: OSError | ValueError) -> Issue:
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


def _empty(source: str) -> Issue:
    return Issue("empty", source, "it holds no text; leave it out or fill it.")


def _too_large(source: str) -> Issue:
    limit = MAX_BYTES // 1_000_000
    return Issue("too-large", source, f"it is larger than {limit} MB; split it into articles.")


def _not_text(source: str) -> Issue:
    return Issue("not-text", source, "it is no text but binary data; convert it or leave it out.")

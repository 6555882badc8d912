"""Bytes to text: byte-order mark, strict UTF-8, the charset that a page declares, cp1252.

Charset detectors garble short Spanish texts, so none is used. Text that was decoded wrongly before
it came here ("CancillerÃ­a") is repaired where the repair leaves no trace of it; everything else
is kept code point by code point, except that line ends become LF.
"""

from __future__ import annotations

import codecs
import re

import msgspec

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED_WITHIN = 4096

# What UTF-8 read as cp1252 or Latin-1 looks like: a lead byte's character with its continuations.
_SIGNS = re.compile("[ÃÂ](?![A-Za-z])|â€|â[\x80-\x82]|ðŸ|ð\x9f")
_REST = "".join(
    sorted({bytes([b]).decode("cp1252", "ignore") for b in range(0x80, 0xC0)} - {""})
    + [chr(b) for b in range(0x80, 0xC0)]
)
_REST_CLASS = f"[{re.escape(_REST)}]"
_GARBLED = re.compile(
    f"[Â-Ä]{_REST_CLASS}|â{_REST_CLASS}{{2}}|ð{_REST_CLASS}{{3}}"  # two, three and four bytes
)
_PASSES = 3

_NEVER = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_CONTROL_SHARE = 0.05


class Decoded(msgspec.Struct, frozen=True):
    """A text, and what a person should know about how it was decoded."""

    text: str
    encoding: str
    guessed: bool = False
    repaired: bool = False


def decode(data: bytes, *, html: bool = False, declared: str | None = None) -> Decoded | None:
    """Decode an article's bytes; ``None`` if they are no text at all.

    ``declared`` is the charset that came beside them, from a web server.
    """
    found = _by_mark(data) or _strictly(data, "utf-8")
    if found is None and html:
        own = _DECLARED.search(data[:_DECLARED_WITHIN])
        found = _strictly(data, own[1].decode("ascii")) if own else None
    if found is None and declared is not None:
        found = _strictly(data, declared)
    if found is None:
        found = Decoded(data.decode("cp1252", "replace"), "cp1252", guessed=True)
    if not is_text(found.text):
        return None
    text = with_line_feeds(found.text)
    clean = repair(text)
    return msgspec.structs.replace(found, text=clean, repaired=clean != text)


def with_line_feeds(text: str) -> str:
    """Give the text with LF at every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_text(text: str) -> bool:
    """Tell text from binary rubbish: no NUL, no lone surrogate, few control characters."""
    if _NEVER.search(text):
        return False
    return len(_CONTROL.findall(text)) <= _CONTROL_SHARE * len(text)


def repair(text: str) -> str:
    r"""Undo UTF-8 that was read as cp1252 or Latin-1, if that leaves no sign of it; else as it is.

    >>> repair("CancillerÃ\xada de Cuba â€œdialogÃ³â€\x9d")
    'Cancillería de Cuba “dialogó”'
    """
    fixed = text
    for _ in range(_PASSES):
        if not _SIGNS.search(fixed):
            return fixed
        fixed = _GARBLED.sub(lambda found: _decoded_again(found[0]), fixed)
    return text if _SIGNS.search(fixed) else fixed


def _decoded_again(garbled: str) -> str:
    try:
        return b"".join(map(_byte, garbled)).decode("utf-8")
    except UnicodeDecodeError:
        return garbled


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    return None


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(str(data, encoding), encoding)
    except (LookupError, ValueError):
        return None

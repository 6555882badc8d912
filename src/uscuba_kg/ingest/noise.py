"""Page noise told line by line: buttons, menus, captions, embedded posts, by-lines.

Every rule looks at one line (and its neighbour) and answers with the part of it that is noise.
Running text is never touched; a line that holds a date keeps it, since dates are read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from uscuba_kg.ingest.pagewords import Lexicon, words_of
from uscuba_kg.ingest.paragraphs import Paragraph
from uscuba_kg.model import Span

_MENU_SIGN = re.compile(r"\s*[>»›/|·•→]")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}")
_EMBEDDED = re.compile(r"(?:https?://t\.co/|\bpic\.twitter\.com/|\bpic\.x\.com/)\S*")
_SIGNATURE = re.compile(r"[—–-]+ ?[^\n]{2,80}\(@\w{1,30}\)")
_CREDIT = re.compile(r"\(([^()]{2,90})\)[.]?\Z")
_BYLINE_PLACE = re.compile(r"\|\s*")
_WORD = re.compile(r"[^\s,;/&]+")
_BOILERPLATE = 40
_CAPTION = 45
_BYLINE = 12
_POST = 80
_LINE = 1000


def line_noise(
    paragraphs: Sequence[Paragraph], at: int, lexicon: Lexicon, *, titled: bool, inside: bool
) -> Span | None:
    """The part of a paragraph that belongs to the page, judged by itself and its neighbours.

    ``titled`` says that a title stands before it; ``inside`` that running text stands on both
    sides, where no by-line is looked for.
    """
    this = paragraphs[at]
    if this.length > _POST or len(this.text) > _LINE:
        return Span(this.start, this.end) if this.is_scribble else None
    if _is_label(this, lexicon) or _is_caption(this, lexicon) or _is_embed(paragraphs, at):
        return Span(this.start, this.end)
    if is_doubled(paragraphs, at) or this.is_scribble:
        return Span(this.start, this.end)
    return None if inside else _byline(this, lexicon, titled)


def embedded_links(paragraph: Paragraph) -> Iterator[Span]:
    """The links to posts and pictures of a social network that stand inside running text."""
    if "t.co/" in paragraph.text or "pic." in paragraph.text:
        for found in _EMBEDDED.finditer(paragraph.text):
            yield Span(paragraph.start + found.start(), paragraph.start + found.end())


def is_signoff(paragraph: Paragraph, lexicon: Lexicon) -> bool:
    """Tell whether the line names who reported, edited or translated the article."""
    return paragraph.length <= _BOILERPLATE and lexicon.signoffs.starts(paragraph.words) > 0


def _is_label(this: Paragraph, lexicon: Lexicon) -> bool:
    words = this.words
    if not words or this.length > _BOILERPLATE:
        return False
    if lexicon.imprints.starts(words) or this.text.startswith("©"):
        return True
    if this.is_dateline or (this.is_prose and this.length > 25):
        return False
    if lexicon.chrome.make_up(words) or lexicon.prompts.starts(words):
        return True
    if this.text.startswith("(") and this.text.endswith(")") and is_signoff(this, lexicon):
        return True
    return _is_trail(this, lexicon) or (len(words) <= 6 and _ADDRESS.search(this.text) is not None)


def _is_trail(this: Paragraph, lexicon: Lexicon) -> bool:
    """Whether it is the way to the page ("Home > Politics > ..."), with its title cut short."""
    size = lexicon.roots.starts(this.words)
    if not size or this.is_prose:
        return False
    if lexicon.chrome.starts(this.words, size):
        return True
    ends = [found.end() for found in re.finditer(r"\w+", this.text[:80])]
    return len(ends) >= size and _MENU_SIGN.match(this.text, ends[size - 1]) is not None


def _is_caption(this: Paragraph, lexicon: Lexicon) -> bool:
    if this.length > _CAPTION or not this.words:
        return False
    if lexicon.captions.is_all(this.before_colon):
        return True
    credit = _CREDIT.search(this.text)
    if credit is None or credit.start() == 0:
        return False
    said = words_of(credit[1])
    if len(said) > 1 and lexicon.credits.is_all(said):
        return True
    names = any(word[0].isupper() for word in credit[1].split())
    return names and any(lexicon.credits.is_all((word,)) for word in said) and len(said) > 2


def _is_embed(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether it is an embedded post: its signature, or its text right above the signature."""
    this = paragraphs[at]
    if _SIGNATURE.search(this.text):
        return True
    below = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    signed = below is not None and _SIGNATURE.match(below.text) is not None
    links = _EMBEDDED.search(this.text)
    return links is not None and (signed or not this.text[: links.start()].strip())


def is_doubled(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Tell whether the next line says the same: a picture's text, shown with its caption."""
    this = paragraphs[at]
    if this.length > 25 or this.is_sentence or this.alone or not this.words:
        return False
    near = [*paragraphs[max(at - 1, 0) : at], *paragraphs[at + 1 : at + 2]]
    return any(
        other.text == this.text and abs(other.start - this.start) <= len(this.text) + 8
        for other in near
    )


def _byline(this: Paragraph, lexicon: Lexicon, titled: bool) -> Span | None:
    """The by-line that is this line, or that follows its date."""
    places = [this.label, *(found.end() for found in _BYLINE_PLACE.finditer(this.text[:120]))]
    if this.length > _BYLINE + 6 or this.is_prose:
        return None
    for place in places:
        rest = this.text[place:]
        if place == 0 and not titled:
            continue
        if _names_author(rest, lexicon):
            return Span(this.start + place, this.end)
    return None


def _names_author(line: str, lexicon: Lexicon) -> bool:
    words = _WORD.findall(line)
    if not 2 <= len(words) <= _BYLINE or line.endswith("."):
        return False
    folded = tuple(word.strip(":").lower() for word in words)
    size = lexicon.bylines.starts(folded)
    if not size or len(words) == size:
        return False
    named = [word for word in words[size:] if word[0].isalpha()]
    small = sum(word[0].islower() and len(word) > 3 for word in named)
    return any(word[0].isupper() for word in named) and small == 0

"""The wordings of web pages, out of ``page.toml`` in each language's pack.

The cues of all packs hold on every page, since sites mix languages. A phrase is compared word by
word, folded, without digits and punctuation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from uscuba_kg import resources
from uscuba_kg.errors import PackError
from uscuba_kg.text import fold

Phrase = tuple[str, ...]

_WORD = re.compile(r"[^\W\d_]+")
# Share of function words, less the foreign ones: 0.33 to 0.48 in articles of the pack's own
# language; French, Portuguese and Catalan stay below 0.15 with the Spanish lists.
_SHARE = 0.2
_FEWEST = 3
_SAMPLE = 40_000


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases that give page noise, notes and by-lines away, as ``page.toml`` explains them."""

    chrome: tuple[str, ...]
    roots: tuple[str, ...]
    prompts: tuple[str, ...]
    signoffs: tuple[str, ...]
    imprints: tuple[str, ...]
    tickers: tuple[str, ...]
    links: tuple[str, ...]
    lists: tuple[str, ...]
    comments: tuple[str, ...]
    captions: tuple[str, ...]
    credits: tuple[str, ...]
    bylines: tuple[str, ...]
    notes: tuple[str, ...]


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's ``page.toml``."""

    function_words: tuple[str, ...]
    foreign_words: tuple[str, ...]
    cues: Cues


class Phrases(msgspec.Struct, frozen=True, eq=False):
    """A set of phrases that can be looked for at the start of a line, or as all of it."""

    known: frozenset[Phrase]
    longest: int

    def starts(self, words: Phrase, at: int = 0) -> int:
        """Give the length in words of the longest phrase at ``at``; 0 where there is none."""
        for length in range(min(self.longest, len(words) - at), 0, -1):
            if words[at : at + length] in self.known:
                return length
        return 0

    def is_all(self, words: Phrase) -> bool:
        """Tell whether the line is one of the phrases."""
        return words in self.known

    def make_up(self, words: Phrase) -> bool:
        """Tell whether the line consists of phrases and nothing else."""
        at = 0
        while at < len(words):
            length = self.starts(words, at)
            if not length:
                return False
            at += length
        return at > 0


class Lexicon(msgspec.Struct, frozen=True, eq=False):
    """The cues of all packs together, ready to be looked for."""

    chrome: Phrases
    roots: Phrases
    prompts: Phrases
    signoffs: Phrases
    imprints: Phrases
    tickers: Phrases
    links: Phrases
    lists: Phrases
    comments: Phrases
    captions: Phrases
    credits: Phrases
    bylines: Phrases
    notes: Phrases


def words_of(text: str) -> Phrase:
    """Give the words of a short text, folded, as cues are compared.

    >>> words_of("¡Última hora! (24)")
    ('ultima', 'hora')
    """
    return tuple(_WORD.findall(fold(text)))


def _phrases(texts: Iterable[str]) -> Phrases:
    known = frozenset(words_of(text) for text in texts) - {()}
    return Phrases(known, max(map(len, known), default=0))


@lru_cache(maxsize=1)
def page_words() -> dict[str, PageWords]:
    """Give every language's page words; PackError names a file that is not well-formed."""
    found = {}
    for path in sorted(resources.packs_dir().glob("*/page.toml")):
        try:
            raw = tomllib.loads(path.read_text(encoding="utf-8"))
            found[path.parent.name] = msgspec.convert(raw, PageWords)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise PackError(str(error), place=str(path), remedy="Mend the file.") from error
        except msgspec.ValidationError as error:
            raise PackError(
                str(error), place=str(path), remedy="Each key is a list of phrases."
            ) from error
    return found


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Give the cues of all packs, put together and folded."""
    packs = [msgspec.structs.asdict(words.cues) for words in page_words().values()]
    return Lexicon(
        **{
            field: _phrases(text for cues in packs for text in cues[field])
            for field in Cues.__struct_fields__
        }
    )


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[str, dict[str, int]], ...]:
    """For every language, what each word adds to it: 1, or -1 for a foreign one."""
    return tuple(
        (
            language,
            dict.fromkeys(words.foreign_words, -1) | dict.fromkeys(words.function_words, 1),
        )
        for language, words in page_words().items()
    )


def detect_language(text: str) -> str | None:
    """Give the pack whose function words make up most of ``text``; ``None`` where none do.

    The words are compared with their accents, which tell languages apart.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    best, most = None, 0
    for language, weights in _weights():
        count = sum(weights.get(word, 0) for word in words)
        if count > most:
            best, most = language, count
    return best if most >= _FEWEST and most >= _SHARE * len(words) else None

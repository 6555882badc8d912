"""What posts are called: which titles, in any language, say the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from uscuba_kg.errors import SeedError
from uscuba_kg.model import Label
from uscuba_kg.text import fold, slug
from uscuba_kg.world.tables import Row

Titles = Mapping[tuple[str, str], str]
"""By language and wording, as :func:`words_of` writes it, the key of a title."""

_JOINING = 3


@lru_cache(maxsize=4096)
def words_of(title: str) -> str:
    """Give a title as titles are compared.

    >>> words_of("Chargé d'affaires a.i.")
    'charge d affaires a i'
    """
    return " ".join(re.findall(r"\w+", fold(title)))


def read_titles(
    rows: Iterable[Row], posts: Iterable[tuple[Sequence[Label], Sequence[str]]]
) -> Titles:
    """Give the titles of a file, and those that the posts of known people pair.

    ``posts`` gives the labels of each post with the names of its body. Of them a wording that
    stands for two titles is left out. Raises SeedError where the file gives one wording to two.
    """
    listed: dict[tuple[str, str], str] = {}
    for row in rows:
        for label in row.labels():
            wording = label.language, words_of(label.text)
            key = listed.setdefault(wording, row.key("id"))
            if key != row.key("id"):
                raise SeedError(
                    f"{label.text!r} is a title of {key!r} already",
                    place=row.place,
                    remedy="A wording belongs to one title of a language: take one of them out.",
                )
    paired: dict[tuple[str, str], set[str]] = defaultdict(set)
    for labels, around in posts:
        wordings = [(label.language, words_of(label.text)) for label in labels]
        known = {title_key(listed, la.language, la.text, around) for la in labels} - {None}
        alone = known.pop() if len(known) == 1 else None
        for wording in wordings:
            paired[wording].add(alone or slug(min(labels, key=_by_language).text))
    return {**{w: keys.pop() for w, keys in paired.items() if len(keys) == 1}, **listed}


def _by_language(label: Label) -> tuple[str, str]:
    return label.language, label.text


def title_key(titles: Titles, language: str, title: str, around: Iterable[str]) -> str | None:
    """Give the key of a title; what follows it may only name the body or the state it is of.

    ``around`` are the names of those. Small words of up to three letters join names, in any
    language; an acronym is no such word.
    """
    found = list(re.finditer(r"\w+", fold(title)))
    words = [word[0] for word in found]
    for end in range(len(words), 0, -1):
        key = titles.get((language, " ".join(words[:end])))
        if key is not None:
            rest = {word[0] for word in found[end:] if not _joins(title[slice(*word.span())])}
            named = not rest or rest <= {w for name in around for w in words_of(name).split()}
            return key if named else None
    return None


def _joins(word: str) -> bool:
    return word.islower() and len(word) <= _JOINING

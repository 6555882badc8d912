"""Which articles are copies of another: they repeat its words, and are no witnesses of their own.

Texts are compared by their runs of four words, of which a fixed fraction of the hashes is kept
(FracMinHash: Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash",
2022): the sample of one text does not depend on the others, and a text that lies within a longer
one is found as well as an equal one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

import msgspec

from uscuba_kg.model import Article
from uscuba_kg.text import fold

_WORD = re.compile(r"\w+")
_RUN, _FRACTION = 4, 4
_SIZE = 8
_SHARED, LEAST = 0.25, 8
EVERYWHERE = 50
"""A run of words that more articles than these have is a formula and tells nothing."""


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text as far as it is compared: the hash, the place in the order of originals, the sample.

    ``runs`` holds the hashes of its runs of words that fall into the sample, eight bytes each.
    """

    sha256: str
    published: str
    length: int
    runs: bytes

    def sample(self) -> list[bytes]:
        """The hashes one by one, each once."""
        return [self.runs[at : at + _SIZE] for at in range(0, len(self.runs), _SIZE)]

    def order(self) -> tuple[object, ...]:
        """Where it stands among copies: published first, then the longest, then the least hash."""
        return self.published, -self.length, self.sha256


def text_of(article: Article) -> Text:
    """Give what is compared of an article."""
    date = article.published
    published = date.lexical if date is not None else "~"
    runs = b"".join(sorted(_sample(article.text)))
    return Text(article.sha256, published, len(article.text), runs)


def originals(texts: Iterable[Text]) -> dict[str, str]:
    """Give the hash of every text with that of the one it copies, its own where it copies none.

    The original of several is the one published first, then the longest, then the least hash.
    """
    by_hash = {text.sha256: text for text in texts}
    samples = {sha: frozenset(text.sample()) for sha, text in by_hash.items()}
    found: dict[str, str] = {}
    for part in parts(sorted(by_hash), _pairs(samples)):
        first = min((by_hash[sha] for sha in part), key=Text.order)
        found.update((sha, first.sha256) for sha in part)
    return found


def _sample(text: str) -> frozenset[bytes]:
    """The hashes of a text's runs of words that fall into the sample."""
    words = _WORD.findall(fold(text))
    runs = map(" ".join, zip(*(words[n:] for n in range(_RUN)), strict=False))
    digests = (blake2b(run.encode(), digest_size=_SIZE).digest() for run in runs)
    return frozenset(d for d in digests if d[-1] % _FRACTION == 0)  # as the whole number is


def _pairs(samples: Mapping[str, frozenset[bytes]]) -> list[tuple[str, str]]:
    """Pairs of texts of which the shorter shares a quarter of its runs with the other, or more."""
    holders: dict[bytes, list[str]] = defaultdict(list)
    for sha in sorted(samples):
        for run in samples[sha]:
            holders[run].append(sha)
    shared: Counter[tuple[str, str]] = Counter()
    # texts that share a sentence share all its runs, so that one look at them is enough
    alike = Counter(tuple(having) for having in holders.values() if len(having) <= EVERYWHERE)
    for having, count in alike.items():
        for pair in combinations(having, 2):
            shared[pair] += count
    return [
        pair
        for pair, count in sorted(shared.items())
        if is_copied(count, *(len(samples[sha]) for sha in pair))
    ]


def is_copied(shared: int, one: int, other: int) -> bool:
    """Tell whether so many common runs, of so many of each, make one of two texts a copy."""
    return shared >= max(LEAST, _SHARED * min(one, other))


def parts(shas: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The texts that pairs join, each with itself at least."""
    root = {sha: sha for sha in shas}

    def find(sha: str) -> str:
        while root[sha] != sha:
            sha = root[sha]
        return sha

    for one, other in pairs:
        a, b = sorted((find(one), find(other)))
        root[b] = a
    found: dict[str, list[str]] = defaultdict(list)
    for sha in shas:
        found[find(sha)].append(sha)
    return list(found.values())

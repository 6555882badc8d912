"""Whether the words of every claim stand in the articles, at the offsets that the claim gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from uscuba_kg.check.beyond.said import said
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.errors import InputError
from uscuba_kg.ingest import list_inputs, read_source
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.rdf.vocab import OA, PROV, SCHEMA, TYPE, USCUBA

_SHAPE = "evidence"
_SOURCE = PROV + "hadPrimarySource"


def texts_of(places: Sequence[Path]) -> dict[str, str]:
    """Give the texts of articles by their SHA-256; raises InputError where there is none."""
    texts = {
        article.sha256: article.text
        for source in list_inputs([str(place) for place in places])
        for article in read_source(source)[0]
    }
    if not texts:
        raise InputError("there is no article here", place=", ".join(map(str, places)))
    return texts


def check_evidence(graph: Graph, texts: dict[str, str]) -> Iterator[Finding]:
    """Give a violation for each claim whose words stand elsewhere, a warning for each lost article."""
    missing: set[str] = set()
    for claim in graph.subjects(TYPE, USCUBA + "Claim"):
        article = graph.one(claim, _SOURCE)
        digest = graph.one(article, SCHEMA + "sha256") if article is not None else None
        text = texts.get(digest.lexical) if isinstance(digest, Literal) else None
        if text is None:
            if isinstance(article, str) and article not in missing:
                missing.add(article)
                yield Finding(
                    "warning", _SHAPE, "ArticleNotGiven", article, SCHEMA + "sha256",
                    _words(digest), said("ArticleNotGiven"),
                )  # fmt: skip
        elif not _stands(graph, claim, text):
            yield Finding(
                "violation", _SHAPE, "WordsNotThere", claim, OA + "exact",
                _words(graph.one(claim, OA + "exact")), said("WordsNotThere"),
            )  # fmt: skip


def _stands(graph: Graph, claim: str, text: str) -> bool:
    try:
        start, end = (int(_words(graph.one(claim, OA + name))) for name in ("start", "end"))
    except ValueError:
        return False
    before, after = (_words(graph.one(claim, OA + name)) for name in ("prefix", "suffix"))
    exact = _words(graph.one(claim, OA + "exact"))
    return (
        0 <= start < end
        and text[start:end] == exact
        and text[:start].endswith(before)
        and text[end:].startswith(after)
    )


def _words(term: Term | None) -> str:
    return "" if term is None else term.lexical if isinstance(term, Literal) else term

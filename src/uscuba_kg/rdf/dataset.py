"""The graph about itself: its articles, its counts, its licence (VoID, W3C 2011).

No day is given: the same articles must give the same bytes.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from uscuba_kg.model import Article
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.iris import article_iri
from uscuba_kg.rdf.terms import Literal, Triple, integer, tagged
from uscuba_kg.version import VERSION

DATASET = vocab.ID + "dataset"
"""The IRI under which a graph speaks of itself."""


def dataset(articles: Collection[Article], triples: Collection[Triple]) -> tuple[Triple, ...]:
    """Describe a graph of these articles and triples, the description's own triples counted in."""
    said = {*_header(), *_counts(triples)}
    said.update(
        Triple(DATASET, vocab.PROV + "wasDerivedFrom", article_iri(article.sha256))
        for article in articles
    )
    whole = len(triples) + len(said) + 1
    return (*said, Triple(DATASET, vocab.VOID + "triples", integer(whole)))


@cache
def _told() -> dict[str, Any]:
    with Path(__file__).with_name("dataset.toml").open("rb") as file:
        return tomllib.load(file)


def _header() -> Iterator[Triple]:
    told = _told()
    yield Triple(DATASET, vocab.TYPE, vocab.VOID + "Dataset")
    for language, title in told["title"].items():
        yield Triple(DATASET, vocab.LABEL, tagged(title, language))
        yield Triple(DATASET, vocab.DCTERMS + "title", tagged(title, language))
    for language, rights in told["rights"].items():
        yield Triple(DATASET, vocab.DCTERMS + "rights", tagged(rights, language))
    yield Triple(DATASET, vocab.DCTERMS + "license", told["licence"])
    yield Triple(DATASET, vocab.DCTERMS + "conformsTo", told["ontology"])
    yield Triple(DATASET, vocab.OWL + "versionInfo", Literal(VERSION))
    yield Triple(DATASET, vocab.VOID + "uriSpace", Literal(vocab.ID))
    for namespace in told["vocabularies"]:
        yield Triple(DATASET, vocab.VOID + "vocabulary", namespace)


def _counts(triples: Collection[Triple]) -> Iterator[Triple]:
    """How many things of each of our own classes there are; each class has a part of its own."""
    classes = Counter(t.object for t in triples if t.predicate == vocab.TYPE)
    for name, count in classes.items():
        if isinstance(name, str) and name.startswith(vocab.USCUBA):
            part = f"{DATASET}/{name.removeprefix(vocab.USCUBA)}"
            yield Triple(DATASET, vocab.VOID + "classPartition", part)
            yield Triple(part, vocab.VOID + "class", name)
            yield Triple(part, vocab.VOID + "entities", integer(count))

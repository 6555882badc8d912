"""The graph about itself: its articles, its counts, its licence (VoID, W3C 2011).

No day is given: the same articles must give the same bytes.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.iris import article_iri
from uscuba_kg.rdf.terms import Literal, Triple, integer, tagged
from uscuba_kg.version import VERSION

DATASET = vocab.ID + "dataset"
"""The IRI under which a graph speaks of itself."""


def dataset(
    articles: Collection[str], classes: Mapping[str, int], triples: int
) -> tuple[Triple, ...]:
    """Describe a graph of the articles with these hashes, the description's own triples counted in.

    ``classes`` gives how many things of each class of our own there are, ``triples`` how many
    triples the graph has without its description.
    """
    said = {*_header(), *_counts(classes)}
    said.update(
        Triple(DATASET, vocab.PROV + "wasDerivedFrom", article_iri(sha256)) for sha256 in articles
    )
    whole = triples + len(said) + 1
    return (*said, Triple(DATASET, vocab.VOID + "triples", integer(whole)))


def classes_of(triples: Iterable[Triple]) -> Counter[str]:
    """Count the things of each of our own classes."""
    return Counter(
        triple.object
        for triple in triples
        if triple.predicate == vocab.TYPE
        and isinstance(triple.object, str)
        and triple.object.startswith(vocab.USCUBA)
    )


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


def _counts(classes: Mapping[str, int]) -> Iterator[Triple]:
    """How many things of each class there are; each class has a part of its own."""
    for name, count in classes.items():
        part = f"{DATASET}/{name.removeprefix(vocab.USCUBA)}"
        yield Triple(DATASET, vocab.VOID + "classPartition", part)
        yield Triple(part, vocab.VOID + "class", name)
        yield Triple(part, vocab.VOID + "entities", integer(count))

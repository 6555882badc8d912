"""Terms that the ontology does not declare, and literals that are no value of their datatype."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from uscuba_kg.check.beyond.said import said
from uscuba_kg.check.engine.literals import well_formed
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import Literal
from uscuba_kg.rdf.vocab import USCUBA

_SHAPE = "vocabulary"


def check_vocabulary(
    graph: Graph, declared: Collection[str], namespace: str = USCUBA
) -> Iterator[Finding]:
    """Give a violation for each term that nothing declares, and for each literal that is none."""
    for triple in graph:
        for term in (triple.predicate, triple.object):
            if not isinstance(term, str) or not term.startswith(namespace):
                continue
            if term != namespace and term not in declared:
                yield Finding(
                    "violation", _SHAPE, "UndeclaredTerm", triple.subject, triple.predicate, term,
                    said("UndeclaredTerm"),
                )  # fmt: skip
        value = triple.object
        if isinstance(value, Literal) and not well_formed(value.lexical, value.datatype):
            yield Finding(
                "violation", _SHAPE, "IllFormedLiteral", triple.subject, triple.predicate,
                f'"{value.lexical}"^^{value.datatype}', said("IllFormedLiteral"),
            )  # fmt: skip

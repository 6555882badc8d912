"""Whether what arrived is what was sent: counts, and samples of single triples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph

from uscuba_kg.publish.load.batches import line_of
from uscuba_kg.publish.load.ways import GraphStore, Queries, Way

SAMPLES = 50
_FORMS = {"application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found afterwards: triples in the graph (None: the store does not say), and samples.

    ``missing`` are sampled triples that the store does not hold as they were sent.
    """

    triples: int | None
    sampled: int
    missing: tuple[str, ...]


def check(way: Way, queries: Queries | None, graph: str | None, lines: Sequence[str]) -> Finding:
    """Count, and look for samples, by queries or by reading the graph back."""
    step = max(1, len(lines) // SAMPLES)
    samples = lines[::step][:SAMPLES]
    if queries is not None and (count := queries.count(graph)) is not None:
        missing = tuple(s for s in samples if queries.ask(graph, s) is not True)
        return Finding(count, len(samples), missing)
    if isinstance(way, GraphStore):
        answer = way.read(graph)
        if answer.status_code == 200:
            media = answer.headers.get("content-type", "").partition(";")[0]
            form = _FORMS.get(media, pyoxigraph.RdfFormat.TURTLE)
            held = {line_of(q.triple) for q in pyoxigraph.parse(answer.content, form)}
            return Finding(len(held), len(samples), tuple(s for s in samples if s not in held))
    return Finding(None, 0, ())

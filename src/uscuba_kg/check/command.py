"""All that ``uscuba-kg validate`` does, as one function from what is asked to an outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from uscuba_kg.check.beyond.changes import touched
from uscuba_kg.check.beyond.evidence import check_evidence, texts_of
from uscuba_kg.check.beyond.questions import check_questions, read_floors
from uscuba_kg.check.beyond.vocabulary import check_vocabulary
from uscuba_kg.check.engine.asking import Apart
from uscuba_kg.check.entries import entries_of, findings_of
from uscuba_kg.check.graph.index import Graph, graph_of
from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.outcome import Outcome
from uscuba_kg.check.validation import (
    Engine,
    Shapes,
    Verdict,
    classes_of,
    load_graph,
    load_ontology,
    load_shapes,
    loader,
    validate,
)
from uscuba_kg.check.wellformed import check_shapes, nothing_was_checked, notices
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import Term


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to check: files and options of the command, the project's shapes by default.

    ``seconds`` is what one query may take. ``questions`` is a file of floors, ``evidence`` places of
    articles; ``changed_since`` are the files of an older state.
    """

    sources: Sequence[Source]
    shapes: tuple[Path, ...] = ()
    ontology: tuple[Path, ...] = ()
    engine: Engine = "auto"
    seconds: float = 120.0
    vocabulary: bool = False
    questions: Path | None = None
    evidence: tuple[Path, ...] = ()
    changed_since: Sequence[Source] = ()


def check(order: Order) -> Outcome:
    """Check a graph.

    Raises InputError, ShapeError and QueryError for what cannot be read, applied or asked.
    """
    shapes = load_shapes(*order.shapes)
    if order.shapes:
        check_shapes(shapes)
    ontology = load_ontology(*order.ontology)
    texts = texts_of(order.evidence) if order.evidence else {}
    floors = read_floors(order.questions) if order.questions else None
    classes = classes_of(ontology)
    old = load_graph(order.changed_since, classes) if order.changed_since else None
    verdict = validate(
        order.sources,
        shapes=shapes,
        classes=classes,
        engine=order.engine,
        seconds=order.seconds,
        only=(lambda graph: touched(old, graph)) if old is not None else None,
    )
    declared = frozenset(subject for subject, _, _ in ontology)
    found = list(findings_of(verdict.results, verdict.shapes))
    found += _about_shapes(order, shapes, verdict, declared)
    if order.vocabulary:
        found += check_vocabulary(load_graph(order.sources), declared)
    if texts:
        found += check_evidence(verdict.graph, texts)
    if floors is not None and order.questions is not None:
        asker = Apart(loader(order.sources), order.seconds)
        found += check_questions(floors, order.questions.parent, asker)
    return _outcome(order, verdict, _only(found, old, verdict.graph))


def _about_shapes(
    order: Order, shapes: Shapes, verdict: Verdict, declared: Collection[str]
) -> Iterator[Finding]:
    """Shapes of one's own are looked at closely; those of the project only for looking at nothing."""
    if order.shapes:
        yield from notices(shapes, verdict.graph, declared)
    nothing = nothing_was_checked(shapes, verdict.graph)
    if nothing is not None:
        yield nothing


def _only(found: list[Finding], old: Graph | None, new: Graph) -> list[Finding]:
    if old is None:
        return found
    things: frozenset[Term] = touched(old, new)
    return [f for f in found if f.focus in things]


def _outcome(order: Order, verdict: Verdict, found: list[Finding]) -> Outcome:
    entries = entries_of(found, verdict.graph, order.sources)
    return Outcome(
        conforms=not any(e.finding.severity == "violation" for e in entries),
        triples=verdict.triples,
        engine=verdict.engine,
        entries=entries,
        results=verdict.results,
        shapes=verdict.shapes if verdict.results else graph_of(()),
    )

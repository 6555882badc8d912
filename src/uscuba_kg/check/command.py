"""All that ``uscuba-kg validate`` does, as one function from what is asked to an outcome."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec

from uscuba_kg.check.beyond.changes import Change, since
from uscuba_kg.check.beyond.evidence import check_evidence, texts_of
from uscuba_kg.check.beyond.questions import check_questions, read_floors
from uscuba_kg.check.beyond.vocabulary import check_vocabulary
from uscuba_kg.check.engine.asking import Apart
from uscuba_kg.check.engine.model import Result
from uscuba_kg.check.entries import entries_of, findings_of
from uscuba_kg.check.graph.index import graph_of
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
    change = since(order.changed_since, order.sources) if order.changed_since else None
    verdict = validate(
        order.sources,
        shapes=shapes,
        classes=classes,
        engine=order.engine,
        seconds=order.seconds,
        narrow=(lambda graph, read: change(graph).narrow(graph, read)) if change else None,
    )
    declared = frozenset(subject for subject, _, _ in ontology)
    found: list[Finding] = []
    if change is None:
        found += _about_shapes(order, shapes, verdict, declared)
    if order.vocabulary:
        found += check_vocabulary(load_graph(order.sources), declared)
    if texts:
        found += check_evidence(verdict.graph, texts)
    if floors is not None and order.questions is not None:
        asker = Apart(loader(order.sources), order.seconds)
        found += check_questions(floors, order.questions.parent, asker)
    results = _results(verdict, change(verdict.graph) if change else None)
    if change is not None:
        found = [f for f in found if f.focus in change(verdict.graph).things]
    found += findings_of(results, verdict.shapes)
    return Outcome(
        conforms=not any(f.severity == "violation" for f in found),
        triples=verdict.triples,
        engine=verdict.engine,
        entries=entries_of(found, verdict.graph, order.sources),
        results=results,
        shapes=verdict.shapes if results else graph_of(()),
    )


def _about_shapes(
    order: Order, shapes: Shapes, verdict: Verdict, declared: Collection[str]
) -> Iterator[Finding]:
    """Shapes of one's own are looked at closely; those of the project only for looking at nothing."""
    if order.shapes:
        yield from notices(shapes, verdict.graph, declared)
    nothing = nothing_was_checked(shapes, verdict.graph)
    if nothing is not None:
        yield nothing


def _results(verdict: Verdict, change: Change | None) -> tuple[Result, ...]:
    """The results to tell: the fast engine looked only where the change may matter, pySHACL at all."""
    if change is None or verdict.engine == "fast":
        return verdict.results
    around = change.around(verdict.graph)
    return tuple(r for r in verdict.results if r.focus in around)

"""The W3C SHACL test suite (w3c/data-shapes, data-shapes-test-suite/tests), where it is at hand.

Set USCUBA_KG_SHACL_SUITE to its folder of tests. A case passes where the verdict is right and the
results are: focus node, path, value, component and severity, each as often as it should be.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from check.compared import Key, counted, shown
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.graph.index import Graph, graph_of
from uscuba_kg.check.graph.inputs import sources_of
from uscuba_kg.check.graph.loading import triples_of
from uscuba_kg.check.validation import load_shapes, validate
from uscuba_kg.errors import ShapeError
from uscuba_kg.rdf.terms import Literal
from uscuba_kg.rdf.vocab import TYPE

GIVEN = os.environ.get("USCUBA_KG_SHACL_SUITE", "")
SUITE = Path(GIVEN or "/nonexistent")
SHT = "http://www.w3.org/ns/shacl-test#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
MEMBERS = {"core": 98, "sparql": 23}
PASSED = {"core": 98, "sparql": 23}

pytestmark = pytest.mark.skipif(not GIVEN, reason="USCUBA_KG_SHACL_SUITE names no folder")


def cases() -> Iterator[tuple[str, Path, Path, Graph, str]]:
    for file in sorted(SUITE.rglob("*.ttl")):
        graph = graph_of(triples_of(sources_of([file])))
        for test in graph.subjects(TYPE, SHT + "Validate"):
            action, result = graph.one(test, MF + "action"), graph.one(test, MF + "result")
            places = [graph.one(action or "", SHT + n) for n in ("dataGraph", "shapesGraph")]
            data, shapes = (Path(str(p).removeprefix("file://")) for p in places)
            yield str(file.relative_to(SUITE)), data, shapes, graph, str(result)


def wanted(graph: Graph, report: str) -> Counter[Key]:
    def one(node: str, name: str) -> str:
        value = shown(graph.one(node, SH + name))
        return value

    return Counter(
        (
            one(str(r), "focusNode"),
            one(str(r), "resultPath"),
            one(str(r), "value"),
            str(graph.one(str(r), SH + "sourceConstraintComponent")),
            str(graph.one(str(r), SH + "resultSeverity")),
        )
        for r in graph.objects(report, SH + "result")
    )


def passes(data: Path, shapes: Path, graph: Graph, report: str) -> bool:
    try:
        given = load_shapes(shapes)
        verdict = validate(sources_of([data]), shapes=given, classes=(), engine="fast")
    except ShapeError:
        return report == SHT + "Failure"
    conforms = graph.one(report, SH + "conforms")
    right = isinstance(conforms, Literal) and (conforms.lexical == "true") == (not verdict.results)
    return right and counted(verdict.results) == wanted(graph, report)


def test_as_many_cases_pass_as_the_documentation_says() -> None:
    seen: Counter[str] = Counter()
    passed: Counter[str] = Counter()
    failed = []
    for name, data, shapes, graph, report in cases():
        part = name.split("/")[0]
        seen[part] += 1
        if passes(data, shapes, graph, report):
            passed[part] += 1
        else:
            failed.append(name)
    assert seen == MEMBERS
    assert failed == []
    assert passed == PASSED

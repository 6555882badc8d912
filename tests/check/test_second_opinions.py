"""Engines that others wrote find what ours finds: TopBraid and pyrudof, on valid, invalid and broken graphs.

Where they differ is told in docs/validate.md, and left out here by name.
"""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from check.compared import Key, counted, shown, turtle_source
from check.second_opinion import TOOLS, Opinion
from check.test_engines import (
    BASE,
    CLASSES,
    PREFIXES,
    SHIPPED,
    broken,
    graph,
    shapes_graphs,
    triples,
    well_made,
)
from shapes.cases import CORE, CROSSCUTTING
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.graph.index import graph_of
from uscuba_kg.check.graph.loading import triples_of
from uscuba_kg.check.validation import validate
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import ntriples
from uscuba_kg.rdf.vocab import TYPE
from uscuba_kg.resources import shapes_dir

BASE_TEXT = (Path(__file__).parents[1] / "shapes" / "base.ttl").read_text(encoding="utf-8")
CLOSED_WITHIN = re.compile(r"\[ sh:path [^;]*;(?:(?!sh:property \[ sh:path).)*sh:closed")
"""``sh:closed`` at a property shape: TopBraid reports the value as focus node, pyrudof the focus node's triples."""


@pytest.fixture(scope="module", params=TOOLS)
def opinion(request: pytest.FixtureRequest) -> Iterator[Opinion]:
    missing = [tool for tool in TOOLS[request.param] if not importlib.util.find_spec(tool)]
    if missing and os.environ.get("USCUBA_KG_ALL_TOOLS"):
        pytest.fail(f"not installed: {', '.join(missing)}")
    if missing:
        pytest.skip(f"pip install {' '.join(missing)}")
    made = Opinion(request.param)
    yield made
    made.close()


def found_by(opinion: Opinion, data: str, shapes: str) -> set[Key]:
    report = graph_of(triples_of(turtle_source(opinion.report(data, shapes))))

    def key(result: str) -> Key:
        told = ("focusNode", "resultPath", "value", "sourceConstraintComponent", "resultSeverity")
        return tuple(shown(report.one(result, SH + name)) for name in told)  # type: ignore[return-value]

    return {
        key(str(result))
        for node in report.subjects(TYPE, SH + "ValidationReport")
        for result in report.objects(node, SH + "result")
    }


def merged(data: str) -> list[Triple]:
    return [Triple(*t) for t in triples_of(turtle_source(data))]


EVERY_CASE = BASE_TEXT + "\n".join(case.plus for case in (*CORE, *CROSSCUTTING))
"""The graph that breaks everything that an addition breaks, all at once."""
GRAPHS = {
    "valid": [Triple(*t) for t in BASE],
    "every addition": merged(EVERY_CASE),
    **{f"broken {seed}": broken(seed) for seed in range(20, 24)},
}
OUR_SHAPES = "".join(
    ntriples(
        Triple(*t)
        for t in triples_of(
            turtle_source("\n".join(f.read_text("utf-8") for f in sorted(shapes_dir().glob("*.ttl"))))
        )
    )
)  # fmt: skip


NUMBER = re.compile(r'"(-?[\d.]+(?:e\d+)?)"\^\^[^ ]*#(?:byte|integer|decimal|double)@')


def alike(keys: set[Key]) -> set[Key]:
    """Without what others lose: literals as focus nodes, dates that are none; numbers of queries by value."""

    def by_value(value: str, component: str) -> str:
        number = NUMBER.fullmatch(value) if component == SH + "SPARQLConstraintComponent" else None
        return str(float(number[1])) if number else value

    return {
        (focus, path, by_value(value, component), component, severity)
        for focus, path, value, component, severity in keys
        if not focus.startswith('"')
        and not (component == SH + "DatatypeConstraintComponent" and value.endswith("#date@"))
    }


@pytest.mark.parametrize("name", GRAPHS)
def test_our_shapes_find_on_any_graph_what_others_find(name: str, opinion: Opinion) -> None:
    data = "".join(ntriples([*GRAPHS[name], *(Triple(*t) for t in CLASSES)]))
    ours = set(counted(validate(GRAPHS[name], shapes=SHIPPED, classes=CLASSES).results))
    assert alike(found_by(opinion, data, OUR_SHAPES)) == alike(ours)
    assert (len(ours) > 10) == (name != "valid")


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(data=triples, shapes=shapes_graphs().filter(well_made))
def test_random_shapes_find_what_others_find(
    opinion: Opinion, data: list[tuple[str, str, str]], shapes: str
) -> None:
    if CLOSED_WITHIN.search(shapes):
        return
    text = PREFIXES + "ex:Lower rdfs:subClassOf ex:C .\n"
    text += "\n".join(f"{s} {p} {o} ." for s, p, o in data)
    if opinion.name == "pyrudof":  # it puts $this into VALUES, where no blank node may stand
        text = text.replace("_:x", "ex:x")
    said = re.sub(r'("""SELECT [^{]*)\{', r"\1WHERE {", shapes)
    verdict = validate(turtle_source(text), shapes=graph(shapes), classes=(), engine="fast")
    assert alike(found_by(opinion, text, said)) == alike(set(counted(verdict.results)))

"""``--changed-since``: nothing new is missed, and all that is told of what changed is what a full run tells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from check.compared import Key, counted, turtle_source
from check.test_engines import BASE, CLASSES, PREFIXES, SHIPPED, graph, shapes_graphs, well_made
from check.test_engines import triples as random_triples
from uscuba_kg.check.beyond.changes import since
from uscuba_kg.check.beyond.statements import changed_statements
from uscuba_kg.check.engine.model import SparqlConstraint
from uscuba_kg.check.engine.query_looks import looks_of_query
from uscuba_kg.check.graph.inputs import Source
from uscuba_kg.check.graph.loading import triples_of
from uscuba_kg.check.validation import Plain, Shapes, load_graph, validate
from uscuba_kg.rdf.terms import Literal, Triple
from uscuba_kg.rdf.turtle import ntriples

Sources = Sequence[Source]


def hold(old: Sources, new: Sources, shapes: Shapes, classes: Sequence[Plain] = ()) -> set[Key]:
    """Hold a run on what changed against full runs; gives what was told."""

    def keys(data: Sources, **options: object) -> set[Key]:
        verdict = validate(data, shapes=shapes, classes=classes, engine="fast", **options)  # type: ignore[arg-type]
        return set(counted(verdict.results))

    change = since(old, new)
    told = keys(new, narrow=lambda graph, read: change(graph).narrow(graph, read))
    whole = keys(new)
    things = {"_" if t.startswith("_:") else t for t in change(load_graph(new)).things}
    assert told <= whole
    assert whole - keys(old) <= told
    assert {k for k in whole if k[0] in things} <= told | {k for k in whole if k[0] == "_"}
    return told


def edited(seed: int) -> list[Triple]:
    """The base graph of the shapes with a few triples gone, changed or moved."""
    random = Random(seed)
    made = [Triple(*t) for t in BASE]
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(made))
        subject, predicate, value = BASE[random.randrange(len(BASE))]
        edits = (
            [],
            [Triple(made[at].subject, made[at].predicate, value)],
            [made[at], Triple(subject, made[at].predicate, made[at].object)],
            [Triple(made[at].subject, predicate, Literal("nothing but words"))],
        )
        made[at : at + 1] = random.choice(edits)
    return made


def lines(triples: Sequence[Triple], name: str = "graph.nt") -> Sources:
    return (Source(name, ".nt", data="".join(ntriples(triples)).encode()),)


def test_edits_of_ours_get_the_findings_that_full_runs_tell() -> None:
    told = 0
    for seed in range(40):
        old, new = (edited(s) if s else [Triple(*t) for t in BASE] for s in (seed // 2, seed + 1))
        told += len(hold(lines(old), lines(new), SHIPPED, CLASSES))
    assert told > 100


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(random_triples, shapes_graphs().filter(well_made), st.integers(1, 3), st.integers(0, 99))
def test_random_changes_get_the_findings_that_full_runs_tell(
    data: list[tuple[str, str, str]], shapes: str, count: int, seed: int
) -> None:
    random = Random(seed)
    written = [f"{s} {p} {o} ." for s, p, o in data]
    less = [line for line in written if line not in random.sample(written, count)]
    head = PREFIXES + "ex:Lower rdfs:subClassOf ex:C .\n"
    old, new = (turtle_source(head + "\n".join(w) + "\n") for w in (written, less))
    hold(old, new, graph(shapes))
    hold(new, old, graph(shapes))


def query(text: str) -> SparqlConstraint:
    return SparqlConstraint(
        node="urn:s", component="urn:c", query=text, prefixes={"ex": "urn:"}, bound={}, each=False,
        severity="", messages=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("SELECT $this { $this ex:p ?x . ?x ex:q ?y }", 2),
        ("SELECT $this { ?x ex:p $this . FILTER NOT EXISTS { ?x ex:q/ex:r ?y } }", 3),
        ("SELECT $this { $this ?p ?x . OPTIONAL { ?y ex:q $this . ?y ex:r* ?z } }", 3),
        ("SELECT $this { { $this ex:p ?x } UNION { $this ex:q ?x } }", 2),
        ("SELECT $this { $this ex:p ?x . ?other ex:q ?y }", None),
        ("SELECT $this { OPTIONAL { $this ex:p ?x } ?x ex:q ?y }", None),
        ("SELECT $this { $this ?p ?x . ?x ex:q ?y }", None),
        ("SELECT $this { $this ex:p ?x . { SELECT ?x { ?x ex:q 1 } } }", None),
        ("SELECT $this { $this ex:p ?x . GRAPH ?g { $this ex:q ?x } }", None),
        ("SELECT $this { $this !ex:p ?x }", None),
    ],
)
def test_it_is_known_what_a_query_looks_at(text: str, count: int | None) -> None:
    looks = looks_of_query(query(text))
    assert (None if looks is None else len(looks)) == count


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("ex:a ex:p 1 .\nex:b ex:p 2 .\n", "ex:a ex:p 1 .\nex:b ex:p 3 .\n", 1, 1),
        ("ex:a ex:p 1 .\n", "ex:a ex:p 1 .\n\nex:b\n    ex:p 2 ;\n    ex:q 3 .\n", 0, 2),
        ("ex:a ex:p 1 .\n", "ex:a ex:p 1 . # why .\n", None, None),
        ("ex:a ex:p 1 .\n", 'ex:a ex:p """1 .\n""" .\n', None, None),
        ("ex:a ex:p 1 .\n", "ex:a ex:p [ ex:q 1 ] .\n", None, None),
        ("ex:a ex:p 1 .\n", "@prefix ex: <urn:> .\nex:a ex:p 1 .\n", None, None),
        ("ex:a ex:p 1 .\n", "ex:a ex:p 1 .\nPREFIX ex: <urn:>\nex:a ex:p 1 .\n", None, None),
    ],
)  # fmt: skip
def test_statements_are_compared_where_they_can_be_told_apart(
    old: str, new: str, gone: int | None, come: int | None
) -> None:
    head = "@prefix ex: <http://example.org/> .\n\n"
    found = changed_statements(turtle_source(head + old), turtle_source(head + new))
    counts = [None, None] if found is None else [len(list(triples_of((s,)))) for s in found]
    assert counts == [gone, come]


def test_two_formats_of_one_graph_are_no_change(tmp_path: Path) -> None:
    turtle = turtle_source("@prefix ex: <http://example.org/> .\nex:a ex:p 1 , 2 ; ex:q ex:b .\n")
    change = since(lines([Triple(*t) for t in triples_of(turtle)]), turtle)(load_graph(turtle))
    assert (change.gone, change.come) == (frozenset(), frozenset())

"""Part by part the same is found as in the whole graph, whatever is broken in it."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings

from check.test_engines import BASE, CLASSES, PREFIXES, SHIPPED, broken, shapes_graphs, well_made
from check.test_engines import triples as random_triples
from shapes.cases import CORE, CROSSCUTTING
from shapes.test_shapes import BASE as FINE_GRAPH
from shapes.test_shapes import spoilt
from uscuba_kg import archiving
from uscuba_kg.check import parts
from uscuba_kg.check.graph.inputs import sources_of
from uscuba_kg.check.graph.shelf import Shelf, shelve
from uscuba_kg.check.parts import findings_in_parts
from uscuba_kg.check.shapes import check_file, check_graph
from uscuba_kg.check.validation import validate
from uscuba_kg.cli.main import cli
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.rdf.turtle import ntriples
from uscuba_kg.workers import processes

HEAD = PREFIXES + "ex:Lower rdfs:subClassOf ex:C .\n"


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART", 15)


def written(folder: Path, triples: list[Triple]) -> Path:
    path = folder / "graph.nt"
    path.write_text("".join(ntriples(triples)), encoding="utf-8")
    return path


@pytest.mark.parametrize("seed", range(12))
def test_in_broken_graphs_of_ours_the_same_is_found(tmp_path: Path, seed: int) -> None:
    path = written(tmp_path, broken(seed))
    whole = check_graph(path, engine="fast")
    assert check_file(path, tmp_path) == whole
    assert len(whole.findings) > 10
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("what", "least"), [("put in", 90), ("taken out", 25)])
def test_all_planted_faults_together_are_found(tmp_path: Path, what: str, least: int) -> None:
    graph = rdflib.Graph() + FINE_GRAPH
    for case in (*CORE, *CROSSCUTTING):
        if what == "put in":
            graph += spoilt(case)
        else:
            graph -= FINE_GRAPH - spoilt(case)
    path = tmp_path / "graph.nt"
    graph.serialize(path, format="nt", encoding="utf-8")
    report = check_file(path, tmp_path)
    assert report == check_graph(path, engine="fast")
    assert len({f.shape for f in report.findings}) > least


@settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(random_triples, shapes_graphs().filter(well_made))
def test_by_random_shapes_the_same_is_found(
    tmp_path: Path, data: list[tuple[str, str, str]], shapes: str
) -> None:
    path, asked, nothing = (tmp_path / name for name in ("g.ttl", "shapes.ttl", "classes.ttl"))
    path.write_text(HEAD + "\n".join(f"{s} {p} {o} ." for s, p, o in data))
    asked.write_text(shapes)
    nothing.write_text("")
    sources = sources_of([path])
    found = findings_in_parts(sources, tmp_path, shapes=(asked,), ontology=(nothing,))
    needs_all = "sh:targetNode" in shapes or "sh:targetObjectsOf" in shapes
    assert (found is None) == needs_all
    if found is not None:
        whole = check_graph(path, shapes=asked, ontology=nothing, engine="fast")
        assert (found[0], tuple(sorted(found[1]))) == (whole.triples, whole.findings)


def test_workers_find_what_one_process_finds(tmp_path: Path) -> None:
    path = written(tmp_path, broken(3))
    assert check_file(path, tmp_path, processes(2)) == check_graph(path)


def test_a_graph_on_disk_says_what_one_in_memory_says(tmp_path: Path) -> None:
    scattered = [*BASE[1::2], *BASE[::2], *BASE[:9]]
    inverse = {predicate for _, predicate, _ in BASE}
    shelve(tmp_path / "graph", scattered, CLASSES, inverse)
    shelf, whole = (
        Shelf(tmp_path / "graph"),
        validate([Triple(*t) for t in BASE], shapes=SHIPPED, classes=CLASSES).graph,
    )
    assert shelf.size == whole.size == len(set(BASE))
    assert set(shelf.subjects_at_all()) == set(whole.subjects_at_all())
    for subject in whole.subjects_at_all():
        one, other = shelf.about(subject), whole.about(subject)
        assert {p: sorted(map(repr, v)) for p, v in one.items()} == {
            p: sorted(map(repr, v)) for p, v in other.items()
        }
    for predicate in inverse:
        for value, subjects in whole.backward(predicate).items():
            assert sorted(shelf.subjects(predicate, value)) == sorted(subjects)
    names = [name for part in shelf.parts(15) for name in shelf.names(*part)]
    assert names == list(shelf.subjects_at_all())


def test_a_large_archive_is_checked_part_by_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(1, 9):
        text = f"Officials of the United States and Cuba met in Havana on {n} May 2016 for talks.\n"
        (tmp_path / f"{n}.txt").write_text(text)
    command = ["build", str(tmp_path), "--json", "-o", str(tmp_path / "kg.ttl"), "--jobs", "2"]
    monkeypatch.setattr(archiving, "MANY_SOURCES", 3)
    told = [CliRunner().invoke(cli, command).stdout]
    monkeypatch.setattr(archiving, "MANY_TRIPLES", 100)
    monkeypatch.setattr("uscuba_kg.check.shapes.check_graph", lambda *_: pytest.fail("all at once"))
    told.append(CliRunner().invoke(cli, command).stdout)
    assert told[0] == told[1]
    assert '"conforms":true' in told[1]
    assert {path.suffix for path in tmp_path.iterdir()} == {".txt", ".ttl"}


def test_a_query_about_datatypes_that_the_store_confuses_is_left_to_the_other_engine(
    tmp_path: Path,
) -> None:
    path, asked = tmp_path / "g.ttl", tmp_path / "shapes.ttl"
    path.write_text(PREFIXES + 'ex:a a ex:C ; ex:p "1"^^xsd:int .')
    query = "SELECT $this ?value { $this ex:p ?value . FILTER (DATATYPE(?value) != xsd:int) }"
    asked.write_text(
        f'{PREFIXES} ex:x sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] . ex:S a '
        f'sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:prefixes ex:x ; sh:select "{query}" ] .'
    )
    assert check_file(path, tmp_path, shapes=asked).findings == ()

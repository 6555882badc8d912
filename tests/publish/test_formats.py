from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import RESUMED, SPANISH, built
from uscuba_kg.errors import OutputError
from uscuba_kg.publish.formats import FORMATS, check_output, to_rdflib, write_graph
from uscuba_kg.rdf.terms import STRING, Literal, Triple
from uscuba_kg.rdf.turtle import turtle

TRIPLES = built(RESUMED, SPANISH).triples
PARSED = {
    ".jsonld": "json-ld",
    ".nq": "nquads",
    ".nt": "nt",
    ".rdf": "xml",
    ".trig": "trig",
    ".ttl": "turtle",
}
LANG = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
XML_SAFE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\"'\\<&>"), max_size=40
)


def as_set(graph: rdflib.Graph | rdflib.Dataset) -> set[tuple[str, ...]]:
    if isinstance(graph, rdflib.Dataset):
        return {tuple(t.n3() for t in quad[:3]) for quad in graph.quads()}
    return {tuple(t.n3() for t in triple) for triple in graph}


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_each_format_reads_back_to_the_same_graph(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    write_graph(TRIPLES, path)
    dataset = ending in (".nq", ".trig")
    graph = (rdflib.Dataset() if dataset else rdflib.Graph()).parse(path, format=PARSED[ending])
    assert as_set(graph) == as_set(to_rdflib(TRIPLES))
    form = pyoxigraph.RdfFormat.from_extension(ending[1:])
    assert len({q.triple for q in pyoxigraph.parse(path=str(path), format=form)}) == len(TRIPLES)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_the_order_of_triples_makes_no_difference(tmp_path: Path, ending: str) -> None:
    shuffled = list(TRIPLES)
    random.Random(7).shuffle(shuffled)
    one, two = tmp_path / f"one{ending}", tmp_path / f"two{ending}"
    write_graph(TRIPLES, one)
    write_graph(shuffled, two)
    assert one.read_bytes() == two.read_bytes()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(XML_SAFE, st.sampled_from(["", "en", "es"])), max_size=6))
def test_any_words_survive_turtle(words: list[tuple[str, str]]) -> None:
    triples = {
        Triple(
            "https://w3id.org/uscuba-kg/id/meeting/x",
            "https://schema.org/text",
            Literal(w, LANG if lang else STRING, lang),
        )
        for w, lang in words
    }
    document = "".join(turtle(triples))
    assert as_set(rdflib.Graph().parse(data=document, format="turtle")) == as_set(
        to_rdflib(triples)
    )
    assert len(list(pyoxigraph.parse(document, pyoxigraph.RdfFormat.TURTLE))) == len(triples)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("graph.txt", "no format has the ending"),
        ("nowhere/graph.ttl", "does not exist"),
        ("folder.ttl", "is a folder"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_work(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(OutputError, match=words):
        check_output(tmp_path / name)


def test_a_full_disk_leaves_the_old_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("the old graph")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write_graph(TRIPLES, path)
    assert path.read_text() == "the old graph"
    assert list(tmp_path.iterdir()) == [path]

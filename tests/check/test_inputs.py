"""Graphs of every format and place are read, and what is wrong with one is told with its place and words."""

from __future__ import annotations

import gzip
import io
import socket
from pathlib import Path

import pyoxigraph
import pytest

from uscuba_kg.check.graph.index import graph_of
from uscuba_kg.check.graph.inputs import sources_of
from uscuba_kg.check.graph.lines import Place, places_of
from uscuba_kg.check.graph.loading import store_of, triples_of
from uscuba_kg.errors import InputError
from uscuba_kg.rdf.terms import Literal

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
SAME = {
    ".nt": "<http://e/a> <http://e/p> <http://e/b> .\n",
    ".nq": "<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n",
    ".ttl": "@prefix e: <http://e/> .\n\ne:a\n    e:p e:b .\n",
    ".trig": "PREFIX e: <http://e/>\ne:g { e:a e:p e:b }\n",
    ".jsonld": '[\n{"@id": "http://e/a", "http://e/p": [{"@id": "http://e/b"}]}]\n',
    ".rdf": f'<rdf:RDF {RDF} xmlns:e="http://e/">\n<rdf:Description rdf:about="http://e/a">\n'
    '<e:p rdf:resource="http://e/b"/></rdf:Description></rdf:RDF>\n',
}
WANTED = [("http://e/a", "http://e/p", "http://e/b")]


@pytest.mark.parametrize("ending", sorted(SAME))
@pytest.mark.parametrize("way", ["file", "gzip", "stdin", "zipped stdin"])
def test_a_graph_is_read_in_any_format_from_anywhere(tmp_path: Path, ending: str, way: str) -> None:
    data = SAME[ending].encode()
    if "stdin" in way:
        stdin = io.BytesIO(gzip.compress(data) if "zipped" in way else data)
        sources = sources_of(["-"], stdin=stdin)
    else:
        path = tmp_path / f"graph{ending}{'.gz' if way == 'gzip' else ''}"
        path.write_bytes(gzip.compress(data) if way == "gzip" else data)
        sources = sources_of([path])
    assert list(triples_of(sources)) == WANTED
    assert [str(q) for q in store_of(sources)] == ["<http://e/a> <http://e/p> <http://e/b>"]


def test_a_format_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "graph.owl"
    path.write_text(SAME[".rdf"], encoding="utf-8")
    with pytest.raises(InputError, match="no format has the ending"):
        sources_of([path])
    assert list(triples_of(sources_of([path], form=".rdf"))) == WANTED


def test_a_folder_a_store_and_several_files_count_as_one_graph(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.ttl").write_text("<http://e/1> <http://e/p> _:x .", encoding="utf-8")
    (folder / "inner" / "b.ttl").write_text("<http://e/2> <http://e/p> _:x .", encoding="utf-8")
    (folder / "notes.txt").write_text("no graph", encoding="utf-8")
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.load(SAME[".nt"].encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    store.flush()
    del store
    sources = sources_of([folder, tmp_path / "store", folder / "a.ttl"])
    triples = list(triples_of(sources))
    assert [t[0] for t in triples] == ["http://e/1", "http://e/2", "http://e/a", "http://e/1"]
    nodes = [str(t[2]) for t in triples if str(t[2]).startswith("_:")]
    assert len(set(nodes)) == 3, "blank nodes of two files are never one"
    assert {str(q.object) for q in store_of(sources)} == {*nodes, "<http://e/b>"}
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="there is no graph in this folder"):
        sources_of([tmp_path / "empty"])


BAD = [
    ("iri.ttl", "@prefix e: <http://e/> .\ne:a e:p <http://e/x y> .", r"iri.ttl:2:9: .*IRI.*\n    e:a e:p <http://e/x y> .\n {12}\^"),
    ("iri.rdf", f'<rdf:RDF {RDF}>\n<rdf:Description rdf:about="http://e/a b"/></rdf:RDF>', r"iri.rdf:2:29: .*IRI"),
    ("cut.rdf", f"<rdf:RDF {RDF}>\n<rdf:Description>\n</rdf:Descr>", r"cut.rdf:3:3: .*mismatched tag\n    </rdf:Descr>"),
    ("cut.jsonld", '[{"@id": "http://e/a",\n "http://e/p": [,]}]', r"cut.jsonld:2:17: .*\n"),
    ("context.jsonld", '{"@context": "http://127.0.0.1:9/x", "@id": "http://e/a"}', "nothing is ever fetched"),
    ("latin.ttl", b'<http://e/a> <http://e/p> "caf\xe9" .', r"latin.ttl:1:\d+: .*UTF-8"),
    ("mixed.ttl", '<http://e/a> <http://e/p> "café" .\n'.encode() + b'<http://e/a> <http://e/p> "caf\xe9" .', r"mixed.ttl:2:\d+"),
    ("wide.ttl", SAME[".nt"].encode("utf-16"), "this is UTF-16"),
    ("cut.ttl.gz", gzip.compress(SAME[".nt"].encode() * 100)[:40], "not a whole gzip file"),
    ("no.ttl.gz", SAME[".nt"], "not a whole gzip file"),
    ("laughs.rdf", '<!DOCTYPE r [\n<!ENTITY a "aa">\n<!ENTITY b "&a;&a;">]>\n<r/>', "laughs.rdf:3:.*could grow without end"),
    ("blowup.rdf", f'<!DOCTYPE r [\n<!ENTITY a "{"a" * 2000}">]>\n<r/>', "could grow without end"),
    ("outside.rdf", '<!DOCTYPE r [\n<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<r/>', "outside the file is never fetched"),
    ("dtd.rdf", '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/d">\n<r/>', "another file is never fetched"),
    ("parameter.rdf", '<!DOCTYPE r [\n<!ENTITY % a "x">]>\n<r/>', "outside the file is never fetched"),
    ("long.rdf", f"<rdf:RDF {RDF}>{'a' * (17 << 20)}</rdf:RDF>", "longer than 16 MB"),
    ("long.ttl", f'<http://e/a> <http://e/p> "{"a" * (17 << 20)}" .', "longer than 16 MB"),
    ("starred.nt", "<http://e/a> <http://e/p> <<( <http://e/a> <http://e/p> <http://e/b> )>> .", "RDF 1.2"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_told_with_line_column_and_words(
    tmp_path: Path, name: str, content: str | bytes, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError, match=words):
        list(triples_of(sources_of([path])))


def test_an_entity_that_is_the_name_of_a_namespace_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "graph.rdf"
    head = '<!DOCTYPE rdf:RDF [\n<!ENTITY e "http://e/">]>\n'
    path.write_text(head + SAME[".rdf"].replace('"http://e/a"', '"&e;a"'), encoding="utf-8")
    assert list(triples_of(sources_of([path]))) == WANTED


@pytest.mark.parametrize("ending", sorted(SAME))
def test_the_line_where_a_thing_stands_is_found(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}.gz"
    path.write_bytes(gzip.compress(SAME[ending].encode()))
    line = {".nt": 1, ".nq": 1, ".ttl": 3, ".jsonld": 2, ".rdf": 2}.get(ending)
    found = places_of(sources_of([path]), ["http://e/a", "http://e/none"])
    assert found == ({"http://e/a": Place(str(path), line)} if line else {})


def test_words_in_three_quotation_marks_are_no_subjects(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    text = '@prefix e: <http://e/> .\ne:x e:p """\ne:a e:p "no" .\n""" .\n\ne:a e:p "yes" .\n'
    path.write_text(text, encoding="utf-8")
    assert places_of(sources_of([path]), ["http://e/a"])["http://e/a"].line == 6


def test_a_triple_counts_once_and_blank_nodes_keep_their_names() -> None:
    triples = [("_:a", "http://e/p", Literal("x")), ("_:a", "http://e/p", Literal("x"))]
    graph = graph_of(triples, [("_:b", "http://e/p", "_:a")])
    assert graph.size == 1
    assert list(graph.subjects("http://e/p", "_:a")) == ["_:b"]

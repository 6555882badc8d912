"""Every format is found by every reader, holds odd words, and replaces a file whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from rdf.knowledge import KNOWLEDGE
from uscuba_kg.errors import OutputError
from uscuba_kg.publish.formats import FORMATS, check_output, write_graph
from uscuba_kg.rdf import vocab
from uscuba_kg.rdf.emit import emit
from uscuba_kg.rdf.terms import Literal, Triple

TRIPLES = emit(KNOWLEDGE)
ENDINGS = sorted(FORMATS)
LANG = vocab.RDF + "langString"
SUBJECT = vocab.ID + "statement/x"


def test_the_six_formats_are_there() -> None:
    assert ENDINGS == [".jsonld", ".nq", ".nt", ".rdf", ".trig", ".ttl"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_plain_graph_of_rdflib_sees_every_triple(tmp_path: Path, ending: str) -> None:
    """rdflib shows a Graph nothing of a named graph, and says nothing about it."""
    path = tmp_path / f"graph{ending}"
    write_graph(TRIPLES, path)
    assert len(rdflib.Graph().parse(path)) == len(TRIPLES)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_graph_is_a_graph(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"graph{ending}"
    write_graph((), path)
    form = pyoxigraph.RdfFormat.from_extension(ending[1:])
    assert list(pyoxigraph.parse(path=str(path), format=form)) == []


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "words",
    ["a\x0cb\x00\x1b[2J", "\r\n\t ", "]]> &amp; <b>'\"", "🇨🇺 \u2028\ufffe", "", "\\u0041\\"],
)
def test_odd_words_come_back(tmp_path: Path, ending: str, words: str) -> None:
    path = tmp_path / f"graph{ending}"
    write_graph([Triple(SUBJECT, vocab.SCHEMA + "text", Literal(words, LANG, "es"))], path)
    form = pyoxigraph.RdfFormat.from_extension(ending[1:])
    (quad,) = pyoxigraph.parse(path=str(path), format=form)
    if ending == ".rdf":  # which cannot say these at all
        for sign in "\x00\x0c\x1b\ufffe":
            words = words.replace(sign, "\ufffd")
    assert (quad.object.value, quad.object.language) == (words, "es")


@pytest.mark.parametrize(
    "predicate",
    [
        "https://schema.org/text",
        "http://example.org/terms#of-others",
        "http://example.org/a.b/c_d",
        "http://example.org/1st",
        "urn:example:some.thing",
        "https://schema.org/deeper/text",
    ],
)
def test_rdf_xml_writes_every_property_that_has_a_name(tmp_path: Path, predicate: str) -> None:
    path = tmp_path / "graph.rdf"
    triples = {
        Triple(SUBJECT, predicate, Literal("words")),
        Triple(SUBJECT, predicate, Literal("2013", vocab.XSD + "gYear")),
        Triple(SUBJECT, predicate, vocab.ID + "state/cuba"),
    }
    write_graph(list(triples), path)
    assert {(str(s), str(p)) for s, p, _ in rdflib.Graph().parse(path)} == {(SUBJECT, predicate)}
    assert len(list(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.RDF_XML))) == 3


def test_rdf_xml_says_where_a_property_has_no_name(tmp_path: Path) -> None:
    path = tmp_path / "graph.rdf"
    path.write_text("the old graph")
    with pytest.raises(OutputError, match="cannot write the property"):
        write_graph([Triple(SUBJECT, "http://example.org/12", Literal("x"))], path)
    assert [p.read_text() for p in tmp_path.iterdir()] == ["the old graph"]


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from rdf.knowledge import KNOWLEDGE\n"
        "from uscuba_kg.rdf.emit import emit; from uscuba_kg.publish import formats\n"
        "triples = set(emit(KNOWLEDGE))\n"
        "for e in formats.FORMATS: formats.write_graph(triples, Path(sys.argv[1]) / f'graph{e}')"
    )
    folders = []
    for seed in ("1", "4242"):
        folder = tmp_path / seed
        folder.mkdir()
        paths = os.pathsep.join(p for p in sys.path if p)
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths}
        subprocess.run([sys.executable, "-c", program, str(folder)], env=env, check=True)
        folders.append({p.name: p.read_bytes() for p in folder.iterdir()})
    assert len(folders[0]) == len(FORMATS)
    assert folders[0] == folders[1]


def test_a_disk_that_fills_up_leaves_the_old_graph(tmp_path: Path) -> None:
    """A limit on the size of files stands for the full disk: the write itself fails."""
    path = tmp_path / "graph.ttl"
    path.write_text("the old graph")
    program = (
        "import resource, signal, sys; from pathlib import Path; from rdf.knowledge import KNOWLEDGE\n"
        "from uscuba_kg.errors import OutputError; from uscuba_kg.rdf.emit import emit\n"
        "from uscuba_kg.publish.formats import write_graph\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: write_graph(emit(KNOWLEDGE), Path(sys.argv[1]))\n"
        "except OutputError as error: sys.exit(f'told: {error}')"
    )
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], env=env, capture_output=True, text=True
    )
    assert "told: " in done.stderr
    assert "File too large" in done.stderr
    assert path.read_text() == "the old graph"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_rights_stay_as_they_were(tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.ttl"
    real.parent.mkdir()
    real.write_text("the old graph")
    real.chmod(0o640)
    link = tmp_path / "graph.ttl"
    link.symlink_to(real)
    write_graph(TRIPLES, link)
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("@prefix")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(p.name for p in real.parent.iterdir()) == ["real.ttl"]


def test_the_longest_name_a_folder_takes_is_taken(tmp_path: Path) -> None:
    path = tmp_path / ("g" * 251 + ".ttl")
    write_graph(TRIPLES, path)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a place where no file can be made")
def test_a_place_that_takes_no_file_is_told() -> None:
    with pytest.raises(OutputError, match=r"untouched|cannot be written"):
        write_graph(TRIPLES, Path("/proc/graph.ttl"))


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    check_output(tmp_path / "GRAPH.TTL")


def test_what_a_killed_run_left_is_swept_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    left, busy, fresh, other = (
        tmp_path / name for name in (".uscuba-kg-a", ".uscuba-kg-b", ".uscuba-kg-c", "notes")
    )
    for path in (left, busy, fresh, other):
        path.write_text("half")
        if path != fresh:
            os.utime(path, (1, 1))
    with busy.open("rb") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        write_graph((), tmp_path / "graph.nt")
    assert {p.name for p in tmp_path.iterdir()} == {busy.name, fresh.name, other.name, "graph.nt"}

"""``uscuba-kg validate`` as a person or a CI job calls it: exit codes, streams, files."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "from uscuba_kg.cli.main import main; main()"
BASE = Path(__file__).parents[1] / "shapes" / "base.ttl"


def run(*args: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", MAIN, "validate", *args]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    good = BASE.read_text(encoding="utf-8")
    (tmp_path / "graph.ttl").write_text(good, encoding="utf-8")
    bad = good.replace("    uscuba:role uscuba:Chair ;", "    uscuba:role uscuba:Held ;")
    (tmp_path / "bad.ttl").write_text(bad, encoding="utf-8")
    mild = good.replace(
        "    uscuba:meetingKind uscuba:Talks ;",
        "    uscuba:meetingKind uscuba:Talks, uscuba:Visit ;",
    )
    mild = mild.replace(
        "# Another article",
        """
        claim:visit rdf:subject meeting:talks ; rdf:predicate uscuba:meetingKind ; rdf:object uscuba:Visit .\n# Another article""",
    )
    (tmp_path / "mild.ttl").write_text(mild, encoding="utf-8")
    return tmp_path


def test_the_graph_of_the_folder_is_checked_by_default(folder: Path) -> None:
    done = run(cwd=folder)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"The graph conforms to its shapes: ")


@pytest.mark.parametrize(
    ("graph", "grave", "code"),
    [
        ("bad.ttl", "violation", 1), ("bad.ttl", "info", 1), ("mild.ttl", "violation", 0), ("mild.ttl", "warning", 1),
        ("graph.ttl", "info", 0), ("none.ttl", "violation", 2), ("graph.doc", "violation", 2),
    ],
)  # fmt: skip
def test_the_exit_code_says_how_it_went(folder: Path, graph: str, grave: str, code: int) -> None:
    done = run(graph, "--fail-on", grave, cwd=folder)
    assert done.returncode == code
    assert bool(done.stderr) is (code == 2)
    quiet = run(graph, "--fail-on", grave, "--quiet", cwd=folder)
    assert (quiet.returncode, quiet.stdout) == (code, b"")


def test_standard_input_is_a_graph_too(folder: Path) -> None:
    done = run("-", "--json", cwd=folder, stdin=(folder / "bad.ttl").read_bytes())
    assert done.returncode == 1
    found = json.loads(done.stdout)["findings"]
    assert {f["file"] for f in found} == {"standard input"}
    assert "InConstraintComponent" in {f["component"] for f in found}


def test_a_report_goes_into_a_file_whole(folder: Path) -> None:
    done = run("bad.ttl", "-f", "junit", "-o", "found.xml", cwd=folder)
    assert (done.returncode, done.stdout) == (1, b"")
    assert (folder / "found.xml").read_bytes().startswith(b"<?xml")
    done = run("bad.ttl", "-o", "no/found.xml", cwd=folder)
    assert (done.returncode, b"does not exist" in done.stderr) == (2, True)


def test_a_baseline_is_made_kept_and_mended(folder: Path) -> None:
    assert run("bad.ttl", "--baseline", "known.json", cwd=folder).returncode == 2
    assert (
        run("bad.ttl", "--baseline", "known.json", "--update-baseline", cwd=folder).returncode == 0
    )
    known = (folder / "known.json").read_bytes()
    done = run("bad.ttl", "--baseline", "known.json", cwd=folder)
    assert (done.returncode, b"known findings of the baseline" in done.stdout) == (0, True)
    mended = run("graph.ttl", "--baseline", "known.json", cwd=folder)
    assert (mended.returncode, b"Fixed since the baseline" in mended.stdout) == (0, True)
    assert (folder / "known.json").read_bytes() == known
    assert (
        run("graph.ttl", "--baseline", "known.json", "--update-baseline", cwd=folder).returncode
        == 0
    )
    assert json.loads((folder / "known.json").read_bytes())["findings"] == []
    assert run("bad.ttl", "--baseline", "known.json", cwd=folder).returncode == 1
    assert run("bad.ttl", "--update-baseline", cwd=folder).returncode == 2


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_the_engine_can_be_chosen(folder: Path, engine: str) -> None:
    said = json.loads(run("bad.ttl", "--json", "--engine", engine, cwd=folder).stdout)
    assert said["engine"] == engine
    assert {f["shape"].split("#")[1] for f in said["findings"]} == {
        "Participation-role", "ClaimWords-asserted", "FactEvidence-claimed",
    }  # fmt: skip

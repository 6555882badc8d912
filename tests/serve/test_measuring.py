"""The commands behind the figures on the server still run."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITE = """\
@prefix mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#> .
@prefix ht: <http://www.w3.org/2011/http#> .
@prefix hts: <http://www.w3.org/2011/http-statusCodes#> .
<> mf:entries (<#ask> <#wrong>) .
<#ask> mf:action [ ht:requests ([
  ht:methodName "GET" ; ht:absolutePath "/sparql/?query=ASK%20%7B%7D" ;
  ht:resp [ mf:expectedBoolean true ; mf:expectedStatus hts:StatusCode2xx ] ]) ] .
<#wrong> mf:action [ ht:requests ([
  ht:methodName "GET" ; ht:absolutePath "/sparql/?query=ASK%20%7B%7D" ;
  ht:resp [ mf:expectedStatus hts:StatusCode4xx ] ]) ] .
"""


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *args], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_server_is_fuzzed() -> None:
    done = run("benchmarks/fuzz.py", "--requests", "200")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "wrong answers 0" in done.stdout


def test_writers_are_killed() -> None:
    done = run("benchmarks/kills_of_writers.py", "--kills", "3")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^\d+ batches acknowledged, 0 lost, 0 torn$", done.stdout, re.MULTILINE)
    assert "Traceback" not in done.stderr


def test_a_suite_is_run_and_what_fails_is_counted(tmp_path: Path) -> None:
    (tmp_path / "protocol").mkdir()
    (tmp_path / "protocol" / "manifest.ttl").write_text(SUITE, encoding="utf-8")
    (tmp_path / "graph-store-protocol").mkdir()
    for kind in ("direct", "indirect"):
        place = tmp_path / "graph-store-protocol" / f"manifest-{kind}.ttl"
        place.write_text("", encoding="utf-8")
    done = run("benchmarks/w3c.py", str(tmp_path), "--verbose")
    assert done.returncode == 1
    assert re.search(r"^protocol +1 of 2$", done.stdout, re.MULTILINE), done.stderr
    assert "wrong: request 1: GET /sparql?query=ASK%20%7B%7D: status 200" in done.stdout
    assert re.search(r"^service description +3 of 3$", done.stdout, re.MULTILINE)


def test_load_is_measured(tmp_path: Path) -> None:
    if shutil.which("wrk") is None:
        if os.environ.get("USCUBA_KG_ALL_TOOLS"):
            pytest.fail("wrk is not installed")
        pytest.skip("wrk is not installed")
    (tmp_path / "gen.py").write_text(
        "import sys\nopen(sys.argv[2], 'w').write('<urn:s> <urn:p> 1 .')\n", encoding="utf-8"
    )
    (tmp_path / "queries.py").write_text(
        "QUERIES = {'q4_evidence': 'ASK { ?s ?p ?o }'}\n", encoding="utf-8"
    )
    args = ("--sizes", "1", "--seconds", "1", "--rounds", "1")
    done = run("benchmarks/serve.py", str(tmp_path), *args)
    assert done.returncode == 0, done.stderr
    assert re.search(r"^q4_evidence +ours +\d+ ", done.stdout, re.MULTILINE)
    assert re.search(r"^memory of all our processes: \d+ MiB", done.stdout, re.MULTILINE)

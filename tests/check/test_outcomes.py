"""An outcome for people and for machines: each form holds what was found, and is well-formed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest
from jsonschema import Draft7Validator

from check.compared import counted
from uscuba_kg.check.command import Order, check
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.graph.inputs import sources_of
from uscuba_kg.check.outcome import Known, Outcome, against, baseline_text, read_baseline
from uscuba_kg.check.reports.formats import MACHINES
from uscuba_kg.check.reports.text import text_lines
from uscuba_kg.errors import InputError

BASE = Path(__file__).parents[1] / "shapes" / "base.ttl"
FORMS = sorted(MACHINES)
SCHEMA = os.environ.get("USCUBA_KG_SARIF_SCHEMA", "")


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base graph with a wrong role, a meeting of two kinds and one without a date."""
    text = BASE.read_text(encoding="utf-8")
    text = text.replace("    uscuba:role uscuba:Chair ;", "    uscuba:role uscuba:Held ;")
    text = text.replace(
        "    uscuba:meetingKind uscuba:Talks ;",
        "    uscuba:meetingKind uscuba:Talks, uscuba:Visit ;",
    )
    text = text.replace('    schema:startDate "2016-05-17"^^xsd:date ;\n', "")
    path = tmp_path_factory.mktemp("outcome") / "graph.ttl"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def outcome(spoilt: Path) -> Outcome:
    return check(Order(sources=sources_of([spoilt])))


def line_of(path: Path, words: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return 1 + next(n for n, line in enumerate(lines) if line.startswith(words))


def test_people_read_what_is_wrong_where_and_which_words_are_behind(
    outcome: Outcome, spoilt: Path
) -> None:
    lines = list(text_lines(outcome))
    assert (
        lines[0]
        == f"The graph does not conform to its shapes: {outcome.triples} triples, {len(outcome.entries)} findings."
    )
    heads = [line for line in lines if line[:1].isupper()][1:]
    assert [h.split()[0] for h in heads] == sorted(
        (h.split()[0] for h in heads), key=["VIOLATION", "WARNING", "INFO"].index
    )
    at = lines.index("VIOLATION shape:Participation-role (1)")
    assert lines[at + 1 : at + 7] == [
        "  Give exactly one role: uscuba:Chair, uscuba:Member or uscuba:Host.",
        "    id:participation/ana-gomez",
        "      at uscuba:role, value 'uscuba:Held' [InConstraintComponent]",
        f"      {spoilt}:{line_of(spoilt, 'participation:ana-gomez a')}",
        "      [led by] — Talks in Havana (2016-05-18)",
        "",
    ]  # fmt: skip
    meeting = lines.index("    Talks, 17 May 2016 <id:meeting/talks>")
    assert "uscuba:meetingKind" in lines[meeting + 1]


def test_people_read_spanish_and_no_more_than_they_ask_for(outcome: Outcome) -> None:
    lines = list(text_lines(outcome, "es", most=2))
    assert lines[0].startswith("El grafo no cumple sus formas: ")
    assert (
        sum(
            line.endswith("]") and line.startswith("      ") and "[" in line and "—" not in line
            for line in lines
        )
        == 2
    )
    assert lines[-1] == f"y {len(outcome.entries) - 2} más: muéstrelos todos con --max 0"
    assert "INFRACCIÓN" in "\n".join(lines)
    assert "\x1b" not in "\n".join(lines)
    assert any(line.startswith("\x1b[31mVIOLATION") for line in text_lines(outcome, colour=True))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_report_is_the_same_every_time(
    spoilt: Path, outcome: Outcome, form: str, language: str
) -> None:
    again = check(Order(sources=sources_of([spoilt])))
    assert MACHINES[form](outcome, language) == MACHINES[form](again, language)


def test_json_holds_all_that_is_known(outcome: Outcome, spoilt: Path) -> None:
    said = json.loads(MACHINES["json"](outcome, "en"))
    assert (said["conforms"], said["triples"], said["engine"]) == (False, outcome.triples, "fast")
    (role,) = [f for f in said["findings"] if f["shape"].endswith("#Participation-role")]
    assert (role["file"], role["line"]) == (
        str(spoilt),
        line_of(spoilt, "participation:ana-gomez a"),
    )
    assert role["sentences"][0]["exact"] == "led by"
    assert dict(role["messages"])["es"].startswith("Dé exactamente un papel")


def test_junit_has_a_case_for_each_shape(outcome: Outcome) -> None:
    suite = ElementTree.fromstring(MACHINES["junit"](outcome, "en"))
    cases = {case.attrib["name"]: case for case in suite}
    shapes = {e.finding.shape for e in outcome.entries}
    assert int(suite.attrib["tests"]) == len(cases) == len(shapes)
    assert cases["shape:Participation-role"][0].tag == "failure"
    assert cases["shape:Meeting-oneKind"][0].tag == "system-out"
    assert int(suite.attrib["failures"]) == sum(case[0].tag == "failure" for case in suite)


def test_github_annotates_the_lines(outcome: Outcome, spoilt: Path) -> None:
    lines = MACHINES["github"](outcome, "en").splitlines()
    assert len(lines) == len(outcome.entries)
    (role,) = [line for line in lines if "Participation-role" in line]
    line = line_of(spoilt, "participation:ana-gomez a")
    assert role.startswith(f"::error file={spoilt},line={line},title=shape%3AParticipation-role::")
    assert {line.split()[0] for line in lines} == {"::error", "::warning", "::notice"}


def test_markdown_counts_by_shape(outcome: Outcome) -> None:
    text = MACHINES["markdown"](outcome, "es")
    assert text.startswith("## El grafo no cumple sus formas\n")
    rows = [line for line in text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == len({(e.finding.severity, e.finding.shape) for e in outcome.entries})


@pytest.mark.parametrize(
    ("form", "format"),
    [("turtle", pyoxigraph.RdfFormat.TURTLE), ("jsonld", pyoxigraph.RdfFormat.JSON_LD)],
)
def test_the_report_of_shacl_holds_every_result(outcome: Outcome, form: str, format: Any) -> None:
    store = pyoxigraph.Store()
    store.load(MACHINES[form](outcome, "en").encode(), format)
    query = f"""SELECT ?focus ?path ?value ?component ?severity {{ ?report <{SH}result> ?r .
        ?r <{SH}focusNode> ?focus ; <{SH}sourceConstraintComponent> ?component ; <{SH}resultSeverity> ?severity .
        OPTIONAL {{ ?r <{SH}resultPath> ?path }} OPTIONAL {{ ?r <{SH}value> ?value }} }}"""
    rows = [
        tuple("" if row[v] is None else row[v].value for v in range(5))
        for row in store.query(query)
    ]
    assert len(rows) == len(outcome.results)
    assert {(r[0], r[1], r[3], r[4]) for r in rows} == {
        (k[0], k[1], k[3], k[4]) for k in counted(outcome.results)
    }
    assert bool(store.query(f"ASK {{ ?r a <{SH}ValidationReport> ; <{SH}conforms> false }}"))


@pytest.mark.parametrize("path", ["( ex:p ex:q )", "[ sh:inversePath ex:p ]", "[ sh:alternativePath ( ex:p ex:q ) ]",
                                  "[ sh:zeroOrMorePath ex:p ]", "( [ sh:oneOrMorePath ex:p ] [ sh:zeroOrOnePath ex:q ] )"])  # fmt: skip
def test_a_path_is_written_as_shacl_writes_it(tmp_path: Path, path: str) -> None:
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://e/> . "
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.nt"
    shapes.write_text(
        f"{head}ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path {path} ; sh:minCount 5 .",
        encoding="utf-8",
    )
    data.write_text("<http://e/a> <http://e/p> <http://e/b> .", encoding="utf-8")
    outcome = check(Order(sources=sources_of([data]), shapes=(shapes,)))
    graphs = []
    for form, of in (
        ("turtle", pyoxigraph.RdfFormat.TURTLE),
        ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
    ):
        graph = pyoxigraph.Dataset(pyoxigraph.parse(MACHINES[form](outcome, "en").encode(), of))
        graph.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append({str(q) for q in graph})
    assert graphs[0] == graphs[1]
    wanted = pyoxigraph.parse(f"{head} ex:P sh:path {path} .".encode(), pyoxigraph.RdfFormat.TURTLE)
    named = [q for q in wanted if q.predicate.value != SH + "path"]
    assert all(any(q.predicate.value in line for line in graphs[0]) for q in named)


def test_sarif_has_what_the_schema_requires(outcome: Outcome, spoilt: Path) -> None:
    log = json.loads(MACHINES["sarif"](outcome, "en"))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert log["version"] == "2.1.0"
    assert len({r["id"] for r in rules}) == len(rules)
    assert len(run["results"]) == len(outcome.entries)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert len(result["partialFingerprints"]["uscubaKg/v1"]) == 20
    (role,) = [r for r in run["results"] if "Participation-role" in r["ruleId"]]
    place = role["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == spoilt.as_uri()
    assert place["region"]["startLine"] == line_of(spoilt, "participation:ana-gomez a")


@pytest.mark.skipif(not SCHEMA, reason="USCUBA_KG_SARIF_SCHEMA names no file")
def test_sarif_is_valid_by_its_schema(outcome: Outcome) -> None:
    """The schema of OASIS, which npm's @microsoft/jest-sarif carries."""
    schema = json.loads(Path(SCHEMA).read_text(encoding="utf-8"))
    known = against(outcome, [Known(outcome.entries[0].id, "", "")])
    for made in (outcome, known):
        log = json.loads(MACHINES["sarif"](made, "en"))
        assert list(Draft7Validator(schema).iter_errors(log)) == []
        assert list(Draft7Validator(schema).iter_errors({**log, "version": "2"})) != []


def test_a_baseline_keeps_known_findings_quiet_and_tells_what_is_mended(
    outcome: Outcome, tmp_path: Path
) -> None:
    path = tmp_path / "known.json"
    path.write_text(baseline_text(outcome.entries), encoding="utf-8")
    known = read_baseline(path)
    assert [k.id for k in known] != sorted(k.id for k in known), "by shape and thing, not by digest"
    same = against(outcome, known)
    assert (same.entries, len(same.known), same.fixed) == ((), len(outcome.entries), ())
    assert not same.fails("info")
    gone = Known(
        "0" * 20, "https://w3id.org/uscuba-kg/shapes#Gone", "https://w3id.org/uscuba-kg/id/x"
    )
    other = against(outcome, (*known[1:], gone))
    assert (len(other.entries), other.fixed) == (1, (gone,))
    assert list(text_lines(other))[-2:] == [
        "Fixed since the baseline, drop them with --update-baseline: 1", "  shape:Gone id:x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"version": 2, "findings": []}',
        '{"version": 1}',
        '{"version": 1, "findings": [{}]}',
    ],
)
def test_what_is_no_baseline_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"known.json: .*baseline"):
        read_baseline(path)


@pytest.mark.parametrize(
    ("grave", "fails"), [("violation", True), ("warning", True), ("info", True)]
)
def test_how_grave_is_too_grave_can_be_chosen(outcome: Outcome, grave: str, fails: bool) -> None:
    assert outcome.fails(grave) is fails
    mild = against(
        outcome, [Known(e.id, "", "") for e in outcome.entries if e.finding.severity == "violation"]
    )
    assert mild.fails(grave) is (grave != "violation")

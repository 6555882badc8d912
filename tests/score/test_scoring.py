"""What counts as found, on small graphs whose figures were recorded from the outside script."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from uscuba_kg.publish.ask import ask
from uscuba_kg.rdf.terms import Triple
from uscuba_kg.score.compare import SLOTS, Outcome, Verdict, compare
from uscuba_kg.score.figures import ALL, Scored, by_slot, errors, figures_of, table
from uscuba_kg.score.gold import Annotation, read_gold
from uscuba_kg.score.names import core, same_name, same_person, same_title
from uscuba_kg.score.run import score
from uscuba_kg.score.view import View

ROOT = Path(__file__).resolve().parents[2]
CASES = Path(__file__).with_name("cases")
SHARED = ROOT.parent / "shared"
SCRIPT = SHARED / "score" / "score.py"

# of each case, slot by slot: right, spurious, missed
RECORDED: dict[str, dict[str, tuple[int, int, int]]] = {
    "days": {
        "meeting": (5, 1, 1), "series": (2, 0, 0), "ordinal": (1, 0, 0), "start": (2, 2, 3),
        "end": (1, 3, 4), "place": (1, 1, 1), "status": (5, 1, 1), "participant": (2, 0, 0),
        "role": (0, 0, 1),
    },
    "names": {
        "meeting": (1, 0, 0), "series": (1, 0, 0), "ordinal": (0, 0, 1), "start": (1, 0, 0),
        "end": (1, 0, 0), "place": (1, 0, 0), "state": (2, 0, 0), "status": (1, 0, 0),
        "participant": (2, 1, 1), "role": (1, 1, 1), "side": (2, 0, 0), "topic": (1, 1, 1),
    },
    "records": {
        "position": (1, 0, 1), "unit": (1, 0, 1), "agreement": (1, 1, 1), "statement": (1, 2, 1),
    },
}  # fmt: skip


def graph(name: str) -> tuple[Triple, ...]:
    found = ask(CASES / f"{name}.ttl", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }").triples
    assert found
    return found


def annotation(name: str) -> Annotation:
    return msgspec.json.decode((CASES / f"{name}.json").read_bytes(), type=Annotation)


def counts(verdicts: list[Verdict]) -> dict[str, tuple[int, int, int]]:
    """The figures of every slot that has any."""
    found = {s: figures_of(v for v in verdicts if v.slot == s) for s in SLOTS}
    return {s: (f.tp, f.fp, f.fn) for s, f in found.items() if f.tp + f.fp + f.fn}


def test_every_case_is_recorded() -> None:
    assert sorted(p.stem for p in CASES.glob("*.ttl")) == sorted(RECORDED)
    assert {slot for case in RECORDED.values() for slot in case} == set(SLOTS)


@pytest.mark.parametrize("name", sorted(RECORDED))
def test_a_small_graph_gives_the_recorded_figures(name: str) -> None:
    assert counts(compare(annotation(name), View(graph(name)))) == RECORDED[name]


def test_an_empty_graph_has_missed_everything() -> None:
    verdicts = compare(annotation("names"), View(()))
    assert {v.outcome for v in verdicts} == {Outcome.MISSED}
    assert counts(verdicts)["participant"] == (0, 0, 3)
    assert "role" not in counts(verdicts)  # asked of those alone who are in both


def test_every_fact_of_a_graph_is_told_by_its_triple() -> None:
    for name in RECORDED:
        triples = graph(name)
        stand = {(t.subject, t.predicate, t.object) for t in triples}
        for verdict in compare(annotation(name), View(triples)):
            assert (verdict.fact is None) == (verdict.outcome == Outcome.MISSED)
            if verdict.fact and verdict.slot not in ("meeting", "status", "statement"):
                assert verdict.fact in stand


@pytest.mark.parametrize(
    ("gold", "found", "name", "person", "title"),
    [
        ("Department of State", "U.S. Department of State", True, True, True),
        ("La Habana", "HABANA", True, True, True),
        ("Cuba", "República de Cuba", False, False, False),
        ("Carlos Fernández de Cossío", "Carlos Fernandez de Cossio Dominguez", False, True, True),
        ("Vidal", "Josefina Vidal", False, False, True),
        ("Deputy Director for Trade", "Director of Trade", False, False, True),
        ("Director of Ports", "Head of Customs", False, False, False),
    ],
)
def test_which_names_are_the_same(
    gold: str, found: str, name: bool, person: bool, title: bool
) -> None:
    assert same_name([gold], {found}) is name
    assert same_person([gold], {found}) is person
    assert same_title([gold], {found}) is title


def test_a_name_of_filler_alone_keeps_its_words() -> None:
    assert core("Estados Unidos") == {"estados", "unidos"}
    assert not same_name([""], {""})


def test_the_table_and_the_list_of_errors() -> None:
    verdicts = (
        Verdict("meeting", Outcome.HIT, "2023"),
        Verdict("topic", Outcome.SPURIOUS, "visas"),
        Verdict("topic", Outcome.MISSED, "fraud"),
    )
    scored = [Scored(Path("a.json"), verdicts), Scored(Path("b.json"), ())]
    figures = by_slot(scored)
    assert (figures[ALL].precision, figures[ALL].recall, figures[ALL].f1) == (0.5, 0.5, 0.5)
    assert figures["role"].f1 is None
    lines = list(table(figures))
    assert lines[1] == "meeting      1.000 1.000 1.000     1     0     0"
    assert lines[-1] == "ALL          0.500 0.500 0.500     1     1     1"
    assert list(errors(scored)) == [
        "a  F1 0.500", "  + topic: visas", "  - topic: fraud", "", "b  F1 -", "",
    ]  # fmt: skip


def outside() -> ModuleType:
    """The script of the field by which others score; it lies beside the checkout where CI runs."""
    spec = importlib.util.spec_from_file_location("outside_score", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def theirs(tally: Any) -> dict[str, tuple[int, int, int]]:
    found = {s: (tally.tp[s], tally.fp[s], tally.fn[s]) for s in SLOTS}
    return {s: figures for s, figures in found.items() if any(figures)}


@pytest.mark.skipif(not SCRIPT.is_file(), reason="the outside script is not beside the checkout")
def test_the_figures_are_those_of_the_outside_script(tmp_path: Path) -> None:
    from rdflib import Graph

    from uscuba_kg.pipeline import build
    from uscuba_kg.publish.formats import write_graph

    script = outside()
    for name, figures in RECORDED.items():
        gold = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
        assert theirs(script.score_article(gold, Graph().parse(CASES / f"{name}.ttl"))) == figures

    articles = read_gold([SHARED / "gold", ROOT / "tests" / "gold" / "bilingual"])
    assert len(articles) > 40
    for article, ours in zip(articles, score(articles), strict=True):
        source, output = tmp_path / f"{article.path.stem}.txt", tmp_path / "graph.ttl"
        source.write_text(article.given(), encoding="utf-8")
        write_graph(build([source], check=False).triples, output)
        gold = json.loads(article.path.read_text(encoding="utf-8"))
        wanted = theirs(script.score_article(gold, Graph().parse(output)))
        assert counts(list(ours.verdicts)) == wanted, article.path.stem

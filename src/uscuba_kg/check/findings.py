"""Results as findings: severity in a word, the name of the shape, a message in every language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from uscuba_kg.check.engine.model import Messages, Result
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.engine.shapes import name_of
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.model import Finding
from uscuba_kg.rdf.terms import Literal, Term

SEVERITIES = {SH + "Violation": "violation", SH + "Warning": "warning", SH + "Info": "info"}


@cache
def words() -> dict[str, Any]:
    """The words of reports, by language."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def finding_of(result: Result, shapes: Graph) -> Finding:
    """Give a result as a finding; a severity of somebody's own counts as a violation."""
    return Finding(
        severity=SEVERITIES.get(result.severity, "violation"),
        shape=name_of(shapes, result.source),
        component=result.component.removeprefix(SH),
        focus=words_of(result.focus),
        path=result.path,
        value="" if result.value is None else words_of(result.value),
        messages=result.messages or default_messages(result.component),
    )


def default_messages(component: str) -> Messages:
    """What is said where a shape has no message."""
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    told = words()["message"]
    return tuple((lang, said.get(name, said["other"])) for lang, said in sorted(told.items()))


def words_of(term: Term) -> str:
    """An IRI, the words of a literal, or the label of a blank node."""
    return term.lexical if isinstance(term, Literal) else term

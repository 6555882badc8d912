"""The outcome as the validation report of SHACL itself (SHACL 3.6), in Turtle or JSON-LD.

It holds every result of the shapes, those of a baseline too; ``sh:conforms`` is what the standard
says: false as soon as there is one, however slight.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from uscuba_kg.check.engine.model import Result
from uscuba_kg.check.engine.paths import (
    SH,
    Alternative,
    BadPathError,
    InTurn,
    Inverse,
    Path,
    Repeat,
    Step,
    path_sparql,
    read_path,
)
from uscuba_kg.check.findings import default_messages
from uscuba_kg.check.graph.index import Graph
from uscuba_kg.check.outcome import Outcome
from uscuba_kg.rdf.terms import STRING, Literal, Term
from uscuba_kg.rdf.turtle import whole_term
from uscuba_kg.rdf.vocab import XSD

_REPEATS = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def as_turtle(outcome: Outcome, language: str) -> str:
    """Give the report in Turtle."""
    conforms = "false" if outcome.results else "true"
    head = f"@prefix sh: <{SH}> .\n@prefix xsd: <{XSD}> .\n\n"
    parts = [f"{head}[] a sh:ValidationReport ;\n    sh:conforms {conforms}"]
    for result in _ordered(outcome):
        said = [f"sh:{name} {whole_term(term)}" for name, term in _fields(result)]
        path = path_of(result, outcome.shapes)
        if path is not None:
            said.append(f"sh:resultPath {_turtle(path)}")
        inner = " ;\n        ".join(said)
        parts.append(f" ;\n    sh:result [ a sh:ValidationResult ;\n        {inner} ]")
    return "".join(parts) + " .\n"


def as_jsonld(outcome: Outcome, language: str) -> str:
    """Give the report in JSON-LD, whole IRIs and no context to fetch."""
    report = {
        "@type": [SH + "ValidationReport"],
        SH + "conforms": [{"@value": not outcome.results}],
        SH + "result": [_object(r, outcome.shapes) for r in _ordered(outcome)],
    }
    return json.dumps([report], ensure_ascii=False, indent=1) + "\n"


def _ordered(outcome: Outcome) -> list[Result]:
    return sorted(outcome.results, key=lambda r: (r.shape, r.component, str(r.focus), str(r.value)))


def _fields(result: Result) -> Iterator[tuple[str, Term]]:
    yield "focusNode", result.focus
    yield "resultSeverity", result.severity
    yield "sourceConstraintComponent", result.component
    yield "sourceShape", result.shape
    if result.source != result.shape:
        yield "sourceConstraint", result.source
    if result.value is not None:
        yield "value", result.value
    for language, text in result.messages or default_messages(result.component):
        yield "resultMessage", Literal(text, STRING, language)


def path_of(result: Result, shapes: Graph) -> Path | None:
    """The path of a result: that of its shape, or a property that a constraint named."""
    if not result.path:
        return None
    at = shapes.one(result.shape, SH + "path")
    try:
        path = None if at is None else read_path(shapes, at)
    except BadPathError:
        path = None
    if path is not None and path_sparql(path) == result.path:
        return path
    return Step(result.path)


def _turtle(path: Path) -> str:
    match path:
        case Step(predicate):
            return f"<{predicate}>"
        case InTurn(paths):
            return f"( {' '.join(map(_turtle, paths))} )"
        case Alternative(paths):
            return f"[ sh:alternativePath ( {' '.join(map(_turtle, paths))} ) ]"
        case Inverse(inner):
            return f"[ sh:inversePath {_turtle(inner)} ]"
        case Repeat(inner, sign):
            return f"[ sh:{_REPEATS[sign]} {_turtle(inner)} ]"


def _object(result: Result, shapes: Graph) -> dict[str, Any]:
    made: dict[str, Any] = {"@type": [SH + "ValidationResult"]}
    for name, term in _fields(result):
        made.setdefault(SH + name, []).append(_value(term))
    path = path_of(result, shapes)
    if path is not None:
        made[SH + "resultPath"] = [_linked(path)]
    return made


def _value(term: Term) -> dict[str, Any]:
    if not isinstance(term, Literal):
        return {"@id": term}
    if term.language:
        return {"@value": term.lexical, "@language": term.language}
    return {"@value": term.lexical, **({"@type": term.datatype} if term.datatype != STRING else {})}


def _linked(path: Path) -> dict[str, Any]:
    match path:
        case Step(predicate):
            return {"@id": predicate}
        case InTurn(paths):
            return {"@list": [_linked(p) for p in paths]}
        case Alternative(paths):
            return {SH + "alternativePath": [{"@list": [_linked(p) for p in paths]}]}
        case Inverse(inner):
            return {SH + "inversePath": [_linked(inner)]}
        case Repeat(inner, sign):
            return {SH + _REPEATS[sign]: [_linked(inner)]}

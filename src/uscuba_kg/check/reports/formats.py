"""The forms in which an outcome can be had, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from uscuba_kg.check.outcome import Outcome
from uscuba_kg.check.reports import machines, shacl

MACHINES: Mapping[str, Callable[[Outcome, str], str]] = {
    "github": machines.as_github,
    "json": machines.as_json,
    "jsonld": shacl.as_jsonld,
    "junit": machines.as_junit,
    "markdown": machines.as_markdown,
    "sarif": machines.as_sarif,
    "turtle": shacl.as_turtle,
}
"""All but text, each a function of an outcome and a language."""

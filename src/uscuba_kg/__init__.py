"""Reads articles about U.S.-Cuba diplomacy, in English and Spanish, into a checked knowledge graph.

The few functions that the stages are made of::

    from uscuba_kg import build, to_rdflib
    result = build(["articles/"])
    graph = to_rdflib(result.triples)      # an rdflib.Graph

Names are imported when first used, so that ``import uscuba_kg`` itself costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from uscuba_kg.version import VERSION

if TYPE_CHECKING:
    from uscuba_kg.archiving import build_archive
    from uscuba_kg.check.shapes import check_graph
    from uscuba_kg.errors import UscubaError
    from uscuba_kg.model import Article, Claim, Issue, Knowledge, Mention, Reading, Report
    from uscuba_kg.pipeline import (
        Build,
        build,
        build_readings,
        read_article,
        read_inputs,
        read_text,
    )
    from uscuba_kg.publish.ask import ask
    from uscuba_kg.publish.formats import to_rdflib, write_graph

_HOMES = {
    "Article": "model",
    "Build": "pipeline",
    "Claim": "model",
    "Issue": "model",
    "Knowledge": "model",
    "Mention": "model",
    "Reading": "model",
    "Report": "model",
    "UscubaError": "errors",
    "ask": "publish.ask",
    "build": "pipeline",
    "build_archive": "archiving",
    "build_readings": "pipeline",
    "check_graph": "check.shapes",
    "read_article": "pipeline",
    "read_inputs": "pipeline",
    "read_text": "pipeline",
    "to_rdflib": "publish.formats",
    "write_graph": "publish.formats",
}

__all__ = [
    "Article",
    "Build",
    "Claim",
    "Issue",
    "Knowledge",
    "Mention",
    "Reading",
    "Report",
    "UscubaError",
    "ask",
    "build",
    "build_archive",
    "build_readings",
    "check_graph",
    "read_article",
    "read_inputs",
    "read_text",
    "to_rdflib",
    "write_graph",
]

__version__ = VERSION


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'uscuba_kg' has no attribute {name!r}")
    return getattr(import_module(f"uscuba_kg.{_HOMES[name]}"), name)

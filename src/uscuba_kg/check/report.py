"""The verdict in words for people, and as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from uscuba_kg.model import Finding, Report
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import ID

SHAPE = "https://w3id.org/uscuba-kg/shapes#"

_WORDS = {
    "en": ("The graph conforms to its shapes", "The graph does not conform to its shapes",
           "triples", "findings", "value", "at"),
    "es": ("El grafo cumple sus formas", "El grafo no cumple sus formas",
           "triples", "hallazgos", "valor", "en"),
}  # fmt: skip
_ORDER = {"violation": 0, "warning": 1, "info": 2}


_SEVERITIES: dict[str, dict[str, str]] = {
    "en": {},
    "es": {"violation": "infracción", "warning": "aviso", "info": "nota"},
}  # fmt: skip


def _short(iri: str) -> str:
    """An IRI as people write it; ``id:meeting/...`` is what ``explain`` takes."""
    for prefix, namespace in (("id", ID), ("shape", SHAPE)):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return short_iri(iri) if "://" in iri else iri


def _message(finding: Finding, language: str) -> str:
    messages = dict(finding.messages)
    return messages.get(language) or messages.get("en") or next(iter(messages.values()), "")


def report_lines(report: Report, language: str = "en") -> Iterator[str]:
    """Give the report line by line: by severity and shape, then what, where, and what to do."""
    good, bad, triples, found, value, at = _WORDS[language]
    head = good if report.conforms else bad
    yield f"{head}: {report.triples} {triples}, {len(report.findings)} {found}."
    ordered = sorted(report.findings, key=lambda f: (_ORDER[f.severity], f))
    for (severity, shape), group in groupby(ordered, key=lambda f: (f.severity, f.shape)):
        findings = list(group)
        yield ""
        kind = _SEVERITIES[language].get(severity, severity)
        yield f"{kind.upper()} {_short(shape) or '-'} ({len(findings)})"
        yield f"  {_message(findings[0], language)}"
        for finding in findings:
            where = f" {at} {_short(finding.path)}" if finding.path else ""
            what = f", {value} {_short(finding.value)!r}" if finding.value else ""
            yield f"    {_short(finding.focus)}{where}{what} [{finding.component}]"


def report_json(report: Report) -> str:
    """Give the report as JSON."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode()

"""The outcome for machines: JSON, JUnit XML, SARIF 2.1.0, annotations of GitHub, a Markdown summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from uscuba_kg.check.entries import Entry
from uscuba_kg.check.findings import words
from uscuba_kg.check.outcome import Outcome
from uscuba_kg.check.reports.text import message, one_line, short
from uscuba_kg.version import VERSION

_LEVELS = {"violation": "error", "warning": "warning", "info": "note"}
_GITHUB = {"violation": "error", "warning": "warning", "info": "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_HOME = "https://w3id.org/uscuba-kg/shapes"


def as_json(outcome: Outcome, language: str) -> str:
    """Give the outcome as JSON: the findings flat, with all that is known of them."""
    said = {
        "conforms": outcome.conforms,
        "triples": outcome.triples,
        "engine": outcome.engine,
        "findings": [_flat(entry) for entry in outcome.entries],
        "known": [_flat(entry) for entry in outcome.known],
        "fixed": [msgspec.to_builtins(known) for known in outcome.fixed],
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=1).decode() + "\n"


def _flat(entry: Entry) -> dict[str, Any]:
    flat: dict[str, Any] = {"id": entry.id, **msgspec.to_builtins(entry.finding)}
    flat["labels"] = entry.labels
    flat["file"], flat["line"] = entry.place or (None, None)
    flat["sentences"] = [msgspec.to_builtins(s) for s in entry.sentences]
    return flat


def as_junit(outcome: Outcome, language: str) -> str:
    """Give the outcome as JUnit XML: a test case for each shape that found something."""
    cases = [
        _case(shape, list(group), language)
        for shape, group in groupby(
            sorted(outcome.entries, key=lambda e: e.finding.shape), key=lambda e: e.finding.shape
        )
    ] or ['  <testcase classname="uscuba-kg.validate" name="shapes"/>']
    failures = sum("<failure" in case for case in cases)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuite name="uscuba-kg validate" tests="{len(cases)}" failures="{failures}" '
        'errors="0" skipped="0">\n' + "\n".join(cases) + "\n</testsuite>\n"
    )


def _case(shape: str, entries: list[Entry], language: str) -> str:
    grave = [e for e in entries if e.finding.severity == "violation"]
    lines = "\n".join(_line(e, language) for e in entries)
    body = (
        f'    <failure message={_attribute(message(grave[0].finding, language))} type="violation">'
        f"{_xml(lines)}</failure>"
        if grave
        else f"    <system-out>{_xml(lines)}</system-out>"
    )
    name = _attribute(short(shape) or "-")
    return f'  <testcase classname="uscuba-kg.validate" name={name}>\n{body}\n  </testcase>'


def _xml(text: str) -> str:
    return escape("".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text))


def _attribute(text: str) -> str:
    return quoteattr(one_line(text, 1_000))


def _line(entry: Entry, language: str) -> str:
    found = entry.finding
    where = f"{entry.place.file}:{entry.place.line}: " if entry.place else ""
    parts = (short(found.focus), short(found.path), repr(short(found.value)) if found.value else "")
    return one_line(f"{where}{' '.join(p for p in parts if p)}: {message(found, language)}", 1_000)


def as_sarif(outcome: Outcome, language: str) -> str:
    """Give the outcome as SARIF 2.1.0 (OASIS); shapes are the rules, findings the results."""
    rules = sorted({_rule_id(e) for e in (*outcome.entries, *outcome.known)})
    first = {_rule_id(e): e for e in reversed((*outcome.entries, *outcome.known))}
    log = {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "uscuba-kg",
                        "version": VERSION,
                        "informationUri": _HOME,
                        "rules": [_rule(rule, first[rule], language) for rule in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [
                    *(_sarif(e, rules, language, "new") for e in outcome.entries),
                    *(_sarif(e, rules, language, "unchanged") for e in outcome.known),
                ],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=1).decode() + "\n"


def _rule_id(entry: Entry) -> str:
    return f"{short(entry.finding.shape) or '-'}/{entry.finding.component}"


def _rule(rule: str, entry: Entry, language: str) -> dict[str, Any]:
    return {
        "id": rule,
        "shortDescription": {"text": message(entry.finding, language) or rule},
        "defaultConfiguration": {"level": _LEVELS[entry.finding.severity]},
    }


def _sarif(entry: Entry, rules: list[str], language: str, state: str) -> dict[str, Any]:
    found = entry.finding
    result: dict[str, Any] = {
        "ruleId": _rule_id(entry),
        "ruleIndex": rules.index(_rule_id(entry)),
        "level": _LEVELS[found.severity],
        "message": {"text": _line(entry, language)},
        "partialFingerprints": {"uscubaKg/v1": entry.id},
        "baselineState": state,
        "locations": [
            {
                "logicalLocations": [
                    {"fullyQualifiedName": found.focus or "-", "kind": "resource"}
                ],
                **_physical(entry),
            }
        ],
    }
    return result


def _physical(entry: Entry) -> dict[str, Any]:
    if entry.place is None:
        return {}
    path = Path(entry.place.file)
    uri = path.as_uri() if path.is_absolute() else path.as_posix().replace(" ", "%20")
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": entry.place.line},
        }
    }


def as_github(outcome: Outcome, language: str) -> str:
    """Give the outcome as workflow commands: GitHub shows them at their lines."""
    lines = []
    for entry in outcome.entries:
        place = (
            f" file={_property(entry.place.file)},line={entry.place.line}," if entry.place else " "
        )
        title = _property(short(entry.finding.shape) or "-")
        data = _data(_line(msgspec.structs.replace(entry, place=None), language))
        lines.append(f"::{_GITHUB[entry.finding.severity]}{place}title={title}::{data}")
    return "".join(f"{line}\n" for line in lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_markdown(outcome: Outcome, language: str) -> str:
    """Give the outcome as a summary for a pull request: what, how often, an example each."""
    return "\n".join(_markdown(outcome, language)) + "\n"


def _markdown(outcome: Outcome, language: str) -> Iterator[str]:
    told = words()["report"][language]
    head = told["good"] if outcome.conforms else told["bad"]
    yield f"## {head}"
    yield ""
    yield f"{outcome.triples} {told['triples']}, {len(outcome.entries)} {told['findings']}."
    if outcome.known:
        yield told["known"].format(count=len(outcome.known))
    if not outcome.entries:
        return
    kinds = Counter((e.finding.severity, e.finding.shape) for e in outcome.entries)
    first = {(e.finding.severity, e.finding.shape): e for e in reversed(outcome.entries)}
    yield ""
    yield told["columns"]
    yield "|---|---|---:|---|---|"
    for (severity, shape), count in kinds.items():
        entry = first[severity, shape]
        place = f"{entry.place.file}:{entry.place.line}" if entry.place else ""
        cells = (
            told[severity], f"`{short(shape) or '-'}`", str(count),
            message(entry.finding, language), f"`{short(entry.finding.focus)}` {place}",
        )  # fmt: skip
        yield "| " + " | ".join(_cell(c) for c in cells) + " |"


def _cell(text: str) -> str:
    return one_line(text, 300).replace("|", "\\|").replace("<", "&lt;")

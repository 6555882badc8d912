"""The outcome of a check: entries, which of them are known already, and whether it fails."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from uscuba_kg.check.engine.model import Result
from uscuba_kg.check.entries import Entry
from uscuba_kg.check.graph.index import Graph, graph_of
from uscuba_kg.errors import InputError

SEVERITIES = ("info", "warning", "violation")
_VERSION = 1


class Known(msgspec.Struct, frozen=True):
    """A finding that is known: enough to tell a person what it was."""

    id: str
    shape: str
    focus: str
    path: str = ""
    value: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What a check found: ``entries`` are new, ``known`` those of the baseline, ``fixed`` what went.

    ``results`` and ``shapes`` are for the report of SHACL itself.
    """

    conforms: bool
    triples: int
    engine: str
    entries: tuple[Entry, ...]
    known: tuple[Entry, ...] = ()
    fixed: tuple[Known, ...] = ()
    results: tuple[Result, ...] = ()
    shapes: Graph = graph_of(())

    def fails(self, severity: str) -> bool:
        """Tell whether something new is as grave as this or graver."""
        graver = SEVERITIES[SEVERITIES.index(severity) :]
        return any(entry.finding.severity in graver for entry in self.entries)


def read_baseline(path: Path) -> tuple[Known, ...]:
    """Read the findings that are known; raises InputError for a file that is no baseline."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said["version"] != _VERSION:
            raise InputError(f"a baseline of version {said['version']!r}", place=str(path))
        return tuple(msgspec.convert(said["findings"], list[Known]))
    except FileNotFoundError as error:
        raise InputError(
            "there is no such baseline", place=str(path), remedy="Make it with --update-baseline."
        ) from error
    except OSError as error:
        raise InputError(error.strerror or str(error), place=str(path)) from error
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        raise InputError(f"this is no baseline: {error}", place=str(path)) from error


def baseline_text(entries: Sequence[Entry]) -> str:
    """The findings as a baseline: sorted, one on a line, so that a diff of it can be read."""
    known = sorted(
        {
            Known(e.id, e.finding.shape, e.finding.focus, e.finding.path, e.finding.value)
            for e in entries
        },
        key=lambda k: (k.shape, k.focus, k.path, k.value, k.id),
    )
    lines = ",\n".join(json.dumps(msgspec.to_builtins(k), ensure_ascii=False) for k in known)
    inner = f"\n{lines}\n" if lines else ""
    return f'{{"version": {_VERSION}, "findings": [{inner}]}}\n'


def against(outcome: Outcome, baseline: Sequence[Known]) -> Outcome:
    """Take what is known out of an outcome, and say what is known and no longer found."""
    ids = {known.id for known in baseline}
    found = {entry.id for entry in outcome.entries}
    return msgspec.structs.replace(
        outcome,
        entries=tuple(e for e in outcome.entries if e.id not in ids),
        known=tuple(e for e in outcome.entries if e.id in ids),
        fixed=tuple(known for known in baseline if known.id not in found),
    )

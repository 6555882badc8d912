"""The shapes of the project as a table for the documentation.

``python -m uscuba_kg.check.shape_table > docs/shapes.md`` writes the page anew; a test holds it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from uscuba_kg.check.engine.model import Shape, Shapes, SparqlConstraint, Targets
from uscuba_kg.check.engine.paths import SH, Path, Step, path_sparql
from uscuba_kg.check.engine.shapes import read_shapes
from uscuba_kg.check.findings import SEVERITIES
from uscuba_kg.check.reports.text import SHAPE, short
from uscuba_kg.check.validation import load_shapes
from uscuba_kg.rdf.vocab import PREFIXES

_HEAD = """# Shapes

What the graph must look like, made from the files of [`shapes`](../shapes) by
`python -m uscuba_kg.check.shape_table`. A *violation* is a graph that cannot be relied on, a *warning*
one from which a query may miss something, an *info* a fact that no source gave. Every message is there
in Spanish too; each constraint has a case in `tests/shapes/cases.py` that breaks it and nothing else.
"""


def page() -> str:
    """Give the page: a section for each node shape, a row for each constraint on its things."""
    shapes = read_shapes(load_shapes().graph)
    parts = [_HEAD]
    for shape in shapes.targeted:
        parts.append(f"\n## {_local(shape.node)}\n\nLooks at {_targets(shape.targets)}.\n")
        parts.append(
            "\n| rule | path | asks for | severity | what to do |\n|---|---|---|---|---|\n"
        )
        parts.extend(_rows(shape, shapes))
    return "".join(parts)


def _rows(shape: Shape, shapes: Shapes) -> Iterator[str]:
    members = [shape, *(shapes.by_node[n] for n in shape.properties if n in shapes.by_node)]
    for member in members:
        if member.constraints:
            asks = ", ".join(dict.fromkeys(_component(c.component) for c in member.constraints))
            yield _row(member.node, _path(member.path), asks, member.severity, _said(member))
        for constraint in member.sparql:
            yield _row(constraint.node, "", "a query", constraint.severity, _said(constraint))


def _row(node: str, path: str, asks: str, severity: str, said: str) -> str:
    cells = (_local(node), path, asks, SEVERITIES[severity], said.replace("|", "\\|"))
    return f"| {' | '.join(cells)} |\n"


def _said(shape: Shape | SparqlConstraint) -> str:
    return dict(shape.messages).get("en", "")


def _component(iri: str) -> str:
    name = iri.removeprefix(SH).removesuffix("ConstraintComponent")
    return name[0].lower() + name[1:]


def _local(node: str) -> str:
    return node.removeprefix(SHAPE)


def _path(path: Path | None) -> str:
    if path is None:
        return ""
    text = path_sparql(path)
    if isinstance(path, Step):
        return f"`{short(path.predicate)}`"
    for prefix, namespace in PREFIXES.items():
        text = text.replace(f"<{namespace}", f"{prefix}:")
    return f"`{text.replace('>', '').replace('|', ' or ')}`"


def _targets(targets: Targets) -> str:
    named = [f"`{short(name)}`" for name in sorted(targets.classes)]
    named += [f"what has `{short(name)}`" for name in targets.subjects_of]
    return ", ".join(named)


if __name__ == "__main__":
    sys.stdout.write(page())

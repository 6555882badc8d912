"""pySHACL as an engine: the reference for the fast one, and a help where that lacks a feature."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from uscuba_kg.check.engine.asking import too_long
from uscuba_kg.check.engine.literals import LANG_STRING
from uscuba_kg.check.engine.model import VIOLATION, Messages, Result
from uscuba_kg.check.engine.paths import SH, BadPathError, Step, path_sparql, read_path
from uscuba_kg.check.engine.prebinding import filled
from uscuba_kg.check.engine.reading import UnsupportedError, messages_at
from uscuba_kg.check.engine.shapes import JAVASCRIPT, check_sparql
from uscuba_kg.check.graph.index import Graph, graph_of, is_blank
from uscuba_kg.errors import ShapeError
from uscuba_kg.rdf.terms import STRING, Literal, Term
from uscuba_kg.rdf.vocab import TYPE

if TYPE_CHECKING:
    import rdflib

_QUERIES = ("ask", "construct", "select")


def run(
    graph: Graph, shapes: Graph, *, advanced: bool = False, seconds: float | None = None
) -> list[Result]:
    """Validate a graph with pySHACL, imports not followed, ``advanced`` features on demand.

    ``seconds`` is what one query may take. Raises ShapeError for shapes that cannot be applied,
    :class:`UnsupportedError` for JavaScript.
    """
    _check_queries(shapes)
    report = _report(_to_rdflib(graph, seconds), _to_rdflib(shapes, seconds), advanced)
    found = graph_of((_plain(s), str(p), _plain(o)) for s, p, o in report)
    return [
        _result(found, shapes, str(node))
        for report in found.subjects(TYPE, SH + "ValidationReport")
        for node in found.objects(report, SH + "result")  # not the details of other results
    ]


def _check_queries(shapes: Graph) -> None:
    for name in JAVASCRIPT:
        if shapes.backward(SH + name):
            raise UnsupportedError(f"sh:{name}")
    for name in _QUERIES:
        for query in shapes.backward(SH + name):
            if isinstance(query, Literal):
                check_sparql(query.lexical, name, frozenset())


def _report(data: rdflib.Graph, shapes: rdflib.Graph, advanced: bool) -> rdflib.Graph:
    import pyshacl
    import rdflib

    log = logging.getLogger("pyshacl-validate")  # it would tell on stderr what is raised below
    talkative, log.disabled = log.disabled, True
    try:
        _, report, _ = pyshacl.validate(
            data, shacl_graph=shapes, inference=None, do_owl_imports=False, advanced=advanced,
            allow_infos=True, allow_warnings=True, inplace=True,
        )  # fmt: skip
    except ShapeError:
        raise
    except Exception as error:  # whatever re, SPARQL and pySHACL raise for each kind of bad shape
        told = str(error).partition("\n")[0]
        raise ShapeError(f"the shapes cannot be applied: {told}", place="shapes") from error
    finally:
        log.disabled = talkative
    if not isinstance(report, rdflib.Graph):
        raise ShapeError(f"the shapes cannot be applied: {report}", place="shapes")
    return report


def _to_rdflib(graph: Graph, seconds: float | None) -> rdflib.Graph:
    import rdflib

    class Limited(rdflib.Graph):
        def query(self, query_object: Any, *args: Any, **options: Any) -> Any:
            with _within(seconds, str(query_object)):
                found = super().query(query_object, *args, **options)
                if found.type == "SELECT":
                    len(found)  # it is answered only when somebody looks
            return found

    made = Limited()
    for subject, predicate, value in _triples(graph):
        made.add((_node(subject), rdflib.URIRef(predicate), _node(value)))
    return made


@contextmanager
def _within(seconds: float | None, query: str) -> Iterator[None]:
    """Raise ShapeError in a query that takes longer, where the system can call a process back."""
    main = threading.current_thread() is threading.main_thread()
    if seconds is None or not main or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise too_long(seconds, query)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _triples(graph: Graph) -> Iterator[tuple[str, str, Term]]:
    for triple in graph:
        yield triple.subject, triple.predicate, triple.object


def _node(term: Term) -> Any:
    import rdflib

    if isinstance(term, Literal):
        if term.language:
            return rdflib.Literal(term.lexical, lang=term.language)
        if term.datatype == STRING:
            return rdflib.Literal(term.lexical)  # rdflib holds "x" and "x"^^xsd:string unequal
        return rdflib.Literal(term.lexical, datatype=rdflib.URIRef(term.datatype), normalize=False)
    return rdflib.BNode(term[2:]) if is_blank(term) else rdflib.URIRef(term)


def _plain(node: Any) -> Any:
    import rdflib

    if isinstance(node, rdflib.Literal):
        if node.language:
            return Literal(str(node), LANG_STRING, node.language)
        return Literal(str(node), str(node.datatype or STRING))
    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _result(report: Graph, shapes: Graph, node: str) -> Result:
    def one(name: str) -> str:
        value = report.one(node, SH + name)
        return value if isinstance(value, str) else ""

    focus = report.one(node, SH + "focusNode") or ""
    value = report.one(node, SH + "value")
    shape, constraint = one("sourceShape"), one("sourceConstraint")
    source = constraint or shape
    path = _path(report, one("resultPath"))
    own = messages_at(shapes, source) or messages_at(shapes, shape)
    values = {"this": focus, "path": path, **({"value": value} if value is not None else {})}
    severity = shapes.one(constraint, SH + "severity") if constraint else None
    return Result(
        focus=focus,
        path=path,
        value=value,
        component=one("sourceConstraintComponent"),
        severity=severity if isinstance(severity, str) else one("resultSeverity") or VIOLATION,
        shape=shape,
        source=source,
        messages=_filled(own or messages_at_result(report, node), values),
    )


def messages_at_result(report: Graph, node: str) -> Messages:
    """The messages of a result itself: pySHACL's own words, where the shape has none."""
    return tuple(
        sorted(
            (m.language, m.lexical)
            for m in report.objects(node, SH + "resultMessage")
            if isinstance(m, Literal)
        )
    )


def _filled(messages: Messages, values: dict[str, Term]) -> Messages:
    return tuple((language, filled(text, values)) for language, text in messages)


def _path(report: Graph, node: str) -> str:
    if not is_blank(node):
        return node
    try:
        path = read_path(report, node)
    except BadPathError:
        return ""
    return path.predicate if isinstance(path, Step) else path_sparql(path)

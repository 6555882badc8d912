"""A graph written to a file: format by ending, the same bytes for the same triples, never half."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from uscuba_kg.errors import OutputError
from uscuba_kg.publish.files import check_place, replace_file
from uscuba_kg.rdf.terms import STRING, Literal, Triple, in_order
from uscuba_kg.rdf.turtle import ntriples, turtle
from uscuba_kg.rdf.vocab import PREFIXES, RDF, TYPE

if TYPE_CHECKING:
    from rdflib import Graph

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _jsonld(triples: Iterable[Triple]) -> Iterator[str]:
    """Expanded JSON-LD 1.1, one object a subject."""
    nodes: dict[str, dict[str, object]] = {}
    for triple in in_order(triples):
        node = nodes.setdefault(triple.subject, {"@id": triple.subject})
        value = triple.object
        if triple.predicate == TYPE and isinstance(value, str):
            types = node.setdefault("@type", [])
            assert isinstance(types, list)
            types.append(value)
            continue
        values = node.setdefault(triple.predicate, [])
        assert isinstance(values, list)
        values.append(_jsonld_value(value))
    ordered = [dict(sorted(node.items())) for _, node in sorted(nodes.items())]
    yield json.dumps(ordered, ensure_ascii=False, indent=1) + "\n"


def _jsonld_value(value: str | Literal) -> dict[str, str]:
    if isinstance(value, str):
        return {"@id": value}
    if value.language:
        return {"@language": value.language, "@value": value.lexical}
    if value.datatype == STRING:
        return {"@value": value.lexical}
    return {"@type": value.datatype, "@value": value.lexical}


def _rdfxml(triples: Iterable[Triple]) -> Iterator[str]:
    """RDF/XML 1.1; predicates are written with the prefix of their namespace.

    XML has no way to write a control character: U+FFFD stands in its place.
    """
    names = "".join(
        f"\n  xmlns:{p}={quoteattr(n)}" for p, n in sorted(PREFIXES.items()) if n != RDF
    )
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF xmlns:rdf="{RDF}"{names}>\n'
    subject = None
    for triple in in_order(triples):
        if triple.subject != subject:
            if subject is not None:
                yield "  </rdf:Description>\n"
            subject = triple.subject
            yield f"  <rdf:Description rdf:about={quoteattr(subject)}>\n"
        yield f"    {_element(triple)}\n"
    yield ("  </rdf:Description>\n" if subject is not None else "") + "</rdf:RDF>\n"


def _element(triple: Triple) -> str:
    tag, about = _tag(triple.predicate)
    value = triple.object
    if isinstance(value, str):
        return f"<{tag}{about} rdf:resource={quoteattr(value)}/>"
    if value.language:
        about += f" xml:lang={quoteattr(value.language)}"
    elif value.datatype != STRING:
        about += f" rdf:datatype={quoteattr(value.datatype)}"
    words = escape(_NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", value.lexical), {"\r": "&#13;"})
    return f"<{tag}{about}>{words}</{tag}>"


def _tag(predicate: str) -> tuple[str, str]:
    """The element's name, and its namespace where no prefix of ours stands for it."""
    local = _NAME.search(predicate)
    if local is None:
        raise OutputError(
            f"RDF/XML cannot write the property {predicate}",
            remedy="Choose another format, such as .ttl.",
        )
    namespace = predicate[: local.start()]
    for prefix, known in PREFIXES.items():
        if namespace == known:
            return f"{prefix}:{local[0]}", ""
    return f"ns:{local[0]}", f" xmlns:ns={quoteattr(namespace)}"


FORMATS: dict[str, Callable[[Iterable[Triple]], Iterator[str]]] = {
    ".jsonld": _jsonld,
    ".nq": ntriples,
    ".nt": ntriples,
    ".rdf": _rdfxml,
    ".trig": turtle,
    ".ttl": turtle,
}
"""The formats by the ending of a file's name.

N-Quads and TriG hold the default graph alone, where every reader looks: rdflib's ``Graph`` and a
store without a union of its graphs find nothing in a named one.
"""


def check_output(path: Path) -> None:
    """Raise OutputError where a graph could not be written, before any work is done."""
    if path.suffix.lower() not in FORMATS:
        raise OutputError(
            f"no format has the ending {path.suffix!r}",
            place=str(path),
            remedy=f"Use one of {' '.join(sorted(FORMATS))}.",
        )
    check_place(path)


def write_graph(triples: Sequence[Triple], path: Path) -> None:
    """Write a graph, whole or not at all; the ending of the name is its format.

    Raises OutputError where it cannot be written.
    """
    check_output(path)
    replace_file(path, FORMATS[path.suffix.lower()](triples))


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """Give the triples as an ``rdflib.Graph``, with the graph's prefixes bound."""
    # rdflib takes a quarter of a second to import: only who asks for its graph pays for it
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, replace=True)
    for triple in triples:
        value = triple.object
        if isinstance(value, str):
            term: rdflib.term.Node = rdflib.URIRef(value)
        elif value.language:
            term = rdflib.Literal(value.lexical, lang=value.language)
        elif value.datatype == STRING:
            term = rdflib.Literal(value.lexical)  # rdflib holds "x" and "x"^^xsd:string unequal
        else:
            term = rdflib.Literal(value.lexical, datatype=rdflib.URIRef(value.datatype))
        graph.add((rdflib.URIRef(triple.subject), rdflib.URIRef(triple.predicate), term))
    return graph

"""A graph written to a file: format by ending, the same bytes for the same triples, never half."""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from uscuba_kg.errors import OutputError
from uscuba_kg.rdf.terms import STRING, Literal, Triple
from uscuba_kg.rdf.turtle import ntriples, turtle
from uscuba_kg.rdf.vocab import PREFIXES, RDF, TYPE

if TYPE_CHECKING:
    from rdflib import Graph

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _jsonld(triples: Iterable[Triple]) -> Iterator[str]:
    """Expanded JSON-LD 1.1, one object a subject."""
    nodes: dict[str, dict[str, object]] = {}
    for triple in sorted(set(triples), key=Triple.key):
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
    for triple in sorted(set(triples), key=Triple.key):
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


def check_place(path: Path) -> None:
    """Raise OutputError where a file could not be written, before any work is done."""
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(
            f"the folder {folder} does not exist", place=str(path), remedy="Make it first."
        )
    if path.is_dir():
        raise OutputError("this is a folder", place=str(path), remedy="Name a file in it.")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(
            "this place cannot be written to",
            place=str(path),
            remedy="Choose another, or its owner.",
        )


def write_graph(triples: Sequence[Triple], path: Path) -> None:
    """Write a graph, whole or not at all; the ending of the name is its format.

    Raises OutputError where it cannot be written.
    """
    check_output(path)
    write_whole(FORMATS[path.suffix.lower()](triples), path)


def write_whole(pieces: Iterable[str], path: Path) -> None:
    """Write a text file whole or not at all.

    It is written beside its place and renamed into it, so that what stood there is never lost.
    Raises OutputError where it cannot be written.
    """
    path = path.resolve()  # a link stays a link, and what it leads to is replaced
    temporary: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=".uscuba-kg-", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(
            f"could not be written: {error.strerror or error}",
            place=str(path),
            remedy="What stood there is untouched. Free some room or choose another place.",
        ) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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

"""What the endpoint says of itself and of its graph, as triples (Service Description, VoID)."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from uscuba_kg.rdf.vocab import RDF, VOID

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads",
)  # fmt: skip
_ABOUT = """CONSTRUCT { ?d ?p ?o . ?part ?q ?v } WHERE {
  ?d a <http://rdfs.org/ns/void#Dataset> ; ?p ?o .
  OPTIONAL { ?d <http://rdfs.org/ns/void#classPartition> ?part . ?part ?q ?v } }"""


def service(
    store: pyoxigraph.Store, endpoint: str, writable: bool, union: bool
) -> Iterator[Triple]:
    """The service description (W3C, 2013), with the graphs and their sizes."""
    me = NamedNode(endpoint)
    yield _says(me, RDF + "type", _sd("Service"))
    yield _says(me, _SD + "endpoint", me)
    yield _says(me, _SD + "supportedLanguage", _sd("SPARQL11Query"))
    if writable:
        yield _says(me, _SD + "supportedLanguage", _sd("SPARQL11Update"))
    if union:
        yield _says(me, _SD + "feature", _sd("UnionDefaultGraph"))
    for name in _RESULTS:
        yield _says(me, _SD + "resultFormat", NamedNode(_FORMATS + name))
    dataset, default = BlankNode("dataset"), BlankNode("default")
    yield _says(me, _SD + "defaultDataset", dataset)
    yield _says(dataset, RDF + "type", _sd("Dataset"))
    yield _says(dataset, _SD + "defaultGraph", default)
    yield _says(default, RDF + "type", _sd("Graph"))
    yield _says(default, VOID + "triples", Literal(_count(store, union)))
    for number, known in enumerate(store.named_graphs()):
        if isinstance(known, NamedNode):
            graph = BlankNode(f"named{number}")
            yield _says(dataset, _SD + "namedGraph", graph)
            yield _says(graph, RDF + "type", _sd("NamedGraph"))
            yield _says(graph, _SD + "name", known)


def dataset(store: pyoxigraph.Store, base: str, union: bool) -> Iterator[Triple]:
    """The ``void:Dataset`` in the graph, or a bare one, with where it is served (VoID, 2011)."""
    found = store.query(_ABOUT, use_default_graph_as_union=union)
    assert isinstance(found, pyoxigraph.QueryTriples)
    told = list(found)
    yield from told
    own = VOID + "Dataset"
    subjects = {t.subject for t in told if getattr(t.object, "value", "") == own}
    for subject in subjects or {NamedNode(f"{base}/.well-known/void")}:
        yield _says(subject, RDF + "type", NamedNode(own))
        yield _says(subject, VOID + "sparqlEndpoint", NamedNode(f"{base}/sparql"))
        yield _says(subject, VOID + "dataDump", NamedNode(f"{base}/store?default"))
        if not subjects:
            yield _says(subject, VOID + "triples", Literal(_count(store, union)))


def _count(store: pyoxigraph.Store, union: bool) -> int:
    found = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", use_default_graph_as_union=union)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return int(next(found)[0].value)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _says(
    subject: NamedNode | BlankNode, predicate: str, value: NamedNode | BlankNode | Literal
) -> Triple:
    return Triple(subject, NamedNode(predicate), value)

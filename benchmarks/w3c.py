"""The W3C SPARQL 1.1 suites over HTTP against `uscuba-kg serve`, and beside it the bare engine.

    .venv/bin/python benchmarks/w3c.py SUITE [--verbose]

SUITE is the folder `sparql/sparql11` of a checkout of w3c/rdf-tests. A server of its own, with an
empty store, is started for it. Exit code 1 where the protocol, the Graph Store Protocol or the
service description miss a test, or where evaluation is worse than the engine used directly.
Solutions are compared as multisets, blank nodes as a placeholder, numbers by value; graphs by
isomorphism. Entailment, federation and syntax suites are left out.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urljoin

import httpx
import pyoxigraph as ox
import rdflib
from rdflib import RDF, RDFS, BNode, Namespace
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from running import TOKEN, running

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
CODES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}
TABULAR = (
    "application/sparql-results+xml", "application/sparql-results+json", "text/csv",
    "text/tab-separated-values",
)  # fmt: skip
GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
LEFT_OUT = ("entailment", "service", "syntax-fed")
WRITING = {"Authorization": f"Bearer {TOKEN}"}


@dataclass
class Suite:
    """What became of the tests of one suite."""

    name: str
    passed: int = 0
    failed: tuple[str, ...] = ()

    def add(self, test: str, wrong: str | None) -> None:
        """Count a test."""
        if wrong is None:
            self.passed += 1
        else:
            self.failed += (f"{test}: {wrong}",)

    @property
    def line(self) -> str:
        """The suite as a row of a table."""
        return f"{self.name:<44} {self.passed:>4} of {self.passed + len(self.failed)}"


def manifest(path: Path) -> tuple[rdflib.Graph, list[rdflib.term.Node]]:
    """A manifest and its tests in order."""
    graph = rdflib.Graph().parse(path, format="turtle", publicID=path.absolute().as_uri())
    return graph, [
        t for entries in graph.objects(None, MF.entries) for t in Collection(graph, entries)
    ]


# The suites that are requests


def status_is_fine(code: int, wanted: list[str]) -> bool:
    """Whether a status is one of those that a test wants, such as ``StatusCode2xx``."""
    short = [w.split("#")[-1] for w in wanted]
    classes = [w[len("StatusCode")] for w in short if w.startswith("StatusCode")]
    return not wanted or str(code)[0] in classes or code in {CODES.get(w) for w in short}


def replay(
    client: httpx.Client, url: str, graph: rdflib.Graph, test: rdflib.term.Node
) -> str | None:
    """Send the requests of a test in order; gives what is wrong with the first bad answer."""
    known: dict[str, str] = {}
    connection = graph.value(test, MF.action)
    for number, request in enumerate(Collection(graph, graph.value(connection, HT.requests)), 1):
        wrong = send(client, url, graph, request, known)
        if wrong:
            return f"request {number}: {wrong}"
    return None


def send(client, url, graph, request, known) -> str | None:  # type: ignore[no-untyped-def]
    """Send one request and compare what comes back."""
    path = str(graph.value(request, HT.absolutePath))
    for name, value in known.items():
        path = path.replace(name, quote(value, safe=""))
    path = path.replace("/sparql/", "/sparql", 1) if path.startswith("/sparql/") else path
    path = path.replace("/gsp", "/store", 1) if path.startswith("/gsp") else path
    headers = {
        str(graph.value(h, HT.fieldName)): str(graph.value(h, HT.fieldValue))
        for held in graph.objects(request, HT.headers)
        for h in Collection(graph, held)
    }
    response = graph.value(request, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    if boolean is not None:
        headers.setdefault("accept", "application/sparql-results+json")
    method = str(graph.value(request, HT.methodName))
    got = client.request(
        method, url + path, headers={**headers, **WRITING}, content=body_of(graph, request, known)
    )
    wanted = [str(e) for e in graph.objects(response, MF.expectedStatus)]
    if not status_is_fine(got.status_code, wanted):
        return f"{method} {path}: status {got.status_code}, wanted {wanted}: {got.text[:90]!r}"
    template = graph.value(response, MF.expectedLocation)
    if template is not None:
        if "location" not in got.headers:
            return "no Location"
        known[str(template)] = urljoin(str(got.url), got.headers["location"])
    if boolean is not None and got.json()["boolean"] != boolean.toPython():
        return f"boolean {got.json()['boolean']}"
    return form_is_wrong(graph, response, got) or graph_is_wrong(graph, response, got, method)


def body_of(graph, request, known) -> bytes:  # type: ignore[no-untyped-def]
    """The body of a request of the manifest."""
    held = graph.value(request, HT.body)
    if held is None:
        return b""
    text = str(graph.value(held, CNT.chars))
    for name, value in known.items():
        text = text.replace(name, value)
    coding = str(graph.value(held, CNT.characterEncoding) or "UTF-8").upper()
    return text.encode("utf-16" if coding.startswith("UTF-16") else "utf-8")


def form_is_wrong(graph, response, got) -> str | None:  # type: ignore[no-untyped-def]
    """Whether the media type is of another kind than wanted."""
    form = str(graph.value(response, MF.expectedFormat) or "")
    media = got.headers.get("content-type", "").split(";")[0]
    fitting = {"tabular": TABULAR, "RDF": GRAPHS}.get(form, (media,))
    return None if media in fitting else f"{media} is not {form}"


def graph_is_wrong(graph, response, got, method) -> str | None:  # type: ignore[no-untyped-def]
    """Whether a graph that came is another than wanted."""
    held = graph.value(response, HT.body)
    if held is None or method != "GET":
        return None
    base = str(got.url)
    wanted = rdflib.Graph().parse(
        data=str(graph.value(held, CNT.chars)), format="turtle", publicID=base
    )
    came = rdflib.Graph().parse(data=got.text, format="turtle", publicID=base)
    return None if isomorphic(wanted, came) else f"{len(came)} triples, wanted {len(wanted)}"


def requests_suite(
    suite: Path, name: str, files: list[str], client: httpx.Client, url: str
) -> Suite:
    """Run a suite that consists of requests."""
    found = Suite(name)
    for file in files:
        graph, tests = manifest(suite / file)
        for test in tests:
            if name != "protocol":  # each of these starts from an empty store
                drop_all(client, url)
            for data in graph.objects(test, UT.graphData):
                path = (
                    suite / Path(file).parent / str(graph.value(data, UT.graph)).rsplit("/", 1)[-1]
                )
                label = str(graph.value(data, RDFS.label))
                client.put(
                    f"{url}/store", params={"graph": label}, content=path.read_bytes(),
                    headers={**WRITING, "Content-Type": "application/n-triples"},
                ).raise_for_status()  # fmt: skip
            try:
                wrong = replay(client, url, graph, test)
            except Exception as error:
                wrong = f"{type(error).__name__}: {error}"
            found.add(str(test).split("#")[-1], wrong)
    return found


def drop_all(client: httpx.Client, url: str) -> None:
    """Empty the store."""
    headers = {**WRITING, "Content-Type": "application/sparql-update"}
    client.post(f"{url}/sparql", content=b"DROP ALL", headers=headers).raise_for_status()


def description_suite(client: httpx.Client, url: str) -> Suite:
    """The three tests of the service description."""
    found, endpoint = Suite("service description"), f"{url}/sparql"
    got = client.get(endpoint, headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=got.text, format="turtle", publicID=endpoint)
    found.add("returns-rdf", None if got.status_code == 200 and len(graph) else "no RDF")
    told = {str(o) for o in graph.objects(None, SD.endpoint)}
    found.add("has-endpoint-triple", None if endpoint in told else f"endpoint {told}")
    services = list(graph.subjects(RDF.type, SD.Service))
    ranges = (SD.supportedLanguage, SD.resultFormat, SD.defaultDataset)
    fits = len(services) == 1 and all((services[0], term, None) in graph for term in ranges)
    found.add("conforms-to-schema", None if fits else f"{len(services)} services")
    return found


# The suites that are evaluations: the same tests for the engine itself and over HTTP


class Direct:
    """The engine used directly."""

    def __init__(self) -> None:
        self.store = ox.Store()

    def load(self, triples: str, graph: str | None) -> None:
        """Put N-Triples into a graph."""
        name = ox.NamedNode(graph) if graph else None
        self.store.load(triples.encode(), ox.RdfFormat.N_TRIPLES, to_graph=name)
        if name:
            self.store.add_graph(name)

    def query(self, text: str, base: str) -> tuple[str, bytes]:
        """The kind of a result, and the result in JSON or N-Triples."""
        found = self.store.query(text, base_iri=base)
        if isinstance(found, ox.QueryTriples):
            return "graph", found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return "rows", found.serialize(format=ox.QueryResultsFormat.JSON) or b""

    def update(self, text: str, base: str) -> None:
        """Run an update."""
        self.store.update(text, base_iri=base)

    def quads(self) -> bytes:
        """All quads as N-Quads."""
        return self.store.dump(format=ox.RdfFormat.N_QUADS) or b""


class Served:
    """The server; the base of a text goes in front of it."""

    def __init__(self, client: httpx.Client, url: str) -> None:
        self.client, self.url = client, url
        drop_all(client, url)

    def load(self, triples: str, graph: str | None) -> None:
        """Put N-Triples into a graph by the Graph Store Protocol."""
        self.client.post(
            f"{self.url}/store", params={"graph": graph} if graph else {"default": ""},
            content=triples.encode(), headers={**WRITING, "Content-Type": "application/n-triples"},
        ).raise_for_status()  # fmt: skip

    def query(self, text: str, base: str) -> tuple[str, bytes]:
        """The kind of a result, and the result in JSON or N-Triples."""
        got = self.client.post(
            f"{self.url}/sparql", content=with_base(text, base),
            headers={
                "Content-Type": "application/sparql-query",
                "Accept": "application/sparql-results+json, application/n-triples;q=0.5",
            },
        ).raise_for_status()  # fmt: skip
        media = got.headers["content-type"]
        return ("graph" if media.startswith("application/n-triples") else "rows"), got.content

    def update(self, text: str, base: str) -> None:
        """Run an update."""
        self.client.post(
            f"{self.url}/sparql", content=with_base(text, base),
            headers={**WRITING, "Content-Type": "application/sparql-update"},
        ).raise_for_status()  # fmt: skip

    def quads(self) -> bytes:
        """All quads as N-Quads."""
        accept = {"Accept": "application/n-quads"}
        return self.client.get(f"{self.url}/store", headers=accept).raise_for_status().content


def with_base(text: str, base: str) -> bytes:
    """A text that says its base."""
    return f"BASE <{base}> {text}".encode()


def normal(term: rdflib.term.Node) -> object:
    """A term by its value."""
    if isinstance(term, BNode):
        return "_"
    if isinstance(term, rdflib.Literal):
        kind = str(term.datatype or "").rsplit("#", 1)[-1]
        if kind in ("integer", "decimal", "double", "float", "int"):
            try:
                return f"{float(term):.9g} {kind}"
            except ValueError:
                pass
        return (
            str(term),
            "" if kind == "string" else str(term.datatype or ""),
            (term.language or "").lower(),
        )
    return f"<{term}>"


def rows(result: rdflib.query.Result) -> tuple[str, object]:
    """Rows as a multiset, or a verdict."""
    if result.type == "ASK":
        return "verdict", bool(result.askAnswer)
    return "rows", Counter(bag(binding.items()) for binding in result.bindings)


def bag(solution: Iterable[tuple[object, rdflib.term.Node | None]]) -> tuple[tuple[str, str], ...]:
    """One row, whatever the order of its variables."""
    return tuple(sorted((str(v), repr(normal(t))) for v, t in solution if t is not None))


def expected(path: Path) -> tuple[str, object]:
    """What a test wants."""
    form = {"srx": "xml", "srj": "json", "csv": "csv", "tsv": "tsv"}.get(path.suffix[1:])
    if form:
        with path.open("rb") as file:
            return rows(rdflib.query.Result.parse(file, format=form))
    graph = rdflib.Graph().parse(path, publicID=path.as_uri())
    if (None, RDF.type, RS.ResultSet) not in graph:
        return "graph", graph
    boolean = graph.value(None, RS.boolean)
    if boolean is not None:
        return "verdict", bool(boolean.toPython())
    solutions = (
        [
            (graph.value(b, RS.variable), graph.value(b, RS.value))
            for b in graph.objects(s, RS.binding)
        ]
        for s in graph.objects(None, RS.solution)
    )
    return "rows", Counter(map(bag, solutions))


def in_ntriples(path: Path, base: str) -> str:
    """A file of triples as N-Triples, its relative IRIs resolved."""
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    triples = (q.triple for q in ox.parse(path.read_bytes(), form, base_iri=base))
    return (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").decode()


def local(iri: object) -> Path:
    """The file that a ``file:`` IRI names."""
    return Path(str(iri).removeprefix("file://"))


Evaluation = tuple[str, str, Callable[["Direct | Served"], "str | None"]]


def evaluations(suite: Path) -> Iterator[Evaluation]:
    """Each test of evaluation: its kind, its name, and how it is run."""
    for path in sorted(suite.glob("*/manifest.ttl")):
        if path.parent.name in LEFT_OUT:
            continue
        graph, tests = manifest(path)
        for test in tests:
            name = f"{path.parent.name}/{str(test).split('#')[-1]}"
            if (test, RDF.type, MF.QueryEvaluationTest) in graph:
                yield "query", name, lambda engine, g=graph, t=test: query_is_wrong(engine, g, t)
            elif (test, RDF.type, MF.UpdateEvaluationTest) in graph:
                yield "update", name, lambda engine, g=graph, t=test: update_is_wrong(engine, g, t)


def query_is_wrong(
    engine: Direct | Served, graph: rdflib.Graph, test: rdflib.term.Node
) -> str | None:
    """Run a query test; gives what is wrong."""
    action = graph.value(test, MF.action)
    for data in graph.objects(action, QT.data):
        engine.load(in_ntriples(local(data), str(data)), None)
    for data in graph.objects(action, QT.graphData):
        engine.load(in_ntriples(local(data), str(data)), str(data))
    text = graph.value(action, QT.query)
    kind, body = engine.query(local(text).read_text(encoding="utf-8"), str(text))
    wanted = expected(local(graph.value(test, MF.result)))
    if kind == "graph":
        came = rdflib.Graph().parse(data=body, format="nt")
        return None if wanted[0] == "graph" and isomorphic(came, wanted[1]) else "another graph"
    found = rows(rdflib.query.Result.parse(io.BytesIO(body), format="json"))
    return None if found == wanted else "other rows"


def update_is_wrong(
    engine: Direct | Served, graph: rdflib.Graph, test: rdflib.term.Node
) -> str | None:
    """Run an update test; gives what is wrong."""
    for triples, name in state(graph, graph.value(test, MF.action)):
        engine.load(triples, name)
    text = graph.value(graph.value(test, MF.action), UT.request)
    engine.update(local(text).read_text(encoding="utf-8"), str(text))
    have, want = rdflib.Dataset(), rdflib.Dataset()
    have.parse(data=engine.quads().decode(), format="nquads")
    for triples, name in state(graph, graph.value(test, MF.result)):
        (want.graph(name) if name else want.default_graph).parse(data=triples, format="nt")
    graphs = [{str(g.identifier): g for g in d.graphs() if len(g)} for d in (have, want)]
    if set(graphs[0]) != set(graphs[1]):
        return f"graphs {sorted(graphs[0])}, wanted {sorted(graphs[1])}"
    wrong = [n for n, g in graphs[1].items() if not isomorphic(g, graphs[0][n])]
    return f"another graph {wrong[0]}" if wrong else None


def state(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[tuple[str, str | None]]:
    """The graphs of a state: N-Triples and a name, None for the default graph."""
    for data in graph.objects(node, UT.data):
        yield in_ntriples(local(data), str(data)), None
    for held in graph.objects(node, UT.graphData):
        file = graph.value(held, UT.graph)
        yield in_ntriples(local(file), str(file)), str(graph.value(held, RDFS.label))


def evaluation_suites(
    suite: Path, label: str, engine: Callable[[], Direct | Served]
) -> list[Suite]:
    """Run all tests of evaluation on an engine."""
    found = {kind: Suite(f"{kind} evaluation, {label}") for kind in ("query", "update")}
    for kind, name, run in evaluations(suite):
        try:
            wrong = run(engine())
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}".replace("\n", " ")[:160]
        found[kind].add(name, wrong)
    return list(found.values())


def nothing(folder: str) -> str:
    """A graph without triples to start from."""
    path = Path(folder, "empty.ttl")
    path.touch()
    return str(path)


def main() -> None:
    """Run all suites and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("suite", type=Path)
    parser.add_argument("--verbose", action="store_true", help="Say what is wrong.")
    chosen = parser.parse_args()
    suite = chosen.suite.resolve()
    with (
        tempfile.TemporaryDirectory() as folder,
        running(nothing(folder), "--writable", "--store", folder, writable=True) as server,
        httpx.Client(timeout=60) as client,
    ):
        url = server.url
        protocol = [
            requests_suite(suite, "protocol", ["protocol/manifest.ttl"], client, url),
            requests_suite(
                suite, "graph store protocol",
                [f"graph-store-protocol/manifest-{kind}.ttl" for kind in ("indirect", "direct")],
                client, url,
            ),
            description_suite(client, url),
        ]  # fmt: skip
        served = evaluation_suites(suite, "over HTTP", lambda: Served(client, url))
    direct = evaluation_suites(suite, "the engine itself", Direct)
    for found in (*protocol, *served, *direct):
        print(found.line)
        if chosen.verbose:
            print("".join(f"    {failed}\n" for failed in found.failed), end="")
    worse = any(s.passed < d.passed for s, d in zip(served, direct, strict=True))
    sys.exit(int(worse or any(s.failed for s in protocol)))


if __name__ == "__main__":
    main()

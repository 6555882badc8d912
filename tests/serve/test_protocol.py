"""The SPARQL 1.1 Protocol: the ways to send a query, the forms of an answer, what is refused."""

from __future__ import annotations

import gzip
import json

import httpx
import pyoxigraph
import pytest
import rdflib

ASK = "ASK { ?s ?p ?o }"
SELECT = "SELECT ?s ?o { ?s rdfs:label ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
IN_GRAPH = "ASK { <http://example.org/n> ?p ?o }"
G = "http://example.org/g"
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"


@pytest.mark.parametrize(
    "send",
    [
        lambda c, q, more: c.get("/sparql", params={"query": q, **more}),
        lambda c, q, more: c.get("/sparql/", params={"query": q, **more}),
        lambda c, q, more: c.post("/sparql", data={"query": q, **more}),
        lambda c, q, more: c.post(
            "/sparql", params=more, content=q, headers={"Content-Type": QUERY}
        ),
        lambda c, q, more: c.post(
            "/sparql", params=more, content=q, headers={"Content-Type": QUERY + "; charset=UTF-8"}
        ),
    ],
)
@pytest.mark.parametrize(
    ("query", "more", "verdict"),
    [
        (ASK, {}, True),
        (IN_GRAPH, {}, False),
        (IN_GRAPH, {"default-graph-uri": G}, True),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", {}, True),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", {"default-graph-uri": G}, False),
        ("ASK { GRAPH ?g { ?s ?p ?o } }", {"named-graph-uri": G}, True),
        ("ASK { ?s ?p ?o }", {"named-graph-uri": G}, False),
        (f"ASK FROM <{G}> {{ ?s rdfs:label ?o }}", {}, False),
    ],
)
def test_a_query_is_sent_in_every_way(client, send, query, more, verdict) -> None:
    answer = send(client, query, more)
    assert answer.status_code == 200, answer.text
    assert answer.json()["boolean"] is verdict


@pytest.mark.parametrize(
    ("query", "accept", "media"),
    [
        (ASK, None, "application/sparql-results+json"),
        (ASK, "*/*", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv; charset=utf-8"),
        (SELECT, "text/*", "text/csv; charset=utf-8"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SELECT, "text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        (SELECT, "*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        (SELECT, "application/json", "application/json"),
        (SELECT, "text/html, */*;q=0.8", "application/sparql-results+json"),
        (CONSTRUCT, None, "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/sparql-results+json, */*;q=0.1", "text/turtle; charset=utf-8"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE <http://example.org/a>", "text/turtle;q=x, application/n-triples;q=0.1", "application/n-triples"),
    ],
)  # fmt: skip
def test_the_form_is_negotiated(client, query, accept, media) -> None:
    headers = {"Accept": accept} if accept else {}
    answer = client.get("/sparql", params={"query": query}, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    ("form", "media"),
    [
        ("json", "application/sparql-results+json"),
        ("xml", "application/sparql-results+xml"),
        ("csv", "text/csv; charset=utf-8"),
        ("tsv", "text/tab-separated-values; charset=utf-8"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("unheard-of", "application/sparql-results+json"),
    ],
)
def test_the_form_may_be_named(client, form, media) -> None:
    answer = client.get("/sparql", params={"query": SELECT, "format": form})
    assert answer.headers["content-type"] == media
    assert "Josefina Vidal" in answer.text


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_graphs_say_the_same_in_every_form(client, form) -> None:
    answer = client.get("/sparql", params={"query": CONSTRUCT, "format": form})
    names = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld"}
    assert len(rdflib.Graph().parse(data=answer.text, format=names[form])) == 6


@pytest.mark.parametrize(
    ("method", "target", "body", "kind", "status", "words"),
    [
        ("GET", "?query=SELECT%20%7B", b"", None, 400, "Line 1, column "),
        ("GET", "?query=ASK%7B%7D&query=ASK%7B%7D", b"", None, 400, "one query"),
        ("GET", "?query=%FF", b"", None, 400, "not UTF-8"),
        ("GET", "?query=ASK%7B%7D&default-graph-uri=no%20iri", b"", None, 400, "Not understood"),
        ("GET", "?update=CLEAR%20ALL", b"", None, 400, "sent by POST"),
        ("POST", "", b" " * 70_000, QUERY, 413, "longer than"),
        ("POST", "", b"query=", FORM, 400, "Line 1, column 1"),
        ("POST", "", b"", FORM, 400, "one query"),
        ("POST", "", b"ASK {}", "text/plain", 415, "Send application/x-www-form-urlencoded"),
        ("POST", "", b"ASK {}", None, 415, "Send application/x-www-form-urlencoded"),
        ("POST", "", b"ASK \xff", QUERY, 400, "not UTF-8"),
        ("POST", "", b"x" * 1_100_000, QUERY, 413, "larger than"),
        ("POST", "", b"CLEAR ALL", UPDATE, 403, "read-only"),
        ("POST", "", b"update=CLEAR+ALL", FORM, 403, "read-only"),
        ("PUT", "", b"ASK {}", QUERY, 405, "not for this address"),
        ("DELETE", "", b"", None, 405, "not for this address"),
        ("GET", "?query=SELECT*%7BSERVICE%3Chttp://127.0.0.1/%3E%7B?s?p?o%7D%7D", b"", None, 400, "SERVICE is refused"),
        ("GET", "?query=ASK%7BFILTER(" + "(" * 2000 + "1" + ")" * 2000 + ")%7D", b"", None, 400, "nests"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence(
    client, method, target, body, kind, status, words
) -> None:
    headers = {"Content-Type": kind} if kind else {}
    answer = client.request(method, "/sparql" + target, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert answer.text.endswith(".\n")
    assert "Traceback" not in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_a_form_that_cannot_be_had_is_refused(client) -> None:
    answer = client.get("/sparql", params={"query": ASK}, headers={"Accept": "image/png"})
    assert answer.status_code == 406


def test_prefixes_of_the_vocabulary_are_known(client) -> None:
    answer = client.get("/sparql", params={"query": "ASK { ?s a uscuba:Person }"})
    assert answer.json()["boolean"] is True


def test_gzip_is_given_to_whom_it_is_welcome(client) -> None:
    query = "SELECT ?s { VALUES ?s { " + " ".join(f'"{n:04}"' for n in range(200)) + " } }"
    plain = client.get("/sparql", params={"query": query})
    with client.stream(
        "GET", "/sparql", params={"query": query}, headers={"Accept-Encoding": "br, gzip;q=0.5"}
    ) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert len(raw) < len(plain.content) / 3
    assert gzip.decompress(raw) == plain.content
    refused = client.get(
        "/sparql", params={"query": query}, headers={"Accept-Encoding": "gzip;q=0"}
    )
    assert "content-encoding" not in refused.headers


def test_an_answer_that_is_known_is_not_sent_again(client) -> None:
    first = client.get("/sparql", params={"query": SELECT})
    tag = first.headers["etag"]
    again = client.get(
        "/sparql", params={"query": SELECT}, headers={"If-None-Match": f'"x", {tag}'}
    )
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get(
        "/sparql", params={"query": SELECT, "format": "csv"}, headers={"If-None-Match": tag}
    )
    assert other.status_code == 200
    assert other.headers["etag"] != tag


def test_what_changes_by_itself_is_not_kept(client) -> None:
    answers = [
        client.get("/sparql", params={"query": "SELECT (RAND() AS ?x) {}"}) for _ in range(2)
    ]
    assert answers[0].content != answers[1].content
    assert "etag" not in answers[0].headers
    assert answers[0].headers["cache-control"] == "no-store"


def test_head_gives_the_head_alone(client) -> None:
    got = client.get("/sparql", params={"query": SELECT})
    head = client.head("/sparql", params={"query": SELECT})
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]


def test_the_limits_are_told(client) -> None:
    headers = client.get("/sparql", params={"query": ASK}).headers
    assert headers["x-time-limit"] == "1 seconds"
    assert headers["x-result-limit"] == f"{1 << 20} bytes"


def test_pages_from_elsewhere_may_read_and_nothing_more(client) -> None:
    told = client.options("/sparql", headers={"Origin": "https://example.org"})
    assert told.status_code == 204
    assert told.headers["access-control-allow-origin"] == "*"
    assert "authorization" not in told.headers["access-control-allow-headers"].lower()
    assert "access-control-allow-credentials" not in told.headers
    answer = client.get("/sparql", params={"query": ASK}, headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/store?default", "/health", "/nowhere"]
)
def test_every_answer_is_safe_in_a_browser(client, path) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]


def test_the_service_describes_itself(client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = rdflib.URIRef(f"{client.base_url}/sparql".replace("//sparql", "/sparql"))
    assert (None, sd.endpoint, endpoint) in graph
    assert (endpoint, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert (endpoint, sd.supportedLanguage, sd.SPARQL11Update) not in graph
    assert rdflib.URIRef(G) in set(graph.objects(None, sd.name))


def test_the_dataset_describes_itself(client) -> None:
    answer = client.get("/.well-known/void")
    graph = rdflib.Graph().parse(data=answer.text, format="turtle")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    (dataset,) = graph.subjects(rdflib.RDF.type, void.Dataset)
    assert str(graph.value(dataset, void.sparqlEndpoint)).endswith("/sparql")
    assert graph.value(rdflib.URIRef("http://example.org/part"), void.entities) is not None


def test_a_browser_at_the_endpoint_is_led_to_the_page_for_queries(client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")


@pytest.mark.parametrize(
    ("accept", "form", "media"),
    [
        ("text/turtle", "", "text/turtle; charset=utf-8"),
        ("*/*", "", "text/turtle; charset=utf-8"),
        ("application/ld+json", "", "application/ld+json"),
        ("text/html;q=0.5, application/rdf+xml", "", "application/rdf+xml"),
        ("text/html", "?format=nt", "application/n-triples"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "", "text/html; charset=utf-8"),
    ],
)
def test_a_thing_is_a_page_or_data_at_one_address(client, accept, form, media) -> None:
    answer = client.get(f"/id/person/josefina-vidal{form}", headers={"Accept": accept})
    assert answer.headers["content-type"] == media
    assert "Accept" in answer.headers["vary"]


def test_a_thing_that_nobody_knows_is_not_there(client) -> None:
    answer = client.get("/id/person/nobody", headers={"Accept": "text/turtle"})
    assert answer.status_code == 404
    assert "says nothing of <https://w3id.org/uscuba-kg/id/person/nobody>" in answer.text


@pytest.mark.parametrize(
    ("target", "media", "size"),
    [
        ("?default", "text/turtle", 6),
        ("?graph=http%3A%2F%2Fexample.org%2Fg", "application/n-triples", 1),
        ("", "application/n-quads", 7),
    ],
)
def test_graphs_are_read_whole(client, target, media, size) -> None:
    answer = client.get("/store" + target, headers={"Accept": media})
    form = pyoxigraph.RdfFormat.from_media_type(media)
    assert answer.status_code == 200
    assert len(list(pyoxigraph.parse(answer.content, form))) == size
    assert client.head("/store" + target, headers={"Accept": media}).content == b""
    tag = answer.headers["etag"]
    again = client.get("/store" + target, headers={"Accept": media, "If-None-Match": tag})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("method", "target", "status"),
    [
        ("GET", "?graph=http%3A%2F%2Fexample.org%2Fnone", 404),
        ("HEAD", "?graph=http%3A%2F%2Fexample.org%2Fnone", 404),
        ("GET", "?graph=", 400),
        ("GET", "?graph=x&default", 400),
        ("GET", "?graph=not%20an%20iri", 400),
        ("PUT", "?default", 403),
        ("DELETE", "?default", 403),
        ("PATCH", "?default", 405),
    ],
)
def test_graphs_that_are_not_to_be_had(client, method, target, status) -> None:
    assert client.request(method, "/store" + target).status_code == status


def test_rows_come_as_the_standard_says(client) -> None:
    answer = client.get("/sparql", params={"query": SELECT})
    (row,) = json.loads(answer.content)["results"]["bindings"]
    assert row["o"] == {"type": "literal", "value": "Josefina Vidal", "xml:lang": "es"}


def test_a_host_that_is_none_is_refused(client: httpx.Client) -> None:
    answer = client.get("/.well-known/void", headers={"Host": 'x" onload="'})
    assert answer.status_code == 400


@pytest.mark.parametrize("size", [0, 1, 262_143, 262_144, 262_145, 524_288, 600_000])
def test_answers_of_every_size_are_whole(client, size) -> None:
    query = f"SELECT ('{'x' * min(size, 1)}' AS ?x) {{}}" if size < 2 else pieces(size)
    plain = client.get("/sparql", params={"query": query, "format": "csv"})
    assert plain.status_code == 200
    assert len(plain.content) == int(plain.headers["content-length"])
    assert plain.text.count("x") == 1 + size


def pieces(size: int) -> str:
    """A query whose answer has so many times the letter x, besides the name of its column."""
    whole, rest = divmod(size, 1_000)
    rows = " ".join(f"({n} {1_000})" for n in range(whole)) + f" ({whole} {rest})"
    letters = "x" * 1_000
    return f"SELECT (SUBSTR('{letters}', 1, ?n) AS ?x) {{ VALUES (?i ?n) {{ {rows} }} }}"

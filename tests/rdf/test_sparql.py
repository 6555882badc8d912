"""A query never leaves this machine and never kills the process; every other query may pass."""

from __future__ import annotations

import subprocess
import sys

import pytest

from uscuba_kg.errors import QueryError
from uscuba_kg.rdf.sparql import NESTING_LIMIT, STEP_LIMIT, check_query

AWAY = "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {AWAY} }}",
        "SELECT * { service silent <http://127.0.0.1:9/> {} }",
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/>{} }",
        "SELECT * { SERVICE ?x {} }",
        "SELECT * { SERVICE?x {} }",
        "PREFIX ex: <http://e/> SELECT * { SERVICEex:x {} }",
        "PREFIX : <http://e/> SELECT * { SERVICE:x {} }",
        f"SELECT * {{ ?s ?p ?o.{AWAY} }}",
        f"SELECT * {{ ?s ?p 1{AWAY} }}",
        f"SELECT * {{ ?s ?p true{AWAY} }}",
        f"PREFIX ex: <http://e/> SELECT * {{ ?s ?p ex:.{AWAY} }}",
        f"SELECT * {{ # a comment ends at a carriage return\r{AWAY} }}",
        f'SELECT * {{ ?s ?p "a\\"" . {AWAY} }} # "',
        f"PREFIX ex: <http://e/> SELECT * {{ ?s ?p ex:it\\'s . {AWAY} }} # '",
        f"PREFIX ex: <http://e/> SELECT * {{ ?s ?p ex:a\\#b . {AWAY} }}",
        f"SELECT * {{ ?a ?b ?c FILTER(?a<'>') {AWAY} }} #'",
        f"SELECT * {{ ?a ?b ?c FILTER(?a<?b#> '''\n) {AWAY} }} #'''",
        f"SELECT * {{ ?a ?b ?c FILTER(?a <5) {AWAY} FILTER(?b> 1) }}",
        "LOAD <http://127.0.0.1:9/>",
        "ASK {} ; LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <http://e/g>",
    ],
)
def test_a_query_that_reaches_out_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match="is refused"):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ("SERVICE <http://e/> { }" AS ?x) {}',
        "SELECT * { ?s ?p '''the 'Service' LOAD''' }",
        'ASK { ?s ?p """say "SERVICE" now""" }',
        "SELECT * { ?service ?load ?o } # SERVICE <http://e/> {}",
        "SELECT * { ?s <http://example.org/service#load> ?o }",
        "PREFIX ex: <http://e/> SELECT * { ?s ex:service/ex:load ?o }",
        "PREFIX payload: <http://e/> SELECT * { ?s payload:a _:service }",
        "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?p > 3 || ?s<?o) }",
        "SELECT * { VALUES ?s { " + "<http://e/a/b-c> " * 5000 + "} }",
        "SELECT * { ?s ?p " + "(" * (NESTING_LIMIT - 1) + ")" * (NESTING_LIMIT - 1) + " }",
        'SELECT * { ?s ?p "' + "(" * 5000 + '" }',
    ],
)
def test_a_query_that_stays_here_passes(query: str) -> None:
    check_query(query)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { FILTER (" + "(" * 2000 + "1" + ")" * 2000 + ") }", "nests"),
        ("SELECT * " + "{" * 101 + "}" * 101, "nests 101 deep"),
        ("SELECT * { FILTER (1" + "+1" * 9000 + ") }", "chains"),
        ("SELECT * { FILTER (" + "!" * 20000 + "true) }", "chains"),
        ("SELECT * { {}" + "UNION{}" * 9000 + "}", "chains"),
        ("SELECT * { ?s <p:>" + "|<p:>" * 20000 + " ?o }", "chains"),
    ],
)
def test_a_query_that_would_kill_the_engine_is_refused(query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        check_query(query)


AT_THE_LIMIT = {
    "nested": lambda n: "SELECT*{FILTER" + "(" * 98 + "1" + ")" * 98 + "}",
    "bang": lambda n: "SELECT*{FILTER(" + "!" * (n - 3) + "true)}",
    "sum": lambda n: "SELECT*{FILTER(1" + "+1" * (n - 3) + ")}",
    "union": lambda n: "SELECT*{{}" + "UNION{}" * (n - 4) + "}",
    "bind": lambda n: "SELECT*{" + "".join(f"BIND(1AS?v{i})" for i in range(n - 4)) + "}",
}


@pytest.mark.parametrize("name", sorted(AT_THE_LIMIT))
def test_the_engine_survives_what_passes(name: str) -> None:
    query = AT_THE_LIMIT[name](STEP_LIMIT)
    check_query(query)
    program = "import sys, pyoxigraph; list(pyoxigraph.Store().query(sys.stdin.read()))"
    done = subprocess.run(
        [sys.executable, "-c", program], input=query, text=True, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("piece", ["'", '"""', "<a", "a.", "a-.", "\\", ":\\-", "a:%4", "#"])
def test_the_look_at_a_long_query_takes_no_longer_than_its_length_warrants(piece: str) -> None:
    program = (
        "import sys, time; from uscuba_kg.rdf import sparql; from uscuba_kg.errors import QueryError\n"
        "text = sys.argv[1] * 20000; start = time.process_time()\n"
        "try: sparql.check_query(text)\n"
        "except QueryError: pass\n"
        "assert time.process_time() - start < 2"
    )
    done = subprocess.run([sys.executable, "-c", program, piece], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr

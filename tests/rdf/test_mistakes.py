"""What is said of a query that is not well-formed: the very place, and what would fit there."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uscuba_kg.rdf.mistakes import mistake

VALUE = '"(", a variable, an IRI, a string or a number'
MORE = '".", ";", ",", "}" or "{"'


def told(text: str, update: bool = False) -> tuple[int, int, str]:
    """Line, column and words."""
    store = pyoxigraph.Store()
    with pytest.raises(SyntaxError) as error:
        (store.update if update else store.query)(text, base_iri="http://e/")
    found = mistake(text, str(error.value.msg), "http://e/", update)
    return found.line, found.column, found.words


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("SELECT * {\n ?s ?p\n}", 3, 1, f'"}}" does not fit here; after "?p" may come {VALUE}'),
        ("SELECT * {\n ?s ?p ?o\n ?s a ?b }", 3, 2, f'"?s" does not fit here; after "?o" may come {MORE}'),
        ("SELECT * { ?s ?p ?o", 1, 20, f"the query ends too early; what may come is {MORE}"),
        ("SELEC * { }", 1, 1, '"SELEC" does not fit here; at the beginning may come SELECT, ASK, CONSTRUCT or DESCRIBE'),
        ("ASK { } ORDER ?s", 1, 15, '"?s" does not fit here; after "ORDER" may come BY'),
        ("ASK { ?s ?p ?o FILTER(?o > ) }", 1, 28, f'")" does not fit here; after ">" may come {VALUE}'),
        ("SELECT (COUNT(?x) ?n) { }", 1, 19, '"?n" does not fit here; after ")" may come an operator or AS'),
        ("SELECT * { ?s ?p ?o } LIMIT 5 ORDER BY ?s", 1, 31, '"ORDER" does not fit here; after "5" may come the end'),
        ("PREFIX x <http://e/> ASK { }", 1, 8, '"x" does not fit here; after "PREFIX" may come a prefix with a colon'),
        ("ASK { ?s none:such ?o }", 1, 10, 'the prefix "none:" is not declared'),
        ("ASK { ?s ?p <http://e e> }", 1, 13, "the IRI that begins here holds a space, or has no end"),
        ("ASK { ?s ?p 'it }", 1, 13, "the string that begins here has no end"),
        ("ASK { # it's\n ?s ?p 'it''s' }", 2, 12, f"\"'s'\" does not fit here; after \"'it'\" may come {MORE}"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", 1, 36, "the variable ?x has a value before this already"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, 33, "the SELECT contains a variable that is unbound"),
        ("SELECT * { VALUES ?x { -5 .5 6e7 '' \"x\"^^<urn:x> 'y'@en } ?x }", 1, 62, '"}" does not fit'),
        ("", 1, 1, "there is no query"),
        ("# nothing", 1, 1, "there is no query"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_where_it_is(text: str, line: int, column: int, words: str) -> None:
    found = told(text)
    assert found[:2] == (line, column), found
    assert found[2].startswith(words), found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("INSERT DATA { <a> <b> }", '"}" does not fit here; after "<b>" may come'),
        (
            "SELECT * { }",
            '"SELECT" does not fit here; at the beginning may come ";", INSERT, DELETE or the end',
        ),
        ("DELETE WHERE { ?s ?p", "the update ends too early; what may come is"),
    ],
)
def test_an_update_is_looked_at_too(text: str, words: str) -> None:
    assert told(text, update=True)[2].startswith(words)


PIECES = [
    "SELECT", "ASK", "WHERE", "{", "}", "(", ")", "?x", "<urn:a>", ".", ";", ",", "FILTER", "BIND", "AS",
    "'a'", '"', "'", "<", "<http:a", "5", "-5", "^^", "@en", "x:", "foo:bar", "#", "\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_whatever_is_wrong_the_place_is_in_the_text(text: str) -> None:
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError as error:
        found = mistake(text, str(error.msg))
        lines = text.split("\n")
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        assert found.words[-1] != "."

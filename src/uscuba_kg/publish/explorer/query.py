"""The query page: an editor, the named questions as a menu, and what the editor completes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

import pyoxigraph

from uscuba_kg.publish.ask import Question, named_questions, question_themes
from uscuba_kg.publish.explorer.frame import in_json, page
from uscuba_kg.publish.explorer.ontology import vocabulary
from uscuba_kg.publish.explorer.page import LANGUAGES, Page
from uscuba_kg.publish.explorer.visit import Visit
from uscuba_kg.publish.explorer.words import words
from uscuba_kg.rdf.vocab import LABEL, PREFIXES

_CHOICE = re.compile(r"COALESCE\s*\(\?(\w+)En, \?\1Es\b")

FIRST = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX uscuba: <https://w3id.org/uscuba-kg/ontology#>

SELECT ?date ?meeting ?name WHERE {
  ?meeting a uscuba:Meeting ; schema:startDate ?date ; rdfs:label ?name .
  FILTER (LANG(?name) = "%s")
}
ORDER BY DESC(STR(?date))
LIMIT 25
"""
"""What stands in the editor of somebody who comes without a query."""


@cache
def _questions() -> Mapping[str, Question]:
    return {question.name: question for question in named_questions()}


@cache
def _themes() -> Mapping[str, Mapping[str, str]]:
    return question_themes()


def query_page(visit: Visit) -> Page:
    """Give the query page, with the query or the named question that the address holds."""
    question = _questions().get(visit.request.value("question"))
    asked = visit.request.value("query")
    if not asked and question is not None:
        asked = in_language(bare(question.query), visit.language)
    values = {
        "query": asked or FIRST % visit.language,
        "asked": bool(asked),
        "question": question,
        "menu": list(_menu(visit)),
        "said": _said(visit),
    }
    return page("query.html", visit.request, values)


def _said(visit: Visit) -> list[tuple[str, str]]:
    """What the endpoint, which speaks English, may say of a query, and the page's words for it."""
    english, own = (words(tongue)["query"]["said"] for tongue in ("en", visit.language))
    return [(said, own[name]) for name, said in english.items() if said != own[name]]


def _menu(visit: Visit) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The themes, each with its questions: name and words in the reader's language."""
    for theme, titles in _themes().items():
        own = [q for q in _questions().values() if q.theme == theme]
        named = [(q.name, q.texts.get(visit.language) or q.name) for q in own]
        yield titles[visit.language], named


def bare(query: str) -> str:
    """A query without the comments at its head."""
    return re.sub(r"\A(?:\s*#[^\n]*\n)+\s*", "", query)


def in_language(query: str, language: str) -> str:
    """A named question's query that prefers names in a language.

    >>> in_language("BIND (COALESCE(?mEn, ?mEs, ?m) AS ?meeting)", "es")
    'BIND (COALESCE(?mEs, ?mEn, ?m) AS ?meeting)'
    """
    return _CHOICE.sub(r"COALESCE(?\1Es, ?\1En", query) if language == "es" else query


def terms(visit: Visit) -> Page:
    """Give what the editor completes, as JSON: the prefixes, and the terms with what they mean."""
    kinds = visit.words["query"]["kinds"]
    found = [
        {"iri": term.iri, "kind": kinds[term.kind], "name": term.name, "meaning": term.meaning}
        for term in vocabulary(visit)
    ]
    return in_json({"prefixes": dict(PREFIXES), "terms": found})


def things(visit: Visit) -> Page:
    """Give where the things are that alone bear the names in the parameters ``name``, as JSON."""
    found = {}
    for name in visit.request.values("name"):
        iris = {
            getattr(quad.subject, "value", "")
            for tongue in LANGUAGES
            for quad in visit.view.store.quads_for_pattern(
                None, visit.view.node(LABEL), pyoxigraph.Literal(name, language=tongue)
            )
        }
        if len(iris) == 1 and (href := visit.href(iris.pop())):
            found[name] = href
    return in_json({"things": found})

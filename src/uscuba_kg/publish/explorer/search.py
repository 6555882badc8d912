"""Search over all names and sentences, without regard to case and accents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from uscuba_kg.publish.explorer.frame import in_json, page
from uscuba_kg.publish.explorer.page import Page
from uscuba_kg.publish.explorer.visit import Thing, Visit
from uscuba_kg.rdf.vocab import USCUBA
from uscuba_kg.text import fold

_LEAST, _MOST_WORDS = 2, 8
_OFFERED = 10
_MOST_NAMES, _MOST_SENTENCES, _CANDIDATES = 40, 40, 1500
_LIKE = {
    plain: f"[{plain}{accented}]"
    for plain, accented in {
        "a": "áàâäãå", "c": "ç", "e": "éèêë", "i": "íìîï", "n": "ñ", "o": "óòôöõ", "u": "úùûü", "y": "ýÿ",
        "'": "’‘ʼ", '"': "“”«»„", "-": "–—‑",
    }.items()
}  # fmt: skip
_SHOWN = (
    "Meeting", "MeetingSeries", "Person", "Organization", "Topic", "Place", "Agreement",
    "State", "Post", "Article",
)  # fmt: skip
_CLASSES = " ".join(f"uscuba:{name}" for name in _SHOWN)
_NAMES = f"""SELECT DISTINCT ?thing ?class ?name WHERE {{
  VALUES ?class {{ {_CLASSES} }} ?thing a ?class ; rdfs:label|skos:altLabel|skos:hiddenLabel ?name %s
}} ORDER BY ?thing ?name LIMIT {_CANDIDATES}"""
_SENTENCES = f"""SELECT DISTINCT ?article ?before ?exact ?after ?issued ?start WHERE {{
  ?claim prov:hadPrimarySource ?article ; oa:exact ?exact ; oa:start ?start .
  OPTIONAL {{ ?claim oa:prefix ?p }} OPTIONAL {{ ?claim oa:suffix ?s }}
  BIND (COALESCE(?p, "") AS ?before) BIND (COALESCE(?s, "") AS ?after)
  BIND (CONCAT(?before, ?exact, ?after) AS ?name) %s
  OPTIONAL {{ ?article dcterms:issued ?issued }}
}} ORDER BY DESC(?issued) ?article DESC(STRLEN(?name)) ?start LIMIT {_CANDIDATES}"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that is called so; ``called`` where another of its names was meant."""

    thing: Thing
    kind: Thing
    called: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, cut where the words that were looked for begin and end."""

    article: Thing
    days: str
    pieces: tuple[tuple[str, bool], ...]


def search_page(visit: Visit) -> Page:
    """Give the page of what was found for the parameter ``q``."""
    terms = _terms(visit)
    values = {
        "asked": visit.request.value("q"),
        "names": found_names(visit, terms) if terms else (),
        "sentences": found_sentences(visit, terms) if terms else (),
        "long_enough": bool(terms),
    }
    return page("search.html", visit.request, values)


def _terms(visit: Visit) -> list[str]:
    """The words that are looked for, folded; none where they are too short to mean anything."""
    terms = fold(visit.request.value("q")).split()[:_MOST_WORDS]
    return terms if sum(len(term) for term in terms) >= _LEAST else []


def names(visit: Visit) -> Page:
    """Give the things that are called like the parameter ``q``, as JSON, the best first."""
    terms = _terms(visit)
    hits = found_names(visit, terms, _OFFERED) if terms else ()
    found = [
        {"iri": h.thing.iri, "name": h.thing.name, "kind": h.kind.name, "href": h.thing.href}
        for h in hits
    ]
    return in_json({"names": found})


def found_names(visit: Visit, terms: Sequence[str], most: int = _MOST_NAMES) -> tuple[Hit, ...]:
    """Give the things of which one name holds all the words, the best first.

    Better is a name that begins so, then one of whose words begins so, then a kind of thing that
    people look for more often, then a short name.
    """
    best: dict[str, tuple[tuple[int, int, bool, int, str], Hit]] = {}
    for iri, kind, name in visit.rows(_NAMES % _filter(terms)):
        thing = visit.thing(iri)
        rank = _SHOWN.index(kind.removeprefix(USCUBA))
        key = (_fit(name, terms), rank, name != thing.name, len(name), name)
        called = "" if fold(name) == fold(thing.name) else name
        if iri not in best or key < best[iri][0]:
            best[iri] = (key, Hit(thing, visit.thing(kind), called))
    return tuple(hit for _, hit in sorted(best.values(), key=lambda b: b[0])[:most])


def _fit(name: str, terms: Sequence[str]) -> int:
    folded = fold(name)
    if folded.startswith(" ".join(terms)):
        return 0
    return 1 if all(re.search(rf"\b{re.escape(term)}", folded) for term in terms) else 2


def found_sentences(visit: Visit, terms: Sequence[str]) -> tuple[Sentence, ...]:
    """Give the sentences of articles that hold all the words, each once, the latest first."""
    found: dict[tuple[str, str], Sentence] = {}
    for article, before, exact, after, issued, _ in visit.rows(_SENTENCES % _filter(terms)):
        text = " ".join((before + exact + after).split())
        known = any(text in shown for at, shown in found if at == article)
        if not known and len(found) < _MOST_SENTENCES:
            pieces = _cut(text, terms)
            found[article, text] = Sentence(visit.thing(article), visit.days(issued), pieces)
    return tuple(found.values())


def _cut(text: str, terms: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with whether it is one of the words."""
    folded, pieces, last = fold(text), [], 0
    for hit in re.finditer(
        "|".join(re.escape(t) for t in sorted(terms, key=len, reverse=True)), folded
    ):
        pieces += [(text[last : hit.start()], False), (text[hit.start() : hit.end()], True)]
        last = hit.end()
    return (*pieces, (text[last:], False))


def _filter(terms: Sequence[str]) -> str:
    """A condition on ``?name`` for each word: the words become patterns, and those plain strings."""
    conditions = (f'REGEX(?name, "{_pattern(term)}", "i")' for term in terms)
    return f"FILTER({' && '.join(conditions)})"


def _pattern(term: str) -> str:
    """A regular expression for a folded word, written as the inside of a SPARQL string."""
    pattern = "".join(_LIKE.get(char, re.escape(char)) for char in term)
    return pattern.replace("\\", "\\\\").replace('"', '\\"')

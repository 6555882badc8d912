"""What the pages of people, bodies, posts, states and unnamed speakers show beside their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from uscuba_kg.publish.explorer.evidence import Telling
from uscuba_kg.publish.explorer.meetings import Filters, meetings
from uscuba_kg.publish.explorer.statements import statements
from uscuba_kg.publish.explorer.visit import Thing, Visit, side
from uscuba_kg.rdf.vocab import ORG, USCUBA

_POSTS = """SELECT ?post ?body ?article ?issued WHERE {
  ?person org:holds ?post . OPTIONAL { ?post org:postIn ?body }
  OPTIONAL { ?claim rdf:subject ?person ; rdf:predicate org:holds ; rdf:object ?post ;
      prov:hadPrimarySource ?article .
    OPTIONAL { ?article dcterms:issued ?issued } } } ORDER BY ?post ?article"""
_MET = """SELECT ?who ?state (COUNT(DISTINCT ?m) AS ?count) WHERE {
  ?m uscuba:participation/uscuba:participant ?thing ; uscuba:status uscuba:Held ;
    uscuba:participation ?part .
  ?part uscuba:participant ?who . OPTIONAL { ?part uscuba:onBehalfOf ?state }
} GROUP BY ?who ?state ORDER BY DESC(?count) ?who LIMIT 60"""
_STATE = """SELECT ?state WHERE {
  { ?thing uscuba:ofState ?state } UNION { ?part uscuba:participant ?thing ; uscuba:onBehalfOf ?state }
  UNION { ?thing uscuba:onBehalfOf ?state } }"""
_UNITS = "SELECT ?unit WHERE { ?unit org:unitOf ?thing } ORDER BY ?unit"
_HOLDERS = """SELECT DISTINCT ?person ?post WHERE {
  ?post org:postIn ?thing . ?person org:holds ?post } ORDER BY ?person ?post"""
_POST_HOLDERS = "SELECT DISTINCT ?person WHERE { ?person org:holds ?thing } ORDER BY ?person"
_OF_STATE = "SELECT ?who WHERE { ?who uscuba:ofState ?thing ; a %s } ORDER BY ?who"
_OUTLET = "SELECT ?article WHERE { ?article uscuba:outletOf ?thing } ORDER BY ?article"
_PARTY = "SELECT ?agreement WHERE { ?agreement uscuba:party ?thing } ORDER BY ?agreement"


@dataclass(frozen=True, slots=True)
class Term:
    """A post as somebody held it: the body, the articles that say so, and their years."""

    post: Thing
    body: Thing | None
    articles: int
    first: int | None
    last: int | None
    bar: tuple[float, float] | None


def person(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a person needs."""
    return {
        **_acting(visit, iri),
        "posts": posts(visit.rows(_POSTS, person=iri), visit),
        "met": _met(visit, iri),
    }


def body(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a body needs: what it is a part of, its own parts, its people."""
    above: list[str] = []
    at = iri
    while (over := visit.one(at, ORG + "unitOf")) and over not in (iri, *above):
        above.append(over)
        at = over
    people: dict[str, list[Thing]] = {}
    for who, post in visit.rows(_HOLDERS, thing=iri):
        people.setdefault(who, []).append(visit.thing(post))
    return {
        **_acting(visit, iri),
        "above": [visit.thing(over) for over in reversed(above)],
        "units": visit.things(row[0] for row in visit.rows(_UNITS, thing=iri)),
        "people": [(who, people[who.iri]) for who in visit.things(people)],
        "met": _met(visit, iri),
        "agreements": visit.things(row[0] for row in visit.rows(_PARTY, thing=iri)),
    }


def post(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a post needs: its body and who held it."""
    over = visit.one(iri, ORG + "postIn")
    return {
        "body": visit.thing(over) if over else None,
        "holders": visit.things(row[0] for row in visit.rows(_POST_HOLDERS, thing=iri)),
    }


def state(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of a state needs: its bodies, people, outlets and agreements."""

    def of(kind: str) -> tuple[Thing, ...]:
        return visit.things(row[0] for row in visit.rows(_OF_STATE % kind, thing=iri))

    return {
        "side": side(iri),
        "bodies": of("uscuba:Organization"),
        "people": of("uscuba:Person"),
        "articles": visit.things(row[0] for row in visit.rows(_OUTLET, thing=iri)),
        "agreements": visit.things(row[0] for row in visit.rows(_PARTY, thing=iri)),
        "meetings": meetings(visit, Filters({"place": iri}, None, None)),
        "statements": statements(visit, "speaker", iri),
    }


def speaker(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """Give what the template of an unnamed speaker needs."""
    return {**_acting(visit, iri), "posts": [], "met": []}


def _acting(visit: Visit, iri: str) -> dict[str, object]:
    """The state for which somebody acts, the meetings, what was said."""
    found = Counter(row[0] for row in visit.rows(_STATE, thing=iri))
    own = visit.one(iri, USCUBA + "ofState") or next((s for s, _ in found.most_common(1)), "")
    return {
        "state": visit.thing(own) if own else None,
        "side": side(own),
        "meetings": meetings(visit, Filters({"person": iri}, None, None)),
        "statements": statements(visit, "speaker", iri),
    }


def _met(visit: Visit, iri: str) -> list[tuple[Thing, str, int]]:
    """Who sat at the same tables for another side, how often."""
    own = {row[0] for row in visit.rows(_STATE, thing=iri)}
    return [
        (visit.thing(who), side(state), int(count))
        for who, state, count in visit.rows(_MET, thing=iri)
        if state and state not in own and who != iri
    ]


def posts(rows: Iterable[tuple[str, ...]], visit: Visit) -> list[Term]:
    """Put posts in the order of the years in which articles tell of them."""
    found: dict[str, tuple[str, set[str], set[int]]] = {}
    for post, body, article, issued in rows:
        _, articles, years = found.setdefault(post, (body, set(), set()))
        articles.add(article)
        if issued[:4].isdigit():
            years.add(int(issued[:4]))
    all_years = [year for _, _, years in found.values() for year in years]
    first, last = min(all_years, default=0), max(all_years, default=0) + 1
    terms = []
    for post, (body, articles, years) in found.items():
        bar = None
        if years and last - first > 1:
            left = 100 * (min(years) - first) / (last - first)
            width = 100 * (max(years) + 1 - min(years)) / (last - first)
            bar = (round(left, 1), round(width, 1))
        terms.append(
            Term(
                visit.thing(post),
                visit.thing(body) if body else None,
                len(articles - {""}),
                min(years, default=None),
                max(years, default=None),
                bar,
            )
        )
    return sorted(terms, key=lambda t: (t.first is None, t.first or 0, t.last or 0, t.post.name))

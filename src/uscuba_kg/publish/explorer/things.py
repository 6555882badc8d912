"""A page for each thing: what is common to all, and which page a class has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from uscuba_kg.publish.explain import claims_about
from uscuba_kg.publish.explorer.evidence import Telling, tellings
from uscuba_kg.publish.explorer.frame import page
from uscuba_kg.publish.explorer.page import Page
from uscuba_kg.publish.explorer.visit import Thing, Visit, is_iri
from uscuba_kg.rdf.vocab import LABEL, SKOS, TYPE, USCUBA

_WIDE = USCUBA + "Organization"
_MOST_CLAIMS = 200
"""How many claims a page shows at most, the earliest told first."""

Details = Callable[[Visit, str, tuple[Telling, ...]], Mapping[str, object]]
"""What the template of a class needs beside what all have, of a thing and what is told of it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is told at the head of every thing: its kind, names, what it is elsewhere, notes."""

    thing: Thing
    kind: Thing
    names: tuple[str, ...]
    same: tuple[Thing, ...]
    notes: tuple[str, ...]


def card(visit: Visit, iri: str) -> Card:
    """Give the head of a thing's page; its names in the other languages come first."""
    thing = visit.thing(iri)
    names = dict.fromkeys((*visit.all(iri, LABEL), *visit.all(iri, SKOS + "altLabel")))
    names.pop(thing.name, None)
    same = (
        Thing(i, i.rpartition("/")[2], visit.href(i)) for i in visit.all(iri, SKOS + "exactMatch")
    )
    return Card(
        thing, _kind(visit, iri), tuple(names), tuple(same), visit.all(iri, SKOS + "editorialNote")
    )


def _kind(visit: Visit, iri: str) -> Thing:
    """The narrowest class of a thing: a ministry is one rather than an organization."""
    kinds = sorted(visit.all(iri, TYPE), key=lambda i: (not i.startswith(USCUBA), i == _WIDE, i))
    return visit.thing(kinds[0]) if kinds else Thing("", "", "")


def thing_page(visit: Visit, iri: str, pages: Mapping[str, tuple[str, Details]]) -> Page | None:
    """Give the page of an IRI; one that was replaced leads on; None where the graph has none.

    ``pages`` names for a class the template and what it needs; the first that fits is taken.
    """
    if not is_iri(iri) or not any(
        True for _ in visit.view.store.quads_for_pattern(visit.view.node(iri), None, None)
    ):
        return None
    current = visit.view.current(iri)
    if current != iri:
        return Page(301, "text/plain; charset=utf-8", b"", (("Location", visit.href(current)),))
    kinds = visit.types(iri)
    template, details = next(
        (found for kind, found in pages.items() if kind in kinds), ("plain.html", _plain)
    )
    claims = claims_about(visit.view, iri)
    told = tellings(visit, claims[:_MOST_CLAIMS])
    values = {
        "card": card(visit, iri),
        "tellings": told,
        "left_out": max(0, len(claims) - _MOST_CLAIMS),
        **details(visit, iri, told),
    }
    return page(template, visit.request, values)


def _plain(visit: Visit, iri: str, told: tuple[Telling, ...]) -> Mapping[str, object]:
    """All properties of a thing that no page of its own is made for."""
    found: dict[str, list[Thing]] = {}
    for quad in visit.view.store.quads_for_pattern(visit.view.node(iri), None, None):
        value = quad.object
        shown = visit.thing(value.value) if hasattr(value, "value") else Thing("", str(value), "")
        found.setdefault(quad.predicate.value, []).append(shown)
    skipped = {LABEL, TYPE, SKOS + "altLabel", SKOS + "hiddenLabel"}
    rows = [(visit.thing(p), sorted(v, key=lambda t: t.name)) for p, v in found.items()]
    return {
        "properties": sorted((r for r in rows if r[0].iri not in skipped), key=lambda r: r[0].name)
    }

"""The home page: what the graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uscuba_kg.publish.explorer.frame import page
from uscuba_kg.publish.explorer.page import Page, Request
from uscuba_kg.rdf.vocab import PREFIXES

if TYPE_CHECKING:
    import pyoxigraph

_COUNTS = """SELECT ?class (COUNT(?thing) AS ?count) WHERE {
  ?thing a ?class FILTER(?class IN (uscuba:Meeting, uscuba:Article)) } GROUP BY ?class"""


def home(store: pyoxigraph.Store, request: Request) -> Page:
    """Give the home page."""
    found = store.query(_COUNTS, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    counts = {row["class"].value.rpartition("#")[2]: row["count"].value for row in found}
    return page("home.html", request, counts=counts)

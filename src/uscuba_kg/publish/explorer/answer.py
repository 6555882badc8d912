"""Which page a request means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from uscuba_kg.publish.explorer import people, subjects, texts
from uscuba_kg.publish.explorer.frame import NAMESPACE, page
from uscuba_kg.publish.explorer.home import home
from uscuba_kg.publish.explorer.lists import LISTS, all_meetings, list_page
from uscuba_kg.publish.explorer.meeting_page import meeting
from uscuba_kg.publish.explorer.network import network_page
from uscuba_kg.publish.explorer.ontology import ontology_page
from uscuba_kg.publish.explorer.page import Page, Request
from uscuba_kg.publish.explorer.query import query_page, terms, things
from uscuba_kg.publish.explorer.search import names, search_page
from uscuba_kg.publish.explorer.things import Details, thing_page
from uscuba_kg.publish.explorer.visit import Visit

if TYPE_CHECKING:
    import pyoxigraph

_OF_CLASS: Mapping[str, tuple[str, Details]] = {
    "Meeting": ("meeting.html", meeting),
    "Person": ("person.html", people.person),
    "Organization": ("body.html", people.body),
    "State": ("state.html", people.state),
    "Post": ("post.html", people.post),
    "UnnamedSpeaker": ("person.html", people.speaker),
    "Topic": ("subject.html", subjects.topic),
    "MeetingSeries": ("subject.html", subjects.series),
    "Place": ("subject.html", subjects.place),
    "Agreement": ("agreement.html", subjects.agreement),
    "Article": ("article.html", texts.article),
    "Statement": ("statement.html", texts.statement),
    "Claim": ("claim.html", texts.claim),
    "Participation": ("participation.html", texts.participation),
}
"""The page of each class: its template and what it needs. Of several classes the first counts."""

_PAGES: Mapping[str, Callable[[Visit], Page]] = {
    "/": home,
    "/meetings": all_meetings,
    "/network": network_page,
    "/ontology": ontology_page,
    "/query": query_page,
    "/search/names.json": names,
    "/query/terms.json": terms,
    "/query/things.json": things,
    "/search": search_page,
    **{f"/{name}": partial(list_page, name=name) for name in LISTS},
}


def respond(store: pyoxigraph.Store, request: Request) -> Page | None:
    """Give the page that a request means; None where there is none.

    Pure: the same store and request give the same bytes. Everything that comes from the graph or
    from the request is escaped.
    """
    visit = Visit(store, request)
    found = _PAGES.get(request.path)
    if found is not None:
        return found(visit)
    if request.path.startswith("/id/"):
        return thing_page(visit, NAMESPACE + request.path, _OF_CLASS)
    return None


def not_found(request: Request) -> Page:
    """Give the page that says that nothing stands at an address."""
    return page("not_found.html", request, {"address": request.path}, status=404)

"""Which page a request means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uscuba_kg.publish.explorer import home
from uscuba_kg.publish.explorer.frame import page
from uscuba_kg.publish.explorer.page import Page, Request

if TYPE_CHECKING:
    import pyoxigraph


def respond(store: pyoxigraph.Store, request: Request) -> Page | None:
    """Give the page that a request means; None where there is none.

    Pure: the same store and request give the same bytes. Everything that comes from the graph or
    from the request is escaped.
    """
    if request.path == "/":
        return home.home(store, request)
    return None


def not_found(request: Request) -> Page:
    """Give the page that says that nothing stands at an address."""
    return page("not_found.html", request, status=404, address=request.path)

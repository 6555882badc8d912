"""Pages by which people look into a graph: home, a page for each thing, network, search, queries.

Knows the store, the vocabulary and explanations; knows nothing of sockets: ``respond`` is a pure
function from a store and a request to a page, called by whatever serves. Words of a human language
stand in ``words/*.toml``, markup in ``templates/``, style and scripts in ``static/``; all of them
travel in the wheel, and a page asks for nothing from elsewhere.
"""

from uscuba_kg.publish.explorer.answer import not_found, respond
from uscuba_kg.publish.explorer.assets import asset
from uscuba_kg.publish.explorer.page import LANGUAGES, Page, Request

__all__ = ["LANGUAGES", "Page", "Request", "asset", "not_found", "respond"]

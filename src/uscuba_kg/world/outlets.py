"""Who publishes: the outlets of the authority data, found by name or by web address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from uscuba_kg.model import Label, ThingKind
from uscuba_kg.text import fold

if TYPE_CHECKING:
    from uscuba_kg.world.entries import World

_OF_STATE = frozenset({"government", "ministry", "agency", "unit", "mission"})


class Outlet(msgspec.Struct, frozen=True):
    """A publisher: its names, its domains, the state it is at home in, whether it speaks for it."""

    labels: tuple[Label, ...]
    domains: tuple[str, ...]
    state: str
    official: bool


class Home(msgspec.Struct, frozen=True):
    """The state of an outlet, and whether the outlet is one of its organs."""

    state: str
    official: bool


def home_of(publisher: str | None, url: str | None, world: World) -> Home | None:
    """Give the home of an article's outlet: by the publisher's name, else by the web address.

    A ministry, agency or embassy is an outlet of its state. What stands in brackets behind a name
    ("AFP (Hoy)") is left aside.
    """
    names, domains = _index(world)
    for name in (publisher or "", (publisher or "").partition("(")[0]):
        found = names.get(fold(name.strip()))
        if found is not None:
            return found
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    parts = host.split(".")
    for n in range(len(parts)):
        found = domains.get(".".join(parts[n:]))
        if found is not None:
            return found
    return None


@lru_cache(maxsize=4)
def _index(world: World) -> tuple[Mapping[str, Home], Mapping[str, Home]]:
    names: dict[str, Home] = {}
    for entry in world.entries.values():
        of_state = entry.kind == ThingKind.ORGANIZATION and entry.subtype in _OF_STATE
        if of_state and entry.state is not None:
            for label in entry.labels:
                names.setdefault(fold(label.text), Home(entry.state, official=True))
    domains: dict[str, Home] = {}
    for outlet in world.outlets:
        home = Home(outlet.state, outlet.official)
        names.update((fold(label.text), home) for label in outlet.labels)
        domains.update((domain, home) for domain in outlet.domains)
    return names, domains

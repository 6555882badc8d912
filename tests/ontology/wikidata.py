"""The crosswalk to Wikidata as the authority data give it; run this file to write it anew."""

from __future__ import annotations

from pathlib import Path

from uscuba_kg.rdf.iris import iri_of
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.resources import ontology_dir
from uscuba_kg.world import load_world

FILE = ontology_dir() / "alignments-wikidata.ttl"
HEAD = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .

# The states, bodies, people and places of seeds/entities that have an item in Wikidata (CC0). Made from those files by
# tests/ontology/wikidata.py. A graph says the same of the things that it holds.

"""


def crosswalk() -> str:
    """The whole file."""
    world = load_world()
    things = [world.thing(key) for key, entry in world.entries.items() if entry.wikidata]
    pairs = sorted((iri_of(thing.ref), thing.wikidata) for thing in things)
    return HEAD + "".join(f"{short_iri(iri)} skos:exactMatch wd:{item} .\n" for iri, item in pairs)


if __name__ == "__main__":
    Path(FILE).write_text(crosswalk(), encoding="utf-8")

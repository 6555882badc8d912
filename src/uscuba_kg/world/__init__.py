"""What exists: states, bodies, people, posts, series, places and topics, as a read-only gazetteer.

Knows no grammar: a name is a string and the entries that bear it.
"""

from uscuba_kg.world.entries import Entry, Name, PostRecord, Topic, World
from uscuba_kg.world.load import load_world, read_world, world_files

__all__ = [
    "Entry",
    "Name",
    "PostRecord",
    "Topic",
    "World",
    "load_world",
    "read_world",
    "world_files",
]

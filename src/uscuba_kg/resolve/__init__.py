"""Which mention is which thing, over all articles; knows no wording and no IRI."""

from uscuba_kg.resolve.resolve import resolve

__all__ = ["resolve"]

"""A graph put into somebody else's triplestore, by the standards alone, and proved to be there.

Graph Store Protocol or SPARQL Update, whichever the store turns out to know. Batches are sent again
when they fail: triples without blank nodes can be sent twice and are there once.
"""

from uscuba_kg.publish.load.check import Finding
from uscuba_kg.publish.load.run import Plan, Result, load

__all__ = ["Finding", "Plan", "Result", "load"]

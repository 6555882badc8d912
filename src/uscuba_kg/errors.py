"""The error family: configuration that is wrong raises, before any work starts.

Articles that are wrong never raise: they become an :class:`uscuba_kg.model.Issue` and the run goes
on. Each error says what is wrong, where, and what to do about it.
"""

from __future__ import annotations


class UscubaError(Exception):
    """Something a person has to put right; its text is a complete message."""

    def __init__(self, message: str, *, place: str = "", remedy: str = "") -> None:
        self.message = message
        self.place = place
        self.remedy = remedy
        head = f"{place}: {message}" if place else message
        super().__init__(f"{head}\n{remedy}" if remedy else head)


class PackError(UscubaError):
    """A language pack is not well-formed."""


class SeedError(UscubaError):
    """An authority file is not well-formed."""


class InputError(UscubaError):
    """An input that was named cannot be used at all: a missing path, an unreadable graph."""


class OutputError(UscubaError):
    """An output cannot be written; whatever stood there before is untouched."""


class QueryError(UscubaError):
    """A SPARQL query is not well-formed or names an unknown question."""


class ShapeError(UscubaError):
    """A shapes graph or an ontology is not well-formed."""

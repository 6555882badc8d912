"""One node of a shapes graph and its parameters, each read with the type that SHACL gives it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from uscuba_kg.check.engine.literals import well_formed
from uscuba_kg.check.engine.model import Messages
from uscuba_kg.check.engine.paths import SH
from uscuba_kg.check.graph.index import Graph, NotAListError, is_blank
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.rdf.vocab import XSD


class BadShapeError(Exception):
    """A shape that cannot be applied; its text says why."""


class UnsupportedError(Exception):
    """A feature that the fast engine does not have; its text names it."""


def messages_at(graph: Graph, node: Term) -> Messages:
    """The messages that stand at a node, by language."""
    return tuple(
        sorted(
            (m.language, m.lexical)
            for m in graph.objects(node, SH + "message")
            if isinstance(m, Literal)
        )
    )


class ShapeNode(msgspec.Struct, frozen=True):
    """A shape in its graph; parameters are named without their namespace."""

    graph: Graph
    node: str

    def values(self, name: str) -> Sequence[Term]:
        """Everything that stands at a parameter."""
        return self.graph.objects(self.node, SH + name)

    def one(self, name: str) -> Term | None:
        """What stands at a parameter, once at most."""
        values = self.values(name)
        if len(values) > 1:
            raise BadShapeError(
                f"{_title(name)}: sh:{name} stands {len(values)} times at one shape"
            )
        return values[0] if values else None

    def iris(self, name: str) -> list[str]:
        """The IRIs at a parameter."""
        return [self._iri(name, value) for value in self.values(name)]

    def iri(self, name: str) -> str | None:
        """The IRI at a parameter."""
        value = self.one(name)
        return None if value is None else self._iri(name, value)

    def _iri(self, name: str, value: Term) -> str:
        if isinstance(value, Literal) or is_blank(value):
            raise BadShapeError(f"{_title(name)}: sh:{name} must be an IRI")
        return value

    def nodes(self, name: str) -> list[str]:
        """The shapes at a parameter, IRIs or blank nodes."""
        return [self.shape_at(name, value) for value in self.values(name)]

    def shape_at(self, name: str, value: Term) -> str:
        """A value of a parameter as the node of a shape."""
        if isinstance(value, Literal):
            raise BadShapeError(f"{_title(name)}: sh:{name} must be a shape, not {value.lexical!r}")
        return value

    def literals(self, name: str) -> list[Literal]:
        """The literals at a parameter."""
        return [self._literal(name, value) for value in self.values(name)]

    def literal(self, name: str) -> Literal | None:
        """The literal at a parameter."""
        value = self.one(name)
        return None if value is None else self._literal(name, value)

    def _literal(self, name: str, value: Term) -> Literal:
        if not isinstance(value, Literal):
            raise BadShapeError(f"{_title(name)}: sh:{name} must be a literal")
        return value

    def count(self, name: str) -> int | None:
        """The whole number at a parameter."""
        value = self.literal(name)
        if value is None:
            return None
        if not well_formed(value.lexical, XSD + "nonNegativeInteger"):
            raise BadShapeError(
                f"{_title(name)}: sh:{name} must be a whole number, not {value.lexical!r}"
            )
        return int(value.lexical[:18])  # no graph has more values than that

    def flag(self, name: str) -> bool:
        """Whether a parameter is true."""
        value = self.literal(name)
        if value is None:
            return False
        if value.datatype != XSD + "boolean" or not well_formed(value.lexical, value.datatype):
            raise BadShapeError(
                f"{_title(name)}: sh:{name} must be true or false, not {value.lexical!r}"
            )
        return value.lexical == "true"  # "1" is not the term that SHACL asks for

    def members(self, name: str) -> list[Term] | None:
        """The list at a parameter."""
        head = self.one(name)
        return None if head is None else self.items(name, head)

    def items(self, name: str, head: Term) -> list[Term]:
        """The items of a list that stands at a parameter."""
        try:
            return self.graph.items(head)
        except NotAListError as error:
            raise BadShapeError(f"{_title(name)}: sh:{name} must be a well-formed list") from error

    def is_property(self, name: str) -> bool:
        """Tell whether the shape has a path; raises BadShapeError where a parameter would need one."""
        if not self.values("path"):
            raise BadShapeError(f"{_title(name)}: sh:{name} stands only at property shapes")
        return True


def _title(name: str) -> str:
    return name[0].upper() + name[1:]

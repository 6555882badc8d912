"""Terms and triples as small frozen values; a graph is a sorted tuple of triples.

An IRI is a plain ``str``, since every object that is not a literal is one: no blank node is ever
published.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from typing import TypeAlias

import msgspec

from uscuba_kg.model import PartialDate
from uscuba_kg.rdf.vocab import RDF, XSD

STRING = XSD + "string"
_LANG_STRING = RDF + "langString"
_PREDICATE = attrgetter("predicate")


class Literal(msgspec.Struct, frozen=True, order=True, gc=False):
    """An RDF literal: lexical form, datatype IRI, and a language tag or an empty string."""

    lexical: str
    datatype: str = STRING
    language: str = ""


Term: TypeAlias = str | Literal


class Triple(msgspec.Struct, frozen=True, gc=False):
    """Subject and predicate are IRIs, the object is an IRI or a literal."""

    subject: str
    predicate: str
    object: Term

    def key(self) -> tuple[str, str, int, str, str, str]:
        """The order of triples: by subject, predicate, IRIs before literals, then the words."""
        value = self.object
        if isinstance(value, Literal):
            return (
                self.subject, self.predicate, 1, value.lexical, value.language, value.datatype
            )  # fmt: skip
        return self.subject, self.predicate, 0, value, "", ""


class Ordered(tuple[Triple, ...]):
    """Triples in the order of their keys, each once."""


def in_order(triples: Iterable[Triple]) -> Ordered:
    """Give triples in the order of their keys, each once; what is in order is not sorted again."""
    if isinstance(triples, Ordered):
        return triples
    by_subject: dict[str, list[Triple]] = defaultdict(list)
    for triple in triples if isinstance(triples, set) else set(triples):
        by_subject[triple.subject].append(triple)
    # sorting the subjects first spares most comparisons: claims have a dozen triples each
    for of_subject in by_subject.values():
        if len(set(map(_PREDICATE, of_subject))) == len(of_subject):
            of_subject.sort(key=_PREDICATE)
        else:
            of_subject.sort(key=Triple.key)
    return Ordered(chain.from_iterable(map(by_subject.__getitem__, sorted(by_subject))))


def date_literal(date: PartialDate) -> Literal:
    """A date as precise as it is known: xsd:date, gYearMonth, gYear or gMonthDay."""
    if date.year is None:
        return Literal(date.lexical, XSD + "gMonthDay")
    if date.month is None:
        return Literal(date.lexical, XSD + "gYear")
    if date.day is None:
        return Literal(date.lexical, XSD + "gYearMonth")
    return Literal(date.lexical, XSD + "date")


def day_literal(day: dt.date) -> Literal:
    """A full day."""
    return Literal(day.isoformat(), XSD + "date")


def tagged(text: str, language: str) -> Literal:
    """Words of a language (BCP 47)."""
    return Literal(text, _LANG_STRING, language)


def integer(number: int) -> Literal:
    """A whole number in its canonical form."""
    return Literal(str(number), XSD + "integer")


def boolean(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", XSD + "boolean")


def decimal(value: float) -> Literal:
    """A number between 0 and 1 with at most two places, in canonical form: ``0.85``, ``1.0``."""
    text = f"{value:.2f}".rstrip("0")
    return Literal(text + "0" if text.endswith(".") else text, XSD + "decimal")

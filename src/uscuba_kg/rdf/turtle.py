"""Turtle and N-Triples that are the same bytes for the same triples.

Subjects by IRI, ``a`` first, one object on a line, no abbreviated numbers, a fixed table of
prefixes: a changed fact changes exactly its own lines (RDF 1.1 Turtle, W3C 2014).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from uscuba_kg.rdf.terms import STRING, Literal, Term, Triple, in_order
from uscuba_kg.rdf.vocab import PREFIXES, TYPE

_LOCAL = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")
_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
}
_CONTROL = re.compile(r'[\\"\x00-\x1f\x7f]')
_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_PREFIX_OF = {namespace: prefix for prefix, namespace in PREFIXES.items()}


def _escaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04X}"


def _iri(iri: str) -> str:
    return "<" + _IN_IRI.sub(lambda m: f"\\u{ord(m[0]):04X}", iri) + ">"


@lru_cache(maxsize=1 << 16)
def short_iri(iri: str) -> str:
    """An IRI as Turtle writes it: with its prefix where one fits, else in angle brackets."""
    # every namespace ends in # or /, and no local name holds one
    end = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _PREFIX_OF.get(iri[:end])
    if prefix is not None and _LOCAL.fullmatch(iri, end):
        return f"{prefix}:{iri[end:]}"
    return _iri(iri)


def long_iri(term: str) -> str:
    """An IRI of ours as it is, of how Turtle or N-Triples write it."""
    if term.startswith("<"):
        return term[1:-1]
    prefix, _, name = term.partition(":")
    return PREFIXES[prefix] + name


def _literal(literal: Literal, short: bool) -> str:
    text = '"' + _CONTROL.sub(_escaped, literal.lexical) + '"'
    if literal.language:
        return f"{text}@{literal.language}"
    if literal.datatype == STRING:
        return text
    return f"{text}^^{short_iri(literal.datatype) if short else _iri(literal.datatype)}"


def _term(term: Term) -> str:
    return _literal(term, short=True) if isinstance(term, Literal) else short_iri(term)


def whole_term(term: Term) -> str:
    """A term as N-Triples writes it, without any prefix."""
    if isinstance(term, Literal):
        return _literal(term, short=False)
    return term if term.startswith("_:") else _iri(term)


def turtle(triples: Iterable[Triple]) -> Iterator[str]:
    """Give a Turtle document piece by piece; the order of the triples does not matter."""
    yield turtle_head()
    for subject, of_subject in groupby(in_order(triples), key=attrgetter("subject")):
        yield turtle_block(subject, list(of_subject))


def turtle_head() -> str:
    """The prefixes that a Turtle document begins with."""
    return "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items()))


def turtle_block(subject: str, facts: Sequence[Triple]) -> str:
    """Give all that is said of a subject, of its triples in their order."""
    types = [fact for fact in facts if fact.predicate == TYPE]
    pieces = ["\n", short_iri(subject)]
    before = ""
    for fact in (*types, *(fact for fact in facts if fact.predicate != TYPE)):
        if fact.predicate == before:
            pieces.append(",\n        ")
        else:
            verb = "a" if fact.predicate == TYPE else short_iri(fact.predicate)
            pieces += (" ;" if before else "", "\n    ", verb, " ")
            before = fact.predicate
        pieces.append(_term(fact.object))
    pieces.append(" .\n")
    return "".join(pieces)


def ntriples(triples: Iterable[Triple]) -> Iterator[str]:
    """Give N-Triples, a line for each triple, sorted."""
    for triple in in_order(triples):
        yield _line(triple)


def ntriples_block(subject: str, facts: Sequence[Triple]) -> str:
    """Give all that is said of a subject, of its triples in their order."""
    return "".join(map(_line, facts))


def _line(triple: Triple) -> str:
    subject, end = whole_term(triple.subject), whole_term(triple.object)
    return f"{subject} {_iri(triple.predicate)} {end} .\n"

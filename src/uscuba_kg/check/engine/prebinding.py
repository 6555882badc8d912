"""Pre-binding: a SHACL query with the focus node and other values put in for its variables (SHACL 5.2.1).

Injecting solutions, as engines do, binds nothing in inner groups. So the terms are written into the
text, where they hold everywhere. What SHACL forbids in such queries is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from uscuba_kg.check.engine.reading import BadShapeError
from uscuba_kg.rdf.sparql import tokens
from uscuba_kg.rdf.terms import Literal, Term
from uscuba_kg.rdf.turtle import whole_term

_FORBIDDEN = {"MINUS": "MINUS", "VALUES": "VALUES", "SERVICE": "SERVICE"}
_NOT_TOGETHER = frozenset(
    {
        "UNION", "GRAPH", "LIMIT", "OFFSET", "GROUP", "HAVING", "ORDER", "FROM", "REDUCED", "COUNT",
        "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "RAND", "UUID", "STRUUID", "BNODE",
    }
)  # fmt: skip
"""What gives one answer for one focus node and another for all of them together."""
_ENDS_CLAUSE = frozenset({"WHERE", "HAVING", "LIMIT", "OFFSET"})


class _Piece(msgspec.Struct, frozen=True):
    """A token or what stands between two; ``kind`` is its group in the tokenizer, or empty."""

    kind: str
    text: str

    @property
    def word(self) -> str:
        """A keyword in capitals."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of a variable."""
        return self.text[1:] if self.kind == "variable" else ""


@lru_cache(maxsize=256)
def _pieces(query: str) -> tuple[_Piece, ...]:
    """The tokens of a query, and each sign between them by itself; comments are left out."""
    return tuple(_split(query))


def _split(query: str) -> Iterator[_Piece]:
    at = 0
    for token in tokens(query):
        yield from (_Piece("", sign) for sign in query[at : token.start()])
        at = token.end()
        if token.lastgroup != "comment":
            yield _Piece(token.lastgroup or "", token[0])
        else:
            yield _Piece("", " ")
    yield from (_Piece("", sign) for sign in query[at:])


def refuse(query: str, bound: frozenset[str]) -> None:
    """Raise BadShapeError for what a SHACL query must not hold."""
    pieces = [p for p in _pieces(query) if p.text.strip()]
    for before, piece in zip([_Piece("", ""), *pieces], pieces, strict=False):
        if piece.word in _FORBIDDEN:
            raise BadShapeError(f"SPARQL: {piece.word} is refused in a query of a shape")
        if before.word == "AS" and piece.variable in bound:
            raise BadShapeError(
                f"SPARQL: ?{piece.variable} is bound already, AS cannot bind it again"
            )
    for projected in list(_projections(pieces))[1:]:
        missing = sorted(v for v in bound & {"this"} if v not in projected)
        if missing or "*" in projected:
            raise BadShapeError("SPARQL: a nested SELECT has to name ?this among what it gives")


def _projections(pieces: Sequence[_Piece]) -> Iterator[set[str]]:
    """What each SELECT names, in order; a star for all."""
    for at, piece in enumerate(pieces):
        if piece.word != "SELECT":
            continue
        named: set[str] = set()
        for after in pieces[at + 1 :]:
            if after.text == "{" or after.word == "WHERE":
                break
            named.add(after.variable or after.text)
        yield named


def with_terms(query: str, terms: Mapping[str, Term], path: str = "") -> str:
    """Write terms into a query for its variables, and a path for ``$PATH``.

    Blank nodes cannot be written: leave them out. An outer SELECT still gives the variables.
    """
    out: list[str] = []
    bound = 0  # how many pieces of "(variable)" after BOUND are still to come
    for piece, place in _placed(_pieces(query)):
        name = piece.variable
        if piece.word == "BOUND":
            bound = 3
        elif bound and piece.text.strip():
            bound -= 1
        if name == "PATH" and path:
            out.append(path)
        elif name not in terms:
            out.append(piece.text)
        elif bound == 1:
            _blank_last(out, "BOUND")  # bound(term) is no expression; (true) is
            out.append("true")
        else:
            out.append(_in_place(whole_term(terms[name]), name, place))
    return "".join(out)


def _blank_last(out: list[str], word: str) -> None:
    at = len(out) - 1
    while out[at].upper() != word:
        at -= 1
    out[at] = ""


def _in_place(written: str, name: str, place: str) -> str:
    """A term as it may stand in a clause: what a SELECT names, what orders or groups, elsewhere."""
    if place == "order":
        return f"({written})"
    return f"({written} AS ?{name}{place.removeprefix('select')})" if place else written


def _placed(pieces: Iterable[_Piece]) -> Iterator[tuple[_Piece, str]]:
    """Each piece with its clause: ``select`` (``select2`` for the second one), ``order``, or none."""
    place, depth, selects = "", 0, 0
    for piece in pieces:
        if piece.word == "SELECT":
            selects, depth = selects + 1, 0
            place = f"select{selects if selects > 1 else ''}"
        elif piece.word == "BY":
            place = "order"
        elif piece.text in ("{", "}") or piece.word in _ENDS_CLAUSE:
            place = ""
        depth += (piece.text == "(") - (piece.text == ")")
        yield piece, "" if place.startswith("select") and depth else place


def asks_as_select(query: str, variables: str) -> str:
    """An ASK as a SELECT of variables, for engines that put terms only into what is selected."""
    for token in tokens(query):
        if token.lastgroup == "word" and token[0].upper() == "ASK":
            return f"{query[: token.start()]}SELECT {variables}{query[token.end() :]}"
    return query


@lru_cache(maxsize=256)
def holds_together(query: str) -> bool:
    """Tell whether a SELECT may be asked for all focus nodes at once.

    So it is where every solution begins with a pattern about ``$this``, and nothing depends on the
    other solutions or binds in a group of its own.
    """
    pieces = [p for p in _pieces(query) if p.text.strip()]
    words = [p.word for p in pieces]
    if words.count("SELECT") != 1 or _NOT_TOGETHER & set(words):
        return False
    (projected,) = _projections(pieces)
    first = next((at for at, p in enumerate(pieces) if p.text == "{"), len(pieces))
    if not projected & {"this", "*"} or first + 1 >= len(pieces):
        return False
    depth = 0
    for before, piece in zip(pieces[first - 1 :], pieces[first:], strict=False):
        if piece.text == "{":
            opens = ("EXISTS", "OPTIONAL") if depth == 1 else ("EXISTS",)
            if depth and before.word not in opens:
                return False
            depth += 1
        elif piece.text == "}":
            depth -= 1
    return pieces[first + 1].variable == "this"


_PLACE = re.compile(r"\{[?$](\w+)\}")


def filled(message: str, values: Mapping[str, Term]) -> str:
    """A message with the values that it names; what is not known stays as it is."""

    def value(place: re.Match[str]) -> str:
        term = values.get(place[1])
        if term is None:
            return place[0]
        return term.lexical if isinstance(term, Literal) else term

    return _PLACE.sub(value, message)

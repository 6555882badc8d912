"""Where a query or an update goes wrong, and what would fit there, in plain words.

The engine tells what it tried last, in the words of its grammar, up to fourteen characters behind
the place that is meant. So it is asked again, with beginnings of the text: the first piece with
which none can go on is the one that does not fit.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph

from uscuba_kg.rdf.sparql import TOKEN
from uscuba_kg.rdf.vocab import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): ")
_PIECE = re.compile(
    r"(?P<joined>\^\^|\|\||&&|[<>!]=|@[A-Za-z-]+|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|"
    rf"{TOKEN.pattern}|(?P<sign>\S)",
    TOKEN.flags,
)
_PHRASE = re.compile(r"\b[A-Z][A-Za-z]*(?: [\w']+){3,}")
"""What the engine says in words of our language: all else that it expects is a sign or a keyword."""

_AHEAD = " " * 40 + "\x01"
"""What follows a beginning: more space than any keyword is long, then what fits nowhere."""

_FITTING = {
    ".": '"."', ";": '";"', ",": '","', ")": '")"', "}": '"}"', "(": '"("', "{": '"{"',
    "=": "an operator", "AS": "AS", "BY": "BY", "WHERE": "WHERE", "SELECT": "SELECT", "ASK": "ASK",
    "CONSTRUCT": "CONSTRUCT", "DESCRIBE": "DESCRIBE", "INSERT": "INSERT", "DELETE": "DELETE",
    "?x": "a variable", "<urn:x>": "an IRI", '"x"': "a string", "1": "a number",
    "x:": "a prefix with a colon",
}  # fmt: skip
"""What may be missing, and how it is called."""

_SCHEMES = ("http:", "https:", "urn:")
_MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line and a column, both from 1, and what is wrong there, without a full stop."""

    line: int
    column: int
    words: str


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str


def mistake(text: str, message: str, base: str | None = None, update: bool = False) -> Mistake:
    """What is wrong with a query, or an update, of which the engine said the message."""
    store = pyoxigraph.Store()
    ask = store.update if update else store.query

    def problem(beginning: str) -> str:
        try:
            ask(beginning, base_iri=base, prefixes=dict(PREFIXES))
        except (SyntaxError, ValueError) as error:
            return str(getattr(error, "msg", error))
        return ""

    return _found(text, message, problem, "update" if update else "query")


def _found(text: str, message: str, problem: Callable[[str], str], kind: str) -> Mistake:
    pieces = tuple(_pieces(text))
    if not pieces:
        return Mistake(1, 1, f"there is no {kind}")

    def goes_on(beginning: str) -> bool:
        place = _PLACE.match(problem(beginning + _AHEAD))
        line = beginning[beginning.rfind("\n") + 1 :]
        return place is None or int(place[2]) > len(line) + len(_AHEAD) - 1

    wrong = bisect_left(pieces, True, key=lambda piece: not goes_on(text[: piece.end]))
    for piece in pieces[:wrong]:
        if what := _unclosed(text, piece):
            return _at(text, piece.start, what)
    before = text[: pieces[wrong - 1].end] if wrong else ""
    phrase = _PHRASE.search(message)
    if wrong == len(pieces) and phrase:
        return _at(text, pieces[-1].start, phrase[0][0].lower() + phrase[0][1:])
    taken = _taken(text, pieces[:wrong], goes_on)
    if taken is not None:
        return _at(text, taken.start, f"the variable {taken.text} has a value before this already")
    fits = [name for sample, name in _FITTING.items() if goes_on(f"{before} {sample}")]
    if wrong == len(pieces):
        return _at(text, pieces[-1].end, _ended(kind, fits))
    return _at(text, pieces[wrong].start, _unfit(pieces, wrong, fits, not problem(before)))


def _unclosed(text: str, piece: _Piece) -> str:
    """What is to be said of a sign that opens what never ends, so that all may follow it."""
    if piece.text in ("'", '"'):
        return "the string that begins here has no end"
    if piece.text == "<" and text.startswith(_SCHEMES, piece.end):
        return "the IRI that begins here holds a space, or has no end"
    return ""


def _taken(text: str, pieces: Sequence[_Piece], goes_on: Callable[[str], bool]) -> _Piece | None:
    """The variable of a BIND at the end of the pieces, if the text could go on with another one."""
    said = [piece.text.upper() for piece in pieces[-3:]]
    if len(said) < 3 or (said[0], said[2]) != ("AS", ")"):
        return None
    end, variable = pieces[-1].end, pieces[-2]
    other = f"{text[: variable.start]}?{'x' * end}{text[variable.end : end]}"
    return variable if goes_on(other + " }") and not goes_on(text[:end] + " }") else None


def _ended(kind: str, fits: Sequence[str]) -> str:
    return f"the {kind} ends too early" + (f"; what may come is {_either(fits)}" if fits else "")


def _unfit(pieces: Sequence[_Piece], wrong: int, fits: Sequence[str], could_end: bool) -> str:
    """What is to be said of a piece that does not fit behind the one before it."""
    piece = pieces[wrong].text
    if "an IRI" in fits and piece.startswith("<"):
        return "this IRI is not well-formed"
    if "an IRI" in fits and ":" in piece:
        return f'the prefix "{piece.partition(":")[0]}:" is not declared'
    words = f'"{piece[:_MOST_SHOWN]}" does not fit here'
    may = [*fits, *(["the end"] if could_end else [])]
    if not may:
        return words
    after = f'after "{pieces[wrong - 1].text[:_MOST_SHOWN]}"' if wrong else "at the beginning"
    return f"{words}; {after} may come {_either(may)}"


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _at(text: str, place: int, words: str) -> Mistake:
    line = text.count("\n", 0, place) + 1
    return Mistake(line, place - text.rfind("\n", 0, place), words)


def _pieces(text: str) -> Iterator[_Piece]:
    """The text in pieces between which space may stand, without its comments."""
    for found in _PIECE.finditer(text):
        if not found["comment"]:
            yield _Piece(found.start(), found.end(), found[0])

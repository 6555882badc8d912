"""What is looked at in the text of a query or an update before it is given to the engine."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from uscuba_kg.errors import QueryError
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.settings import QUERY_BYTES
from uscuba_kg.rdf.mistakes import mistake
from uscuba_kg.rdf.sparql import bare_words, check_depth, check_query, check_reach, tokens

_CHANGING = ("now", "rand", "uuid")
_REACHING = re.compile(r"SERVICE(?:\s+SILENT)?\s*$|LOAD(?:\s+SILENT)?\s*$", re.IGNORECASE)
_SIGN = re.compile(r"[{}]")


def checked_query(text: str, allowed: Collection[str]) -> None:
    """Raise RefusalError for a query that is too large, or that would reach what is not allowed."""
    if len(text.encode()) > QUERY_BYTES:
        raise RefusalError(413, f"The query is longer than {QUERY_BYTES} bytes.")
    try:
        check_query(_without_allowed(text, allowed))
    except QueryError as error:
        raise RefusalError(400, _sentence(error)) from error


def checked_update(text: str, allowed: Collection[str]) -> str:
    """The update without what LOAD SILENT would fetch, for that has leave to fail.

    Raises RefusalError for an update that would reach what is not allowed, or nests too deep.
    """
    try:
        bare = _without_allowed(text, allowed)
        quiet = _without_silent_loads(bare)
        check_reach(quiet)
        check_depth(quiet)
    except QueryError as error:
        raise RefusalError(400, _sentence(error)) from error
    return text if bare != text else quiet


def _without_silent_loads(text: str) -> str:
    """The text with ``LOAD SILENT <document> INTO GRAPH <graph>`` made an operation without effect."""
    words = [t for t in tokens(text) if not t["comment"]]
    said = [(t["word"] or "").upper() for t in words]
    parts, done = [], 0
    for place in range(len(words) - 2):
        if said[place : place + 2] == ["LOAD", "SILENT"]:
            last = place + 2 + 3 * (said[place + 3 : place + 5] == ["INTO", "GRAPH"])
            parts += [text[done : words[place].start()], "CLEAR SILENT GRAPH <urn:uscuba-kg:none>"]
            done = words[min(last, len(words) - 1)].end()
    return "".join((*parts, text[done:]))


def changes_by_itself(text: str) -> bool:
    """Whether a query may give something else each time: it asks for the time, or for chance."""
    folded = text.lower()
    return any(word in folded for word in _CHANGING) and any(
        word in bare_words(folded) for word in _CHANGING
    )


def syntax_refusal(
    text: str, error: SyntaxError, base: str | None, update: bool = False
) -> RefusalError:
    """What is to be said of a query or an update that is not well-formed, with line and column."""
    found = mistake(text, str(error.msg), base, update)
    return RefusalError(400, f"Line {found.line}, column {found.column}: {found.words}.")


def _sentence(error: QueryError) -> str:
    words = error.message[0].upper() + error.message[1:]
    return " ".join(f"{part.rstrip('.')}." for part in (words, error.remedy) if part)


def _without_allowed(text: str, allowed: Collection[str]) -> str:
    """The text without SERVICE and LOAD before an address on the list, written out in full."""
    if not allowed:
        return text
    parts, done = [], 0
    for token in tokens(text):
        if token["iri"] and token[0][1:-1] in allowed:
            before = text[done : token.start()]
            parts.append(_REACHING.sub(" ", before))
            done = token.start()
    return "".join((*parts, text[done:]))


def with_dataset(text: str, using: Collection[str], named: Collection[str]) -> str:
    """An update whose WHERE clauses look at the dataset that the protocol names (2.2.3 there).

    Raises RefusalError (400) where the update itself says USING or WITH.
    """
    if not using and not named:
        return text
    if re.search(r"\b(?:USING|WITH)\b", bare_words(text), re.IGNORECASE):
        raise RefusalError(
            400, "The update says USING or WITH, and the request names graphs as well."
        )
    clauses = "".join(f" USING <{iri}>" for iri in using)
    clauses += "".join(f" USING NAMED <{iri}>" for iri in named)
    parts, done = [], 0
    for start, end, pattern in _wheres(text):
        if pattern:  # DELETE WHERE is short for DELETE and WHERE with the same pattern
            parts += [text[done:start], f"{pattern}{clauses} WHERE "]
        else:
            parts += [text[done:start], f"{clauses} WHERE "]
        done = end
    return "".join((*parts, text[done:]))


def _wheres(text: str) -> Iterator[tuple[int, int, str]]:
    """Each WHERE of an operation: where it starts and ends, and the pattern of DELETE WHERE."""
    depth, last = 0, ""
    pieces = list(_pieces(text))
    for place, (start, end, word) in enumerate(pieces):
        if word == "{":
            depth += 1
        elif word == "}":
            depth -= 1
        elif depth == 0 and word == "WHERE":
            yield start, end, _block(text, pieces[place + 1 :]) if last == "DELETE" else ""
        last = word


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """The keywords and braces of an update with their places."""
    done = 0
    for token in (*tokens(text), None):
        for sign in _SIGN.finditer(text, done, token.start() if token else len(text)):
            yield sign.start(), sign.end(), sign[0]
        if token is not None:
            done = token.end()
            if token["word"]:
                yield token.start(), token.end(), token[0].upper()


def _block(text: str, pieces: list[tuple[int, int, str]]) -> str:
    """The first block in braces, with its braces."""
    depth = 0
    for _, end, word in pieces:
        depth += (word == "{") - (word == "}")
        if depth == 0:
            return text[pieces[0][0] : end]
    return ""

"""What a SPARQL query may do before it is given to an engine: stay here, and be of a sane size.

The engine has no switch against federation, and dies, with the process, of a query that nests too
deeply or chains too long. So the text is looked at first. Where keywords and names cannot be told
apart as surely as the engine does, the query is refused: nothing slips by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from uscuba_kg.errors import QueryError

NESTING_LIMIT = 100
"""How deep brackets may nest; the engine overflows its stack at some 2,000."""

STEP_LIMIT = 1_000
"""How many operators, groups and patterns may be chained; at some 4,000 its stack overflows."""

_ESCAPED = r"\\[-_~.!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
TOKEN = re.compile(
    r'(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
    r'|"(?:[^"\\\r\n]|\\.)*"'
    r"|'(?:[^'\\\r\n]|\\.)*')"
    r"|(?P<iri><[^<>\"{}|^`\x00-\x20]*>)"
    r"|(?P<comment>\#[^\r\n]*)"
    r"|(?P<variable>[?$]\w+)"
    rf"|(?P<name>(?:[^\W\d][\w.-]*)?:(?:(?:[\w:]|{_ESCAPED})(?:(?:[\w:.-]|{_ESCAPED})*"
    rf"(?:[\w:-]|{_ESCAPED}))?)?)"
    r"|(?P<word>[^\W\d][\w.-]*)",
    re.DOTALL,
)
"""What is one piece in a query: strings, IRIs, comments, variables, names, bare words."""

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_OUTWARD = re.compile(r"SERVICE|\bLOAD\b", re.IGNORECASE)
_STEP = re.compile(r"[({\[!+*/|^&=<>.,;-]")


def tokens(query: str) -> Iterator[re.Match[str]]:
    """Give the strings, IRIs, comments, variables, names and words of a query, each by its group."""
    return TOKEN.finditer(query)


def check_query(query: str) -> None:
    """Raise QueryError for a query that would reach out, or that the engine would not survive."""
    check_reach(query)
    check_depth(query)
    if len(query) <= STEP_LIMIT or len(_STEP.findall(query)) <= STEP_LIMIT:
        return
    steps = len(_STEP.findall(bare_words(query)))
    if steps > STEP_LIMIT:
        raise QueryError(
            f"the query chains {steps} operators and patterns; {STEP_LIMIT} is the limit",
            remedy="Give long lists of values in a VALUES block.",
        )


def bare_words(query: str) -> str:
    """The keywords and signs of a query, everything else blanked out."""
    return TOKEN.sub(lambda token: token["word"] or " ", query)


def check_reach(query: str) -> None:
    """Raise QueryError for a query or an update that would reach out."""
    folded = query.lower()
    if "service" not in folded and "load" not in folded:  # no keyword has any other spelling
        return
    outward = _OUTWARD.search(bare_words(query))
    if outward:
        raise QueryError(
            f"{outward[0].upper()} is refused: a query never leaves this machine",
            remedy="Load the other data into the graph first.",
        )
    if "service" in folded:
        _check_names(query)


def check_depth(query: str) -> None:
    """Raise QueryError for a query or an update whose brackets nest too deep."""
    if sum(map(query.count, "({[")) <= NESTING_LIMIT:
        return
    depth = deepest = 0
    for sign in re.findall(r"[(){}\[\]]", bare_words(query)):
        depth += 1 if sign in "({[" else -1
        deepest = max(deepest, depth)
    if deepest > NESTING_LIMIT:
        raise QueryError(f"the query nests {deepest} deep; {NESTING_LIMIT} is the limit")


def _check_names(query: str) -> None:
    """Refuse what the engine may read as something else than a name or an IRI.

    It takes ``SERVICE:x`` for the keyword and a name, and where ``<...>`` is not a valid IRI it
    takes ``<`` for "less than": a quotation mark inside would then open a string, a ``#`` a comment.
    """
    for token in tokens(query):
        text = token[0]
        if token["name"] and "service" in text.partition(":")[0].lower():
            raise QueryError(
                f"SERVICE is refused, and {text!r} may be read as that keyword",
                remedy="Give the prefix another name.",
            )
        if not token["iri"]:
            continue
        if "'" in text or "\\" in text or ("#" in text and not _ABSOLUTE.match(text)):
            raise QueryError(
                f"SERVICE is refused, and what follows {text} may hide it",
                remedy="Write IRIs whole, and %27 for an apostrophe in them.",
            )

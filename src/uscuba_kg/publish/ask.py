"""SPARQL over a graph, on an embedded engine that never reaches out (SPARQL 1.1, W3C 2013)."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from uscuba_kg.errors import QueryError
from uscuba_kg.rdf.mistakes import mistake
from uscuba_kg.rdf.reading import reading
from uscuba_kg.rdf.sparql import check_query
from uscuba_kg.rdf.terms import Literal, Term, Triple
from uscuba_kg.rdf.turtle import ntriples, short_iri, whole_term
from uscuba_kg.rdf.vocab import PREFIXES
from uscuba_kg.resources import ontology_dir

if TYPE_CHECKING:
    import pyoxigraph

_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


class Question(msgspec.Struct, frozen=True):
    """A named question: its words by language, why it matters, its SPARQL, and its group."""

    name: str
    texts: dict[str, str]
    why: str
    query: str
    theme: str = ""


class Result(msgspec.Struct, frozen=True):
    """What a query gives: rows for SELECT, a verdict for ASK, triples for CONSTRUCT and DESCRIBE."""

    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Term | None, ...], ...] = ()
    verdict: bool | None = None
    triples: tuple[Triple, ...] | None = None


def named_questions(folder: Path | None = None) -> tuple[Question, ...]:
    """Give the questions of ``ontology/questions``, by name."""
    found = []
    for path in sorted((folder or ontology_dir() / "questions").glob("*.rq"), key=lambda p: p.stem):
        text = path.read_text(encoding="utf-8")
        heads = dict(re.findall(r"^# (\w+): (.+)$", text, re.MULTILINE))
        why, theme = heads.pop("why", ""), heads.pop("theme", "")
        found.append(Question(path.stem, heads, why, text, theme))
    return tuple(found)


def question_themes(folder: Path | None = None) -> dict[str, dict[str, str]]:
    """Give the groups of the named questions in their order, each with its title by language."""
    path = (folder or ontology_dir() / "questions") / "themes.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def load_store(graph: Path | Sequence[Triple]) -> pyoxigraph.Store:
    """Put a graph into a store in memory; every named graph becomes the default graph too.

    Raises InputError for a file that is not there or not well-formed.
    """
    import pyoxigraph

    store = pyoxigraph.Store()
    if not isinstance(graph, Path):
        data = "".join(ntriples(graph)).encode()
        store.bulk_load(data, pyoxigraph.RdfFormat.N_TRIPLES)
        return store
    with reading(graph) as form:
        store.bulk_load(path=str(graph), format=form)
    return store


def ask(graph: Path | Sequence[Triple], query: str) -> Result:
    """Ask a graph; the prefixes of the vocabulary need no declaration.

    Raises QueryError, with line and column, for a query that cannot be run.
    """
    import pyoxigraph

    check_query(query)
    store = load_store(graph)
    try:
        found = store.query(
            query,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=True,
        )
        if isinstance(found, pyoxigraph.QueryBoolean):
            return Result(verdict=bool(found))
        if isinstance(found, pyoxigraph.QueryTriples):
            triples = {Triple(_iri(t.subject), t.predicate.value, _term(t.object)) for t in found}
            return Result(triples=tuple(sorted(triples, key=Triple.key)))
        variables = tuple(v.value for v in found.variables)
        rows = tuple(tuple(_maybe(row[v]) for v in variables) for row in found)
    except SyntaxError as error:
        wrong = mistake(query, str(error.msg))
        place = f"line {wrong.line}, column {wrong.column}"
        raise QueryError(wrong.words, place=place) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryError(str(error)) from error
    return Result(variables, rows)


def _maybe(value: object) -> Term | None:
    return None if value is None else _term(value)


def _iri(value: object) -> str:
    """An IRI; a blank node of somebody else's graph keeps its label, ``_:b0``."""
    import pyoxigraph

    return value.value if isinstance(value, pyoxigraph.NamedNode) else str(value)


def one_line(text: str) -> str:
    r"""Words on one line, without what could steer a terminal.

    >>> one_line("held in\nHavana \x1b[2J")
    'held in Havana [2J'
    """
    return _BREAKS.sub(" ", text).strip()


def _term(value: object) -> Term:
    import pyoxigraph

    if isinstance(value, pyoxigraph.Literal):
        return Literal(value.value, value.datatype.value, value.language or "")
    return _iri(value)


def to_table(result: Result) -> str:
    """Give rows as an aligned table, IRIs shortened, languages left out."""
    if result.verdict is not None:
        return f"{'yes' if result.verdict else 'no'}\n"
    if result.triples is not None:
        return "".join(ntriples(result.triples))
    rows = [[_plain(v) for v in row] for row in result.rows]
    widths = [
        max(len(name), *(len(row[i]) for row in rows)) if rows else len(name)
        for i, name in enumerate(result.variables)
    ]
    lines = [_aligned(list(result.variables), widths), "  ".join("-" * w for w in widths)]
    lines.extend(_aligned(row, widths) for row in rows)
    count = f"({len(rows)} row{'' if len(rows) == 1 else 's'})"
    return "\n".join((*lines, count)) + "\n"


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip()


def _plain(value: Term | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Literal):
        return one_line(value.lexical)
    short = short_iri(value)
    return (
        short.strip("<>").removeprefix("https://w3id.org/uscuba-kg/") if short[0] == "<" else short
    )


def to_csv(result: Result) -> str:
    """Give rows as SPARQL 1.1 Query Results CSV."""
    _only_rows(result, "CSV")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.variables)
    for row in result.rows:
        writer.writerow(["" if v is None else _bare(v) for v in row])
    return out.getvalue()


def _bare(value: Term) -> str:
    return value.lexical if isinstance(value, Literal) else value


def to_tsv(result: Result) -> str:
    """Give rows as SPARQL 1.1 Query Results TSV."""
    _only_rows(result, "TSV")
    lines = ["\t".join(f"?{v}" for v in result.variables)]
    lines.extend("\t".join(_tsv_term(v) for v in row) for row in result.rows)
    return "\n".join(lines) + "\n"


def _tsv_term(value: Term | None) -> str:
    if value is None:
        return ""
    return whole_term(value)


def to_json(result: Result) -> str:
    """Give the result as SPARQL 1.1 Query Results JSON; triples are not rows and are refused."""
    if result.verdict is not None:
        return json.dumps({"head": {}, "boolean": result.verdict}) + "\n"
    _only_rows(result, "JSON")
    bindings = [
        {
            name: _json_term(v)
            for name, v in zip(result.variables, row, strict=True)
            if v is not None
        }
        for row in result.rows
    ]
    document = {"head": {"vars": list(result.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _json_term(value: Term) -> dict[str, str]:
    if not isinstance(value, Literal):
        if value.startswith("_:"):
            return {"type": "bnode", "value": value.removeprefix("_:")}
        return {"type": "uri", "value": value}
    found = {"type": "literal", "value": value.lexical}
    if value.language:
        found["xml:lang"] = value.language
    elif value.datatype not in (_STRING, _LANG_STRING):
        found["datatype"] = value.datatype
    return found


def _only_rows(result: Result, form: str) -> None:
    if result.triples is not None or result.verdict is not None:
        raise QueryError(f"{form} holds rows: ask with SELECT, or take the table")

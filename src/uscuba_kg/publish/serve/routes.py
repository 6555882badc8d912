"""Which task a request means: the SPARQL 1.1 Protocol, the Graph Store Protocol, things, pages."""

from __future__ import annotations

import base64
import email.parser
import email.policy
import hmac
import uuid
from dataclasses import dataclass

from uscuba_kg.publish.serve import media
from uscuba_kg.publish.serve.asked import (
    FORM,
    Asked,
    Parameters,
    body_of,
    decoded,
    in_utf8,
)
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.request import Request
from uscuba_kg.publish.serve.settings import FORM_BYTES, WRITE_BYTES, Settings
from uscuba_kg.publish.serve.tasks import (
    Dataset,
    DropGraph,
    PageOf,
    Part,
    Query,
    ReadGraph,
    Service,
    Task,
    Thing,
    Update,
    Wish,
    WriteGraph,
)
from uscuba_kg.rdf.vocab import ID

SPARQL, STORE, VOID = "/sparql", "/store", "/.well-known/void"
QUERY_PAGE = "/query"
_THINGS = "/id/"
_QUERY, _UPDATE = "application/sparql-query", "application/sparql-update"
METHODS = {
    SPARQL: ("GET", "HEAD", "POST", "OPTIONS"),
    STORE: ("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS"),
}
READING = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Redirect:
    """What was asked for stands at another address."""

    address: str


def area_of(path: str) -> str:
    """The part of the server that a path belongs to."""
    if path.rstrip("/") == SPARQL:
        return SPARQL
    if path == STORE or path.startswith(STORE + "/"):
        return STORE
    return path


async def task_of(asked: Asked, request: Request, settings: Settings) -> Task | Redirect:
    """The task that a request means. Raises RefusalError, GoneError."""
    area = area_of(asked.path)
    allowed = METHODS.get(area, READING)
    if asked.method not in allowed:
        raise RefusalError(
            405, f"{asked.method} is not for this address.", (("Allow", ", ".join(allowed)),)
        )
    if area == SPARQL:
        return await _sparql(asked, request, settings)
    if area == STORE:
        return await _store(asked, request, settings)
    if area == VOID:
        return Dataset(base=asked.base, wish=_wish(asked, asked.parameters()))
    return _thing_or_page(asked, settings)


async def _sparql(asked: Asked, request: Request, settings: Settings) -> Task | Redirect:
    given = asked.parameters()
    if asked.method == "POST":
        return await _posted(asked, given, request, settings)
    if _values(given, "update"):
        raise RefusalError(400, "An update is sent by POST.")
    if _values(given, "query"):
        return _query(asked, _one_query(given), given)
    if not _values(given, "format") and media.prefers_page(asked.header(b"accept")):
        return Redirect(QUERY_PAGE)
    return Service(endpoint=asked.base + SPARQL, wish=_wish(asked, given))


async def _posted(
    asked: Asked, given: Parameters, request: Request, settings: Settings
) -> Query | Update:
    """What is sent by POST, as it is or in a form."""
    if asked.media == _UPDATE:
        authorize(asked, settings)
        return _update(asked, in_utf8(await body_of(request, WRITE_BYTES)), given)
    if asked.media not in (FORM, _QUERY):
        raise RefusalError(415, f"Send {FORM}, {_QUERY} or {_UPDATE}.")
    body = await body_of(request, _most(asked, settings))
    if asked.media == _QUERY:
        return _query(asked, in_utf8(body), given)
    given = (*given, *decoded(body))
    updates = _values(given, "update")
    if not updates:
        return _query(asked, _one_query(given), given)
    authorize(asked, settings)
    if len(updates) > 1 or _values(given, "query"):
        raise RefusalError(400, "A request holds one query or one update.")
    return _update(asked, updates[0], given)


def _one_query(given: Parameters) -> str:
    queries = _values(given, "query")
    if len(queries) != 1:
        raise RefusalError(400, "A request holds one query, in the parameter query.")
    return queries[0]


def _query(asked: Asked, text: str, given: Parameters) -> Query:
    return Query(
        text=text,
        default_graphs=_values(given, "default-graph-uri"),
        named_graphs=_values(given, "named-graph-uri"),
        base=asked.base + SPARQL,
        wish=_wish(asked, given),
    )


def _update(asked: Asked, text: str, given: Parameters) -> Update:
    return Update(
        text=text,
        using=_values(given, "using-graph-uri"),
        using_named=_values(given, "using-named-graph-uri"),
        base=asked.base + SPARQL,
    )


async def _store(asked: Asked, request: Request, settings: Settings) -> Task:
    given = asked.parameters()
    graph = _graph(asked, given)
    if asked.method in ("GET", "HEAD"):
        return ReadGraph(graph=graph, bare=asked.method == "HEAD", wish=_wish(asked, given))
    authorize(asked, settings)
    if asked.method == "DELETE":
        if graph is None:
            raise RefusalError(400, "Name the graph: ?graph=IRI or ?default.")
        return DropGraph(graph=graph)
    if graph is None:
        if asked.method == "PUT":
            raise RefusalError(400, "Name the graph: ?graph=IRI or ?default.")
        graph = f"{asked.base}{STORE}/{uuid.uuid4().hex}"
    body = await body_of(request, WRITE_BYTES)
    return WriteGraph(graph=graph, parts=_parts(asked, body), replace=asked.method == "PUT")


def _graph(asked: Asked, given: Parameters) -> str | None:
    """The graph that a request names, ``""`` for the default graph, None where it names none."""
    named, default = _values(given, "graph"), _values(given, "default")
    if len(named) + len(default) > 1:
        raise RefusalError(400, "Name one graph: ?graph=IRI or ?default.")
    if named:
        if not named[0]:
            raise RefusalError(400, "The parameter graph is empty.")
        return named[0]
    if default:
        return ""
    rest = asked.path.removeprefix(STORE).strip("/")
    return f"{asked.base}{asked.path}" if rest else None


def _parts(asked: Asked, body: bytes) -> tuple[Part, ...]:
    """The documents of a body; a form may hold several (Graph Store Protocol, 5.5)."""
    if not asked.media.startswith("multipart/"):
        media.read_as(asked.media)
        return (Part(asked.media, body),)
    head = b"Content-Type: " + asked.headers[b"content-type"] + b"\r\n\r\n"
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    if not message.is_multipart():
        raise RefusalError(400, "The parts of the body cannot be told apart.")
    found = []
    for part in message.iter_parts():
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes):
            raise RefusalError(400, "A part of the body holds parts itself.")
        media.read_as(part.get_content_type())
        found.append(Part(part.get_content_type(), data))
    return tuple(found)


def _thing_or_page(asked: Asked, settings: Settings) -> Task:
    given = asked.parameters()
    accept = asked.header(b"accept")
    wants_rdf = bool(_values(given, "format")) or not media.prefers_page(accept)
    if asked.path.startswith(_THINGS) and wants_rdf:
        return Thing(iri=ID + asked.path.removeprefix(_THINGS), wish=_wish(asked, given))
    return PageOf(
        path=asked.path,
        parameters=given,
        languages=asked.header(b"accept-language"),
        base=prefix_of(settings.public),
        wish=Wish(zipped=asked.zipped),
    )


def prefix_of(public: str | None) -> str:
    """The path under which the outside sees the server, without a slash at its end."""
    return "" if public is None else "/".join(["", *public.rstrip("/").split("/")[3:]]).rstrip("/")


def _most(asked: Asked, settings: Settings) -> int:
    """The largest body that a form may have: with the token it may hold an update."""
    return WRITE_BYTES if settings.writable and _right(asked, settings) else FORM_BYTES


def authorize(asked: Asked, settings: Settings) -> None:
    """Raise RefusalError (403, 401) unless the request may write."""
    if not settings.writable:
        raise RefusalError(403, "This server is read-only.")
    if not _right(asked, settings):
        raise RefusalError(
            401,
            "Writing needs the token, as Authorization: Bearer or as the password of Basic.",
            (("WWW-Authenticate", 'Bearer realm="uscuba-kg", Basic realm="uscuba-kg"'),),
        )


def _right(asked: Asked, settings: Settings) -> bool:
    scheme, _, given = asked.header(b"authorization").partition(" ")
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode().partition(":")[2]
        except ValueError:
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(given.strip().encode(), (settings.token or "").encode())


def _values(given: Parameters, name: str) -> tuple[str, ...]:
    return tuple([value for key, value in given if key == name])


def _wish(asked: Asked, given: Parameters) -> Wish:
    form = next(iter(_values(given, "format")), "")
    return Wish(asked.header(b"accept"), form, asked.zipped)

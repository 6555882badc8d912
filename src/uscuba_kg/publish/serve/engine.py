"""A task and a store in, an answer out: what a worker does; nothing here knows of processes."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Triple

from uscuba_kg.publish.serve import describe, media
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.tasks import (
    Dataset,
    Head,
    PageOf,
    Query,
    ReadGraph,
    Service,
    Task,
    Thing,
)
from uscuba_kg.publish.serve.texts import changes_by_itself, checked_query, syntax_refusal
from uscuba_kg.rdf.vocab import PREFIXES

_ZIPPED_FROM = 1024
_ZIP_LEVEL = 4


@dataclass(frozen=True, slots=True)
class View:
    """A store and how it is looked at."""

    store: pyoxigraph.Store
    union: bool
    writable: bool
    result_bytes: int
    allowed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A head and a whole body, or a writer that makes the body piece by piece."""

    head: Head
    body: bytes = b""
    write: Callable[[Any], object] | None = None


class _Bounded(io.BytesIO):
    """A buffer that refuses to hold more than it may."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, data: Any) -> int:
        written = super().write(data)
        if self.tell() > self.most:
            raise RefusalError(
                400,
                f"The answer is larger than {self.most} bytes, the most that is given at once; "
                "ask for less, with LIMIT or a narrower pattern.",
            )
        return written


def answer(view: View, task: Task) -> Answer:
    """Give the answer to a reading task; what is wrong with it is an answer too."""
    try:
        return _packed(_answered(view, task), task.wish.zipped)
    except RefusalError as refusal:
        return refused(refusal)
    except ValueError as error:
        return refused(RefusalError(400, f"Not understood: {error}."))


def refused(refusal: RefusalError) -> Answer:
    """A refusal as an answer in plain text."""
    body = (refusal.sentence + "\n").encode()
    return Answer(
        Head(refusal.status, "text/plain; charset=utf-8", len(body), refusal.headers), body
    )


def _answered(view: View, task: Task) -> Answer:
    match task:
        case Query():
            return _query(view, task)
        case ReadGraph():
            return _graph(view, task)
        case Thing():
            return _thing(view, task)
        case Service():
            told = describe.service(view.store, task.endpoint, view.writable, view.union)
            return _triples(view, told, task)
        case Dataset():
            return _triples(view, describe.dataset(view.store, task.base, view.union), task)
        case PageOf():
            return _page(view, task)
        case _:
            raise RefusalError(403, "This server is read-only.")


def _query(view: View, task: Query) -> Answer:
    checked_query(task.text, view.allowed)
    named = bool(task.default_graphs or task.named_graphs)
    try:
        found = view.store.query(
            task.text,
            base_iri=task.base,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=view.union and not named,
            default_graph=[NamedNode(iri) for iri in task.default_graphs] if named else None,
            named_graphs=[NamedNode(iri) for iri in task.named_graphs] if named else None,
        )
    except SyntaxError as error:
        raise syntax_refusal(task.text, error, task.base) from error
    lasting = not changes_by_itself(task.text)
    if isinstance(found, pyoxigraph.QueryTriples):
        return _triples(view, found, task, lasting)
    chosen = media.chosen(task.wish.accept, task.wish.form, tuple(media.ROWS))
    out = _Bounded(view.result_bytes)
    found.serialize(out, media.ROWS[chosen])
    return _whole(out, chosen, lasting)


def _triples(view: View, triples: Iterable[Triple], task: Task, lasting: bool = True) -> Answer:
    chosen = media.chosen(task.wish.accept, task.wish.form, tuple(media.TRIPLES))
    out = _Bounded(view.result_bytes)
    form = media.TRIPLES[chosen]
    prefixes = dict(PREFIXES) if form.supports_datasets or chosen == "text/turtle" else None
    pyoxigraph.serialize(triples, out, form, prefixes=prefixes)
    return _whole(out, chosen, lasting)


def _whole(out: io.BytesIO, chosen: str, lasting: bool) -> Answer:
    body = out.getvalue()
    return Answer(Head(200, media.labelled(chosen), len(body), lasting=lasting), body)


def _thing(view: View, task: Thing) -> Answer:
    thing = NamedNode(task.iri)
    graph = None if view.union else DefaultGraph()
    triples = {
        Triple(q.subject, q.predicate, q.object)
        for q in view.store.quads_for_pattern(thing, None, None, graph)
    }
    if not triples:
        raise RefusalError(404, f"The graph says nothing of <{task.iri}>.")
    return _triples(view, sorted(triples, key=str), task)


def _graph(view: View, task: ReadGraph) -> Answer:
    """A whole graph, as it is read: however large it is, little of it is held at once."""
    table = media.QUADS if task.graph is None else media.TRIPLES
    chosen = media.chosen(task.wish.accept, task.wish.form, tuple(table))
    source: NamedNode | DefaultGraph | None = None
    if task.graph is not None:
        source = NamedNode(task.graph) if task.graph else DefaultGraph()
    if isinstance(source, NamedNode) and not view.store.contains_named_graph(source):
        raise RefusalError(404, f"There is no graph <{task.graph}>.")
    head = Head(200, media.labelled(chosen), 0 if task.bare else None, lasting=True)
    if task.bare:
        return Answer(head)
    form = table[chosen]
    prefixes = dict(PREFIXES) if chosen in ("text/turtle", "application/trig") else None

    def write(out: Any) -> None:
        view.store.dump(out, form, from_graph=source, prefixes=prefixes)

    return Answer(head, write=write)


def _page(view: View, task: PageOf) -> Answer:
    from uscuba_kg.publish import explorer
    from uscuba_kg.publish.explorer.page import POLICY

    language = _language(task.languages, explorer.LANGUAGES)
    request = explorer.Request(task.path, task.parameters, language, task.base)
    page = explorer.asset(task.path) or explorer.respond(view.store, request)
    if page is None:
        page = explorer.not_found(request)
    headers = page.headers
    if page.media_type.startswith(media.PAGE):
        headers = (*headers, ("Content-Security-Policy", POLICY))
    head = Head(page.status, page.media_type, len(page.body), headers, page.status == 200)
    return Answer(head, page.body)


def _language(preferred: str, written: tuple[str, ...]) -> str:
    """The language that a browser prefers, of those that pages are written in."""
    weights = [(tag.partition("-")[0], weight) for tag, weight in media.wishes(preferred)]

    def weight_of(tongue: str) -> float:
        return max((weight for tag, weight in weights if tag == tongue), default=0.0)

    return max(written, key=weight_of)


def _packed(found: Answer, zipped: bool) -> Answer:
    """The answer compressed, where that is wished for and worth it."""
    if not zipped or found.write is not None or len(found.body) < _ZIPPED_FROM:
        return found
    body = gzip.compress(found.body, _ZIP_LEVEL, mtime=0)
    headers = (*found.head.headers, ("Content-Encoding", "gzip"))
    head = Head(found.head.status, found.head.media, len(body), headers, found.head.lasting)
    return Answer(head, body)

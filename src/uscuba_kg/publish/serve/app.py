"""What the server does with a request: a request in, one answer out, and a line in the log."""

from __future__ import annotations

import hashlib
import json
import time

import msgspec

from uscuba_kg.publish.serve.asked import Asked, asked, client_of
from uscuba_kg.publish.serve.cache import Cache, Kept
from uscuba_kg.publish.serve.evaluate import RETRY, Evaluator, Found
from uscuba_kg.publish.serve.figures import MEDIA, Figures
from uscuba_kg.publish.serve.graph import Graph
from uscuba_kg.publish.serve.headers import Headers, headers_of, plain_headers, preflight
from uscuba_kg.publish.serve.link import Job, LostError
from uscuba_kg.publish.serve.log import Log
from uscuba_kg.publish.serve.refusal import RefusalError
from uscuba_kg.publish.serve.reply import Reply
from uscuba_kg.publish.serve.request import GoneError, Request
from uscuba_kg.publish.serve.routes import (
    METHODS,
    READING,
    SPARQL,
    STORE,
    VOID,
    Redirect,
    area_of,
    prefix_of,
    task_of,
)
from uscuba_kg.publish.serve.settings import Settings
from uscuba_kg.publish.serve.tasks import Head, Query, Ready, Task, Update, WriteGraph

_HEALTH, _METRICS = "/health", "/metrics"
_LARGE = 4 * 1024 * 1024
_MOST_LARGE = 16
"""So many large answers may be on their way at once: slow readers do not fill the memory."""

_AREAS = (SPARQL, STORE, VOID, _HEALTH, _METRICS)


class App:
    """The application; its graph has to be started before it is called."""

    def __init__(self, settings: Settings, log: Log) -> None:
        self.settings, self.log = settings, log
        self.figures = Figures()
        self.graph = Graph(settings, self._taken_over)
        self.triples = 0
        self._cache = Cache()
        self._large = 0
        self._evaluate = Evaluator(settings, self.graph, self.figures)

    def _taken_over(self, ready: Ready) -> None:
        self.triples = ready.triples
        self.figures.triples.set(ready.triples)
        self.figures.graphs.inc()
        self._cache.clear()

    async def __call__(self, request: Request, reply: Reply) -> None:
        """Answer one request."""
        began = time.perf_counter()
        try:
            await self._answer(asked(request, self.settings.public), request, reply)
        except GoneError:
            reply.status = 499  # as others note it: nobody is there any more
        except RefusalError as refusal:
            body = (refusal.sentence + "\n").encode()
            await reply.whole(refusal.status, plain_headers(self.settings, refusal.headers), body)
        except Exception as error:  # a mistake of ours: nobody is told what stands in it
            self.log.event("mistake", error=repr(error), path=request.path)
            if not reply.status:
                body = b"The server has made a mistake.\n"
                await reply.whole(500, plain_headers(self.settings), body)
        self._note(request, reply, time.perf_counter() - began)

    async def _answer(self, head: Asked, request: Request, reply: Reply) -> None:
        if head.method == "OPTIONS":
            methods = METHODS.get(area_of(head.path), READING)
            await reply.whole(204, preflight(methods))
        elif head.path in (_HEALTH, _METRICS) and head.method in ("GET", "HEAD"):
            await self._own(head, reply)
        else:
            await self._task(head, await task_of(head, request, self.settings), request, reply)

    async def _task(
        self, head: Asked, task: Task | Redirect, request: Request, reply: Reply
    ) -> None:
        if isinstance(task, Redirect):
            address = prefix_of(self.settings.public) + task.address
            more = (("Location", address), ("Vary", "Accept"))
            await reply.whole(303, plain_headers(self.settings, more))
            return
        if isinstance(task, Query | Update):
            reply.text = task.text
        version = self.graph.version
        kept = self._cache.get((version, task))
        if kept is not None:
            self.figures.kept.inc()
            reply.kept = True
        elif b"if-none-match" in head.headers:
            tag = _tag(version, task)
            if _is_known(head, tag):
                kept = Kept(200, (), b"", tag)
        if kept is not None and _is_known(head, kept.tag):
            unchanged = headers_of(Head(200, "", 0), self.settings, kept.tag)
            await reply.whole(304, unchanged)
        elif kept is not None:
            await reply.whole(kept.status, kept.headers, kept.body)
        else:
            found = await self._evaluate(task, request)
            await self._give(head, task, version, found, reply)

    async def _give(
        self, head: Asked, task: Task, version: str, found: Found, reply: Reply
    ) -> None:
        lasting = found.head.lasting and found.head.status == 200
        tag = _tag(version, task) if lasting else b""
        headers = headers_of(found.head, self.settings, tag)
        if found.head.status == 201 and isinstance(task, WriteGraph) and task.graph:
            headers = (*headers, (b"location", task.graph.encode("ascii", "backslashreplace")))
        if found.job is not None:
            await self._stream(found, found.job, headers, reply)
            return
        if tag:
            self._cache.put((version, task), Kept(200, headers, found.body, tag))
        large = len(found.body) > _LARGE
        if large and self._large >= _MOST_LARGE:
            raise RefusalError(503, "Too many large answers are on their way; ask again.", RETRY)
        self._large += large
        try:
            await reply.whole(found.head.status, headers, found.body)
        finally:
            self._large -= large

    async def _stream(self, found: Found, job: Job, headers: Headers, reply: Reply) -> None:
        """Pass a body on as it comes; one that breaks off is not ended, so that it shows."""
        link, whole = job.link, False
        assert link is not None
        try:
            await reply.begin(found.head.status, headers)
            while piece := await link.piece():
                await reply.piece(piece)
                if reply.gone:
                    break
            else:
                whole = True
        except LostError:
            pass
        finally:
            if whole:
                self._evaluate.done(job)
            else:
                self._evaluate.stop(job, "stream")
        reply.end(whole)

    async def _own(self, head: Asked, reply: Reply) -> None:
        """What the server says of itself."""
        pool = self.graph.pool
        if head.path == _METRICS:
            self.figures.busy.set(pool.busy)
            self.figures.waiting.set(pool.waiting)
            media, body, status = MEDIA, self.figures.text(), 200
        else:
            state = {"status": "ok" if self.graph.alive else "ill", "triples": self.triples}
            body = json.dumps({**state, "version": self.graph.version}).encode()
            media, status = "application/json", 200 if self.graph.alive else 503
        await reply.whole(status, headers_of(Head(status, media), self.settings), body)

    def _note(self, request: Request, reply: Reply, seconds: float) -> None:
        area = area_of(request.path)
        area = area if area in _AREAS else "pages"
        self.figures.answered(area, reply.status, seconds)
        if self.log.silent:
            return
        self.log.request(
            client=client_of(request),
            method=request.method,
            path=request.path,
            query=reply.text or request.query.decode("latin-1"),
            status=reply.status,
            bytes=reply.bytes,
            milliseconds=round(1000 * seconds, 2),
            kept=reply.kept,
        )


def _tag(version: str, task: Task) -> bytes:
    """The entity tag of an answer: it changes with the graph; weak, since order may differ."""
    digest = hashlib.blake2b(msgspec.msgpack.encode((version, task)), digest_size=9)
    return b'W/"' + digest.hexdigest().encode() + b'"'


def _is_known(head: Asked, tag: bytes) -> bool:
    """Whether whoever asks has this answer already (RFC 9110, 13.1.2)."""
    if head.method not in ("GET", "HEAD") or b"if-none-match" not in head.headers:
        return False
    return tag in (known.strip() for known in head.headers[b"if-none-match"].split(b","))

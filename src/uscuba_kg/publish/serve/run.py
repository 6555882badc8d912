"""A server from its start to its end."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from uscuba_kg.errors import OutputError
from uscuba_kg.publish.serve.held import held_of
from uscuba_kg.publish.serve.process import KEEPER, Started
from uscuba_kg.publish.serve.settings import Settings

if TYPE_CHECKING:
    from uscuba_kg.publish.serve.log import Log


def serve(settings: Settings, told: Callable[[str, int], None]) -> None:
    """Serve until SIGTERM or SIGINT; what runs then is finished first.

    ``told`` is called with the address and the number of triples when requests are answered.
    Raises InputError where the graph cannot be read, OutputError where the address is taken.
    """
    listener = _listener(settings)
    # the graph is read while all that the front needs is imported; a store has to be opened first
    keeper = None if settings.writable else Started(KEEPER, held_of(settings))
    try:
        import uvloop
    except ImportError:  # a system without it
        asyncio.run(_serve(settings, listener, keeper, told))
    else:
        uvloop.run(_serve(settings, listener, keeper, told))


def _listener(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=1024)
    except OSError as error:
        raise OutputError(
            error.strerror or str(error),
            place=f"{settings.host}:{settings.port}",
            remedy="Choose another address with --host and --port.",
        ) from error


async def _serve(
    settings: Settings,
    listener: socket.socket,
    keeper: Started | None,
    told: Callable[[str, int], None],
) -> None:
    from uscuba_kg.publish.serve.app import App
    from uscuba_kg.publish.serve.listen import listen
    from uscuba_kg.publish.serve.log import Log

    log = Log(settings.log)
    app = App(settings, log)
    looking: asyncio.Task[None] | None = None
    try:
        await app.graph.start(keeper)
        looking = asyncio.create_task(app.graph.look_after(lambda words: _tell(log, words)))
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        address = settings.public or f"http://{shown}:{port}"
        log.event("serving", address=address, triples=app.triples)
        told(address, app.triples)
        await listen(app, listener, settings.seconds + 2)
    finally:
        if looking is not None:
            looking.cancel()
        await app.graph.close()
        log.event("ended")
        log.close()


def _tell(log: Log, words: str) -> None:
    log.event("graph", words=words)

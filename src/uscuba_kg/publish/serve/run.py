"""A server from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from uscuba_kg.errors import OutputError
from uscuba_kg.publish.serve.held import held_of
from uscuba_kg.publish.serve.process import KEEPER, Started
from uscuba_kg.publish.serve.settings import Settings

if TYPE_CHECKING:
    import uvicorn

    from uscuba_kg.publish.serve.log import Log

_CONNECTIONS = 1_000
_IDLE_SECONDS = 75


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


def _server(config: uvicorn.Config) -> uvicorn.Server:
    """A server that ends on a signal without passing it on, so that all else can be ended too."""
    import uvicorn

    class Server(uvicorn.Server):
        @contextlib.contextmanager
        def capture_signals(self) -> Iterator[None]:
            loop = asyncio.get_running_loop()
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.add_signal_handler(number, self.handle_exit, number, None)
            yield

    return Server(config)


async def _serve(
    settings: Settings,
    listener: socket.socket,
    keeper: Started | None,
    told: Callable[[str, int], None],
) -> None:
    import uvicorn

    from uscuba_kg.publish.serve.app import App
    from uscuba_kg.publish.serve.connection import Connection
    from uscuba_kg.publish.serve.log import Log

    logging.getLogger("uvicorn.error").disabled = True  # the access log tells what is to be told
    log = Log(settings.log)
    app = App(settings, log)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        http=Connection,
        lifespan="off",
        ws="none",
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=int(settings.seconds) + 2,
    )
    looking: asyncio.Task[None] | None = None
    try:
        await app.graph.start(keeper)
        looking = asyncio.create_task(app.graph.look_after(lambda words: _tell(log, words)))
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        address = settings.public or f"http://{shown}:{port}"
        log.event("serving", address=address, triples=app.triples)
        told(address, app.triples)
        await _server(config).serve(sockets=[listener])
    finally:
        if looking is not None:
            looking.cancel()
        await app.graph.close()
        log.event("ended")
        log.close()


def _tell(log: Log, words: str) -> None:
    log.event("graph", words=words)

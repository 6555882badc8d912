"""A server from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator

import uvicorn

from uscuba_kg.errors import OutputError
from uscuba_kg.publish.serve.app import App
from uscuba_kg.publish.serve.log import Log
from uscuba_kg.publish.serve.settings import Settings

_CONNECTIONS = 1_000
_IDLE_SECONDS = 75


def serve(settings: Settings, told: Callable[[str, int], None]) -> None:
    """Serve until SIGTERM or SIGINT; what runs then is finished first.

    ``told`` is called with the address and the number of triples when requests are answered.
    Raises InputError where the graph cannot be read, OutputError where the address is taken.
    """
    listener = _listener(settings)
    try:
        import uvloop
    except ImportError:  # a system without it
        asyncio.run(_serve(settings, listener, told))
    else:
        uvloop.run(_serve(settings, listener, told))


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


class _Server(uvicorn.Server):
    """Ends on a signal without passing it on, so that what was started can be ended as well."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the two signals that ask for an end."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        yield


async def _serve(
    settings: Settings, listener: socket.socket, told: Callable[[str, int], None]
) -> None:
    logging.getLogger("uvicorn.error").disabled = True  # the access log tells what is to be told
    log = Log(settings.log)
    app = App(settings, log)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_IDLE_SECONDS,
        timeout_graceful_shutdown=int(settings.seconds) + 2,
    )
    looking: asyncio.Task[None] | None = None
    try:
        await app.graph.start()
        looking = asyncio.create_task(app.graph.look_after(lambda words: _tell(log, words)))
        host, port = listener.getsockname()[:2]
        shown = f"[{host}]" if ":" in host else host
        address = settings.public or f"http://{shown}:{port}"
        log.event("serving", address=address, triples=app.triples)
        told(address, app.triples)
        await _Server(config).serve(sockets=[listener])
    finally:
        if looking is not None:
            looking.cancel()
        await app.graph.close()
        log.event("ended")
        log.close()


def _tell(log: Log, words: str) -> None:
    log.event("graph", words=words)

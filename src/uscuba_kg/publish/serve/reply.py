"""One answer on its way out, and what is to be told of it in the log."""

from __future__ import annotations

from uscuba_kg.publish.serve.asked import Send
from uscuba_kg.publish.serve.headers import Headers


class Reply:
    """Sends an answer once; of a HEAD request (``bare``) its head alone."""

    def __init__(self, send: Send, bare: bool) -> None:
        self._send, self._bare = send, bare
        self.status = self.bytes = 0
        self.kept = self.gone = False
        self.text = ""

    async def whole(self, status: int, headers: Headers, body: bytes = b"") -> None:
        """Send a head and a whole body."""
        if status not in (204, 304) and not (self._bare and not body):
            headers = (*headers, (b"content-length", str(len(body)).encode()))
        await self.begin(status, headers)
        self.bytes = 0 if self._bare else len(body)
        await self._send({"type": "http.response.body", "body": b"" if self._bare else body})

    async def begin(self, status: int, headers: Headers) -> None:
        """Send a head alone."""
        self.status = status
        await self._send({"type": "http.response.start", "status": status, "headers": headers})

    async def piece(self, body: bytes) -> None:
        """Send a piece of a body."""
        self.bytes += len(body)
        try:
            await self._send({"type": "http.response.body", "body": body, "more_body": True})
        except OSError:
            self.gone = True

    async def end(self, whole: bool) -> None:
        """End a body; one that is not whole ends with its connection, which a client notices."""
        if whole:
            await self._send({"type": "http.response.body", "body": b""})

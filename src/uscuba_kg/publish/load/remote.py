"""Requests to a triplestore: credentials as it asks for them, again after a while where it fails."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from uscuba_kg.errors import OutputError

_TRIES = 6
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_AGAIN = (408, 425, 429, 502, 503, 504)
_SECONDS, _BRIEF_SECONDS = 300.0, 5.0


@dataclass(frozen=True, slots=True)
class Credentials:
    """A name and a password, or a token; neither stands in any message."""

    user: str = ""
    password: str = ""
    token: str = ""


class _AsAsked(httpx.Auth):
    """Basic or Digest, whichever the store's challenge names; nothing is sent before it asks."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            challenge = response.headers.get("www-authenticate", "").lower()
            kind = httpx.DigestAuth if "digest" in challenge else httpx.BasicAuth
            self._chosen = kind(self._user, self._password)
        yield from self._chosen.auth_flow(request)


class Remote:
    """A store's server. Use it as a context: its connections are closed at the end."""

    def __init__(
        self, credentials: Credentials, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        headers = {"User-Agent": "uscuba-kg"}
        if credentials.token:
            headers["Authorization"] = f"Bearer {credentials.token}"
        auth = _AsAsked(credentials.user, credentials.password) if credentials.user else None
        self._client = httpx.Client(headers=headers, auth=auth, timeout=_SECONDS)
        self._sleep = sleep

    def __enter__(self) -> Remote:
        return self

    def __exit__(self, *problem: object) -> None:
        self._client.close()

    @contextlib.contextmanager
    def briefly(self) -> Iterator[None]:
        """Wait less long for answers: some stores give none to what they do not know."""
        self._client.timeout = httpx.Timeout(_BRIEF_SECONDS)
        try:
            yield
        finally:
            self._client.timeout = httpx.Timeout(_SECONDS)

    def once(
        self,
        method: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send a request. Raises httpx.TransportError where no answer comes."""
        parts = urlsplit(url)
        query = httpx.QueryParams(parts.query).merge(params or {})
        return self._client.request(
            method,
            parts._replace(query="").geturl(),
            params=query,
            data=data,
            content=content,
            headers=headers,
        )

    def patiently(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """Call until it gives an answer that will not change by waiting; waits longer each time.

        Raises OutputError where none comes.
        """
        wait = _FIRST_WAIT
        for turn in range(_TRIES):
            try:
                answer = ask()
            except httpx.TransportError as error:
                if turn == _TRIES - 1:
                    raise OutputError(f"the store does not answer: {error}") from error
            else:
                if answer.status_code not in _AGAIN or turn == _TRIES - 1:
                    return answer
                wait = max(wait, _told_wait(answer))
            self._sleep(min(wait, _LONGEST_WAIT))
            wait *= 2
        raise AssertionError("unreachable")


def _told_wait(answer: httpx.Response) -> float:
    told = answer.headers.get("retry-after", "")
    return float(told) if told.isdigit() else 0.0

"""Why a request is not answered: a status and a plain sentence."""

from __future__ import annotations

_PLAIN = str.maketrans(dict.fromkeys((*range(32), *range(127, 160), 8232, 8233), " "))


class RefusalError(Exception):
    """A request that gets no answer: HTTP status, a sentence without control characters."""

    def __init__(
        self, status: int, sentence: str, headers: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.status = status
        self.sentence = sentence.translate(_PLAIN)
        self.headers = headers
        super().__init__(self.sentence)

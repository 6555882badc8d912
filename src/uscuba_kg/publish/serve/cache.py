"""Answers that are kept as long as the graph stays what it is: the latest used, up to a size.

An answer is kept when it is asked for again: most questions are asked once, and would only push out
the others and fill the memory.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

HELD_BYTES = 64 * 1024 * 1024
_LARGEST = HELD_BYTES // 16
_REMEMBERED = 4096
"""So many questions that were asked once are remembered."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it is sent: status, headers, body."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: bytes


class Cache:
    """Answers by what was asked of which state of the graph."""

    def __init__(self, most: int = HELD_BYTES) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._once: OrderedDict[int, None] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """The answer to what was asked, if it is kept."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, answer: Kept) -> None:
        """Keep an answer that is given once more; the ones that were not used for longest go."""
        if len(answer.body) > _LARGEST or key in self._kept or not self._again(hash(key)):
            return
        self._kept[key] = answer
        self._size += _weight(answer)
        while self._size > self._most:
            _, gone = self._kept.popitem(last=False)
            self._size -= _weight(gone)

    def _again(self, question: int) -> bool:
        """Tell whether a question was asked before, and remember that it was."""
        if question in self._once:
            del self._once[question]
            return True
        self._once[question] = None
        if len(self._once) > _REMEMBERED:
            self._once.popitem(last=False)
        return False

    def clear(self) -> None:
        """Keep nothing: the graph is another one now."""
        self._once.clear()
        self._kept.clear()
        self._size = 0


def _weight(answer: Kept) -> int:
    return len(answer.body) + 2048  # with its key and headers

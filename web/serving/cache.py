"""Answers kept in bounded memory, the least recently used going first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import NamedTuple

# One answer may take up this part of the whole.
_SHARE = 8
# What a dictionary's entry and headers come to.
_OVERHEAD = 2000


class CachedResponse(NamedTuple):
    """An HTTP answer as WSGI sends it.

    `kind` is its Content-Type, `tag` its ETag, `lasting` whether it stays the same for as long as
    the build does, `query` the query that it answers, if any.
    """

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    kind: str = ""
    tag: str = ""
    lasting: bool = False
    query: str = ""


class Cache:
    """Answers by key, up to so many bytes; with 0 it keeps nothing."""

    def __init__(self, size: int) -> None:
        """Start empty, with room for `size` bytes."""
        self._size = size
        self._used = 0
        self._kept: OrderedDict[Hashable, tuple[CachedResponse, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> CachedResponse | None:
        """Return what was kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, sent: CachedResponse) -> None:
        """Keep an answer, unless it would push out too many others."""
        if len(sent.body) * _SHARE > self._size:
            return
        weight = _weight(key, sent)
        if weight * _SHARE > self._size:
            return
        with self._lock:
            if key in self._kept:
                self._used -= self._kept.pop(key)[1]
            self._kept[key] = sent, weight
            self._used += weight
            while self._used > self._size:
                self._used -= self._kept.popitem(last=False)[1][1]


def _weight(key: Hashable, sent: CachedResponse) -> int:
    # A key holds the query as it came, which may be many times as long as the answer.
    return len(sent.body) + len(sent.query) + len(repr(key)) + _OVERHEAD

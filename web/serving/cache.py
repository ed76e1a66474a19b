"""Responses in bounded memory; the least recently used are dropped first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

from web.serving.cached_response import CachedResponse

# One response may take up this part of the cache: a large one must not evict all others.
_SHARE = 8
# What a dictionary's entry and headers come to.
_OVERHEAD = 2000


class Cache:
    """Responses by key, up to `size` bytes; with 0 nothing is cached."""

    def __init__(self, size: int) -> None:
        """Start empty, with room for `size` bytes."""
        self._size = size
        self._used = 0
        self._entries: OrderedDict[Hashable, tuple[CachedResponse, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> CachedResponse | None:
        """Return what is cached under a key."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return None
            self._entries.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, response: CachedResponse) -> None:
        """Cache a response, unless it would evict too many others."""
        if len(response.body) * _SHARE > self._size:
            return
        weight = _weight(key, response)
        if weight * _SHARE > self._size:
            return
        with self._lock:
            if key in self._entries:
                self._used -= self._entries.pop(key)[1]
            self._entries[key] = response, weight
            self._used += weight
            while self._used > self._size:
                self._used -= self._entries.popitem(last=False)[1][1]


def _weight(key: Hashable, response: CachedResponse) -> int:
    # A key holds the query as it came, which may be many times as long as the answer.
    return len(response.body) + len(response.query) + len(repr(key)) + _OVERHEAD

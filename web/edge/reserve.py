"""Bytes that wait in memory, bounded for each client and for all clients together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class ReserveFull(Exception):  # noqa: N818 - the name says what happened, as asyncio's QueueFull does
    """There is no room for so many bytes more."""


class Reserve:
    """Counts bytes that are held for clients; for one event loop, without locks."""

    def __init__(self, total: int, each: int, small: int = 0) -> None:
        """Bound the bytes held for all clients and for each; up to `small` bytes always pass."""
        self._total = total
        self._each = each
        self._small = small
        self._held: Counter[str] = Counter()
        self.size = 0

    @contextmanager
    def hold(self, client: str, size: int) -> Iterator[None]:
        """Count bytes as held for a client while the block lasts; ReserveFull if it has no room."""
        full = self.size + size > self._total or self._held[client] + size > self._each
        if full and size > self._small:
            raise ReserveFull
        self._add(client, size)
        try:
            yield
        finally:
            self._add(client, -size)

    def _add(self, client: str, size: int) -> None:
        self.size += size
        self._held[client] += size
        # The table must not grow with every address that ever called.
        if not self._held[client]:
            del self._held[client]

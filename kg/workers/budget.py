"""Query time that each client has used lately, over all processes of the server.

The processes share a small table in a file mapped into memory. A client has one cell in each row,
chosen by a keyed hash of its address, and has used at most the least of its cells (a count-min
sketch, https://doi.org/10.1016/j.jalgor.2003.12.001): the table needs no lock and cannot fill up.
Two processes that write a cell at the same instant lose one of the two charges, no more.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import struct
import time
from functools import lru_cache
from pathlib import Path

_MINUTE = 60.0
_ROWS, _CELLS = 2, 4096
# A cell is two numbers: seconds used, and the time of the last charge. One more number follows the
# cells: until when there is contention.
_SIZE = (_ROWS * _CELLS * 2 + 1) * 8
_CONTENTION = -1
_CONTENTION_SECONDS = 1.0
_HASHES = struct.Struct(f"<{_ROWS}I")


class ClientBudgets:
    """Seconds of query time for each client and minute; clients past theirs come after others."""

    def __init__(self, seconds: float, path: Path | None = None) -> None:
        """Take the seconds (0 for no bound) and the file to share; without one, share nothing."""
        self._seconds = seconds
        self._table = memoryview(_map(path)).cast("d")
        # The folder's name is random and secret: nobody can choose an address to share a cell.
        self._key = hashlib.sha256(str(path).encode() if path else os.urandom(16)).digest()
        self._cells = lru_cache(maxsize=1000)(self._hash)

    def charge(self, client: str, seconds: float) -> None:
        """Add a query's time to what a client has used."""
        now = time.monotonic()
        for cell in self._cells(client):
            self._table[cell] = self._used(cell, now) + seconds
            self._table[cell + 1] = now

    def note_contention(self) -> None:
        """Record that a client within its budget waits, or runs beside others, at this moment."""
        self._table[_CONTENTION] = time.monotonic() + _CONTENTION_SECONDS

    def is_exceeded(self, client: str) -> bool:
        """Tell whether a client has used up its budget while others wait."""
        contention = self._table[_CONTENTION] > time.monotonic()
        return contention and self.seconds_over(client) > 0

    def seconds_over(self, client: str) -> float:
        """Return the seconds until a client is within its budget again, 0 if it is."""
        if not self._seconds:
            return 0.0
        now = time.monotonic()
        used = min(self._used(cell, now) for cell in self._cells(client))
        return max(0.0, (used - self._seconds) * _MINUTE / self._seconds)

    def _used(self, cell: int, now: float) -> float:
        # A leaky bucket: the budget of a minute drains evenly over a minute.
        drained = (now - self._table[cell + 1]) * self._seconds / _MINUTE
        return max(0.0, self._table[cell] - drained)

    def _hash(self, client: str) -> tuple[int, ...]:
        digest = hashlib.blake2b(client.encode(), key=self._key, digest_size=_HASHES.size).digest()
        hashes = _HASHES.unpack(digest)
        return tuple((row * _CELLS + h % _CELLS) * 2 for row, h in enumerate(hashes))


def _map(path: Path | None) -> mmap.mmap:
    if path is None:
        return mmap.mmap(-1, _SIZE)
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(file, _SIZE)
        return mmap.mmap(file, _SIZE)
    finally:
        os.close(file)

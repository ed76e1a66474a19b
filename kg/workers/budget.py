"""How much of the time of queries each client has used lately, over all worker processes.

They share a small table in a file mapped into memory. A client has one cell in each row, by a keyed
hash of its address, and has used at most what the least of its cells says (a count-min sketch,
https://doi.org/10.1016/j.jalgor.2003.12.001): the table needs no lock and cannot fill up. Two
processes that write a cell at the same instant lose one of the two charges, no more.
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
# Two numbers a cell: seconds used, and when they were counted; then the time that `press` writes.
_SIZE = (_ROWS * _CELLS * 2 + 1) * 8
_PRESSED = -1
_PRESS_SECONDS = 1.0
_HASHES = struct.Struct(f"<{_ROWS}I")


class Budget:
    """Seconds of query time for each client and minute; who has used more comes after others."""

    def __init__(self, seconds: float, path: Path | None = None) -> None:
        """Take the seconds, 0 for no bound, and the file to share; without one, share nothing."""
        self._seconds = seconds
        self._table = memoryview(_map(path)).cast("d")
        # The name of the folder is a secret: nobody can choose an address to share a cell.
        self._key = hashlib.sha256(str(path).encode() if path else os.urandom(16)).digest()
        self._cells = lru_cache(maxsize=1000)(self._hash)

    def spend(self, client: str, seconds: float) -> None:
        """Charge a client for a query."""
        now = time.monotonic()
        for cell in self._cells(client):
            self._table[cell] = self._used(cell, now) + seconds
            self._table[cell + 1] = now

    def press(self) -> None:
        """Note that a client within its budget waits, or runs beside others."""
        self._table[_PRESSED] = time.monotonic() + _PRESS_SECONDS

    def binds(self, client: str) -> bool:
        """Tell whether a client has used up its budget while others wait."""
        return self._table[_PRESSED] > time.monotonic() and self.excess(client) > 0

    def excess(self, client: str) -> float:
        """Return the seconds until a client is within its budget again."""
        if not self._seconds:
            return 0.0
        now = time.monotonic()
        used = min(self._used(cell, now) for cell in self._cells(client))
        return max(0.0, (used - self._seconds) * _MINUTE / self._seconds)

    def _used(self, cell: int, now: float) -> float:
        gone = (now - self._table[cell + 1]) * self._seconds / _MINUTE
        return max(0.0, self._table[cell] - gone)

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

"""How many requests to other datasets a process has under way, and how many a reader may cause."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from kg.outside.errors import OutsideBudget, OutsideBusy

_MINUTE = 60.0
# Seconds after which somebody who came when all were busy may try again: most answers come sooner.
_AGAIN = 3.0


@dataclass(frozen=True)
class LookLimits:
    """Requests under way and in a minute, of all readers and of each.

    Each holds a thread until the other side has answered. Eight threads are for pages alone
    (`web.edge.connection_limits`), so that slow datasets leave most of them to other readers.
    """

    at_once: int = 3
    at_once_each: int = 2
    minute: int = 120
    minute_each: int = 30


class LookGate:
    """Lets requests to other datasets through, within limits."""

    def __init__(
        self, limits: LookLimits | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the limits, and what tells the time in seconds."""
        self._limits, self._clock = limits or LookLimits(), clock
        self._lock = threading.Lock()
        self._under_way: Counter[str] = Counter()
        self._recent: deque[tuple[float, str]] = deque()

    @contextmanager
    def enter(self, client: str) -> Iterator[None]:
        """Count a request while the block lasts; OutsideBusy or OutsideBudget beyond the limits."""
        with self._lock:
            self._check(client)
            self._under_way[client] += 1
            self._recent.append((self._clock(), client))
        try:
            yield
        finally:
            with self._lock:
                self._under_way[client] -= 1
                if not self._under_way[client]:
                    del self._under_way[client]

    def _check(self, client: str) -> None:
        limits, now = self._limits, self._clock()
        while self._recent and self._recent[0][0] <= now - _MINUTE:
            self._recent.popleft()
        theirs = [moment for moment, whose in self._recent if whose == client]
        if len(theirs) >= limits.minute_each:
            raise OutsideBudget(theirs[0] + _MINUTE - now)
        if len(self._recent) >= limits.minute:
            raise OutsideBusy(self._recent[0][0] + _MINUTE - now)
        if self._under_way[client] >= limits.at_once_each:
            raise OutsideBusy(_AGAIN)
        if self._under_way.total() >= limits.at_once:
            raise OutsideBusy(_AGAIN)

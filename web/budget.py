"""How much of the time of queries one client may take."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from kg.errors import BudgetSpent

_MINUTE = 60.0
_CLIENTS = 10_000


class Budget:
    """Seconds of query time that each client may use in a minute; 0 is no bound."""

    def __init__(self, seconds: float) -> None:
        """Take the seconds that a client may save up, and gets anew within a minute."""
        self._seconds = seconds
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def check(self, client: str) -> None:
        """Raise BudgetSpent, with the seconds to wait, if a client has nothing left."""
        if self._seconds:
            over = self._debt(client) - self._seconds
            if over >= 0:
                raise BudgetSpent(max(1.0, over * _MINUTE / self._seconds))

    def spend(self, client: str, seconds: float) -> None:
        """Charge a client for a query."""
        if not self._seconds:
            return
        with self._lock:
            self._spent[client] = self._debt(client) + seconds, time.monotonic()
            self._spent.move_to_end(client)
            while len(self._spent) > _CLIENTS:
                self._spent.popitem(last=False)

    def _debt(self, client: str) -> float:
        debt, since = self._spent.get(client, (0.0, 0.0))
        return max(0.0, debt - (time.monotonic() - since) * self._seconds / _MINUTE)

"""The open connections of this process, and the end of those whose deadlines have passed."""

from __future__ import annotations

import asyncio
import heapq
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.edge.connection import Connection

OPEN: set[Connection] = set()

# One sweep for all: a timer of each connection would be set anew with every request.
_SWEEP_SECONDS = 0.5
# So many are closed at once when there are too many: looking for them takes a while.
_CLOSED_TOGETHER = 100


async def close_overdue() -> None:
    """End connections whose deadlines have passed, again and again until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(_SWEEP_SECONDS)
        now = loop.time()
        # A copy, as a connection that ends leaves the set.
        for connection in list(OPEN):
            connection.end_if_late(now)


def close_idle() -> None:
    """Close those connections that have waited longest for a request."""
    waiting = [one for one in OPEN if one.idle and one.read_by < inf]
    for one in heapq.nsmallest(_CLOSED_TOGETHER, waiting, key=lambda one: one.read_by):
        one.drop()

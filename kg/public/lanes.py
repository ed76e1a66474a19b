"""Two lanes for queries, so that quick ones get past slow ones, and a queue that has an end."""

from __future__ import annotations

import threading
import time
from queue import Empty, SimpleQueue

from kg.errors import Overloaded
from kg.public.limits import Limits


class Lanes:
    """A quick lane where every query starts, and a slow one for those that take longer."""

    def __init__(self, limits: Limits) -> None:
        """Open the lanes with the slots that the limits give them."""
        self._limits = limits
        # In C, and first come first served; semaphores of Python are neither.
        self._quick: SimpleQueue[None] = SimpleQueue()
        for _ in range(limits.quick_slots):
            self._quick.put(None)
        self._waiting = 0
        self._lock = threading.Lock()
        self._slow: dict[Ticket, float] = {}

    def enter(self, end: float) -> Ticket:
        """Wait for a slot in the quick lane until `end` (of `time.monotonic`).

        Overloaded if the queue is full, or no slot becomes free in time.
        """
        try:
            self._quick.get_nowait()
        except Empty:
            self._wait(end)
        return Ticket(self, end)

    def _wait(self, end: float) -> None:
        with self._lock:
            if self._waiting >= self._limits.queue:
                raise Overloaded(self._limits.quick_seconds)
            self._waiting += 1
        try:
            self._quick.get(timeout=max(0.0, end - time.monotonic()))
        except Empty:
            raise Overloaded(self._limits.quick_seconds) from None
        finally:
            with self._lock:
                self._waiting -= 1

    def slow_down(self, ticket: Ticket) -> None:
        """Move to the slow lane; Overloaded if it is full, with the time until a slot is free."""
        with self._lock:
            if len(self._slow) >= self._limits.slow_slots:
                raise Overloaded(max(0.0, min(self._slow.values()) - time.monotonic()))
            self._slow[ticket] = ticket.end
        self._quick.put(None)

    def leave(self, ticket: Ticket) -> None:
        """Free the slot that a ticket holds, in whichever lane."""
        with self._lock:
            was_slow = self._slow.pop(ticket, None) is not None
        if not was_slow:
            self._quick.put(None)


class Ticket:
    """A query's place in the lanes, until `end`."""

    __slots__ = ("_lanes", "end")

    def __init__(self, lanes: Lanes, end: float) -> None:
        """Start in the quick lane."""
        self._lanes = lanes
        self.end = end

    def __enter__(self) -> Ticket:
        """Hold the place."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave it to the next."""
        self._lanes.leave(self)

    @property
    def left(self) -> float:
        """Return the seconds left, at least 0."""
        return max(0.0, self.end - time.monotonic())

    def slow_down(self) -> None:
        """Move to the slow lane; Overloaded if it is full."""
        self._lanes.slow_down(self)

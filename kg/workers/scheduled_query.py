"""One query's place in the lanes, from its arrival to its end."""

from __future__ import annotations

import socket
import threading
import time
from enum import Enum, auto
from typing import TYPE_CHECKING

from kg.model.errors import BudgetSpent, Overloaded, Stopped
from kg.workers.messages import wait_readable

if TYPE_CHECKING:
    from kg.workers.scheduler import Scheduler
    from kg.workers.slow_queue import SlotLease

# Of the kernel's 0 to 19. The first slow query of a client, and quick ones beside it, give way to
# quick ones of others; its further slow ones, and all past its budget, to everything.
MIDDLE, LOWEST = 5, 19
# How long a slow query without a place runs on in a quick slot that nobody wants.
_OVERTIME_SECONDS = 1.0
# The part of the time left to it that a slow query may spend on waiting for its turn.
_PATIENCE = 1 / 3


class QueryState(Enum):
    """Where a query is: before a lane, in one, between the two, or in none any more."""

    WAITING = auto()
    QUICK = auto()
    ASIDE = auto()
    SLOW = auto()
    OUT = auto()


class ScheduledQuery:
    """A query's place in the lanes, until `end` (of `time.monotonic`); a context that leaves it.

    `over` tells that the client's budget is used up while others wait, `niceness` the priority to
    run at, `door` is released when a waiting query may start or is refused.
    """

    __slots__ = ("_lanes", "_since", "client", "door", "end", "niceness", "over", "state", "turn")

    def __init__(self, lanes: Scheduler, client: str, end: float, over: bool) -> None:
        """Start before the quick lane."""
        self._lanes = lanes
        self._since = 0.0
        self.client, self.end, self.over = client, end, over
        self.niceness = 0
        self.state = QueryState.WAITING
        self.turn: SlotLease | None = None
        self.door = threading.Lock()
        self.door.acquire()

    def __enter__(self) -> ScheduledQuery:
        """Hold the place."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave it to the next."""
        self._lanes.leave(self)

    @property
    def left(self) -> float:
        """Return the seconds left, at least 0."""
        return max(0.0, self.end - time.monotonic())

    def move(self, state: QueryState) -> float:
        """Change the state; return the seconds of running in the state before."""
        now = time.monotonic()
        ran = now - self._since if self.state in (QueryState.QUICK, QueryState.SLOW) else 0.0
        self.state, self._since = state, now
        return ran

    @property
    def slow(self) -> bool:
        """Tell whether the query is in the slow lane."""
        return self.state is QueryState.SLOW

    def slow_down(self) -> bool:
        """Ask for a place in the slow lane; return whether there is one at once."""
        if not (self.slow or self.turn):
            self._lanes.slow_down(self)
        return self.slow

    def runs_over(self) -> bool:
        """Tell whether the query may go on in its quick slot, its turn in the slow lane to come."""
        late = time.monotonic() - self._since > self._lanes.quick_seconds + _OVERTIME_SECONDS
        return not (late or self._lanes.wanted)

    def take_turn(self) -> bool:
        """Read what the slow lane says; return whether the query may go on there."""
        if self.turn:
            self.turn.read()
            if not self.turn.seconds:
                self._lanes.move(self, QueryState.SLOW)
        return self.slow

    def await_turn(self, ear: socket.socket | None) -> None:
        """Stand aside until there is a place in the slow lane.

        Stopped if something comes to the `ear`; Overloaded or BudgetSpent if the turn does not come
        in time, or the room is needed for a client with fewer queries.
        """
        self._lanes.move(self, QueryState.ASIDE)
        end = time.monotonic() + self.left * _PATIENCE
        while self.turn and not self.slow:
            wait, lines = self.turn.seconds, [self.turn.line, *([ear] if ear else [])]
            spoken = wait_readable(lines, max(0.0, end - time.monotonic()))
            if spoken and self.turn.line.fileno() not in spoken:
                raise Stopped
            if not (spoken and self.take_turn()):
                raise self.refusal(wait)

    def refuse(self) -> None:
        """End the wait of whoever holds this ticket."""
        self.state = QueryState.OUT
        if self.turn:
            self.turn.wake()
        else:
            self.door.release()

    def refusal(self, seconds: float) -> Overloaded:
        """Return why the query is not answered, with the seconds to wait."""
        if self.over:
            return BudgetSpent(max(seconds, self._lanes.budget.excess(self.client)))
        return Overloaded(seconds)

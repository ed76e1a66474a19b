"""One query's place in the scheduler, from its arrival to its end."""

from __future__ import annotations

import socket
import threading
import time
from enum import Enum, auto
from typing import TYPE_CHECKING

from kg.model.errors import BudgetSpent, Overloaded, Stopped
from kg.workers.worker_messages import wait_readable

if TYPE_CHECKING:
    from kg.workers.scheduler import Scheduler
    from kg.workers.slow_queue import SlotLease

# Of the kernel's 0 to 19. The first slow query of a client, and quick ones beside it, give way to
# quick ones of others; its further slow ones, and all past its budget, give way to everything.
MIDDLE, LOWEST = 5, 19
# How long a slow query may stay in a quick slot that no other query waits for.
_OVERTIME_SECONDS = 1.0
# The share of its remaining time that a slow query may wait for a slow slot.
_WAIT_SHARE = 1 / 3


class QueryState(Enum):
    """Where a query is: before its first slot, in one, between the two, or done or refused."""

    WAITING = auto()
    QUICK = auto()
    PREEMPTED = auto()
    SLOW = auto()
    DONE = auto()


class ScheduledQuery:
    """A query in the scheduler until `deadline` (of `time.monotonic`); leaving the context ends it.

    `over_budget` tells that its client has used up its budget while others wait, `niceness` the
    priority to run at; `started` is set when a waiting query may start or is refused.
    """

    __slots__ = (
        *("_scheduler", "_since", "client", "deadline", "lease"),
        *("niceness", "over_budget", "started", "state"),
    )

    def __init__(
        self, scheduler: Scheduler, client: str, deadline: float, over_budget: bool
    ) -> None:
        """Begin before the quick queue."""
        self._scheduler = scheduler
        self._since = 0.0
        self.client, self.deadline, self.over_budget = client, deadline, over_budget
        self.niceness = 0
        self.state = QueryState.WAITING
        self.lease: SlotLease | None = None
        self.started = threading.Event()

    def __enter__(self) -> ScheduledQuery:
        """Hold the slot."""
        return self

    def __exit__(self, *_: object) -> None:
        """Release the slot to the next query."""
        self._scheduler.leave(self)

    @property
    def seconds_left(self) -> float:
        """Return the seconds until the deadline, at least 0."""
        return max(0.0, self.deadline - time.monotonic())

    def move(self, state: QueryState) -> float:
        """Change the state; return the seconds that the query ran in the state before."""
        now = time.monotonic()
        ran = now - self._since if self.state in (QueryState.QUICK, QueryState.SLOW) else 0.0
        self.state, self._since = state, now
        return ran

    @property
    def is_slow(self) -> bool:
        """Tell whether the query holds a slow slot."""
        return self.state is QueryState.SLOW

    def request_slow_slot(self) -> bool:
        """Ask for a slow slot, once; return whether the query holds one now."""
        if not (self.is_slow or self.lease):
            self._scheduler.request_slow_slot(self)
        return self.is_slow

    def may_overrun(self) -> bool:
        """Tell whether the query may stay in its quick slot while it waits for a slow one."""
        ran = time.monotonic() - self._since
        late = ran > self._scheduler.quick_seconds + _OVERTIME_SECONDS
        return not (late or self._scheduler.quick_slot_wanted)

    def read_lease(self) -> bool:
        """Read the slow queue's reply; return whether the query holds a slow slot now."""
        if self.lease:
            self.lease.read()
            if self.lease.granted:
                self._scheduler.move(self, QueryState.SLOW)
        return self.is_slow

    def wait_for_slow_slot(self, cancel: socket.socket | None) -> None:
        """Wait without a slot and a process until the slow queue grants a slot.

        Stopped if something comes on `cancel`; Overloaded or BudgetSpent if no slot is granted in
        time, or the room is needed for a client with fewer queries.
        """
        self._scheduler.move(self, QueryState.PREEMPTED)
        end = time.monotonic() + self.seconds_left * _WAIT_SHARE
        while self.lease and not self.is_slow:
            seconds, socks = self.lease.seconds, [self.lease.sock, *([cancel] if cancel else [])]
            readable = wait_readable(socks, max(0.0, end - time.monotonic()))
            if readable and self.lease.sock.fileno() not in readable:
                raise Stopped
            if not (readable and self.read_lease()):
                raise self.refusal(seconds)

    def refuse(self) -> None:
        """End the wait of the thread that runs this query."""
        self.state = QueryState.DONE
        if self.lease:
            self.lease.wake()
        else:
            self.started.set()

    def refusal(self, seconds: float) -> Overloaded:
        """Return the error for a query that is not run, with the seconds to wait."""
        if self.over_budget:
            return BudgetSpent(max(seconds, self._scheduler.budgets.seconds_over(self.client)))
        return Overloaded(seconds)

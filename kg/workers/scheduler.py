"""Places for queries: a quick lane in each worker process, and a slow one that all share.

Every query starts in the quick lane, where clients take turns. One that takes longer moves to the
slow lane (`kg.workers.slow_queue`), or stands aside, without a process, until its turn there comes.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter, OrderedDict
from pathlib import Path

from kg.workers.budget import Budget
from kg.workers.limits import Limits
from kg.workers.scheduled_query import LOWEST, MIDDLE, QueryState, ScheduledQuery
from kg.workers.slow_queue import SlotLease, SlotRequest, register_pool

_SLOW = (QueryState.ASIDE, QueryState.SLOW)
# Clients whose last turn is remembered.
_CLIENTS = 1000


class Scheduler:
    """The quick lane of this process, and its way into the slow one."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        """Take the limits, and the folder in which the processes of the server meet."""
        self._limits = limits
        self.quick_seconds = limits.quick_seconds
        self._gate = folder / "gate"
        self._pool: socket.socket | None = None
        self._lock = threading.Lock()
        self._free = limits.quick_slots
        # In order of arrival, which decides between equals.
        self._tickets: dict[ScheduledQuery, None] = {}
        self._turns: OrderedDict[str, float] = OrderedDict()
        self.budget = Budget(limits.budget_seconds, folder / "budget")

    def enter(self, client: str, end: float) -> ScheduledQuery:
        """Wait for a slot in the quick lane until `end` (of `time.monotonic`).

        Overloaded if there is no room to wait or no slot becomes free in time; BudgetSpent if the
        client has then used up its budget.
        """
        ticket = ScheduledQuery(self, client, end, self.budget.binds(client))
        with self._lock:
            if len(self._tickets) >= self._limits.waiting:
                self._make_room(ticket)
            self._tickets[ticket] = None
            if self._free:
                self._free -= 1
                self._start(ticket)
                return ticket
        self._wait(ticket)
        return ticket

    def _wait(self, ticket: ScheduledQuery) -> None:
        if not ticket.over:
            self.budget.press()
        ticket.door.acquire(timeout=ticket.left)
        with self._lock:
            if ticket.state is QueryState.QUICK:
                return
            self._tickets.pop(ticket, None)
        raise ticket.refusal(self.quick_seconds)

    def _make_room(self, ticket: ScheduledQuery) -> None:
        """Refuse the youngest waiting query of the client with the most in hand, or this one."""
        counts = Counter(held.client for held in self._tickets)
        waiting = [
            t for t in reversed(self._tickets) if t.state in (QueryState.WAITING, QueryState.ASIDE)
        ]
        # Rather one that has had its quick turn.
        last = max(
            waiting, key=lambda t: (counts[t.client], t.state is QueryState.ASIDE), default=None
        )
        if last is None or counts[last.client] <= counts[ticket.client] + 1:
            raise ticket.refusal(self.quick_seconds)
        del self._tickets[last]
        last.refuse()

    def _start(self, ticket: ScheduledQuery) -> None:
        """Give a slot to a query, at lower priority if its client has slow ones in hand."""
        client = ticket.client
        if ticket.over:
            ticket.niceness = LOWEST
        elif len(self._tickets) > 1 and self._has_slow(client):
            ticket.niceness = MIDDLE
        ticket.move(QueryState.QUICK)
        self._turns[client] = time.monotonic()
        self._turns.move_to_end(client)
        if len(self._turns) > _CLIENTS:
            self._turns.popitem(last=False)

    def _has_slow(self, client: str) -> bool:
        return any(t.client == client and t.state in _SLOW for t in self._tickets)

    def _pass_on(self) -> None:
        """Give a slot to the client that has waited longest since its last turn."""
        waiting = [t for t in self._tickets if t.state is QueryState.WAITING]
        if not waiting:
            self._free += 1
            return
        ticket = min(waiting, key=lambda t: (t.over, self._turns.get(t.client, 0.0)))
        self._start(ticket)
        ticket.door.release()

    @property
    def wanted(self) -> bool:
        """Tell whether somebody waits for a quick slot."""
        with self._lock:
            return any(t.state is QueryState.WAITING for t in self._tickets)

    def slow_down(self, ticket: ScheduledQuery) -> None:
        """Ask for a place in the slow lane, and move there if there is one at once."""
        ticket.over = self.budget.binds(ticket.client)
        if not ticket.over:
            self.budget.press()
        with self._lock:
            if self._pool is None:
                self._pool = register_pool(self._gate, self._limits.slow_slots)
            lowest = ticket.over or self._has_slow(ticket.client)
            ticket.niceness = LOWEST if lowest else MIDDLE
        ticket.turn = SlotLease(self._gate, SlotRequest(ticket.client, ticket.over, ticket.end))
        if not ticket.turn.seconds:
            self.move(ticket, QueryState.SLOW)

    def move(self, ticket: ScheduledQuery, state: QueryState) -> None:
        """Move a ticket that has not been refused; what it leaves in the quick lane goes on."""
        with self._lock:
            if ticket.state is QueryState.OUT:
                return
            was_quick = ticket.state is QueryState.QUICK
            ran = ticket.move(state)
            if was_quick:
                self._pass_on()
        self.budget.spend(ticket.client, ran)

    def leave(self, ticket: ScheduledQuery) -> None:
        """Free the place that a ticket holds, in whichever lane."""
        self.move(ticket, QueryState.OUT)
        with self._lock:
            self._tickets.pop(ticket, None)
        if ticket.turn:
            ticket.turn.close()

    def close(self) -> None:
        """Take this process's slots out of the slow lane until a query is slow again."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
            self._pool = None

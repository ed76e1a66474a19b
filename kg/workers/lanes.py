"""Places for queries: a quick lane in each worker process, and a slow one that all share.

Every query starts in the quick lane, where clients take turns. One that takes longer moves to the
slow lane (`kg.workers.gate`), or stands aside, without a process, until its turn there comes.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter, OrderedDict
from pathlib import Path

from kg.workers.budget import Budget
from kg.workers.gate import Request, Turn, register
from kg.workers.limits import Limits
from kg.workers.ticket import LOWEST, MIDDLE, State, Ticket

_SLOW = (State.ASIDE, State.SLOW)
# Clients whose last turn is remembered.
_CLIENTS = 1000


class Lanes:
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
        self._tickets: dict[Ticket, None] = {}
        self._turns: OrderedDict[str, float] = OrderedDict()
        self.budget = Budget(limits.budget_seconds, folder / "budget")

    def enter(self, client: str, end: float) -> Ticket:
        """Wait for a slot in the quick lane until `end` (of `time.monotonic`).

        Overloaded if there is no room to wait or no slot becomes free in time; BudgetSpent if the
        client has then used up its budget.
        """
        ticket = Ticket(self, client, end, self.budget.binds(client))
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

    def _wait(self, ticket: Ticket) -> None:
        if not ticket.over:
            self.budget.press()
        ticket.door.acquire(timeout=ticket.left)
        with self._lock:
            if ticket.state is State.QUICK:
                return
            self._tickets.pop(ticket, None)
        raise ticket.refusal(self.quick_seconds)

    def _make_room(self, ticket: Ticket) -> None:
        """Refuse the youngest waiting query of the client with the most in hand, or this one."""
        counts = Counter(held.client for held in self._tickets)
        waiting = [t for t in reversed(self._tickets) if t.state in (State.WAITING, State.ASIDE)]
        # Rather one that has had its quick turn.
        last = max(waiting, key=lambda t: (counts[t.client], t.state is State.ASIDE), default=None)
        if last is None or counts[last.client] <= counts[ticket.client] + 1:
            raise ticket.refusal(self.quick_seconds)
        del self._tickets[last]
        last.refuse()

    def _start(self, ticket: Ticket) -> None:
        """Give a slot to a query, at lower priority if its client has slow ones in hand."""
        client = ticket.client
        if ticket.over:
            ticket.niceness = LOWEST
        elif len(self._tickets) > 1 and self._has_slow(client):
            ticket.niceness = MIDDLE
        ticket.move(State.QUICK)
        self._turns[client] = time.monotonic()
        self._turns.move_to_end(client)
        if len(self._turns) > _CLIENTS:
            self._turns.popitem(last=False)

    def _has_slow(self, client: str) -> bool:
        return any(t.client == client and t.state in _SLOW for t in self._tickets)

    def _pass_on(self) -> None:
        """Give a slot to the client that has waited longest since its last turn."""
        waiting = [t for t in self._tickets if t.state is State.WAITING]
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
            return any(t.state is State.WAITING for t in self._tickets)

    def slow_down(self, ticket: Ticket) -> None:
        """Ask for a place in the slow lane, and move there if there is one at once."""
        ticket.over = self.budget.binds(ticket.client)
        if not ticket.over:
            self.budget.press()
        with self._lock:
            if self._pool is None:
                self._pool = register(self._gate, self._limits.slow_slots)
            lowest = ticket.over or self._has_slow(ticket.client)
            ticket.niceness = LOWEST if lowest else MIDDLE
        ticket.turn = Turn(self._gate, Request(ticket.client, ticket.over, ticket.end))
        if not ticket.turn.seconds:
            self.move(ticket, State.SLOW)

    def move(self, ticket: Ticket, state: State) -> None:
        """Move a ticket that has not been refused; what it leaves in the quick lane goes on."""
        with self._lock:
            if ticket.state is State.OUT:
                return
            was_quick = ticket.state is State.QUICK
            ran = ticket.move(state)
            if was_quick:
                self._pass_on()
        self.budget.spend(ticket.client, ran)

    def leave(self, ticket: Ticket) -> None:
        """Free the place that a ticket holds, in whichever lane."""
        self.move(ticket, State.OUT)
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

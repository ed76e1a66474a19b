"""Two queues for queries: a quick one in each server process, and a slow one that all share.

A multilevel feedback queue: every query starts in the quick queue, where clients take turns. A
query that runs longer than `quick_seconds` moves to the slow queue (`kg.workers.slow_queue`), or is
preempted: it waits there without a slot and a process until it is granted a slow slot.
"""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter, OrderedDict
from pathlib import Path

from kg.workers.budget import ClientBudgets
from kg.workers.query_limits import Limits
from kg.workers.scheduled_query import LOWEST, MIDDLE, QueryState, ScheduledQuery
from kg.workers.slow_queue import SOCKET_NAME, SlotLease, SlotRequest, register_pool

_SLOW_STATES = (QueryState.PREEMPTED, QueryState.SLOW)
_IDLE_STATES = (QueryState.WAITING, QueryState.PREEMPTED)
# Clients whose last start is remembered; an older client counts as new, which favours it.
_CLIENTS = 1000


class Scheduler:
    """The quick queue of this process, and its connection to the slow one."""

    def __init__(self, limits: Limits, folder: Path) -> None:
        """Take the limits, and the folder with the sockets and files that processes share."""
        self._limits = limits
        self.quick_seconds = limits.quick_seconds
        self._slow_queue = folder / SOCKET_NAME
        self._pool: socket.socket | None = None
        self._lock = threading.Lock()
        self._free_slots = limits.quick_slots
        # A dict for its order, which is that of arrival and decides between equals.
        self._queries: dict[ScheduledQuery, None] = {}
        self._starts: OrderedDict[str, float] = OrderedDict()
        self.budgets = ClientBudgets(limits.budget_seconds, folder / "budgets")

    def enter(self, client: str, deadline: float) -> ScheduledQuery:
        """Wait for a quick slot until `deadline` (of `time.monotonic`).

        Overloaded if there is no room to wait or no slot becomes free in time; BudgetSpent if the
        client has then used up its budget.
        """
        query = ScheduledQuery(self, client, deadline, self.budgets.is_exceeded(client))
        with self._lock:
            if len(self._queries) >= self._limits.max_queries:
                self._make_room(query)
            self._queries[query] = None
            if self._free_slots:
                self._free_slots -= 1
                self._start(query)
                return query
        self._wait(query)
        return query

    def _wait(self, query: ScheduledQuery) -> None:
        if not query.over_budget:
            self.budgets.note_contention()
        query.started.wait(query.seconds_left)
        with self._lock:
            # It may have been started between the end of the wait and here.
            if query.state is QueryState.QUICK:
                return
            self._queries.pop(query, None)
        raise query.refusal(self.quick_seconds)

    def _make_room(self, query: ScheduledQuery) -> None:
        """Refuse the last idle query of the client with the most queries, or this one."""
        counts = Counter(other.client for other in self._queries)
        idle = [other for other in reversed(self._queries) if other.state in _IDLE_STATES]
        # Rather a preempted one: it has had its time in a quick slot.
        last = max(
            idle,
            key=lambda other: (counts[other.client], other.state is QueryState.PREEMPTED),
            default=None,
        )
        if last is None or counts[last.client] <= counts[query.client] + 1:
            raise query.refusal(self.quick_seconds)
        del self._queries[last]
        last.refuse()

    def _start(self, query: ScheduledQuery) -> None:
        """Give a quick slot to a query, at lower priority if its client has slow queries."""
        client = query.client
        if query.over_budget:
            query.niceness = LOWEST
        elif len(self._queries) > 1 and self._has_slow_query(client):
            query.niceness = MIDDLE
        query.move(QueryState.QUICK)
        self._starts[client] = time.monotonic()
        self._starts.move_to_end(client)
        if len(self._starts) > _CLIENTS:
            self._starts.popitem(last=False)

    def _has_slow_query(self, client: str) -> bool:
        return any(q.client == client and q.state in _SLOW_STATES for q in self._queries)

    def _release_quick_slot(self) -> None:
        """Give a quick slot to the client that has waited longest since its last start."""
        waiting = [query for query in self._queries if query.state is QueryState.WAITING]
        if not waiting:
            self._free_slots += 1
            return
        query = min(waiting, key=lambda q: (q.over_budget, self._starts.get(q.client, 0.0)))
        self._start(query)
        query.started.set()

    @property
    def quick_slot_wanted(self) -> bool:
        """Tell whether a query waits for a quick slot."""
        with self._lock:
            return any(query.state is QueryState.WAITING for query in self._queries)

    def request_slow_slot(self, query: ScheduledQuery) -> None:
        """Ask for a slow slot, and move the query there if there is one at once."""
        query.over_budget = self.budgets.is_exceeded(query.client)
        if not query.over_budget:
            self.budgets.note_contention()
        with self._lock:
            if self._pool is None:
                self._pool = register_pool(self._slow_queue, self._limits.slow_slots)
            lowest = query.over_budget or self._has_slow_query(query.client)
            query.niceness = LOWEST if lowest else MIDDLE
        request = SlotRequest(query.client, query.over_budget, query.deadline)
        query.lease = SlotLease(self._slow_queue, request)
        if query.lease.granted:
            self.move(query, QueryState.SLOW)

    def move(self, query: ScheduledQuery, state: QueryState) -> None:
        """Move a query that is not done; release its quick slot if it leaves one."""
        with self._lock:
            if query.state is QueryState.DONE:
                return
            was_quick = query.state is QueryState.QUICK
            ran = query.move(state)
            if was_quick:
                self._release_quick_slot()
        self.budgets.charge(query.client, ran)

    def leave(self, query: ScheduledQuery) -> None:
        """Release the slot that a query holds, in either queue."""
        self.move(query, QueryState.DONE)
        with self._lock:
            self._queries.pop(query, None)
        if query.lease:
            query.lease.close()

    def close(self) -> None:
        """Withdraw this process's slots from the slow queue, until a query is slow again."""
        with self._lock:
            if self._pool is not None:
                self._pool.close()
            self._pool = None

"""Asks children of the nursery, a bounded number at once, and stops those that take too much."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.endpoint.request import QueryRequest, QueryResult, run_lookup, run_query
from kg.federation.federation import Federation
from kg.model.errors import KGError, MemoryLimit, TimeLimit, WorkerLost
from kg.store.store import Store
from kg.workers.cancellation import cancel_query, listen_for_cancel
from kg.workers.connection import Preempted, WorkerConnection, WorkerEnded, exit_status_of
from kg.workers.limits import Limits
from kg.workers.scheduled_query import LOWEST, MIDDLE, ScheduledQuery
from kg.workers.scheduler import Scheduler


class QueryRunner(Protocol):
    """What answers questions of the public."""

    def ask(self, question: QueryRequest) -> QueryResult:
        """QueryResult, or raise the KGError that says why not."""

    def stop(self, handle: str) -> bool:
        """Have the question with a handle stopped; tell whether there is one."""


@dataclass(frozen=True)
class InProcessRunner:
    """Answers in this process, with no limit on time or memory: for tests of what is served."""

    store: Store
    federation: Federation

    def ask(self, question: QueryRequest) -> QueryResult:
        """QueryResult, or raise the KGError that says why not."""
        return run_query(self.store, question, self.federation)

    def stop(self, handle: str) -> bool:  # noqa: ARG002
        """Stop nothing: there is no process to stop."""
        return False


class WorkerPool:
    """Children kept warm, and the lanes that they run in."""

    def __init__(
        self, nursery: Path, limits: Limits, near: Callable[[], Store] | None = None
    ) -> None:
        """Take the nursery's socket; nothing is asked of it yet.

        `near` is the store of this process, which answers what only looks a thing up, if it is in
        memory.
        """
        self._near = near
        self._nursery = nursery
        self._limits = limits
        self._lanes = Scheduler(limits, nursery.parent)
        # By niceness: a thread cannot be given back the priority that it has lost.
        self._idle: dict[int, list[WorkerConnection]] = {0: [], MIDDLE: [], LOWEST: []}

    def ask(self, question: QueryRequest) -> QueryResult:
        """QueryResult, or raise the KGError that says why not.

        Besides what `question.answer` raises: TimeLimit, MemoryLimit, Stopped, Overloaded,
        WorkerLost.
        """
        near = self._near() if self._near else None
        found = run_lookup(near, question) if near and near.in_memory else None
        if found:
            return found
        seconds = min(question.seconds, self._limits.query_seconds)
        largest = min(question.largest, self._limits.result_bytes)
        question = question._replace(seconds=seconds, largest=largest)
        end = time.monotonic() + seconds
        with (
            listen_for_cancel(self._nursery.parent, question.handle) as ear,
            self._lanes.enter(question.client, end) as ticket,
        ):
            try:
                return self._ask(question, ticket, ear)
            except WorkerLost:
                # It read, and changed nothing: another child may answer.
                return self._ask(question, ticket, ear, fresh=True)

    def _ask(
        self,
        question: QueryRequest,
        ticket: ScheduledQuery,
        ear: socket.socket | None,
        fresh: bool = False,
    ) -> QueryResult:
        """Have a child answer; a second one if the first had to stand aside."""
        while True:
            child = self._child(question.number, ticket.niceness, fresh)
            try:
                return child.ask(question, ticket, ear)
            except Preempted:
                pass
            except WorkerEnded:
                raise self._fate(child, question.seconds) from None
            finally:
                self._keep(child)
            ticket.await_turn(ear)

    def stop(self, handle: str) -> bool:
        """Have the question with a handle stopped, whichever pool of this nursery asks it."""
        return cancel_query(self._nursery.parent, handle)

    def children(self) -> list[int]:
        """Return the processes that wait for a question."""
        return [child.hello.pid for idle in self._idle.values() for child in idle]

    def close(self) -> None:
        """Let all children go that wait; others go when they have answered."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()
        self._lanes.close()

    def _child(self, number: str, niceness: int, fresh: bool) -> WorkerConnection:
        """Return a child that holds the build wanted, if the nursery has it yet."""
        idle = self._idle[niceness]
        while idle and not fresh:
            with contextlib.suppress(IndexError):
                child = idle.pop()
                if number in ("", child.hello.number):
                    return child
                child.close()
        return WorkerConnection(self._nursery, self._limits.quick_seconds)

    def _keep(self, child: WorkerConnection) -> None:
        idle = self._idle[child.niceness]
        most = 1 if child.niceness else self._limits.quick_slots
        if child.usable and len(idle) < most:
            idle.append(child)
        else:
            child.close()

    def _fate(self, child: WorkerConnection, seconds: float) -> KGError:
        """Say why a child has ended before it answered."""
        status = exit_status_of(self._nursery, child.hello.pid)
        if status == -signal.SIGALRM:
            return TimeLimit(seconds)
        # The engine ends itself when it is given no more memory, and Python as `child` says. Others
        # kill in other ways: the kernel, when the machine has no memory, or its owner.
        if status == -signal.SIGABRT:
            return MemoryLimit(self._limits.query_memory)
        return WorkerLost("no trace" if status is None else f"exit status {status}")

"""Runs queries in workers, a bounded number at once, and kills workers that take too much."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.endpoint.request import QueryRequest, QueryResult
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.model.errors import KGError, MemoryLimit, TimeLimit, WorkerLost
from kg.store.store import Store
from kg.workers.cancellation import cancel_query, listen_for_cancel
from kg.workers.connection import Preempted, WorkerConnection, WorkerEnded, exit_status_of
from kg.workers.query_limits import Limits
from kg.workers.scheduled_query import LOWEST, MIDDLE, ScheduledQuery
from kg.workers.scheduler import Scheduler


class QueryRunner(Protocol):
    """Runs the public's queries."""

    def run(self, request: QueryRequest) -> QueryResult:
        """Return the result, or raise the KGError that says why there is none."""

    def cancel(self, handle: str) -> bool:
        """Cancel the query with a handle; tell whether there is one."""


@dataclass(frozen=True)
class InProcessRunner:
    """Runs queries in this process, without limits on time or memory: for tests of the site."""

    store: Store
    federation: Federation

    def run(self, request: QueryRequest) -> QueryResult:
        """Return the result, or raise the KGError that says why there is none."""
        return run_query(self.store, request, self.federation)

    def cancel(self, handle: str) -> bool:  # noqa: ARG002
        """Cancel nothing: there is no process to kill."""
        return False


class WorkerPool:
    """Idle workers, and the scheduler of the queries that run in workers."""

    def __init__(self, fork_server: Path, limits: Limits) -> None:
        """Take the fork server's socket; nothing connects to it yet."""
        self._fork_server = fork_server
        self._limits = limits
        self._scheduler = Scheduler(limits, fork_server.parent)
        # By niceness: the kernel never gives a thread back the priority that it has lost.
        self._idle: dict[int, list[WorkerConnection]] = {0: [], MIDDLE: [], LOWEST: []}

    def run(self, request: QueryRequest) -> QueryResult:
        """Return the result, or raise the KGError that says why there is none.

        Besides the errors of `run_query`: TimeLimit, MemoryLimit, Stopped, Overloaded, WorkerLost.
        """
        timeout = min(request.timeout, self._limits.query_seconds)
        max_bytes = min(request.max_bytes, self._limits.result_bytes)
        request = request._replace(timeout=timeout, max_bytes=max_bytes)
        deadline = time.monotonic() + timeout
        with (
            listen_for_cancel(self._fork_server.parent, request.handle) as cancel,
            self._scheduler.enter(request.client, deadline) as query,
        ):
            try:
                return self._run(request, query, cancel)
            except WorkerLost:
                # A query changes nothing, so another worker may run it again.
                return self._run(request, query, cancel, fresh=True)

    def _run(
        self,
        request: QueryRequest,
        query: ScheduledQuery,
        cancel: socket.socket | None,
        fresh: bool = False,
    ) -> QueryResult:
        """Run a query in a worker; in a second one if it was preempted in the first."""
        while True:
            worker = self._worker(request.build, query.niceness, fresh)
            try:
                return worker.run(request, query, cancel)
            except Preempted:
                pass
            except WorkerEnded:
                raise self._reason(worker, request.timeout) from None
            finally:
                self._release(worker)
            query.wait_for_slow_slot(cancel)

    def cancel(self, handle: str) -> bool:
        """Cancel the query with a handle, in whichever pool of this fork server it runs."""
        return cancel_query(self._fork_server.parent, handle)

    def idle_workers(self) -> list[int]:
        """Return the processes of the workers that wait for a query."""
        return [worker.greeting.pid for idle in self._idle.values() for worker in idle]

    def close(self) -> None:
        """Let all idle workers go; busy ones go when they have replied."""
        for idle in self._idle.values():
            while idle:
                idle.pop().close()
        self._scheduler.close()

    def _worker(self, build: str, niceness: int, fresh: bool) -> WorkerConnection:
        """Return a worker that holds a build, if the fork server has it yet."""
        idle = self._idle[niceness]
        while idle and not fresh:
            # Another thread may take the last one between the test and the pop.
            with contextlib.suppress(IndexError):
                worker = idle.pop()
                if build in ("", worker.greeting.build):
                    return worker
                worker.close()
        return WorkerConnection(self._fork_server, self._limits.quick_seconds)

    def _release(self, worker: WorkerConnection) -> None:
        idle = self._idle[worker.niceness]
        # As many of each niceness as run at once: to fork one of a large graph takes 60 ms.
        if worker.usable and len(idle) < self._limits.quick_slots:
            idle.append(worker)
        else:
            worker.close()

    def _reason(self, worker: WorkerConnection, timeout: float) -> KGError:
        """Return the error that says why a worker has ended before it replied."""
        status = exit_status_of(self._fork_server, worker.greeting.pid)
        if status == -signal.SIGALRM:
            return TimeLimit(timeout)
        # The engine aborts when it gets no more memory, and Python as `worker` says. Other signals
        # come from elsewhere: from the kernel, if the machine has no memory, or from its owner.
        if status == -signal.SIGABRT:
            return MemoryLimit(self._limits.query_memory)
        return WorkerLost("no trace" if status is None else f"exit status {status}")

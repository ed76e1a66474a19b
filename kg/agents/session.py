"""What the tools of agents work on: the current build, and the workers that run their queries."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from threading import Lock
from typing import Any

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import QueryError
from kg.model.prefixes import use_prefixes
from kg.store.builds import Builds, Current
from kg.store.manifest import PAGES_QUADS
from kg.store.store import Store
from kg.workers.pool import QueryRunner, WorkerPool
from kg.workers.query_limits import Limits
from kg.workers.supervisor import Supervisor

# No query of an agent reaches beyond the build, whatever the site's settings allow.
_CLOSED = {"SERVICE_ENDPOINTS": "", "SERVICE_LOCAL": ""}


class AgentSession:
    """The build that tools read, and what runs the queries that agents write."""

    def __init__(self, store: Callable[[], Store], runner: QueryRunner, limits: Limits) -> None:
        """Take the source of the current build, the runner, and the limits of a query."""
        self._store, self._runner, self._limits = store, runner, limits

    @property
    def store(self) -> Store:
        """Return the current build, with its prefixes in force."""
        store = self._store()
        use_prefixes(store.texts.prefixes)
        return store

    def run(self, query: str, build: str, **options: Any) -> QueryResult:
        """Run a query as the public endpoint does: the same guard, limits and workers.

        `options` are fields of QueryRequest. QueryError if a worker has another build than `build`.
        """
        request = QueryRequest(
            query,
            timeout=self._limits.query_seconds,
            max_bytes=self._limits.result_bytes,
            build=build,
            **options,
        )
        result = self._runner.run(request)
        if result.build != build:
            raise QueryError("a new build is being taken into service: ask again")
        return result

    def rows(self, query: str, build: str, **options: Any) -> dict[str, Any]:
        """Run a query and return its result as SPARQL JSON has it."""
        result: dict[str, Any] = json.loads(self.run(query, build, **options).body)
        return result


class LocalWorkers:
    """A pool of workers on the builds of a directory, started when the first query comes."""

    def __init__(self, builds: Builds, limits: Limits) -> None:
        """Take the directory and what a query may cost; nothing is started yet."""
        self._settings = {**_CLOSED, "BUILDS": builds.root}
        self._limits, self._lock = limits, Lock()
        self._supervisor: Supervisor | None = None
        self._pool: WorkerPool | None = None

    def run(self, request: QueryRequest) -> QueryResult:
        """Return the result, or raise the KGError that says why there is none."""
        with self._lock:
            if self._pool is None:
                self._supervisor = Supervisor("kg.agents.forkserver", self._settings)
                self._pool = WorkerPool(self._supervisor.socket, self._limits)
        return self._pool.run(request)

    def cancel(self, handle: str) -> bool:
        """Cancel the query with a handle; tell whether there is one."""
        return self._pool.cancel(handle) if self._pool else False

    def close(self) -> None:
        """End the workers."""
        if self._pool:
            self._pool.close()
        if self._supervisor:
            self._supervisor.close()


def local_session(builds: Builds) -> tuple[AgentSession, LocalWorkers]:
    """Return a session on the current build of a directory, and its workers, to be closed.

    BuildMissing if there is none.
    """
    settings = {n.removeprefix("KG_"): v for n, v in os.environ.items() if n.startswith("KG_")}
    limits = Limits.of(settings)
    current = Current(builds.root, most=PAGES_QUADS, ours=True)
    current.store()
    workers = LocalWorkers(builds, limits)
    return AgentSession(current.store, workers, limits), workers

"""What the server tells its owner: a line in the log and a number in /metrics for each query."""

from __future__ import annotations

import hashlib
import os
import time
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

# Between processes the counts are shared through files in the directory of this setting.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
_STEPS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


class Event(NamedTuple):
    """What became of one query: `outcome` is ok, cached, unchanged or the class of the failure."""

    query: str
    outcome: str
    seconds: float
    rows: int | None = None
    size: int = 0


class Observer:
    """Writes a line for each query, if asked to, and counts them all."""

    def __init__(self, log: bool) -> None:
        """Start counting from 0."""
        self._log = log
        own = self._registry = CollectorRegistry()
        self._queries = Counter("kg_queries", "Queries by outcome", ["outcome"], registry=own)
        self._of: dict[str, Counter] = {}
        self._seconds = Histogram("kg_query_seconds", "Time taken", buckets=_STEPS, registry=own)
        self._bytes = Counter("kg_answer_bytes", "Bytes of answers, before coding", registry=own)
        self._up = Gauge("kg_start_time_seconds", "When", multiprocess_mode="min", registry=own)
        self._up.set(time.time())

    def note(self, event: Event) -> None:
        """Record what became of a query."""
        if event.outcome not in self._of:
            self._of[event.outcome] = self._queries.labels(event.outcome)
        self._of[event.outcome].inc()
        self._seconds.observe(event.seconds)
        self._bytes.inc(event.size)
        if self._log:
            # One write a line: lines of several processes do not mix.
            os.write(1, _line(event).encode())

    def metrics(self) -> bytes:
        """Return the counts of all processes, as Prometheus reads them."""
        if SHARED not in os.environ:
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)


def _line(event: Event) -> str:
    digest = hashlib.sha256(event.query.encode(errors="replace")).hexdigest()[:12]
    rows = "-" if event.rows is None else event.rows
    return (
        f"query={digest} outcome={event.outcome} ms={event.seconds * 1000:.1f} "
        f"rows={rows} bytes={event.size}\n"
    )

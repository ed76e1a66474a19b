"""What the server tells its owner: a line in the log and a number in /metrics for each query."""

from __future__ import annotations

import hashlib
import os
import time
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, values
from prometheus_client.multiprocess import MultiProcessCollector

from kg.store.locks import claim_slot

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
    """Counts all queries, and logs a line for each if that is switched on."""

    def __init__(self, log: bool) -> None:
        """Start counting: from 0, or from where a server process that has ended left off."""
        self._log = log
        self._shared = os.environ.get(SHARED, "")
        if self._shared:
            _share(self._shared)
        registry = self._registry = CollectorRegistry()
        self._queries = Counter("kg_queries", "Queries by outcome", ["outcome"], registry=registry)
        self._of: dict[str, Counter] = {}
        self._seconds = Histogram(
            "kg_query_seconds", "Time taken", buckets=_STEPS, registry=registry
        )
        self._bytes = Counter(
            "kg_answer_bytes", "Bytes of answers, before coding", registry=registry
        )
        starts = Counter("kg_process_starts", "Server processes started", registry=registry)
        starts.inc()
        self._up = Gauge(
            "kg_start_time_seconds", "When", multiprocess_mode="min", registry=registry
        )
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
        if not self._shared:
            return generate_latest(self._registry)
        shared = CollectorRegistry()
        MultiProcessCollector(shared, self._shared)  # type: ignore[no-untyped-call]
        return generate_latest(shared)


@cache
def _share(folder: str) -> None:
    """Have the client library count in files, whenever it was imported.

    It decides at its import, by the environment, and names the files by process, so that each
    process that ends leaves files for good. Here the next one goes on in them.
    """
    place = [_place(folder)]
    # Asked at each count: so it is not looked up there which process this is.
    os.register_at_fork(after_in_child=lambda: place.append(_place(folder)))
    values.ValueClass = values.MultiProcessValue(lambda: place[-1])  # type: ignore[no-untyped-call]


def _place(folder: str) -> int:
    """Return the lowest number that no living process has; this one has it until it ends."""
    slot = claim_slot(Path(folder), "process", count())
    assert slot  # noqa: S101 - numbers do not end
    return slot.number


def _line(event: Event) -> str:
    digest = hashlib.sha256(event.query.encode(errors="replace")).hexdigest()[:12]
    rows = "-" if event.rows is None else event.rows
    return (
        f"query={digest} outcome={event.outcome} ms={event.seconds * 1000:.1f} "
        f"rows={rows} bytes={event.size}\n"
    )

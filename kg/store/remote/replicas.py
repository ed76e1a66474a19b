"""Several SPARQL servers that hold the same build, behind the interface of one.

Each server's marker is read again every few seconds, and a server is used only for as long as the
last reading is trusted. So whoever changes the graph of a server removes its marker, waits for
`DRAIN_SECONDS`, and then changes it: no query reads a graph that changes.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from kg.model.errors import KGError
from kg.store.engine import ReplicaStatus
from kg.store.remote.errors import EngineUnavailable
from kg.store.remote.http_client import EngineLost, HttpReply
from kg.store.remote.query_bounds import QueryBounds

_log = logging.getLogger(__name__)

# Seconds between readings of the markers; while a server is set aside, it is looked at more often.
MARKER_SECONDS, RETURN_SECONDS = 5.0, 1.0
# A marker that was read so long ago is read again before the server is asked anything.
TRUSTED_SECONDS = 2 * MARKER_SECONDS
# From then on no server process asks it any more, and what was asked has ended: the longest is a
# question of ours (`query_bounds`).
DRAIN_SECONDS = TRUSTED_SECONDS + 60.0
# What reading a marker may take of a server that is busy.
_READ_SECONDS, _READ_BYTES = 10.0, 100_000
_ATTEMPTS = 2


class Server(Protocol):
    """One server, as an `HttpClient` or what sends by one; its address names it in logs."""

    url: str

    def post(self, body: bytes, headers: Mapping[str, str], bounds: QueryBounds) -> HttpReply:
        """Send a request, as `HttpClient.post`."""

    def close(self) -> None:
        """Close the connections of this process."""


S = TypeVar("S", bound=Server)


@dataclass
class _Replica(Generic[S]):
    server: S
    reason: str = "it was not asked yet"
    requests: int = 0
    aside: float = 0.0


@dataclass
class _ProcessState(Generic[S]):
    """The servers as one process sees them: forks start afresh, without locks of threads."""

    replicas: list[_Replica[S]]
    lock: threading.Lock = field(default_factory=threading.Lock)
    # Held by the thread that reads the markers.
    reading: threading.Lock = field(default_factory=threading.Lock)
    read: float = float("-inf")


class Replicas(Generic[S]):
    """The servers that hold a build: each request goes to the one with the fewest under way."""

    def __init__(
        self, servers: Sequence[S], number: str, marker: Callable[[S, QueryBounds], str]
    ) -> None:
        """Take the servers, and the number of the build to serve; nothing connects yet.

        `marker` reads the number of the build that a server holds, "" if it holds none: EngineLost
        if it does not answer, KGError if its answer is an error.
        """
        self._servers, self._number, self._marker = tuple(servers), number, marker
        self._states: dict[int, _ProcessState[S]] = {}

    def post(self, body: bytes, headers: Mapping[str, str], bounds: QueryBounds) -> HttpReply:
        """Send a request that changes nothing, to another server once more if the first is lost.

        Errors are those of `HttpClient.post`, but EngineUnavailable if two servers are lost, or
        none is left.
        """
        tried: list[_Replica[S]] = []
        for _ in range(_ATTEMPTS):
            replica = self._choose(tried)
            tried.append(replica)
            try:
                with self._under_way(replica):
                    return replica.server.post(body, headers, bounds)
            except EngineLost as error:
                self._set_aside(replica, str(error))
        raise EngineUnavailable("two SPARQL engines in a row broke off; try again in a moment")

    def statuses(self) -> list[ReplicaStatus]:
        """Return the status of each server, none of them older than `MARKER_SECONDS`."""
        state = self._state()
        if self._age(state) > self._interval(state):
            self._read_markers(state)
        return [ReplicaStatus(r.server.url, r.reason, r.requests) for r in state.replicas]

    def close(self) -> None:
        """Close the connections of this process."""
        with self._state().reading:
            for server in self._servers:
                server.close()

    def _state(self) -> _ProcessState[S]:
        state = self._states.get(os.getpid())
        if state is None:
            fresh = _ProcessState([_Replica(server) for server in self._servers])
            state = self._states.setdefault(os.getpid(), fresh)
        return state

    def _choose(self, tried: Sequence[_Replica[S]]) -> _Replica[S]:
        """Return the least busy server that may be used, rather one that was not tried."""
        state = self._state()
        age = self._age(state)
        if age > TRUSTED_SECONDS:
            self._read_markers(state)
        elif age > self._interval(state) and not state.reading.locked():
            threading.Thread(target=self._read_markers, args=(state,), daemon=True).start()
        chosen = _least_busy(state, tried)
        if chosen is None:
            # Any that is back, if only a moment later: the same one too, if it has answered since.
            self._read_markers(state)
            chosen = _least_busy(state, ())
        if chosen is None:
            raise EngineUnavailable(
                f"no SPARQL engine of this site answers and holds build {self._number} "
                f"({len(self._servers)} asked); try again in {EngineUnavailable.seconds:g} s"
            )
        return chosen

    @staticmethod
    def _age(state: _ProcessState[S]) -> float:
        return time.monotonic() - state.read

    @staticmethod
    def _interval(state: _ProcessState[S]) -> float:
        return RETURN_SECONDS if any(r.reason for r in state.replicas) else MARKER_SECONDS

    @contextmanager
    def _under_way(self, replica: _Replica[S]) -> Iterator[None]:
        lock = self._state().lock
        with lock:
            replica.requests += 1
        try:
            yield
        finally:
            with lock:
                replica.requests -= 1

    def _read_markers(self, state: _ProcessState[S]) -> None:
        """Read every server's marker, unless another thread has done so meanwhile."""
        called = time.monotonic()
        with state.reading:
            if state.read >= called:
                return
            start = time.monotonic()
            if len(state.replicas) == 1:
                self._read_marker(state.replicas[0])
            else:
                with ThreadPoolExecutor(len(state.replicas)) as threads:
                    list(threads.map(self._read_marker, state.replicas))
            state.read = start

    def _read_marker(self, replica: _Replica[S]) -> None:
        bounds = QueryBounds.of(_READ_SECONDS, _READ_BYTES)
        try:
            number = self._marker(replica.server, bounds)
        except (EngineLost, KGError) as error:
            self._set_aside(replica, str(error))
            return
        if number == self._number:
            self._use(replica)
        else:
            build = f"build {number}" if number else "no build"
            self._set_aside(replica, f"{replica.server.url} holds {build}, not {self._number}")

    def _use(self, replica: _Replica[S]) -> None:
        if replica.reason and replica.aside:
            seconds = time.monotonic() - replica.aside
            _log.warning("%s is used again, after %.1f s", replica.server.url, seconds)
        replica.reason, replica.aside = "", 0.0

    def _set_aside(self, replica: _Replica[S], reason: str) -> None:
        if replica.reason != reason:
            _log.warning("%s (not used until it does)", reason)
        replica.aside = replica.aside or time.monotonic()
        replica.reason = reason


def _least_busy(state: _ProcessState[S], tried: Sequence[_Replica[S]]) -> _Replica[S] | None:
    usable = [r for r in state.replicas if not r.reason and r not in tried]
    # Each worker process has one request at a time: by turns, they would all ask the first.
    random.shuffle(usable)
    return min(usable, key=lambda replica: replica.requests, default=None)

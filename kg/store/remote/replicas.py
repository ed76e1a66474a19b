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
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from kg.model.errors import KGError
from kg.store.engine import ReplicaStatus
from kg.store.remote.errors import EngineSlow, EngineUnavailable
from kg.store.remote.http_client import EngineLost, HttpReply
from kg.store.remote.query_bounds import QueryBounds

_log = logging.getLogger(__name__)

# Seconds between readings of a marker; of a server that is set aside, it is read more often.
MARKER_SECONDS, RETURN_SECONDS = 5.0, 1.0
# A server is asked for as long as its last marker is trusted: one that is so busy that it does not
# answer in `_READ_SECONDS` is not set aside for that alone.
TRUSTED_SECONDS = 30.0
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
    """A server, when its marker was last requested, and when it last was that of the build."""

    server: S
    reason: str = "it was not asked yet"
    requests: int = 0
    aside: float = 0.0
    requested: float = float("-inf")
    read: float = float("-inf")
    reading: threading.Thread | None = None

    @property
    def is_trusted(self) -> bool:
        return time.monotonic() - self.read <= TRUSTED_SECONDS

    def is_due(self, interval: float) -> bool:
        seconds = min(RETURN_SECONDS, interval) if self.reason else interval
        return time.monotonic() - self.requested > seconds


@dataclass
class _ProcessState(Generic[S]):
    """The servers as one process sees them: forks start afresh, without locks of threads."""

    replicas: list[_Replica[S]]
    # Notified whenever a marker has been read.
    changed: threading.Condition = field(default_factory=threading.Condition)


class Replicas(Generic[S]):
    """The servers that hold a build: each request goes to the one with the fewest under way."""

    def __init__(
        self,
        servers: Sequence[S],
        number: str,
        marker: Callable[[S, QueryBounds], str],
        interval: float = MARKER_SECONDS,
    ) -> None:
        """Take the servers, and the number of the build to serve; nothing connects yet.

        `marker` reads the number of the build that a server holds, "" if it holds none: EngineLost
        if it does not answer, EngineSlow if not in time, KGError if its answer is an error. It does
        so again when `interval` seconds have gone.
        """
        self._interval = interval
        self._servers, self._number, self._marker = tuple(servers), number, marker
        self._states: dict[int, _ProcessState[S]] = {}

    def post(self, body: bytes, headers: Mapping[str, str], bounds: QueryBounds) -> HttpReply:
        """Send a request that changes nothing, to another server once more if the first is lost.

        Errors are those of `HttpClient.post`, but EngineUnavailable if two servers are lost, or
        none is left.
        """
        tried: list[_Replica[S]] = []
        for _ in range(_ATTEMPTS):
            replica = self._choose(tried, bounds)
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
        self._start_readings(state, due=True)
        _join_readings(state)
        return [ReplicaStatus(r.server.url, r.reason, r.requests) for r in state.replicas]

    def close(self) -> None:
        """Close the connections of this process."""
        _join_readings(self._state())
        for server in self._servers:
            server.close()

    def _state(self) -> _ProcessState[S]:
        state = self._states.get(os.getpid())
        if state is None:
            fresh = _ProcessState([_Replica(server) for server in self._servers])
            state = self._states.setdefault(os.getpid(), fresh)
        return state

    def _choose(self, tried: Sequence[_Replica[S]], bounds: QueryBounds) -> _Replica[S]:
        """Return the least busy server that may be used, rather one that was not tried."""
        state = self._state()
        self._start_readings(state, due=True)
        chosen = _least_busy(state, tried)
        if chosen is None:
            # Any that is back, if only a moment later: the same one too, if it has answered since.
            self._start_readings(state, due=False)
            with state.changed:
                # The first that answers is enough: another one may be busy.
                state.changed.wait_for(
                    lambda: _least_busy(state, ()) or not any(r.reading for r in state.replicas),
                    bounds.seconds_left(),
                )
            chosen = _least_busy(state, ())
        if chosen is None:
            raise EngineUnavailable(
                f"no SPARQL engine of this site answers and holds build {self._number} "
                f"({len(self._servers)} asked); try again in {EngineUnavailable.seconds:g} s"
            )
        return chosen

    @contextmanager
    def _under_way(self, replica: _Replica[S]) -> Iterator[None]:
        lock = self._state().changed
        with lock:
            replica.requests += 1
        try:
            yield
        finally:
            with lock:
                replica.requests -= 1

    def _start_readings(self, state: _ProcessState[S], *, due: bool) -> None:
        """Read the markers of all servers, or of those that are due, each in a thread."""
        with state.changed:
            for replica in state.replicas:
                if replica.reading or (due and not replica.is_due(self._interval)):
                    continue
                replica.requested = time.monotonic()
                replica.reading = threading.Thread(
                    target=self._read_marker, args=(state, replica), daemon=True
                )
                replica.reading.start()

    def _read_marker(self, state: _ProcessState[S], replica: _Replica[S]) -> None:
        try:
            number = self._marker(replica.server, QueryBounds.of(_READ_SECONDS, _READ_BYTES))
            if number == self._number:
                self._use(replica)
            else:
                build = f"build {number}" if number else "no build"
                self._set_aside(replica, f"{replica.server.url} holds {build}, not {self._number}")
        except EngineSlow as error:
            if not replica.is_trusted:
                self._set_aside(replica, f"{replica.server.url}: {error}")
        except (EngineLost, KGError) as error:
            self._set_aside(replica, str(error))
        finally:
            with state.changed:
                replica.reading = None
                state.changed.notify_all()

    def _use(self, replica: _Replica[S]) -> None:
        if replica.reason and replica.aside:
            seconds = time.monotonic() - replica.aside
            _log.warning("%s is used again, after %.1f s", replica.server.url, seconds)
        replica.read = replica.requested
        replica.reason, replica.aside = "", 0.0

    def _set_aside(self, replica: _Replica[S], reason: str) -> None:
        if replica.reason != reason:
            _log.warning("%s (not used until it does)", reason)
        replica.aside = replica.aside or time.monotonic()
        replica.reason = reason


def _least_busy(state: _ProcessState[S], tried: Sequence[_Replica[S]]) -> _Replica[S] | None:
    usable = [r for r in state.replicas if not r.reason and r.is_trusted and r not in tried]
    # Each worker process has one request at a time: by turns, they would all ask the first.
    random.shuffle(usable)
    return min(usable, key=lambda replica: replica.requests, default=None)


def _join_readings(state: _ProcessState[S]) -> None:
    """Wait until no marker is being read: a process forks without threads."""
    for thread in [replica.reading for replica in state.replicas]:
        if thread:
            thread.join()

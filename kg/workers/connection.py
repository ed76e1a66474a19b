"""A connection to one worker, which runs one query after another."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import Stopped, TimeLimit, WorkerLost
from kg.workers.scheduled_query import ScheduledQuery
from kg.workers.worker import ReplyHeader, WorkerGreeting
from kg.workers.worker_messages import receive_message, send_message, wait_readable

# A large graph takes a while to load, and a worker of it some milliseconds to fork.
_START_SECONDS = 60.0
# A fork server imports the engine before it listens: some seconds on a busy machine.
_RESTART_SECONDS = 15.0
_STATUS_SECONDS = 2.0
# The kind of clock, in Linux's number of it: the processor time of all threads of a process.
_CLOCK_OF_PROCESS = 2
# How many times `quick_seconds` a query may take because it waits for a processor.
_STARVED, _STEP = 4, 0.01
# How soon a query in overtime sees that another one waits for its slot.
_OVERTIME_STEP = 0.03


class Preempted(Exception):  # noqa: N818 - not a failure
    """The query has to wait for a slow slot, and its worker was killed."""


class WorkerEnded(Exception):  # noqa: N818 - not a failure until its reason is known
    """The worker has ended before it replied."""


class WorkerConnection:
    """One worker, at the other end of a socket."""

    def __init__(self, fork_server: Path, quick_seconds: float) -> None:
        """Have a worker forked; WorkerLost if the fork server is not there or has no build.

        A query that takes longer than `quick_seconds` counts as a slow one.
        """
        self._quick_seconds = quick_seconds
        self._busy = False
        self.usable = True
        self.niceness = 0
        self._sock = _connect(fork_server)
        try:
            send_message(self._sock, 0)
            self.greeting: WorkerGreeting = receive_message(self._sock, _START_SECONDS)[0]
            # Unlike its number, a descriptor of a process never names a later one.
            self._process = os.pidfd_open(self.greeting.pid)
            # As clock_getcpuclockid(3) would return it, which Python does not have.
            self._clock = ~self.greeting.pid << 3 | _CLOCK_OF_PROCESS
        except (OSError, EOFError) as error:
            self._sock.close()
            raise WorkerLost("no process to answer it could be started") from error

    def run(
        self, request: QueryRequest, query: ScheduledQuery, cancel: socket.socket | None = None
    ) -> QueryResult:
        """Run a query until its deadline; the worker is killed if it does not reply.

        So it is when something comes on `cancel`, or when the query is preempted.
        """
        self._busy = True
        try:
            return self._run(request, query, cancel)
        except (OSError, EOFError):
            self._kill()
            raise WorkerEnded from None
        except BaseException:
            if self._busy:
                self._kill()
            raise

    def _run(
        self, request: QueryRequest, query: ScheduledQuery, cancel: socket.socket | None
    ) -> QueryResult:
        self._lower_priority(query.niceness)
        used = self._processor_seconds()
        # The worker has no use for the client's address.
        send_message(self._sock, request._replace(timeout=query.seconds_left, client=""))
        reply = self._receive_quick(query, used + self._quick_seconds)
        header, body = reply or self._wait_for_slow(request, query, cancel)
        self._busy = False
        self.usable = not header.last
        if header.error is not None:
            raise header.error
        return QueryResult(header.media_type, body, header.build)

    def _receive_quick(
        self, query: ScheduledQuery, most: float
    ) -> tuple[ReplyHeader, bytes] | None:
        """Receive the reply to a quick query; None if it turns out to be a slow one.

        A worker that waits for a processor is not slow until it has used it for as long (`most`),
        or waits for too long: else, on a busy machine, each query would be killed and run again.
        """
        seconds = self._quick_seconds
        longest = time.monotonic() + min(query.seconds_left, seconds * _STARVED)
        while True:
            try:
                return receive_message(self._sock, seconds)
            except TimeoutError:
                left = longest - time.monotonic()
                seconds = min(most - self._processor_seconds(), left)
                if seconds < _STEP or not self._waits_for_processor():
                    return None

    def _processor_seconds(self) -> float:
        return time.clock_gettime(self._clock)

    def _waits_for_processor(self) -> bool:
        """Tell whether the thread of the query runs or could, rather than sleeps or waits."""
        pid, thread, _ = self.greeting
        stat = Path(f"/proc/{pid}/task/{thread}/stat")
        with contextlib.suppress(OSError):
            return stat.read_text().rpartition(")")[2].split()[0] == "R"
        return False

    def _wait_for_slow(
        self, request: QueryRequest, query: ScheduledQuery, cancel: socket.socket | None
    ) -> tuple[ReplyHeader, bytes]:
        """Wait on after `quick_seconds`, in a slow slot or, for a while, in the quick one."""
        socks = [self._sock, cancel] if cancel else [self._sock]
        if cancel and wait_readable([cancel], 0):
            raise Stopped
        if query.request_slow_slot() or self._overrun(query, socks):
            self._lower_priority(query.niceness)
        # By poll, in milliseconds: the kernel rounds a long SO_RCVTIMEO up by seconds.
        readable = wait_readable(socks, query.seconds_left)
        if not readable:
            raise TimeLimit(request.timeout)
        if self._sock.fileno() not in readable:
            raise Stopped
        return receive_message(self._sock)

    def _overrun(self, query: ScheduledQuery, socks: list[socket.socket]) -> bool:
        """Go on in the quick slot; return whether the query has a slow slot now.

        It returns False as well when something comes on `socks`; Preempted if the slot is needed.
        """
        while query.lease and query.may_overrun():
            lease = query.lease.sock
            readable = wait_readable([*socks, lease], _OVERTIME_STEP)
            if readable - {lease.fileno()}:
                return False
            if readable and query.read_lease():
                return True
        raise Preempted

    def _lower_priority(self, niceness: int) -> None:
        if niceness > self.niceness:
            os.setpriority(os.PRIO_PROCESS, self.greeting.thread, niceness)
            self.niceness = niceness

    def _kill(self) -> None:
        self.usable = False
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._process, signal.SIGKILL)

    def close(self) -> None:
        """Close the connection; the worker then ends."""
        self.usable = False
        self._sock.close()
        os.close(self._process)


def _connect(fork_server: Path, patience: float = _RESTART_SECONDS) -> socket.socket:
    """Connect to the fork server, which may be starting."""
    end = time.monotonic() + patience
    while True:
        sock = socket.socket(socket.AF_UNIX)
        try:
            sock.connect(str(fork_server))
        except OSError as error:
            sock.close()
            if time.monotonic() > end:
                raise WorkerLost("the process that starts such processes is not there") from error
            time.sleep(0.05)
        else:
            return sock


def exit_status_of(fork_server: Path, pid: int) -> int | None:
    """Ask the fork server for a worker's exit status (`os.waitstatus_to_exitcode`)."""
    end = time.monotonic() + _STATUS_SECONDS
    while time.monotonic() < end:
        seconds = end - time.monotonic()
        with contextlib.suppress(OSError, EOFError), _connect(fork_server, seconds) as sock:
            send_message(sock, pid)
            status: int | None = receive_message(sock, _START_SECONDS)[0]
            if status is not None:
                return status
        time.sleep(0.01)
    return None

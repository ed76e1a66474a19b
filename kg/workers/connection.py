"""A connection to one child of the nursery, which answers one question after another."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from pathlib import Path

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import Stopped, TimeLimit, WorkerLost
from kg.workers.messages import receive_message, send_message, set_receive_timeout, wait_readable
from kg.workers.scheduled_query import ScheduledQuery
from kg.workers.worker import ReplyHeader, WorkerGreeting

# A large graph takes a while to load, and a child of it some milliseconds to fork.
_START_SECONDS = 60.0
_RESTART_SECONDS = 5.0
_FATE_SECONDS = 2.0
# How soon a query that runs on sees that somebody wants its slot.
_STEP_SECONDS = 0.03


class Preempted(Exception):  # noqa: N818 - not a failure
    """The query has to wait for its turn in the slow lane, without a child."""


class WorkerEnded(Exception):  # noqa: N818 - not a failure until its reason is known
    """The child has ended before it answered."""


class WorkerConnection:
    """One child of the nursery, at the other end of a socket."""

    def __init__(self, nursery: Path, patience: float) -> None:
        """Have a child forked; WorkerLost if the nursery is not there or has no build.

        The child is waited for `patience` seconds before its query counts as a slow one.
        """
        self._busy = False
        self.usable = True
        self.niceness = 0
        self._line = _connect(nursery)
        try:
            send_message(self._line, 0)
            self.hello: WorkerGreeting = receive_message(self._line)[0]
            self._handle = os.pidfd_open(self.hello.pid)
        except (OSError, EOFError) as error:
            self._line.close()
            raise WorkerLost("no process to answer it could be started") from error
        set_receive_timeout(self._line, patience)

    def ask(
        self, question: QueryRequest, ticket: ScheduledQuery, ear: socket.socket | None = None
    ) -> QueryResult:
        """Answer a question within the ticket's time; the child is stopped if it does not.

        So it is when something comes to the `ear`, or when the query has to stand aside.
        """
        self._busy = True
        try:
            return self._ask(question, ticket, ear)
        except (OSError, EOFError):
            self._stop()
            raise WorkerEnded from None
        except BaseException:
            if self._busy:
                self._stop()
            raise

    def _ask(
        self, question: QueryRequest, ticket: ScheduledQuery, ear: socket.socket | None
    ) -> QueryResult:
        self._lower(ticket.niceness)
        # Whose it is need not cross.
        send_message(self._line, question._replace(seconds=ticket.left, client=""))
        try:
            reply, body = receive_message(self._line)
        except BlockingIOError:
            reply, body = self._wait(question, ticket, ear)
        self._busy = False
        self.usable = not reply.last
        if reply.error is not None:
            raise reply.error
        return QueryResult(reply.media, body, reply.number)

    def _wait(
        self, question: QueryRequest, ticket: ScheduledQuery, ear: socket.socket | None
    ) -> tuple[ReplyHeader, bytes]:
        lines = [self._line, ear] if ear else [self._line]
        if ear and wait_readable([ear], 0):
            raise Stopped
        if ticket.slow_down() or self._run_over(ticket, lines):
            self._lower(ticket.niceness)
        # Not by the socket's own limit: the kernel rounds a long one up by seconds.
        spoken = wait_readable(lines, ticket.left)
        if not spoken:
            raise TimeLimit(question.seconds)
        if self._line.fileno() not in spoken:
            raise Stopped
        return receive_message(self._line)

    def _run_over(self, ticket: ScheduledQuery, lines: list[socket.socket]) -> bool:
        """Go on without a place in the slow lane; return whether it has one now, or something came.

        Preempted if the query has to make room first.
        """
        while ticket.turn and ticket.runs_over():
            spoken = wait_readable([*lines, ticket.turn.line], _STEP_SECONDS)
            if spoken - {ticket.turn.line.fileno()}:
                return False
            if spoken and ticket.take_turn():
                return True
        raise Preempted

    def _lower(self, niceness: int) -> None:
        if niceness > self.niceness:
            os.setpriority(os.PRIO_PROCESS, self.hello.thread, niceness)
            self.niceness = niceness

    def _stop(self) -> None:
        self.usable = False
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def close(self) -> None:
        """Let the child go: it ends when its line closes."""
        self.usable = False
        self._line.close()
        os.close(self._handle)


def _connect(nursery: Path) -> socket.socket:
    """Connect to the nursery, which may be starting."""
    end = time.monotonic() + _RESTART_SECONDS
    while True:
        line = socket.socket(socket.AF_UNIX)
        set_receive_timeout(line, _START_SECONDS)
        try:
            line.connect(str(nursery))
        except OSError as error:
            line.close()
            if time.monotonic() > end:
                raise WorkerLost("the process that starts such processes is not there") from error
            time.sleep(0.05)
        else:
            return line


def exit_status_of(nursery: Path, pid: int) -> int | None:
    """Ask the nursery how a child ended."""
    end = time.monotonic() + _FATE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, EOFError), _connect(nursery) as line:
            send_message(line, pid)
            status: int | None = receive_message(line)[0]
            if status is not None:
                return status
        time.sleep(0.01)
    return None

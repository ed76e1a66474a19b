"""Asks children of the nursery, a bounded number at once, and stops those that take too much."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.errors import KGError, MemoryLimit, TimeLimit, WorkerLost
from kg.public.child import Hello, Reply
from kg.public.federation import Federation
from kg.public.lanes import Lanes, Ticket
from kg.public.limits import Limits
from kg.public.question import Answer, Question, answer, look_up
from kg.public.wire import receive, send
from kg.store import Store

_LOWEST_PRIORITY = 19
# A large graph takes a while to load, and a child of it some milliseconds to fork.
_START_SECONDS = 60.0
_RESTART_SECONDS = 5.0
_FATE_SECONDS = 2.0


class Answers(Protocol):
    """What answers questions of the public."""

    def ask(self, question: Question) -> Answer:
        """Answer, or raise the KGError that says why not."""


@dataclass(frozen=True)
class Inside:
    """Answers in this process, with no limit on time or memory: for tests of what is served."""

    store: Store
    federation: Federation

    def ask(self, question: Question) -> Answer:
        """Answer, or raise the KGError that says why not."""
        return answer(self.store, question, self.federation)


class Pool:
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
        self._lanes = Lanes(limits)
        self._idle: list[Child] = []

    def ask(self, question: Question) -> Answer:
        """Answer, or raise the KGError that says why not.

        Besides what `question.answer` raises: TimeLimit, MemoryLimit, Overloaded, WorkerLost.
        """
        near = self._near() if self._near else None
        found = look_up(near, question) if near and near.in_memory else None
        if found:
            return found
        seconds = min(question.seconds, self._limits.query_seconds)
        largest = min(question.largest, self._limits.result_bytes)
        with self._lanes.enter(time.monotonic() + seconds) as ticket:
            child = self._child(question.number)
            try:
                return child.ask(question._replace(seconds=seconds, largest=largest), ticket)
            except _Ended:
                raise self._fate(child, seconds) from None
            finally:
                self._keep(child)

    def children(self) -> list[int]:
        """Return the processes that wait for a question."""
        return [child.hello.pid for child in self._idle]

    def close(self) -> None:
        """Let all children go that wait; others go when they have answered."""
        while self._idle:
            self._idle.pop().close()

    def _child(self, number: str) -> Child:
        """Return a child that holds the build wanted, if the nursery has it yet."""
        while self._idle:
            with contextlib.suppress(IndexError):
                child = self._idle.pop()
                if number in ("", child.hello.number):
                    return child
                child.close()
        return Child(self._nursery, self._limits.quick_seconds)

    def _keep(self, child: Child) -> None:
        if child.usable and len(self._idle) < self._limits.quick_slots:
            self._idle.append(child)
        else:
            child.close()

    def _fate(self, child: Child, seconds: float) -> KGError:
        """Say why a child has ended before it answered."""
        status = _fate(self._nursery, child.hello.pid)
        if status == -signal.SIGALRM:
            return TimeLimit(seconds)
        if status in (-signal.SIGABRT, -signal.SIGKILL):
            return MemoryLimit(self._limits.query_memory)
        return WorkerLost("no trace" if status is None else f"exit status {status}")


class _Ended(Exception):  # noqa: N818 - not a failure until its reason is known
    """The child has ended before it answered."""


class Child:
    """One child of the nursery, at the other end of a socket."""

    def __init__(self, nursery: Path, patience: float) -> None:
        """Have a child forked; WorkerLost if the nursery is not there or has no build.

        The child is waited for `patience` seconds before its query counts as a slow one.
        """
        self._busy = self._slowed = False
        self.usable = True
        self._line = _connect(nursery)
        try:
            send(self._line, 0)
            self.hello: Hello = receive(self._line)[0]
            self._handle = os.pidfd_open(self.hello.pid)
        except (OSError, EOFError) as error:
            self._line.close()
            raise WorkerLost("no process to answer it could be started") from error
        _wait_at_most(self._line, patience)

    def ask(self, question: Question, ticket: Ticket) -> Answer:
        """Answer a question within the ticket's time; the child is stopped if it does not."""
        self._busy = True
        try:
            return self._ask(question, ticket)
        except (OSError, EOFError):
            self._stop()
            raise _Ended from None
        except BaseException:
            if self._busy:
                self._stop()
            raise

    def _ask(self, question: Question, ticket: Ticket) -> Answer:
        send(self._line, question._replace(seconds=ticket.left))
        try:
            reply, body = receive(self._line)
        except BlockingIOError:
            reply, body = self._wait(question, ticket)
        self._busy = False
        # A thread cannot be given back the priority that it has lost.
        self.usable = not (reply.last or self._slowed)
        if reply.error is not None:
            raise reply.error
        return Answer(reply.media, body, reply.number)

    def _wait(self, question: Question, ticket: Ticket) -> tuple[Reply, bytes]:
        ticket.slow_down()
        self._slowed = True
        os.setpriority(os.PRIO_PROCESS, self.hello.thread, _LOWEST_PRIORITY)
        # Not by the socket's own limit: the kernel rounds a long one up by seconds.
        ready = select.poll()
        ready.register(self._line, select.POLLIN)
        if not ready.poll(ticket.left * 1000):
            raise TimeLimit(question.seconds)
        return receive(self._line)

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
        _wait_at_most(line, _START_SECONDS)
        try:
            line.connect(str(nursery))
        except OSError as error:
            line.close()
            if time.monotonic() > end:
                raise WorkerLost("the process that starts such processes is not there") from error
            time.sleep(0.05)
        else:
            return line


def _wait_at_most(line: socket.socket, seconds: float) -> None:
    # By the kernel: Python's own time limit costs each message a call of poll.
    whole = max(1, int(seconds * 1_000_000))
    limit = struct.pack("ll", *divmod(whole, 1_000_000))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)


def _fate(nursery: Path, pid: int) -> int | None:
    """Ask the nursery how a child ended."""
    end = time.monotonic() + _FATE_SECONDS
    while time.monotonic() < end:
        with contextlib.suppress(OSError, EOFError), _connect(nursery) as line:
            send(line, pid)
            status: int | None = receive(line)[0]
            if status is not None:
                return status
        time.sleep(0.01)
    return None
